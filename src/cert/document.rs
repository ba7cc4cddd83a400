//! A certificate as a JSON document: the report's names for what it has names for, then every field.

use serde_json::{Map, Value, json};

use super::{Certificate, Field, Time, fields, hex};

/// All text is escaped. What the report names has its name and its form there; `fields` has the rest, in lower case with underscores.
pub fn document(certificate: &Certificate) -> Value {
    json!({
        "sha256": certificate.sha256.to_string(),
        "subject": certificate.subject.to_string(),
        "issuer": certificate.issuer.to_string(),
        "serial": hex(certificate.bytes(certificate.serial)),
        "not_before": certificate.not_before.map(Time::rfc3339),
        "not_after": certificate.not_after.map(Time::rfc3339),
        "spki_sha256": certificate.spki_sha256.to_string(),
        "fields": object(&fields(certificate)),
    })
}

/// `Not before` as JSON names things: `not_before`.
fn key(name: &str) -> String {
    let joined = |character: char| if character.is_alphanumeric() || character == '.' { character } else { '_' };
    name.to_lowercase().chars().map(joined).collect()
}

/// Fields by their names; of several with one name, a list. One that has parts or notations is an object, and `text` in it what it says
/// as a whole.
fn object(fields: &[Field]) -> Map<String, Value> {
    let mut lists: Map<String, Value> = Map::new();
    for field in fields {
        let value = match field.children.as_slice() {
            [] => field.time.map_or_else(|| Value::String(field.value.clone()), |time| Value::String(time.rfc3339())),
            children => {
                let mut parts = Map::from_iter([("text".to_owned(), Value::String(field.value.clone()))]);
                parts.extend(object(children));
                Value::Object(parts)
            }
        };
        if let Value::Array(list) = lists.entry(key(&field.name)).or_insert_with(|| Value::Array(Vec::new())) {
            list.push(value);
        }
    }
    for value in lists.values_mut() {
        if let Value::Array(list) = value
            && list.len() == 1
        {
            *value = list.pop().unwrap_or_default();
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_forms_are_those_of_the_report() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(vec!["a.test".to_owned(), "b.test".to_owned()]).unwrap();
        params.distinguished_name.push(rcgen::DnType::CommonName, "a");
        let certificate = Certificate::from_der(params.self_signed(&key).unwrap().der()).unwrap();
        let document = document(&certificate);
        assert_eq!(document["serial"], hex(certificate.bytes(certificate.serial)));
        assert_eq!(document["subject"], certificate.subject.to_string());
        let fields = &document["fields"];
        assert_eq!(fields["validity"]["not_before"], document["not_before"]);
        assert_eq!(fields["subject"]["cn"]["text"], "a");
        assert_eq!(fields["subject"]["cn"]["oid"], "commonName (2.5.4.3)");
        assert_eq!(fields["subject_alternative_name"]["dns"], json!(["a.test", "b.test"]));
        assert!(fields["public_key"]["curve"].as_str().unwrap().starts_with("P-256"));
    }
}
