//! The report for a person: the same facts as the JSON, in sentences, readable without colour.

use unicode_width::UnicodeWidthStr;

use super::listing::Listing;
use super::paint::{Paint, columns};
use super::{Notes, ReportOptions, reachability};
use crate::analysis::{Analysis, JudgedPath, Judgement, advice};
use crate::chain::CertificateId;
use crate::check::{Finding, Verdict};
use crate::diagram::Charset;
use crate::words::{
    ALL_WELL, advice_words, connection_sentence, count_words, counted, dates, end_words, finding_words, grouped, input_words, path_sign,
    shown, sign, spent_words, twin_mark, verdict_sentence,
};

/// Columns that lines are kept to where their words allow it.
const WIDTH: usize = 100;
/// Columns of a certificate's line beside the two names: indent, sign, gaps and dates.
const BESIDE_NAMES: usize = 34;

/// The report on these targets as text, ended by a line feed.
pub fn text(analysis: &Analysis, targets: &[Judgement], notes: &Notes, options: ReportOptions) -> String {
    let listing = Listing::new(analysis, targets);
    let paint = Paint { on: options.color };
    let mut writer = Writer { analysis, listing: &listing, options, paint, out: String::new() };
    writer.header(notes);
    for target in targets {
        writer.target(target);
    }
    writer.section("endpoints that the paths depend on", &reachability::lines(analysis, &listing.labels, targets));
    writer.problems(notes);
    if options.ascii { shown(&writer.out, Charset::Ascii).into_owned() } else { writer.out }
}

struct Writer<'a> {
    analysis: &'a Analysis,
    listing: &'a Listing,
    options: ReportOptions,
    paint: Paint,
    out: String,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// A line, broken between words where it is too wide; later parts are set in by `indent`.
    fn wrapped(&mut self, indent: usize, text: &str) {
        let words = text.trim_start();
        let mut line = " ".repeat(text.len() - words.len());
        let mut is_first = true;
        for word in words.split(' ') {
            if !is_first && columns(&line) + 1 + columns(word) > WIDTH {
                self.line(&line);
                line = " ".repeat(indent);
            } else if !is_first {
                line.push(' ');
            }
            line.push_str(word);
            is_first = false;
        }
        self.line(&line);
    }

    fn header(&mut self, notes: &Notes) {
        let analysis = self.analysis;
        for input in notes.inputs.iter().filter_map(input_words) {
            self.wrapped(9, &format!("input    {input}"));
        }
        for connection in &notes.connections {
            self.wrapped(9, &format!("server   {}", connection_sentence(connection)));
        }
        if let Some(lesson) = &notes.lesson {
            self.wrapped(9, &format!("lesson   {lesson}"));
        }
        let ignored = if analysis.policy.ignore_anchor_dates { ", dates of anchors ignored" } else { "" };
        self.line(&format!("judged   at {}{ignored}", analysis.policy.at));
        let stores: Vec<String> =
            analysis.trust.stores().iter().map(|store| format!("{} ({})", store.name, counted(store.anchors.len(), "anchor"))).collect();
        self.wrapped(9, &format!("stores   {}", if stores.is_empty() { "none".to_owned() } else { stores.join(", ") }));
        let (crls, responses) = analysis.evidence.counts();
        if crls + responses > 0 {
            self.line(&format!("evidence {}, {}", counted(crls, "CRL"), counted(responses, "OCSP response")));
        }
        let (certificates, entities) = (self.listing.certificates.len(), self.listing.entities.len());
        let entities = if entities == 1 { "1 CA or leaf".to_owned() } else { format!("{} CAs and leaves", grouped(entities as u128)) };
        self.line(&format!("shown    {}, {entities} (name and key)", counted(certificates, "certificate")));
    }

    fn target(&mut self, target: &Judgement) {
        let (analysis, labels) = (self.analysis, &self.listing.labels);
        let certificate = analysis.pool.certificate(target.target);
        let title = labels.certificate(&analysis.pool, &analysis.graph, target.target);
        self.line("");
        self.line(&format!("{}  sha256 {}", self.paint.bold(&title), certificate.sha256.short()));
        let sentence = verdict_sentence(labels, target);
        self.line(&self.paint.tone(path_sign(target.verdict).tone, &sentence));
        let (anchored, other) = (count_words(target.count), count_words(target.other));
        self.line(&format!("paths to an anchor: {anchored}; other ends: {other}; listed: {}", target.paths.len()));
        for spent in &target.spent {
            self.line(&format!("limit: {}", spent_words(analysis, labels, *spent)));
        }
        for (place, judged) in target.paths.iter().enumerate() {
            self.path(target, place, judged);
        }
        self.failed_links(target);
        self.sent(target);
    }

    /// What the server that sent the target can do better.
    fn sent(&mut self, target: &Judgement) {
        let Some(advice) = advice(target) else { return };
        self.line("");
        self.line("  what the server sent");
        if advice.is_empty() {
            self.line(&format!("    {ALL_WELL}"));
        }
        for advice in advice {
            let verdict = if advice.kind.is_grave() { Verdict::Fail } else { Verdict::Caution };
            let mark = self.paint.span(&sign(verdict));
            let place = advice.position.map_or_else(String::new, |position| format!("number {position}: "));
            let (said, remedy) = advice_words(self.analysis, &self.listing.labels, &advice);
            self.wrapped(6, &format!("    {mark} {place}{said}; {remedy} [{}]", advice.kind.citation()));
        }
    }

    fn path(&mut self, target: &Judgement, place: usize, judged: &JudgedPath) {
        let JudgedPath { path, verdict, findings, .. } = judged;
        let analysis = self.analysis;
        let word = self.paint.tone(path_sign(*verdict).tone, &verdict.word().to_uppercase());
        let ends = end_words(analysis, &self.listing.labels, path);
        self.line("");
        self.wrapped(10, &format!("  path {}  {word}  ends {ends}", place + 1));
        let rows: Vec<[String; 2]> = path.certificates.iter().enumerate().map(|(place, id)| self.names(path, place, *id)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths = [width(0), width(1)];
        // Long names stand whole; then the dates have lines of their own.
        let gap = if widths[0] + widths[1] + BESIDE_NAMES > WIDTH { "\n        " } else { "  " };
        for (id, [subject, issuer]) in path.certificates.iter().zip(&rows) {
            let worst = judged.worst(*id);
            let certificate = analysis.pool.certificate(*id);
            let mark = self.paint.span(&sign(worst));
            let names = if gap == "  " {
                format!("{}  {}", padded(subject, widths[0]), padded(issuer, widths[1]))
            } else {
                format!("{subject}  {issuer}")
            };
            let dates = dates(certificate.not_before, certificate.not_after);
            let stores: Vec<&str> = analysis.trust.names(analysis.trust.anchor_of(*id)).collect();
            let anchor = if stores.is_empty() { String::new() } else { format!("  ◉ anchor of {}", stores.join(", ")) };
            self.line(&format!("    {mark} {names}{gap}{dates}{anchor}"));
        }
        if self.options.all_findings {
            target.explain(place).iter().for_each(|finding| self.finding(finding));
        } else {
            findings.iter().for_each(|finding| self.finding(finding));
        }
    }

    /// What a certificate is called, and by whom it was issued on this path.
    fn names(&self, path: &crate::chain::Path, place: usize, id: CertificateId) -> [String; 2] {
        let (graph, labels) = (&self.analysis.graph, &self.listing.labels);
        let issuer = match path.certificates.get(place + 1) {
            Some(above) => format!("by {}", labels.subject(graph, *above)),
            None => labels.issuer(&self.analysis.pool, graph, id),
        };
        let twin = twin_mark(&self.analysis.pool, graph, id);
        [labels.subject(graph, id), format!("{issuer}{twin}")]
    }

    fn finding(&mut self, finding: &Finding) {
        let mark = self.paint.span(&sign(finding.verdict));
        let sentence = finding_words(self.analysis, &self.listing.labels, finding);
        let citation = finding.rule.rule().citation;
        self.wrapped(8, &format!("      {mark} {sentence} [{citation}]"));
    }

    fn failed_links(&mut self, target: &Judgement) {
        let (analysis, labels) = (self.analysis, &self.listing.labels);
        let failed = target.failed_links();
        if failed.is_empty() {
            return;
        }
        self.line("");
        self.line("  not an issuer (name matches, signature does not verify):");
        for link in failed {
            let certificate = labels.certificate(&analysis.pool, &analysis.graph, link.certificate);
            let key = &analysis.graph.entity(link.entity).spki_sha256.short()[..6];
            let issuer = labels.entity(&analysis.graph, link.entity);
            let issuer = if issuer.contains(key) { issuer } else { format!("{issuer} (key {key})") };
            let mark = self.paint.span(&sign(Verdict::Fail));
            self.wrapped(6, &format!("    {mark} {certificate} by {issuer}"));
        }
    }

    fn problems(&mut self, notes: &Notes) {
        let lines: Vec<String> = notes.problems.iter().map(|problem| format!("{}: {}", problem.place, problem.reason)).collect();
        self.section("not read", &lines);
    }

    fn section(&mut self, title: &str, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.line("");
        self.line(&self.paint.bold(title));
        for line in lines {
            let depth = line.len() - line.trim_start().len();
            self.wrapped(4 + 2 * depth, &format!("  {line}"));
        }
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
