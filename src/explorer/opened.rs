//! What loading brought: the input of the explorer.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::analysis::Analysis;
use crate::cert::Time;
use crate::diagram::Charset;
use crate::source::{Allowed, Handshake, Note, Problem};

/// Everything that was loaded, and how it is to be looked at.
#[derive(Debug, Clone)]
pub struct Opened {
    pub title: String,
    pub analysis: Arc<Analysis>,
    /// The present, as of the start: what tells whether the judged time is simulated.
    pub now: Time,
    /// Where the reader's clock is.
    pub zone: TimeZone,
    /// How the connections to servers went.
    pub connections: Vec<Handshake>,
    /// What was not loaded.
    pub problems: Vec<Problem>,
    /// What makes other programs refuse or misuse a file.
    pub notes: Vec<Note>,
    /// What of that has bytes to look at.
    pub unread: Vec<Unread>,
    /// The day on which a root program's list was collected, by the store's name.
    pub collected: BTreeMap<String, &'static str>,
    /// What a sample is about.
    pub about: Option<About>,
    pub charset: Charset,
    pub online: Online,
}

/// What was meant to be a certificate, a CRL or an OCSP response and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it was and why it could not be read, escaped.
    pub place: String,
    pub der: Arc<[u8]>,
}

/// A sample's title, and what to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub title: String,
    pub lesson: String,
}

/// Whether and where things may be fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Online {
    /// What the target's paths name is fetched right after the first frame.
    pub at_start: bool,
    pub allowed: Allowed,
}

/// What is opened besides what is open already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// Nothing: the same is read anew.
    Nothing,
    /// As on the command line: a file, a folder, a server.
    Named(String),
    /// Text that holds certificates.
    Pasted(String),
}
