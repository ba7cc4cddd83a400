//! What an entry of a CRL says besides its serial number (RFC 5280 5.3).

use super::super::general_names::general_names;
use super::super::oid::dotted;
use super::super::reader::{ENUMERATED, Element, RawExtension, Reader, SEQUENCE, extensions, only};
use super::super::{GeneralName, Time};

/// RFC 5280 5.3.1 CRLReason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RevocationReason(pub u8);

impl RevocationReason {
    /// certificateHold: may be taken back (RFC 5280 5.3.1).
    pub const HOLD: Self = Self(6);
    /// removeFromCRL: a hold that ended, in delta CRLs alone (RFC 5280 5.3.1).
    pub const REMOVE_FROM_CRL: Self = Self(8);

    /// The name of the RFC.
    pub fn word(self) -> &'static str {
        match self.0 {
            0 => "unspecified",
            1 => "keyCompromise",
            2 => "cACompromise",
            3 => "affiliationChanged",
            4 => "superseded",
            5 => "cessationOfOperation",
            6 => "certificateHold",
            8 => "removeFromCRL",
            9 => "privilegeWithdrawn",
            10 => "aACompromise",
            _ => "unknown reason",
        }
    }

    /// The one that an ENUMERATED names (RFC 5280 5.3.1); 7 is not used.
    pub(in super::super) fn read(content: &[u8]) -> Result<Self, String> {
        match content {
            [reason @ (0..=6 | 8..=10)] => Ok(Self(*reason)),
            _ => Err("a reason that RFC 5280 5.3.1 does not know".to_owned()),
        }
    }
}

/// What a CRL says of one certificate (RFC 5280 5.1.2.6, 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrlEntry {
    pub date: Time,
    pub reason: Option<RevocationReason>,
    /// From when the key is no longer to be relied on, where that was earlier (RFC 5280 5.3.2).
    pub invalid_since: Option<Time>,
}

pub(super) enum EntryExtension {
    Reason(RevocationReason),
    InvalidSince(Time),
    Issuer(Vec<GeneralName>),
    UnknownCritical(String),
    Other,
}

pub(super) fn entry_extensions(parts: &mut Reader<'_>) -> Result<Vec<EntryExtension>, String> {
    let what = "crlEntryExtensions";
    let Element { whole, .. } = parts.expect(SEQUENCE, what)?;
    parts.finish(what)?;
    extensions(whole, what)?.into_iter().map(entry_extension).collect()
}

fn entry_extension(extension: RawExtension<'_>) -> Result<EntryExtension, String> {
    Ok(match extension.oid {
        [0x55, 0x1d, 21] => EntryExtension::Reason(RevocationReason::read(only(extension.value, ENUMERATED, "reasonCode")?)?),
        [0x55, 0x1d, 23] => EntryExtension::Other,
        [0x55, 0x1d, 24] => {
            let mut reader = Reader::new(extension.value);
            let time = reader.time("invalidityDate")?;
            reader.finish("invalidityDate")?;
            EntryExtension::InvalidSince(time)
        }
        [0x55, 0x1d, 29] => {
            let names = only(extension.value, SEQUENCE, "certificateIssuer")?;
            EntryExtension::Issuer(general_names(names, "certificateIssuer")?)
        }
        other if extension.critical => EntryExtension::UnknownCritical(dotted(other)),
        _ => EntryExtension::Other,
    })
}
