//! What CRLs say of a certificate: the algorithm of RFC 5280 6.3.3, over the CRLs that were given.

use std::cmp::Reverse;

use super::super::evidence::Given;
use super::super::{Fact, Value};
use super::signer::may_sign_crls;
use super::{Asked, Said, Window, revocation_facts, revokes_at, window, window_words};
use crate::cert::{Crl, CrlEntry, DistributionPoint, GeneralName, IssuingDistributionPoint, Name, Reasons, RevocationReason};
use crate::chain::{CertificateId, SignatureState};

/// What is found of one CRL.
struct Found<'a> {
    given: &'a Given<Crl>,
    said: Said,
    /// Reasons for which it covers the certificate.
    reasons: Reasons,
}

/// What each CRL says that speaks of the certificate. Several that cover some reasons each say together that it is not revoked.
pub(super) fn said(asked: &Asked<'_>) -> Vec<Said> {
    let mut out = Vec::new();
    let points = match asked.certificate.distribution_points() {
        Ok(points) => points.unwrap_or_default(),
        Err(reason) => {
            out.push(Said::Unusable(format!("the certificate's distribution points cannot be read: {reason}")));
            Vec::new()
        }
    };
    let assumed =
        DistributionPoint { names: Some(vec![GeneralName::Directory(asked.certificate.issuer.clone())]), reasons: None, crl_issuer: None };
    let found = found(asked, points.iter().chain([&assumed]));
    let mut covered = Reasons::NONE;
    let mut proof = None;
    for Found { said, reasons, .. } in found {
        match said {
            Said::NotRevoked(facts) => {
                covered = covered.union(reasons);
                proof = proof.or(Some(facts));
            }
            other => out.push(other),
        }
    }
    match proof {
        Some(facts) if covered == Reasons::ALL => out.push(Said::NotRevoked(facts)),
        Some(_) => out.push(Said::Unusable("the CRLs that count cover some reasons only".to_owned())),
        None => {}
    }
    out
}

/// What is found for every point, each CRL once; of several of one issuer and scope that can be used, the newest.
fn found<'a>(asked: &Asked<'a>, points: impl Iterator<Item = &'a DistributionPoint> + Clone) -> Vec<Found<'a>>
where
{
    let mut out: Vec<Found<'a>> = Vec::new();
    for point in points {
        let mut complete: Vec<&Given<Crl>> = candidates(asked, point).filter(|given| given.item.delta_base.is_none()).collect();
        complete.sort_by_key(|given| Reverse((given.item.this_update, given.item.number.clone())));
        for given in complete {
            let is_same = |known: &Found<'_>| {
                let is_superseded = !matches!(known.said, Said::Unusable(_))
                    && known.given.item.issuer == given.item.issuer
                    && known.given.item.scope == given.item.scope;
                std::ptr::eq(known.given, given) || is_superseded
            };
            let (said, reasons) = match covers(asked, point, &given.item) {
                Err(reason) => (Said::Unusable(format!("{}: {reason}", words(given))), Reasons::NONE),
                Ok(reasons) => (said_by(asked, given), reasons),
            };
            match out.iter_mut().find(|known| is_same(known)) {
                None => out.push(Found { given, said, reasons }),
                // Another point may cover more.
                Some(known) if std::ptr::eq(known.given, given) => {
                    known.reasons = known.reasons.union(reasons);
                    if matches!(known.said, Said::Unusable(_)) {
                        known.said = said;
                    }
                }
                Some(_) => {}
            }
        }
    }
    out
}

/// The CRLs of whom the point names, else of who issued the certificate.
fn candidates<'a>(asked: &Asked<'a>, point: &'a DistributionPoint) -> impl Iterator<Item = &'a Given<Crl>> {
    let named = point.crl_issuer.iter().flatten().filter_map(directory);
    let own = point.crl_issuer.is_none().then_some(&asked.certificate.issuer);
    let evidence = asked.judge.evidence;
    named.chain(own).flat_map(|issuer| evidence.crls_of(issuer))
}

fn directory(name: &GeneralName) -> Option<&Name> {
    match name {
        GeneralName::Directory(name) => Some(name),
        _ => None,
    }
}

/// RFC 5280 6.3.3 (b), (d): the reasons for which a CRL of this scope covers the certificate, or why it does not.
fn covers(asked: &Asked<'_>, point: &DistributionPoint, crl: &Crl) -> Result<Reasons, String> {
    let everything = IssuingDistributionPoint::default();
    let scope = crl.scope.as_ref().unwrap_or(&everything);
    if point.crl_issuer.is_some() && !scope.indirect {
        return Err("the certificate calls it indirect, it does not".to_owned());
    }
    let shares = |names: &[GeneralName], others: &[GeneralName]| names.iter().any(|name| others.contains(name));
    if let Some(names) = &scope.names {
        let others = point.names.as_deref().or(point.crl_issuer.as_deref()).unwrap_or_default();
        if !shares(names, others) {
            return Err("it is for another distribution point".to_owned());
        }
    }
    let is_ca = asked.certificate.extensions.basic_constraints.is_some_and(|found| found.ca);
    if scope.only_user_certificates && (is_ca || asked.certificate.version == 1) {
        return Err("it is for certificates of end entities alone".to_owned());
    }
    if scope.only_ca_certificates && !is_ca {
        return Err("it is for certificates of CAs alone".to_owned());
    }
    if scope.only_attribute_certificates {
        return Err("it is for attribute certificates alone".to_owned());
    }
    let all = |reasons: Option<Reasons>| reasons.unwrap_or(Reasons::ALL);
    Ok(all(scope.only_reasons).intersection(all(point.reasons)))
}

fn said_by(asked: &Asked<'_>, given: &Given<Crl>) -> Said {
    let unusable = |reason: String| Said::Unusable(format!("{}: {reason}", words(given)));
    let crl = &given.item;
    let signer = match usable(asked, given) {
        Ok(signer) => signer,
        Err(reason) => return unusable(reason),
    };
    let at = asked.judge.policy.at;
    let delta = delta(asked, given);
    let newest = delta.map_or(crl, |delta| &delta.item);
    // Base and delta together are a complete CRL of the delta's dates (RFC 5280 5.2.4).
    let window = window(at, newest.this_update, newest.next_update);
    let changed = delta.and_then(|delta| entry(asked, &delta.item));
    let (entry, by) = match changed {
        Some(entry) if entry.reason == Some(RevocationReason::REMOVE_FROM_CRL) => (None, newest),
        Some(entry) => (Some(entry), newest),
        None => (entry(asked, crl), crl),
    };
    let mut facts = match entry {
        Some(entry) if revokes_at(at, window, entry.date, entry.reason) => {
            revocation_facts(entry.date, entry.reason, entry.invalid_since, window)
        }
        _ if window != Window::Current => return unusable(window_words(window, newest.this_update, newest.next_update)),
        _ => Vec::new(),
    };
    let is_revoked = !facts.is_empty();
    facts.push(Fact::new("source", Value::Word(if by.delta_base.is_some() { "delta CRL" } else { "CRL" })));
    facts.push(Fact::new("place", Value::Text(given.place.clone())));
    facts.push(Fact::new("signed_by", Value::Certificate(signer)));
    facts.extend(by.number.as_ref().map(|number| Fact::new("crl_number", Value::Text(number.to_string()))));
    facts.push(Fact::new("this_update", Value::Time(newest.this_update)));
    facts.extend(newest.next_update.map(|time| Fact::new("next_update", Value::Time(time))));
    if is_revoked { Said::Revoked(facts) } else { Said::NotRevoked(facts) }
}

/// The entry of the certificate; one that revokes before one that does not.
fn entry(asked: &Asked<'_>, crl: &Crl) -> Option<CrlEntry> {
    let certificate = asked.certificate;
    let entries = crl.entries(&certificate.issuer, certificate.bytes(certificate.serial));
    entries.min_by_key(|entry| entry.reason == Some(RevocationReason::REMOVE_FROM_CRL))
}

/// RFC 5280 5.2.4, 6.3.3 (c): the newest delta that this complete CRL can be brought up to date with.
fn delta<'a>(asked: &Asked<'a>, complete: &Given<Crl>) -> Option<&'a Given<Crl>> {
    let (crl, at) = (&complete.item, asked.judge.policy.at);
    let number = crl.number.as_ref()?;
    let fits = |delta: &&'a Given<Crl>| {
        let item = &delta.item;
        let key = |crl: &'a Crl| crl.authority_key_identifier.map(|span| crl.bytes(span));
        let own_key = crl.authority_key_identifier.map(|span| crl.bytes(span));
        item.delta_base.as_ref().is_some_and(|base| base <= number)
            && item.number.as_ref().is_some_and(|newer| newer > number)
            && item.scope == crl.scope
            && key(item) == own_key
            && window(at, item.this_update, item.next_update) == Window::Current
            && usable(asked, delta).is_ok()
    };
    asked.judge.evidence.crls_of(&crl.issuer).filter(fits).max_by_key(|delta| (delta.item.number.clone(), delta.item.this_update))
}

/// RFC 5280 6.3.3 (f), (g): whose key signed it, where that may sign CRLs and can be relied on; or why it cannot be used.
fn usable(asked: &Asked<'_>, given: &Given<Crl>) -> Result<CertificateId, String> {
    let crl = &given.item;
    if let Some(oid) = crl.unknown_critical.first() {
        return Err(format!("it has a critical extension that is not known, {oid}"));
    }
    let is_issuers = crl.issuer == asked.issuer.subject && given.signature(&asked.issuer.spki_sha256) == SignatureState::Good;
    if is_issuers && may_sign_crls(asked.issuer) {
        return Ok(asked.issuer_id);
    }
    let state = given.best_signature().ok_or_else(|| format!("no certificate of {} is loaded", crl.issuer.label()))?;
    match state {
        SignatureState::Bad => return Err(format!("its signature does not verify with any key of {}", crl.issuer.label())),
        SignatureState::Unsupported(what) => return Err(format!("its signature cannot be checked: {what}")),
        SignatureState::Unchecked => return Err("its signature was not checked".to_owned()),
        SignatureState::Good => {}
    }
    let may_sign = |id: &&CertificateId| may_sign_crls(asked.judge.pool.certificate(**id));
    let allowed: Vec<CertificateId> = given.signers().iter().filter(may_sign).copied().collect();
    if allowed.is_empty() {
        return Err("the key that signed it may not sign CRLs".to_owned());
    }
    let sound = allowed.into_iter().find(|signer| asked.is_sound(*signer));
    sound.ok_or_else(|| "no path of the certificate that signed it holds up to the same end".to_owned())
}

/// `CRL 3 of Test CA (file.crl)`.
fn words(given: &Given<Crl>) -> String {
    let number = given.item.number.as_ref().map_or_else(String::new, |number| format!(" {number}"));
    format!("CRL{number} of {} ({})", given.item.issuer.label(), given.place)
}
