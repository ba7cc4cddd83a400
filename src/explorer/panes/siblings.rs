//! Two certificates side by side: what differs first, what is equal folded, and what that teaches.

use super::list::{List, Row};
use crate::cert::{Certificate, Children, Field, fields};
use crate::chain::CertificateId;
use crate::check::Verdict;
use crate::explorer::state::Explorer;

pub(in crate::explorer) fn rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let analysis = explorer.analysis();
    let Some(other) = explorer.other() else {
        let words = "No other certificate has this name and key. v marks one to compare with, d compares.";
        return vec![Row::text("alone", "", words)];
    };
    let name = |id: CertificateId| explorer.labels().certificate(&analysis.pool, &analysis.graph, id);
    let (one, two) = (analysis.pool.certificate(explorer.focus()), analysis.pool.certificate(other));
    let mut rows = vec![Row::text("lesson", "", lesson(one, two))];
    rows.push(Row::new(0, "one".to_owned(), "A", name(explorer.focus())));
    rows.push(Row::new(0, "two".to_owned(), "B", name(other)));
    let (equal, mut different): (Vec<_>, Vec<_>) =
        pairs(&leaves(one), &leaves(two)).into_iter().partition(|(_, ours, theirs)| ours == theirs);
    // No two certificates have these in common: they tell nothing.
    different.sort_by_key(|(field, ..)| ALWAYS_OTHER.iter().any(|name| field.starts_with(name)));
    for (field, ours, theirs) in different {
        let mut row = Row::new(0, format!("differs/{field}"), field.clone(), "differs");
        row.mark = Some(Verdict::Caution);
        rows.push(row);
        for (side, value) in [("A", ours), ("B", theirs)] {
            rows.push(Row::new(1, format!("differs/{field}/{side}"), side, value.unwrap_or_else(|| "–".to_owned())));
        }
    }
    let key = "equal".to_owned();
    let is_open = list.is_open(&key, false);
    let mut row = Row::new(0, key.clone(), "Equal", format!("{} fields are the same in both", equal.len()));
    (row.openable, row.open) = (true, is_open);
    rows.push(row);
    if is_open {
        rows.extend(equal.into_iter().map(|(field, value, _)| Row::new(1, format!("{key}/{field}"), field, value.unwrap_or_default())));
    }
    rows
}

/// What it means that these two are as they are.
fn lesson(one: &Certificate, two: &Certificate) -> &'static str {
    match (one.subject == two.subject, one.spki_sha256 == two.spki_sha256) {
        (true, true) if one.issuer != two.issuer => {
            "Same name, same key, other issuer: cross-signs. Whatever one of them signed, both verify; a client takes the one that leads to a root it trusts."
        }
        (true, true) => "Same name, same key, same issuer: the certificate was issued again. Whatever one of them signed, both verify.",
        (true, false) => "Same name, other key: not the same CA. Only the signature tells whose issue a certificate is.",
        (false, true) => "Same key, other name: what one signed names the other as no issuer of it, though the signature would verify.",
        (false, false) => "Other name, other key: two certificates that have nothing to do with one another.",
    }
}

/// What differs because anything does.
const ALWAYS_OTHER: [&str; 3] = ["Signature, ", "Fingerprints, ", "Key identifiers, "];

/// Fields that say in another way what others say already; whether an extension is critical stands in front of what it says, too.
const NOTATIONS: [&str; 4] = ["RFC 4514", "OID", "Critical", "Raw value"];

/// Every value with the way to it: `Validity, Not after`.
fn leaves(certificate: &Certificate) -> Vec<(String, String)> {
    fn walk(fields: &[Field], before: &str, out: &mut Vec<(String, String)>) {
        for field in fields {
            let name = if before.is_empty() { field.name.clone() } else { format!("{before}, {}", field.name) };
            if NOTATIONS.contains(&field.name.as_str()) {
                continue;
            }
            let is_value = field.children.iter().all(|child| NOTATIONS.contains(&child.name.as_str()));
            if is_value || field.children_are == Children::Notations {
                out.push((name, field.value.clone()));
            } else {
                walk(&field.children, &name, out);
            }
        }
    }
    let mut out = Vec::new();
    walk(&fields(certificate), "", &mut out);
    out
}

/// The fields of both in the order of the first, those of the second alone at the end; of several with one name, in their order.
fn pairs(ours: &[(String, String)], theirs: &[(String, String)]) -> Vec<(String, Option<String>, Option<String>)> {
    let mut left: Vec<Option<&(String, String)>> = theirs.iter().map(Some).collect();
    let mut out = Vec::new();
    for (name, value) in ours {
        let same = left.iter_mut().find(|other| other.is_some_and(|(known, _)| known == name)).and_then(Option::take);
        out.push((name.clone(), Some(value.clone()), same.map(|(_, value)| value.clone())));
    }
    out.extend(left.into_iter().flatten().map(|(name, value)| (name.clone(), None, Some(value.clone()))));
    out
}
