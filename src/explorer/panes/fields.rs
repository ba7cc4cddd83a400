//! The rows of the fields: all that is known of the focused certificate.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::list::{List, Row};
use crate::analysis::{Advice, advice};
use crate::cert::{Field, Fingerprint, LOG, Origin, TIMESTAMP, Time, fields};
use crate::chain::SignatureState;
use crate::explorer::state::Explorer;
use crate::words::{advice_words, connection, dates, reach_words, relative, stamp_words};

/// What is known of the focused certificate: where it was found, its kin, its connection, every field.
pub(super) fn fields_rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let analysis = explorer.analysis();
    let entry = analysis.pool.entry(explorer.focus());
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
    let stamps = analysis.stamps_of(explorer.focus());
    let words = |stamp| (String::new(), stamp_words(analysis, explorer.labels(), stamp));
    push_group(&mut rows, list, "Time stamps", stamps.map(words).collect());
    push_group(&mut rows, list, "Endpoints", explorer.endpoints_of_focus());
    if explorer.focus() == explorer.judgement.target {
        let advice = advice(&explorer.judgement).unwrap_or_default();
        let words = |advice: &Advice| {
            let (said, remedy) = advice_words(analysis, explorer.labels(), advice);
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
    let times = [0, 1].map(|place| field.children.get(place).filter(|child| child.name != TIMESTAMP).and_then(|child| child.time));
    let logged = field.children.first().filter(|child| child.name == TIMESTAMP).or(Some(&field).filter(|field| field.name == TIMESTAMP));
    if let Some(time) = logged.and_then(|timestamp| timestamp.time) {
        field.value = format!("{}, logged {}", field.value, relative(time, at));
    } else if let [Some(from), Some(to)] = times {
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
    let certificates = &analysis.graph.entity(analysis.graph.entity_of(explorer.focus())).certificates;
    let others = certificates.iter().filter(|id| **id != explorer.focus());
    others
        .map(|id| {
            let certificate = analysis.pool.certificate(*id);
            let issuer = explorer.labels().issuer(&analysis.pool, &analysis.graph, *id);
            (String::new(), format!("{issuer}, {}", dates(certificate.not_before, certificate.not_after)))
        })
        .collect()
}

/// Candidates for the focused certificate's issuer whose key did not make the signature, or was not tried.
fn namesakes(explorer: &Explorer) -> Vec<(String, String)> {
    let graph = &explorer.analysis().graph;
    let links = graph.links_of(explorer.focus());
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
            (entity.label(), format!("key {}: {says}", &entity.spki_sha256.short()[..6]))
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

impl Explorer {
    /// The focused certificate's endpoints, once something was fetched.
    fn endpoints_of_focus(&self) -> Vec<(String, String)> {
        if self.analysis().reachability.is_empty() {
            return Vec::new();
        }
        let found = self.analysis().endpoints_at(self.focus());
        found
            .into_iter()
            .map(|(_, endpoint, reach)| (endpoint.kind.label().to_owned(), format!("{}  {}", endpoint.place(), reach_words(&reach))))
            .collect()
    }
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
