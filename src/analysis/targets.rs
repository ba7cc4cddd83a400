//! Which certificates are to be explained.

use crate::cert::{Fingerprint, Origin, escape};
use crate::chain::{CertificateId, Graph, Pool};

/// A target that was named, and that no certificate matches.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no certificate matches the target `{which}`: expected a file that was loaded, the first digits of a SHA-256, or text of a subject"
)]
pub struct TargetError {
    /// As it was named, escaped.
    pub which: String,
}

/// Shortest prefix of a fingerprint that is taken for one, so that a name such as `ad` is not.
const SHORTEST_PREFIX: usize = 6;

pub(super) fn targets(pool: &Pool, graph: &Graph, which: Option<&str>) -> Result<Vec<CertificateId>, TargetError> {
    match which {
        Some(which) => {
            let found = named(pool, which);
            if found.is_empty() { Err(TargetError { which: escape(which) }) } else { Ok(found) }
        }
        None => Ok(unnamed(pool, graph)),
    }
}

fn named(pool: &Pool, which: &str) -> Vec<CertificateId> {
    let wanted = which.to_lowercase();
    let hexadecimal: String = wanted.chars().filter(|character| *character != ':').collect();
    let is_prefix = hexadecimal.len() >= SHORTEST_PREFIX && hexadecimal.chars().all(|digit| digit.is_ascii_hexdigit());
    let matching = |test: &dyn Fn(CertificateId) -> bool| -> Vec<CertificateId> { pool.ids().filter(|id| test(*id)).collect() };
    let by_fingerprint = |id: CertificateId| is_prefix && starts_with(&pool.certificate(id).sha256, &hexadecimal);
    let by_file = |id: CertificateId| {
        let files = pool.entry(id).origins.iter().map(|origin| match origin.outermost() {
            Origin::File { path, .. } => path.as_str(),
            Origin::Sample { file, .. } => file.as_str(),
            _ => "",
        });
        files.into_iter().any(|file| file == which || file.rsplit('/').next() == Some(which))
    };
    let by_subject = |id: CertificateId| pool.entry(id).given && pool.certificate(id).subject.to_string().to_lowercase().contains(&wanted);
    let first_in_file = matching(&by_file).into_iter().take(1).collect();
    [matching(&by_fingerprint), first_in_file, matching(&by_subject)].into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

fn starts_with(fingerprint: &Fingerprint, digits: &str) -> bool {
    fingerprint.to_string().starts_with(digits)
}

fn unnamed(pool: &Pool, graph: &Graph) -> Vec<CertificateId> {
    let sent_first = |id: &CertificateId| {
        pool.entry(*id)
            .origins
            .iter()
            .any(|origin| matches!(origin, Origin::Server { position: 1, .. } | Origin::Client { position: 1, .. }))
    };
    let from_servers: Vec<CertificateId> = pool.ids().filter(sent_first).collect();
    if !from_servers.is_empty() {
        return from_servers;
    }
    let given: Vec<CertificateId> = pool.ids().filter(|id| pool.entry(*id).given).collect();
    let mut issuers = std::collections::HashSet::new();
    for &id in &given {
        let own = graph.entity_of(id);
        issuers.extend(graph.links_of(id).map(|link| link.entity).filter(|entity| *entity != own));
    }
    let last: Vec<CertificateId> = given.iter().copied().filter(|id| !issuers.contains(&graph.entity_of(*id))).collect();
    if last.is_empty() { given } else { last }
}
