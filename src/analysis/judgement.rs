//! One target judged: all that any output reads, made once for each change of what is judged.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet as HashSet;

use super::Analysis;
use super::budget::{Limit, Spent};
use super::mark::PathsSummary;
use crate::cert::Time;
use crate::chain::{CertificateId, Count, EntityId, Link, Path, SignatureState};
use crate::check::{Decides, Finding, Findings, Judged, PathVerdict, RuleId, Settled, Verdict, Wants};

/// One target judged once: its paths with their findings, how many paths there are, and what ran out. Made by [`Judgement::new`].
#[derive(Debug, Clone)]
pub struct Judgement {
    /// Number of the request that it answers; the newest counts.
    pub generation: u64,
    /// What was judged: whoever shows something of it takes the names, links and stores from here, so that all of it belongs together.
    pub analysis: Arc<Analysis>,
    /// The certificate that is explained.
    pub target: CertificateId,
    /// That of the best path.
    pub verdict: PathVerdict,
    /// The listed ones, in the order of the search; the others are only counted.
    pub paths: Vec<JudgedPath>,
    /// Paths to anchors.
    pub count: Count,
    /// Paths that end self-signed in no store, or at a missing issuer.
    pub other: Count,
    /// The entities on its paths; the target's first.
    pub entities: Vec<EntityId>,
    /// Every limit that ended something early.
    pub spent: Vec<Spent>,
    /// What follows from the paths, found out when it is first looked at.
    pub(super) seen: OnceLock<Arc<PathsSummary>>,
}

/// A listed path of a target, with its verdict and why.
#[derive(Debug, Clone)]
pub struct JudgedPath {
    /// Its certificates, the target first, and what it ends at.
    pub path: Path,
    /// For the policy's time, host and purpose, and any of the chosen stores.
    pub verdict: PathVerdict,
    /// What fails, is unknown or is a caution, from the target upward.
    pub findings: Findings,
    /// What is said of it whatever the judged time.
    pub(super) settled: Settled,
}

impl JudgedPath {
    pub(super) fn new(path: Path, Judged { verdict, findings, settled }: Judged) -> Self {
        Self { path, verdict, findings, settled }
    }

    /// The finding that keeps it from holding: its first failure, else the first thing that could not be decided. How the path ends is
    /// not among them.
    pub fn decisive(&self) -> Option<&Finding> {
        let failed = |finding: &&Finding| finding.verdict == Verdict::Fail && finding.rule.rule().decides != Decides::Never;
        let open = |finding: &&Finding| finding.verdict == Verdict::Unknown && finding.rule.rule().decides == Decides::Always;
        let findings = || self.findings.iter().map(Arc::as_ref);
        findings().find(failed).or_else(|| findings().find(open))
    }

    /// How many checks fail, how it ends left out.
    pub fn failing(&self) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.rule != RuleId::Trust).count()
    }

    /// The worst that a certificate is blamed for on this path.
    pub fn worst(&self, id: CertificateId) -> Verdict {
        let own = self.findings.iter().filter(|finding| finding.blamed() == id);
        own.map(|finding| finding.verdict).min().unwrap_or(Verdict::Pass)
    }
}

impl Judgement {
    /// Paths to anchors and the others together; where only loops are left, those that are listed.
    pub fn all_paths(&self) -> Count {
        let value = self.count.value.saturating_add(self.other.value);
        if value == 0 {
            return Count { value: self.paths.len() as u128, exact: true };
        }
        Count { value, exact: self.count.exact && self.other.exact }
    }

    /// How many listed paths hold.
    pub fn valid(&self) -> usize {
        self.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid).count()
    }

    /// Index of the first path of the best verdict.
    pub fn best(&self) -> Option<usize> {
        self.paths.iter().position(|judged| judged.verdict == self.verdict)
    }

    /// What the certificate rules say of a certificate that stands on no path.
    pub fn findings_of(&self, id: CertificateId, wants: Wants) -> Vec<Finding> {
        self.analysis.findings_of(id, wants)
    }

    /// Whether some signature above the target has not been checked, so that its verdicts may still change.
    pub fn is_open(&self) -> bool {
        let graph = &self.analysis.graph;
        let certificates = self.paths.iter().flat_map(|judged| &judged.path.certificates);
        let signers = self.analysis.evidence.signers();
        let mut certificates = certificates.chain(&signers).filter(|id| graph.known_signer(**id).is_none());
        certificates.any(|id| graph.has_unchecked(*id))
    }

    /// Links of the paths whose name matches and whose signature does not verify, where no listed path goes that way:
    /// another candidate holds. That the own key of a self-issued certificate did not sign it is no failure.
    pub fn failed_links(&self) -> Vec<Link> {
        let graph = &self.analysis.graph;
        let all = || self.paths.iter().flat_map(|judged| &judged.path.certificates);
        if !all().any(|id| graph.has_refuted(*id)) {
            return Vec::new();
        }
        let mut walked: HashSet<(CertificateId, EntityId)> = HashSet::default();
        let mut certificates = Vec::new();
        let mut seen: HashSet<CertificateId> = HashSet::default();
        for path in self.paths.iter().map(|judged| &judged.path.certificates) {
            walked.extend(path.windows(2).filter_map(|pair| Some((*pair.first()?, graph.entity_of(*pair.last()?)))));
            certificates.extend(path.iter().filter(|id| seen.insert(**id)));
        }
        let links = certificates.into_iter().flat_map(|id| graph.links_of(id));
        let is_other = |link: &Link| link.entity != graph.entity_of(link.certificate);
        let failed = links.filter(is_other).filter(|link| link.signature == SignatureState::Bad);
        failed.filter(|link| !walked.contains(&(link.certificate, link.entity))).collect()
    }

    /// The next time, later or earlier than `at`, at which some certificate of the paths begins or ends
    /// to be valid, or what tells of its revocation to count: a second past a notAfter, since the last second still counts (RFC 5280
    /// 4.1.2.5).
    pub fn next_boundary(&self, at: Time, later: bool) -> Option<Time> {
        let analysis = &self.analysis;
        let mut seen: HashSet<CertificateId> = HashSet::default();
        let certificates = self.paths.iter().flat_map(|judged| &judged.path.certificates).filter(|id| seen.insert(**id));
        let boundaries = certificates.flat_map(|id| {
            let certificate = analysis.pool.certificate(*id);
            let evidence = analysis.evidence.boundaries(certificate);
            [certificate.not_before, certificate.not_after.map(|end| end.plus(1))].into_iter().flatten().chain(evidence)
        });
        if later { boundaries.filter(|time| *time > at).min() } else { boundaries.filter(|time| *time < at).max() }
    }
}

/// How many paths are valid, of how many that were judged: of the others nothing is known but their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Listed paths whose verdict is valid.
    pub valid: usize,
    /// Listed paths.
    pub judged: usize,
    /// There are no others.
    pub is_whole: bool,
}

impl Tally {
    /// Whether the two are of as many paths, so that their numbers can be compared.
    pub fn is_like(self, other: Self) -> bool {
        (self.is_whole && other.is_whole) || self.judged == other.judged
    }
}

impl Judgement {
    /// How many of its listed paths are valid.
    pub fn tally(&self) -> Tally {
        let ends_listing = |limit| matches!(limit, Limit::ListedPaths | Limit::SearchSteps | Limit::Targets);
        let is_whole = !self.spent.iter().any(|spent| ends_listing(spent.limit));
        Tally { valid: self.valid(), judged: self.paths.len(), is_whole }
    }
}
