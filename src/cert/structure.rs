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
enum ElementShape {
    /// Not known.
    Any,
    /// These, one behind the other.
    Parts(&'static [ElementPart]),
    /// Any number of one kind.
    Each(&'static str, &'static ElementShape),
    /// The value of the extension whose OID stands before it.
    ByExtension,
}

/// A part that stands there if the element's type is one of `when` (empty: whatever it is); else the next is tried.
struct ElementPart {
    when: &'static [&'static str],
    name: &'static str,
    inside: &'static ElementShape,
}

const fn part(name: &'static str, inside: &'static ElementShape) -> ElementPart {
    ElementPart { when: &[], name, inside }
}

const fn only(when: &'static [&'static str], name: &'static str, inside: &'static ElementShape) -> ElementPart {
    ElementPart { when, name, inside }
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
    shape: &'static ElementShape,
    next: usize,
    /// The last OBJECT IDENTIFIER in it, in words.
    oid: String,
}

impl Frame {
    fn take(&mut self, element: &Asn1) -> (&'static str, &'static ElementShape) {
        if element.name == "OBJECT IDENTIFIER" {
            self.oid.clone_from(&element.value);
        }
        match self.shape {
            ElementShape::Each(name, inside) => (name, inside),
            ElementShape::Parts(parts) => {
                let fits = |part: &ElementPart| part.when.is_empty() || part.when.contains(&element.name.as_str());
                let rest = parts.get(self.next..).unwrap_or_default();
                let Some(found) = rest.iter().position(fits).filter(|_| !element.malformed) else { return ("", &ElementShape::Any) };
                self.next += found + 1;
                rest.get(found).map_or(("", &ElementShape::Any), |part| match part.inside {
                    ElementShape::ByExtension => (part.name, extension(&self.oid)),
                    inside => (part.name, inside),
                })
            }
            ElementShape::Any | ElementShape::ByExtension => ("", &ElementShape::Any),
        }
    }
}

/// RFC 5280 4.2.1, by what `oid_name` calls the OID.
fn extension(oid: &str) -> &'static ElementShape {
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
        _ => &ElementShape::Any,
    }
}

const TIME: &[&str] = &["UTCTime", "GeneralizedTime"];

static ALGORITHM: ElementShape = ElementShape::Parts(&[part("algorithm", &ElementShape::Any), part("parameters", &ElementShape::Any)]);
static NAME: ElementShape = ElementShape::Each("RelativeDistinguishedName", &RDN);
static RDN: ElementShape = ElementShape::Each("AttributeTypeAndValue", &ATTRIBUTE);
static ATTRIBUTE: ElementShape = ElementShape::Parts(&[part("type", &ElementShape::Any), part("value", &ElementShape::Any)]);
static EXTENSIONS: ElementShape = ElementShape::Parts(&[part("Extensions", &EXTENSION_LIST)]);
static EXTENSION_LIST: ElementShape = ElementShape::Each("Extension", &EXTENSION);
static EXTENSION: ElementShape = ElementShape::Parts(&[
    part("extnID", &ElementShape::Any),
    only(&["BOOLEAN"], "critical", &ElementShape::Any),
    part("extnValue", &ElementShape::ByExtension),
]);

static ROOT_CERTIFICATE: ElementShape = ElementShape::Parts(&[part("Certificate", &CERTIFICATE)]);
static CERTIFICATE: ElementShape = ElementShape::Parts(&[
    part("tbsCertificate", &TBS),
    part("signatureAlgorithm", &ALGORITHM),
    part("signatureValue", &ElementShape::Any),
]);
static TBS: ElementShape = ElementShape::Parts(&[
    only(&["[0]"], "version", &ElementShape::Parts(&[part("Version", &ElementShape::Any)])),
    part("serialNumber", &ElementShape::Any),
    part("signature", &ALGORITHM),
    part("issuer", &NAME),
    part("validity", &ElementShape::Parts(&[part("notBefore", &ElementShape::Any), part("notAfter", &ElementShape::Any)])),
    part("subject", &NAME),
    part("subjectPublicKeyInfo", &SPKI),
    only(&["[1]"], "issuerUniqueID", &ElementShape::Any),
    only(&["[2]"], "subjectUniqueID", &ElementShape::Any),
    only(&["[3]"], "extensions", &EXTENSIONS),
]);
static SPKI: ElementShape = ElementShape::Parts(&[part("algorithm", &ALGORITHM), part("subjectPublicKey", &RSA_KEY)]);
/// RFC 8017 A.1.1; other keys are no DER.
static RSA_KEY: ElementShape = ElementShape::Parts(&[only(
    &["SEQUENCE"],
    "RSAPublicKey",
    &ElementShape::Parts(&[part("modulus", &ElementShape::Any), part("publicExponent", &ElementShape::Any)]),
)]);

static KEY_IDENTIFIER: ElementShape = ElementShape::Parts(&[part("KeyIdentifier", &ElementShape::Any)]);
static KEY_USAGE: ElementShape = ElementShape::Parts(&[part("KeyUsage", &ElementShape::Any)]);
static PURPOSES: ElementShape = ElementShape::Parts(&[part("ExtKeyUsageSyntax", &ElementShape::Each("KeyPurposeId", &ElementShape::Any))]);
static GENERAL_NAMES: ElementShape = ElementShape::Parts(&[part("GeneralNames", &ElementShape::Each("GeneralName", &ElementShape::Any))]);
static CRL_NUMBER: ElementShape = ElementShape::Parts(&[part("CRLNumber", &ElementShape::Any)]);
static BASIC_CONSTRAINTS: ElementShape = ElementShape::Parts(&[part(
    "BasicConstraints",
    &ElementShape::Parts(&[only(&["BOOLEAN"], "cA", &ElementShape::Any), only(&["INTEGER"], "pathLenConstraint", &ElementShape::Any)]),
)]);
static AUTHORITY_KEY_IDENTIFIER: ElementShape = ElementShape::Parts(&[part(
    "AuthorityKeyIdentifier",
    &ElementShape::Parts(&[
        only(&["[0]"], "keyIdentifier", &ElementShape::Any),
        only(&["[1]"], "authorityCertIssuer", &ElementShape::Any),
        only(&["[2]"], "authorityCertSerialNumber", &ElementShape::Any),
    ]),
)]);
static POLICIES: ElementShape = ElementShape::Parts(&[part(
    "CertificatePolicies",
    &ElementShape::Each(
        "PolicyInformation",
        &ElementShape::Parts(&[part("policyIdentifier", &ElementShape::Any), part("policyQualifiers", &ElementShape::Any)]),
    ),
)]);
static ACCESS: ElementShape = ElementShape::Parts(&[part(
    "AccessDescriptions",
    &ElementShape::Each(
        "AccessDescription",
        &ElementShape::Parts(&[part("accessMethod", &ElementShape::Any), part("accessLocation", &ElementShape::Any)]),
    ),
)]);
static POINTS: ElementShape = ElementShape::Parts(&[part(
    "CRLDistributionPoints",
    &ElementShape::Each(
        "DistributionPoint",
        &ElementShape::Parts(&[
            only(&["[0]"], "distributionPoint", &ElementShape::Any),
            only(&["[1]"], "reasons", &ElementShape::Any),
            only(&["[2]"], "cRLIssuer", &ElementShape::Any),
        ]),
    ),
)]);
static NAME_CONSTRAINTS: ElementShape = ElementShape::Parts(&[part(
    "NameConstraints",
    &ElementShape::Parts(&[
        only(&["[0]"], "permittedSubtrees", &ElementShape::Any),
        only(&["[1]"], "excludedSubtrees", &ElementShape::Any),
    ]),
)]);

static ROOT_CRL: ElementShape = ElementShape::Parts(&[part("CertificateList", &CRL)]);
static CRL: ElementShape = ElementShape::Parts(&[
    part("tbsCertList", &TBS_CRL),
    part("signatureAlgorithm", &ALGORITHM),
    part("signatureValue", &ElementShape::Any),
]);
static TBS_CRL: ElementShape = ElementShape::Parts(&[
    only(&["INTEGER"], "version", &ElementShape::Any),
    part("signature", &ALGORITHM),
    part("issuer", &NAME),
    part("thisUpdate", &ElementShape::Any),
    only(TIME, "nextUpdate", &ElementShape::Any),
    only(&["SEQUENCE"], "revokedCertificates", &ElementShape::Each("revoked", &REVOKED)),
    only(&["[0]"], "crlExtensions", &EXTENSIONS),
]);
static REVOKED: ElementShape = ElementShape::Parts(&[
    part("userCertificate", &ElementShape::Any),
    part("revocationDate", &ElementShape::Any),
    part("crlEntryExtensions", &EXTENSION_LIST),
]);

static ROOT_OCSP: ElementShape = ElementShape::Parts(&[part("OCSPResponse", &OCSP)]);
static OCSP: ElementShape = ElementShape::Parts(&[
    part("responseStatus", &ElementShape::Any),
    part(
        "responseBytes",
        &ElementShape::Parts(&[part(
            "ResponseBytes",
            &ElementShape::Parts(&[part("responseType", &ElementShape::Any), part("response", &BASIC)]),
        )]),
    ),
]);
static BASIC: ElementShape = ElementShape::Parts(&[part(
    "BasicOCSPResponse",
    &ElementShape::Parts(&[
        part("tbsResponseData", &RESPONSE_DATA),
        part("signatureAlgorithm", &ALGORITHM),
        part("signature", &ElementShape::Any),
        part("certs", &ElementShape::Parts(&[part("certificates", &ElementShape::Each("Certificate", &CERTIFICATE))])),
    ]),
)]);
static RESPONSE_DATA: ElementShape = ElementShape::Parts(&[
    only(&["[0]"], "version", &ElementShape::Any),
    only(&["[1]"], "byName", &ElementShape::Parts(&[part("Name", &NAME)])),
    only(&["[2]"], "byKey", &ElementShape::Any),
    part("producedAt", &ElementShape::Any),
    part("responses", &ElementShape::Each("SingleResponse", &SINGLE)),
    only(&["[1]"], "responseExtensions", &EXTENSIONS),
]);
static SINGLE: ElementShape = ElementShape::Parts(&[
    part(
        "certID",
        &ElementShape::Parts(&[
            part("hashAlgorithm", &ALGORITHM),
            part("issuerNameHash", &ElementShape::Any),
            part("issuerKeyHash", &ElementShape::Any),
            part("serialNumber", &ElementShape::Any),
        ]),
    ),
    part("certStatus", &ElementShape::Any),
    part("thisUpdate", &ElementShape::Any),
    only(&["[0]"], "nextUpdate", &ElementShape::Any),
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
