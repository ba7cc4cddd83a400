//! What OCSP responses say of a certificate (RFC 6960 3.2, 4.2.2).

use super::super::evidence::{Given, MAX_SIGNER_KEYS};
use super::super::{Fact, FactName, Term, Value};
use super::asked::{RevocationSubject, Testimony, revocation_facts, revokes_at, untimely, window};
use super::signer::Soundness;
use super::unusable::{EvidenceName, Unusable, UnusableReason};
use crate::cert::{OcspResponse, OcspStatus, Responder, SingleResponse};
use crate::chain::{CertificateId, SignatureState};

/// id-kp-OCSPSigning (RFC 6960 4.2.2.2).
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

/// What each response says; where one speaks twice of the certificate, what is worse counts.
pub(super) fn testimony(asked: &RevocationSubject<'_>) -> Vec<Testimony> {
    let certificate = asked.certificate;
    let mut spoken: Vec<(&Given<OcspResponse>, Vec<&SingleResponse>)> = Vec::new();
    let mut out = Vec::new();
    for (given, single) in asked.case.evidence.responses_for(certificate.bytes(certificate.serial)) {
        match (single.is_of(certificate, asked.issuer), spoken.last_mut()) {
            (Some(false), _) => {}
            (None, _) => {
                let reason = UnusableReason::UnknownHash(single.hash_oid());
                out.push(Testimony::Unusable(Unusable::of(name(given), reason)));
            }
            // What is in one response follows one another.
            (Some(true), Some((last, singles))) if std::ptr::eq(*last, given) => singles.push(single),
            (Some(true), _) => spoken.push((given, vec![single])),
        }
    }
    for (given, singles) in spoken {
        let signer = signer(asked, given);
        let said = singles.into_iter().map(|single| said_by(asked, given, single, signer.as_ref()));
        out.extend(said.min_by_key(rank));
    }
    out
}

fn rank(given: &Testimony) -> u8 {
    match given {
        Testimony::Revoked(_) => 0,
        Testimony::Unusable(_) => 1,
        Testimony::NotRevoked(_) => 2,
    }
}

fn said_by(
    asked: &RevocationSubject<'_>,
    given: &Given<OcspResponse>,
    single: &SingleResponse,
    signer: Result<&CertificateId, &UnusableReason>,
) -> Testimony {
    let unusable = |reason: UnusableReason| Testimony::Unusable(Unusable::of(name(given), reason));
    let mut unknown = given.item.unknown_critical.iter().chain(&single.unknown_critical);
    if let Some(oid) = unknown.next() {
        return unusable(UnusableReason::UnknownCritical(oid.clone()));
    }
    let signer = match signer {
        Ok(signer) => *signer,
        Err(reason) => return unusable(reason.clone()),
    };
    let at = asked.case.policy.at;
    let window = window(at, single.this_update, single.next_update);
    let mut facts = match single.status {
        OcspStatus::Revoked { date, reason } if revokes_at(at, window, date, reason) => revocation_facts(date, reason, None, window),
        OcspStatus::Unknown => return unusable(UnusableReason::CertificateUnknown),
        _ => match (untimely(window, single.this_update, single.next_update), single.status) {
            (Some(reason), _) => return unusable(reason),
            (None, OcspStatus::Revoked { .. }) => return unusable(UnusableReason::RevokedAtAnotherTime),
            (None, _) => Vec::new(),
        },
    };
    facts.push(Fact::new(FactName::Source, Value::Term(Term::OcspResponse)));
    facts.push(Fact::new(FactName::Place, Value::Text(given.place.clone())));
    facts.push(Fact::new(FactName::SignedBy, Value::Certificate(signer)));
    facts.push(Fact::new(FactName::ThisUpdate, Value::Time(single.this_update)));
    facts.extend(single.next_update.map(|time| Fact::new(FactName::NextUpdate, Value::Time(time))));
    if matches!(single.status, OcspStatus::Revoked { .. }) { Testimony::Revoked(facts) } else { Testimony::NotRevoked(facts) }
}

/// RFC 6960 4.2.2.2: the certificate's own issuer, or a responder that it issued a certificate for this purpose.
fn signer(asked: &RevocationSubject<'_>, given: &Given<OcspResponse>) -> Result<CertificateId, UnusableReason> {
    if given.item.is_by(asked.issuer) && given.signature(&asked.issuer.spki_sha256) == SignatureState::Good {
        return Ok(asked.issuer_id);
    }
    let Some(state) = given.best_signature() else { return Err(UnusableReason::ResponderNotLoaded) };
    match state {
        SignatureState::Bad if given.is_cut => return Err(UnusableReason::TooManyKeys(MAX_SIGNER_KEYS)),
        SignatureState::Bad => return Err(UnusableReason::BadSignature { signer: None }),
        SignatureState::Unsupported(what) => return Err(UnusableReason::Unsupported(what)),
        SignatureState::Unchecked => return Err(UnusableReason::Unchecked),
        SignatureState::Good => {}
    }
    let mut last = UnusableReason::ResponderNotLoaded;
    for &signer in given.signers() {
        match delegated(asked, signer) {
            Ok(Soundness::Sound) => return Ok(signer),
            Ok(soundness) => {
                last = asked.unsound(|or_unproven| UnusableReason::UnsoundResponder { or_unproven });
                if soundness == Soundness::NotJudged {
                    break;
                }
            }
            Err(reason) => last = reason,
        }
    }
    Err(last)
}

fn delegated(asked: &RevocationSubject<'_>, signer: CertificateId) -> Result<Soundness, UnusableReason> {
    let certificate = asked.case.pool.certificate(signer);
    let issuer = asked.case.graph.entity_of(asked.issuer_id);
    let link = asked.case.graph.link_between(signer, issuer);
    if link.is_none_or(|link| link.signature != SignatureState::Good) {
        return Err(UnusableReason::NotDelegated);
    }
    match certificate.extended_key_usage() {
        Ok(Some(purposes)) if purposes.iter().any(|purpose| purpose == OCSP_SIGNING) => {}
        _ => return Err(UnusableReason::NotForOcspSigning),
    }
    Ok(asked.soundness_below_issuer(signer))
}

fn name(given: &Given<OcspResponse>) -> EvidenceName {
    let by = match &given.item.responder {
        Responder::Name(name) => name.label(),
        Responder::Key(hash) => format!("key {}", crate::cert::hex(&hash[..hash.len().min(4)])),
    };
    EvidenceName::OcspResponse { by, place: given.place.clone() }
}
