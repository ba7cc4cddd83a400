//! Elements of BER (X.690 8), as PKCS#7 from Windows and Java uses it: lengths may be indefinite.

/// Elements of indefinite length inside one another; real containers have eight.
const MAX_DEPTH: usize = 32;

pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED_OCTET_STRING: u8 = OCTET_STRING | CONSTRUCTED;
/// `[0]`, constructed.
const CONTEXT_0: u8 = 0xa0;
const CONSTRUCTED: u8 = 0x20;
const END_OF_CONTENTS: [u8; 2] = [0, 0];

/// One element: its identifier octet, its contents, and all of it with header and, where the length is indefinite, its end mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

/// The element that `bytes` begins with, and what stands behind it. `None` where none does, or it is cut short.
pub(super) fn element(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    within(bytes, MAX_DEPTH)
}

fn within(bytes: &[u8], depth: usize) -> Option<(Element<'_>, &[u8])> {
    let [tag, first, rest @ ..] = bytes else { return None };
    // Identifiers of several octets are in none of these formats.
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (length, octets) = match first {
        0..=0x7f => (usize::from(*first), 0),
        0x80 if tag & CONSTRUCTED != 0 => return indefinite(bytes, depth.checked_sub(1)?),
        0x81..=0x84 => {
            let octets = usize::from(first & 0x7f);
            let length = rest.get(..octets)?.iter().fold(0_usize, |length, octet| length << 8 | usize::from(*octet));
            (length, octets)
        }
        _ => return None,
    };
    let start = 2 + octets;
    let end = start.checked_add(length)?;
    Some((Element { tag: *tag, content: bytes.get(start..end)?, whole: bytes.get(..end)? }, bytes.get(end..)?))
}

/// X.690 8.1.3.6: elements up to an end mark.
fn indefinite(bytes: &[u8], depth: usize) -> Option<(Element<'_>, &[u8])> {
    let mut rest = bytes.get(2..)?;
    while !rest.starts_with(&END_OF_CONTENTS) {
        rest = within(rest, depth)?.1;
    }
    let end = bytes.len() - rest.len();
    let element = Element { tag: *bytes.first()?, content: bytes.get(2..end)?, whole: bytes.get(..end + 2)? };
    Some((element, rest.get(2..)?))
}

/// Takes an element of that tag from the front of `rest`; leaves `rest` as it is where another stands there.
pub(super) fn take<'a>(rest: &mut &'a [u8], tag: u8) -> Option<Element<'a>> {
    let (found, behind) = element(rest).filter(|(found, _)| found.tag == tag)?;
    *rest = behind;
    Some(found)
}

/// The element that `bytes` are, in DER as far as lengths go: definite ones, and strings in one piece. What an OCTET STRING holds
/// is rewritten too where it has an indefinite length itself. `None` where something is no element.
pub(super) fn to_der(bytes: &[u8]) -> Option<Vec<u8>> {
    rewritten(bytes, MAX_DEPTH)
}

fn rewritten(bytes: &[u8], depth: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    rewrite(element(bytes)?.0, &[], depth, &mut out)?;
    Some(out)
}

/// `before` are the tags that stand before the element in its parent.
fn rewrite(found: Element<'_>, before: &[u8], depth: usize, out: &mut Vec<u8>) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    // RFC 5652 6.1: after its type and its algorithm an encrypted content is an OCTET STRING by another tag.
    let is_encrypted_content = found.tag == CONTEXT_0 && before == [OBJECT_IDENTIFIER, SEQUENCE];
    let tag = match found.tag {
        CONSTRUCTED_OCTET_STRING => OCTET_STRING,
        CONTEXT_0 if is_encrypted_content => CONTEXT_0 & !CONSTRUCTED,
        tag => tag,
    };
    let content = if tag != found.tag {
        let (mut joined, mut rest) = (Vec::new(), found.content);
        while !rest.is_empty() {
            joined.extend_from_slice(take(&mut rest, OCTET_STRING)?.content);
        }
        joined
    } else if tag & CONSTRUCTED == 0 {
        found.content.to_vec()
    } else {
        let (mut children, mut rest, mut tags) = (Vec::new(), found.content, Vec::new());
        while !rest.is_empty() {
            let (child, behind) = element(rest)?;
            rewrite(child, &tags, depth, &mut children)?;
            tags.push(child.tag);
            rest = behind;
        }
        children
    };
    let is_nested = tag == OCTET_STRING && content.starts_with(&[SEQUENCE, 0x80]);
    let content = if is_nested { rewritten(&content, depth)? } else { content };
    out.push(tag);
    length(content.len(), out);
    out.extend(content);
    Some(())
}

/// X.690 10.1: in as few octets as will do.
fn length(length: usize, out: &mut Vec<u8>) {
    let octets = length.to_be_bytes();
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let octets = octets.get(octets.iter().take_while(|octet| **octet == 0).count()..).unwrap_or_default();
            out.push(0x80 | u8::try_from(octets.len()).unwrap_or(0x7f));
            out.extend_from_slice(octets);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn definite_and_indefinite_lengths_are_read() {
        let definite = [0x30, 3, 2, 1, 5, 9];
        let (found, rest) = element(&definite).unwrap();
        assert_eq!((found.tag, found.content, found.whole, rest), (0x30, &[2, 1, 5][..], &definite[..5], &[9][..]));
        let indefinite = [0x30, 0x80, 0xa0, 0x80, 2, 1, 5, 0, 0, 0, 0, 9];
        let (found, rest) = element(&indefinite).unwrap();
        assert_eq!((found.content, found.whole.len(), rest), (&indefinite[2..9], 11, &[9][..]));
    }

    #[test]
    fn lengths_become_definite_and_strings_whole() {
        let pieces = [0x24, 0x80, 4, 1, 1, 4, 2, 2, 3, 0, 0];
        assert_eq!(to_der(&pieces), Some(vec![4, 3, 1, 2, 3]));
        let encrypted = [&[0x30, 0x80, 6, 1, 42, 0x30, 0, 0xa0, 0x80, 4, 1, 7, 4, 1, 8, 0, 0, 0, 0][..]].concat();
        assert_eq!(to_der(&encrypted), Some(vec![0x30, 9, 6, 1, 42, 0x30, 0, 0x80, 2, 7, 8]));
        let nested = [4, 7, 0x30, 0x80, 2, 1, 5, 0, 0];
        assert_eq!(to_der(&nested), Some(vec![4, 5, 0x30, 3, 2, 1, 5]));
        let long = [&[0x30, 0x80, 4, 0x82, 1, 0][..], &[9; 256], &[0, 0]].concat();
        assert_eq!(to_der(&long), Some([&[0x30, 0x82, 1, 4, 4, 0x82, 1, 0][..], &[9; 256]].concat()));
    }

    #[test]
    fn what_is_cut_short_or_too_deep_is_none() {
        assert!(element(&[0x30, 3, 2, 1]).is_none() && element(&[0x30, 0x80, 2, 1, 5]).is_none() && element(&[0x30, 0x85]).is_none());
        let deep = [[0x30, 0x80].repeat(MAX_DEPTH + 1), [0, 0].repeat(MAX_DEPTH + 1)].concat();
        let nested = (0..8_000).fold(vec![5, 0], |inside: Vec<u8>, _| {
            let length = u16::try_from(inside.len()).unwrap_or(u16::MAX).to_be_bytes();
            [&[0x30, 0x80, 4, 0x82][..], &length, &inside, &[0, 0]].concat()
        });
        assert_eq!(to_der(&nested), None);
        assert!(element(&deep).is_none() && element(&deep[2..deep.len() - 2]).is_some());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some((found, rest)) = element(&bytes) {
                prop_assert_eq!(found.whole.len() + rest.len(), bytes.len());
                let _ = to_der(&bytes);
            }
        }
    }
}
