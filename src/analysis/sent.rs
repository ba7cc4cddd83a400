//! What a server sent against what is possible: what is missing, in the way, in the wrong order or out of date, and what to do.

use super::{Analysis, JudgedPath, Judgement, Labels};
use crate::cert::{EndpointKind, Origin};
use crate::chain::{CertificateId, End};
use crate::check::PathVerdict;

/// Something that a server's operator can do better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub kind: Kind,
    /// The certificate that it speaks of: sent, or missing, or the one whose issuer is missing.
    pub certificate: CertificateId,
    /// Where it was sent, counted from 1; `None`: it was not.
    pub position: Option<usize>,
    /// What is the matter, and what to do, as escaped text.
    pub said: String,
    pub remedy: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    MissingIssuer,
    MissingIntermediate,
    StaleSibling,
    OutOfOrder,
    Unrelated,
    Duplicate,
    RootSent,
    Expired,
}

impl Kind {
    /// As the JSON report has it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::MissingIssuer => "missing-issuer",
            Kind::MissingIntermediate => "missing-intermediate",
            Kind::StaleSibling => "stale-sibling",
            Kind::OutOfOrder => "out-of-order",
            Kind::Unrelated => "unrelated",
            Kind::Duplicate => "duplicate",
            Kind::RootSent => "root-sent",
            Kind::Expired => "expired",
        }
    }

    /// Who says so.
    pub fn citation(self) -> &'static str {
        match self {
            Kind::MissingIssuer | Kind::MissingIntermediate | Kind::StaleSibling => "RFC 5246 7.4.2; RFC 8446 4.4.2",
            Kind::OutOfOrder | Kind::Unrelated | Kind::Duplicate => "RFC 5246 7.4.2",
            Kind::RootSent => "RFC 8446 4.4.2",
            Kind::Expired => "RFC 5280 6.1.3 (a)(2)",
        }
    }

    /// Some clients fail for it; the rest only costs bytes.
    pub fn is_grave(self) -> bool {
        matches!(self, Kind::MissingIssuer | Kind::MissingIntermediate | Kind::StaleSibling | Kind::OutOfOrder)
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
pub fn advice(analysis: &Analysis, labels: &Labels, target: &Judgement) -> Option<Vec<Advice>> {
    let sent = sent(analysis, target.target);
    let scene = Scene { analysis, labels, target, sent: &sent };
    if sent.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    scene.completeness(&mut out);
    scene.order(&mut out);
    scene.superfluous(&mut out);
    out.sort_by_key(|advice| (advice.kind, advice.position));
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

struct Scene<'a> {
    analysis: &'a Analysis,
    labels: &'a Labels,
    target: &'a Judgement,
    sent: &'a [(usize, CertificateId)],
}

impl Scene<'_> {
    fn name(&self, id: CertificateId) -> String {
        self.labels.certificate(&self.analysis.pool, &self.analysis.graph, id)
    }

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
        let certificate = self.analysis.pool.certificate(last);
        let found: Vec<String> = certificate
            .endpoints()
            .into_iter()
            .filter(|endpoint| endpoint.kind == EndpointKind::Aia)
            .map(|endpoint| endpoint.place())
            .collect();
        let place = if found.is_empty() { String::new() } else { format!(" ({} says where it is)", found.join(", ")) };
        out.push(Advice {
            kind: Kind::MissingIssuer,
            certificate: last,
            position: self.position(last),
            said: format!("{} is issued by {}, which was not sent", self.name(last), certificate.issuer.label()),
            remedy: format!("send the certificate of {} behind it{place}", certificate.issuer.label()),
        });
    }

    /// A certificate that the server has to send and does not; where it sent a sibling in its place, that.
    fn lacking(&self, id: CertificateId) -> Advice {
        let graph = &self.analysis.graph;
        let sibling = self.sent.iter().find(|(_, sent)| graph.entity_of(*sent) == graph.entity_of(id));
        match sibling {
            Some((position, sibling)) => Advice {
                kind: Kind::StaleSibling,
                certificate: *sibling,
                position: Some(*position),
                said: format!("{} was sent, and no valid path leads over it", self.name(*sibling)),
                remedy: format!("send {} in its place: it has the same name and key", self.name(id)),
            },
            None => Advice {
                kind: Kind::MissingIntermediate,
                certificate: id,
                position: None,
                said: if self.sent.len() == 1 {
                    format!("only the server's own certificate was sent, not {}, which clients need", self.name(id))
                } else {
                    format!("{} was not sent; clients that do not have it find no path", self.name(id))
                },
                remedy: format!("send {} too", self.name(id)),
            },
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
                let order: Vec<String> =
                    best.path.certificates.iter().filter(|id| self.position(**id).is_some()).map(|id| self.name(*id)).collect();
                out.push(Advice {
                    kind: Kind::OutOfOrder,
                    certificate: *id,
                    position: Some(*position),
                    said: format!("{} stands behind what it did not issue", self.name(*id)),
                    remedy: format!("send them in this order: {}", order.join(", ")),
                });
                return;
            }
            highest = rank;
        }
    }

    fn superfluous(&self, out: &mut Vec<Advice>) {
        let (graph, at) = (&self.analysis.graph, self.analysis.policy.at);
        let mut advise = |kind, (position, id): (usize, CertificateId), said: String, remedy: &str| {
            out.push(Advice { kind, certificate: id, position: Some(position), said, remedy: remedy.to_owned() });
        };
        for (place, &(position, id)) in self.sent.iter().enumerate() {
            let name = self.name(id);
            let certificate = self.analysis.pool.certificate(id);
            if let Some((earlier, _)) = self.sent.iter().take(place).find(|(_, earlier)| *earlier == id) {
                advise(Kind::Duplicate, (position, id), format!("{name} was sent as number {earlier} already"), "send it once");
            } else if position > 1 && !self.target.entities.contains(&graph.entity_of(id)) {
                advise(Kind::Unrelated, (position, id), format!("{name} issued nothing that leads to the server's own"), "leave it out");
            } else if position > 1 && graph.is_self_signed(id) {
                advise(
                    Kind::RootSent,
                    (position, id),
                    format!("{name} is self-signed"),
                    "leave it out: clients have it, or do not trust it",
                );
            } else if position > 1 && at > certificate.not_after {
                let said = format!("{name} ended on {}", certificate.not_after.date());
                advise(Kind::Expired, (position, id), said, "leave it out: some clients stop at it");
            }
        }
    }
}
