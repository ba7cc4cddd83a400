//! What a general name is (RFC 5280 4.2.1.6): the forms in which a certificate names its subject and constrains names.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use x509_parser::extensions as parser;

use super::oid::describe;
use super::{Name, escape, hex};

/// Text is as the certificate has it, to compare with; `Display` escapes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneralName {
    Dns(String),
    Email(String),
    Uri(String),
    Directory(Name),
    /// 4 or 16 bytes; in a name constraint, the address and its mask (4.2.1.10). Other lengths are the certificate's mistake.
    Address(Vec<u8>),
    /// The form's identifier and its value's DER.
    Other {
        oid: String,
        value: Vec<u8>,
    },
    RegisteredId(String),
    X400,
    EdiParty,
    /// Its tag, and bytes that are not what the tag promises.
    Malformed {
        tag: u32,
        bytes: Vec<u8>,
    },
}

impl GeneralName {
    pub(super) fn new(name: &parser::GeneralName<'_>) -> Self {
        use parser::GeneralName as G;
        match name {
            G::DNSName(text) => GeneralName::Dns((*text).to_owned()),
            G::RFC822Name(text) => GeneralName::Email((*text).to_owned()),
            G::URI(text) => GeneralName::Uri((*text).to_owned()),
            G::DirectoryName(name) => match Name::from_der(name.as_raw()) {
                Some(name) => GeneralName::Directory(name),
                None => GeneralName::Malformed { tag: 4, bytes: name.as_raw().to_vec() },
            },
            G::IPAddress(bytes) => GeneralName::Address(bytes.to_vec()),
            G::OtherName(oid, value) => GeneralName::Other { oid: oid.to_id_string(), value: value.to_vec() },
            G::RegisteredID(oid) => GeneralName::RegisteredId(oid.to_id_string()),
            G::X400Address(_) => GeneralName::X400,
            G::EDIPartyName(_) => GeneralName::EdiParty,
            G::Invalid(tag, bytes) => GeneralName::Malformed { tag: tag.0, bytes: bytes.to_vec() },
        }
    }

    /// The form's name, as certificate viewers print it.
    pub fn form(&self) -> &'static str {
        match self {
            GeneralName::Dns(_) => "DNS",
            GeneralName::Email(_) => "Email",
            GeneralName::Uri(_) => "URI",
            GeneralName::Directory(_) => "Directory name",
            GeneralName::Address(_) => "IP",
            GeneralName::Other { .. } => "Other name",
            GeneralName::RegisteredId(_) => "Registered ID",
            GeneralName::X400 => "X.400",
            GeneralName::EdiParty => "EDI party",
            GeneralName::Malformed { .. } => "Invalid name",
        }
    }
}

impl fmt::Display for GeneralName {
    /// The value without its form, escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GeneralName::Dns(text) | GeneralName::Email(text) | GeneralName::Uri(text) => f.write_str(&escape(text)),
            GeneralName::Directory(name) => write!(f, "{name}"),
            GeneralName::Address(bytes) => f.write_str(&address(bytes)),
            GeneralName::Other { oid, value } => write!(f, "{} {}", describe(oid), hex(value)),
            GeneralName::RegisteredId(oid) => f.write_str(&describe(oid)),
            GeneralName::X400 | GeneralName::EdiParty => f.write_str("present"),
            GeneralName::Malformed { tag, bytes } => write!(f, "[{tag}] {}", hex(bytes)),
        }
    }
}

/// An address, or one with its mask as in a constraint.
fn address(bytes: &[u8]) -> String {
    if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
        Ipv4Addr::from(octets).to_string()
    } else if let Ok(octets) = <[u8; 16]>::try_from(bytes) {
        Ipv6Addr::from(octets).to_string()
    } else if bytes.len() == 8 || bytes.len() == 32 {
        let (network, mask) = bytes.split_at(bytes.len() / 2);
        format!("{} mask {}", address(network), address(mask))
    } else {
        format!("{} bytes: {}", bytes.len(), hex(bytes))
    }
}
