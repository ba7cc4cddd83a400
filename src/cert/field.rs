//! A decoded part of a certificate, as a tree of names and values, and where in the DER it stands.

use super::Time;

/// What the children of a field are to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Children {
    /// What it consists of: its value only sums them up.
    #[default]
    Parts,
    /// How its value is written: the OID behind a word, another notation of a number.
    Notations,
}

/// Name and value are escaped text. `span` says where in the DER it stands, where that is one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub span: Option<Span>,
    /// The time that the value is, so that it can be set against another.
    pub time: Option<Time>,
    pub children: Vec<Field>,
    pub children_are: Children,
}

impl Field {
    pub(super) fn leaf(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), span: None, time: None, children: Vec::new(), children_are: Children::Parts }
    }

    pub(super) fn branch(name: impl Into<String>, value: impl Into<String>, children: Vec<Field>) -> Self {
        Self { children, ..Self::leaf(name, value) }
    }

    /// A value that is also written in other ways.
    pub(super) fn noted(name: impl Into<String>, value: impl Into<String>, notations: Vec<Field>) -> Self {
        Self { children_are: Children::Notations, ..Self::branch(name, value, notations) }
    }

    pub(super) fn moment(name: impl Into<String>, time: Time) -> Self {
        Self { time: Some(time), ..Self::leaf(name, time.to_string()) }
    }

    pub(super) fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }

    /// Where `part` stands in `der`, of which it is a slice; what is empty or elsewhere stands nowhere.
    pub(super) fn within(self, der: &[u8], part: &[u8]) -> Self {
        let span = span_within(der, part);
        if span.start < span.end { self.at(span) } else { self }
    }
}

/// A single child is the value itself; more are counted and shown below.
pub(super) fn listed(noun: &str, children: impl Iterator<Item = Field>) -> (String, Vec<Field>) {
    let children: Vec<Field> = children.collect();
    let value = match children.as_slice() {
        [] => "empty".to_owned(),
        [only] => only.value.clone(),
        [first, rest @ ..] => format!("{} (and {} more {noun}{})", first.value, rest.len(), if rest.len() == 1 { "" } else { "s" }),
    };
    (value, children)
}

/// A part of a certificate's DER: offsets of its first byte and of the byte after its last.
/// 32 bits hold every offset below `MAX_CERTIFICATE`, and a pool of thousands holds many spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// RFC 5280 4.1.1.2, as parts of the DER: the content of the OID, and the parameters with their header (empty where absent).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlgorithmIdentifier {
    pub oid: Span,
    pub parameters: Span,
}

/// Where `part` lies in `whole`; the empty span where it is no part of it.
pub(super) fn span_within(whole: &[u8], part: &[u8]) -> Span {
    let start = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
    let inside = start <= whole.len() && part.len() <= whole.len() - start;
    let offset = |at: usize| u32::try_from(at).ok();
    let span = || Some(Span { start: offset(start)?, end: offset(start + part.len())? });
    inside.then(span).flatten().unwrap_or_default()
}
