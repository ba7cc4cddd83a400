//! The extensions that say what a certificate may be used for, and what those below it may be: decoded when a rule asks.

use x509_parser::asn1_rs::{Any, FromDer as _, Tag};
use x509_parser::extensions as parser;

use super::oid::dotted;
use super::{Certificate, GeneralName};

/// A value, `None` where the extension is absent; the error says why it cannot be read.
pub type Decoded<T> = Result<Option<T>, String>;

/// RFC 5280 4.2.1.10. `None`: the field is absent; an empty list is the certificate's mistake.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameConstraints {
    pub permitted: Option<Vec<GeneralName>>,
    pub excluded: Option<Vec<GeneralName>>,
}

/// RFC 5280 4.2.1.4; OIDs are dotted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyInformation {
    pub policy: String,
    pub qualifiers: Vec<String>,
}

/// RFC 5280 4.2.1.5: what the issuer calls `issuer_domain`, the subject calls `subject_domain`; OIDs are dotted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyMapping {
    pub issuer_domain: String,
    pub subject_domain: String,
}

/// RFC 5280 4.2.1.11: certificates that may follow before it takes effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PolicyConstraints {
    pub require_explicit_policy: Option<u32>,
    pub inhibit_policy_mapping: Option<u32>,
}

impl Certificate {
    /// RFC 5280 4.2.1.6.
    pub fn subject_alternative_names(&self) -> Decoded<Vec<GeneralName>> {
        let Some(value) = self.extension(&[0x55, 0x1d, 17]) else { return Ok(None) };
        let names = whole(parser::SubjectAlternativeName::from_der(value))?;
        Ok(Some(names.general_names.iter().map(GeneralName::new).collect()))
    }

    /// RFC 5280 4.2.1.12: the purposes' OIDs, dotted.
    pub fn extended_key_usage(&self) -> Decoded<Vec<String>> {
        self.extension(&[0x55, 0x1d, 37]).map(|value| sequence(value)?.iter().map(oid).collect()).transpose()
    }

    /// RFC 5280 4.2.1.10.
    pub fn name_constraints(&self) -> Decoded<NameConstraints> {
        let Some(value) = self.extension(&[0x55, 0x1d, 30]) else { return Ok(None) };
        let found = whole(parser::NameConstraints::from_der(value))?;
        let names = |trees: &Vec<parser::GeneralSubtree<'_>>| trees.iter().map(|tree| GeneralName::new(&tree.base)).collect();
        Ok(Some(NameConstraints {
            permitted: found.permitted_subtrees.as_ref().map(names),
            excluded: found.excluded_subtrees.as_ref().map(names),
        }))
    }

    /// RFC 5280 4.2.1.4: at least one policy, none twice.
    pub fn certificate_policies(&self) -> Decoded<Vec<PolicyInformation>> {
        let Some(value) = self.extension(&[0x55, 0x1d, 32]) else { return Ok(None) };
        let policies: Vec<PolicyInformation> = sequence(value)?.iter().map(policy_information).collect::<Result<_, _>>()?;
        if policies.is_empty() {
            return Err("no policy".to_owned());
        }
        let mut seen = std::collections::HashSet::new();
        match policies.iter().find(|information| !seen.insert(&information.policy)) {
            Some(twice) => Err(format!("duplicate policy {}", twice.policy)),
            None => Ok(Some(policies)),
        }
    }

    /// RFC 5280 4.2.1.5: at least one pair.
    pub fn policy_mappings(&self) -> Decoded<Vec<PolicyMapping>> {
        let Some(value) = self.extension(&[0x55, 0x1d, 33]) else { return Ok(None) };
        let mappings: Vec<PolicyMapping> = sequence(value)?.iter().map(policy_mapping).collect::<Result<_, String>>()?;
        if mappings.is_empty() { Err("no mapping".to_owned()) } else { Ok(Some(mappings)) }
    }

    /// RFC 5280 4.2.1.11: not empty.
    pub fn policy_constraints(&self) -> Decoded<PolicyConstraints> {
        let Some(value) = self.extension(&[0x55, 0x1d, 36]) else { return Ok(None) };
        let mut out = PolicyConstraints::default();
        for part in sequence(value)? {
            let count = skip_certificates(part.data)?;
            match part.tag().0 {
                0 => out.require_explicit_policy = Some(count),
                1 => out.inhibit_policy_mapping = Some(count),
                other => return Err(format!("an unknown field [{other}]")),
            }
        }
        if out == PolicyConstraints::default() { Err("empty".to_owned()) } else { Ok(Some(out)) }
    }

    /// RFC 5280 4.2.1.14: certificates that may follow before anyPolicy counts no more.
    pub fn inhibit_any_policy(&self) -> Decoded<u32> {
        let Some(value) = self.extension(&[0x55, 0x1d, 54]) else { return Ok(None) };
        let integer = one(value)?;
        expect(&integer, Tag::Integer, "an INTEGER")?;
        skip_certificates(integer.data).map(Some)
    }
}

fn policy_information(any: &Any<'_>) -> Result<PolicyInformation, String> {
    let parts = elements(any, "PolicyInformation")?;
    let (policy, rest) = parts.split_first().ok_or("a PolicyInformation without a policy")?;
    let qualifiers = match rest {
        [] => Vec::new(),
        [list] => elements(list, "policyQualifiers")?.iter().map(qualifier).collect::<Result<_, _>>()?,
        _ => return Err("a PolicyInformation of more than two parts".to_owned()),
    };
    if !rest.is_empty() && qualifiers.is_empty() {
        return Err("policyQualifiers without a qualifier".to_owned());
    }
    Ok(PolicyInformation { policy: oid(policy)?, qualifiers })
}

fn qualifier(any: &Any<'_>) -> Result<String, String> {
    match elements(any, "PolicyQualifierInfo")?.as_slice() {
        [identifier, _] => oid(identifier),
        parts => Err(format!("a PolicyQualifierInfo of {} parts", parts.len())),
    }
}

fn policy_mapping(any: &Any<'_>) -> Result<PolicyMapping, String> {
    match elements(any, "policy mapping")?.as_slice() {
        [issuer, subject] => Ok(PolicyMapping { issuer_domain: oid(issuer)?, subject_domain: oid(subject)? }),
        parts => Err(format!("a policy mapping of {} parts", parts.len())),
    }
}

/// RFC 5280 4.2.1.11 SkipCerts; more than 32 bits of certificates are as good as no limit.
fn skip_certificates(integer: &[u8]) -> Result<u32, String> {
    match integer {
        [] => Err("an empty INTEGER".to_owned()),
        [first, ..] if first & 0x80 != 0 => Err("a negative number of certificates".to_owned()),
        digits => {
            Ok(digits.iter().try_fold(0_u32, |value, byte| value.checked_mul(256)?.checked_add(u32::from(*byte))).unwrap_or(u32::MAX))
        }
    }
}

/// The elements of the SEQUENCE that is the whole value.
fn sequence(value: &[u8]) -> Result<Vec<Any<'_>>, String> {
    elements(&one(value)?, "the value")
}

fn elements<'a>(any: &Any<'a>, what: &str) -> Result<Vec<Any<'a>>, String> {
    if any.tag() != Tag::Sequence {
        return Err(format!("{what} is not a SEQUENCE"));
    }
    let (mut out, mut rest) = (Vec::new(), any.data);
    while !rest.is_empty() {
        let (after, element) = Any::from_der(rest).map_err(|_| format!("{what} is not DER"))?;
        out.push(element);
        rest = after;
    }
    Ok(out)
}

/// The one element that `value` is.
fn one(value: &[u8]) -> Result<Any<'_>, String> {
    match Any::from_der(value) {
        Ok(([], any)) => Ok(any),
        Ok((rest, _)) => Err(format!("{} trailing bytes after the value", rest.len())),
        Err(_) => Err("not DER".to_owned()),
    }
}

fn oid(any: &Any<'_>) -> Result<String, String> {
    expect(any, Tag::Oid, "an OBJECT IDENTIFIER")?;
    Ok(dotted(any.data))
}

fn expect(any: &Any<'_>, tag: Tag, what: &str) -> Result<(), String> {
    if any.tag() == tag { Ok(()) } else { Err(format!("tag {} where {what} was expected", any.tag().0)) }
}

fn whole<T, E: std::fmt::Display>(read: Result<(&[u8], T), x509_parser::nom::Err<E>>) -> Result<T, String> {
    match read {
        Ok(([], value)) => Ok(value),
        Ok((rest, _)) => Err(format!("{} trailing bytes after the value", rest.len())),
        Err(x509_parser::nom::Err::Incomplete(_)) => Err("the DER ends too early".to_owned()),
        Err(x509_parser::nom::Err::Error(error) | x509_parser::nom::Err::Failure(error)) => Err(super::escape(&error.to_string())),
    }
}
