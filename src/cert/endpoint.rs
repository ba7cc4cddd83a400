//! Where does a certificate say that more is to be found: its issuer's certificates, OCSP responders, CRLs?

use super::general_names::general_name;
use super::misread::Misread;
use super::reader::Reader;
use super::{Certificate, GeneralName, escape};

/// id-pe-authorityInfoAccess, 1.3.6.1.5.5.7.1.1 (RFC 5280 4.2.2.1).
const AUTHORITY_INFO_ACCESS: [u8; 8] = [0x2b, 6, 1, 5, 5, 7, 1, 1];
/// id-ad-ocsp and id-ad-caIssuers.
const OCSP: [u8; 8] = [0x2b, 6, 1, 5, 5, 7, 0x30, 1];
const CA_ISSUERS: [u8; 8] = [0x2b, 6, 1, 5, 5, 7, 0x30, 2];

/// What is to be found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EndpointKind {
    /// Certificates of the issuer (RFC 5280 4.2.2.1, id-ad-caIssuers).
    Aia,
    Ocsp,
    /// RFC 5280 4.2.1.13.
    Crl,
}

impl EndpointKind {
    /// As the text report and the screen have it.
    pub fn label(self) -> &'static str {
        match self {
            EndpointKind::Aia => "AIA",
            EndpointKind::Ocsp => "OCSP",
            EndpointKind::Crl => "CRL",
        }
    }

    /// As the JSON report has it.
    pub fn word(self) -> &'static str {
        match self {
            EndpointKind::Aia => "aia",
            EndpointKind::Ocsp => "ocsp",
            EndpointKind::Crl => "crl",
        }
    }
}

/// A place that a certificate names, and what is to be had there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    pub kind: EndpointKind,
    /// As the certificate has it, to be followed, never to be shown.
    pub url: String,
}

impl Endpoint {
    /// Whether it can be followed: http or https.
    pub fn is_http(&self) -> bool {
        self.url.split_once(':').is_some_and(|(scheme, _)| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
    }

    /// The place, escaped.
    pub fn place(&self) -> String {
        escape(&self.url)
    }
}

impl Certificate {
    /// All of them, each once: AIA, OCSP, CRL, in the certificate's order. A name that is no URI (a directory's, say) stands as
    /// text. An extension that cannot be read names none; `fields` says why.
    pub fn endpoints(&self) -> Vec<Endpoint> {
        let mut found = self.extension(&AUTHORITY_INFO_ACCESS).map_or_else(Vec::new, |value| access(value).unwrap_or_default());
        let points = self.distribution_points().ok().flatten().unwrap_or_default();
        let names = points.into_iter().filter_map(|point| point.names).flatten();
        found.extend(names.map(|name| endpoint(EndpointKind::Crl, name)));
        found.sort_by_key(|endpoint| endpoint.kind);
        let mut seen = std::collections::HashSet::new();
        found.retain(|endpoint| seen.insert(endpoint.clone()));
        found
    }
}

fn access(value: &[u8]) -> Result<Vec<Endpoint>, Misread> {
    let mut list = Reader::of_sequence(value, "authorityInfoAccess")?;
    let mut out = Vec::new();
    while !list.is_empty() {
        let mut parts = list.sequence("accessDescription")?;
        let method = parts.oid("accessMethod")?;
        let location = general_name(&mut parts, "accessLocation")?;
        parts.finish("accessDescription")?;
        let kind = match method {
            method if method == OCSP => EndpointKind::Ocsp,
            method if method == CA_ISSUERS => EndpointKind::Aia,
            _ => continue,
        };
        out.push(endpoint(kind, location));
    }
    Ok(out)
}

fn endpoint(kind: EndpointKind, name: GeneralName) -> Endpoint {
    let url = match name {
        GeneralName::Uri(url) => url,
        other => format!("{}: {other}", other.form()),
    };
    Endpoint { kind, url }
}

#[cfg(test)]
mod tests {
    use super::super::reader::{OID, SEQUENCE};
    use super::*;

    fn described(method: &[u8], url: &[u8]) -> Vec<u8> {
        let short = |length: usize| u8::try_from(length).unwrap();
        let location = [&[0x86, short(url.len())][..], url].concat();
        let content = [&[OID, short(method.len())][..], method, &location].concat();
        [&[SEQUENCE, short(content.len())][..], &content].concat()
    }

    #[test]
    fn descriptions_are_read_and_other_methods_left_alone() {
        let all = [described(&OCSP, b"http://o/"), described(&[0x2a, 3], b"http://x/"), described(&CA_ISSUERS, b"ldap://d")].concat();
        let value = [&[SEQUENCE, u8::try_from(all.len()).unwrap()][..], &all].concat();
        let found = access(&value).unwrap();
        let found: Vec<(EndpointKind, &str)> = found.iter().map(|endpoint| (endpoint.kind, endpoint.url.as_str())).collect();
        assert_eq!(found, [(EndpointKind::Ocsp, "http://o/"), (EndpointKind::Aia, "ldap://d")]);
        assert!(access(&value[..value.len() - 1]).is_err());
    }

    #[test]
    fn a_place_is_escaped() {
        let endpoint = Endpoint { kind: EndpointKind::Crl, url: "http://a/\u{1b}[2J".to_owned() };
        assert_eq!(endpoint.place(), r"http://a/\u{1b}[2J");
    }
}
