//! A decoded part of a certificate, as a tree of names and values.

use super::Span;

/// Name and value are escaped text. `span` says where in the DER it stands, where that is one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub span: Option<Span>,
    pub children: Vec<Field>,
}

impl Field {
    pub(super) fn leaf(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), span: None, children: Vec::new() }
    }

    pub(super) fn branch(name: impl Into<String>, value: impl Into<String>, children: Vec<Field>) -> Self {
        Self { children, ..Self::leaf(name, value) }
    }

    pub(super) fn at(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }
}
