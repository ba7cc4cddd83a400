//! One certificate revocation list (RFC 5280 5): what it says of which certificates, and what it was signed with.

mod entry;
mod number;

use std::collections::HashMap;
use std::sync::Arc;

use super::field::{AlgorithmIdentifier, Span, span_within};
use super::oid::dotted;
use super::reader::{GENERALIZED_TIME, INTEGER, RawExtension, Reader, SEQUENCE, UTC_TIME, constructed, extensions, only, primitive};
use super::{Fingerprint, GeneralName, IssuingDistributionPoint, Name, Time, escape};
use entry::{EntryExtension, entry_extensions};

pub use entry::{CrlEntry, RevocationReason};
pub use number::CrlNumber;

/// Largest DER that is read as a CRL, in bytes; the largest real ones (government CAs, after mass revocations) are tens of MB.
pub const MAX_CRL: usize = 64 << 20;
/// Critical extensions that are not known and are kept: one is enough to make a CRL useless.
const MAX_UNKNOWN: usize = 16;
/// Issuers that the entries of one indirect CRL may be of; each costs memory of its own. Real ones have a handful.
pub const MAX_ENTRY_ISSUERS: usize = 10_000;

/// Why bytes are no CRL; the reason is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrlError {
    #[error("not a CRL: {reason}")]
    Malformed { reason: String },
    #[error("{length} bytes, more than the {MAX_CRL} that a CRL may have")]
    TooLarge { length: usize },
}

/// Where an entry stands: its serial's content, and the end of the entry. Millions of them are kept.
#[derive(Debug, Clone, Copy)]
struct EntryPlace {
    serial: Span,
    end: u32,
    /// Which of `Crl::issuers` issued the certificate.
    issuer: u32,
}

/// A CRL (RFC 5280 5), complete or delta. A `Span` is a part of its DER; `bytes` gives it.
#[derive(Debug, Clone)]
pub struct Crl {
    der: Arc<[u8]>,
    pub sha256: Fingerprint,
    pub issuer: Name,
    pub this_update: Time,
    pub next_update: Option<Time>,
    pub number: Option<CrlNumber>,
    /// Only what changed since the CRL of this number is listed (RFC 5280 5.2.4).
    pub delta_base: Option<CrlNumber>,
    /// The content of keyIdentifier (RFC 5280 5.2.1).
    pub key_identifier: Option<Span>,
    /// The value of authorityKeyIdentifier, which a delta CRL and its base share (5.2.4).
    pub authority_key_identifier: Option<Span>,
    pub scope: Option<IssuingDistributionPoint>,
    /// Dotted OIDs of critical extensions, of the CRL or of any entry, that are not known, the first few: it must not be used (5.2, 5.3).
    pub unknown_critical: Vec<String>,
    /// The signed part, with its header.
    pub tbs: Span,
    pub signature_algorithm: AlgorithmIdentifier,
    /// The content of signatureValue, without the count of unused bits.
    pub signature: Span,
    /// Sorted by serial.
    listed: Box<[EntryPlace]>,
    issuers: Vec<Name>,
}

impl Crl {
    /// Reads the CRL that `der` begins with; bytes behind it are not part of it.
    pub fn from_der(der: &[u8]) -> Result<Self, CrlError> {
        if der.len() > MAX_CRL {
            return Err(CrlError::TooLarge { length: der.len() });
        }
        Self::read(der).map_err(|reason| CrlError::Malformed { reason: escape(&reason) })
    }

    fn read(der: &[u8]) -> Result<Self, String> {
        let outer = Reader::new(der).expect(SEQUENCE, "CertificateList")?;
        let der = outer.whole;
        let mut parts = Reader::new(outer.content);
        let tbs = parts.expect(SEQUENCE, "tbsCertList")?;
        let signature_algorithm = parts.algorithm(der, "signatureAlgorithm")?;
        let signature = span_within(der, parts.bits("signatureValue")?);
        parts.finish("signatureValue")?;

        let mut parts = Reader::new(tbs.content);
        let version = parts.optional(INTEGER, "version")?;
        if version.is_some_and(|version| version.content != [1]) {
            return Err("a version other than 2 (RFC 5280 5.1.2.1)".to_owned());
        }
        let signed_algorithm = parts.algorithm(der, "tbsCertList.signature")?;
        let raw =
            |algorithm: AlgorithmIdentifier| [algorithm.oid, algorithm.parameters].map(|span| &der[span.start as usize..span.end as usize]);
        if raw(signed_algorithm) != raw(signature_algorithm) {
            return Err("two different signature algorithms inside and outside (RFC 5280 5.1.1.2)".to_owned());
        }
        let issuer = parts.name("issuer")?;
        let this_update = parts.time("thisUpdate")?;
        let is_time = matches!(parts.next_tag(), Some(UTC_TIME | GENERALIZED_TIME));
        let next_update = if is_time { Some(parts.time("nextUpdate")?) } else { None };
        let entries = parts.optional(SEQUENCE, "revokedCertificates")?;
        let list = parts.optional(constructed(0), "crlExtensions")?;
        parts.finish("tbsCertList")?;
        if version.is_none() && list.is_some() {
            return Err("extensions in a CRL of version 1 (RFC 5280 5.1.2.1)".to_owned());
        }

        let mut crl = Self {
            der: der.into(),
            sha256: Fingerprint::of(der),
            this_update,
            next_update,
            number: None,
            delta_base: None,
            key_identifier: None,
            authority_key_identifier: None,
            scope: None,
            unknown_critical: Vec::new(),
            tbs: span_within(der, tbs.whole),
            signature_algorithm,
            signature,
            listed: Box::default(),
            issuers: vec![issuer.clone()],
            issuer,
        };
        if let Some(list) = list {
            for extension in extensions(list.content, "crlExtensions")? {
                crl.add_extension(extension, der)?;
            }
        }
        if let Some(entries) = entries {
            crl.add_entries(entries.content, der, version.is_some())?;
        }
        Ok(crl)
    }

    fn add_extension(&mut self, extension: RawExtension<'_>, der: &[u8]) -> Result<(), String> {
        match extension.oid {
            [0x55, 0x1d, 20] => self.number = Some(CrlNumber::read(extension.value, "cRLNumber")?),
            [0x55, 0x1d, 27] => self.delta_base = Some(CrlNumber::read(extension.value, "deltaCRLIndicator")?),
            [0x55, 0x1d, 28] => self.scope = Some(IssuingDistributionPoint::from_der(extension.value, &self.issuer)?),
            [0x55, 0x1d, 35] => {
                self.authority_key_identifier = Some(span_within(der, extension.value));
                let mut parts = Reader::new(only(extension.value, SEQUENCE, "authorityKeyIdentifier")?);
                let identifier = parts.optional(primitive(0), "keyIdentifier")?;
                self.key_identifier = identifier.map(|identifier| span_within(der, identifier.content));
            }
            other if extension.critical => self.unknown_critical.push(dotted(other)),
            _ => {}
        }
        Ok(())
    }

    /// An entry without certificateIssuer is of the issuer of the one before it (RFC 5280 5.3.3).
    fn add_entries(&mut self, content: &[u8], der: &[u8], may_extend: bool) -> Result<(), String> {
        let mut reader = Reader::new(content);
        if reader.is_empty() {
            return Err("an empty list of entries, which RFC 5280 5.1.2.6 wants absent".to_owned());
        }
        let mut listed = Vec::new();
        let mut known: HashMap<Arc<[u8]>, u32> = HashMap::from([(Arc::clone(self.issuer.canonical()), 0)]);
        let mut issuer = 0;
        while !reader.is_empty() {
            let element = reader.expect(SEQUENCE, "an entry")?;
            let mut parts = Reader::new(element.content);
            let serial = parts.expect(INTEGER, "an entry's serial number")?.content;
            parts.time("an entry's date")?;
            if !parts.is_empty() {
                if !may_extend {
                    return Err("an entry with extensions in a CRL of version 1 (RFC 5280 5.1.2.1)".to_owned());
                }
                for extension in entry_extensions(&mut parts)? {
                    match extension {
                        EntryExtension::Issuer(names) => issuer = self.entry_issuer(names, &mut known)?,
                        EntryExtension::UnknownCritical(oid)
                            if self.unknown_critical.len() < MAX_UNKNOWN && !self.unknown_critical.contains(&oid) =>
                        {
                            self.unknown_critical.push(oid);
                        }
                        _ => {}
                    }
                }
            }
            let end = span_within(der, element.whole).end;
            listed.push(EntryPlace { serial: span_within(der, serial), end, issuer });
        }
        listed.sort_unstable_by(|one, other| {
            let serials = (self.bytes(one.serial), self.bytes(other.serial));
            serials.0.cmp(serials.1).then(one.end.cmp(&other.end))
        });
        self.listed = listed.into();
        Ok(())
    }

    fn entry_issuer(&mut self, names: Vec<GeneralName>, known: &mut HashMap<Arc<[u8]>, u32>) -> Result<u32, String> {
        let directory = names.into_iter().find_map(|name| if let GeneralName::Directory(name) = name { Some(name) } else { None });
        let name = directory.ok_or("a certificateIssuer without a directory name (RFC 5280 5.3.3)")?;
        if let Some(issuer) = known.get(name.canonical()) {
            return Ok(*issuer);
        }
        let place = u32::try_from(self.issuers.len()).ok().filter(|_| self.issuers.len() <= MAX_ENTRY_ISSUERS);
        let place = place.ok_or_else(|| format!("entries of more than {MAX_ENTRY_ISSUERS} issuers"))?;
        known.insert(Arc::clone(name.canonical()), place);
        self.issuers.push(name);
        Ok(place)
    }

    /// The whole of its DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes of a part; empty where the span is not one of this CRL.
    pub fn bytes(&self, span: Span) -> &[u8] {
        self.der.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether no certificate is revoked by it.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// The entries of the certificate of this issuer and serial number (the INTEGER's content), in the order of the CRL.
    pub fn entries(&self, issuer: &Name, serial: &[u8]) -> impl Iterator<Item = CrlEntry> {
        let start = self.listed.partition_point(|listed| self.bytes(listed.serial) < serial);
        let same = self.listed[start..].iter().take_while(move |listed| self.bytes(listed.serial) == serial);
        let of_issuer = same.filter(move |listed| self.issuers.get(listed.issuer as usize).is_some_and(|name| name == issuer));
        of_issuer.filter_map(|listed| self.entry(*listed))
    }

    fn entry(&self, listed: EntryPlace) -> Option<CrlEntry> {
        let mut parts = Reader::new(self.bytes(Span { start: listed.serial.end, end: listed.end }));
        let mut entry = CrlEntry { date: parts.time("the date").ok()?, reason: None, invalid_since: None };
        if !parts.is_empty() {
            for extension in entry_extensions(&mut parts).ok()? {
                match extension {
                    EntryExtension::Reason(reason) => entry.reason = Some(reason),
                    EntryExtension::InvalidSince(time) => entry.invalid_since = Some(time),
                    EntryExtension::Issuer(_) | EntryExtension::UnknownCritical(_) | EntryExtension::Other => {}
                }
            }
        }
        Some(entry)
    }
}
