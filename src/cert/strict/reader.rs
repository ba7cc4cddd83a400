//! What stands here? One element of the DER after another, with its place; BER is read, so that it can be reported.

use x509_parser::asn1_rs::{Class, FromBer, Header, Length};

/// A tag, length and value (X.690 8.1).
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
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

    /// The elements that it is made of.
    pub fn children(&self) -> Elements<'a> {
        Elements { rest: self.content, offset: self.offset + self.header }
    }
}

/// The elements in a run of bytes; it ends early where something is no element, and then has a rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elements<'a> {
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
