//! What of a file makes other programs refuse or misuse it: notes with their line, which no verdict rests on.

/// Notes that are kept of one input; one that is met again is counted, so that a file has at most a few dozen.
pub const MAX_NOTES: usize = 1_000;

/// Something about an input that is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Note {
    /// Escaped: the file, or what else was read.
    pub place: String,
    /// Of the first time that it was met, counted from 1.
    pub line: Option<usize>,
    /// How often it was met again.
    pub others: usize,
    pub kind: NoteKind,
}

/// What there is to say of a file; names are escaped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// RFC 7468 3 has PEM in ASCII.
    Encoding(TextEncoding),
    /// Lines are ended by CR alone.
    CarriageReturns,
    /// An END and the next BEGIN.
    MarkersOnOneLine,
    /// A BEGIN or an END is not written as RFC 7468 2 has it, though its meaning is plain.
    Marker {
        is_begin: bool,
        flaw: MarkerFlaw,
    },
    /// A BEGIN without an END, whose certificate is whole.
    EndMissing {
        label: String,
    },
    /// A BEGIN, and the END of another label.
    EndOfAnotherLabel {
        begin: String,
        end: String,
    },
    /// Behind a BEGIN, where its line must end.
    TextBehindMarker,
    IndentedMarker,
    /// `\n` is written out where a line ends.
    LiteralLineEnds,
    BlankLine,
    /// RFC 7468 2: exactly 64 characters, and readers may take others.
    LongLine {
        columns: usize,
    },
    /// The block holds a certificate.
    InventedLabel {
        label: String,
    },
    /// The certificate that the file is about stands at this position among its certificates; it has the key, or is the only one of no CA.
    OwnNotFirst {
        own: String,
        position: usize,
        has_key: bool,
    },
    /// It issued none that stands before it (RFC 5246 7.4.2 asks for that order, RFC 8446 4.4.2 recommends it).
    OutOfOrder {
        subject: String,
    },
    /// The same certificate stands at this position before.
    Repeated {
        subject: String,
        earlier: usize,
    },
    /// It is not above the certificate that the file is about.
    NotInChain {
        subject: String,
    },
    /// Self-issued, in a file for a server.
    RootIncluded {
        subject: String,
    },
    /// Of the private key in the file: no certificate that was loaded beside it has its public key.
    KeyOfNone,
    /// A certificate has the key, but another stands first, which servers take.
    KeyOfAnother {
        subject: String,
        position: usize,
    },
    /// A key in a file of its own, and the certificates that have it, the first few.
    KeyOf {
        subjects: Vec<String>,
    },
    /// PKCS#12: its certificates lie in the clear; only a password tells whether someone changed them.
    IntegrityNotChecked,
    /// PKCS#12 that this password opened, which tools give by default.
    DefaultPassword {
        password: &'static str,
    },
    KeyEncrypted,
    /// Its kind is not known here, or it cannot be read.
    KeyNotCompared,
    Request(Box<RequestedCertificate>),
}

/// How a text is encoded that is not plain ASCII or UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextEncoding {
    Utf8WithMark,
    Utf16,
}

/// What is wrong with a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkerFlaw {
    /// En dashes, em dashes and their like.
    Dashes,
    /// More or fewer than five.
    DashCount,
    LowerCase,
    /// A space that is none of ASCII, or one at the wrong place.
    Space,
}

/// A request for a certificate (RFC 2986), as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestedCertificate {
    pub subject: String,
    /// With their forms: `DNS a.test`.
    pub names: Vec<String>,
    pub key: String,
    /// By its own key; `None`: the algorithm is not supported.
    pub is_signed: Option<bool>,
    /// The certificates that have its key.
    pub certificates: Vec<String>,
}

/// A program that reads such files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Program {
    OpenSsl,
    Nginx,
    HaProxy,
    Keytool,
}

/// What a program does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It refuses the file, or does not find what it has to.
    Refuses,
    /// It passes over the block without a word.
    PassesOver,
}

use Effect::{PassesOver, Refuses};
use Program::{HaProxy, Keytool, Nginx, OpenSsl};

const ALL_REFUSE: &[(Program, Effect)] = &[(OpenSsl, Refuses), (Nginx, Refuses), (HaProxy, Refuses), (Keytool, Refuses)];
const OPENSSL_REFUSES: &[(Program, Effect)] = &[(OpenSsl, Refuses), (Nginx, Refuses), (HaProxy, Refuses)];
const OPENSSL_PASSES_OVER: &[(Program, Effect)] = &[(OpenSsl, PassesOver), (Nginx, PassesOver), (HaProxy, PassesOver)];
const PASSED_OVER_AND_REFUSED: &[(Program, Effect)] =
    &[(OpenSsl, PassesOver), (Nginx, PassesOver), (HaProxy, PassesOver), (Keytool, Refuses)];

impl NoteKind {
    /// What programs do with such a file: measured with OpenSSL 3.0.19 (its library's PEM reader, which certificate stores and chains go
    /// through), nginx 1.22.1, HAProxy 2.6.12 and the keytool of OpenJDK 17.
    pub fn effects(&self) -> &'static [(Program, Effect)] {
        match self {
            Self::Encoding(TextEncoding::Utf8WithMark) => &[(Keytool, Refuses)],
            Self::Encoding(TextEncoding::Utf16) | Self::MarkersOnOneLine => ALL_REFUSE,
            Self::EndMissing { .. } | Self::EndOfAnotherLabel { .. } => ALL_REFUSE,
            Self::CarriageReturns | Self::BlankLine => OPENSSL_REFUSES,
            Self::Marker { is_begin: true, .. } | Self::TextBehindMarker | Self::LiteralLineEnds | Self::IndentedMarker => {
                PASSED_OVER_AND_REFUSED
            }
            Self::Marker { flaw: MarkerFlaw::Dashes | MarkerFlaw::DashCount, .. } => ALL_REFUSE,
            // The block behind it is lost.
            Self::Marker { .. } => PASSED_OVER_AND_REFUSED,
            Self::InventedLabel { .. } => OPENSSL_PASSES_OVER,
            Self::KeyOfNone | Self::KeyOfAnother { .. } => &[(Nginx, Refuses), (HaProxy, Refuses)],
            Self::OwnNotFirst { has_key: true, .. } => &[(Nginx, Refuses), (HaProxy, Refuses)],
            Self::LongLine { .. } | Self::OwnNotFirst { .. } | Self::OutOfOrder { .. } | Self::Repeated { .. } => &[],
            Self::NotInChain { .. } | Self::RootIncluded { .. } | Self::KeyOf { .. } | Self::KeyEncrypted => &[],
            Self::KeyNotCompared | Self::Request(_) | Self::IntegrityNotChecked | Self::DefaultPassword { .. } => &[],
        }
    }

    /// As the JSON report has it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Encoding(TextEncoding::Utf8WithMark) => "utf-8-byte-order-mark",
            Self::Encoding(TextEncoding::Utf16) => "utf-16",
            Self::CarriageReturns => "carriage-returns",
            Self::MarkersOnOneLine => "markers-on-one-line",
            Self::Marker { flaw: MarkerFlaw::Dashes, .. } => "marker-dashes",
            Self::Marker { flaw: MarkerFlaw::DashCount, .. } => "marker-dash-count",
            Self::Marker { flaw: MarkerFlaw::LowerCase, .. } => "marker-lower-case",
            Self::Marker { flaw: MarkerFlaw::Space, .. } => "marker-space",
            Self::EndMissing { .. } => "end-missing",
            Self::EndOfAnotherLabel { .. } => "end-of-another-label",
            Self::TextBehindMarker => "text-behind-marker",
            Self::IndentedMarker => "indented-marker",
            Self::LiteralLineEnds => "literal-line-ends",
            Self::BlankLine => "blank-line",
            Self::LongLine { .. } => "long-line",
            Self::InventedLabel { .. } => "invented-label",
            Self::OwnNotFirst { .. } => "own-not-first",
            Self::OutOfOrder { .. } => "out-of-order",
            Self::Repeated { .. } => "repeated",
            Self::NotInChain { .. } => "not-in-chain",
            Self::RootIncluded { .. } => "root-included",
            Self::KeyOfNone => "key-of-none",
            Self::KeyOfAnother { .. } => "key-of-another",
            Self::KeyOf { .. } => "key-of",
            Self::IntegrityNotChecked => "integrity-not-checked",
            Self::DefaultPassword { .. } => "default-password",
            Self::KeyEncrypted => "key-encrypted",
            Self::KeyNotCompared => "key-not-compared",
            Self::Request(_) => "request",
        }
    }
}

impl Program {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            OpenSsl => "OpenSSL",
            Nginx => "nginx",
            HaProxy => "HAProxy",
            Keytool => "Java's keytool",
        }
    }
}

/// The notes of one place; what is met again is counted.
#[derive(Debug)]
pub(super) struct Noted {
    place: String,
    pub notes: Vec<Note>,
}

impl Noted {
    pub fn at(place: String) -> Self {
        Self { place, notes: Vec::new() }
    }

    pub fn add(&mut self, line: Option<usize>, kind: NoteKind) {
        let is_like = |known: &NoteKind| match (known, &kind) {
            (NoteKind::LongLine { .. }, NoteKind::LongLine { .. }) => true,
            (NoteKind::NotInChain { .. }, NoteKind::NotInChain { .. }) => true,
            _ => *known == kind,
        };
        let has_room = self.notes.len() < MAX_NOTES;
        match self.notes.iter_mut().find(|note| is_like(&note.kind)) {
            Some(note) => note.others += 1,
            None if has_room => self.notes.push(Note { place: self.place.clone(), line, others: 0, kind }),
            None => {}
        }
    }
}
