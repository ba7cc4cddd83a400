//! Which transparency logs are known, and what is known of each: what the public list of logs says (its JSON schema, version 3).

use std::collections::BTreeMap;

use super::{Fingerprint, KeyParts, Time};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `Google 'Argon2026h1' log`, escaped.
    pub name: String,
    pub operator: String,
    pub key: KeyParts,
    /// `usable`, `retired` and so on, and since when.
    pub state: &'static str,
    pub since: Option<Time>,
    /// It takes certificates that expire from the first of these times on and before the second.
    pub interval: Option<(Time, Time)>,
}

/// The logs by their id, the SHA-256 of their key (RFC 6962 3.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogList {
    pub logs: BTreeMap<Fingerprint, Log>,
}
