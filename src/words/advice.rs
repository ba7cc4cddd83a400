//! What a server sent, and what its operator can do better: the fault and its remedy.

use super::Labels;
use super::times::expired_words;
use crate::analysis::{Advice, AdviceKind, Analysis};
use crate::cert::EndpointKind;
use crate::chain::CertificateId;

/// Where there is no advice.
pub const ALL_WELL: &str = "complete and in order";

/// What is the matter, and what to do.
pub fn advice_words(analysis: &Analysis, labels: &Labels, advice: &Advice) -> (String, String) {
    let name = |id: CertificateId| labels.certificate(&analysis.pool, &analysis.graph, id);
    let certificate = analysis.pool.certificate(advice.certificate);
    let own = name(advice.certificate);
    match &advice.kind {
        AdviceKind::MissingIssuer => {
            let endpoints = certificate.endpoints().into_iter().filter(|endpoint| endpoint.kind == EndpointKind::Aia);
            let places: Vec<String> = endpoints.map(|endpoint| endpoint.place()).collect();
            let place = if places.is_empty() { String::new() } else { format!(" (available from {})", places.join(", ")) };
            let issuer = certificate.issuer.label();
            (format!("{own} is issued by {issuer}, which was not sent"), format!("send the certificate of {issuer} after it{place}"))
        }
        AdviceKind::MissingIntermediate { only_own: true } => {
            (format!("only the server's own certificate was sent, not {own}, which clients need"), format!("send {own} too"))
        }
        AdviceKind::MissingIntermediate { only_own: false } => {
            (format!("{own} was not sent; clients that do not have it find no path"), format!("send {own} too"))
        }
        AdviceKind::StaleSibling { instead } => (
            format!("{own} was sent, and no valid path goes through it"),
            format!("send {} in its place: it has the same name and key", name(*instead)),
        ),
        AdviceKind::OutOfOrder { order } => {
            let order: Vec<String> = order.iter().map(|id| name(*id)).collect();
            (
                format!("{own} is out of order: it did not issue the certificate before it"),
                format!("send them in this order: {}", order.join(", ")),
            )
        }
        AdviceKind::Unrelated => (format!("{own} is not part of the server certificate's chain"), "leave it out".to_owned()),
        AdviceKind::Duplicate { earlier } => (format!("{own} was already sent as number {earlier}"), "send it once".to_owned()),
        AdviceKind::RootSent => (format!("{own} is self-signed"), "leave it out: clients either have it or do not trust it".to_owned()),
        AdviceKind::Expired => (
            format!("{own} {}", expired_words(certificate.not_before, certificate.not_after)),
            "leave it out: some clients stop at it".to_owned(),
        ),
    }
}
