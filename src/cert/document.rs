//! A certificate as a JSON document: the report's names for what it has names for, then every field.

use serde_json::{Map, Value, json};

use super::{Certificate, Field, fields, hex_colons};

/// All text is escaped.
pub fn document(certificate: &Certificate) -> Value {
    json!({
        "sha256": certificate.sha256.to_string(),
        "subject": certificate.subject.rfc4514(),
        "issuer": certificate.issuer.rfc4514(),
        "serial": hex_colons(certificate.bytes(certificate.serial)),
        "not_before": certificate.not_before.rfc3339(),
        "not_after": certificate.not_after.rfc3339(),
        "fields": object(&fields(certificate)),
    })
}

/// Fields by their names; of several with one name, a list.
fn object(fields: &[Field]) -> Value {
    let mut out: Map<String, Value> = Map::new();
    for field in fields {
        let value = match field.children.as_slice() {
            [] => Value::String(field.value.clone()),
            children if children.iter().all(|child| child.name.is_empty()) => {
                children.iter().map(|child| Value::String(child.value.clone())).collect()
            }
            children => object(children),
        };
        match out.get_mut(&field.name) {
            Some(Value::Array(list)) => list.push(value),
            Some(known) => *known = Value::Array(vec![known.take(), value]),
            None => drop(out.insert(field.name.clone(), value)),
        }
    }
    Value::Object(out)
}
