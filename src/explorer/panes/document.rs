//! The certificate as a JSON document, to be folded, and its PEM.

use super::list::{List, Row};
use crate::explorer::state::Explorer;
use serde_json::Value;

use crate::cert::document;

pub(in crate::explorer) fn rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let certificate = explorer.analysis().pool.certificate(explorer.focus());
    let mut rows = Vec::new();
    push(&mut rows, list, 0, String::new(), "", &document(certificate), true);
    let pem = "pem".to_owned();
    let is_open = list.is_open(&pem, false);
    let mut heading = Row::new(0, pem.clone(), "PEM", format!("{} bytes of DER", certificate.der().len()));
    (heading.openable, heading.open) = (true, is_open);
    rows.push(heading);
    if is_open {
        let text = certificate.pem();
        rows.extend(text.lines().enumerate().map(|(line, text)| Row::new(1, format!("{pem}/{line}"), "", text)));
    }
    rows
}

/// A value behind its name, as JSON writes both; what is deep is closed until it is opened.
fn push(rows: &mut Vec<Row>, list: &List, depth: usize, key: String, name: &str, value: &Value, last: bool) {
    let name = if name.is_empty() { String::new() } else { format!("\"{name}\": ") };
    let comma = if last { "" } else { "," };
    let (open, close, members): (_, _, Vec<(String, &Value)>) = match value {
        Value::Object(object) => ("{", "}", object.iter().map(|(name, value)| (name.clone(), value)).collect()),
        Value::Array(array) => ("[", "]", array.iter().map(|value| (String::new(), value)).collect()),
        plain => {
            rows.push(Row::new(depth, key, "", format!("{name}{plain}{comma}")));
            return;
        }
    };
    let is_open = list.is_open(&key, depth < 2);
    let shown = if is_open { format!("{name}{open}") } else { format!("{name}{open} {} {close}{comma}", members.len()) };
    let mut row = Row::new(depth, key.clone(), "", shown);
    (row.openable, row.open) = (true, is_open);
    rows.push(row);
    if is_open {
        let count = members.len();
        for (place, (name, value)) in members.into_iter().enumerate() {
            push(rows, list, depth + 1, format!("{key}/{place}"), &name, value, place + 1 == count);
        }
        rows.push(Row::new(depth, format!("{key}/end"), "", format!("{close}{comma}")));
    }
}
