//! One extension in words (RFC 5280 4.2, RFC 6962 3.3).

use x509_parser::extensions::{
    self as parser, AccessDescription, DistributionPointName, ExtendedKeyUsage, ParsedExtension, PolicyInformation, X509Extension,
};

use super::super::field::Field;
use super::super::oid::describe;
use super::super::reason::reason;
use super::super::{GeneralName, KeyUsage, Time, escape, hex, hex_colons, oid_words};

pub(super) fn field(extension: &X509Extension<'_>) -> Field {
    let oid = extension.oid.to_id_string();
    let title = oid_words(&oid).map_or_else(|| format!("Extension {oid}"), str::to_owned);
    let (value, mut children) = decode(extension.parsed_extension(), extension.value);
    let value = if extension.critical { format!("critical, {value}") } else { value };
    children.push(Field::leaf("OID", oid));
    children.push(Field::leaf("Critical", if extension.critical { "yes" } else { "no" }));
    children.push(Field::leaf("Raw value", hex(extension.value)));
    Field::branch(title, value, children)
}

fn decode(parsed: &ParsedExtension<'_>, raw: &[u8]) -> (String, Vec<Field>) {
    use ParsedExtension as E;
    match parsed {
        E::SubjectKeyIdentifier(identifier) => plain(hex_colons(identifier.0)),
        E::AuthorityKeyIdentifier(found) => {
            let mut children = Vec::new();
            if let Some(identifier) = &found.key_identifier {
                children.push(Field::leaf("Key identifier", hex_colons(identifier.0)));
            }
            for issuer in found.authority_cert_issuer.iter().flatten() {
                children.push(general_name(issuer));
            }
            if let Some(serial) = found.authority_cert_serial {
                children.push(Field::leaf("Serial number", hex_colons(serial)));
            }
            (children.first().map_or_else(|| "empty".to_owned(), |first| first.value.clone()), children)
        }
        E::KeyUsage(usage) => plain(KeyUsage { critical: false, bits: usage.flags }.words()),
        E::BasicConstraints(found) => {
            let length = found.path_len_constraint;
            let words = match (found.ca, length) {
                (true, Some(length)) => format!("CA, path length at most {length}"),
                (true, None) => "CA, any path length".to_owned(),
                (false, None) => "not a CA".to_owned(),
                (false, Some(length)) => format!("not a CA, yet path length {length}"),
            };
            plain(words)
        }
        E::ExtendedKeyUsage(usage) => listed("purpose", purposes(usage).into_iter().map(|oid| Field::leaf("Purpose", describe(&oid)))),
        E::SubjectAlternativeName(names) => listed("name", names.general_names.iter().map(general_name)),
        E::IssuerAlternativeName(names) => listed("name", names.general_names.iter().map(general_name)),
        E::CertificatePolicies(policies) => listed("policy", policies.iter().map(policy)),
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
                trees.iter().map(|tree| named(title, subtree(&tree.base))).collect()
            };
            let mut children = subtrees("Permitted", &found.permitted_subtrees);
            children.extend(subtrees("Excluded", &found.excluded_subtrees));
            listed("subtree", children.into_iter())
        }
        E::AuthorityInfoAccess(access) => listed("location", access.accessdescs.iter().map(access_description)),
        E::SubjectInfoAccess(access) => listed("location", access.accessdescs.iter().map(access_description)),
        E::CRLDistributionPoints(points) => listed(
            "point",
            points.points.iter().map(|point| {
                let names = match &point.distribution_point {
                    Some(DistributionPointName::FullName(names)) => {
                        names.iter().map(|name| general_name(name).value).collect::<Vec<_>>().join(", ")
                    }
                    Some(DistributionPointName::NameRelativeToCRLIssuer(_)) => "relative to the CRL issuer".to_owned(),
                    None => "none".to_owned(),
                };
                let mut children = Vec::new();
                if let Some(reasons) = &point.reasons {
                    children.push(Field::leaf("Reasons", reasons.to_string()));
                }
                children.extend(point.crl_issuer.iter().flatten().map(|issuer| named("CRL issuer", general_name(issuer).value)));
                Field::branch("Point", names, children)
            }),
        ),
        E::SCT(timestamps) => listed(
            "timestamp",
            timestamps.iter().map(|timestamp| {
                let at = Time(i64::try_from(timestamp.timestamp / 1000).unwrap_or(i64::MAX));
                Field::branch(
                    "Timestamp",
                    at.to_string(),
                    vec![
                        Field::leaf("Log", hex(timestamp.id.key_id)),
                        Field::leaf("Version", (u32::from(timestamp.version.0) + 1).to_string()),
                    ],
                )
            }),
        ),
        E::NSCertType(found) => plain(escape(&found.to_string())),
        E::NsCertComment(comment) => plain(escape(comment)),
        E::ParseError { error } => plain(format!("cannot be decoded: {}", reason(error))),
        _ => plain(hex(raw)),
    }
}

fn plain(value: String) -> (String, Vec<Field>) {
    (value, Vec::new())
}

/// A single child is the value itself; more are counted and shown below.
fn listed(noun: &str, children: impl Iterator<Item = Field>) -> (String, Vec<Field>) {
    let children: Vec<Field> = children.collect();
    let value = match children.as_slice() {
        [] => "empty".to_owned(),
        [only] => only.value.clone(),
        [first, rest @ ..] => format!("{} (and {} more {noun}{})", first.value, rest.len(), if rest.len() == 1 { "" } else { "s" }),
    };
    (value, children)
}

fn named(name: &str, value: String) -> Field {
    Field::leaf(name, value)
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

fn policy(policy: &PolicyInformation<'_>) -> Field {
    let qualifiers = policy.policy_qualifiers.iter().flatten().map(|qualifier| {
        let oid = qualifier.policy_qualifier_id.to_id_string();
        let printable = qualifier
            .qualifier
            .get(2..)
            .and_then(|text| std::str::from_utf8(text).ok())
            .filter(|text| text.is_ascii() && oid.ends_with(".2.1"));
        Field::leaf(describe(&oid), printable.map_or_else(|| hex(qualifier.qualifier), escape))
    });
    Field::branch("Policy", describe(&policy.policy_id.to_id_string()), qualifiers.collect())
}

fn access_description(access: &AccessDescription<'_>) -> Field {
    let method = access.access_method.to_id_string();
    named(oid_words(&method).unwrap_or(&method), general_name(&access.access_location).value)
}

fn general_name(name: &parser::GeneralName<'_>) -> Field {
    let name = GeneralName::new(name);
    Field::leaf(name.form(), name.to_string())
}

/// RFC 5280 4.2.1.10.
fn subtree(base: &parser::GeneralName<'_>) -> String {
    let base = GeneralName::new(base);
    format!("{} {base}", base.form())
}
