//! What the elements of a certificate, a CRL or an OCSP response are called in their RFCs: `tbsCertificate`, `pathLenConstraint`.

use super::Asn1;

/// What some bytes are meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structure {
    /// RFC 5280 4.1.
    Certificate,
    /// RFC 5280 5.1.
    Crl,
    /// RFC 6960 4.2.1.
    OcspResponse,
}

/// What stands inside an element.
enum Shape {
    /// Not known.
    Any,
    /// These, one behind the other.
    Parts(&'static [Part]),
    /// Any number of one kind.
    Each(&'static str, &'static Shape),
    /// The value of the extension whose OID stands before it.
    ByExtension,
}

/// A part that stands there if the element's type is one of `when` (empty: whatever it is); else the next is tried.
struct Part {
    when: &'static [&'static str],
    name: &'static str,
    inside: &'static Shape,
}

const fn part(name: &'static str, inside: &'static Shape) -> Part {
    Part { when: &[], name, inside }
}

const fn only(when: &'static [&'static str], name: &'static str, inside: &'static Shape) -> Part {
    Part { when, name, inside }
}

/// The name of each element, empty where none is known.
pub fn element_names(elements: &[Asn1], structure: Structure) -> Vec<&'static str> {
    let root = match structure {
        Structure::Certificate => &ROOT_CERTIFICATE,
        Structure::Crl => &ROOT_CRL,
        Structure::OcspResponse => &ROOT_OCSP,
    };
    let mut frames = vec![Frame { shape: root, next: 0, oid: String::new() }];
    let mut names = Vec::with_capacity(elements.len());
    for element in elements {
        frames.truncate(element.depth + 1);
        let Some(frame) = frames.last_mut() else { break };
        let (name, inside) = frame.take(element);
        names.push(name);
        frames.push(Frame { shape: inside, next: 0, oid: String::new() });
    }
    names
}

/// The elements inside one: what they should be, and how far they have come.
struct Frame {
    shape: &'static Shape,
    next: usize,
    /// The last OBJECT IDENTIFIER in it, in words.
    oid: String,
}

impl Frame {
    fn take(&mut self, element: &Asn1) -> (&'static str, &'static Shape) {
        if element.name == "OBJECT IDENTIFIER" {
            self.oid.clone_from(&element.value);
        }
        match self.shape {
            Shape::Each(name, inside) => (name, inside),
            Shape::Parts(parts) => {
                let fits = |part: &Part| part.when.is_empty() || part.when.contains(&element.name.as_str());
                let rest = parts.get(self.next..).unwrap_or_default();
                let Some(found) = rest.iter().position(fits).filter(|_| !element.malformed) else { return ("", &Shape::Any) };
                self.next += found + 1;
                rest.get(found).map_or(("", &Shape::Any), |part| match part.inside {
                    Shape::ByExtension => (part.name, extension(&self.oid)),
                    inside => (part.name, inside),
                })
            }
            Shape::Any | Shape::ByExtension => ("", &Shape::Any),
        }
    }
}

/// RFC 5280 4.2.1, by what `oid_name` calls the OID.
fn extension(oid: &str) -> &'static Shape {
    match oid {
        "Basic Constraints" => &BASIC_CONSTRAINTS,
        "Authority Key Identifier" => &AUTHORITY_KEY_IDENTIFIER,
        "Subject Key Identifier" => &KEY_IDENTIFIER,
        "Key Usage" => &KEY_USAGE,
        "Extended Key Usage" => &PURPOSES,
        "Subject Alternative Name" | "Issuer Alternative Name" => &GENERAL_NAMES,
        "Certificate Policies" => &POLICIES,
        "Authority Information Access" | "Subject Information Access" => &ACCESS,
        "CRL Distribution Points" | "Freshest CRL" => &POINTS,
        "Name Constraints" => &NAME_CONSTRAINTS,
        "CRL Number" => &CRL_NUMBER,
        _ => &Shape::Any,
    }
}

const TIME: &[&str] = &["UTCTime", "GeneralizedTime"];

static ALGORITHM: Shape = Shape::Parts(&[part("algorithm", &Shape::Any), part("parameters", &Shape::Any)]);
static NAME: Shape = Shape::Each("RelativeDistinguishedName", &RDN);
static RDN: Shape = Shape::Each("AttributeTypeAndValue", &ATTRIBUTE);
static ATTRIBUTE: Shape = Shape::Parts(&[part("type", &Shape::Any), part("value", &Shape::Any)]);
static EXTENSIONS: Shape = Shape::Parts(&[part("Extensions", &EXTENSION_LIST)]);
static EXTENSION_LIST: Shape = Shape::Each("Extension", &EXTENSION);
static EXTENSION: Shape =
    Shape::Parts(&[part("extnID", &Shape::Any), only(&["BOOLEAN"], "critical", &Shape::Any), part("extnValue", &Shape::ByExtension)]);

static ROOT_CERTIFICATE: Shape = Shape::Parts(&[part("Certificate", &CERTIFICATE)]);
static CERTIFICATE: Shape =
    Shape::Parts(&[part("tbsCertificate", &TBS), part("signatureAlgorithm", &ALGORITHM), part("signatureValue", &Shape::Any)]);
static TBS: Shape = Shape::Parts(&[
    only(&["[0]"], "version", &Shape::Parts(&[part("Version", &Shape::Any)])),
    part("serialNumber", &Shape::Any),
    part("signature", &ALGORITHM),
    part("issuer", &NAME),
    part("validity", &Shape::Parts(&[part("notBefore", &Shape::Any), part("notAfter", &Shape::Any)])),
    part("subject", &NAME),
    part("subjectPublicKeyInfo", &SPKI),
    only(&["[1]"], "issuerUniqueID", &Shape::Any),
    only(&["[2]"], "subjectUniqueID", &Shape::Any),
    only(&["[3]"], "extensions", &EXTENSIONS),
]);
static SPKI: Shape = Shape::Parts(&[part("algorithm", &ALGORITHM), part("subjectPublicKey", &RSA_KEY)]);
/// RFC 8017 A.1.1; other keys are no DER.
static RSA_KEY: Shape = Shape::Parts(&[only(
    &["SEQUENCE"],
    "RSAPublicKey",
    &Shape::Parts(&[part("modulus", &Shape::Any), part("publicExponent", &Shape::Any)]),
)]);

static KEY_IDENTIFIER: Shape = Shape::Parts(&[part("KeyIdentifier", &Shape::Any)]);
static KEY_USAGE: Shape = Shape::Parts(&[part("KeyUsage", &Shape::Any)]);
static PURPOSES: Shape = Shape::Parts(&[part("ExtKeyUsageSyntax", &Shape::Each("KeyPurposeId", &Shape::Any))]);
static GENERAL_NAMES: Shape = Shape::Parts(&[part("GeneralNames", &Shape::Each("GeneralName", &Shape::Any))]);
static CRL_NUMBER: Shape = Shape::Parts(&[part("CRLNumber", &Shape::Any)]);
static BASIC_CONSTRAINTS: Shape = Shape::Parts(&[part(
    "BasicConstraints",
    &Shape::Parts(&[only(&["BOOLEAN"], "cA", &Shape::Any), only(&["INTEGER"], "pathLenConstraint", &Shape::Any)]),
)]);
static AUTHORITY_KEY_IDENTIFIER: Shape = Shape::Parts(&[part(
    "AuthorityKeyIdentifier",
    &Shape::Parts(&[
        only(&["[0]"], "keyIdentifier", &Shape::Any),
        only(&["[1]"], "authorityCertIssuer", &Shape::Any),
        only(&["[2]"], "authorityCertSerialNumber", &Shape::Any),
    ]),
)]);
static POLICIES: Shape = Shape::Parts(&[part(
    "CertificatePolicies",
    &Shape::Each("PolicyInformation", &Shape::Parts(&[part("policyIdentifier", &Shape::Any), part("policyQualifiers", &Shape::Any)])),
)]);
static ACCESS: Shape = Shape::Parts(&[part(
    "AccessDescriptions",
    &Shape::Each("AccessDescription", &Shape::Parts(&[part("accessMethod", &Shape::Any), part("accessLocation", &Shape::Any)])),
)]);
static POINTS: Shape = Shape::Parts(&[part(
    "CRLDistributionPoints",
    &Shape::Each(
        "DistributionPoint",
        &Shape::Parts(&[
            only(&["[0]"], "distributionPoint", &Shape::Any),
            only(&["[1]"], "reasons", &Shape::Any),
            only(&["[2]"], "cRLIssuer", &Shape::Any),
        ]),
    ),
)]);
static NAME_CONSTRAINTS: Shape = Shape::Parts(&[part(
    "NameConstraints",
    &Shape::Parts(&[only(&["[0]"], "permittedSubtrees", &Shape::Any), only(&["[1]"], "excludedSubtrees", &Shape::Any)]),
)]);

static ROOT_CRL: Shape = Shape::Parts(&[part("CertificateList", &CRL)]);
static CRL: Shape =
    Shape::Parts(&[part("tbsCertList", &TBS_CRL), part("signatureAlgorithm", &ALGORITHM), part("signatureValue", &Shape::Any)]);
static TBS_CRL: Shape = Shape::Parts(&[
    only(&["INTEGER"], "version", &Shape::Any),
    part("signature", &ALGORITHM),
    part("issuer", &NAME),
    part("thisUpdate", &Shape::Any),
    only(TIME, "nextUpdate", &Shape::Any),
    only(&["SEQUENCE"], "revokedCertificates", &Shape::Each("revoked", &REVOKED)),
    only(&["[0]"], "crlExtensions", &EXTENSIONS),
]);
static REVOKED: Shape =
    Shape::Parts(&[part("userCertificate", &Shape::Any), part("revocationDate", &Shape::Any), part("crlEntryExtensions", &EXTENSION_LIST)]);

static ROOT_OCSP: Shape = Shape::Parts(&[part("OCSPResponse", &OCSP)]);
static OCSP: Shape = Shape::Parts(&[
    part("responseStatus", &Shape::Any),
    part(
        "responseBytes",
        &Shape::Parts(&[part("ResponseBytes", &Shape::Parts(&[part("responseType", &Shape::Any), part("response", &BASIC)]))]),
    ),
]);
static BASIC: Shape = Shape::Parts(&[part(
    "BasicOCSPResponse",
    &Shape::Parts(&[
        part("tbsResponseData", &RESPONSE_DATA),
        part("signatureAlgorithm", &ALGORITHM),
        part("signature", &Shape::Any),
        part("certs", &Shape::Parts(&[part("certificates", &Shape::Each("Certificate", &CERTIFICATE))])),
    ]),
)]);
static RESPONSE_DATA: Shape = Shape::Parts(&[
    only(&["[0]"], "version", &Shape::Any),
    only(&["[1]"], "byName", &Shape::Parts(&[part("Name", &NAME)])),
    only(&["[2]"], "byKey", &Shape::Any),
    part("producedAt", &Shape::Any),
    part("responses", &Shape::Each("SingleResponse", &SINGLE)),
    only(&["[1]"], "responseExtensions", &EXTENSIONS),
]);
static SINGLE: Shape = Shape::Parts(&[
    part(
        "certID",
        &Shape::Parts(&[
            part("hashAlgorithm", &ALGORITHM),
            part("issuerNameHash", &Shape::Any),
            part("issuerKeyHash", &Shape::Any),
            part("serialNumber", &Shape::Any),
        ]),
    ),
    part("certStatus", &Shape::Any),
    part("thisUpdate", &Shape::Any),
    only(&["[0]"], "nextUpdate", &Shape::Any),
    only(&["[1]"], "singleExtensions", &EXTENSIONS),
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cert::asn1;

    fn named(der: &[u8], structure: Structure) -> Vec<(&'static str, String)> {
        let elements = asn1(der);
        let names = element_names(&elements, structure);
        assert_eq!(names.len(), elements.len());
        names.into_iter().zip(elements).map(|(name, element)| (name, element.value)).collect()
    }

    #[test]
    fn a_certificates_elements_have_their_names() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["a.test".to_owned()]).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Constrained(7));
        params.distinguished_name.push(rcgen::DnType::CommonName, "Root");
        let found = named(params.self_signed(&key).unwrap().der(), Structure::Certificate);
        let value = |name| found.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(value("Version"), Some("2"));
        assert_eq!(value("pathLenConstraint"), Some("7"));
        assert_eq!(value("cA"), Some("TRUE"));
        assert!(value("subjectPublicKey").is_some() && value("signatureValue").is_some() && value("notAfter").is_some());
        assert_eq!(found.iter().filter(|(name, _)| *name == "AttributeTypeAndValue").count(), 2, "issuer and subject");
    }

    #[test]
    fn what_is_something_else_has_fewer_names_and_no_panic() {
        assert_eq!(
            named(&[0x30, 3, 2, 1, 5], Structure::Certificate),
            [("Certificate", String::new()), ("tbsCertificate", "5".to_owned())]
        );
        assert_eq!(named(&[5, 0, 5, 0, 0xff], Structure::Crl).len(), 3);
    }
}
