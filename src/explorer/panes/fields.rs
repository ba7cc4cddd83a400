//! What a list's row is, and the rows of the fields: all that is known of the focused certificate.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::analysis::{Advice, advice};
use crate::cert::{Field, Fingerprint, LOG, Origin, Time, fields};
use crate::chain::{CertificateId, SignatureState};
use crate::check::Verdict;
use crate::explorer::Explorer;
use crate::explorer::state::List;
use crate::words::{advice_words, connection, dates, relative};

/// One row of a list; the text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub depth: usize,
    /// Names the row across redraws.
    pub key: String,
    pub mark: Option<Verdict>,
    pub name: String,
    /// What stands behind the name where there is room: the type of an ASN.1 element; the dates of a bar, where it cannot be drawn.
    pub kind: String,
    pub value: String,
    pub openable: bool,
    pub open: bool,
    /// Where it stands in the certificate: offset, header and length; for what has no header of its own that is 0.
    pub bytes: Option<(usize, usize, usize)>,
    /// The certificate that a check speaks of.
    pub certificate: Option<CertificateId>,
}

impl Row {
    pub(in crate::explorer) fn new(depth: usize, key: String, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            depth,
            key,
            mark: None,
            name: name.into(),
            kind: String::new(),
            value: value.into(),
            openable: false,
            open: false,
            bytes: None,
            certificate: None,
        }
    }
}

/// What is known of the focused certificate: where it was found, its kin, its connection, every field.
pub(in crate::explorer) fn fields_rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let analysis = explorer.analysis();
    let entry = analysis.pool.entry(explorer.focus);
    let mut rows = Vec::new();
    let mut decoded = fields(&entry.certificate).into_iter().map(|field| in_context(field, explorer));
    // Subject and issuer first: they are what the diagram shows.
    for field in decoded.by_ref().take(2) {
        push(&mut rows, list, 0, field.name.clone(), &field);
    }
    push_group(&mut rows, list, "Siblings", siblings(explorer));
    push_group(&mut rows, list, "Same name, other key", namesakes(explorer));
    for field in decoded {
        push(&mut rows, list, 0, field.name.clone(), &field);
    }
    push_group(&mut rows, list, "Found in", entry.origins.iter().map(|origin| (String::new(), origin.to_string())).collect());
    push_group(&mut rows, list, "Endpoints", explorer.endpoints_of_focus());
    if explorer.focus == explorer.target.target {
        let advice = advice(&explorer.target).unwrap_or_default();
        let words = |advice: &Advice| {
            let (said, remedy) = advice_words(analysis, &explorer.labels, advice);
            (advice.kind.word().to_owned(), format!("{said}; {remedy}"))
        };
        push_group(&mut rows, list, "Server's chain", advice.iter().map(words).collect());
    }
    for handshake in &explorer.opened.connections {
        let label = handshake.label();
        if entry.origins.iter().any(|origin| matches!(origin, Origin::Server { host, .. } | Origin::Client { host, .. } if *host == label))
        {
            let facts = connection(handshake).into_iter().map(|fact| (fact.label.to_owned(), fact.value));
            push_group(&mut rows, list, "Connection", facts.collect());
        }
    }
    rows
}

/// What a field says, set against the judged time and the known logs.
fn in_context(field: Field, explorer: &Explorer) -> Field {
    let (at, logs) = (explorer.analysis().policy.at, explorer.analysis().policy.ct_logs.as_ref());
    let mut field = field;
    if let [Some(from), Some(to)] = [0, 1].map(|place| field.children.get(place).and_then(|child| child.time)) {
        let words = match (at < from, at > to) {
            (true, _) => format!("begins {}", relative(from, at)),
            (_, true) => format!("ended {}", relative(to, at)),
            _ => format!("ends {}", relative(to, at)),
        };
        field.value = format!("{}, {words}", field.value);
    } else if let Some(time) = field.time {
        let own = local(time, &explorer.opened.zone).map_or_else(String::new, |own| format!(", {own} here"));
        field.value = format!("{}{own}, {}", field.value, relative(time, at));
    }
    if field.name == LOG
        && let Some(log) = Fingerprint::parse(&field.value).and_then(|id| logs?.name(&id))
    {
        field.value = format!("{log} ({})", field.value);
    }
    field.children = std::mem::take(&mut field.children).into_iter().map(|child| in_context(child, explorer)).collect();
    field
}

/// `2024-03-13 01:00:00 +01:00`; nothing where the reader's clock shows UTC then, or the time is beyond calendars.
fn local(time: Time, zone: &TimeZone) -> Option<String> {
    let zoned = Timestamp::from_second(time.0).ok()?.to_zoned(zone.clone());
    (zoned.offset().seconds() != 0).then(|| zoned.strftime("%Y-%m-%d %H:%M:%S %:z").to_string())
}

/// The other certificates with the focused one's name and key.
fn siblings(explorer: &Explorer) -> Vec<(String, String)> {
    let analysis = explorer.analysis();
    let certificates = &analysis.graph.entity(analysis.graph.entity_of(explorer.focus)).certificates;
    let others = certificates.iter().filter(|id| **id != explorer.focus);
    others
        .map(|id| {
            let certificate = analysis.pool.certificate(*id);
            let issuer = explorer.labels.issuer(&analysis.pool, &analysis.graph, *id);
            (String::new(), format!("{issuer}, {}", dates(certificate.not_before, certificate.not_after)))
        })
        .collect()
}

/// Candidates for the focused certificate's issuer whose key did not make the signature, or was not tried.
fn namesakes(explorer: &Explorer) -> Vec<(String, String)> {
    let graph = &explorer.analysis().graph;
    let links = graph.links_of(explorer.focus);
    if links.len() < 2 {
        return Vec::new();
    }
    links
        .map(|link| {
            let entity = graph.entity(link.entity);
            let says = match link.signature {
                SignatureState::Good => "signed this certificate".to_owned(),
                SignatureState::Bad => "signature does not verify with this key".to_owned(),
                SignatureState::Unchecked => "signature not checked".to_owned(),
                SignatureState::Unsupported(what) => format!("algorithm not supported: {what}"),
            };
            (entity.name.label(), format!("key {}: {says}", &entity.spki_sha256.short()[..6]))
        })
        .collect()
}

fn push_group(rows: &mut Vec<Row>, list: &List, name: &str, members: Vec<(String, String)>) {
    let value = match members.as_slice() {
        [] => return,
        [(_, only)] => only.clone(),
        [(_, first), rest @ ..] => format!("{first} (and {} more)", rest.len()),
    };
    let mut row = Row::new(0, name.to_owned(), name, value);
    row.openable = members.len() > 1;
    row.open = row.openable && list.is_open(name, false);
    let open = row.open;
    rows.push(row);
    if open {
        rows.extend(members.into_iter().enumerate().map(|(place, (label, value))| Row::new(1, format!("{name}/{place}"), label, value)));
    }
}

fn push(rows: &mut Vec<Row>, list: &List, depth: usize, key: String, field: &Field) {
    let mut row = Row::new(depth, key.clone(), field.name.clone(), field.value.clone());
    row.bytes = field.span.map(|span| (usize::try_from(span.start).unwrap_or(0), 0, usize::try_from(span.end - span.start).unwrap_or(0)));
    row.openable = !field.children.is_empty();
    row.open = row.openable && list.is_open(&key, false);
    let open = row.open;
    rows.push(row);
    if open {
        // Fields of one name are told apart by their number; the key holds for the same field of another certificate.
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for child in &field.children {
            let number = numbers.entry(child.name.as_str()).and_modify(|number| *number += 1).or_default();
            push(rows, list, depth + 1, format!("{key}/{}#{number}", child.name), child);
        }
    }
}

/// In the key of a row that only goes on with the value of the one above it.
pub(in crate::explorer) const CONTINUED: char = '+';

/// The value that a row shows, or a part of: whole.
pub(in crate::explorer) fn whole_value(rows: &[Row], place: usize) -> Option<(String, String)> {
    let goes_on = |row: &Row| row.key.contains(CONTINUED);
    let start = (0..=place).rev().find(|place| rows.get(*place).is_some_and(|row| !goes_on(row)))?;
    let (first, rest) = rows.get(start..)?.split_first()?;
    let parts = rest.iter().take_while(|row| goes_on(row)).map(|row| row.value.as_str());
    Some((first.name.clone(), std::iter::once(first.value.as_str()).chain(parts).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_clock_is_shown_where_it_is_another() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(local(Time(0), &zone).as_deref(), Some("1970-01-01 02:00:00 +02:00"));
        assert_eq!((local(Time(0), &TimeZone::UTC), local(Time(i64::MAX), &zone)), (None, None));
    }
}
