//! What is said of what was done last, and of what goes on in the background.

use super::{counted, grouped, valid_words};
use crate::analysis::{Change, Difference, Tally};
use crate::cert::{Time, escape};

/// What was done last, or could not be done.
#[derive(Debug, Clone, Copy)]
pub enum Notice<'a> {
    /// Nothing was chosen that anything could be fetched for.
    NoPathToFetchFor,
    StillFetching,
    NothingToFetch,
    EverythingFetched,
    /// A line of the fetcher's, escaped.
    Fetching(&'a str),
    Fetched {
        given: usize,
        tried: usize,
        new: usize,
    },
    ReadingAgain,
    StillOpening,
    /// As it was typed.
    Opening(&'a str),
    OpeningPasted,
    /// What is being opened, and the step that goes on, which is escaped; empty before the first.
    OpeningStep {
        what: &'a Notice<'a>,
        step: &'a str,
    },
    /// What was pasted into a line.
    LinesJoined {
        lines: usize,
    },
    OnlyPath,
    /// As `place_words` and `end_words` have it.
    Path {
        place: &'a str,
        end: &'a str,
    },
    OnlyPathThrough,
    NoPathThrough,
    OnlyTarget,
    NoTarget,
    /// Counted from 0.
    Target {
        place: usize,
        all: usize,
    },
    /// Another certificate than the targets; `back` is the target that it was left for, `host` what every target is matched with.
    Explaining {
        back: Option<&'a str>,
        host: Option<&'a str>,
    },
    NoBoundary,
    JudgedAt(Time),
    AnchorChanged {
        name: &'a str,
        is_anchor: bool,
    },
    Copied(&'a str),
    /// To the terminal, which does not answer: nobody knows whether it took it.
    SentToTerminal {
        label: &'a str,
        tmux: bool,
    },
    NotCopied(&'a str),
    NothingToCopy(&'a str),
    NotInMenu,
    NoChain,
    Saved(&'a str),
    /// The reason, as the system has it.
    NotSaved(&'a str),
    TooMuchPasted {
        bytes: usize,
        most: usize,
    },
    /// More characters than a line has room for.
    LineTooLong {
        most: usize,
    },
    /// Of the names that go on as typed.
    NamesShown {
        shown: usize,
        all: usize,
    },
    /// In a folder, to find how one goes on.
    TooManyNames {
        most: usize,
    },
    /// As many stores as there can be are chosen, and one would have to be added.
    NoRoomForAnchor {
        stores: usize,
    },
    NothingOpened,
    /// Everything was read again.
    Read(&'a Difference),
    /// A text is being looked for, as it was typed.
    Searching(&'a str),
    /// Only the chosen path is drawn, and of so many names and keys these are left out.
    OnlyChosen {
        left_out: usize,
        all: usize,
    },
    AllPaths,
    /// What was going on was given up.
    Cancelled,
    /// No check fails on any path that was judged.
    NoFailure(Tally),
    /// A sample is about something.
    LookAt(&'a str),
}

/// The notice in a sentence.
pub fn notice_words(notice: Notice<'_>) -> String {
    match notice {
        Notice::NoPathToFetchFor => "there is no path to fetch anything for".to_owned(),
        Notice::StillFetching => "still fetching".to_owned(),
        Notice::NothingToFetch => "the certificates of this path name nothing to fetch by http or https".to_owned(),
        Notice::EverythingFetched => "everything this path refers to has been fetched".to_owned(),
        Notice::Fetching(line) => format!("fetching {line}"),
        Notice::Fetched { tried: 0, .. } => "nothing was fetched".to_owned(),
        Notice::Fetched { given, tried, new } => {
            format!("{} of {} fetches succeeded, {}", grouped(given as u128), grouped(tried as u128), counted(new, "new certificate"))
        }
        Notice::ReadingAgain => "reading again".to_owned(),
        Notice::StillOpening => "still opening".to_owned(),
        Notice::Opening(text) => format!("opening {}", escape(text)),
        Notice::OpeningPasted => "opening what was pasted".to_owned(),
        Notice::OpeningStep { what, step: "" } => format!("{} (Esc cancels)", notice_words(*what)),
        Notice::OpeningStep { what, step } => format!("{}: {step} (Esc cancels)", notice_words(*what)),
        Notice::LinesJoined { lines } => format!("{} pasted, joined by spaces", counted(lines, "line")),
        Notice::OnlyPath => "there is only one path".to_owned(),
        Notice::Path { place, end } => format!("path {place} ends {end}"),
        Notice::OnlyPathThrough => "this is the only path through it".to_owned(),
        Notice::NoPathThrough => "no path goes through this certificate".to_owned(),
        Notice::OnlyTarget => "there is only one target; x explains another certificate".to_owned(),
        Notice::NoTarget => "there is no target; x explains a certificate".to_owned(),
        Notice::Target { place, all } => format!("target {} of {}", grouped(place as u128 + 1), grouped(all as u128)),
        Notice::Explaining { back, host } => {
            let back = back.map_or_else(String::new, |back| format!("; u: back to {back}"));
            let host = host.map_or_else(String::new, |host| format!("; the host to match is {host}, as for every target"));
            // What to do next comes first: narrow screens cut the end.
            format!("now showing its paths{back}{host}")
        }
        Notice::NoBoundary => "no certificate of these paths begins or ends beyond".to_owned(),
        Notice::JudgedAt(at) => format!("judged at {}", at.date()),
        Notice::AnchorChanged { name, is_anchor: true } => format!("{name} is now an anchor"),
        Notice::AnchorChanged { name, is_anchor: false } => format!("{name} is no longer an anchor"),
        Notice::Copied(label) => format!("copied {label}"),
        Notice::SentToTerminal { label, tmux: false } => format!("copied through the terminal (OSC 52): {label}"),
        Notice::SentToTerminal { label, tmux: true } => {
            format!("copied through the terminal (OSC 52): {label}; tmux passes it on only with `set -s set-clipboard on`")
        }
        Notice::NotCopied(reason) => format!("not copied: {reason}"),
        Notice::NothingToCopy(label) => format!("there is no {label} here"),
        Notice::NotInMenu => "not in this menu; Esc closes it".to_owned(),
        Notice::NoChain => "no path of this target is valid, so there is no chain to write".to_owned(),
        Notice::Saved(name) => format!("saved to {name}: the chain the server should send (no root)"),
        Notice::NotSaved(reason) => format!("not written: {}", escape(reason)),
        Notice::TooMuchPasted { bytes, most } => {
            let (bytes, most) = (grouped(bytes as u128), grouped(most as u128));
            format!("{bytes} bytes pasted, of which none is read: {most} are the limit; save them and open the file")
        }
        Notice::LineTooLong { most } => {
            format!("too long: a line has at most {} characters, and nothing of this was taken", grouped(most as u128))
        }
        Notice::NamesShown { shown, all } => {
            format!("{} of {} names shown; type more of one", grouped(shown as u128), grouped(all as u128))
        }
        Notice::TooManyNames { most } => format!("the folder has more than {} names; none is completed", grouped(most as u128)),
        Notice::NoRoomForAnchor { stores } => {
            format!("{} are chosen, as many as there can be: nothing can be trusted besides them", counted(stores, "store"))
        }
        Notice::NothingOpened => "nothing was opened; what was open stays".to_owned(),
        Notice::Read(difference) => read_words(difference),
        Notice::Searching(text) => format!("looking for `{}`", escape(text)),
        Notice::OnlyChosen { left_out: 0, .. } => "only the chosen path, which has every name and key: nothing is left out".to_owned(),
        Notice::OnlyChosen { left_out, all } => {
            let (left_out, all) = (grouped(left_out as u128), grouped(all as u128));
            format!("only the chosen path; {left_out} of {all} names and keys left out: C draws them again")
        }
        Notice::AllPaths => "all paths".to_owned(),
        Notice::Cancelled => "cancelled".to_owned(),
        Notice::NoFailure(Tally { is_whole: true, .. }) => "no check fails on any path".to_owned(),
        Notice::NoFailure(Tally { judged, .. }) => format!("no check fails on the first {}", counted(judged, "path")),
        Notice::LookAt(title) => format!("press i for what to look at · {title}"),
    }
}

/// `loaded 1 certificate and 2 CRLs; 1 certificate no longer present`, or that nothing changed.
fn read_words(difference: &Difference) -> String {
    let Difference { certificates, candidates, crls, responses, stores, ct_logs, distrusted, client_authorities, policy, problems } =
        difference;
    let kinds = [(*certificates, "certificate"), (*candidates, "candidate"), (*crls, "CRL"), (*responses, "OCSP response")];
    let of = |number: fn(Change) -> usize| {
        let some = kinds.iter().filter(|(change, _)| number(*change) > 0);
        listed(&some.map(|(change, noun)| counted(number(*change), noun)).collect::<Vec<_>>())
    };
    let (new, gone) = (of(|change| change.new), of(|change| change.gone));
    let mut parts = Vec::new();
    parts.extend((!new.is_empty()).then(|| format!("loaded {new}")));
    parts.extend((!gone.is_empty()).then(|| format!("{gone} no longer present")));
    for store in stores {
        let mut changes = Vec::new();
        let anchors = store.anchors;
        changes.extend((anchors.new > 0).then(|| counted(anchors.new, "new anchor")));
        changes.extend((anchors.gone > 0).then(|| format!("{} removed", counted(anchors.gone, "anchor"))));
        changes.extend(store.cut_offs.then(|| "other cut-off dates".to_owned()));
        parts.push(format!("store {}: {}", store.name, changes.join(", ")));
    }
    parts.extend(ct_logs.then(|| "the list of CT logs changed".to_owned()));
    parts.extend(distrusted.then(|| "the distrust list changed".to_owned()));
    parts.extend(client_authorities.then(|| "the client CAs that the server accepts changed".to_owned()));
    parts.extend(policy.then(|| "the policy changed".to_owned()));
    parts.extend((problems.new > 0).then(|| format!("{} more not read", grouped(problems.new as u128))));
    parts.extend((problems.gone > 0).then(|| format!("{} fewer not read", grouped(problems.gone as u128))));
    if parts.is_empty() { "reloaded: nothing changed".to_owned() } else { parts.join("; ") }
}

/// `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What became of the paths after something was done: `judged at 2026-01-01: 1 of 3 paths is valid, 3 before`.
pub fn change_words(what: &str, before: Tally, after: Tally) -> String {
    let now = valid_words(after);
    if !before.is_like(after) {
        return format!("{what}: {now}");
    }
    if before.valid == after.valid {
        return format!("{what}: {now}, as before");
    }
    if after.judged == 1 && before.judged == 1 {
        return format!("{what}: {now}, but {} before", if before.valid == 1 { "was" } else { "was not" });
    }
    format!("{what}: {now}, {} before", grouped(before.valid as u128))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StoreChange;

    #[test]
    fn whatever_changed_is_said() {
        let none = Difference::default();
        let one = Change { new: 1, gone: 0 };
        let certificates = Difference { certificates: Change { new: 2, gone: 1 }, crls: one, ..none.clone() };
        let anchors = Change { new: 0, gone: 1 };
        let store = Difference { stores: vec![StoreChange { name: "ours".to_owned(), anchors, cut_offs: false }], ..none.clone() };
        let logs = Difference { ct_logs: true, responses: Change { new: 1, gone: 1 }, ..none.clone() };
        let policy = Difference { policy: true, ..none.clone() };
        for (difference, words) in [
            (policy, "the policy changed"),
            (none, "reloaded: nothing changed"),
            (certificates, "loaded 2 certificates and 1 CRL; 1 certificate no longer present"),
            (store, "store ours: 1 anchor removed"),
            (logs, "loaded 1 OCSP response; 1 OCSP response no longer present; the list of CT logs changed"),
        ] {
            assert_eq!(notice_words(Notice::Read(&difference)), words);
        }
    }

    #[test]
    fn numbers_of_unlike_listings_are_not_compared() {
        let tally = |valid, judged, is_whole| Tally { valid, judged, is_whole };
        let said = |before, after| change_words("judged", before, after);
        assert_eq!(said(tally(1, 2, true), tally(1, 2, true)), "judged: 1 of 2 paths is valid, as before");
        assert_eq!(said(tally(2, 2, true), tally(0, 2, true)), "judged: 0 of 2 paths are valid, 2 before");
        assert_eq!(said(tally(1, 1, true), tally(0, 1, true)), "judged: the only path is not valid, but was before");
        assert_eq!(said(tally(9, 64, false), tally(900, 1_000, false)), "judged: 900 of the first 1,000 paths are valid");
        assert_eq!(said(tally(9, 64, false), tally(9, 64, false)), "judged: 9 of the first 64 paths are valid, as before");
    }
}
