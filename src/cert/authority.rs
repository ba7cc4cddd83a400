//! Which certificate an authority key identifier names by its issuer and serial number (RFC 5280 4.2.1.1)?

use super::values::authority::{AuthorityKey, authority_key_identifier};
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
        let found = self.decoded(&[0x55, 0x1d, 35], "authorityKeyIdentifier", authority_key_identifier)?;
        let AuthorityKey { issuer: names, serial, .. } = found.unwrap_or_default();
        let directory = |name| match name {
            GeneralName::Directory(name) => Some(name),
            _ => None,
        };
        let issuers: Vec<Name> = names.into_iter().flatten().filter_map(directory).collect();
        Ok(Some(AuthorityCertificate { issuers, serial: serial.map(<[u8]>::to_vec) })
            .filter(|found| !found.issuers.is_empty() || found.serial.is_some()))
    }
}
