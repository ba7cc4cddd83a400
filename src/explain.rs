//! The library's front door: every target among some files, with its valid paths, and the reasons why the others are not valid.
//!
//! One call reads, gathers, checks every signature and judges, so that nothing has to be called in an order that is easily missed.
//! Whoever wants more finds it in the judgement of each target: [`Judgement`] has the certificates, links and findings themselves.

use std::path::Path;
use std::sync::Arc;

use crate::analysis::{Analysis, JudgedPath, Judgement, More, TargetError, TrustError, trust_stores};
use crate::cert::{Fingerprint, Time};
use crate::chain::{CertificateId, End, Pool};
use crate::check::{Decides, Finding, PathVerdict, Policy, Verdict};
use crate::source::{Batch, Found, Note, Problem, ReadLimits, StoreError, beside_notes, load_store, read_path};
use crate::words::{Labels, finding_words, spent_words, verdict_sentence};

/// What became of the certificates that were to be explained.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Every certificate among the files that issued no other of them, in the order of reading.
    pub targets: Vec<ExplainedTarget>,
    /// What could not be read, of files and of stores; the rest was.
    pub problems: Vec<Problem>,
    /// What in the files makes other programs refuse or misuse them, and whose the keys and requests are.
    pub notes: Vec<Note>,
}

/// One certificate, and every path from it that was found.
#[derive(Debug, Clone)]
pub struct ExplainedTarget {
    /// As people call it, escaped: the shortest part of its name that is unique among its paths.
    pub name: String,
    /// Of its DER.
    pub sha256: Fingerprint,
    /// That of its best path.
    pub verdict: PathVerdict,
    /// Which path decides, and why, in a sentence.
    pub sentence: String,
    /// In the order of search: likeliest issuers and shortest ways first. At most 1,000; `judgement.count` says how many there are.
    pub paths: Vec<ExplainedPath>,
    /// Every limit that ended something early, in words; empty for all but hostile input.
    pub limits: Vec<String>,
    /// What it was judged by, and every finding.
    pub judgement: Judgement,
}

/// One path, from the target to its end.
#[derive(Debug, Clone)]
pub struct ExplainedPath {
    /// What each certificate is called, the target first; escaped.
    pub names: Vec<String>,
    /// The same certificates.
    pub sha256: Vec<Fingerprint>,
    /// What it ends at.
    pub end: End,
    /// The stores of which the last certificate is an anchor.
    pub stores: Vec<String>,
    /// Whether it is valid, and if not, in which way.
    pub verdict: PathVerdict,
    /// Why it is not valid, from the target upward; empty where it is.
    pub reasons: Vec<Reason>,
}

/// A finding that keeps a path from being valid.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The rule, the place and the facts.
    pub finding: Arc<Finding>,
    /// The same in a sentence that names the certificate.
    pub sentence: String,
}

/// Why nothing could be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// No file has a certificate that can be read.
    #[error("no certificate could be read{}", .problems.iter().map(|problem| format!("\n{problem}")).collect::<String>())]
    Nothing {
        /// What was found instead.
        problems: Vec<Problem>,
    },
    /// A store is unknown, or has no certificate.
    #[error("trust {0}")]
    Store(#[from] StoreError),
    /// The stores cannot be judged beside each other.
    #[error("trust {0}")]
    Trust(#[from] TrustError),
    /// Never, since no target is asked for by name.
    #[error(transparent)]
    Target(#[from] TargetError),
}

impl ExplainedTarget {
    /// The paths that are valid.
    pub fn valid(&self) -> impl Iterator<Item = &ExplainedPath> {
        self.paths.iter().filter(|path| path.verdict == PathVerdict::Valid)
    }

    /// The paths that are not valid; each has reasons.
    pub fn others(&self) -> impl Iterator<Item = &ExplainedPath> {
        self.paths.iter().filter(|path| path.verdict != PathVerdict::Valid)
    }
}

/// Explains every target among `paths`, files or folders of any format, judged at the time `at`. `trust` names stores as the program's
/// `--trust` does (`mozilla`, `system`, `NAME=FILE` ...); each is judged on its own, and without any nothing is trusted. CRLs and OCSP
/// responses among the files are used. Nothing is fetched.
pub fn explain(paths: &[impl AsRef<Path>], trust: &[&str], at: Time) -> Result<Explanation, ExplainError> {
    explain_under(paths, trust, Policy::at(at))
}

/// The same, judged against a policy: for a host or a purpose, with other limits, or more strictly.
pub fn explain_under(paths: &[impl AsRef<Path>], trust: &[&str], policy: Policy) -> Result<Explanation, ExplainError> {
    let (mut pool, mut more, mut problems) = (Pool::default(), More::default(), Vec::new());
    let (mut notes, mut keys, mut requests) = (Vec::new(), Vec::new(), Vec::new());
    for batch in paths.iter().map(|path| read_path(path.as_ref(), &ReadLimits::default())) {
        let Batch { certificates, crls, responses, problems: of_batch, .. } = batch;
        notes.extend(batch.notes);
        keys.extend(batch.keys);
        requests.extend(batch.requests);
        for (certificate, origin) in certificates.into_iter().map(Found::into_parts) {
            pool.add(certificate, origin);
        }
        more.crls.extend(crls);
        more.responses.extend(responses);
        problems.extend(of_batch);
    }
    if pool.is_empty() {
        return Err(ExplainError::Nothing { problems });
    }
    let certificates: Vec<_> = pool.ids().map(|id| pool.certificate(id)).collect();
    notes.extend(beside_notes(&keys, &requests, &certificates));
    let stores = trust.iter().map(|spec| load_store(spec, &|batch| batch)).collect::<Result<Vec<_>, _>>()?;
    problems.extend(stores.iter().flat_map(|store| store.problems.iter().cloned()));
    let trust = trust_stores(&mut pool, stores)?;
    let mut analysis = Analysis::new(pool, trust, policy, None)?;
    analysis.grow(more);
    analysis.check_signatures();
    let targets = analysis.judge_all().into_iter().map(target).collect();
    Ok(Explanation { targets, problems, notes })
}

fn target(judgement: Judgement) -> ExplainedTarget {
    let analysis = Arc::clone(&judgement.analysis);
    let labels = Labels::new(&analysis.graph, &judgement.entities);
    let name = |id: CertificateId| labels.certificate(&analysis.pool, &analysis.graph, id);
    let sha256 = |id: CertificateId| analysis.pool.certificate(id).sha256;
    let path = |judged: &JudgedPath| ExplainedPath {
        names: judged.path.certificates.iter().map(|id| name(*id)).collect(),
        sha256: judged.path.certificates.iter().map(|id| sha256(*id)).collect(),
        end: judged.path.end,
        stores: analysis.trust.names(judged.path.stores).map(str::to_owned).collect(),
        verdict: judged.verdict,
        reasons: judged
            .findings
            .iter()
            .filter(|finding| keeps_from_valid(finding))
            .map(|finding| Reason { finding: Arc::clone(finding), sentence: finding_words(&analysis, &labels, finding) })
            .collect(),
    };
    ExplainedTarget {
        name: name(judgement.target),
        sha256: sha256(judgement.target),
        verdict: judgement.verdict,
        sentence: verdict_sentence(&labels, &judgement),
        paths: judgement.paths.iter().map(path).collect(),
        limits: judgement.spent.iter().map(|spent| spent_words(&analysis, &labels, *spent)).collect(),
        judgement,
    }
}

/// What fails, and what would have to be known; that revocation or transparency is not known keeps no path from being valid.
fn keeps_from_valid(finding: &Finding) -> bool {
    match finding.verdict {
        Verdict::Fail => true,
        Verdict::Unknown => finding.rule.rule().decides != Decides::OnlyFailures,
        _ => false,
    }
}
