//! One extension in words (RFC 5280 4.2, RFC 6962 3.3).

use x509_parser::asn1_rs::Any;
use x509_parser::extensions::{
    self as parser, AccessDescription, DistributionPointName, ExtendedKeyUsage, ParsedExtension, PolicyInformation,
    SignedCertificateTimestamp, X509Extension,
};
use x509_parser::prelude::FromDer as _;

use super::super::field::{Field, listed};
use super::super::oid::describe;
use super::super::reason::reason;
use super::super::{GeneralName, KeyUsage, Time, escape, hex, hex_colons, oid_words};
use super::rare;

/// The name of the field that says which log made a timestamp, by the SHA-256 of its key.
pub const LOG: &str = "Log";
/// The name of a field that is a log's timestamp, which happened once.
pub const TIMESTAMP: &str = "Timestamp";

/// `der` is the certificate that the extension is a part of.
pub(super) fn field(extension: &X509Extension<'_>, der: &[u8]) -> Field {
    let oid = extension.oid.to_id_string();
    let title = oid_words(&oid).map_or_else(|| format!("Extension {oid}"), str::to_owned);
    let (value, mut children) = decode(extension.parsed_extension(), &oid, extension.value, der);
    let value = if extension.critical { format!("critical, {value}") } else { value };
    children.push(Field::leaf("OID", oid).within(der, extension.oid.as_bytes()));
    children.push(Field::leaf("Critical", if extension.critical { "yes" } else { "no" }));
    children.push(Field::leaf("Raw value", hex(extension.value)).within(der, extension.value));
    Field::branch(title, value, children).within(der, extension.value)
}

fn decode(parsed: &ParsedExtension<'_>, oid: &str, raw: &[u8], der: &[u8]) -> (String, Vec<Field>) {
    use ParsedExtension as E;
    match parsed {
        E::SubjectKeyIdentifier(identifier) => plain(hex_colons(identifier.0)),
        E::AuthorityKeyIdentifier(found) => {
            let mut children = Vec::new();
            if let Some(identifier) = &found.key_identifier {
                children.push(Field::leaf("Key identifier", hex_colons(identifier.0)).within(der, identifier.0));
            }
            for issuer in found.authority_cert_issuer.iter().flatten() {
                children.push(general_name(issuer, der));
            }
            if let Some(serial) = found.authority_cert_serial {
                children.push(Field::leaf("Serial number", hex_colons(serial)).within(der, serial));
            }
            (children.first().map_or_else(|| "empty".to_owned(), |first| first.value.clone()), children)
        }
        E::KeyUsage(usage) => {
            let usage = KeyUsage { critical: false, bits: usage.flags };
            (usage.words(), usage.set().map(|(bit, name)| Field::leaf("Use", format!("{name} (bit {bit})")).within(der, raw)).collect())
        }
        E::BasicConstraints(found) => {
            let length = found.path_len_constraint;
            let words = match (found.ca, length) {
                (true, Some(length)) => format!("CA, path length at most {length}"),
                (true, None) => "CA, any path length".to_owned(),
                (false, None) => "not a CA".to_owned(),
                (false, Some(length)) => format!("not a CA, yet path length {length}"),
            };
            let mut children = vec![Field::leaf("CA", if found.ca { "yes" } else { "no" })];
            if let Some(length) = length {
                children.push(Field::leaf("Path length", length.to_string()).within(der, last_element(raw)));
            }
            (words, children)
        }
        E::ExtendedKeyUsage(usage) => listed("purpose", purposes(usage).into_iter().map(|oid| Field::leaf("Purpose", describe(&oid)))),
        E::SubjectAlternativeName(names) => listed("name", names.general_names.iter().map(|name| general_name(name, der))),
        E::IssuerAlternativeName(names) => listed("name", names.general_names.iter().map(|name| general_name(name, der))),
        E::CertificatePolicies(policies) => listed("policy", policies.iter().map(|found| policy(found, der))),
        E::PolicyMappings(mappings) => listed(
            "mapping",
            mappings.mappings.iter().map(|mapping| {
                let (from, to) = (mapping.issuer_domain_policy.to_id_string(), mapping.subject_domain_policy.to_id_string());
                Field::leaf("Mapping", format!("{} to {}", describe(&from), describe(&to)))
            }),
        ),
        E::PolicyConstraints(found) => {
            let skip = |name, value: Option<u32>| value.map(|value| Field::leaf(name, format!("after {value} certificates")));
            listed(
                "constraint",
                [
                    skip("Require explicit policy", found.require_explicit_policy),
                    skip("Inhibit policy mapping", found.inhibit_policy_mapping),
                ]
                .into_iter()
                .flatten(),
            )
        }
        E::InhibitAnyPolicy(found) => plain(format!("after {} certificates", found.skip_certs)),
        E::NameConstraints(found) => {
            let subtrees = |title: &str, trees: &Option<Vec<_>>| -> Vec<Field> {
                let trees: &[x509_parser::extensions::GeneralSubtree<'_>] = trees.as_deref().unwrap_or_default();
                trees
                    .iter()
                    .map(|tree| Field { name: title.to_owned(), value: subtree(&tree.base), ..general_name(&tree.base, der) })
                    .collect()
            };
            let mut children = subtrees("Permitted", &found.permitted_subtrees);
            children.extend(subtrees("Excluded", &found.excluded_subtrees));
            listed("subtree", children.into_iter())
        }
        E::AuthorityInfoAccess(access) => listed("location", access.accessdescs.iter().map(|access| access_description(access, der))),
        E::SubjectInfoAccess(access) => listed("location", access.accessdescs.iter().map(|access| access_description(access, der))),
        E::CRLDistributionPoints(points) => listed("point", points.points.iter().map(|point| distribution_point(point, der))),
        E::SCT(timestamps) => listed("timestamp", timestamps.iter().map(|timestamp| signed_timestamp(timestamp, der))),
        E::NSCertType(found) => plain(escape(&found.to_string())),
        E::NsCertComment(comment) => plain(escape(comment)),
        E::ParseError { error } => plain(format!("cannot be decoded: {}", reason(error))),
        // Freshest CRL has the form of CRL distribution points (RFC 5280 4.2.1.15).
        _ if oid == "2.5.29.46" => match parser::CRLDistributionPoints::from_der(raw) {
            Ok((_, points)) => listed("point", points.points.iter().map(|point| distribution_point(point, der))),
            Err(_) => rare::outline(raw),
        },
        _ => rare::decode(oid, raw).unwrap_or_else(|| rare::outline(raw)),
    }
}

/// The last element of the SEQUENCE that `raw` is: its content.
fn last_element(raw: &[u8]) -> &[u8] {
    let mut rest = Any::from_der(raw).map(|(_, any)| any.data).unwrap_or_default();
    let mut last = rest;
    while let Ok((behind, element)) = Any::from_der(rest) {
        (rest, last) = (behind, element.data);
    }
    last
}

fn distribution_point(point: &parser::CRLDistributionPoint<'_>, der: &[u8]) -> Field {
    let names: Vec<Field> = match &point.distribution_point {
        Some(DistributionPointName::FullName(names)) => names.iter().map(|name| general_name(name, der)).collect(),
        Some(DistributionPointName::NameRelativeToCRLIssuer(_)) => vec![Field::leaf("Name", "relative to the CRL issuer")],
        None => Vec::new(),
    };
    let value =
        if names.is_empty() { "none".to_owned() } else { names.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join(", ") };
    let mut children = names;
    if let Some(reasons) = &point.reasons {
        children.push(Field::leaf("Reasons", reasons.to_string()));
    }
    let issuers = point.crl_issuer.iter().flatten();
    children.extend(issuers.map(|issuer| Field { name: "CRL issuer".to_owned(), ..general_name(issuer, der) }));
    Field::branch("Point", value, children)
}

/// RFC 6962 3.2.
fn signed_timestamp(timestamp: &SignedCertificateTimestamp<'_>, der: &[u8]) -> Field {
    let at = Time(i64::try_from(timestamp.timestamp / 1000).unwrap_or(i64::MAX));
    let (hash, sign) = (timestamp.signature.hash_alg_id, timestamp.signature.sign_alg_id);
    let mut children = vec![
        Field::leaf(LOG, hex(timestamp.id.key_id)).within(der, timestamp.id.key_id),
        Field { value: format!("{at}, {} ms", timestamp.timestamp % 1000), ..Field::moment("Time", at) },
        Field::leaf("Version", (u32::from(timestamp.version.0) + 1).to_string()),
        Field::leaf("Algorithm", algorithm_words(hash, sign)),
        Field::leaf("Signature", hex_colons(timestamp.signature.data)).within(der, timestamp.signature.data),
    ];
    if !timestamp.extensions.0.is_empty() {
        children.push(Field::leaf("Extensions", hex(timestamp.extensions.0)).within(der, timestamp.extensions.0));
    }
    Field { time: Some(at), ..Field::branch(TIMESTAMP, at.to_string(), children) }
}

/// RFC 5246 7.4.1.4.1.
fn algorithm_words(hash: u8, sign: u8) -> String {
    let hash = match hash {
        2 => "SHA-1".to_owned(),
        4 => "SHA-256".to_owned(),
        5 => "SHA-384".to_owned(),
        6 => "SHA-512".to_owned(),
        other => format!("hash {other}"),
    };
    let sign = match sign {
        1 => "RSA".to_owned(),
        3 => "ECDSA".to_owned(),
        other => format!("signature {other}"),
    };
    format!("{sign} with {hash}")
}

fn plain(value: String) -> (String, Vec<Field>) {
    (value, Vec::new())
}

fn purposes(usage: &ExtendedKeyUsage<'_>) -> Vec<String> {
    let known = [
        (usage.any, "2.5.29.37.0"),
        (usage.server_auth, "1.3.6.1.5.5.7.3.1"),
        (usage.client_auth, "1.3.6.1.5.5.7.3.2"),
        (usage.code_signing, "1.3.6.1.5.5.7.3.3"),
        (usage.email_protection, "1.3.6.1.5.5.7.3.4"),
        (usage.time_stamping, "1.3.6.1.5.5.7.3.8"),
        (usage.ocsp_signing, "1.3.6.1.5.5.7.3.9"),
    ];
    let named = known.iter().filter(|(set, _)| *set).map(|(_, oid)| (*oid).to_owned());
    named.chain(usage.other.iter().map(|oid| oid.to_id_string())).collect()
}

fn policy(policy: &PolicyInformation<'_>, der: &[u8]) -> Field {
    let qualifiers = policy.policy_qualifiers.iter().flatten().map(|qualifier| {
        let oid = qualifier.policy_qualifier_id.to_id_string();
        // RFC 5280 4.2.1.4: a URI, or a notice of texts and numbers.
        let (value, children) = rare::outline(qualifier.qualifier);
        let children = if children.len() > 1 || children.iter().any(|child| !child.children.is_empty()) { children } else { Vec::new() };
        Field::branch(describe(&oid), value, children).within(der, qualifier.qualifier)
    });
    let oid = policy.policy_id.as_bytes();
    Field::branch("Policy", describe(&policy.policy_id.to_id_string()), qualifiers.collect()).within(der, oid)
}

fn access_description(access: &AccessDescription<'_>, der: &[u8]) -> Field {
    let method = access.access_method.to_id_string();
    Field { name: oid_words(&method).unwrap_or(&method).to_owned(), ..general_name(&access.access_location, der) }
}

/// With the place of its text or bytes, where it is one run of them.
fn general_name(name: &parser::GeneralName<'_>, der: &[u8]) -> Field {
    use parser::GeneralName as G;
    let bytes: &[u8] = match name {
        G::DNSName(text) | G::RFC822Name(text) | G::URI(text) => text.as_bytes(),
        G::IPAddress(bytes) => bytes,
        G::DirectoryName(name) => name.as_raw(),
        G::OtherName(_, bytes) | G::Invalid(_, bytes) => bytes,
        _ => &[],
    };
    let name = GeneralName::new(name);
    Field::leaf(name.form(), name.to_string()).within(der, bytes)
}

/// RFC 5280 4.2.1.10.
fn subtree(base: &parser::GeneralName<'_>) -> String {
    let base = GeneralName::new(base);
    format!("{} {base}", base.form())
}
