//! The shape of the JSON report: what other tools rely on, in the order it is written.

use serde::Serialize;

use super::facts::Facts;

#[derive(Debug, Serialize)]
pub struct Report {
    pub schema: &'static str,
    pub policy: Policy,
    pub certificates: Vec<Certificate>,
    pub entities: Vec<Entity>,
    pub links: Vec<Link>,
    pub targets: Vec<Explained>,
    pub stopped: Vec<Stopped>,
    pub problems: Vec<Problem>,
    pub connections: Vec<Connection>,
}

#[derive(Debug, Serialize)]
pub struct Policy {
    pub at: String,
    /// No rule looks at a host yet.
    pub host: Option<String>,
    /// No rule looks at a purpose yet.
    pub purpose: Option<String>,
    pub stores: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Certificate {
    pub id: String,
    pub sha256: String,
    pub subject: String,
    pub issuer: String,
    pub serial: String,
    pub not_before: String,
    pub not_after: String,
    pub entity: String,
    pub origins: Vec<String>,
    pub findings: Vec<OwnFinding>,
}

#[derive(Debug, Serialize)]
pub struct OwnFinding {
    pub rule: &'static str,
    pub verdict: &'static str,
    pub facts: Facts,
}

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: String,
    pub label: String,
    pub name: String,
    pub spki_sha256: String,
    pub certificates: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Link {
    pub certificate: String,
    pub entity: String,
    pub signature: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Explained {
    pub certificate: String,
    pub verdict: &'static str,
    pub paths: Counts,
    pub listed: Vec<Path>,
}

#[derive(Debug, Serialize)]
pub struct Counts {
    pub count: String,
    pub exact: bool,
    pub other: String,
    pub listed: usize,
}

#[derive(Debug, Serialize)]
pub struct Path {
    pub certificates: Vec<String>,
    pub stores: Vec<String>,
    pub end: &'static str,
    pub verdict: &'static str,
    pub findings: Vec<PathFinding>,
}

#[derive(Debug, Serialize)]
pub struct PathFinding {
    pub rule: &'static str,
    pub certificate: String,
    pub verdict: &'static str,
    pub facts: Facts,
}

/// A limit that ended a search early, its value, and the certificate where it did.
#[derive(Debug, Serialize)]
pub struct Stopped {
    pub limit: &'static str,
    pub value: usize,
    pub at: String,
}

#[derive(Debug, Serialize)]
pub struct Problem {
    pub place: String,
    pub reason: String,
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
    pub alpn: Option<String>,
    /// Bytes of the stapled OCSP response.
    pub stapled_ocsp: Option<usize>,
    pub error: Option<String>,
}
