//! What CRLs say of a certificate: the algorithm of RFC 5280 6.3.3, over the CRLs that were given.

use std::collections::HashMap;

use super::super::evidence::{Given, MAX_SIGNER_KEYS};
use super::super::meter::Work;
use super::super::{Fact, FactName, Term, Value};
use super::asked::{RevocationSubject, Testimony, Timeliness, revocation_facts, revokes_at, untimely, window};
use super::signer::may_sign_crls;
use super::unusable::{EvidenceName, Unusable, UnusableReason};
use crate::cert::{Crl, CrlEntry, DistributionPoint, Fingerprint, GeneralName, IssuingDistributionPoint, Name, Reasons, RevocationReason};
use crate::chain::{CertificateId, SignatureState};

/// Distribution points of one certificate that are looked at; real ones have one or two, PKITS three.
const MAX_POINTS: usize = 64;

/// How a CRL covers the certificate: the reasons, or why it does not.
struct Coverage<'a> {
    given: &'a Given<Crl>,
    reasons: Result<Reasons, UnusableReason>,
}

/// What each CRL says that speaks of the certificate. Several that cover some reasons each say together that it is not revoked.
pub(super) fn testimony(asked: &RevocationSubject<'_>) -> Vec<Testimony> {
    let mut out = Vec::new();
    if asked.case.evidence.counts().0 == 0 {
        return out;
    }
    let points = match asked.certificate.distribution_points() {
        Ok(points) => points.unwrap_or_default(),
        Err(reason) => {
            out.push(Testimony::Unusable(Unusable::of_all(UnusableReason::PointsUnreadable(reason))));
            Vec::new()
        }
    };
    if points.len() > MAX_POINTS {
        let reason = UnusableReason::TooManyPoints { most: MAX_POINTS, count: points.len() };
        out.push(Testimony::Unusable(Unusable::of_all(reason)));
    }
    let (mut covered, mut proof) = (Reasons::NONE, None);
    let mut usable: Vec<&Crl> = Vec::new();
    let mut elsewhere: Vec<Unusable> = Vec::new();
    let Some(coverage) = coverage(asked, points) else {
        out.push(spent(asked));
        return out;
    };
    for Coverage { given, reasons } in coverage {
        let reasons = match reasons {
            Ok(reasons) => reasons,
            Err(reason) => {
                match elsewhere.iter_mut().find(|known| known.reason == reason) {
                    Some(known) => known.others += 1,
                    None => elsewhere.push(Unusable::of(name(given), reason)),
                }
                continue;
            }
        };
        if !asked.case.meter.take(Work::Crls, usable.len()) {
            // One that is left may revoke, so that what was found so far proves nothing.
            proof = None;
            out.push(spent(asked));
            break;
        }
        // Newer ones come first: of one issuer and scope, the newest that can be used speaks.
        if usable.iter().any(|newer| newer.issuer == given.item.issuer && newer.scope == given.item.scope) {
            continue;
        }
        match said_by(asked, given) {
            Testimony::NotRevoked(facts) => {
                usable.push(&given.item);
                covered = covered.union(reasons);
                proof = proof.or(Some(facts));
            }
            other => out.push(other),
        }
    }
    out.extend(elsewhere.into_iter().map(Testimony::Unusable));
    match proof {
        Some(facts) if covered == Reasons::ALL => out.push(Testimony::NotRevoked(facts)),
        Some(_) => out.push(Testimony::Unusable(Unusable::of_all(UnusableReason::SomeReasonsOnly))),
        None => {}
    }
    out
}

fn spent(asked: &RevocationSubject<'_>) -> Testimony {
    Testimony::Unusable(Unusable::of_all(UnusableReason::CrlsSpent(asked.case.meter.allowed(Work::Crls))))
}

/// Every complete CRL of whom a distribution point names, and of the certificate's issuer, newest first; `None` where no more may be
/// looked at.
fn coverage<'a>(asked: &RevocationSubject<'a>, points: Vec<DistributionPoint>) -> Option<Vec<Coverage<'a>>> {
    // RFC 5280 6.3.3 (end): CRLs of the issuer that no point names are asked as if one did.
    let own = vec![GeneralName::Directory(asked.certificate.issuer.clone())];
    let assumed = DistributionPoint { names: Some(own), reasons: None, crl_issuer: None };
    let mut out: Vec<Coverage<'a>> = Vec::new();
    let mut places: HashMap<Fingerprint, usize> = HashMap::new();
    for point in points.iter().take(MAX_POINTS).chain([&assumed]) {
        let candidates = candidates(asked, point);
        if !asked.case.meter.take(Work::Crls, candidates.len()) {
            return None;
        }
        for given in candidates.into_iter().filter(|given| given.item.delta_base.is_none()) {
            let reasons = covers(asked, point, &given.item);
            match places.get(&given.item.sha256).and_then(|place| out.get_mut(*place)) {
                None => {
                    places.insert(given.item.sha256, out.len());
                    out.push(Coverage { given, reasons });
                }
                Some(known) => {
                    known.reasons = match (known.reasons.clone(), reasons) {
                        (Ok(known), Ok(more)) => Ok(known.union(more)),
                        (Ok(known), Err(_)) => Ok(known),
                        (Err(_), other) => other,
                    }
                }
            }
        }
    }
    out.sort_by(|one, other| {
        let age = |crl: &Crl| (crl.this_update, crl.number.clone());
        age(&other.given.item).cmp(&age(&one.given.item))
    });
    Some(out)
}

/// The CRLs of whom the point names, else of who issued the certificate.
fn candidates<'a>(asked: &RevocationSubject<'a>, point: &DistributionPoint) -> Vec<&'a Given<Crl>> {
    let evidence = asked.case.evidence;
    match &point.crl_issuer {
        None => evidence.crls_of(&asked.certificate.issuer).collect(),
        Some(names) => names.iter().filter_map(directory).flat_map(|issuer| evidence.crls_of(issuer)).collect(),
    }
}

fn directory(name: &GeneralName) -> Option<&Name> {
    match name {
        GeneralName::Directory(name) => Some(name),
        _ => None,
    }
}

/// RFC 5280 6.3.3 (b), (d): the reasons for which a CRL of this scope covers the certificate, or why it does not.
fn covers(asked: &RevocationSubject<'_>, point: &DistributionPoint, crl: &Crl) -> Result<Reasons, UnusableReason> {
    let everything = IssuingDistributionPoint::default();
    let scope = crl.scope.as_ref().unwrap_or(&everything);
    if point.crl_issuer.is_some() && !scope.indirect {
        return Err(UnusableReason::NotIndirect);
    }
    let shares = |names: &[GeneralName], others: &[GeneralName]| names.iter().any(|name| others.contains(name));
    if let Some(names) = &scope.names {
        let others = point.names.as_deref().or(point.crl_issuer.as_deref()).unwrap_or_default();
        if !shares(names, others) {
            return Err(UnusableReason::OtherPoint);
        }
    }
    let is_ca = asked.certificate.extensions.basic_constraints.is_some_and(|found| found.ca);
    if scope.only_user_certificates && is_ca {
        return Err(UnusableReason::OnlyEndEntities);
    }
    if scope.only_ca_certificates && !is_ca {
        return Err(UnusableReason::OnlyAuthorities);
    }
    if scope.only_attribute_certificates {
        return Err(UnusableReason::OnlyAttributes);
    }
    let all = |reasons: Option<Reasons>| reasons.unwrap_or(Reasons::ALL);
    Ok(all(scope.only_reasons).intersection(all(point.reasons)))
}

fn said_by(asked: &RevocationSubject<'_>, given: &Given<Crl>) -> Testimony {
    let unusable = |reason: UnusableReason| Testimony::Unusable(Unusable::of(name(given), reason));
    let crl = &given.item;
    let signer = match usable(asked, given) {
        Ok(signer) => signer,
        Err(reason) => return unusable(reason),
    };
    let at = asked.case.policy.at;
    let Some(delta) = delta(asked, given) else { return spent(asked) };
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
        _ => match untimely(window, newest.this_update, newest.next_update) {
            Some(reason) => return unusable(reason),
            None => Vec::new(),
        },
    };
    let is_revoked = !facts.is_empty();
    facts.push(Fact::new(FactName::Source, Value::Term(if by.delta_base.is_some() { Term::DeltaCrl } else { Term::Crl })));
    facts.push(Fact::new(FactName::Place, Value::Text(given.place.clone())));
    facts.push(Fact::new(FactName::SignedBy, Value::Certificate(signer)));
    let numbered = |name, crl: &Crl| crl.number.as_ref().map(|number| Fact::new(name, Value::Text(number.to_string())));
    facts.extend(numbered(FactName::CrlNumber, crl));
    facts.extend(delta.and_then(|delta| numbered(FactName::DeltaNumber, &delta.item)));
    facts.push(Fact::new(FactName::ThisUpdate, Value::Time(newest.this_update)));
    facts.extend(newest.next_update.map(|time| Fact::new(FactName::NextUpdate, Value::Time(time))));
    if is_revoked { Testimony::Revoked(facts) } else { Testimony::NotRevoked(facts) }
}

/// The entry of the certificate; one that revokes before one that does not.
fn entry(asked: &RevocationSubject<'_>, crl: &Crl) -> Option<CrlEntry> {
    let certificate = asked.certificate;
    let entries = crl.entries(&certificate.issuer, certificate.bytes(certificate.serial));
    entries.min_by_key(|entry| entry.reason == Some(RevocationReason::REMOVE_FROM_CRL))
}

/// RFC 5280 5.2.4, 6.3.3 (c): the newest delta that this complete CRL can be brought up to date with; nothing where no more may be
/// looked at.
fn delta<'a>(asked: &RevocationSubject<'a>, complete: &Given<Crl>) -> Option<Option<&'a Given<Crl>>> {
    let (crl, at) = (&complete.item, asked.case.policy.at);
    let Some(number) = crl.number.as_ref() else { return Some(None) };
    if !asked.case.meter.take(Work::Crls, asked.case.evidence.number_of_crls_of(&crl.issuer)) {
        return None;
    }
    let fits = |delta: &&'a Given<Crl>| {
        let item = &delta.item;
        let key = |crl: &'a Crl| crl.authority_key_identifier.map(|span| crl.bytes(span));
        let own_key = crl.authority_key_identifier.map(|span| crl.bytes(span));
        item.delta_base.as_ref().is_some_and(|base| base <= number)
            && item.number.as_ref().is_some_and(|newer| newer > number)
            && item.scope == crl.scope
            && key(item) == own_key
            && window(at, item.this_update, item.next_update) == Timeliness::Current
            && usable(asked, delta).is_ok()
    };
    Some(asked.case.evidence.crls_of(&crl.issuer).filter(fits).max_by_key(|delta| (delta.item.number.clone(), delta.item.this_update)))
}

/// RFC 5280 6.3.3 (f), (g): whose key signed it, where that may sign CRLs and can be relied on; or why it cannot be used.
fn usable(asked: &RevocationSubject<'_>, given: &Given<Crl>) -> Result<CertificateId, UnusableReason> {
    let crl = &given.item;
    if let Some(oid) = crl.unknown_critical.first() {
        return Err(UnusableReason::UnknownCritical(oid.clone()));
    }
    let is_issuers = crl.issuer == asked.issuer.subject && given.signature(&asked.issuer.spki_sha256) == SignatureState::Good;
    if is_issuers && may_sign_crls(asked.issuer) {
        return Ok(asked.issuer_id);
    }
    let state = given.best_signature().ok_or_else(|| UnusableReason::SignerNotLoaded(crl.issuer.label()))?;
    match state {
        SignatureState::Bad if given.is_cut => return Err(UnusableReason::TooManyKeys(MAX_SIGNER_KEYS)),
        SignatureState::Bad => return Err(UnusableReason::BadSignature { signer: Some(crl.issuer.label()) }),
        SignatureState::Unsupported(what) => return Err(UnusableReason::Unsupported(what)),
        SignatureState::Unchecked => return Err(UnusableReason::Unchecked),
        SignatureState::Good => {}
    }
    let may_sign = |id: &CertificateId| may_sign_crls(asked.case.pool.certificate(*id));
    let mut allowed = given.signers().iter().copied().filter(may_sign).peekable();
    // One name and one key: all of them are certificates of one entity.
    let Some(entity) = allowed.peek().map(|first| asked.case.graph.entity_of(*first)) else { return Err(UnusableReason::MayNotSignCrls) };
    let sound = asked.sound_signer(entity, allowed);
    sound.ok_or_else(|| asked.unsound(|or_unproven| UnusableReason::UnsoundSigner { or_unproven }))
}

fn name(given: &Given<Crl>) -> EvidenceName {
    let number = given.item.number.as_ref().map(ToString::to_string);
    EvidenceName::Crl { number, issuer: given.item.issuer.label(), place: given.place.clone() }
}
