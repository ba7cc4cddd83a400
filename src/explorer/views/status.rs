//! The two lines on top: what is looked at and against what; and the verdict in a sentence.

use crate::chain::Store;
use crate::check::PathVerdict;
use crate::explorer::state::Explorer;
use crate::source::ProblemKind;
use crate::words::{
    Line, Span, Tone, counted, end_words, finding_words, grouped, keys_left_out_words, minute, others_words, path_sign, place_words,
    spent_words, unread_words,
};

/// From this many columns on, the status line has room for counts.
const ROOM_FOR_COUNTS: u16 = 100;

/// What is loaded, the judged time, the stores, what is going on, and what the picture leaves out; as much as the screen has room for.
pub fn status_line(explorer: &Explorer) -> Line {
    let mut out = state(explorer, explorer.size().0 >= ROOM_FOR_COUNTS);
    out.extend(left_out(explorer));
    out
}

/// The same for who sees no picture and has room for everything.
pub fn state_line(explorer: &Explorer) -> Line {
    state(explorer, true)
}

fn state(explorer: &Explorer, has_room: bool) -> Line {
    let analysis = explorer.analysis();
    let policy = &analysis.policy;
    let mut out = vec![Span::new(format!(" {}", explorer.opened.title), Tone::Strong)];
    if has_room {
        // Of several targets each has its own; what all of them have together only a report knows, which judges every one.
        let shown = explorer.judgement.shown();
        let words = if analysis.targets.len() > 1 { format!("{} shown", grouped(shown as u128)) } else { counted(shown, "certificate") };
        out.extend([Span::pause(" · ", Tone::Plain), Span::new(words, Tone::Plain)]);
    }
    let place = analysis.targets.iter().position(|id| *id == explorer.judgement.target);
    if analysis.targets.len() > 1 || place.is_none() {
        let place = place.map_or_else(|| "other target".to_owned(), |place| format!("target {} of {}", place + 1, analysis.targets.len()));
        out.extend([Span::pause(" · ", Tone::Plain), Span::new(place, Tone::Plain)]);
    }
    out.push(Span::pause(" │ ", Tone::Dim));
    // Seconds are in the report; here they would only flicker.
    out.push(Span::new(minute(policy.at), Tone::Plain));
    if policy.at != explorer.opened.now {
        out.extend([Span::pause(" ", Tone::Plain), Span::new(" SIMULATED ", Tone::Reverse)]);
    }
    if analysis.judged_by().is_some() {
        out.extend([Span::pause(" ", Tone::Plain), Span::new("time stamp", Tone::Caution)]);
    }
    if policy.ignore_anchor_dates {
        out.extend([Span::pause(" ", Tone::Plain), Span::new("anchor dates ignored", Tone::Caution)]);
    }
    out.push(Span::pause(" │ ", Tone::Dim));
    let words = |store: &Store| match explorer.opened.collected.get(&store.name) {
        Some(day) => format!("{} ({}, of {day})", store.name, store.anchors.len()),
        None => format!("{} ({})", store.name, store.anchors.len()),
    };
    let stores: Vec<String> = analysis.trust.stores().iter().map(words).collect();
    let noun = if stores.len() == 1 { "store" } else { "stores" };
    out.push(Span::new(if stores.is_empty() { "no store".to_owned() } else { format!("{noun} {}", stores.join(", ")) }, Tone::Plain));
    let keys = explorer.opened.problems.iter().filter(|problem| problem.kind == ProblemKind::PrivateKey).count();
    let unread = explorer.opened.problems.len() - keys;
    if unread > 0 {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.extend(caution(unread_words(unread)));
    }
    // Left out on purpose: no reason for alarm.
    if keys > 0 && has_room {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.push(Span::new(keys_left_out_words(keys), Tone::Dim));
    }
    let notes = explorer.opened.notes.len();
    if notes > 0 {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.push(Span::new(format!("{}: !", counted(notes, "note")), Tone::Dim));
    }
    if let Some(opening) = explorer.opening() {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.push(Span::new(opening, Tone::Unknown));
    }
    if explorer.is_fetching() {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.push(Span::new("fetching", Tone::Unknown));
    }
    if explorer.is_checking() {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.push(Span::new("checking signatures", Tone::Unknown));
    }
    let spent = explorer.judgement.spent.iter().map(|spent| spent_words(explorer.analysis(), explorer.labels(), *spent));
    for limit in spent {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.extend(caution(limit));
    }
    out
}

fn left_out(explorer: &Explorer) -> Line {
    let mut out = Line::new();
    let left_out = explorer.scene().left_out;
    if left_out.behind_folds > 0 {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.push(Span::new(format!("{} folded: e", left_out.behind_folds), Tone::Caution));
    }
    let undrawn = left_out.boxes + left_out.edges + if explorer.only_chosen() { 0 } else { explorer.undrawn() };
    if undrawn > 0 {
        out.push(Span::pause(" │ ", Tone::Dim));
        out.extend(caution(format!("{undrawn} not drawn")));
    }
    out
}

/// `! 2 not read`: what the person should know of.
fn caution(words: String) -> [Span; 2] {
    [Span::new("! ", Tone::Caution).silent(), Span::new(words, Tone::Caution)]
}

/// The chosen path in a sentence, and how the others fare.
pub fn verdict_line(explorer: &Explorer) -> Line {
    let Some(judged) = explorer.judgement.paths.get(explorer.chosen()) else {
        return vec![
            Span::new(" ? ", Tone::Unknown).silent(),
            Span::new("NO PATH", Tone::Unknown),
            Span::new(": nothing to show for this certificate", Tone::Plain),
        ];
    };
    let analysis = explorer.analysis();
    let of_all = place_words(&explorer.judgement, explorer.chosen());
    if judged.verdict != PathVerdict::Invalid && explorer.is_checking() && explorer.judgement.is_open() {
        let place = format!("PATH {of_all} CHECKING SIGNATURES");
        return vec![Span::new(" … ", Tone::Strong).silent(), Span::new(place, Tone::Strong)];
    }
    let Span { text: sign, tone, .. } = path_sign(judged.verdict);
    let place = format!("PATH {of_all} {}", judged.verdict.word().to_uppercase());
    let mut out = vec![Span::new(format!(" {sign} "), tone).silent(), Span::new(place, tone), Span::pause("  ", Tone::Plain)];
    if judged.verdict == PathVerdict::Valid {
        for (place, id) in judged.path.certificates.iter().enumerate() {
            out.extend((place > 0).then(|| Span::new(" ▸ ", Tone::Plain).said(" then ")));
            out.push(Span::new(explorer.labels().subject(&analysis.graph, *id), Tone::Plain));
        }
        out.push(Span::new(" ◉", Tone::Anchor).said(" anchor"));
    } else {
        out.push(Span::new(reason(explorer), Tone::Plain));
    }
    out.extend(
        others_words(explorer.labels(), &explorer.judgement, explorer.chosen())
            .into_iter()
            .flat_map(|words| [Span::pause("   ", words.tone), words]),
    );
    out
}

/// Why the chosen path does not hold: its first failure, else what is unknown, else how it ends.
fn reason(explorer: &Explorer) -> String {
    let Some(path) = explorer.chosen_path() else { return String::new() };
    let analysis = explorer.analysis();
    let judged = explorer.judgement.paths.get(explorer.chosen());
    let failing = judged.map_or(0, |judged| judged.failing());
    let is_its_end = judged.is_some_and(|judged| matches!(judged.verdict, PathVerdict::Untrusted | PathVerdict::Incomplete));
    match judged.and_then(|judged| judged.decisive()) {
        Some(finding) if !is_its_end => {
            let more = if failing > 1 { format!(" (and {} more)", failing - 1) } else { String::new() };
            format!("{}{more}", finding_words(analysis, explorer.labels(), finding))
        }
        _ => format!("ends {}", end_words(analysis, explorer.labels(), path)),
    }
}
