//! Which names does a list of general names hold (RFC 5280 4.2.1.6)? Each is read to its last byte.

use super::misread::{Fault, Misread};
use super::oid::dotted;
use super::reader::{Reader, UTF8_STRING, constructed, is_oid, only, primitive};
use super::{GeneralName, Name};

/// Names in a list that is compared one by one: who signs a CRL, what an entry is of. Such have one or two.
const MAX_GENERAL_NAMES: usize = 100;

/// RFC 9598 3: id-on-SmtpUTF8Mailbox.
const SMTP_UTF8_MAILBOX: &str = "1.3.6.1.5.5.7.8.9";

/// The elements of GeneralNames' content; at least one, and not many.
pub(super) fn general_names(content: &[u8], field: &'static str) -> Result<Vec<GeneralName>, Misread> {
    listed(content, MAX_GENERAL_NAMES, field)
}

/// The elements of GeneralNames' content, as many as there are; at least one.
pub(super) fn many_names(content: &[u8], field: &'static str) -> Result<Vec<GeneralName>, Misread> {
    listed(content, usize::MAX, field)
}

fn listed(content: &[u8], limit: usize, field: &'static str) -> Result<Vec<GeneralName>, Misread> {
    let mut reader = Reader::new(content);
    let mut out = Vec::new();
    while !reader.is_empty() {
        if out.len() >= limit {
            return Err(Misread::new(field, Fault::TooMany { limit }));
        }
        out.push(general_name(&mut reader, field)?);
    }
    if out.is_empty() { Err(Misread::new(field, Fault::Empty)) } else { Ok(out) }
}

const OTHER_NAME: u8 = constructed(0);
const RFC822_NAME: u8 = primitive(1);
const DNS_NAME: u8 = primitive(2);
const X400_ADDRESS: u8 = constructed(3);
const DIRECTORY_NAME: u8 = constructed(4);
const EDI_PARTY_NAME: u8 = constructed(5);
const URI: u8 = primitive(6);
const ADDRESS: u8 = primitive(7);
const REGISTERED_ID: u8 = primitive(8);

/// The next name. Text that is not even UTF-8 is `Malformed`, so that it can be told which name it is; whether text is ASCII, and an address
/// 4 or 16 bytes, is left to who compares it.
pub(super) fn general_name(reader: &mut Reader<'_>, field: &'static str) -> Result<GeneralName, Misread> {
    let element = reader.read(field)?;
    let content = element.content;
    let text = |known: fn(String) -> GeneralName| match std::str::from_utf8(content) {
        Ok(text) => known(text.to_owned()),
        Err(_) => GeneralName::Malformed { tag: u32::from(element.tag & 0x1f), bytes: content.to_vec() },
    };
    Ok(match element.tag {
        OTHER_NAME => {
            let mut parts = Reader::new(content);
            let oid = parts.oid("otherName")?;
            let value = parts.expect(constructed(0), "otherName")?.content;
            parts.finish("otherName")?;
            let mut inner = Reader::new(value);
            inner.read("otherName")?;
            inner.finish("otherName")?;
            GeneralName::Other { oid: dotted(oid), value: value.to_vec() }
        }
        RFC822_NAME => text(GeneralName::Email),
        DNS_NAME => text(GeneralName::Dns),
        URI => text(GeneralName::Uri),
        X400_ADDRESS => {
            elements(content, "x400Address")?;
            GeneralName::X400
        }
        DIRECTORY_NAME => GeneralName::Directory(Name::from_der(content).ok_or(Misread::new("directoryName", Fault::Name))?),
        EDI_PARTY_NAME => {
            elements(content, "ediPartyName")?;
            GeneralName::EdiParty
        }
        ADDRESS => GeneralName::Address(content.to_vec()),
        REGISTERED_ID if is_oid(content) => GeneralName::RegisteredId(dotted(content)),
        REGISTERED_ID => return Err(Misread::new("registeredID", Fault::Identifier)),
        tag => return Err(Misread::new(field, Fault::Unknown { tag })),
    })
}

/// Any elements, each whole; at least one.
fn elements(content: &[u8], field: &'static str) -> Result<(), Misread> {
    let mut reader = Reader::new(content);
    reader.read(field)?;
    while !reader.is_empty() {
        reader.read(field)?;
    }
    Ok(())
}

impl GeneralName {
    /// The tag of its choice (RFC 5280 4.2.1.6), of a malformed one that which it has: constraints of a form bind all of its choice.
    pub fn choice(&self) -> u32 {
        match self {
            GeneralName::Other { .. } => 0,
            GeneralName::Email(_) => 1,
            GeneralName::Dns(_) => 2,
            GeneralName::X400 => 3,
            GeneralName::Directory(_) => 4,
            GeneralName::EdiParty => 5,
            GeneralName::Uri(_) => 6,
            GeneralName::Address(_) => 7,
            GeneralName::RegisteredId(_) => 8,
            GeneralName::Malformed { tag, .. } => *tag,
        }
    }

    /// The mailbox of an SmtpUTF8Mailbox (RFC 9598 3), which constraints on rfc822Name bind as well (6); the error is of its UTF8String.
    pub fn smtp_utf8_mailbox(&self) -> Option<Result<&str, Misread>> {
        let GeneralName::Other { oid, value } = self else { return None };
        (oid == SMTP_UTF8_MAILBOX).then(|| {
            let field = "SmtpUTF8Mailbox";
            let content = only(value, UTF8_STRING, field)?;
            std::str::from_utf8(content).map_err(|_| Misread::new(field, Fault::Characters))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &[u8]) -> Result<Vec<GeneralName>, Fault> {
        general_names(content, "it").map_err(|misread| misread.fault)
    }

    #[test]
    fn each_form_is_read_to_its_end() {
        for sound in [
            &[0xa0, 9, 6, 2, 0x2a, 3, 0xa0, 3, 12, 1, b'x'][..],
            &[0x81, 1, b'a'],
            &[0x82, 0],
            &[0xa3, 2, 0x30, 0],
            &[0xa4, 2, 0x30, 0],
            &[0xa5, 2, 0x81, 0],
            &[0x86, 1, b'a'],
            &[0x87, 4, 1, 2, 3, 4],
            &[0x88, 2, 0x2a, 3],
        ] {
            assert_eq!(read(sound).map(|names| names.len()), Ok(1), "{sound:x?}");
            assert!(read(&sound[..sound.len() - 1]).is_err(), "{sound:x?}");
        }
        for (wrong, fault) in [
            (&[][..], Fault::Empty),
            (&[0xa0, 8, 6, 2, 0x2a, 3, 12, 2, b'x', b'y'], Fault::Tag { found: 12, expected: 0xa0 }),
            (&[0xa0, 11, 6, 2, 0x2a, 3, 0xa0, 3, 12, 1, b'x', 5, 0], Fault::Trailing { bytes: 2 }),
            (&[0xa0, 11, 6, 2, 0x2a, 3, 0xa0, 5, 12, 1, b'x', 5, 0], Fault::Trailing { bytes: 2 }),
            (&[0xa0, 7, 6, 2, 0x80, 3, 0xa0, 1, 5], Fault::Identifier),
            (&[0xa4, 4, 0x30, 0, 5, 0], Fault::Name),
            (&[0x88, 2, 0x2a, 0x83], Fault::Identifier),
            (&[0xa2, 3, 0x82, 1, b'a'], Fault::Unknown { tag: 0xa2 }),
            (&[0x89, 0], Fault::Unknown { tag: 0x89 }),
            (&[0x82, 0x81, 1, b'a'], Fault::Length),
            (&[0x82, 0x80, b'a', 0, 0], Fault::Length),
        ] {
            assert_eq!(read(wrong), Err(fault), "{wrong:x?}");
        }
        assert_eq!(read(&[0x82, 1, 0xff]), Ok(vec![GeneralName::Malformed { tag: 2, bytes: vec![0xff] }]));
        assert_eq!(read(&[0x82, 0].repeat(101)), Err(Fault::TooMany { limit: 100 }));
    }

    #[test]
    fn a_mailbox_beyond_ascii_is_a_utf8_string() {
        let oid = SMTP_UTF8_MAILBOX.to_owned();
        let name = |value: &[u8]| GeneralName::Other { oid: oid.clone(), value: value.to_vec() };
        assert_eq!(name(&[12, 3, b'a', b'@', b'b']).smtp_utf8_mailbox(), Some(Ok("a@b")));
        for wrong in [&[22, 1, b'a'][..], &[12, 1, 0xff], &[12, 1, b'a', 5, 0]] {
            assert!(name(wrong).smtp_utf8_mailbox().is_some_and(|read| read.is_err()));
        }
        assert_eq!(GeneralName::Other { oid: "1.2.3".to_owned(), value: vec![12, 0] }.smtp_utf8_mailbox(), None);
    }
}
