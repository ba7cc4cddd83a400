//! One small case for each rule that no other sample fails: a leaf, its issuing CA and a root, with one thing wrong.

use base64::Engine as _;
use rcgen::{
    CertificateParams, CertificateRevocationListParams, CustomExtension, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer,
    KeyIdMethod, KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData, RevocationReason, RevokedCertParams, SanType, SerialNumber,
    SigningKey, date_time_ymd,
};
use ring::digest::{SHA256, digest};

use super::{Certificate, Day, Entity, Maker, Result, tlv, write, write_text};

/// The rule's case by its id.
pub const RULES: &[(&str, Maker)] = &[
    ("name-chaining", name_chaining),
    ("basic-constraints", || chain("basic-constraints", |case| case.issuing.is_ca = IsCa::ExplicitNoCa)),
    ("key-usage", || chain("key-usage", |case| case.issuing.key_usages = vec![KeyUsagePurpose::DigitalSignature])),
    ("key-identifier", || chain("key-identifier", wrong_key_identifier)),
    ("path-length", path_length),
    ("name-constraints", || chain("name-constraints", |case| case.issuing.name_constraints = Some(permitted("allowed.test")))),
    ("policies", || chain("policies", |case| case.issuing.custom_extensions.push(policy()))),
    ("purpose", || chain("purpose", |case| case.leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection])),
    ("key-usage-for-purpose", || chain("key-usage-for-purpose", |case| case.leaf.key_usages = vec![KeyUsagePurpose::DataEncipherment])),
    ("host", || chain("host", |case| case.leaf.subject_alt_names = vec![SanType::DnsName("other.test".try_into().unwrap_or_else(never))])),
    ("critical-extension", || {
        chain("critical-extension", |case| case.leaf.custom_extensions.push(extension(&[1, 3, 6, 1, 4, 1, 32473, 1], vec![5, 0], true)))
    }),
    ("algorithm-match", || altered("algorithm-match", inner_algorithm)),
    ("structure", || chain("structure", |case| case.leaf.custom_extensions = [(); 2].map(|()| extension(&NOTE, vec![5, 0], false)).into())),
    ("encoding", || chain("encoding", default_written_out)),
    ("names", || chain("names", |case| case.leaf.distinguished_name.push(DnType::CountryName, "Testland"))),
    ("serial-number", || chain("serial-number", |case| case.serial = Some(SerialNumber::from(vec![0x7F; 21])))),
    ("criticality", || chain("criticality", critical_usage)),
    ("authority-extensions", || chain("authority-extensions", |case| case.issuing.key_usages.clear())),
    ("key-identifier-presence", || chain("key-identifier-presence", |case| case.leaf.use_authority_key_identifier_extension = false)),
    ("key-strength", || altered("key-strength", short_key)),
    ("lifetime", || chain("lifetime", |case| case.validity = ((2026, 4, 1), (2027, 5, 1)))),
    ("subject-alternative-name", || chain("subject-alternative-name", |case| case.leaf.subject_alt_names.clear())),
    ("wildcard", || {
        chain("wildcard", |case| case.leaf.subject_alt_names = vec![SanType::DnsName("*.test".try_into().unwrap_or_else(never))])
    }),
    ("transparency", transparency),
    ("distrust", || chain("distrust", |_| {})),
    ("distrust-after", || chain("distrust-after", |_| {})),
    ("trust-settings", || chain("trust-settings", |_| {})),
    ("client-authority", client_authority),
    ("revocation", revocation),
    ("trust", trust),
];

const NOTE: [u64; 8] = [1, 3, 6, 1, 4, 1, 32473, 2];

/// What a case may change before its certificates are made.
struct Case {
    leaf: CertificateParams,
    issuing: CertificateParams,
    serial: Option<SerialNumber>,
    validity: (Day, Day),
}

/// The three that every case has.
struct Made {
    root: Entity,
    issuing: Entity,
    leaf: Entity,
    certificate: Certificate,
}

fn made(change: impl Fn(&mut Case)) -> Result<Made> {
    let (root, mut issuing) = (Entity::root("Rule Test", "Rule Root")?, Entity::issuing("Rule Test", "Rule Issuing CA")?);
    let mut leaf = Entity::server("rule.test")?;
    let mut case =
        Case { leaf: leaf.params.clone(), issuing: issuing.params.clone(), serial: None, validity: ((2026, 4, 1), (2026, 9, 1)) };
    change(&mut case);
    (leaf.params, issuing.params) = (case.leaf, case.issuing);
    let mut certificate = leaf.issued_by(&issuing, 0x5003, case.validity.0, case.validity.1)?;
    if let Some(serial) = case.serial {
        let mut params = leaf.params.clone();
        params.serial_number = Some(serial);
        (params.not_before, params.not_after) = (day(case.validity.0), day(case.validity.1));
        certificate.der = params.signed_by(&leaf.key, &Issuer::from_params(&issuing.params, &issuing.key))?.der().to_vec();
    }
    Ok(Made { root, issuing, leaf, certificate })
}

fn day((year, month, day): Day) -> time::OffsetDateTime {
    date_time_ymd(year, month, day)
}

impl Made {
    fn write(self, rule: &str) -> Result<()> {
        let Made { root, issuing, certificate, .. } = self;
        write(&format!("rule-{rule}/leaf.pem"), &[certificate])?;
        write(&format!("rule-{rule}/issuing.pem"), &[issuing.issued_by(&root, 0x5002, (2025, 1, 15), (2030, 1, 15))?])?;
        write(&format!("rule-{rule}/root.pem"), &[root.issued_by(&root, 0x5001, (2025, 1, 1), (2045, 1, 1))?])
    }
}

fn chain(rule: &str, change: impl Fn(&mut Case)) -> Result<()> {
    made(change)?.write(rule)
}

/// A case whose leaf's signed part is changed, and signed again.
fn altered(rule: &str, change: impl Fn(&[u8]) -> Result<Vec<u8>>) -> Result<()> {
    let mut made = made(|_| {})?;
    let (tbs, rest) = split(content(&made.certificate.der)?)?;
    let algorithm = split(rest)?.0;
    let tbs = change(tbs)?;
    let signature = made.issuing.key.sign(&tbs)?;
    made.certificate.der = tlv(0x30, &[&tbs[..], algorithm, &tlv(3, &[&[0], &signature[..]].concat())?].concat())?;
    made.write(rule)
}

/// The first element of `der`, whole, and what follows it.
fn split(der: &[u8]) -> Result<(&[u8], &[u8])> {
    let header = header(der)?;
    Ok(der.split_at_checked(header.0 + header.1).ok_or("an element that ends too early")?)
}

fn content(der: &[u8]) -> Result<&[u8]> {
    let (header, length) = header(der)?;
    Ok(der.get(header..header + length).ok_or("an element that ends too early")?)
}

/// How long an element's header is, and its content.
fn header(der: &[u8]) -> Result<(usize, usize)> {
    match der {
        [_, length, ..] if *length < 0x80 => Ok((2, usize::from(*length))),
        [_, 0x81, length, ..] => Ok((3, usize::from(*length))),
        [_, 0x82, high, low, ..] => Ok((4, usize::from(u16::from_be_bytes([*high, *low])))),
        _ => Err("an element without a length".into()),
    }
}

fn replaced(tbs: &[u8], from: &[u8], to: &[u8]) -> Result<Vec<u8>> {
    let place = tbs.windows(from.len()).position(|window| window == from).ok_or("nothing to replace")?;
    let inner = content(tbs)?;
    let offset = place - (tbs.len() - inner.len());
    tlv(0x30, &[&inner[..offset], to, &inner[offset + from.len()..]].concat())
}

/// ecdsa-with-SHA384 inside, where the signature is one with SHA-256.
fn inner_algorithm(tbs: &[u8]) -> Result<Vec<u8>> {
    let oid = |last: u8| [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, last];
    replaced(tbs, &oid(2), &oid(3))
}

/// An RSA key of 768 bits in place of the leaf's own; nobody has its private half.
fn short_key(tbs: &[u8]) -> Result<Vec<u8>> {
    let mut modulus: Vec<u8> = (0..3_u8).flat_map(|part| digest(&SHA256, &[part]).as_ref().to_vec()).collect();
    if let [first, .., last] = modulus.as_mut_slice() {
        *first |= 0x80;
        *last |= 1;
    }
    let key = tlv(0x30, &[tlv(2, &[&[0], &modulus[..]].concat())?, vec![2, 3, 1, 0, 1]].concat())?;
    let algorithm = tlv(0x30, &[6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1, 5, 0])?;
    let spki = tlv(0x30, &[algorithm, tlv(3, &[&[0], &key[..]].concat())?].concat())?;
    // SubjectPublicKeyInfo of a P-256 key: 91 octets that begin so.
    let start = [0x30, 0x59, 0x30, 0x13, 6, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
    let place = tbs.windows(start.len()).position(|window| window == start).ok_or("no key")?;
    replaced(tbs, tbs.get(place..place + 91).ok_or("no key")?, &spki)
}

fn wrong_key_identifier(case: &mut Case) {
    case.leaf.use_authority_key_identifier_extension = false;
    let value = [&[0x30, 22, 0x80, 20][..], &[0x5A; 20]].concat();
    case.leaf.custom_extensions.push(extension(&[2, 5, 29, 35], value, false));
}

/// cA FALSE, which is the default and must be absent (X.690 11.5).
fn default_written_out(case: &mut Case) {
    case.leaf.is_ca = IsCa::NoCa;
    case.leaf.custom_extensions.push(extension(&[2, 5, 29, 19], vec![0x30, 3, 1, 1, 0], true));
}

fn permitted(domain: &str) -> NameConstraints {
    NameConstraints { permitted_subtrees: vec![GeneralSubtree::DnsName(domain.to_owned())], excluded_subtrees: Vec::new() }
}

/// CertificatePolicies: the policy 1.3.6.1.4.1.32473.9 (RFC 5612 sets that arc aside for examples).
fn policy() -> CustomExtension {
    let oid = [6, 9, 0x2B, 6, 1, 4, 1, 0x81, 0xFD, 0x59, 9];
    let value = [&[0x30, 13, 0x30, 11][..], &oid].concat();
    extension(&[2, 5, 29, 32], value, false)
}

/// CA/Browser Forum BR 7.1.2.7.6 wants that of a server's certificate not to be critical.
fn critical_usage(case: &mut Case) {
    case.leaf.extended_key_usages.clear();
    let server = [0x30, 10, 6, 8, 0x2B, 6, 1, 5, 5, 7, 3, 1];
    case.leaf.custom_extensions.push(extension(&[2, 5, 29, 37], server.to_vec(), true));
}

fn extension(oid: &[u64], content: Vec<u8>, critical: bool) -> CustomExtension {
    let mut extension = CustomExtension::from_oid_content(oid, content);
    extension.set_criticality(critical);
    extension
}

fn never<T, E: std::fmt::Debug>(error: E) -> T {
    unreachable!("a name in ASCII: {error:?}")
}

/// The leaf writes its issuer's name in other letters, which compares equal (RFC 5280 7.1).
fn name_chaining() -> Result<()> {
    let mut made = made(|_| {})?;
    let shouting = Entity { key: KeyPair::try_from(made.issuing.key.serialize_der())?, ..Entity::issuing("RULE TEST", "RULE ISSUING CA")? };
    made.certificate = made.leaf.issued_by(&shouting, 0x5003, (2026, 4, 1), (2026, 9, 1))?;
    made.write("name-chaining")
}

/// A CA below one that allows none.
fn path_length() -> Result<()> {
    let Made { root, issuing, leaf, .. } = made(|_| {})?;
    let below = Entity::issuing("Rule Test", "Rule Issuing CA below")?;
    write("rule-path-length/leaf.pem", &[leaf.issued_by(&below, 0x5003, (2026, 4, 1), (2026, 9, 1))?])?;
    let below = below.issued_by(&issuing, 0x5004, (2025, 2, 15), (2029, 2, 15))?;
    write("rule-path-length/issuing.pem", &[below, issuing.issued_by(&root, 0x5002, (2025, 1, 15), (2030, 1, 15))?])?;
    write("rule-path-length/root.pem", &[root.issued_by(&root, 0x5001, (2025, 1, 1), (2045, 1, 1))?])
}

fn trust() -> Result<()> {
    let other = Entity::root("Rule Test", "Another Root")?;
    chain("trust", |_| {})?;
    write("rule-trust/another-root.pem", &[other.issued_by(&other, 0x5011, (2025, 1, 1), (2045, 1, 1))?])
}

/// The issuing CA's list of the first of June says that the leaf's key was compromised.
fn revocation() -> Result<()> {
    let made = made(|_| {})?;
    let entry = RevokedCertParams {
        serial_number: 0x5003_u64.into(),
        revocation_time: day((2026, 5, 20)),
        reason_code: Some(RevocationReason::KeyCompromise),
        invalidity_date: None,
    };
    let list = CertificateRevocationListParams {
        this_update: day((2026, 6, 1)),
        next_update: day((2026, 6, 8)),
        crl_number: 7_u64.into(),
        issuing_distribution_point: None,
        revoked_certs: vec![entry],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    let list = list.signed_by(&Issuer::from_params(&made.issuing.params, &made.issuing.key))?.pem()?.replace("\r\n", "\n");
    write_text("rule-revocation/issuing-crl.pem", &list)?;
    made.write("revocation")
}

/// A timestamp whose signature is the log's, but over something else.
/// The server asks for clients of another authority.
fn client_authority() -> Result<()> {
    chain("client-authority", |case| case.leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth])?;
    let other = Entity::root("Rule Test", "Rule Clients")?;
    write("rule-client-authority/other.pem", &[other.issued_by(&other, 0x5004, (2025, 1, 1), (2045, 1, 1))?])
}

fn transparency() -> Result<()> {
    let log = KeyPair::generate()?;
    let key = log.subject_public_key_info();
    let id = digest(&SHA256, &key);
    let signature = log.sign(b"another certificate")?;
    // RFC 6962 3.3: version 1, log, milliseconds, no extensions, SHA-256 with ECDSA.
    let time = 1_775_000_000_000_u64.to_be_bytes();
    let length = u8::try_from(signature.len())?;
    let timestamp = [&[0], id.as_ref(), &time, &[0, 0, 4, 3, 0, length], &signature].concat();
    let short = |length: usize| u16::try_from(length).map(u16::to_be_bytes);
    let list = [&short(timestamp.len() + 2)?[..], &short(timestamp.len())?, &timestamp].concat();
    let value = tlv(4, &list)?;
    let oid = [1, 3, 6, 1, 4, 1, 11129, 2, 4, 2];
    chain("transparency", |case| case.leaf.custom_extensions.push(extension(&oid, value.clone(), false)))?;
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let list = format!(
        "{{\n  \"operators\": [\n    {{\n      \"name\": \"Rule Test\",\n      \"logs\": [\n        {{\n          \"description\": \"Rule Test log\",\n          \"log_id\": \"{}\",\n          \"key\": \"{}\",\n          \"url\": \"https://log.rule.test/\",\n          \"mmd\": 86400,\n          \"state\": {{\"usable\": {{\"timestamp\": \"2026-01-01T00:00:00Z\"}}}}\n        }}\n      ]\n    }}\n  ]\n}}\n",
        base64(id.as_ref()),
        base64(&key)
    );
    write_text("rule-transparency/logs.json", &list)
}
