//! A name as its form has it, held against the base of a subtree of that form.

use super::super::Term;
use super::mailbox::{self, Mailbox};
use super::within::{WildcardReach, Within};
use super::{address, dns, uri};
use crate::cert::{GeneralName, Name};

/// A name as constraints of its form see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) enum Constrained<'a> {
    Dns(&'a str),
    Mailbox(Mailbox<'a>),
    /// The host of the URI's authority.
    Uri(&'a str),
    Directory(&'a Name),
    Address(&'a [u8]),
    /// Names of this form are not compared here.
    Other,
}

impl<'a> Constrained<'a> {
    /// Reads the name as its form has it; the term says why it is none.
    pub fn of(name: &'a GeneralName) -> Result<Self, Term> {
        match name {
            GeneralName::Dns(text) => dns::name(text).map(Constrained::Dns),
            GeneralName::Email(text) => Mailbox::read(text).map(Constrained::Mailbox),
            GeneralName::Uri(text) => uri::host(text).map(Constrained::Uri),
            GeneralName::Directory(name) => Ok(Constrained::Directory(name)),
            GeneralName::Address(bytes) => address::name(bytes).map(Constrained::Address),
            GeneralName::Malformed { .. } => Err(Term::NameUnreadable),
            GeneralName::Other { .. } | GeneralName::RegisteredId(_) | GeneralName::X400 | GeneralName::EdiParty => Ok(Constrained::Other),
        }
    }

    /// Reads an SmtpUTF8Mailbox (RFC 9598 3), which constraints on mailboxes bind as well (6); `None` for other names.
    pub fn of_smtp_utf8_mailbox(name: &'a GeneralName) -> Option<Result<Self, Term>> {
        let text = name.smtp_utf8_mailbox()?;
        Some(text.map_err(|_| Term::NameUnreadable).and_then(Mailbox::read_international).map(Constrained::Mailbox))
    }

    /// Whether it is within a base that `fault` finds no fault with; `No` where that is of another form.
    pub fn within(&self, base: &GeneralName, reach: WildcardReach) -> Within {
        match (self, base) {
            (Constrained::Dns(name), GeneralName::Dns(base)) => dns::within(name, base, reach),
            (Constrained::Mailbox(mailbox), GeneralName::Email(base)) => mailbox.is_within(base).into(),
            (Constrained::Uri(host), GeneralName::Uri(base)) => dns::host_within(host, base).into(),
            (Constrained::Directory(name), GeneralName::Directory(base)) => name.is_within(base).into(),
            (Constrained::Address(name), GeneralName::Address(base)) => address::is_within(name, base, reach).into(),
            _ => Within::No,
        }
    }
}

/// Why a base is none that RFC 5280 4.2.1.10 allows: then the CA's constraints cannot be processed.
pub(in crate::check) fn fault(base: &GeneralName) -> Option<Term> {
    match base {
        GeneralName::Dns(text) => (!dns::is_base(text)).then_some(Term::DnsConstraint),
        GeneralName::Email(text) => (!mailbox::is_base(text)).then_some(Term::MailboxConstraint),
        GeneralName::Uri(text) => (!uri::is_base(text)).then_some(Term::UriConstraint),
        GeneralName::Address(bytes) => address::fault(bytes),
        GeneralName::Malformed { .. } => Some(Term::ConstraintUnreadable),
        _ => None,
    }
}
