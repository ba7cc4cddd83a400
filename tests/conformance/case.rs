//! One case of any suite, and the one way in which it is judged: pool, trust and analysis as the program builds them.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::ControlFlow;

use crossroots::analysis::{Analysis, JudgedPath};
use crossroots::cert::{Certificate, Crl, Origin};
use crossroots::chain::{CertificateId, Graph, LinkId, Path, Pool, SignatureState, Store, Trust};
use crossroots::check::{FactName, Finding, PathVerdict, Place, Policy, Verdict};
use crossroots::words::fact_words;
use crossroots::worker::check_links;

#[derive(Debug, Clone)]
pub struct Case {
    pub id: String,
    /// DER of all that is known, the target first.
    pub certificates: Vec<Vec<u8>>,
    pub anchors: Vec<Anchor>,
    pub policy: Policy,
    /// DER.
    pub crls: Vec<Vec<u8>>,
    pub asked: Asked,
    pub expected: Expected,
    /// Must all be among what keeps the path from being valid.
    pub failures: Vec<Failure>,
    /// The user-constrained policies of a valid path, dotted.
    pub policies: Option<BTreeSet<String>>,
}

/// A certificate, as DER, that the store holds.
#[derive(Debug, Clone)]
pub enum Anchor {
    This(Vec<u8>),
    /// The store takes it only if its own key signed it.
    IfSelfSigned(Vec<u8>),
}

/// What the suite's expectation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether any path is valid, as a path builder would find it.
    AnyPath,
    /// Whether the certificates are a valid path in their order.
    ThisChain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Valid,
    Invalid,
}

/// Something that must be said of one certificate.
#[derive(Debug, Clone)]
pub struct Failure {
    /// By its place in `Case::certificates`.
    pub certificate: usize,
    /// As the suite says it.
    pub message: String,
    /// Rules of ours that say the same, each with the certificate that it shows it at; any one is enough.
    pub kinds: &'static [(&'static str, Shown)],
}

/// Where our finding stands, seen from the certificate that a suite names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Here,
    /// At the link below: it is the issuer there.
    AsIssuer,
    /// Somewhere on the path.
    Anywhere,
}

/// Stands for a rule where a certificate could not even be read.
pub const NOT_PARSED: &str = "not-parsed";

/// A case's answers, in the words of the exception files.
#[derive(Debug)]
pub struct Judged {
    pub id: String,
    pub ours: String,
    pub expected: String,
    /// What keeps the path from being valid, for who reads a failing test.
    pub why: Vec<String>,
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ours {:?}, expected {:?}", self.id, self.ours, self.expected)?;
        self.why.iter().try_for_each(|why| write!(f, "\n    {why}"))
    }
}

/// A case, loaded.
struct Loaded<'a> {
    case: &'a Case,
    analysis: Analysis,
    /// By place in `Case::certificates`; `None` where it could not be read.
    ids: Vec<Option<CertificateId>>,
}

impl Case {
    pub fn judge(&self) -> Judged {
        let expected = self.expected_words();
        let (ours, why) = self.load().answer();
        Judged { id: self.id.clone(), ours, expected, why }
    }

    fn expected_words(&self) -> String {
        match (self.expected, &self.policies) {
            (Expected::Valid, Some(policies)) => valid_with(policies),
            (Expected::Valid, None) => "valid".to_owned(),
            (Expected::Invalid, _) => "invalid".to_owned(),
        }
    }

    fn load(&self) -> Loaded<'_> {
        let mut pool = Pool::default();
        let mut add = |der: &Vec<u8>| {
            let certificate = Certificate::from_der(der).ok()?;
            Some(pool.add(certificate, Origin::Stdin { block: None }))
        };
        let ids: Vec<Option<CertificateId>> = self.certificates.iter().map(&mut add).collect();
        let (mut anchors, mut only_self_signed) = (Vec::new(), Vec::new());
        for anchor in &self.anchors {
            match anchor {
                Anchor::This(der) => anchors.extend(add(der)),
                Anchor::IfSelfSigned(der) => only_self_signed.extend(add(der)),
            }
        }
        anchors.extend(self_signed(&pool, &only_self_signed));
        let trust = Trust::new(vec![Store { name: "anchors".to_owned(), anchors }]);
        let analysis = Analysis::new(pool, trust, self.policy.clone(), None).unwrap();
        // A CRL that cannot be read is none: what it would have said is not known.
        let read = |(place, der): (usize, &Vec<u8>)| Some((Crl::from_der(der).ok()?, format!("CRL {place}")));
        let mut analysis = analysis.with_evidence(self.crls.iter().enumerate().filter_map(read).collect(), Vec::new());
        let all: Vec<CertificateId> = analysis.pool.ids().collect();
        check_links(&analysis.pool, &mut analysis.graph, &all, 1, &mut |_| ControlFlow::Continue(()));
        Loaded { case: self, analysis, ids }
    }
}

/// Those whose own keys signed them.
pub fn self_signed(pool: &Pool, among: &[CertificateId]) -> Vec<CertificateId> {
    let graph = Graph::new(pool);
    let is_self_signed = |id: &CertificateId| {
        let links = graph.link_range(*id).map(LinkId).zip(graph.links_of(*id));
        links.filter(|(_, link)| link.entity == graph.entity_of(*id)).any(|(link, _)| graph.check(pool, link) == SignatureState::Good)
    };
    among.iter().copied().filter(is_self_signed).collect()
}

impl Loaded<'_> {
    fn answer(&self) -> (String, Vec<String>) {
        // A certificate that cannot be read is not valid, either.
        let Some(target) = self.ids.first().copied().flatten() else {
            return (self.invalid_words(&[]), vec!["the target cannot be read".to_owned()]);
        };
        let examined = self.analysis.judge(target);
        let chosen = match self.case.asked {
            Asked::AnyPath => examined.paths.iter().enumerate().min_by_key(|(_, judged)| judged.verdict),
            Asked::ThisChain => self.this_chain(&examined.paths),
        };
        let Some((place, JudgedPath { path, verdict, .. })) = chosen else {
            return (self.invalid_words(&[]), vec!["no path".to_owned()]);
        };
        let findings = examined.explain(place);
        let against: Vec<&Finding> = findings.iter().filter(|finding| is_against(finding, path)).collect();
        let mut why = vec![format!("{} path of {}: {}", verdict.word(), path.certificates.len(), self.subjects(path))];
        why.extend(against.iter().map(|finding| self.words(finding)));
        let ours = match (verdict, &self.case.policies) {
            (PathVerdict::Valid, Some(_)) => valid_with(&policies_of(&findings)),
            (PathVerdict::Valid, None) => "valid".to_owned(),
            _ => self.invalid_words(&against),
        };
        (ours, why)
    }

    fn invalid_words(&self, against: &[&Finding]) -> String {
        match self.case.failures.iter().find(|failure| !self.is_said(failure, against)) {
            Some(missed) => format!("invalid, but nothing like `{}` of certificate {}", missed.message, missed.certificate),
            None => "invalid".to_owned(),
        }
    }

    /// The path that is the chain in its order. Paths here never enter a name and key twice (RFC 4158 5.2) and end where no name
    /// leads on, so that it may be a part of the chain: then the longest one.
    fn this_chain<'a>(&self, paths: &'a [JudgedPath]) -> Option<(usize, &'a JudgedPath)> {
        let chain: Vec<CertificateId> = self.ids.iter().copied().flatten().collect();
        let parts = paths.iter().enumerate().filter(|(_, judged)| is_part(&judged.path.certificates, &chain));
        parts.max_by_key(|(_, judged)| (judged.path.certificates.len(), std::cmp::Reverse(judged.verdict)))
    }

    fn is_said(&self, failure: &Failure, against: &[&Finding]) -> bool {
        let Some(id) = self.ids.get(failure.certificate).copied().flatten() else {
            return failure.kinds.iter().any(|(rule, _)| *rule == NOT_PARSED);
        };
        let is_at = |finding: &Finding, shown: Shown| match shown {
            Shown::Here => finding.place.certificate() == id,
            Shown::AsIssuer => matches!(finding.place, Place::Link { issuer, .. } if issuer == id),
            Shown::Anywhere => true,
        };
        let of_kind =
            |finding: &&&Finding| failure.kinds.iter().any(|(rule, shown)| *rule == finding.rule.word() && is_at(finding, *shown));
        against.iter().any(|finding| of_kind(&finding))
    }

    fn subjects(&self, path: &Path) -> String {
        let labels = path.certificates.iter().map(|id| self.analysis.pool.certificate(*id).subject.label());
        format!("{} ({:?})", labels.collect::<Vec<_>>().join(" < "), path.end)
    }

    fn words(&self, finding: &Finding) -> String {
        let subject = self.analysis.pool.certificate(finding.place.certificate()).subject.label();
        let facts =
            finding.facts.iter().map(|fact| format!("{}={}", fact.name.word(), fact_words(&fact.value))).collect::<Vec<_>>().join(", ");
        format!("{} {} at {subject}: {facts}", finding.rule, finding.verdict.word())
    }
}

/// Keeps the path from being valid: a failure; or what could not be decided, where that is what the path is left with.
fn is_against(finding: &Finding, path: &Path) -> bool {
    match finding.verdict {
        Verdict::Fail => true,
        Verdict::Unknown => finding.rule.word() != "trust" || path.end != crossroots::chain::End::Anchor,
        _ => false,
    }
}

/// Whether `part` is left of `whole` where some elements are left out.
fn is_part(part: &[CertificateId], whole: &[CertificateId]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|wanted| rest.any(|found| found == wanted))
}

/// The dotted policies that the rule found to hold.
fn policies_of(findings: &[Finding]) -> BTreeSet<String> {
    let said = findings.iter().filter(|finding| finding.rule.word() == "policies").flat_map(|finding| &finding.facts);
    let held = said.filter(|fact| fact.name == FactName::Policy).map(|fact| fact_words(&fact.value));
    held.map(|words| words.split(' ').next().unwrap_or_default().to_owned()).collect()
}

fn valid_with(policies: &BTreeSet<String>) -> String {
    let listed: Vec<&str> = policies.iter().map(String::as_str).collect();
    if listed.is_empty() { "valid with no policy".to_owned() } else { format!("valid with {}", listed.join(" ")) }
}
