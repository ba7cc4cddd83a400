//! The stretches of time that a judgement's paths hang on: validity of certificates, what tells of their revocation, timestamps.

use std::collections::HashSet;

use crate::analysis::Judgement;
use crate::cert::Time;
use crate::chain::CertificateId;
use crate::words::{Labels, counted};

/// A stretch of time with its name.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    pub key: String,
    pub name: String,
    pub from: Time,
    pub to: Time,
    pub certificate: CertificateId,
    /// It belongs to the certificate above it.
    pub below: bool,
    /// What it names counts from its first to its last second; a timestamp only happened.
    pub lasts: bool,
}

/// The certificates of the target's paths, each with what tells of its revocation; the target's timestamps behind it.
pub(super) fn bars(judgement: &Judgement, labels: &Labels) -> Vec<Bar> {
    let analysis = &judgement.analysis;
    let mut out = Vec::new();
    for certificate in certificates(judgement) {
        let found = analysis.pool.certificate(certificate);
        let name = labels.certificate(&analysis.pool, &analysis.graph, certificate);
        let window = found.not_before.zip(found.not_after);
        let known = found.not_before.or(found.not_after).unwrap_or(analysis.policy.at);
        let (from, to) = window.unwrap_or((known, known));
        let name = if window.is_some() { name } else { format!("{name} (validity unknown)") };
        out.push(Bar { key: format!("bar/{}", found.sha256), name, from, to, certificate, below: false, lasts: window.is_some() });
        for (place, window) in analysis.evidence.windows(found).into_iter().enumerate() {
            let key = format!("bar/{}/{place}", found.sha256);
            out.push(Bar { key, name: window.kind.to_owned(), from: window.from, to: window.to, certificate, below: true, lasts: true });
        }
        let stamps = found.embedded_timestamps().ok().flatten().unwrap_or_default();
        let moment = |milliseconds: u64| Time(i64::try_from(milliseconds / 1000).unwrap_or(i64::MAX));
        let moments: Vec<Time> = stamps.iter().map(|stamp| moment(stamp.milliseconds)).collect();
        if let (Some(&from), Some(&to)) = (moments.iter().min(), moments.iter().max()) {
            let (key, name) = (format!("bar/{}/stamps", found.sha256), counted(moments.len(), "SCT"));
            out.push(Bar { key, name, from, to, certificate, below: true, lasts: false });
        }
    }
    out
}

/// Those of the target's paths, the target first.
fn certificates(judgement: &Judgement) -> Vec<CertificateId> {
    let mut seen = HashSet::new();
    judgement.paths.iter().flat_map(|judged| &judged.path.certificates).copied().filter(|id| seen.insert(*id)).collect()
}
