//! What says that a certificate is a CA's, what its key may do, and which keys it names (RFC 5280 4.2.1.1 to 4.2.1.3, 4.2.1.9).

use super::super::GeneralName;
use super::super::general_names::general_names;
use super::super::misread::{Fault, Misread};
use super::super::reader::{BIT_STRING, BOOLEAN, INTEGER, OCTET_STRING, Reader, constructed, flag, named_bits, number, only, primitive};

/// Bits that RFC 5280 4.2.1.3 names.
const KEY_USAGES: usize = 9;

/// RFC 5280 4.2.1.9: cA, and pathLenConstraint. `cA FALSE` that is written out breaks DER and has one meaning: `strict` says so.
pub(in crate::cert) fn basic_constraints(value: &[u8]) -> Result<(bool, Option<u32>), Misread> {
    let field = "basicConstraints";
    let mut parts = Reader::of_sequence(value, field)?;
    let ca = parts.optional(BOOLEAN, "cA")?.map_or(Ok(false), |element| flag(element.content, "cA"))?;
    let length = "pathLenConstraint";
    let path_length = match parts.optional(INTEGER, length)? {
        Some(element) => Some(number(element.content, length)?.ok_or(Misread::new(length, Fault::TooLarge))?),
        None => None,
    };
    parts.finish_fields(&[BOOLEAN, INTEGER], field)?;
    Ok((ca, path_length))
}

/// RFC 5280 4.2.1.3; bit n is named bit n. None may be set: then the key may do nothing.
pub(in crate::cert) fn key_usage(value: &[u8]) -> Result<u16, Misread> {
    named_bits(only(value, BIT_STRING, "keyUsage")?, KEY_USAGES, "keyUsage")
}

/// RFC 5280 4.2.1.2: the identifier.
pub(in crate::cert) fn subject_key_identifier(value: &[u8]) -> Result<&[u8], Misread> {
    only(value, OCTET_STRING, "subjectKeyIdentifier")
}

/// RFC 5280 4.2.1.1, its three fields.
#[derive(Debug, Clone, Default)]
pub(in crate::cert) struct AuthorityKey<'a> {
    pub identifier: Option<&'a [u8]>,
    pub issuer: Option<Vec<GeneralName>>,
    pub serial: Option<&'a [u8]>,
}

/// RFC 5280 4.2.1.1. Issuer without serial number, or the reverse, is let pass: each is read alone. So is a serial number with
/// needless zeros: it is a copy of one that a CA wrote so, and hints only.
pub(in crate::cert) fn authority_key_identifier(value: &[u8]) -> Result<AuthorityKey<'_>, Misread> {
    let field = "authorityKeyIdentifier";
    let mut parts = Reader::of_sequence(value, field)?;
    let identifier = parts.optional(primitive(0), "keyIdentifier")?.map(|element| element.content);
    let issuer = parts.optional(constructed(1), "authorityCertIssuer")?;
    let serial = parts.optional(primitive(2), "authorityCertSerialNumber")?.map(|element| element.content);
    parts.finish_fields(&[primitive(0), constructed(1), primitive(2)], field)?;
    let issuer = issuer.map(|issuer| general_names(issuer.content, "authorityCertIssuer")).transpose()?;
    if serial.is_some_and(<[u8]>::is_empty) {
        return Err(Misread::new("authorityCertSerialNumber", Fault::Integer));
    }
    Ok(AuthorityKey { identifier, issuer, serial })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_constraints_are_a_flag_and_a_length() {
        let read = |value: &[u8]| basic_constraints(value).map_err(|misread| misread.fault);
        assert_eq!(read(&[0x30, 0]), Ok((false, None)));
        assert_eq!(read(&[0x30, 3, 1, 1, 0]), Ok((false, None)));
        assert_eq!(read(&[0x30, 6, 1, 1, 0xff, 2, 1, 7]), Ok((true, Some(7))));
        for (value, fault) in [
            (&[][..], Fault::Missing),
            (b"x", Fault::EndsEarly),
            (&[2, 1, 0], Fault::Tag { found: 2, expected: 0x30 }),
            (&[0x30, 6, 2, 1, 0, 1, 1, 0xff], Fault::Misplaced { tag: 1 }),
            (&[0x30, 6, 1, 1, 0xff, 1, 1, 0xff], Fault::Misplaced { tag: 1 }),
            (&[0x30, 6, 1, 1, 0xff, 2, 1, 0xff], Fault::Negative),
            (&[0x30, 7, 1, 1, 0xff, 2, 2, 0, 1], Fault::Integer),
            (&[0x30, 10, 1, 1, 0xff, 2, 5, 1, 0, 0, 0, 0], Fault::TooLarge),
            (&[0x30, 5, 1, 1, 0xff, 5, 0], Fault::Unknown { tag: 5 }),
            (&[0x30, 3, 1, 1, 1], Fault::Boolean),
            (&[0x30, 4, 1, 2, 0xff, 0xff], Fault::Boolean),
            (&[0x30, 3, 1, 1, 0xff, 5, 0], Fault::Trailing { bytes: 2 }),
            (&[0x30, 0x80, 1, 1, 0xff, 0, 0], Fault::Length),
            (&[0x30, 0x81, 3, 1, 1, 0xff], Fault::Length),
            (&[0x30, 9], Fault::Overrun { announced: 9, present: 0 }),
        ] {
            assert_eq!(read(value), Err(fault), "{value:x?}");
        }
    }

    #[test]
    fn a_key_usage_has_nine_bits() {
        assert_eq!((key_usage(&[3, 2, 1, 6]), key_usage(&[3, 1, 0])), (Ok(0b110_0000), Ok(0)));
        // Seven bits are unused, and keyCertSign is set among them.
        for value in [&[3, 2, 7, 0x84][..], &[3, 0], &[4, 2, 1, 6], &[3, 2, 8, 6], &[3, 3, 5, 0, 0x20], &[0x23, 4, 3, 2, 1, 6]] {
            assert!(key_usage(value).is_err(), "{value:x?}");
        }
    }

    #[test]
    fn an_authority_key_identifier_has_three_fields() {
        let fault = |content: &[u8]| {
            let value = [&[0x30, u8::try_from(content.len()).unwrap()][..], content].concat();
            authority_key_identifier(&value).err().map(|misread| misread.fault)
        };
        assert_eq!((fault(&[]), fault(&[0x80, 1, 7]), fault(&[0x80, 1, 7, 0x82, 1, 9])), (None, None, None));
        assert_eq!(fault(&[0x82, 1, 9, 0x80, 1, 7]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!(fault(&[0x80, 1, 7, 0x80, 1, 7]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!(fault(&[0x83, 0]), Some(Fault::Unknown { tag: 0x83 }));
        assert_eq!((fault(&[0xa1, 0]), fault(&[0x82, 0])), (Some(Fault::Empty), Some(Fault::Integer)));
        assert!(authority_key_identifier(&[0x30, 0, 0]).is_err());
    }
}
