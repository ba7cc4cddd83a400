//! Which certificates of a PKCS#12 file lie in the clear (RFC 7292 4.1 and 4.2.3)? Only keys and the whole's integrity need the password.

use super::super::ber::{Element, OBJECT_IDENTIFIER, SEQUENCE, element, take, to_der};

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const SET: u8 = 0x31;
const BMP_STRING: u8 = 0x1e;
/// `[0]`, constructed: what an OID speaks of.
const CONTENT: u8 = 0xa0;

/// 1.2.840.113549.1.7.1, data: a safe in the clear. Others are encrypted.
const DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
/// 1.2.840.113549.1.12.10.1, bags: keys (1), keys that are encrypted (2), certificates (3).
const BAG: [u8; 10] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01];
const KEYS: [u8; 2] = [1, 2];
const CERTIFICATE: u8 = 3;
/// 1.2.840.113549.1.9.22.1, x509Certificate (RFC 7292 4.2.3).
const X509: [u8; 10] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
/// 1.2.840.113549.1.9.20 and 21, friendlyName and localKeyId (RFC 2985 5.5).
const FRIENDLY_NAME: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x14];
const LOCAL_KEY_ID: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x15];
/// 2.16.840.1.113894.746875.1.1, with which Java marks what it trusts.
const TRUSTED_BY_JAVA: [u8; 11] = [0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 0x01];

/// What lies in the clear.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clear {
    pub certificates: Vec<ClearBag>,
    /// The identifiers of the keys that are there, encrypted or not; `None`: it has none.
    pub keys: Vec<Option<Vec<u8>>>,
    /// Something is encrypted besides keys: more certificates may be in it.
    pub has_more: bool,
    /// How often the MAC's key is derived: what one password costs; 0 without a MAC.
    pub iterations: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClearBag {
    pub der: Vec<u8>,
    pub friendly_name: Option<String>,
    pub local_key_id: Option<Vec<u8>>,
    pub is_trusted: bool,
}

/// What of the file can be read without a password; `None` where it is malformed.
pub(super) fn in_the_clear(file: &[u8]) -> Option<Clear> {
    let der = to_der(file)?;
    let mut pfx = element(&der)?.0.content;
    take(&mut pfx, INTEGER)?;
    let mut out = Clear::default();
    for safe in elements(data(take(&mut pfx, SEQUENCE)?)??) {
        // The contents of what is encrypted.
        let Some(bags) = data(safe)? else {
            out.has_more = true;
            continue;
        };
        for bag in elements(bags) {
            read_bag(bag.content, &mut out)?;
        }
    }
    out.iterations = take(&mut pfx, SEQUENCE).map_or(0, |mac| iterations(mac.content));
    Some(out)
}

/// The elements of the SEQUENCE that a ContentInfo holds; `Some(None)`: it is encrypted.
fn data(info: Element<'_>) -> Option<Option<&[u8]>> {
    let mut rest = info.content;
    if take(&mut rest, OBJECT_IDENTIFIER)?.content != DATA {
        return Some(None);
    }
    let string = element(take(&mut rest, CONTENT)?.content).filter(|(string, _)| string.tag == OCTET_STRING)?.0;
    Some(Some(element(string.content).filter(|(sequence, _)| sequence.tag == SEQUENCE)?.0.content))
}

/// RFC 7292 4: a digest, a salt, and the number, which is 1 where it is left out.
fn iterations(mut mac: &[u8]) -> u64 {
    let number = take(&mut mac, SEQUENCE).and_then(|_| take(&mut mac, OCTET_STRING)).and_then(|_| take(&mut mac, INTEGER));
    number
        .map_or(1, |number| number.content.iter().fold(0_u64, |number, octet| number.saturating_mul(256).saturating_add(u64::from(*octet))))
}

fn read_bag(mut bag: &[u8], out: &mut Clear) -> Option<()> {
    let kind = take(&mut bag, OBJECT_IDENTIFIER)?.content.strip_prefix(&BAG);
    let value = take(&mut bag, CONTENT)?.content;
    let mut found = ClearBag { der: Vec::new(), friendly_name: None, local_key_id: None, is_trusted: false };
    for attribute in elements(take(&mut bag, SET).map_or(&[][..], |set| set.content)) {
        let mut rest = attribute.content;
        let oid = take(&mut rest, OBJECT_IDENTIFIER)?.content;
        let first = take(&mut rest, SET).and_then(|values| element(values.content)).map(|(first, _)| first);
        match first {
            Some(first) if oid == LOCAL_KEY_ID && first.tag == OCTET_STRING => found.local_key_id = Some(first.content.to_vec()),
            Some(first) if oid == FRIENDLY_NAME && first.tag == BMP_STRING => {
                let units = first.content.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect::<Vec<_>>();
                found.friendly_name = Some(String::from_utf16_lossy(&units));
            }
            _ => found.is_trusted |= oid.starts_with(&TRUSTED_BY_JAVA),
        }
    }
    match kind {
        Some([CERTIFICATE]) => {
            let mut certificate = element(value)?.0.content;
            if take(&mut certificate, OBJECT_IDENTIFIER)?.content == X509 {
                let (string, _) = element(take(&mut certificate, CONTENT)?.content)?;
                found.der = string.content.to_vec();
                out.certificates.push(found);
            }
        }
        Some([key]) if KEYS.contains(key) => out.keys.push(found.local_key_id),
        _ => {}
    }
    Some(())
}

fn elements(mut rest: &[u8]) -> Vec<Element<'_>> {
    let mut out = Vec::new();
    while let Some((found, behind)) = element(rest) {
        rest = behind;
        out.push(found);
    }
    out
}
