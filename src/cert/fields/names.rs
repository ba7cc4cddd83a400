//! A distinguished name for reading: whole as RFC 4514 writes it, then each attribute with its OID and string type.

use x509_parser::x509::X509Name;

use super::super::asn1::universal;
use super::super::field::Field;
use super::super::name::attribute;
use super::super::oid::describe;
use super::super::{Name, hex};

/// `parsed` is the name where it stands in `der`.
pub(super) fn field(title: &str, name: &Name, parsed: Option<&X509Name<'_>>, der: &[u8]) -> Field {
    let mut children = Vec::new();
    if !name.is_empty() {
        children.push(Field::leaf("RFC 4514", name.rfc4514()));
    }
    let attributes = parsed.into_iter().flat_map(X509Name::iter_attributes);
    children.extend(attributes.map(|found| {
        let (kind, value) = (attribute(found), found.attr_value());
        let notations = vec![
            Field::leaf("OID", describe(&found.attr_type().to_id_string())),
            Field::leaf("String type", universal(value.tag().0)),
            Field::leaf("Raw value", hex(value.data)).within(der, value.data),
        ];
        Field::noted(kind.kind, kind.value, notations).within(der, value.data)
    }));
    let whole = parsed.map(X509Name::as_raw).unwrap_or_default();
    Field::branch(title, name.to_string(), children).within(der, whole)
}
