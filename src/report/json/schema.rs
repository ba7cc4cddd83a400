//! The shape of the JSON report: what other tools rely on, in the order it is written.

use serde::Serialize;
use serde_json::{Map, Value};

use super::ids::Id;

/// What stands before the lists of `certificates`, `entities`, `links` and `targets`, in this order. Before `targets`, `unlisted_links`
/// counts those that nobody checked, of certificates on no listed path: they are listed with `--all-findings` alone. It is absent where
/// none is left out.
#[derive(Debug, Serialize)]
pub struct Head {
    pub schema: &'static str,
    pub policy: Policy,
}

/// What stands behind them.
#[derive(Debug, Serialize)]
pub struct Tail {
    /// Absent where nothing was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<Vec<Endpoint>>,
    pub stopped: Vec<Stopped>,
    pub problems: Vec<Problem>,
    /// What makes other programs refuse or misuse a file; no verdict rests on it. Absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    pub connections: Vec<Connection>,
}

#[derive(Debug, Serialize)]
pub struct Policy {
    pub at: String,
    /// The time stamp that it is from; absent where it was given as a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_from: Option<String>,
    /// `null`: what each server was asked by.
    pub host: Option<String>,
    /// `null`: server for what a TLS server sent, else any.
    pub purpose: Option<&'static str>,
    /// The acceptable certificate policies; empty: any.
    pub policies: Vec<String>,
    pub require_policy: bool,
    pub inhibit_mapping: bool,
    pub inhibit_any_policy: bool,
    pub anchor_constraints: bool,
    pub ignore_anchor_dates: bool,
    pub strict: bool,
    /// Certificates on a path.
    pub max_depth: usize,
    /// How many certificates and keys nobody is to trust.
    pub distrusted: usize,
    /// Whether a list of transparency logs was given.
    pub ct_logs: bool,
    /// How many were given, stapled ones included.
    pub crls: usize,
    pub ocsp_responses: usize,
    pub require_revocation: bool,
    pub stores: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Certificate {
    pub id: Id,
    pub sha256: String,
    pub subject: String,
    pub issuer: String,
    pub serial: String,
    /// `None` where the time has no single meaning.
    pub not_before: Option<String>,
    pub not_after: Option<String>,
    pub entity: Id,
    pub origins: Vec<String>,
    /// The worst that is said of it on any listed path; on none, on its own: `fail`, `unknown`, `caution`, `pass`.
    pub verdict: &'static str,
    /// What fails, is unknown or is a caution on every listed path that it is on; on none, what is said of it on its own.
    pub findings: Vec<Finding>,
}

/// By name, in the order that the rule gave them.
pub type Facts = Map<String, Value>;

#[derive(Debug, Serialize)]
pub struct Finding {
    pub rule: &'static str,
    /// The one that is blamed, an issuer for what it may not do. Absent where the finding stands at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Id>,
    pub verdict: &'static str,
    pub facts: Facts,
    pub sentence: String,
    pub citation: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: Id,
    pub label: String,
    pub name: String,
    pub spki_sha256: String,
    pub certificates: Vec<Id>,
}

#[derive(Debug, Serialize)]
pub struct Link {
    pub certificate: Id,
    pub entity: Id,
    pub signature: &'static str,
}

/// A target; behind these stand `listed`, its paths, and `sent`, what its server can do better, absent where no server sent it first.
#[derive(Debug, Serialize)]
pub struct Explained {
    pub certificate: Id,
    pub verdict: &'static str,
    /// Of what it signed; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub time_stamps: Vec<TimeStamp>,
    pub paths: Counts,
}

/// What says when the target signed something.
#[derive(Debug, Serialize)]
pub struct TimeStamp {
    pub time: String,
    /// Where it was found.
    pub place: String,
    /// The SHA-256 of who stamped; `null` where that certificate is missing.
    pub authority: Option<String>,
    /// What it stamps is not there to compare with.
    pub is_alone: bool,
    /// Why it proves nothing; `null` where it is sound.
    pub fault: Option<String>,
    /// The target's verdict at the time, and that of who stamped; `null` where it is not sound.
    pub verdict: Option<&'static str>,
    pub authority_verdict: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct Sent {
    pub kind: &'static str,
    pub certificate: Id,
    /// Counted from 1; `null`: it was not sent.
    pub position: Option<usize>,
    pub said: String,
    pub remedy: String,
    pub citation: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Counts {
    pub count: String,
    pub exact: bool,
    pub other: String,
    pub listed: usize,
}

#[derive(Debug, Serialize)]
pub struct Path<'a> {
    pub certificates: Vec<Id>,
    pub stores: Vec<&'a str>,
    pub end: &'static str,
    pub verdict: &'static str,
    /// The earliest end of its certificates.
    pub not_after: Option<String>,
    /// What fails, is unknown or is a caution and does not stand at its certificate; with `--all-findings` everything.
    pub findings: Vec<Finding>,
}

/// A place that a certificate on some listed path names.
#[derive(Debug, Serialize)]
pub struct Endpoint {
    pub certificate: Id,
    /// `aia`, `ocsp`, `crl`.
    pub kind: &'static str,
    pub url: String,
    /// `reachable`, `unusable` (it answered with something else), `unreachable`, `not-tried`.
    pub state: &'static str,
    /// Why it gave nothing.
    pub why: Option<String>,
    pub ms: Option<u64>,
    pub bytes: Option<usize>,
    /// It was not asked again: what it gave at this time still counts.
    pub kept_since: Option<String>,
    pub paths: Vec<PathAt>,
}

/// A listed path, as the target and its place there, counted from 0.
#[derive(Debug, Serialize)]
pub struct PathAt {
    pub target: Id,
    pub listed: usize,
}

/// A limit that ended a search early, its value, and the certificate where it did.
#[derive(Debug, Serialize)]
pub struct Stopped {
    pub limit: &'static str,
    pub value: usize,
    pub at: Id,
}

#[derive(Debug, Serialize)]
pub struct Problem {
    pub place: String,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct Note {
    pub place: String,
    /// Counted from 1; `null`: of the file as a whole, or of DER.
    pub line: Option<usize>,
    /// How often it was met again behind that line.
    pub others: usize,
    pub kind: &'static str,
    /// Programs that do not accept the file, as measured.
    pub refused_by: Vec<&'static str>,
    /// Programs that skip a block of it without a word.
    pub skipped_by: Vec<&'static str>,
    pub sentence: String,
}

/// What was agreed on with a server; `error` where the handshake did not come to its end.
#[derive(Debug, Serialize)]
pub struct Connection {
    pub host: String,
    pub port: u16,
    pub address: String,
    pub server_name: Option<String>,
    pub version: Option<String>,
    pub cipher_suite: Option<String>,
    pub group: Option<String>,
    /// Through which proxy; `null`: none.
    pub proxy: Option<String>,
    /// The protocol that went over to TLS; `null`: TLS from the start.
    pub starttls: Option<&'static str>,
    pub alpn: Option<String>,
    /// Bytes of the stapled OCSP response.
    pub stapled_ocsp: Option<usize>,
    pub key_proof: KeyProof,
    /// `offered`, `not-offered`, `not-seen`.
    pub resumption: &'static str,
    pub client_request: Option<ClientRequest>,
    pub timestamps: Timestamps,
    /// Why it was asked again with an old hello, whose answer was read and not carried on.
    pub asked_again: Option<String>,
    pub error: Option<String>,
}

/// Whether the server proved to hold its certificate's key: `given`, `wrong`, `not-judged`, `not-seen`.
#[derive(Debug, Serialize)]
pub struct KeyProof {
    pub state: &'static str,
    pub scheme: Option<String>,
    pub reason: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct ClientRequest {
    /// Names of the issuers it takes; where there are none, it does not say.
    pub authorities: Vec<String>,
    pub unreadable: usize,
    /// A certificate was sent.
    pub answered: bool,
}

/// How many signed timestamps came in each place, or `absent`, `not-asked`, `unreadable`.
#[derive(Debug, Serialize)]
pub struct Timestamps {
    pub embedded: CountOrWord,
    pub ocsp: CountOrWord,
    pub handshake: CountOrWord,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum CountOrWord {
    Count(usize),
    Word(&'static str),
}
