//! Extensions that the parser does not know, in words; of what nobody knows, the elements that it is made of.

use x509_parser::asn1_rs::{Any, FromDer as _};

use super::super::field::{self, Field};
use super::super::oid::describe;
use super::super::oid::dotted;
use super::super::reader::{self, Element, GENERALIZED_TIME};
use super::super::{Asn1, asn1, hex, hex_colons};
use super::decimal::decimal;

/// Values of elements that a headline names.
const HEADLINE: usize = 4;

/// The headline of an extension by its OID, and its parts; `None` where the value is not what the OID promises, or the OID not known.
pub(super) fn decode(oid: &str, raw: &[u8]) -> Option<(String, Vec<Field>)> {
    match oid {
        "2.5.29.16" => usage_period(raw),
        "1.3.6.1.5.5.7.1.24" => features(raw),
        "1.3.6.1.5.5.7.48.1.5" => {
            is_null(raw).then(|| plain("this signer of OCSP responses is not itself asked about (RFC 6960 4.2.2.2.1)"))
        }
        "1.3.6.1.4.1.11129.2.4.3" => is_null(raw).then(|| plain("a precertificate: for logs only, not to be used (RFC 6962 3.1)")),
        "1.3.6.1.5.5.7.1.3" => listed("statement", raw, statement),
        "1.3.6.1.4.1.311.21.10" => listed("policy", raw, |element| Some(named_oid("Policy", Any::from_der(element.data).ok()?.1.data))),
        "1.3.6.1.4.1.311.20.2" => asn1(raw).first().map(|one| plain(&one.value)),
        "1.3.6.1.4.1.311.21.1" => ca_version(raw),
        "1.3.6.1.4.1.311.21.2" => Some(plain(&hex_colons(Any::from_der(raw).ok()?.1.data))),
        "1.3.6.1.4.1.311.21.7" => template(raw),
        _ => None,
    }
}

fn plain(value: &str) -> (String, Vec<Field>) {
    (value.to_owned(), Vec::new())
}

fn is_null(raw: &[u8]) -> bool {
    raw == [5, 0]
}

fn named_oid(name: &str, content: &[u8]) -> Field {
    Field::leaf(name, describe(&dotted(content)))
}

/// RFC 3280 4.2.1.4.
fn usage_period(raw: &[u8]) -> Option<(String, Vec<Field>)> {
    let mut rest = Any::from_der(raw).ok()?.1.data;
    let mut children = Vec::new();
    while !rest.is_empty() {
        let (behind, part) = Any::from_der(rest).ok()?;
        let name = if part.tag().0 == 0 { "Not before" } else { "Not after" };
        let whole = Element { tag: GENERALIZED_TIME, content: part.data, whole: part.data };
        children.push(Field::moment(name, reader::time(whole)?));
        rest = behind;
    }
    let words: Vec<String> = children.iter().map(|child| format!("{} {}", child.name.to_lowercase(), child.value)).collect();
    Some((words.join(", "), children))
}

/// RFC 7633 4.1: numbers of TLS extensions.
fn features(raw: &[u8]) -> Option<(String, Vec<Field>)> {
    listed("feature", raw, |element| {
        let number = decimal(element.data);
        let words = match number.as_str() {
            "5" => "must staple: status_request (5)".to_owned(),
            "17" => "must staple for each: status_request_v2 (17)".to_owned(),
            _ => format!("TLS extension {number}"),
        };
        Some(Field::leaf("Feature", words))
    })
}

/// RFC 3739 3.2.6: an OID, and what belongs to it.
fn statement(element: &Any<'_>) -> Option<Field> {
    let (rest, oid) = Any::from_der(element.data).ok()?;
    let name = describe(&dotted(oid.data));
    if rest.is_empty() {
        return Some(Field::leaf("Statement", name));
    }
    let (value, children) = outline(rest);
    Some(Field::branch("Statement", format!("{name}: {value}"), children))
}

/// The number of the CA's certificate in the lower 16 bits, of its key in the upper.
fn ca_version(raw: &[u8]) -> Option<(String, Vec<Field>)> {
    let number: u32 = decimal(Any::from_der(raw).ok()?.1.data).parse().ok()?;
    let (certificate, key) = (number & 0xffff, number >> 16);
    Some(plain(&format!("certificate {certificate} with key {key} of this CA")))
}

fn template(raw: &[u8]) -> Option<(String, Vec<Field>)> {
    let (mut rest, oid) = Any::from_der(Any::from_der(raw).ok()?.1.data).ok()?;
    let mut children = vec![named_oid("Template", oid.data)];
    for name in ["Major version", "Minor version"] {
        if rest.is_empty() {
            break;
        }
        let (behind, number) = Any::from_der(rest).ok()?;
        children.push(Field::leaf(name, decimal(number.data)));
        rest = behind;
    }
    Some((children.first()?.value.clone(), children))
}

/// A SEQUENCE of things of one kind.
fn listed(noun: &str, raw: &[u8], field: impl Fn(&Any<'_>) -> Option<Field>) -> Option<(String, Vec<Field>)> {
    let mut rest = Any::from_der(raw).ok()?.1.data;
    let mut children = Vec::new();
    while !rest.is_empty() {
        let (behind, element) = Any::from_der(rest).ok()?;
        children.push(field(&element)?);
        rest = behind;
    }
    Some(field::listed(noun, children.into_iter()))
}

/// Any DER by its elements: the headline names their first values.
pub(in crate::cert) fn outline(raw: &[u8]) -> (String, Vec<Field>) {
    let elements = asn1(raw);
    let values: Vec<&str> = elements.iter().filter(|one| !one.holds && !one.value.is_empty()).map(|one| one.value.as_str()).collect();
    let rest = values.len().saturating_sub(HEADLINE);
    let more = if rest > 0 { format!(" (and {rest} more)") } else { String::new() };
    let headline = values.iter().take(HEADLINE).copied().collect::<Vec<_>>().join(", ");
    let headline = if headline.is_empty() { hex(raw) } else { format!("{headline}{more}") };
    (headline, nested(&mut elements.into_iter().peekable(), 0))
}

fn nested(elements: &mut std::iter::Peekable<impl Iterator<Item = Asn1>>, depth: usize) -> Vec<Field> {
    let mut out = Vec::new();
    while let Some(element) = elements.next_if(|element| element.depth == depth) {
        let children = nested(elements, depth + 1);
        let value = if element.value.is_empty() && element.holds { format!("{} bytes", element.length) } else { element.value };
        out.push(Field::branch(element.name, value, children));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_extensions_are_said_in_words() {
        let words = |oid, raw: &[u8]| decode(oid, raw).map(|(words, _)| words);
        assert_eq!(words("1.3.6.1.5.5.7.1.24", &[0x30, 3, 2, 1, 5]).as_deref(), Some("must staple: status_request (5)"));
        assert_eq!(words("1.3.6.1.4.1.311.21.1", &[2, 3, 1, 0, 2]).as_deref(), Some("certificate 2 with key 1 of this CA"));
        assert_eq!(words("1.3.6.1.4.1.311.20.2", &[0x1e, 4, 0, b'C', 0, b'A']).as_deref(), Some("CA"));
        let period = [&[0x30, 17, 0x81, 15][..], b"20260101000000Z"].concat();
        assert_eq!(words("2.5.29.16", &period).as_deref(), Some("not after 2026-01-01 00:00:00Z"));
        let template = [0x30, 12, 6, 4, 0x2b, 6, 1, 4, 2, 1, 100, 2, 1, 9];
        assert_eq!(decode("1.3.6.1.4.1.311.21.7", &template).unwrap().1.len(), 3);
        assert!(words("1.3.6.1.5.5.7.48.1.5", &[5, 0]).is_some() && words("1.3.6.1.5.5.7.48.1.5", &[5, 1, 0]).is_none());
    }

    #[test]
    fn what_is_not_known_is_taken_apart() {
        let raw = [0x30, 8, 2, 1, 7, 0x30, 3, 0x0c, 1, b'x'];
        let (headline, children) = outline(&raw);
        assert_eq!(headline, "7, x");
        assert_eq!((children.len(), children[0].children.len(), children[0].children[1].children[0].value.as_str()), (1, 2, "x"));
        assert_eq!(outline(&[0xff]).0, "cut short in its identifier: ff");
        assert_eq!(outline(&[]).0, "");
    }
}
