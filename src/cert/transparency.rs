//! The timestamps that transparency logs gave a certificate and what they signed (RFC 6962 3.2, 3.3); and what is known of logs, by the
//! public list of them (its JSON schema, version 3).

use std::collections::BTreeMap;

use der::asn1::AnyRef;
use der::{Encode, Tag, TagNumber};
use x509_parser::asn1_rs::{Any, FromDer};

use super::misread::Misread;
use super::values::timestamps::{timestamp_list, timestamps};
use super::{Certificate, Decoded, Fingerprint, KeyParts, OcspResponse, SignedTimestamp, Time};

/// 1.3.6.1.4.1.11129.2.4.2.
const TIMESTAMP_LIST: &[u8] = &[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2];
/// 1.3.6.1.4.1.11129.2.4.3, in a precertificate only.
const POISON: &[u8] = &[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 3];

impl OcspResponse {
    /// RFC 6962 3.3: the lists in the responses for single certificates, together.
    pub fn timestamps(&self) -> Decoded<Vec<SignedTimestamp>> {
        let lists = self.responses.iter().filter_map(|single| single.timestamps.as_deref());
        let mut found = None;
        for list in lists {
            found.get_or_insert_with(Vec::new).extend(timestamps(list)?);
        }
        Ok(found)
    }
}

impl Certificate {
    /// RFC 6962 3.2: the DER of the signed part without the list of timestamps and without poison, which is what logs sign.
    pub fn precertificate_part(&self) -> Option<Vec<u8>> {
        let (_, tbs) = Any::from_der(self.bytes(self.tbs)).ok()?;
        let mut fields = Vec::with_capacity(tbs.data.len());
        let mut rest = tbs.data;
        while !rest.is_empty() {
            let (after, field) = Any::from_der(rest).ok()?;
            let whole = rest.get(..rest.len() - after.len())?;
            if field.header.is_contextspecific() && field.tag().0 == 3 {
                fields.extend(extensions_without_timestamps(field.data)?);
            } else {
                fields.extend(whole);
            }
            rest = after;
        }
        wrapped(Tag::Sequence, &fields)
    }
}

/// The timestamps that a TLS server sent beside its certificate (RFC 6962 3.3.1), as the extension carries them.
pub fn sent_timestamps(extension: &[u8]) -> Result<Vec<SignedTimestamp>, Misread> {
    timestamp_list(extension)
}

/// RFC 5280 4.1: `[3] { SEQUENCE OF Extension }`, whose content is given; nothing where no extension is left.
fn extensions_without_timestamps(content: &[u8]) -> Option<Vec<u8>> {
    let (_, list) = Any::from_der(content).ok()?;
    let mut kept = Vec::with_capacity(list.data.len());
    let mut rest = list.data;
    while !rest.is_empty() {
        let (after, extension) = Any::from_der(rest).ok()?;
        let (_, oid) = Any::from_der(extension.data).ok()?;
        if oid.data != TIMESTAMP_LIST && oid.data != POISON {
            kept.extend(rest.get(..rest.len() - after.len())?);
        }
        rest = after;
    }
    if kept.is_empty() {
        return Some(Vec::new());
    }
    wrapped(Tag::ContextSpecific { constructed: true, number: TagNumber(3) }, &wrapped(Tag::Sequence, &kept)?)
}

fn wrapped(tag: Tag, content: &[u8]) -> Option<Vec<u8>> {
    AnyRef::new(tag, content).ok()?.to_der().ok()
}

/// A transparency log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `Google 'Argon2026h1' log`, escaped.
    pub name: String,
    pub operator: String,
    pub key: KeyParts,
    /// `usable`, `retired` and so on, and since when.
    pub state: &'static str,
    pub since: Option<Time>,
    /// It takes certificates that expire from the first of these times on and before the second.
    pub interval: Option<(Time, Time)>,
}

/// The logs by their id, the SHA-256 of their key (RFC 6962 3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogList {
    pub logs: BTreeMap<Fingerprint, Log>,
}
