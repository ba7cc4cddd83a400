//! What the object identifiers of certificates are called.

use x509_parser::asn1_rs::Oid;

/// The field's own name for a dotted OID, where one is known.
pub fn oid_words(dotted: &str) -> Option<&'static str> {
    OIDS.iter().find(|(oid, _)| *oid == dotted).map(|(_, words)| *words)
}

/// `serverAuth (1.3.6.1.5.5.7.3.1)`, or the dotted OID alone.
pub(super) fn describe(dotted: &str) -> String {
    oid_words(dotted).map_or_else(|| dotted.to_owned(), |words| format!("{words} ({dotted})"))
}

/// The contents of an OBJECT IDENTIFIER in words, or dotted.
pub fn oid_name(content: &[u8]) -> String {
    let dotted = dotted(content);
    oid_words(&dotted).map_or(dotted, str::to_owned)
}

/// The dotted form of an OID's content bytes.
pub fn dotted(content: &[u8]) -> String {
    Oid::new(content.into()).to_id_string()
}

const OIDS: &[(&str, &str)] = &[
    // X.520 and RFC 4519 attributes
    ("2.5.4.3", "commonName"),
    ("2.5.4.4", "surname"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "countryName"),
    ("2.5.4.7", "localityName"),
    ("2.5.4.8", "stateOrProvinceName"),
    ("2.5.4.9", "streetAddress"),
    ("2.5.4.10", "organizationName"),
    ("2.5.4.11", "organizationalUnitName"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "givenName"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.65", "pseudonym"),
    ("2.5.4.97", "organizationIdentifier"),
    ("0.9.2342.19200300.100.1.1", "userId"),
    ("0.9.2342.19200300.100.1.25", "domainComponent"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
    ("1.2.840.113549.1.9.2", "unstructuredName"),
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionLocality"),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionStateOrProvince"),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionCountry"),
    // RFC 9608
    ("2.5.29.56", "noRevAvail"),
    // Keys
    ("1.2.840.113549.1.1.1", "RSA"),
    ("2.5.8.1.1", "RSA (X.509)"),
    ("1.2.840.10045.2.1", "EC"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.3.101.110", "X25519"),
    ("1.3.101.111", "X448"),
    // Signatures, named as in the table of `signature`; some name the key, too
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.3", "md4WithRSAEncryption"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    ("1.2.840.113549.1.1.15", "sha512-224WithRSAEncryption"),
    ("1.2.840.113549.1.1.16", "sha512-256WithRSAEncryption"),
    ("1.3.36.3.3.1.2", "ripemd160WithRSA"),
    ("2.16.840.1.101.3.4.3.13", "RSA with SHA3-224"),
    ("2.16.840.1.101.3.4.3.14", "RSA with SHA3-256"),
    ("2.16.840.1.101.3.4.3.15", "RSA with SHA3-384"),
    ("2.16.840.1.101.3.4.3.16", "RSA with SHA3-512"),
    ("1.3.14.3.2.29", "sha1WithRSASignature (OIW)"),
    ("1.3.14.3.2.3", "md5WithRSA (OIW)"),
    ("1.3.14.3.2.27", "dsaWithSHA1 (OIW)"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("2.16.840.1.101.3.4.3.9", "ecdsa-with-SHA3-224"),
    ("2.16.840.1.101.3.4.3.10", "ecdsa-with-SHA3-256"),
    ("2.16.840.1.101.3.4.3.11", "ecdsa-with-SHA3-384"),
    ("2.16.840.1.101.3.4.3.12", "ecdsa-with-SHA3-512"),
    ("1.2.840.10040.4.3", "dsa-with-SHA1"),
    ("2.16.840.1.101.3.4.3.1", "dsa-with-SHA224"),
    ("2.16.840.1.101.3.4.3.2", "dsa-with-SHA256"),
    ("2.16.840.1.101.3.4.3.3", "dsa-with-SHA384"),
    ("2.16.840.1.101.3.4.3.4", "dsa-with-SHA512"),
    ("2.16.840.1.101.3.4.3.5", "dsa-with-SHA3-224"),
    ("2.16.840.1.101.3.4.3.6", "dsa-with-SHA3-256"),
    ("2.16.840.1.101.3.4.3.7", "dsa-with-SHA3-384"),
    ("2.16.840.1.101.3.4.3.8", "dsa-with-SHA3-512"),
    ("1.2.156.10197.1.501", "SM2 with SM3"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
    ("2.16.840.1.101.3.4.3.20", "SLH-DSA-SHA2-128s"),
    ("2.16.840.1.101.3.4.3.21", "SLH-DSA-SHA2-128f"),
    ("2.16.840.1.101.3.4.3.22", "SLH-DSA-SHA2-192s"),
    ("2.16.840.1.101.3.4.3.23", "SLH-DSA-SHA2-192f"),
    ("2.16.840.1.101.3.4.3.24", "SLH-DSA-SHA2-256s"),
    ("2.16.840.1.101.3.4.3.25", "SLH-DSA-SHA2-256f"),
    ("2.16.840.1.101.3.4.3.26", "SLH-DSA-SHAKE-128s"),
    ("2.16.840.1.101.3.4.3.27", "SLH-DSA-SHAKE-128f"),
    ("2.16.840.1.101.3.4.3.28", "SLH-DSA-SHAKE-192s"),
    ("2.16.840.1.101.3.4.3.29", "SLH-DSA-SHAKE-192f"),
    ("2.16.840.1.101.3.4.3.30", "SLH-DSA-SHAKE-256s"),
    ("2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f"),
    ("1.2.643.2.2.3", "GOST R 34.10-2001"),
    ("1.2.643.7.1.1.3.2", "GOST R 34.10-2012 with Streebog-256"),
    ("1.2.643.7.1.1.3.3", "GOST R 34.10-2012 with Streebog-512"),
    ("1.2.840.113549.1.9.16.3.17", "HSS/LMS"),
    ("1.3.6.1.5.5.7.6.34", "XMSS"),
    ("1.3.6.1.5.5.7.6.35", "XMSSMT"),
    ("1.3.6.1.5.5.7.6.30", "RSASSA-PSS with SHAKE128"),
    ("1.3.6.1.5.5.7.6.31", "RSASSA-PSS with SHAKE256"),
    ("1.3.6.1.5.5.7.6.32", "ecdsa-with-SHAKE128"),
    ("1.3.6.1.5.5.7.6.33", "ecdsa-with-SHAKE256"),
    ("1.2.156.10197.1.504", "RSA with SM3"),
    // Composite signatures: draft-ietf-lamps-pq-composite-sigs-19, section 6
    ("1.3.6.1.5.5.7.6.37", "MLDSA44-RSA2048-PSS-SHA256"),
    ("1.3.6.1.5.5.7.6.38", "MLDSA44-RSA2048-PKCS15-SHA256"),
    ("1.3.6.1.5.5.7.6.39", "MLDSA44-Ed25519-SHA512"),
    ("1.3.6.1.5.5.7.6.40", "MLDSA44-ECDSA-P256-SHA256"),
    ("1.3.6.1.5.5.7.6.41", "MLDSA65-RSA3072-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.42", "MLDSA65-RSA3072-PKCS15-SHA512"),
    ("1.3.6.1.5.5.7.6.43", "MLDSA65-RSA4096-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.44", "MLDSA65-RSA4096-PKCS15-SHA512"),
    ("1.3.6.1.5.5.7.6.45", "MLDSA65-ECDSA-P256-SHA512"),
    ("1.3.6.1.5.5.7.6.46", "MLDSA65-ECDSA-P384-SHA512"),
    ("1.3.6.1.5.5.7.6.47", "MLDSA65-ECDSA-brainpoolP256r1-SHA512"),
    ("1.3.6.1.5.5.7.6.48", "MLDSA65-Ed25519-SHA512"),
    ("1.3.6.1.5.5.7.6.49", "MLDSA87-ECDSA-P384-SHA512"),
    ("1.3.6.1.5.5.7.6.50", "MLDSA87-ECDSA-brainpoolP384r1-SHA512"),
    ("1.3.6.1.5.5.7.6.51", "MLDSA87-Ed448-SHAKE256"),
    ("1.3.6.1.5.5.7.6.52", "MLDSA87-RSA3072-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.53", "MLDSA87-RSA4096-PSS-SHA512"),
    ("1.3.6.1.5.5.7.6.54", "MLDSA87-ECDSA-P521-SHA512"),
    // FIPS 204 5.4 and FIPS 205 10.2: of a digest, which no certificate may use (RFC 9881 8.3, RFC 9909 3)
    ("2.16.840.1.101.3.4.3.32", "HashML-DSA-44 with SHA512"),
    ("2.16.840.1.101.3.4.3.33", "HashML-DSA-65 with SHA512"),
    ("2.16.840.1.101.3.4.3.34", "HashML-DSA-87 with SHA512"),
    // Falcon, of which NIST makes FN-DSA (no identifier is registered yet): those of Open Quantum Safe, old and new
    ("1.3.9999.3.6", "Falcon-512 (FN-DSA draft)"),
    ("1.3.9999.3.9", "Falcon-1024 (FN-DSA draft)"),
    ("1.3.9999.3.11", "Falcon-512 (FN-DSA draft, round 5)"),
    ("1.3.9999.3.14", "Falcon-1024 (FN-DSA draft, round 5)"),
    ("1.3.9999.3.16", "Falcon-padded-512 (FN-DSA draft)"),
    ("1.3.9999.3.19", "Falcon-padded-1024 (FN-DSA draft)"),
    // CRYSTALS-Dilithium, before it became ML-DSA
    ("1.3.6.1.4.1.2.267.7.4.4", "Dilithium2 (before ML-DSA)"),
    ("1.3.6.1.4.1.2.267.7.6.5", "Dilithium3 (before ML-DSA)"),
    ("1.3.6.1.4.1.2.267.7.8.7", "Dilithium5 (before ML-DSA)"),
    // Curves
    ("1.2.840.10045.3.1.1", "P-192"),
    ("1.3.132.0.33", "P-224"),
    ("1.2.840.10045.3.1.7", "P-256"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.132.0.8", "secp160r1"),
    ("1.3.132.0.31", "secp192k1"),
    ("1.3.132.0.32", "secp224k1"),
    ("1.3.36.3.3.2.8.1.1.1", "brainpoolP160r1"),
    ("1.3.36.3.3.2.8.1.1.2", "brainpoolP160t1"),
    ("1.3.36.3.3.2.8.1.1.3", "brainpoolP192r1"),
    ("1.3.36.3.3.2.8.1.1.4", "brainpoolP192t1"),
    ("1.3.36.3.3.2.8.1.1.5", "brainpoolP224r1"),
    ("1.3.36.3.3.2.8.1.1.6", "brainpoolP224t1"),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
    ("1.3.36.3.3.2.8.1.1.8", "brainpoolP256t1"),
    ("1.3.36.3.3.2.8.1.1.9", "brainpoolP320r1"),
    ("1.3.36.3.3.2.8.1.1.10", "brainpoolP320t1"),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
    ("1.3.36.3.3.2.8.1.1.12", "brainpoolP384t1"),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
    ("1.3.36.3.3.2.8.1.1.14", "brainpoolP512t1"),
    ("1.2.250.1.223.101.256.1", "FRP256v1"),
    ("1.2.156.10197.1.301", "SM2"),
    // Extensions
    ("2.5.29.9", "Subject Directory Attributes"),
    ("2.5.29.14", "Subject Key Identifier"),
    ("2.5.29.15", "Key Usage"),
    ("2.5.29.16", "Private Key Usage Period"),
    ("2.5.29.17", "Subject Alternative Name"),
    ("2.5.29.18", "Issuer Alternative Name"),
    ("2.5.29.19", "Basic Constraints"),
    ("2.5.29.20", "CRL Number"),
    ("2.5.29.21", "Reason Code"),
    ("2.5.29.24", "Invalidity Date"),
    ("2.5.29.27", "Delta CRL Indicator"),
    ("2.5.29.28", "Issuing Distribution Point"),
    ("2.5.29.29", "Certificate Issuer"),
    ("2.5.29.30", "Name Constraints"),
    ("2.5.29.31", "CRL Distribution Points"),
    ("2.5.29.32", "Certificate Policies"),
    ("2.5.29.33", "Policy Mappings"),
    ("2.5.29.35", "Authority Key Identifier"),
    ("2.5.29.36", "Policy Constraints"),
    ("2.5.29.37", "Extended Key Usage"),
    ("2.5.29.46", "Freshest CRL"),
    ("2.5.29.54", "Inhibit anyPolicy"),
    ("1.3.6.1.5.5.7.1.1", "Authority Information Access"),
    ("1.3.6.1.5.5.7.1.3", "QC Statements"),
    ("1.3.6.1.5.5.7.1.11", "Subject Information Access"),
    ("1.3.6.1.5.5.7.1.24", "TLS Feature"),
    ("1.3.6.1.5.5.7.48.1.5", "OCSP No Check"),
    ("1.3.6.1.4.1.11129.2.4.2", "Signed Certificate Timestamps"),
    ("1.3.6.1.4.1.11129.2.4.3", "Precertificate Poison"),
    ("1.3.6.1.4.1.311.20.2", "Microsoft Template Name"),
    ("1.3.6.1.4.1.311.21.1", "Microsoft CA Version"),
    ("1.3.6.1.4.1.311.21.2", "Microsoft Previous CA Hash"),
    ("1.3.6.1.4.1.311.21.7", "Microsoft Certificate Template"),
    ("1.3.6.1.4.1.311.21.10", "Microsoft Application Policies"),
    ("1.2.840.113533.7.65.0", "Entrust Version"),
    ("2.16.840.1.113730.1.1", "Netscape Certificate Type"),
    ("2.16.840.1.113730.1.13", "Netscape Comment"),
    // Access methods and qualifiers
    ("1.3.6.1.5.5.7.48.1", "OCSP"),
    ("1.3.6.1.5.5.7.48.2", "caIssuers"),
    ("1.3.6.1.5.5.7.48.3", "timeStamping"),
    ("1.3.6.1.5.5.7.48.5", "caRepository"),
    ("1.3.6.1.5.5.7.2.1", "CPS"),
    ("1.3.6.1.5.5.7.2.2", "userNotice"),
    // Purposes
    ("2.5.29.37.0", "anyExtendedKeyUsage"),
    ("1.3.6.1.5.5.7.3.1", "serverAuth"),
    ("1.3.6.1.5.5.7.3.2", "clientAuth"),
    ("1.3.6.1.5.5.7.3.3", "codeSigning"),
    ("1.3.6.1.5.5.7.3.4", "emailProtection"),
    ("1.3.6.1.5.5.7.3.5", "ipsecEndSystem"),
    ("1.3.6.1.5.5.7.3.6", "ipsecTunnel"),
    ("1.3.6.1.5.5.7.3.7", "ipsecUser"),
    ("1.3.6.1.5.5.7.3.8", "timeStamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
    ("1.3.6.1.5.5.7.3.17", "ipsecIKE"),
    ("1.3.6.1.4.1.311.10.3.3", "Microsoft Server Gated Crypto"),
    ("1.3.6.1.4.1.311.10.3.4", "Microsoft Encrypting File System"),
    ("1.3.6.1.4.1.311.20.2.2", "Microsoft Smart Card Logon"),
    ("2.16.840.1.113730.4.1", "Netscape Server Gated Crypto"),
    // Policies
    ("2.5.29.32.0", "anyPolicy"),
    ("2.23.140.1.1", "CA/Browser Forum extended validation"),
    ("2.23.140.1.2.1", "CA/Browser Forum domain validated"),
    ("2.23.140.1.2.2", "CA/Browser Forum organization validated"),
    ("2.23.140.1.2.3", "CA/Browser Forum individual validated"),
    ("1.3.6.1.4.1.44947.1.1.1", "ISRG domain validated"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_oid_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        assert!(OIDS.iter().all(|(oid, _)| seen.insert(oid)));
    }

    #[test]
    fn unknown_oids_stay_dotted() {
        assert_eq!(describe("2.5.29.37.0"), "anyExtendedKeyUsage (2.5.29.37.0)");
        assert_eq!(describe("1.2.3"), "1.2.3");
    }
}
