//! Protocols of lines: SMTP and LMTP, IMAP, POP3, FTP, NNTP, ManageSieve.

use super::talk::{Talk, said};

/// Lines of one answer; servers greet with a dozen.
const MAX_LINES: usize = 100;
/// Who says hello: a name that no server has (RFC 6761 6.4).
const OWN_NAME: &str = "crossroots.invalid";

/// RFC 3207.
pub(super) fn smtp(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    mail(talk, "EHLO")
}

/// RFC 2033 with RFC 3207.
pub(super) fn lmtp(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    mail(talk, "LHLO")
}

fn mail(talk: &mut Talk<'_>, hello: &str) -> Result<(), String> {
    reply(talk, "no greeting", "220")?;
    talk.send(format!("{hello} {OWN_NAME}\r\n").as_bytes())?;
    let offers = reply(talk, &format!("{hello} was refused"), "250")?;
    if !offers.iter().any(|line| line.get(4..).is_some_and(|offer| offer.eq_ignore_ascii_case(b"STARTTLS"))) {
        return Err("the server does not offer STARTTLS".to_owned());
    }
    talk.send(b"STARTTLS\r\n")?;
    reply(talk, "STARTTLS was refused", "220").map(drop)
}

/// RFC 4217 4.
pub(super) fn ftp(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    reply(talk, "no greeting", "220")?;
    talk.send(b"AUTH TLS\r\n")?;
    reply(talk, "AUTH TLS was refused", "234").map(drop)
}

/// RFC 4642 2.2.
pub(super) fn nntp(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    let greeting = talk.line()?;
    if !greeting.starts_with(b"200") && !greeting.starts_with(b"201") {
        return Err(said("no greeting", &greeting));
    }
    talk.send(b"STARTTLS\r\n")?;
    let answer = talk.line()?;
    if answer.starts_with(b"382") { Ok(()) } else { Err(said("STARTTLS was refused", &answer)) }
}

/// RFC 9051 6.2.1.
pub(super) fn imap(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    let greeting = talk.line()?;
    if !greeting.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"* OK")) {
        return Err(said("no greeting", &greeting));
    }
    talk.send(b"a1 STARTTLS\r\n")?;
    for _ in 0..MAX_LINES {
        let line = talk.line()?;
        if let Some(answer) = line.strip_prefix(b"a1 ") {
            let agreed = answer.get(..2).is_some_and(|word| word.eq_ignore_ascii_case(b"OK"));
            return if agreed { Ok(()) } else { Err(said("STARTTLS was refused", &line)) };
        }
        if !line.starts_with(b"* ") {
            return Err(said("no answer to STARTTLS", &line));
        }
    }
    Err(format!("the server answered {MAX_LINES} lines without an end"))
}

/// RFC 2595 4.
pub(super) fn pop3(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    let greeting = talk.line()?;
    if !greeting.starts_with(b"+OK") {
        return Err(said("no greeting", &greeting));
    }
    talk.send(b"STLS\r\n")?;
    let answer = talk.line()?;
    if answer.starts_with(b"+OK") { Ok(()) } else { Err(said("STLS was refused", &answer)) }
}

/// RFC 5804 1.7, 2.2.
pub(super) fn sieve(talk: &mut Talk<'_>, _: &str) -> Result<(), String> {
    let is_ok = |line: &[u8]| line.get(..2).is_some_and(|word| word.eq_ignore_ascii_case(b"OK"));
    let mut offered = false;
    for count in 0.. {
        let line = talk.line()?;
        if is_ok(&line) {
            break;
        }
        offered |= line.to_ascii_uppercase().starts_with(b"\"STARTTLS\"");
        if count == MAX_LINES || !line.starts_with(b"\"") {
            return Err(said("no greeting", &line));
        }
    }
    if !offered {
        return Err("the server does not offer STARTTLS".to_owned());
    }
    talk.send(b"STARTTLS\r\n")?;
    let answer = talk.line()?;
    if is_ok(&answer) { Ok(()) } else { Err(said("STARTTLS was refused", &answer)) }
}

/// The lines of an answer, the last of which has a blank behind its code (RFC 5321 4.2.1, RFC 959 4.2).
fn reply(talk: &mut Talk<'_>, otherwise: &str, wanted: &str) -> Result<Vec<Vec<u8>>, String> {
    let mut lines = Vec::new();
    while lines.len() < MAX_LINES {
        let line = talk.line()?;
        // FTP's lines in between need no code.
        let is_last = line.starts_with(wanted.as_bytes()) && line.get(3) != Some(&b'-');
        let has_code = line.get(..3).is_some_and(|code| code.iter().all(u8::is_ascii_digit));
        if has_code && !line.starts_with(wanted.as_bytes()) || !has_code && lines.is_empty() {
            return Err(said(otherwise, &line));
        }
        lines.push(line);
        if is_last {
            return Ok(lines);
        }
    }
    Err(format!("the server answered {MAX_LINES} lines without an end"))
}
