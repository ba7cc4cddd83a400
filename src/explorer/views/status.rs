//! The two lines on top: what is looked at and against what; and the verdict in a sentence.

use crate::analysis::{count_words, decisive, end_words, finding_words, stop_words};
use crate::chain::{Count, End, Store};
use crate::check::{PathVerdict, Verdict};
use crate::explorer::Explorer;

/// What a piece of text is, for the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Plain,
    Strong,
    Dim,
    Pass,
    Caution,
    Fail,
    Unknown,
    Anchor,
    /// Stands out whatever the colours: reversed.
    Reverse,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
}

impl Span {
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

/// From this many columns on, the status line has room for counts.
const ROOM_FOR_COUNTS: u16 = 100;

/// What is loaded, the judged time, the stores, and what is going on.
pub fn status_line(explorer: &Explorer) -> Vec<Span> {
    let analysis = explorer.analysis();
    let policy = &analysis.policy;
    let given = analysis.pool.ids().filter(|id| analysis.pool.entry(*id).given).count();
    let mut out = vec![Span::new(format!(" {}", explorer.opened.title), Tone::Strong)];
    if explorer.size.0 >= ROOM_FOR_COUNTS {
        let plural = if given == 1 { "" } else { "s" };
        out.push(Span::new(format!(" · {given} certificate{plural}"), Tone::Plain));
    }
    if analysis.targets.len() > 1 {
        let place = analysis.targets.iter().position(|id| *id == explorer.target.certificate);
        let place = place.map_or_else(|| "other target".to_owned(), |place| format!("target {} of {}", place + 1, analysis.targets.len()));
        out.push(Span::new(format!(" · {place}"), Tone::Plain));
    }
    out.push(Span::new(" │ ", Tone::Dim));
    let time = policy.at.to_string();
    // Seconds are in the report; here they would only flicker.
    out.push(Span::new(format!("{}Z", time.get(..time.len() - 4).unwrap_or(&time)), Tone::Plain));
    if policy.at != explorer.opened.now {
        out.push(Span::new(" ", Tone::Plain));
        out.push(Span::new(" SIMULATED ", Tone::Reverse));
    }
    if policy.ignore_anchor_dates {
        out.push(Span::new(" anchor dates ignored", Tone::Caution));
    }
    out.push(Span::new(" │ ", Tone::Dim));
    let words = |store: &Store| match explorer.opened.collected.get(&store.name) {
        Some(day) => format!("{} ({}, of {day})", store.name, store.anchors.len()),
        None => format!("{} ({})", store.name, store.anchors.len()),
    };
    let stores: Vec<String> = analysis.trust.stores().iter().map(words).collect();
    let noun = if stores.len() == 1 { "store" } else { "stores" };
    out.push(Span::new(if stores.is_empty() { "no store".to_owned() } else { format!("{noun} {}", stores.join(", ")) }, Tone::Plain));
    if !explorer.opened.problems.is_empty() {
        out.push(Span::new(" │ ", Tone::Dim));
        out.push(Span::new(format!("! {} not read", explorer.opened.problems.len()), Tone::Caution));
    }
    if explorer.fetching.running {
        out.push(Span::new(" │ ", Tone::Dim));
        out.push(Span::new("fetching", Tone::Unknown));
    }
    if explorer.checking {
        out.push(Span::new(" │ ", Tone::Dim));
        out.push(Span::new("checking signatures", Tone::Unknown));
    }
    for limit in explorer.stopped.iter().cloned().chain(explorer.target.stopped.iter().map(|stop| stop_words(*stop))) {
        out.push(Span::new(" │ ", Tone::Dim));
        out.push(Span::new(format!("! {limit}"), Tone::Caution));
    }
    let left_out = explorer.scene.left_out;
    if left_out.behind_folds > 0 {
        out.push(Span::new(" │ ", Tone::Dim));
        out.push(Span::new(format!("{} folded: e", left_out.behind_folds), Tone::Caution));
    }
    let undrawn = left_out.boxes + left_out.edges + if explorer.only_chosen { 0 } else { explorer.undrawn };
    if undrawn > 0 {
        out.push(Span::new(" │ ", Tone::Dim));
        out.push(Span::new(format!("! {undrawn} not drawn"), Tone::Caution));
    }
    out
}

/// What stands before a path of this verdict.
pub(in crate::explorer) fn path_sign(verdict: PathVerdict) -> (&'static str, Tone) {
    match verdict {
        PathVerdict::Valid => ("✓", Tone::Pass),
        PathVerdict::Unknown | PathVerdict::Incomplete => ("?", Tone::Unknown),
        PathVerdict::Untrusted => ("!", Tone::Caution),
        PathVerdict::Invalid => ("✗", Tone::Fail),
    }
}

/// The chosen path in a sentence, and how the others fare.
pub fn verdict_line(explorer: &Explorer) -> Vec<Span> {
    let Some(judged) = explorer.target.paths.get(explorer.chosen) else {
        return vec![Span::new(" ? NO PATH", Tone::Unknown), Span::new(": nothing to show for this certificate", Tone::Plain)];
    };
    let analysis = explorer.analysis();
    let total = explorer.target.all_paths();
    if judged.verdict != PathVerdict::Invalid && explorer.checking && explorer.analysis().has_unchecked(&explorer.target) {
        let place = format!(" … PATH {}/{} CHECKING SIGNATURES", explorer.chosen + 1, count_words(total));
        return vec![Span::new(place, Tone::Strong)];
    }
    let (sign, tone) = path_sign(judged.verdict);
    let mut out = vec![Span::new(
        format!(" {sign} PATH {}/{} {}", explorer.chosen + 1, count_words(total), judged.verdict.word().to_uppercase()),
        tone,
    )];
    out.push(Span::new("  ", Tone::Plain));
    if judged.verdict == PathVerdict::Valid {
        let names: Vec<String> = judged.path.certificates.iter().map(|id| explorer.labels.subject(&analysis.graph, *id)).collect();
        out.push(Span::new(names.join(" ▸ "), Tone::Plain));
        out.push(Span::new(" ◉", Tone::Anchor));
    } else {
        out.push(Span::new(reason(explorer), Tone::Plain));
    }
    out.extend(others(explorer, total));
    out
}

/// Why the chosen path does not hold: its first failure, else what is unknown, else how it ends.
fn reason(explorer: &Explorer) -> String {
    let Some(path) = explorer.chosen_path() else { return String::new() };
    let analysis = explorer.analysis();
    let findings = analysis.findings(path);
    let failing = findings.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.rule != "trust").count();
    match decisive(&findings) {
        Some(finding) if finding.verdict == Verdict::Fail || path.end == End::Anchor => {
            let more = if failing > 1 { format!(" (and {} more)", failing - 1) } else { String::new() };
            format!("{}{more}", finding_words(analysis, &explorer.labels, finding))
        }
        _ => format!("ends {}", end_words(analysis, &explorer.labels, path)),
    }
}

fn others(explorer: &Explorer, total: Count) -> Vec<Span> {
    let listed = explorer.target.paths.len();
    if listed < 2 {
        return Vec::new();
    }
    let elsewhere = explorer.target.paths.iter().enumerate().filter(|(place, _)| *place != explorer.chosen);
    let hold = elsewhere.filter(|(_, judged)| judged.verdict == PathVerdict::Valid).count();
    let fail = listed - 1 - hold;
    let unlisted = if total.exact && total.value == listed as u128 { "" } else { ", more exist" };
    let words = match (hold, fail) {
        (_, 0) => format!("   {hold} more {}{unlisted}", if hold == 1 { "holds" } else { "hold" }),
        (0, _) => format!("   {fail} more {} not hold{unlisted}", if fail == 1 { "does" } else { "do" }),
        (1, _) => format!("   1 more holds, {fail} not{unlisted}"),
        _ => format!("   {hold} more hold, {fail} not{unlisted}"),
    };
    vec![Span::new(words, if fail == 0 { Tone::Dim } else { Tone::Caution })]
}
