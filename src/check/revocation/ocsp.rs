//! What OCSP responses say of a certificate (RFC 6960 3.2, 4.2.2).

use super::super::evidence::Given;
use super::super::{Fact, Value};
use super::asked::{Asked, Testimony, Window, revocation_facts, revokes_at, window, window_words};
use crate::cert::{OcspResponse, OcspStatus, Responder, SingleResponse};
use crate::chain::{CertificateId, SignatureState};

/// id-kp-OCSPSigning (RFC 6960 4.2.2.2).
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

/// What each response says; where one speaks twice of the certificate, what is worse counts.
pub(super) fn testimony(asked: &Asked<'_>) -> Vec<Testimony> {
    let certificate = asked.certificate;
    let mut spoken: Vec<(&Given<OcspResponse>, Vec<&SingleResponse>)> = Vec::new();
    let mut out = Vec::new();
    for (given, single) in asked.case.evidence.responses_for(certificate.bytes(certificate.serial)) {
        match (single.is_of(certificate, asked.issuer), spoken.last_mut()) {
            (Some(false), _) => {}
            (None, _) => {
                let oid = single.hash_oid();
                out.push(Testimony::Unusable(format!("{}: names the issuer by a hash that is not known, {oid}", words(given))));
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

fn said_by(asked: &Asked<'_>, given: &Given<OcspResponse>, single: &SingleResponse, signer: Result<&CertificateId, &String>) -> Testimony {
    let unusable = |reason: String| Testimony::Unusable(format!("{}: {reason}", words(given)));
    let mut unknown = given.item.unknown_critical.iter().chain(&single.unknown_critical);
    if let Some(oid) = unknown.next() {
        return unusable(format!("it has a critical extension that is not known, {oid}"));
    }
    let signer = match signer {
        Ok(signer) => *signer,
        Err(reason) => return unusable(reason.clone()),
    };
    let at = asked.case.policy.at;
    let window = window(at, single.this_update, single.next_update);
    let mut facts = match single.status {
        OcspStatus::Revoked { date, reason } if revokes_at(at, window, date, reason) => revocation_facts(date, reason, None, window),
        OcspStatus::Unknown => return unusable("the responder does not know the certificate".to_owned()),
        _ if window != Window::Current => return unusable(window_words(window, single.this_update, single.next_update)),
        OcspStatus::Good => Vec::new(),
        OcspStatus::Revoked { .. } => return unusable("it revokes at another time".to_owned()),
    };
    facts.push(Fact::new("source", Value::Word("OCSP response")));
    facts.push(Fact::new("place", Value::Text(given.place.clone())));
    facts.push(Fact::new("signed_by", Value::Certificate(signer)));
    facts.push(Fact::new("this_update", Value::Time(single.this_update)));
    facts.extend(single.next_update.map(|time| Fact::new("next_update", Value::Time(time))));
    if matches!(single.status, OcspStatus::Revoked { .. }) { Testimony::Revoked(facts) } else { Testimony::NotRevoked(facts) }
}

/// RFC 6960 4.2.2.2: the certificate's own issuer, or a responder that it issued a certificate for this purpose.
fn signer(asked: &Asked<'_>, given: &Given<OcspResponse>) -> Result<CertificateId, String> {
    if given.item.is_by(asked.issuer) && given.signature(&asked.issuer.spki_sha256) == SignatureState::Good {
        return Ok(asked.issuer_id);
    }
    let Some(state) = given.best_signature() else { return Err("the responder's certificate is not loaded".to_owned()) };
    match state {
        SignatureState::Bad if given.is_cut => return Err(super::asked::too_many_keys()),
        SignatureState::Bad => return Err("its signature does not verify with the responder's key".to_owned()),
        SignatureState::Unsupported(what) => return Err(format!("its signature cannot be checked: {what}")),
        SignatureState::Unchecked => return Err("its signature was not checked".to_owned()),
        SignatureState::Good => {}
    }
    let mut reason = String::new();
    for &signer in given.signers() {
        match delegated(asked, signer) {
            Ok(()) => return Ok(signer),
            Err(words) => reason = words,
        }
    }
    Err(reason)
}

fn delegated(asked: &Asked<'_>, signer: CertificateId) -> Result<(), String> {
    let certificate = asked.case.pool.certificate(signer);
    let issuer = asked.case.graph.entity_of(asked.issuer_id);
    let link = asked.case.graph.link_between(signer, issuer);
    if link.is_none_or(|link| link.signature != SignatureState::Good) {
        return Err("its responder was not issued by the certificate's issuer".to_owned());
    }
    match certificate.extended_key_usage() {
        Ok(Some(purposes)) if purposes.iter().any(|purpose| purpose == OCSP_SIGNING) => {}
        _ => return Err("its responder's certificate is not for OCSP signing".to_owned()),
    }
    if asked.is_sound_below_issuer(signer) { Ok(()) } else { Err(asked.unsound("its responder's own certificate does not hold")) }
}

/// `OCSP response by Test CA (file.der)`.
fn words(given: &Given<OcspResponse>) -> String {
    let by = match &given.item.responder {
        Responder::Name(name) => name.label(),
        Responder::Key(hash) => format!("key {}", crate::cert::hex(&hash[..hash.len().min(4)])),
    };
    format!("OCSP response by {by} ({})", given.place)
}
