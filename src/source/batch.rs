//! What one input gave: certificates with their origins, what could not be read, and both in numbers.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::found::Found;
use super::held_key::{HeldKey, PublicHalf};
use super::note::{MAX_NOTES, Note, NoteKind};
use super::time_stamp::{MAX_STAMPS, TimeStamp};
use super::tls::Handshake;
use crate::cert::{CertificateRequest, Crl, OcspResponse, Origin};

/// Problems that are listed for one input. A file of nothing but broken blocks would otherwise need more memory than it has
/// bytes; nobody reads a thousand lines of complaints.
pub const MAX_PROBLEMS: usize = 1_000;

/// Bytes of what could not be read that one input keeps for looking at. Certificates have one or two thousand.
const MAX_KEPT: usize = 1 << 22;

/// What one input gave.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// In the order they were read, duplicates kept.
    pub certificates: Vec<Found>,
    /// With the place they were read at, escaped.
    pub crls: Vec<(Crl, String)>,
    pub responses: Vec<(OcspResponse, String)>,
    /// What says when something was signed; at most `MAX_STAMPS`.
    pub stamps: Vec<TimeStamp>,
    /// In the order they were met; at most `MAX_PROBLEMS`, and one more that says where listing stopped.
    pub problems: Vec<Problem>,
    /// What makes other programs refuse or misuse what was read; at most `MAX_NOTES`.
    pub notes: Vec<Note>,
    /// Of private keys that stand in no file with certificates, to be compared with all that is loaded.
    pub keys: Vec<Beside<PublicHalf>>,
    pub requests: Vec<Beside<CertificateRequest>>,
    /// Private keys of the file that is being read.
    pub(super) held: Vec<Beside<HeldKey>>,
    /// What needs a password; a problem of kind `Locked` says so of each.
    pub(super) locked: Vec<Locked>,
    /// What containers hold and nobody has looked into yet.
    pub(super) inside: Vec<Inside>,
    /// Bytes of what could not be read that are kept.
    kept: usize,
    /// Files of a folder that hold no certificate, CRL or OCSP response, and nothing that was meant to be one.
    pub skipped: usize,
    /// How the connection went, where the input is a server.
    pub handshake: Option<Handshake>,
}

/// Something that was not read; the rest of its input was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// Escaped: "chain.pem, block 2", "sent by example.test, position 2".
    pub place: String,
    /// Escaped, with the line or offset where there is one.
    pub reason: String,
    pub kind: ProblemKind,
    /// The DER that could not be read, to be looked at as ASN.1; a batch keeps at most `MAX_KEPT` bytes.
    pub der: Option<Arc<[u8]>>,
}

/// What stands beside certificates, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside<T> {
    /// Escaped: the file, or what else was read.
    pub place: String,
    /// Of its BEGIN, counted from 1; `None` for DER.
    pub line: Option<usize>,
    pub found: T,
}

/// A file within a container, to be read as any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inside {
    pub content: Vec<u8>,
    pub origin: Origin,
    /// Its PEM blocks are told apart by their numbers.
    pub counts_blocks: bool,
    pub otherwise: Otherwise,
}

/// What becomes of a file within a container that holds no certificate, and nothing that was meant to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// It was to hold some: what it is instead is said.
    #[cfg_attr(not(feature = "containers"), expect(dead_code, reason = "no such container is opened"))]
    Append,
    /// This is said.
    #[cfg_attr(not(feature = "containers"), expect(dead_code, reason = "no such container is opened"))]
    Report(Problem),
    /// Nobody asked for it.
    Nothing,
}

/// A PKCS#12 file that the empty password does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locked {
    pub origin: Origin,
    pub der: Vec<u8>,
}

/// Why such a file was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Closed {
    #[cfg_attr(not(feature = "pkcs12"), expect(dead_code, reason = "no password is tried"))]
    WrongPassword,
    Unreadable(String),
}

/// Why something was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// It was meant to be a certificate, or to hold some, and cannot be read, or not whole.
    Broken,
    /// It is something else, and was left alone: a PKCS#7 block without a certificate.
    NotRead,
    /// A private key, which is left out on purpose: nothing is lost that anyone could want to see here.
    PrivateKey,
    /// A password opens it.
    Locked,
    /// A limit stopped the reading; more may be there.
    Limit,
}

impl ProblemKind {
    /// Whether it was something else than a certificate, a CRL or an OCSP response, which nobody asked for.
    pub fn is_something_else(self) -> bool {
        matches!(self, Self::NotRead | Self::PrivateKey)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into(), kind, der: None }
    }

    /// What cannot be read is this.
    pub(super) fn with(self, der: &[u8]) -> Self {
        Self { der: Some(der.into()), ..self }
    }
}

impl Batch {
    /// A batch that holds nothing but a problem.
    pub(super) fn failed(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }

    pub(super) fn report(&mut self, mut problem: Problem) {
        let length = problem.der.as_ref().map_or(0, |der| der.len());
        if length > MAX_KEPT - self.kept {
            problem.der = None;
        } else {
            self.kept += length;
        }
        match self.problems.len() {
            listed if listed < MAX_PROBLEMS => self.problems.push(problem),
            MAX_PROBLEMS => {
                let reason = format!("this and later problems are not listed; {MAX_PROBLEMS} are");
                self.problems.push(Problem::new(ProblemKind::Limit, problem.place, reason));
            }
            _ => {}
        }
    }

    /// Notes beyond the limit say no more than those before.
    pub(super) fn note(&mut self, notes: Vec<Note>) {
        let room = MAX_NOTES.saturating_sub(self.notes.len());
        self.notes.extend(notes.into_iter().take(room));
    }

    pub(super) fn add_stamp(&mut self, stamp: TimeStamp) {
        match self.stamps.len() {
            listed if listed < MAX_STAMPS => self.stamps.push(stamp),
            _ => self.report(Problem::new(
                ProblemKind::Limit,
                stamp.place,
                format!("a time stamp beyond the {MAX_STAMPS} that are looked at"),
            )),
        }
    }

    /// No further problem will be listed.
    pub(super) fn is_full(&self) -> bool {
        self.problems.len() > MAX_PROBLEMS
    }

    pub(super) fn append(&mut self, other: Self) {
        self.certificates.extend(other.certificates);
        self.crls.extend(other.crls);
        self.responses.extend(other.responses);
        other.stamps.into_iter().for_each(|stamp| self.add_stamp(stamp));
        self.locked.extend(other.locked);
        self.inside.extend(other.inside);
        self.keys.extend(other.keys);
        self.requests.extend(other.requests);
        self.held.extend(other.held);
        self.note(other.notes);
        self.skipped += other.skipped;
        other.problems.into_iter().for_each(|problem| self.report(problem));
    }

    /// Of a file that is something else: the keys and requests in it.
    pub(super) fn keep_beside(&mut self, other: Self) {
        self.keys.extend(other.keys);
        self.requests.extend(other.requests);
    }

    /// Neither a certificate nor anything that tells of revocation is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.crls.is_empty() && self.responses.is_empty() && self.inside.is_empty()
    }

    /// Nothing in it is, or was meant to be, a certificate, a CRL or an OCSP response.
    pub(super) fn is_something_else(&self) -> bool {
        self.is_empty() && self.problems.iter().all(|problem| problem.kind.is_something_else())
    }
}

/// Something that was read, or was to be; every text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadInput {
    /// No input was named, so that the first built-in sample stands in.
    NoneNamed,
    /// A built-in sample.
    Sample { name: String, title: String },
    /// An input as it was written; `None`: nothing could be read of it. Its problems have these places in the list of all.
    Named { text: String, given: Option<InputCounts>, problems: Range<usize> },
    /// A store that knows when it was made.
    Store { name: String, version: String, collected: String },
}

/// What one input gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InputCounts {
    pub certificates: usize,
    pub crls: usize,
    pub responses: usize,
    /// Files that are something else.
    pub skipped: usize,
    /// Private keys that stand in no file with certificates, and certificate requests.
    pub keys: usize,
    pub requests: usize,
}

impl InputCounts {
    /// The numbers of a batch.
    pub fn of(batch: &Batch) -> Self {
        let (certificates, crls, responses) = (batch.certificates.len(), batch.crls.len(), batch.responses.len());
        let unread_key = |note: &&Note| matches!(note.kind, NoteKind::KeyEncrypted | NoteKind::KeyNotCompared);
        let keys = batch.keys.len() + if certificates == 0 { batch.notes.iter().filter(unread_key).count() } else { 0 };
        Self { certificates, crls, responses, skipped: batch.skipped, keys, requests: batch.requests.len() }
    }

    /// Neither a certificate nor anything that tells of revocation; no key or request either, whose certificate is told.
    pub fn is_nothing(self) -> bool {
        self.certificates + self.crls + self.responses + self.keys + self.requests == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_listed_up_to_the_limit_and_then_it_says_so() {
        let mut batch = Batch::default();
        for block in 0..MAX_PROBLEMS + 5 {
            batch.report(Problem::new(ProblemKind::Broken, format!("f, block {block}"), "bad"));
        }
        assert_eq!(batch.problems.len(), MAX_PROBLEMS + 1);
        let last = &batch.problems[MAX_PROBLEMS];
        assert_eq!((last.kind, last.place.as_str()), (ProblemKind::Limit, "f, block 1000"));
    }
}
