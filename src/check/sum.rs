//! Sums up what the rules say of a path in one verdict, and remembers what no other time would change.

use std::collections::HashMap;

use super::at::PathAt;
use super::finding::has_unusable;
use super::judge::{Judge, is_anchor};
use super::rules::{Decides, Examine, RULES, Rule};
use super::{Purpose, Verdict};
use crate::chain::{CertificateId, End, Path};

/// In the order in which a target's best path is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathVerdict {
    Valid,
    /// Nothing fails; something that decides could not be checked.
    Unknown,
    /// Complete and sound, its end is in no chosen store.
    Untrusted,
    /// An issuer is missing, or the search ended before it was found.
    Incomplete,
    Invalid,
}

impl PathVerdict {
    /// The word of the JSON report.
    pub fn word(self) -> &'static str {
        match self {
            PathVerdict::Valid => "valid",
            PathVerdict::Unknown => "unknown",
            PathVerdict::Untrusted => "untrusted",
            PathVerdict::Incomplete => "incomplete",
            PathVerdict::Invalid => "invalid",
        }
    }
}

/// Whether anything that decides failed, or could not be decided; and whether anything is worth a look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    fail: bool,
    unknown: bool,
    caution: bool,
}

impl Sum {
    fn note(&mut self, decides: Decides, verdict: Verdict) {
        if decides == Decides::Never {
            return;
        }
        self.fail |= verdict == Verdict::Fail;
        self.unknown |= verdict == Verdict::Unknown && decides == Decides::Always;
        self.caution |= verdict == Verdict::Caution;
    }

    fn join(&mut self, other: Self) {
        self.fail |= other.fail;
        self.unknown |= other.unknown;
        self.caution |= other.caution;
    }

    /// The verdict of a path that ends so, and whether no finding on it is worth a word.
    pub fn verdict(self, end: End) -> (PathVerdict, bool) {
        let verdict = match end {
            _ if self.fail => PathVerdict::Invalid,
            End::MissingIssuer | End::Loop | End::Limit => PathVerdict::Incomplete,
            End::SelfSigned | End::Anchor if self.unknown => PathVerdict::Unknown,
            End::SelfSigned => PathVerdict::Untrusted,
            End::Anchor => PathVerdict::Valid,
        };
        (verdict, verdict == PathVerdict::Valid && !self.caution)
    }
}

/// Where a certificate stands, as far as certificate rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Standing {
    id: CertificateId,
    purpose: Purpose,
    is_target: bool,
    is_anchor: bool,
}

/// What certificate and link rules said before: paths share most of their certificates. It holds as long as signatures, stores
/// and policy stay the same.
#[derive(Debug, Default)]
pub struct Memory {
    settled: HashMap<Standing, Sum>,
    timely: HashMap<Standing, Sum>,
    /// By certificate, issuer, and whether that is the anchor.
    links: HashMap<(CertificateId, CertificateId, bool), Sum>,
}

impl Judge<'_> {
    /// The sum of what is said of a path whatever the judged time.
    pub fn settled(&self, path: &Path, memory: &mut Memory) -> Sum {
        let mut sum = self.of_certificates(path, &mut memory.settled, false);
        for (position, &id) in path.certificates.iter().enumerate() {
            if let Some(issuer) = self.issuer_on(path, position) {
                let known = memory.links.entry((id, issuer, is_anchor(path, issuer)));
                sum.join(*known.or_insert_with(|| self.of_link(path, id, issuer)));
            }
        }
        sum.join(self.of_path(path, false));
        sum
    }

    /// The sum of all that is said of a path, where `settled` is what is said whatever the judged time.
    pub fn sum(&self, path: &Path, settled: Sum, memory: &mut Memory) -> Sum {
        let mut sum = settled;
        sum.join(self.of_certificates(path, &mut memory.timely, true));
        sum.join(self.of_path(path, true));
        sum
    }

    fn of_certificates(&self, path: &Path, known: &mut HashMap<Standing, Sum>, timely: bool) -> Sum {
        let mut sum = Sum::default();
        let purpose = path.certificates.first().map_or(Purpose::Any, |target| self.purpose_of(*target));
        for (position, &id) in path.certificates.iter().enumerate() {
            let standing = Standing { id, purpose, is_target: position == 0, is_anchor: is_anchor(path, id) };
            sum.join(*known.entry(standing).or_insert_with(|| {
                let at = self.certificate_at(path, position, id);
                sum_of(timely, |rule| match rule.examine {
                    Examine::Certificate(examine) => Some(examine(&at).verdict),
                    _ => None,
                })
            }));
        }
        sum
    }

    /// Links have no time: signatures, names and what the issuer may do stay what they are.
    fn of_link(&self, path: &Path, id: CertificateId, issuer: CertificateId) -> Sum {
        let at = self.link_at(path, id, issuer);
        sum_of(false, |rule| match rule.examine {
            Examine::Link(examine) => Some(examine(&at).verdict),
            _ => None,
        })
    }

    fn of_path(&self, path: &Path, timely: bool) -> Sum {
        let at = PathAt { verdicts_only: true, ..self.path_at(path) };
        let mut sum = Sum::default();
        for rule in RULES.iter().filter(|rule| rule.timely == timely && rule.decides != Decides::Never) {
            if let Examine::Path(examine) = rule.examine {
                for (_, outcome) in examine(&at) {
                    sum.note(rule.decides, outcome.verdict);
                    // What was given and cannot be used is worth a word, though it decides nothing.
                    sum.caution |= outcome.verdict == Verdict::Unknown && has_unusable(&outcome.facts);
                }
            }
        }
        sum
    }
}

fn sum_of(timely: bool, verdict: impl Fn(&Rule) -> Option<Verdict>) -> Sum {
    let mut sum = Sum::default();
    for rule in RULES.iter().filter(|rule| rule.timely == timely) {
        if let Some(verdict) = verdict(rule) {
            sum.note(rule.decides, verdict);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_link_rule_depends_on_the_time() {
        assert!(RULES.iter().all(|rule| !matches!(rule.examine, Examine::Link(_)) || !rule.timely));
    }
}
