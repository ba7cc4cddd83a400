//! What a certificate says of policies (RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14).

use std::collections::HashSet;

use super::super::misread::{Fault, Misread};
use super::super::oid::dotted;
use super::super::reader::{INTEGER, Reader, number, only, primitive};

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

/// RFC 5280 4.2.1.4: at least one policy, none twice.
pub(in crate::cert) fn certificate_policies(value: &[u8]) -> Result<Vec<PolicyInformation>, Misread> {
    let field = "certificatePolicies";
    let mut list = Reader::of_sequence(value, field)?;
    let (mut out, mut seen) = (Vec::new(), HashSet::new());
    while !list.is_empty() {
        let mut parts = list.sequence(field)?;
        let policy = parts.oid("policyIdentifier")?;
        let qualifiers = if parts.is_empty() { Vec::new() } else { qualifiers(&mut parts)? };
        parts.finish("PolicyInformation")?;
        if !seen.insert(policy) {
            return Err(Misread::new(field, Fault::Duplicate));
        }
        out.push(PolicyInformation { policy: dotted(policy), qualifiers });
    }
    if out.is_empty() { Err(Misread::new(field, Fault::Empty)) } else { Ok(out) }
}

fn qualifiers(parts: &mut Reader<'_>) -> Result<Vec<String>, Misread> {
    let field = "policyQualifiers";
    let mut list = parts.sequence(field)?;
    let mut out = Vec::new();
    while !list.is_empty() {
        let mut qualifier = list.sequence(field)?;
        out.push(dotted(qualifier.oid("policyQualifierId")?));
        qualifier.read("qualifier")?;
        qualifier.finish(field)?;
    }
    if out.is_empty() { Err(Misread::new(field, Fault::Empty)) } else { Ok(out) }
}

/// RFC 5280 4.2.1.5: at least one pair.
pub(in crate::cert) fn policy_mappings(value: &[u8]) -> Result<Vec<PolicyMapping>, Misread> {
    let field = "policyMappings";
    let mut list = Reader::of_sequence(value, field)?;
    let mut out = Vec::new();
    while !list.is_empty() {
        let mut pair = list.sequence(field)?;
        let (issuer, subject) = (pair.oid("issuerDomainPolicy")?, pair.oid("subjectDomainPolicy")?);
        pair.finish(field)?;
        out.push(PolicyMapping { issuer_domain: dotted(issuer), subject_domain: dotted(subject) });
    }
    if out.is_empty() { Err(Misread::new(field, Fault::Empty)) } else { Ok(out) }
}

/// RFC 5280 4.2.1.11: not empty.
pub(in crate::cert) fn policy_constraints(value: &[u8]) -> Result<PolicyConstraints, Misread> {
    let field = "policyConstraints";
    let mut parts = Reader::of_sequence(value, field)?;
    if parts.is_empty() {
        return Err(Misread::new(field, Fault::Empty));
    }
    let mut count = |tag: u8, field: &'static str| {
        let element = parts.optional(tag, field)?;
        element.map(|element| skip_certificates(element.content, field)).transpose()
    };
    let require_explicit_policy = count(primitive(0), "requireExplicitPolicy")?;
    let inhibit_policy_mapping = count(primitive(1), "inhibitPolicyMapping")?;
    parts.finish_fields(&[primitive(0), primitive(1)], field)?;
    Ok(PolicyConstraints { require_explicit_policy, inhibit_policy_mapping })
}

/// RFC 5280 4.2.1.14: certificates that may follow before anyPolicy counts no more.
pub(in crate::cert) fn inhibit_any_policy(value: &[u8]) -> Result<u32, Misread> {
    skip_certificates(only(value, INTEGER, "inhibitAnyPolicy")?, "inhibitAnyPolicy")
}

/// RFC 5280 4.2.1.11 SkipCerts; more than 32 bits of certificates are as good as no limit.
fn skip_certificates(integer: &[u8], field: &'static str) -> Result<u32, Misread> {
    Ok(number(integer, field)?.unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault<T>(read: Result<T, Misread>) -> Option<Fault> {
        read.err().map(|misread| misread.fault)
    }

    #[test]
    fn policies_are_told_once_and_whole() {
        let of = |content: &[u8]| {
            let value = [&[0x30, u8::try_from(content.len()).unwrap()][..], content].concat();
            fault(certificate_policies(&value))
        };
        let policy = [0x30, 4, 6, 2, 0x2a, 3];
        assert_eq!(of(&policy), None);
        assert_eq!(of(&[0x30, 12, 6, 2, 0x2a, 3, 0x30, 6, 0x30, 4, 6, 0, 5, 0]), Some(Fault::Identifier));
        assert_eq!(of(&[0x30, 14, 6, 2, 0x2a, 3, 0x30, 8, 0x30, 6, 6, 2, 0x2a, 4, 5, 0]), None);
        assert_eq!((of(&[]), of(&policy.repeat(2))), (Some(Fault::Empty), Some(Fault::Duplicate)));
        assert_eq!(of(&[0x30, 6, 6, 2, 0x2a, 3, 0x30, 0]), Some(Fault::Empty));
        assert_eq!(of(&[0x30, 6, 6, 2, 0x2a, 3, 5, 0]), Some(Fault::Tag { found: 5, expected: 0x30 }));
        assert_eq!(of(&[0x30, 16, 6, 2, 0x2a, 3, 0x30, 8, 0x30, 6, 6, 2, 0x2a, 4, 5, 0, 5, 0]), Some(Fault::Trailing { bytes: 2 }));
        assert_eq!(of(&[0x30, 4, 0x86, 2, 0x2a, 3]), Some(Fault::Tag { found: 0x86, expected: 6 }));
    }

    #[test]
    fn mappings_are_pairs() {
        let pair = [0x30, 8, 6, 2, 0x2a, 3, 6, 2, 0x2a, 4];
        assert_eq!(fault(policy_mappings(&[&[0x30, 10][..], &pair].concat())), None);
        assert_eq!(fault(policy_mappings(&[0x30, 0])), Some(Fault::Empty));
        assert_eq!(fault(policy_mappings(&[0x30, 6, 0x30, 4, 6, 2, 0x2a, 3])), Some(Fault::Missing));
        assert_eq!(fault(policy_mappings(&[&[0x30, 12, 0x30, 10][..], &pair[2..], &[5, 0]].concat())), Some(Fault::Trailing { bytes: 2 }));
    }

    #[test]
    fn numbers_of_certificates_stand_in_order() {
        let of = |value: &[u8]| fault(policy_constraints(value));
        assert_eq!((of(&[0x30, 3, 0x80, 1, 0]), of(&[0x30, 6, 0x80, 1, 0, 0x81, 1, 1])), (None, None));
        assert_eq!(of(&[0x30, 6, 0x81, 1, 1, 0x80, 1, 0]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!(of(&[0x30, 6, 0x80, 1, 1, 0x80, 1, 0]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!((of(&[0x30, 0]), of(&[0x30, 3, 0x82, 1, 0])), (Some(Fault::Empty), Some(Fault::Unknown { tag: 0x82 })));
        assert_eq!((of(&[0x30, 3, 0x80, 1, 0xff]), of(&[0x30, 2, 0x80, 0])), (Some(Fault::Negative), Some(Fault::Integer)));
        assert_eq!(
            (of(&[0x30, 3, 2, 1, 0]), of(&[0x30, 5, 0xa0, 3, 2, 1, 0])),
            (Some(Fault::Unknown { tag: 2 }), Some(Fault::Unknown { tag: 0xa0 }))
        );
        assert_eq!((inhibit_any_policy(&[2, 1, 3]), inhibit_any_policy(&[2, 5, 1, 0, 0, 0, 0])), (Ok(3), Ok(u32::MAX)));
        assert!(inhibit_any_policy(&[2, 1, 0x80]).is_err() && inhibit_any_policy(&[0x82, 1, 0]).is_err());
    }
}
