//! What one judgement may cost, and what of that ran out: every limit is here by name, and none cuts unsaid.

use crate::chain::{CertificateId, Limits, Stop};
use crate::check::{Allowance, Work};

/// `Paths::cost` of all targets of a report together, a bound on time: about ten seconds. Real ones cost some hundreds each.
const MAX_COST_TOGETHER: usize = 200_000_000;
/// Comparisons of names with constraints: some tenths of a second. Sixteen times what OpenSSL (`NAME_CHECK_MAX`) allows for one chain.
const MAX_NAME_COMPARISONS: usize = 1 << 24;
/// Relations between policies of neighbouring certificates: some tenths of a second; real paths have some tens.
const MAX_POLICY_EDGES: usize = 2_000_000;
/// Paths of those who signed CRLs and responses, a bound on time: seconds. Each of another signer is judged once; a hostile set of
/// CRLs whose signers vouch for each other would need any number.
const MAX_SIGNER_PATHS: usize = 5_000;
/// Signatures of timestamps: seconds. Real certificates have two to five.
const MAX_SIGNATURES: usize = 20_000;
/// Comparisons of a CRL with a distribution point or another CRL: about a second. A root program's issuers have up to some hundreds of
/// CRLs each, and a certificate names one or two points.
const MAX_CRLS: usize = 1 << 24;
/// What is judged before the first frame takes a few milliseconds.
const FIRST_LISTED: usize = 64;
const FIRST_STEPS: usize = 10_000;
/// A mesh of eight has 1,957 paths, counted in 0.1 ms; each one more doubles the time.
const FIRST_COUNTED: usize = 8;
const FIRST_NAME_COMPARISONS: usize = 1 << 16;
const FIRST_POLICY_EDGES: usize = 10_000;
const FIRST_SIGNER_PATHS: usize = 64;
const FIRST_SIGNATURES: usize = 16;
const FIRST_CRLS: usize = 1 << 16;

/// What one judgement may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Paths that are listed; the others are counted.
    pub listed: usize,
    /// Steps of the search for the paths of one target.
    pub steps: usize,
    /// `Limits::counted`.
    pub counted: usize,
    /// `Paths::cost` of all targets together.
    pub cost: usize,
    /// What rules may do for all targets together.
    pub allowance: Allowance,
}

impl Default for Budget {
    /// What a report and the explorer's final judgement may cost.
    fn default() -> Self {
        let limits = Limits::default();
        let allowance = Allowance {
            name_comparisons: MAX_NAME_COMPARISONS,
            policy_edges: MAX_POLICY_EDGES,
            signer_paths: MAX_SIGNER_PATHS,
            signatures: MAX_SIGNATURES,
            crls: MAX_CRLS,
        };
        Self { listed: limits.listed, steps: limits.steps, counted: limits.counted, cost: MAX_COST_TOGETHER, allowance }
    }
}

impl Budget {
    /// Enough to look at before the first frame; whatever it leaves open is judged right after.
    pub fn first_look() -> Self {
        let allowance = Allowance {
            name_comparisons: FIRST_NAME_COMPARISONS,
            policy_edges: FIRST_POLICY_EDGES,
            signer_paths: FIRST_SIGNER_PATHS,
            signatures: FIRST_SIGNATURES,
            crls: FIRST_CRLS,
        };
        Self { listed: FIRST_LISTED, steps: FIRST_STEPS, counted: FIRST_COUNTED, allowance, ..Self::default() }
    }

    pub(super) fn limits(&self, policy: Limits) -> Limits {
        Limits {
            depth: policy.depth,
            listed: policy.listed.min(self.listed),
            steps: policy.steps.min(self.steps),
            counted: policy.counted.min(self.counted),
        }
    }
}

/// A limit that ended something early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spent {
    /// Which one.
    pub limit: Limit,
    /// How much was allowed.
    pub value: usize,
    /// Where it ran out.
    pub at: CertificateId,
}

/// What can run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// Paths of a target that are listed; the others are only counted.
    ListedPaths,
    /// Steps of the search for the paths of a target.
    SearchSteps,
    /// Certificates on a path.
    Depth,
    /// Targets of a report that were left over.
    Targets,
    /// Keys of one name that are kept as a certificate's issuers.
    Candidates,
    /// Signature checks for one issuer name.
    ChecksPerName,
    /// Comparisons of names with constraints, in all.
    NameComparisons,
    /// Comparisons of one certificate's names with the constraints of one CA.
    ComparisonsOfPair,
    /// Relations between policies, in all.
    PolicyEdges,
    /// Relations between the policies of one path.
    PolicyEdgesOfPath,
    /// Paths of those who signed CRLs and OCSP responses, in all.
    SignerPaths,
    /// Steps of the search for the paths of one such signer.
    SignerSearch,
    /// Signatures of timestamps.
    Signatures,
    /// Comparisons of a CRL with what it may speak of, in all.
    Crls,
}

impl Limit {
    /// The word of the JSON report.
    pub fn word(self) -> &'static str {
        match self {
            Limit::ListedPaths => "listed-paths",
            Limit::SearchSteps => "search-steps",
            Limit::Depth => "depth",
            Limit::Targets => "targets",
            Limit::Candidates => "candidates",
            Limit::ChecksPerName => "checks-per-name",
            Limit::NameComparisons => "name-comparisons",
            Limit::ComparisonsOfPair => "name-comparisons-of-pair",
            Limit::PolicyEdges => "policy-edges",
            Limit::PolicyEdgesOfPath => "policy-edges-of-path",
            Limit::SignerPaths => "signer-paths",
            Limit::SignerSearch => "signer-search-steps",
            Limit::Signatures => "timestamp-signatures",
            Limit::Crls => "crl-comparisons",
        }
    }
}

impl Spent {
    pub(super) fn of_search(stop: Stop, at: CertificateId) -> Self {
        let (limit, value) = match stop {
            Stop::Listed(value) => (Limit::ListedPaths, value),
            Stop::Steps(value) => (Limit::SearchSteps, value),
            Stop::Depth(value) => (Limit::Depth, value),
        };
        Self { limit, value, at }
    }

    pub(super) fn of_work((work, value): (Work, usize), at: CertificateId) -> Self {
        let limit = match work {
            Work::NameComparisons => Limit::NameComparisons,
            Work::ComparisonsOfPair => Limit::ComparisonsOfPair,
            Work::PolicyEdges => Limit::PolicyEdges,
            Work::PolicyEdgesOfPath => Limit::PolicyEdgesOfPath,
            Work::SignerPaths => Limit::SignerPaths,
            Work::SignerSearch => Limit::SignerSearch,
            Work::Signatures => Limit::Signatures,
            Work::Crls => Limit::Crls,
        };
        Self { limit, value, at }
    }
}
