//! The report for a person: the same facts as the JSON, in sentences, readable without colour.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;
use unicode_width::UnicodeWidthStr;

use super::listing::Listing;
use super::paint::{Paint, columns};
use super::pieces::weighed;
use super::{Notes, Pieces, ReportOptions, reachability, table};
use crate::analysis::{Analysis, JudgedPath, Judgement, advice};
use crate::chain::CertificateId;
use crate::check::{Finding, Verdict};
use crate::diagram::Charset;
use crate::words::{
    ALL_WELL, advice_words, connection_sentence, count_words, counted, dates, end_words, finding_words, grouped, input_words,
    judged_by_words, notes_by_place, path_sign, shown, sign, spent_words, stamped_words, twin_mark, verdict_sentence,
};

/// Columns that lines are kept to where their words allow it.
const WIDTH: usize = 100;
/// Columns of a certificate's line beside the two names: indent, sign, gaps and dates.
const BESIDE_NAMES: usize = 34;

/// What one piece has, some hundreds of kilobytes: enough that paths which share certificates stand together.
const PATHS: usize = 512;

/// The report on these targets as text, ended by a line feed.
pub fn text(analysis: &Analysis, targets: &[Judgement], notes: &Notes, options: ReportOptions) -> String {
    let report = TextReport::new(analysis, targets, notes, options);
    (0..report.count()).map(|piece| report.piece(piece, String::new())).collect()
}

/// The report as text, ended by a line feed.
#[derive(Debug)]
pub struct TextReport<'a> {
    analysis: &'a Analysis,
    targets: &'a [Judgement],
    notes: &'a Notes,
    options: ReportOptions,
    listing: Listing,
    /// Targets whose paths stand in one piece; there is one more before them and one behind.
    runs: Vec<Range<usize>>,
}

impl<'a> TextReport<'a> {
    /// Settles what is named and where the pieces end; the `targets` are judgements of `analysis`. Nothing is written yet.
    pub fn new(analysis: &'a Analysis, targets: &'a [Judgement], notes: &'a Notes, options: ReportOptions) -> Self {
        let runs = weighed(targets.len(), PATHS, |place| targets.get(place).map_or(0, |target| target.paths.len()));
        Self { analysis, targets, notes, options, listing: Listing::new(analysis, targets), runs }
    }

    /// Writes a piece behind `out`, and gives that back.
    fn piece(&self, piece: usize, out: String) -> String {
        let (analysis, listing) = (self.analysis, &self.listing);
        let (options, paint) = (self.options, Paint { on: self.options.color });
        let (names, findings) = Default::default();
        let mut writer = Writer { analysis, listing, options, paint, out, names, findings };
        match piece.checked_sub(1).map(|run| self.runs.get(run).cloned()) {
            None => {
                writer.header(self.notes);
                if self.targets.len() > 1 {
                    writer.table(self.targets);
                }
            }
            Some(Some(run)) => self.targets.get(run).unwrap_or_default().iter().for_each(|target| writer.target(target)),
            Some(None) => {
                let endpoints = reachability::lines(analysis, &listing.labels, self.targets);
                writer.section("endpoints that the paths depend on", &endpoints);
                writer.problems(self.notes);
            }
        }
        match shown(&writer.out, if options.ascii { Charset::Ascii } else { Charset::Unicode }) {
            Cow::Borrowed(_) => writer.out,
            Cow::Owned(shown) => shown,
        }
    }
}

impl Pieces for TextReport<'_> {
    fn count(&self) -> usize {
        self.runs.len() + 2
    }

    fn make(&self, piece: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let before = String::from_utf8(std::mem::take(out)).map_err(io::Error::other)?;
        *out = self.piece(piece, before).into_bytes();
        Ok(())
    }
}

struct Writer<'a> {
    analysis: &'a Analysis,
    listing: &'a Listing,
    options: ReportOptions,
    paint: Paint,
    out: String,
    names: HashMap<(CertificateId, Option<CertificateId>), Names>,
    /// Where in `out` a finding stands.
    findings: HashMap<*const Finding, Range<usize>>,
}

/// What a certificate is called and who issued it, for the line of a path.
struct Names {
    id: CertificateId,
    texts: [String; 2],
    /// In columns.
    widths: [usize; 2],
    /// Its dates, and of which stores it is an anchor.
    beside: String,
}

impl Writer<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// A line, broken between words where it is too wide; later parts are set in by `indent`.
    fn wrapped(&mut self, indent: usize, text: &str) {
        let words = text.trim_start();
        // No character has more columns than bytes.
        if text.len() <= WIDTH && text.bytes().take(text.len() - words.len()).all(|byte| byte == b' ') {
            return self.line(text);
        }
        let mut line = " ".repeat(text.len() - words.len());
        let (mut width, mut is_first) = (line.len(), true);
        for word in words.split(' ') {
            let own = columns(word);
            if !is_first && width + 1 + own > WIDTH {
                self.line(&line);
                line.clear();
                line.extend(std::iter::repeat_n(' ', indent));
                width = indent;
            } else if !is_first {
                line.push(' ');
                width += 1;
            }
            line.push_str(word);
            width += own;
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
        let from = judged_by_words(analysis, &self.listing.labels);
        self.wrapped(9, &format!("judged   at {}{from}{ignored}", analysis.policy.at));
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

    /// Many targets at a glance.
    fn table(&mut self, targets: &[Judgement]) {
        self.line("");
        for line in table::lines(self.analysis, &self.listing.labels, self.paint, targets) {
            self.wrapped(table::INDENT, &line);
        }
    }

    fn target(&mut self, target: &Judgement) {
        let (analysis, labels) = (self.analysis, &self.listing.labels);
        let certificate = analysis.pool.certificate(target.target);
        let title = labels.certificate(&analysis.pool, &analysis.graph, target.target);
        self.line("");
        self.line(&format!("{}  sha256 {}", self.paint.bold(&title), certificate.sha256.short()));
        let sentence = verdict_sentence(labels, target);
        self.line(&self.paint.tone(path_sign(target.verdict).tone, &sentence));
        for stamped in target.stamped() {
            let words = stamped_words(analysis, labels, &stamped);
            self.wrapped(2, &words);
        }
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
        let rows: Vec<(CertificateId, Option<CertificateId>)> =
            path.certificates.iter().enumerate().map(|(place, id)| (*id, path.certificates.get(place + 1).copied())).collect();
        for (id, above) in &rows {
            if !self.names.contains_key(&(*id, *above)) {
                let names = self.names_of(*id, *above);
                self.names.insert((*id, *above), names);
            }
        }
        let names = |row: &(CertificateId, Option<CertificateId>)| self.names.get(row);
        let width = |column: usize| rows.iter().filter_map(names).map(|names| names.widths[column]).max().unwrap_or(0);
        let widths = [width(0), width(1)];
        // Long names stand whole; then the dates have lines of their own.
        let is_narrow = widths[0] + widths[1] + BESIDE_NAMES <= WIDTH;
        for names in rows.iter().filter_map(names) {
            let mark = self.paint.span(&sign(judged.worst(names.id)));
            let out = &mut self.out;
            for part in ["    ", &mark, " ", &names.texts[0]] {
                out.push_str(part);
            }
            let fill = |column: usize| if is_narrow { widths[column] - names.widths[column] } else { 0 };
            out.extend(std::iter::repeat_n(' ', fill(0) + 2));
            out.push_str(&names.texts[1]);
            out.extend(std::iter::repeat_n(' ', fill(1)));
            out.push_str(if is_narrow { "  " } else { "\n        " });
            out.push_str(names.beside.trim_end());
            out.push('\n');
        }
        if self.options.all_findings {
            target.explain(place).iter().for_each(|finding| self.finding(finding));
        } else {
            findings.iter().for_each(|finding| self.shared_finding(finding));
        }
    }

    /// What a certificate is called, and by whom it was issued on a path.
    fn names_of(&self, id: CertificateId, above: Option<CertificateId>) -> Names {
        let (analysis, labels) = (self.analysis, &self.listing.labels);
        let (pool, graph) = (&analysis.pool, &analysis.graph);
        let issuer = match above {
            Some(above) => format!("by {}", labels.subject(graph, above)),
            None => labels.issuer(pool, graph, id),
        };
        let texts = [labels.subject(graph, id), format!("{issuer}{}", twin_mark(pool, graph, id))];
        let certificate = pool.certificate(id);
        let stores: Vec<&str> = analysis.trust.names(analysis.trust.anchor_of(id)).collect();
        let anchor = if stores.is_empty() { String::new() } else { format!("  ◉ anchor of {}", stores.join(", ")) };
        let beside = format!("{}{anchor}", dates(certificate.not_before, certificate.not_after));
        Names { id, widths: [texts[0].width(), texts[1].width()], texts, beside }
    }

    fn finding(&mut self, finding: &Finding) {
        let mark = self.paint.span(&sign(finding.verdict));
        let sentence = finding_words(self.analysis, &self.listing.labels, finding);
        let citation = finding.rule.rule().citation;
        self.wrapped(8, &format!("      {mark} {sentence} [{citation}]"));
    }

    /// One that many paths share is put in words once.
    fn shared_finding(&mut self, finding: &Arc<Finding>) {
        let from = self.out.len();
        if let Some(known) = self.findings.get(&Arc::as_ptr(finding)) {
            self.out.extend_from_within(known.clone());
            return;
        }
        self.finding(finding);
        self.findings.insert(Arc::as_ptr(finding), from..self.out.len());
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
        for (place, lines) in notes_by_place(&notes.files) {
            self.section(&format!("notes on {place}"), &lines);
        }
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
