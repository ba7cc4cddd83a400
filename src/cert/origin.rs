//! Where a certificate came from.

use std::fmt;

/// One place a certificate was read from; a certificate keeps all of its origins. Names are escaped text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Sent in a TLS handshake with the host, which was asked for this name, at this position (1 is the server's own certificate,
    /// RFC 8446 4.4.2).
    Server { host: String, asked: String, position: usize },
    /// This program's own (`--cert`), for the host, should it ask for one; at this position of the file.
    Client { host: String, path: String, position: usize },
    /// A file, and the number of the PEM block in it, counted from 1; `None` for DER.
    File { path: String, block: Option<usize> },
    /// Standard input, and the number of the PEM block in it, counted from 1; `None` for DER.
    Stdin { block: Option<usize> },
    /// Text pasted into the window, and the number of the PEM block in it.
    Pasted { block: Option<usize> },
    /// A trust store.
    Store { name: String },
    /// Came along with an OCSP response, to say who signed it; `place` is where that came from.
    Ocsp { place: String },
    /// Fetched from where `of`'s authority information access (RFC 5280 4.2.2.1) names its issuer; `of` is a subject.
    Aia { url: String, of: String },
    /// A sample that is built into the program.
    Sample { name: String, file: String, block: usize },
    /// A part of a file that holds others: an alias, the path of a YAML or JSON field, a file within an archive.
    Entry { within: Box<Origin>, entry: String },
}

impl Origin {
    /// The part of it that is called this, in escaped text: `alias root03`.
    pub fn entry(self, entry: impl Into<String>) -> Self {
        Self::Entry { within: Box::new(self), entry: entry.into() }
    }

    /// The file, server or store that an entry is in; of what is no entry, itself.
    pub fn outermost(&self) -> &Self {
        let mut origin = self;
        while let Self::Entry { within, .. } = origin {
            origin = within;
        }
        origin
    }

    /// How many entries it is within.
    pub fn depth(&self) -> usize {
        let (mut origin, mut depth) = (self, 0);
        while let Self::Entry { within, .. } = origin {
            (origin, depth) = (within, depth + 1);
        }
        depth
    }

    /// The origin in the few words that a picture has room for.
    pub fn short(&self) -> String {
        match self {
            Origin::Server { position, .. } => format!("sent {position}"),
            Origin::Client { position, .. } => format!("own {position}"),
            Origin::File { path, .. } => path.rsplit('/').next().unwrap_or(path).to_owned(),
            Origin::Stdin { .. } => "standard input".to_owned(),
            Origin::Pasted { .. } => "pasted".to_owned(),
            Origin::Store { name } => format!("store {name}"),
            Origin::Ocsp { .. } => "OCSP response".to_owned(),
            Origin::Aia { .. } => "AIA".to_owned(),
            Origin::Sample { file, .. } => file.clone(),
            Origin::Entry { within, .. } => within.short(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Server { host, position, .. } => write!(f, "sent by {host}, position {position}"),
            Origin::Client { host, path, position } => write!(f, "{path}, position {position}, the client's for {host}"),
            Origin::File { path, block: Some(block) } => write!(f, "{path}, block {block}"),
            Origin::File { path, block: None } => write!(f, "{path}"),
            Origin::Stdin { block: Some(block) } => write!(f, "standard input, block {block}"),
            Origin::Stdin { block: None } => write!(f, "standard input"),
            Origin::Pasted { block: Some(block) } => write!(f, "pasted, block {block}"),
            Origin::Pasted { block: None } => write!(f, "pasted"),
            Origin::Store { name } => write!(f, "store {name}"),
            Origin::Ocsp { place } => write!(f, "OCSP response, {place}"),
            Origin::Aia { url, of } => write!(f, "AIA of {of}, {url}"),
            Origin::Sample { name, file, block } => write!(f, "sample {name}, {file}, block {block}"),
            Origin::Entry { within, entry } => write!(f, "{within}, {entry}"),
        }
    }
}
