//! Do the certificates of a file stand as a server has to have them, and is the private key beside them the first one's?

use super::held_key::PublicHalf;
use super::note::{NoteKind, Noted};
use crate::cert::Certificate;

/// A certificate of a file, in the order of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed<'a> {
    pub certificate: &'a Certificate,
    /// Of its BEGIN.
    pub line: Option<usize>,
}

/// Certificates of one file whose order is looked at; longer ones are bundles.
const MOST: usize = 100;

/// Adds what there is to say of a file that is one server's or client's: with a private key, or with exactly one certificate of no CA.
pub(super) fn look(listed: &[Listed<'_>], keys: &[(Option<usize>, PublicHalf)], noted: &mut Noted) {
    let Some(first) = listed.first() else { return };
    for (line, key) in keys {
        match listed.iter().position(|one| key.is_of(one.certificate)) {
            Some(_) if key.is_of(first.certificate) => {}
            Some(place) => {
                noted.add(*line, NoteKind::KeyOfAnother { subject: label(listed[place].certificate), position: place + 1 });
            }
            None => noted.add(*line, NoteKind::KeyOfNone),
        }
    }
    let of_key = listed.iter().position(|one| keys.iter().any(|(_, key)| key.is_of(one.certificate)));
    let Some(own) = of_key.or_else(|| only_end_entity(listed)).filter(|_| (2..=MOST).contains(&listed.len())) else { return };
    let is_same = |one: &Listed<'_>, other: &Listed<'_>| one.certificate.sha256 == other.certificate.sha256;
    let Some(target) = listed.get(own) else { return };
    if own > 0 {
        let (own, has_key) = (label(target.certificate), of_key.is_some());
        noted.add(
            target.line,
            NoteKind::OwnNotFirst { own, position: listed.iter().position(|one| is_same(one, target)).unwrap_or(0) + 1, has_key },
        );
    }
    let above = above(listed, target);
    let mut before: Vec<&Certificate> = vec![target.certificate];
    for (place, one) in listed.iter().enumerate() {
        let subject = || label(one.certificate);
        if let Some(earlier) = listed.iter().take(place).position(|other| is_same(other, one)) {
            noted.add(one.line, NoteKind::Repeated { subject: subject(), earlier: earlier + 1 });
        } else if is_same(one, target) {
        } else if !above.get(place).copied().unwrap_or(false) {
            noted.add(one.line, NoteKind::NotInChain { subject: subject() });
        } else if one.certificate.is_self_issued() {
            noted.add(one.line, NoteKind::RootIncluded { subject: subject() });
        } else {
            if !before.iter().any(|other| other.issuer == one.certificate.subject) {
                noted.add(one.line, NoteKind::OutOfOrder { subject: subject() });
            }
            before.push(one.certificate);
        }
    }
}

/// The only one of no CA, where there is one.
fn only_end_entity(listed: &[Listed<'_>]) -> Option<usize> {
    let is_authority = |one: &Listed<'_>| {
        one.certificate.extensions.basic_constraints.is_some_and(|constraints| constraints.ca) || one.certificate.is_self_issued()
    };
    let mut others = (0..listed.len()).filter(|place| listed.get(*place).is_some_and(|one| !is_authority(one)));
    let only = others.next()?;
    let is_same = |place: usize| listed[place].certificate.sha256 == listed[only].certificate.sha256;
    others.all(is_same).then_some(only)
}

/// Which may be above the target, by their names.
fn above(listed: &[Listed<'_>], target: &Listed<'_>) -> Vec<bool> {
    let mut above = vec![false; listed.len()];
    let mut names = vec![&target.certificate.issuer];
    while let Some(name) = names.pop() {
        for (one, is_above) in listed.iter().zip(&mut above) {
            if !*is_above && one.certificate.subject == *name && one.certificate.sha256 != target.certificate.sha256 {
                *is_above = true;
                names.push(&one.certificate.issuer);
            }
        }
    }
    above
}

/// What people call it.
pub(super) fn label(certificate: &Certificate) -> String {
    certificate.subject.label()
}
