//! The sign and the tone of a verdict: a word always stands beside a colour.

use super::{Span, Tone};
use crate::check::{PathVerdict, Verdict};

/// What stands before a finding, or a certificate of this worst verdict.
pub fn sign(verdict: Verdict) -> Span {
    match verdict {
        Verdict::Fail => Span::new("✗", Tone::Fail).said("fails"),
        Verdict::Unknown => Span::new("?", Tone::Unknown).said("unknown"),
        Verdict::Caution => Span::new("!", Tone::Caution).said("caution"),
        Verdict::Pass => Span::new("✓", Tone::Pass).said("valid"),
        Verdict::NotApplicable => Span::new("–", Tone::Dim).said("does not apply"),
    }
}

/// What stands before a path of this verdict.
pub fn path_sign(verdict: PathVerdict) -> Span {
    let span = sign(match verdict {
        PathVerdict::Valid => Verdict::Pass,
        PathVerdict::Unknown | PathVerdict::Incomplete => Verdict::Unknown,
        PathVerdict::Untrusted => Verdict::Caution,
        PathVerdict::Invalid => Verdict::Fail,
    });
    span.said(verdict.word())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagram::Charset;
    use crate::words::shown;

    #[test]
    fn every_verdict_has_a_sign_of_its_own_in_ascii_too() {
        let verdicts = [Verdict::Fail, Verdict::Unknown, Verdict::Caution, Verdict::Pass, Verdict::NotApplicable];
        let signs: BTreeSet<String> = verdicts.iter().map(|verdict| shown(&sign(*verdict).text, Charset::Ascii).into_owned()).collect();
        assert_eq!(signs.len(), verdicts.len());
        assert!(signs.iter().all(|sign| sign.is_ascii() && sign.len() == 1));
    }
}
