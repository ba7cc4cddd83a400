//! Mailboxes under a constraint: RFC 5321 4.1.2 and, beyond ASCII, RFC 6531 3.3, read whole.

use std::borrow::Cow;

use super::super::Term;
use super::dns::{are_labels, host_within};
use crate::cert::dns_name;

/// A mailbox at a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Mailbox<'a> {
    /// Without quotes: `"a"@x` is `a@x`.
    local: Cow<'a, str>,
    /// Of A-labels, in any case.
    host: Cow<'a, str>,
}

impl<'a> Mailbox<'a> {
    /// An rfc822Name (RFC 5280 4.2.1.6), which is ASCII.
    pub fn read(text: &'a str) -> Result<Self, Term> {
        let (local, host) = split(text, false)?;
        let host = host_of(host)?;
        Ok(Self { local, host: Cow::Borrowed(host) })
    }

    /// An SmtpUTF8Mailbox (RFC 9598 3); a host of U-labels, as RFC 8398 had it, is converted.
    pub fn read_international(text: &'a str) -> Result<Self, Term> {
        let (local, host) = split(text, true)?;
        if host.is_ascii() {
            return Ok(Self { local, host: Cow::Borrowed(host_of(host)?) });
        }
        let host = dns_name(host).ok().filter(|host| are_labels(host));
        Ok(Self { local, host: Cow::Owned(host.ok_or(Term::MailboxForm)?) })
    }

    /// A mailbox, all mailboxes of a host, or (leading dot) of the hosts below a domain. Local parts compare by case (RFC 5280 7.5).
    pub fn is_within(&self, base: &str) -> bool {
        match Mailbox::read(base) {
            Ok(base) => self.local == base.local && self.host.eq_ignore_ascii_case(&base.host),
            Err(_) => host_within(&self.host, base),
        }
    }
}

/// RFC 5280 4.2.1.10: a mailbox, a host, or a domain behind a dot; an empty one is every mailbox. `@host` is none of them: OpenSSL takes it
/// for the host, Go refuses it.
pub(super) fn is_base(text: &str) -> bool {
    text.is_empty() || are_labels(text.strip_prefix('.').unwrap_or(text)) || Mailbox::read(text).is_ok()
}

/// The host behind the `@`. An address in brackets is a host that no constraint can tell from another's.
fn host_of(text: &str) -> Result<&str, Term> {
    match text {
        host if are_labels(host) => Ok(host),
        host if host.starts_with('[') => Err(Term::MailboxHostIsAddress),
        host if host.contains('@') => Err(Term::MailboxTwoAts),
        "" => Err(Term::MailboxIncomplete),
        _ => Err(Term::MailboxForm),
    }
}

/// The local part without quotes, and what stands behind its `@`.
fn split(text: &str, is_international: bool) -> Result<(Cow<'_, str>, &str), Term> {
    let allows = |character: char, ascii: fn(char) -> bool| if character.is_ascii() { ascii(character) } else { is_international };
    let (local, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted_string(quoted, allows).ok_or(Term::MailboxForm)?,
        None => {
            let end = text.find(|character: char| character != '.' && !allows(character, is_atom)).unwrap_or(text.len());
            let (local, rest) = text.split_at(end);
            (Cow::Borrowed(local), rest)
        }
    };
    let host = rest.strip_prefix('@');
    let is_dotted = text.starts_with('"') || local.split('.').all(|atom| !atom.is_empty());
    match host {
        _ if text.is_empty() || text.starts_with('@') || !text.contains('@') => Err(Term::MailboxIncomplete),
        Some(host) if is_dotted => Ok((local, host)),
        _ => Err(Term::MailboxForm),
    }
}

/// RFC 5321 4.1.2 atext, by RFC 5322 3.2.3.
fn is_atom(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
}

/// RFC 5321 4.1.2 QcontentSMTP up to the closing quote, and what follows that.
fn quoted_string(text: &str, allows: impl Fn(char, fn(char) -> bool) -> bool) -> Option<(Cow<'_, str>, &str)> {
    let mut local = String::new();
    let mut characters = text.char_indices();
    while let Some((place, character)) = characters.next() {
        match character {
            '"' => return Some((Cow::Owned(local), &text[place + 1..])),
            '\\' => local.push(characters.next().map(|(_, escaped)| escaped).filter(|escaped| (' '..='~').contains(escaped))?),
            other if allows(other, |other| (' '..='~').contains(&other)) => local.push(other),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(name: &str, base: &str) -> Result<bool, Term> {
        assert!(is_base(base), "{base}");
        Mailbox::read(name).map(|mailbox| mailbox.is_within(base))
    }

    #[test]
    fn a_mailbox_a_host_and_a_domain_are_three_constraints() {
        for (name, base, expected) in [
            ("a@Example.org", "a@example.ORG", true),
            ("A@example.org", "a@example.org", false),
            ("a@example.org", "example.org", true),
            ("a@b.example.org", "example.org", false),
            ("a@b.example.org", ".example.org", true),
            ("a@example.org", ".example.org", false),
            ("\"a\"@example.org", "a@example.org", true),
            ("\"a\\b\"@example.org", "ab@example.org", true),
            ("\"b@evil.test\"@example.org", "example.org", true),
            ("a+b/c@example.org", "", true),
        ] {
            assert_eq!(within(name, base), Ok(expected), "{name} in {base}");
        }
    }

    #[test]
    fn what_is_no_mailbox_is_within_none_and_escapes_none() {
        for (name, term) in [
            ("evil.test", Term::MailboxIncomplete),
            ("@evil.test", Term::MailboxIncomplete),
            ("", Term::MailboxIncomplete),
            ("a@", Term::MailboxIncomplete),
            ("a@b@evil.test", Term::MailboxTwoAts),
            ("a@[192.0.2.1]", Term::MailboxHostIsAddress),
            ("a@ evil.test", Term::MailboxForm),
            ("a @evil.test", Term::MailboxForm),
            (" a@evil.test", Term::MailboxForm),
            ("a@evil.test ", Term::MailboxForm),
            ("a@evil.test.", Term::MailboxForm),
            ("a@.evil.test", Term::MailboxForm),
            ("a@evil..test", Term::MailboxForm),
            ("a@evil.test\0", Term::MailboxForm),
            ("a@evil.test(comment)", Term::MailboxForm),
            ("a(comment)@evil.test", Term::MailboxForm),
            ("A <a@evil.test>", Term::MailboxForm),
            ("<a@evil.test>", Term::MailboxForm),
            ("a..b@evil.test", Term::MailboxForm),
            (".a@evil.test", Term::MailboxForm),
            ("\"a@evil.test", Term::MailboxForm),
            ("\"a\"b@evil.test", Term::MailboxForm),
            ("\"a\n\"@evil.test", Term::MailboxForm),
            ("\u{e4}@evil.test", Term::MailboxForm),
            ("a@b\u{fc}cher.test", Term::MailboxForm),
            ("a%evil.test@good.test,b@evil.test", Term::MailboxTwoAts),
            ("mailto:a@evil.test", Term::MailboxForm),
        ] {
            assert_eq!(within(name, "evil.test").err(), Some(term), "{name:?}");
        }
        for base in
            ["@evil.test", "a@", "a@b@c", ".", "evil.test.", "*.evil.test", " evil.test", "\u{e4}.test", "a@[192.0.2.1]", "mailto:a"]
        {
            assert!(!is_base(base), "{base:?}");
        }
    }

    #[test]
    fn beyond_ascii_only_an_smtp_utf8_mailbox_goes() {
        let within = |name: &str, base: &str| Mailbox::read_international(name).map(|mailbox| mailbox.is_within(base));
        assert_eq!(within("\u{e4}@evil.test", "evil.test"), Ok(true));
        assert_eq!(within("\u{e4}@xn--bcher-kva.test", "XN--BCHER-KVA.test"), Ok(true));
        assert_eq!(within("\u{e4}@a.evil.test", ".evil.test"), Ok(true));
        assert_eq!(within("\u{e4}@good.test", "\u{61}@good.test"), Ok(false));
        assert!(within("\u{e4}@evil.test.", "evil.test").is_err() && within("\u{e4} <x@evil.test>", "evil.test").is_err());
        // Without `idna` such a host is not converted, and fails.
        let converted = within("a@b\u{fc}cher.test", "xn--bcher-kva.test");
        assert_eq!(converted, if cfg!(feature = "idna") { Ok(true) } else { Err(Term::MailboxForm) });
    }
}
