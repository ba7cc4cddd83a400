//! What stands here? One element of the DER after another, with its place; BER is read, so that it can be reported.

use x509_parser::asn1_rs::{Class, FromBer, Header, Length};

use super::field::Span;

/// A tag, length and value (X.690 8.1).
#[derive(Debug, Clone, Copy)]
pub(in crate::cert) struct Element<'a> {
    /// Of the header.
    pub offset: usize,
    pub class: Class,
    pub constructed: bool,
    pub tag: u32,
    /// In bytes.
    pub header: usize,
    pub content: &'a [u8],
}

impl<'a> Element<'a> {
    pub fn is(&self, tag: u32) -> bool {
        self.class == Class::Universal && self.tag == tag
    }

    pub fn is_context(&self, tag: u32) -> bool {
        self.class == Class::ContextSpecific && self.tag == tag
    }

    /// All of it, header and content; `der` is what its offset counts in.
    pub fn whole<'d>(&self, der: &'d [u8]) -> &'d [u8] {
        der.get(self.offset..self.offset + self.header + self.content.len()).unwrap_or_default()
    }

    /// Where all of it stands.
    pub fn span(&self) -> Span {
        self.span_behind(0)
    }

    /// Where its content stands.
    pub fn content_span(&self) -> Span {
        self.span_behind(self.header)
    }

    fn span_behind(&self, skipped: usize) -> Span {
        let at = |skipped: usize| u32::try_from(self.offset + skipped).unwrap_or(u32::MAX);
        Span { start: at(skipped), end: at(self.header + self.content.len()) }
    }

    /// The elements that it is made of.
    pub fn children(&self) -> Elements<'a> {
        Elements { rest: self.content, offset: self.offset + self.header }
    }
}

/// The elements in a run of bytes; it ends early where something is no element, and then has a rest.
#[derive(Debug, Clone, Copy)]
pub(in crate::cert) struct Elements<'a> {
    pub rest: &'a [u8],
    /// Of the rest.
    pub offset: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (after, header) = Header::from_ber(self.rest).ok()?;
        let Length::Definite(length) = header.length() else { return None };
        let content = after.get(..length)?;
        let element = Element {
            offset: self.offset,
            class: header.class(),
            constructed: header.is_constructed(),
            tag: header.tag().0,
            header: self.rest.len() - after.len(),
            content,
        };
        self.offset += element.header + length;
        self.rest = &after[length..];
        Some(element)
    }
}
