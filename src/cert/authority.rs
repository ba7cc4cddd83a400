//! Which certificate an authority key identifier names by its issuer and serial number (RFC 5280 4.2.1.1)?

use super::reader::{Reader, SEQUENCE, constructed, general_names, only, primitive};
use super::{Certificate, Decoded, GeneralName, Name};

/// authorityCertIssuer and authorityCertSerialNumber, each where it is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorityCertificate {
    /// Who issued the issuer's certificate: the directory names among the general names.
    pub issuers: Vec<Name>,
    /// The content of the INTEGER.
    pub serial: Option<Vec<u8>>,
}

impl Certificate {
    /// The certificate of its issuer that it names besides the key; `None` where it names none.
    pub fn authority_certificate(&self) -> Decoded<AuthorityCertificate> {
        let Some(value) = self.extension(&[0x55, 0x1d, 35]) else { return Ok(None) };
        let what = "authority key identifier";
        let mut parts = Reader::new(only(value, SEQUENCE, what)?);
        parts.optional(primitive(0), what)?;
        let names = parts.optional(constructed(1), what)?.map(|names| general_names(names.content, what)).transpose()?;
        let serial = parts.optional(primitive(2), what)?.map(|serial| serial.content.to_vec());
        parts.finish(what)?;
        let directory = |name| match name {
            GeneralName::Directory(name) => Some(name),
            _ => None,
        };
        let issuers: Vec<Name> = names.into_iter().flatten().filter_map(directory).collect();
        Ok(Some(AuthorityCertificate { issuers, serial }).filter(|found| !found.issuers.is_empty() || found.serial.is_some()))
    }
}
