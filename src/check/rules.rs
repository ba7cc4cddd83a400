//! The table of rules.

use super::judge::{CertificateAt, LinkAt, PathAt};
use super::{Fact, Verdict, certificate, link, path};
use crate::chain::CertificateId;

/// What a rule says, before it is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub verdict: Verdict,
    pub facts: Vec<Fact>,
}

impl Outcome {
    pub(super) fn new(verdict: Verdict, facts: Vec<Fact>) -> Self {
        Self { verdict, facts }
    }
}

/// The scope of a rule and the function that examines it. Certificate and link rules give one answer; path rules say
/// of which certificates they speak.
#[derive(Clone, Copy)]
pub enum Examine {
    Certificate(fn(&CertificateAt<'_>) -> Outcome),
    Link(fn(&LinkAt<'_>) -> Outcome),
    Path(fn(&PathAt<'_>) -> Vec<(CertificateId, Outcome)>),
}

impl std::fmt::Debug for Examine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Examine::Certificate(_) => "Certificate",
            Examine::Link(_) => "Link",
            Examine::Path(_) => "Path",
        })
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub id: &'static str,
    /// A question that `Pass` answers with yes.
    pub title: &'static str,
    pub citation: &'static str,
    /// Why it matters, in a sentence.
    pub reason: &'static str,
    /// Two or three words for a narrow place on the screen when it fails: `EXPIRED`.
    pub failure: &'static str,
    pub examine: Examine,
}

pub const RULES: &[Rule] = &[
    Rule {
        id: "signature",
        title: "signed by the issuer's key",
        citation: "RFC 5280 6.1.3 (a)(1)",
        reason: "The name of an issuer can be copied by anyone; only its key can make the signature.",
        failure: "BAD SIGNATURE",
        examine: Examine::Link(link::signature::examine),
    },
    Rule {
        id: "name-chaining",
        title: "issuer name is the subject above",
        citation: "RFC 5280 6.1.3 (a)(4), 7.1",
        reason: "A certificate points at its issuer by name alone; this is how candidates are found.",
        failure: "NAME MISMATCH",
        examine: Examine::Link(link::name_chaining::examine),
    },
    Rule {
        id: "validity",
        title: "inside its validity window",
        citation: "RFC 5280 6.1.3 (a)(2), 4.1.2.5",
        reason: "Outside its window nobody vouches for the binding of name and key; siblings have windows of their own.",
        failure: "OUTSIDE ITS DATES",
        examine: Examine::Certificate(certificate::validity::examine),
    },
    Rule {
        id: "basic-constraints",
        title: "issuer is a CA",
        citation: "RFC 5280 6.1.4 (k), 4.2.1.9",
        reason: "Without it every holder of a server certificate could issue more.",
        failure: "NOT A CA",
        examine: Examine::Link(link::basic_constraints::examine),
    },
    Rule {
        id: "key-usage",
        title: "issuer's key may sign certificates",
        citation: "RFC 5280 6.1.4 (n), 4.2.1.3",
        reason: "A key that was certified for other work must not issue.",
        failure: "NO KEYCERTSIGN",
        examine: Examine::Link(link::key_usage::examine),
    },
    Rule {
        id: "key-identifier",
        title: "key identifiers agree",
        citation: "RFC 5280 4.2.1.1, 4.2.1.2",
        reason: "A hint that helps to find the right issuer among namesakes; the signature decides, not the hint.",
        failure: "IDENTIFIER MISMATCH",
        examine: Examine::Link(link::key_identifier::examine),
    },
    Rule {
        id: "path-length",
        title: "path length is allowed",
        citation: "RFC 5280 6.1.4 (l), (m)",
        reason: "A CA can forbid the CAs below it to create further ones.",
        failure: "PATH TOO LONG",
        examine: Examine::Path(path::path_length::examine),
    },
    Rule {
        id: "critical-extension",
        title: "every extension that decides is understood",
        citation: "RFC 5280 6.1.4 (o), 6.1.5 (f), 4.2",
        reason: "Critical means: refuse the certificate rather than ignore this.",
        failure: "UNKNOWN CRITICAL",
        examine: Examine::Certificate(certificate::critical_extension::examine),
    },
    Rule {
        id: "algorithm-match",
        title: "inner and outer algorithm are equal",
        citation: "RFC 5280 4.1.1.2, 4.1.2.3",
        reason: "The outer one is not signed; were they allowed to differ, an attacker could choose.",
        failure: "ALGORITHMS DIFFER",
        examine: Examine::Certificate(certificate::algorithm_match::examine),
    },
    Rule {
        id: "trust",
        title: "ends at an anchor of a chosen store",
        citation: "RFC 5280 6.1.1 (d)",
        reason: "A sound path to a root that nobody chose proves nothing.",
        failure: "NOT TRUSTED",
        examine: Examine::Path(path::trust::examine),
    },
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_id_and_a_citation() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in RULES {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            assert!(rule.citation.starts_with("RFC "), "{} cites nothing", rule.id);
            assert!(!rule.title.is_empty() && !rule.reason.is_empty() && !rule.failure.is_empty());
        }
    }
}
