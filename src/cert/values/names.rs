//! Which names a certificate has, which those below it may have, and what it is for (RFC 5280 4.2.1.6, 4.2.1.10, 4.2.1.12).

use super::super::GeneralName;
use super::super::general_names::{general_name, many_names};
use super::super::misread::{Fault, Misread};
use super::super::oid::dotted;
use super::super::reader::{Reader, SEQUENCE, constructed, only, primitive};

/// RFC 5280 4.2.1.10. `None`: the field is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameConstraints {
    pub permitted: Option<Vec<GeneralName>>,
    pub excluded: Option<Vec<GeneralName>>,
}

/// RFC 5280 4.2.1.6. An empty list names nothing; `strict` says that there must be one.
pub(in crate::cert) fn alternative_names(value: &[u8], field: &'static str) -> Result<Vec<GeneralName>, Misread> {
    match only(value, SEQUENCE, field)? {
        [] => Ok(Vec::new()),
        names => many_names(names, field),
    }
}

/// RFC 5280 4.2.1.12: the purposes' OIDs, dotted. An empty list allows nothing; `strict` says that there must be one.
pub(in crate::cert) fn purposes(value: &[u8]) -> Result<Vec<String>, Misread> {
    let field = "extKeyUsage";
    let mut list = Reader::of_sequence(value, field)?;
    let mut out = Vec::new();
    while !list.is_empty() {
        out.push(dotted(list.oid(field)?));
    }
    Ok(out)
}

/// RFC 5280 4.2.1.10: one of the two lists at least, none empty, permitted first.
pub(in crate::cert) fn name_constraints(value: &[u8]) -> Result<NameConstraints, Misread> {
    let field = "nameConstraints";
    let mut parts = Reader::of_sequence(value, field)?;
    if parts.is_empty() {
        return Err(Misread::new(field, Fault::Empty));
    }
    let permitted = parts.optional(constructed(0), "permittedSubtrees")?;
    let excluded = parts.optional(constructed(1), "excludedSubtrees")?;
    parts.finish_fields(&[constructed(0), constructed(1)], field)?;
    Ok(NameConstraints {
        permitted: permitted.map(|list| subtrees(list.content, "permittedSubtrees")).transpose()?,
        excluded: excluded.map(|list| subtrees(list.content, "excludedSubtrees")).transpose()?,
    })
}

fn subtrees(content: &[u8], field: &'static str) -> Result<Vec<GeneralName>, Misread> {
    let mut list = Reader::new(content);
    let mut out = Vec::new();
    while !list.is_empty() {
        let mut parts = list.sequence(field)?;
        out.push(general_name(&mut parts, field)?);
        let (minimum, maximum) = (primitive(0), primitive(1));
        // RFC 5280 4.2.1.10: the minimum MUST be zero and the maximum absent; what else they would mean nobody processes. A zero that is
        // written out breaks DER (X.690 11.5) and has one meaning: `strict` says so.
        if parts.optional(minimum, field)?.is_some_and(|element| element.content != [0]) {
            return Err(Misread::new(field, Fault::Minimum));
        }
        if parts.optional(maximum, field)?.is_some() {
            return Err(Misread::new(field, Fault::Maximum));
        }
        parts.finish_fields(&[minimum, maximum], field)?;
    }
    if out.is_empty() { Err(Misread::new(field, Fault::Empty)) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(content.len()).unwrap()][..], content].concat()
    }

    fn tree(name: &str) -> Vec<u8> {
        wrapped(0x30, &wrapped(0x82, name.as_bytes()))
    }

    fn fault(fields: &[Vec<u8>]) -> Option<Fault> {
        name_constraints(&wrapped(0x30, &fields.concat())).err().map(|misread| misread.fault)
    }

    #[test]
    fn constraints_are_two_lists_in_order() {
        let (permitted, excluded) = (wrapped(0xa0, &tree("a")), wrapped(0xa1, &tree("b")));
        let read = name_constraints(&wrapped(0x30, &[permitted.clone(), excluded.clone()].concat())).unwrap();
        let dns = |text: &str| Some(vec![GeneralName::Dns(text.to_owned())]);
        assert_eq!(read, NameConstraints { permitted: dns("a"), excluded: dns("b") });
        assert_eq!((fault(std::slice::from_ref(&permitted)), fault(std::slice::from_ref(&excluded))), (None, None));
        assert_eq!(fault(&[excluded.clone(), permitted.clone()]), Some(Fault::Misplaced { tag: 0xa0 }));
        assert_eq!(fault(&[excluded.clone(), excluded.clone()]), Some(Fault::Misplaced { tag: 0xa1 }));
        assert_eq!(fault(&[permitted.clone(), permitted.clone()]), Some(Fault::Misplaced { tag: 0xa0 }));
        assert_eq!(fault(&[vec![5, 0], excluded.clone()]), Some(Fault::Unknown { tag: 5 }));
        assert_eq!(fault(&[permitted.clone(), vec![0xa2, 0]]), Some(Fault::Unknown { tag: 0xa2 }));
        assert_eq!((fault(&[]), fault(&[wrapped(0xa1, &[])])), (Some(Fault::Empty), Some(Fault::Empty)));
        assert_eq!(fault(&[wrapped(0x81, &tree("b"))]), Some(Fault::Unknown { tag: 0x81 }));
        assert_eq!(name_constraints(&[wrapped(0x30, &permitted), vec![0]].concat()).unwrap_err().fault, Fault::Trailing { bytes: 1 });
    }

    #[test]
    fn a_subtree_is_a_base_alone() {
        let base = wrapped(0x82, b"b");
        let with = |rest: &[u8]| fault(&[wrapped(0xa1, &wrapped(0x30, &[&base[..], rest].concat()))]);
        assert_eq!((with(&[]), with(&[0x80, 1, 0])), (None, None));
        assert_eq!((with(&[0x80, 1, 1]), with(&[0x80, 0])), (Some(Fault::Minimum), Some(Fault::Minimum)));
        assert_eq!((with(&[0x81, 1, 5]), with(&[0x80, 1, 0, 0x81, 1, 0])), (Some(Fault::Maximum), Some(Fault::Maximum)));
        assert_eq!(with(&[0x80, 1, 0, 0x80, 1, 0]), Some(Fault::Misplaced { tag: 0x80 }));
        assert_eq!((with(&base), with(&[5, 0])), (Some(Fault::Unknown { tag: 0x82 }), Some(Fault::Unknown { tag: 5 })));
        assert_eq!(fault(&[wrapped(0xa1, &wrapped(0x30, &[]))]), Some(Fault::Missing));
    }

    #[test]
    fn purposes_are_identifiers() {
        assert_eq!(purposes(&[0x30, 4, 6, 2, 0x2a, 3]), Ok(vec!["1.2.3".to_owned()]));
        assert_eq!(purposes(&[0x30, 0]), Ok(Vec::new()));
        for value in [&[0x30, 4, 0x86, 2, 0x2a, 3][..], &[0x30, 4, 6, 2, 0x2a, 0x83], &[0x31, 0], &[0x30, 2, 6, 0], &[0x30, 0, 0]] {
            assert!(purposes(value).is_err(), "{value:x?}");
        }
    }
}
