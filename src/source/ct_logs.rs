//! Which transparency logs does a file list? The public JSON list of logs, schema version 3.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use serde::Deserialize;

use super::whole_file::{FileError, read_whole};
use crate::cert::{Fingerprint, KeyParts, Log, LogList, Time, escape};

/// Largest list that is read, in bytes; the public one with all retired logs is about 200 KB.
pub const MAX_LOG_LIST: u64 = 16 << 20;

/// Why a file is no list of transparency logs; its path is escaped.
#[derive(Debug, thiserror::Error)]
pub enum LogListError {
    #[error("{path}: {source}")]
    Read { path: String, source: FileError },
    #[error("{path}: not a list of transparency logs (JSON, schema version 3): {reason}")]
    Malformed { path: String, reason: String },
    #[error("{path}: log {log}: {reason}")]
    Log { path: String, log: String, reason: &'static str },
    #[error("{path}: no log in it")]
    Empty { path: String },
}

/// Fields that are not read here may be anything.
#[derive(Deserialize)]
struct LogListFile {
    operators: Vec<Operator>,
}

#[derive(Deserialize)]
struct Operator {
    name: String,
    #[serde(default)]
    logs: Vec<LogEntry>,
    #[serde(default)]
    tiled_logs: Vec<LogEntry>,
}

#[derive(Deserialize)]
struct LogEntry {
    #[serde(default)]
    description: String,
    log_id: String,
    key: String,
    /// One state by its name.
    #[serde(default)]
    state: BTreeMap<String, State>,
    temporal_interval: Option<Interval>,
}

#[derive(Deserialize)]
struct State {
    timestamp: String,
}

#[derive(Deserialize)]
struct Interval {
    start_inclusive: String,
    end_exclusive: String,
}

/// The states of the schema.
const STATES: [&str; 6] = ["pending", "qualified", "usable", "readonly", "retired", "rejected"];

/// Reads a list of logs. What is wrong with one log is an error of the whole: who gives a list relies on all of it.
pub fn read_log_list(path: &Path) -> Result<LogList, LogListError> {
    let shown = escape(&path.to_string_lossy());
    let text = read_whole(path, MAX_LOG_LIST).map_err(|source| LogListError::Read { path: shown.clone(), source })?;
    parse_log_list(&text, &shown)
}

/// The same of a list's text; `path` is what errors call it, escaped.
pub(super) fn parse_log_list(text: &[u8], path: &str) -> Result<LogList, LogListError> {
    let list: LogListFile = serde_json::from_slice(text)
        .map_err(|error| LogListError::Malformed { path: path.to_owned(), reason: escape(&error.to_string()) })?;
    let mut logs = BTreeMap::new();
    for operator in list.operators {
        for entry in operator.logs.iter().chain(&operator.tiled_logs) {
            let wrong = |reason| LogListError::Log { path: path.to_owned(), log: escape(&entry.description), reason };
            let (id, log) = read(entry, &operator.name).map_err(wrong)?;
            logs.insert(id, log);
        }
    }
    if logs.is_empty() { Err(LogListError::Empty { path: path.to_owned() }) } else { Ok(LogList { logs }) }
}

fn read(entry: &LogEntry, operator: &str) -> Result<(Fingerprint, Log), &'static str> {
    let decode = |text: &str| base64::engine::general_purpose::STANDARD.decode(text);
    let spki = decode(&entry.key).map_err(|_| "its key is not base64")?;
    let id = Fingerprint::of(&spki);
    // RFC 6962 3.2: the id is the hash of the key.
    if decode(&entry.log_id).map_err(|_| "its id is not base64")? != id.0 {
        return Err("its id is not the SHA-256 of its key");
    }
    let key = KeyParts::from_der(&spki).ok_or("its key cannot be read")?;
    let time = |text: &str| Time::parse(text, Time(0)).map_err(|_| "a time that cannot be read");
    let state = STATES.iter().find_map(|state| entry.state.get_key_value(*state).map(|(_, since)| (*state, since)));
    let interval = entry.temporal_interval.as_ref();
    let log = Log {
        name: escape(&entry.description),
        operator: escape(operator),
        key,
        state: state.map_or("unknown", |(state, _)| state),
        since: state.map(|(_, since)| time(&since.timestamp)).transpose()?,
        interval: interval
            .map(|interval| Ok::<_, &'static str>((time(&interval.start_inclusive)?, time(&interval.end_exclusive)?)))
            .transpose()?,
    };
    Ok((id, log))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEquD0JkRQT/2inuaA4HC1sc6UpfiXgURVQmQcInmnZFnTiZMhZvsJgWAfYlU0OIykOC6slQzr7U9kvEVC9wZ6zQ==";
    const ID: &str = "lE5Dh/rswe+B8xkkJqgYZQHH0184AgE/cmd9VTcuGdg=";

    fn list(id: &str, key: &str, state: &str) -> String {
        format!(
            r#"{{"version":"1","operators":[{{"name":"O","email":[],"logs":[],"tiled_logs":[{{"description":"L","log_id":"{id}","key":"{key}","state":{state}}}]}}]}}"#
        )
    }

    fn said(text: &str) -> String {
        parse_log_list(text.as_bytes(), "list").map(|list| list.logs.len().to_string()).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn a_list_is_read_and_what_is_wrong_is_said() {
        let good = list(ID, KEY, r#"{"usable":{"timestamp":"2024-11-08T00:00:00Z"}}"#);
        let read = parse_log_list(good.as_bytes(), "list").unwrap();
        let log = read.logs.values().next().unwrap();
        assert_eq!((log.name.as_str(), log.operator.as_str(), log.state, log.interval), ("L", "O", "usable", None));
        assert_eq!(log.since.map(Time::date).as_deref(), Some("2024-11-08"));
        assert_eq!(said(&list(KEY, KEY, "{}")), "list: log L: its id is not the SHA-256 of its key");
        assert_eq!(said(&list(ID, "?", "{}")), "list: log L: its key is not base64");
        assert_eq!(said(&list(ID, KEY, r#"{"usable":{"timestamp":"soon"}}"#)), "list: log L: a time that cannot be read");
        assert_eq!(said(r#"{"operators":[]}"#), "list: no log in it");
        assert!(said("[]").starts_with("list: not a list of transparency logs"));
        assert!(matches!(read_log_list(Path::new("/absent")), Err(LogListError::Read { .. })));
    }
}
