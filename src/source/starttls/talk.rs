//! A talk in the clear with a server that nobody trusts: bounded in bytes and lines, ended by the deadline.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::super::deadline::{Deadline, WaitEnd, is_only_a_wait};
use crate::cert::escape;

/// Bytes of one line. SMTP allows 512 (RFC 5321 4.5.3.1.5), IMAP's capabilities are some hundreds, XMPP's features some thousands.
const MAX_LINE: usize = 8 << 10;
/// Bytes of the whole talk: greetings of a hundred lines and then some.
const MAX_TALK: usize = 64 << 10;
/// Characters of an answer that are shown.
const MAX_SHOWN: usize = 80;

pub(in crate::source) struct Talk<'a> {
    stream: &'a TcpStream,
    deadline: &'a Deadline<'a>,
    /// Read, and not taken yet.
    buffer: Vec<u8>,
    read: usize,
    /// The talk ended because time was up or nobody waits any more.
    pub stopped: Option<WaitEnd>,
}

/// What a server said, in the words of an error.
pub(in crate::source) fn said(what: &str, answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    let shown: String = text.trim_end().chars().take(MAX_SHOWN).collect();
    format!("{what}: the server said \"{}\"", escape(&shown))
}

impl<'a> Talk<'a> {
    pub fn new(stream: &'a TcpStream, deadline: &'a Deadline<'a>) -> Self {
        Self { stream, deadline, buffer: Vec::new(), read: 0, stopped: None }
    }

    pub fn send(&mut self, bytes: &[u8]) -> Result<(), String> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let slice = self.slice()?;
            self.stream.set_write_timeout(Some(slice)).map_err(|error| escape(&error.to_string()))?;
            match (&mut &*self.stream).write(rest) {
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(error) if is_only_a_wait(&error) => {}
                Err(_) => return Err("the server closed the connection".to_owned()),
            }
        }
        Ok(())
    }

    /// A line without its end.
    pub fn line(&mut self) -> Result<Vec<u8>, String> {
        let mut line = self.until(b"\n")?;
        while line.last().is_some_and(|last| matches!(last, b'\n' | b'\r')) {
            line.pop();
        }
        Ok(line)
    }

    /// All up to `end`, and `end`.
    pub fn until(&mut self, end: &[u8]) -> Result<Vec<u8>, String> {
        loop {
            if let Some(place) = self.buffer.windows(end.len()).position(|window| window == end) {
                return Ok(self.buffer.drain(..place + end.len()).collect());
            }
            if self.buffer.len() >= MAX_LINE {
                return Err(format!("the server sent {MAX_LINE} bytes without an end"));
            }
            self.fill()?;
        }
    }

    pub fn exactly(&mut self, count: usize) -> Result<Vec<u8>, String> {
        if count > MAX_LINE {
            return Err(format!("the server announces {count} bytes, more than {MAX_LINE}"));
        }
        while self.buffer.len() < count {
            self.fill()?;
        }
        Ok(self.buffer.drain(..count).collect())
    }

    /// Nothing may have come behind the answer that lets TLS begin: it would be taken for words of the encrypted talk (CVE-2011-0411).
    pub fn finish(&mut self) -> Result<(), String> {
        if self.buffer.is_empty() { Ok(()) } else { Err(said("more in the clear after it agreed to TLS", &self.buffer)) }
    }

    fn fill(&mut self) -> Result<(), String> {
        let mut chunk = [0; 1024];
        loop {
            let slice = self.slice()?;
            self.stream.set_read_timeout(Some(slice)).map_err(|error| escape(&error.to_string()))?;
            match (&mut &*self.stream).read(&mut chunk) {
                Ok(0) => return Err("the server closed the connection".to_owned()),
                Ok(count) => {
                    self.read += count;
                    self.buffer.extend_from_slice(chunk.get(..count).unwrap_or_default());
                    return if self.read > MAX_TALK { Err(format!("the server sent more than {MAX_TALK} bytes")) } else { Ok(()) };
                }
                Err(error) if is_only_a_wait(&error) => {}
                Err(_) => return Err("the server closed the connection".to_owned()),
            }
        }
    }

    fn slice(&mut self) -> Result<std::time::Duration, String> {
        self.deadline.slice().map_err(|stopped| {
            self.stopped = Some(stopped);
            String::new()
        })
    }
}
