//! What a server sent against what is possible: what is missing, in the way, in the wrong order or out of date, and what to do.

use super::{Analysis, JudgedPath, Judgement};
use crate::cert::Origin;
use crate::chain::{CertificateId, End};
use crate::check::PathVerdict;

/// Something that a server's operator can do better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is the matter with it.
    pub kind: AdviceKind,
    /// The certificate that it speaks of: sent, or missing, or the one whose issuer is missing.
    pub certificate: CertificateId,
    /// Where it was sent, counted from 1; `None`: it was not.
    pub position: Option<usize>,
}

/// What is the matter, the gravest first, with what there is to know for the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdviceKind {
    /// Nobody has the issuer's certificate.
    MissingIssuer,
    /// The certificate is known, but was not sent.
    MissingIntermediate {
        /// Nothing was sent but the server's own certificate.
        only_own: bool,
    },
    /// What is to be sent in its place: it has the same name and key.
    StaleSibling {
        /// The sibling that a valid path uses.
        instead: CertificateId,
    },
    /// The order to send them in.
    OutOfOrder {
        /// Of what was sent, the server's own first.
        order: Vec<CertificateId>,
    },
    /// It issued nothing that leads to the server's own certificate.
    Unrelated,
    /// Where it was sent before.
    Duplicate {
        /// Position of the first, counted from 1.
        earlier: usize,
    },
    /// Whoever trusts it has it already (RFC 8446 4.4.2).
    RootSent,
    /// Its time is over at the judged time.
    Expired,
}

impl AdviceKind {
    /// As the JSON report has it.
    pub fn word(&self) -> &'static str {
        match self {
            AdviceKind::MissingIssuer => "missing-issuer",
            AdviceKind::MissingIntermediate { .. } => "missing-intermediate",
            AdviceKind::StaleSibling { .. } => "stale-sibling",
            AdviceKind::OutOfOrder { .. } => "out-of-order",
            AdviceKind::Unrelated => "unrelated",
            AdviceKind::Duplicate { .. } => "duplicate",
            AdviceKind::RootSent => "root-sent",
            AdviceKind::Expired => "expired",
        }
    }

    /// Who says so.
    pub fn citation(&self) -> &'static str {
        match self {
            AdviceKind::MissingIssuer | AdviceKind::MissingIntermediate { .. } | AdviceKind::StaleSibling { .. } => {
                "RFC 5246 7.4.2; RFC 8446 4.4.2"
            }
            AdviceKind::OutOfOrder { .. } | AdviceKind::Unrelated | AdviceKind::Duplicate { .. } => "RFC 5246 7.4.2",
            AdviceKind::RootSent => "RFC 8446 4.4.2",
            AdviceKind::Expired => "RFC 5280 6.1.3 (a)(2)",
        }
    }

    /// Some clients fail for it; the rest only costs bytes.
    pub fn is_grave(&self) -> bool {
        self.rank() <= 3
    }

    /// In the order of how much it matters.
    fn rank(&self) -> u8 {
        match self {
            AdviceKind::MissingIssuer => 0,
            AdviceKind::MissingIntermediate { .. } => 1,
            AdviceKind::StaleSibling { .. } => 2,
            AdviceKind::OutOfOrder { .. } => 3,
            AdviceKind::Unrelated => 4,
            AdviceKind::Duplicate { .. } => 5,
            AdviceKind::RootSent => 6,
            AdviceKind::Expired => 7,
        }
    }
}

/// What the server of `target` sent, in its order, duplicates kept; empty where the target is not what a server sent first.
fn sent(analysis: &Analysis, target: CertificateId) -> Vec<(usize, CertificateId)> {
    let first = analysis.pool.entry(target).origins.iter().find_map(|origin| match origin {
        Origin::Server { host, asked, position: 1 } => Some((host, asked)),
        _ => None,
    });
    let Some(server) = first else { return Vec::new() };
    let mut out: Vec<(usize, CertificateId)> = Vec::new();
    for id in analysis.pool.ids() {
        out.extend(analysis.pool.entry(id).origins.iter().filter_map(|origin| match origin {
            Origin::Server { host, asked, position } if (host, asked) == server => Some((*position, id)),
            _ => None,
        }));
    }
    out.sort_unstable();
    out
}

/// What the operator of the server that sent `target` can do better, the gravest first; nothing where all is well. `None` where no server sent
/// it as its own.
pub fn advice(target: &Judgement) -> Option<Vec<Advice>> {
    let analysis = &*target.analysis;
    let sent = sent(analysis, target.target);
    let chain = SentChain { analysis, target, sent: &sent };
    if sent.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    chain.completeness(&mut out);
    chain.order(&mut out);
    chain.superfluous(&mut out);
    out.sort_by_key(|advice| (advice.kind.rank(), advice.position));
    Some(out)
}

/// The certificates to send, in their order: those of the shortest valid path to an anchor, without the anchor. `None` where no path is valid.
pub fn full_chain(target: &Judgement) -> Option<&[CertificateId]> {
    let valid = target.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid);
    let shortest = valid.min_by_key(|judged| judged.path.certificates.len())?;
    let certificates = shortest.path.certificates.as_slice();
    // A target that is an anchor itself is still what a server has to show.
    Some(if certificates.len() > 1 { &certificates[..certificates.len() - 1] } else { certificates })
}

/// What is looked at: the server's certificates, and what is known besides.
struct SentChain<'a> {
    analysis: &'a Analysis,
    target: &'a Judgement,
    sent: &'a [(usize, CertificateId)],
}

impl SentChain<'_> {
    fn position(&self, id: CertificateId) -> Option<usize> {
        self.sent.iter().find(|(_, sent)| *sent == id).map(|(position, _)| *position)
    }

    /// Of a path, what is neither sent nor an anchor at its end: a client without more would not find the path.
    fn missing(&self, judged: &JudgedPath) -> Vec<CertificateId> {
        let certificates = &judged.path.certificates;
        let needed = if judged.path.end == End::Anchor { certificates.len() - 1 } else { certificates.len() };
        certificates.iter().take(needed).copied().filter(|id| self.position(*id).is_none()).collect()
    }

    /// Whether a client can find a valid path with what was sent; if not, what it lacks.
    fn completeness(&self, out: &mut Vec<Advice>) {
        let valid = || self.target.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid);
        if let Some(nearest) = valid().min_by_key(|judged| self.missing(judged).len()) {
            for id in self.missing(nearest) {
                out.push(self.lacking(id));
            }
            return;
        }
        // No path holds: where one ends at an issuer that nobody has, that is what the server has to send.
        let open =
            self.target.paths.iter().find(|judged| judged.verdict == PathVerdict::Incomplete && judged.path.end == End::MissingIssuer);
        let Some(last) = open.and_then(|judged| judged.path.certificates.last()).copied() else { return };
        out.push(Advice { kind: AdviceKind::MissingIssuer, certificate: last, position: self.position(last) });
    }

    /// A certificate that the server has to send and does not; where it sent a sibling in its place, that.
    fn lacking(&self, id: CertificateId) -> Advice {
        let graph = &self.analysis.graph;
        let sibling = self.sent.iter().find(|(_, sent)| graph.entity_of(*sent) == graph.entity_of(id));
        match sibling {
            Some((position, sibling)) => {
                Advice { kind: AdviceKind::StaleSibling { instead: id }, certificate: *sibling, position: Some(*position) }
            }
            None => {
                let only_own = self.sent.len() == 1;
                Advice { kind: AdviceKind::MissingIntermediate { only_own }, certificate: id, position: None }
            }
        }
    }

    /// TLS 1.2 wants every certificate to certify the one before it; siblings may stand together.
    fn order(&self, out: &mut Vec<Advice>) {
        let graph = &self.analysis.graph;
        let best = self
            .target
            .paths
            .iter()
            .max_by_key(|judged| judged.path.certificates.iter().filter(|id| self.position(**id).is_some()).count());
        let Some(best) = best else { return };
        let rank = |id: CertificateId| best.path.certificates.iter().position(|on| graph.entity_of(*on) == graph.entity_of(id));
        let mut highest = 0;
        for (position, id) in self.sent {
            let Some(rank) = rank(*id) else { continue };
            if rank < highest {
                let order = best.path.certificates.iter().copied().filter(|id| self.position(*id).is_some()).collect();
                out.push(Advice { kind: AdviceKind::OutOfOrder { order }, certificate: *id, position: Some(*position) });
                return;
            }
            highest = rank;
        }
    }

    fn superfluous(&self, out: &mut Vec<Advice>) {
        let (graph, at) = (&self.analysis.graph, self.analysis.policy.at);
        for (place, &(position, id)) in self.sent.iter().enumerate() {
            let is_behind_own = position > 1;
            let kind = if let Some((earlier, _)) = self.sent.iter().take(place).find(|(_, earlier)| *earlier == id) {
                AdviceKind::Duplicate { earlier: *earlier }
            } else if is_behind_own && !self.target.entities.contains(&graph.entity_of(id)) {
                AdviceKind::Unrelated
            } else if is_behind_own && graph.is_self_signed(id) {
                AdviceKind::RootSent
            } else if is_behind_own && self.analysis.pool.certificate(id).not_after.is_some_and(|end| at > end) {
                AdviceKind::Expired
            } else {
                continue;
            };
            out.push(Advice { kind, certificate: id, position: Some(position) });
        }
    }
}
