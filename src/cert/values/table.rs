//! Which reader reads which extension? Every extension that decides is read by readers of this crate, to its last byte.
//!
//! x509-parser decodes extensions only to show them (`fields`), where what can be made out of a broken one is worth more than nothing.

use super::super::Name;
use super::super::distribution::points;
use super::super::general_names::general_name;
use super::super::misread::{Fault, Misread};
use super::super::reader::{BIT_STRING, INTEGER, NULL, Reader, integer, only};
use super::{authority, names, policies, timestamps};

/// An extension whose form is known.
pub(in crate::cert) struct Known {
    /// The content of its OID.
    pub oid: &'static [u8],
    /// A rule heeds what it says, so that it may be critical (RFC 5280 4.2).
    pub is_processed: bool,
    /// Why a value is not what the OID promises.
    pub fault: fn(&[u8]) -> Option<Misread>,
}

/// The extension whose OID has this content.
pub(in crate::cert) fn known(oid: &[u8]) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.oid == oid)
}

const PROCESSED: bool = true;
const SHOWN: bool = false;

const fn row(oid: &'static [u8], is_processed: bool, fault: fn(&[u8]) -> Option<Misread>) -> Known {
    Known { oid, is_processed, fault }
}

/// id-ce (RFC 5280 4.2.1), then id-pe (4.2.2), then others.
const KNOWN: &[Known] = &[
    row(&[0x55, 0x1d, 14], PROCESSED, |value| authority::subject_key_identifier(value).err()),
    row(&[0x55, 0x1d, 15], PROCESSED, |value| authority::key_usage(value).err()),
    row(&[0x55, 0x1d, 17], PROCESSED, |value| names::alternative_names(value, "subjectAltName").err()),
    row(&[0x55, 0x1d, 18], SHOWN, |value| names::alternative_names(value, "issuerAltName").err()),
    row(&[0x55, 0x1d, 19], PROCESSED, |value| authority::basic_constraints(value).err()),
    row(&[0x55, 0x1d, 30], PROCESSED, |value| names::name_constraints(value).err()),
    row(&[0x55, 0x1d, 31], PROCESSED, |value| distribution_points(value).err()),
    row(&[0x55, 0x1d, 32], PROCESSED, |value| policies::certificate_policies(value).err()),
    row(&[0x55, 0x1d, 33], PROCESSED, |value| policies::policy_mappings(value).err()),
    row(&[0x55, 0x1d, 35], PROCESSED, |value| authority::authority_key_identifier(value).err()),
    row(&[0x55, 0x1d, 36], PROCESSED, |value| policies::policy_constraints(value).err()),
    row(&[0x55, 0x1d, 37], PROCESSED, |value| names::purposes(value).err()),
    row(&[0x55, 0x1d, 46], SHOWN, |value| distribution_points(value).err()),
    row(&[0x55, 0x1d, 54], PROCESSED, |value| policies::inhibit_any_policy(value).err()),
    // RFC 9608 3: no revocation information is available.
    row(&[0x55, 0x1d, 56], SHOWN, |value| only(value, NULL, "noRevAvail").and_then(|content| empty(content, "noRevAvail")).err()),
    // Authority and subject information access.
    row(&[0x2b, 6, 1, 5, 5, 7, 1, 1], SHOWN, |value| access(value).err()),
    row(&[0x2b, 6, 1, 5, 5, 7, 1, 11], SHOWN, |value| access(value).err()),
    // RFC 7633 4.1: features of TLS.
    row(&[0x2b, 6, 1, 5, 5, 7, 1, 24], SHOWN, |value| features(value).err()),
    // RFC 6960 4.2.2.2.1: OCSP no check restricts nothing.
    row(&[0x2b, 6, 1, 5, 5, 7, 48, 1, 5], PROCESSED, |value| {
        only(value, NULL, "noCheck").and_then(|content| empty(content, "noCheck")).err()
    }),
    // RFC 6962 3.3, 3.1: timestamps, and the poison of a precertificate.
    row(&[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2], SHOWN, |value| timestamps::timestamps(value).err()),
    row(&[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 3], SHOWN, |value| {
        only(value, NULL, "poison").and_then(|content| empty(content, "poison")).err()
    }),
    // Netscape's certificate type.
    row(&[0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, 1], SHOWN, |value| only(value, BIT_STRING, "netscapeCertType").err()),
];

fn empty(content: &[u8], field: &'static str) -> Result<(), Misread> {
    if content.is_empty() { Ok(()) } else { Err(Misread::new(field, Fault::Trailing { bytes: content.len() })) }
}

/// RFC 5280 4.2.1.13, 4.2.1.15. Whose CRLs they are does not matter to their form.
fn distribution_points(value: &[u8]) -> Result<(), Misread> {
    let nobody = Name::from_der(&[0x30, 0]).ok_or(Misread::new("cRLDistributionPoints", Fault::Name))?;
    points(value, &nobody).map(drop)
}

/// RFC 5280 4.2.2.1, 4.2.2.2. An empty list points nowhere, and nothing rests on it.
fn access(value: &[u8]) -> Result<(), Misread> {
    let field = "accessDescription";
    let mut list = Reader::of_sequence(value, field)?;
    while !list.is_empty() {
        let mut parts = list.sequence(field)?;
        parts.oid("accessMethod")?;
        general_name(&mut parts, "accessLocation")?;
        parts.finish(field)?;
    }
    Ok(())
}

fn features(value: &[u8]) -> Result<(), Misread> {
    let field = "tlsFeature";
    let mut list = Reader::of_sequence(value, field)?;
    while !list.is_empty() {
        integer(list.expect(INTEGER, field)?.content, field)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_known_extension_stands_once_and_refuses_nothing_and_too_much() {
        let mut seen = std::collections::HashSet::new();
        for known in KNOWN {
            assert!(seen.insert(known.oid));
            for wrong in [&[][..], b"x", &[0x30, 0x80, 0, 0], &[0x30, 0, 0], &[0x0c, 0], &[0x30, 3, 2, 1]] {
                assert!((known.fault)(wrong).is_some(), "{:x?}: {wrong:x?}", known.oid);
            }
        }
    }

    #[test]
    fn rare_extensions_are_held_to_their_form() {
        let fault = |oid: &[u8], value: &[u8]| known(oid).and_then(|known| (known.fault)(value)).map(|misread| misread.fault);
        let no_check = [0x2b, 6, 1, 5, 5, 7, 48, 1, 5];
        assert_eq!((fault(&no_check, &[5, 0]), fault(&no_check, &[5, 1, 0])), (None, Some(Fault::Trailing { bytes: 1 })));
        let features = [0x2b, 6, 1, 5, 5, 7, 1, 24];
        assert_eq!(
            (fault(&features, &[0x30, 3, 2, 1, 5]), fault(&features, &[0x30, 3, 4, 1, 5])),
            (None, Some(Fault::Tag { found: 4, expected: 2 }))
        );
        let access = [0x2b, 6, 1, 5, 5, 7, 1, 1];
        assert_eq!(fault(&access, &[0x30, 9, 0x30, 7, 6, 2, 0x2a, 3, 0x86, 1, b'a']), None);
        assert_eq!(fault(&access, &[0x30, 11, 0x30, 9, 6, 2, 0x2a, 3, 0x86, 1, b'a', 5, 0]), Some(Fault::Trailing { bytes: 2 }));
    }
}
