//! Which certificates does a Java key store hold? JKS, and JCEKS, which is the same with other magic (JDK's JavaKeyStore.java).
//!
//! Certificates in it are not encrypted. The password only signs the whole, so that a change is noticed; it is not asked for.

use super::batch::{Batch, Problem, ProblemKind};
use super::found::{Found, Role};
use crate::cert::{Certificate, Origin, escape};

const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
const PRIVATE_KEY: u32 = 1;
const TRUSTED_CERTIFICATE: u32 = 2;
/// Of JCEKS: a serialized Java object, whose length only Java knows.
const SECRET_KEY: u32 = 3;

pub(super) fn is_key_store(bytes: &[u8]) -> bool {
    bytes.starts_with(&JKS) || bytes.starts_with(&JCEKS)
}

/// Reads every certificate; an entry's alias stands in its origin.
pub(super) fn read(bytes: &[u8], from: &Origin, batch: &mut Batch) {
    let mut reader = Reader { rest: bytes };
    if let Err(reason) = entries(&mut reader, from, batch) {
        let offset = bytes.len() - reader.rest.len();
        batch.report(Problem::new(ProblemKind::Broken, format!("{from}, byte {offset}"), format!("Java key store: {reason}")));
    }
}

fn entries(reader: &mut Reader<'_>, from: &Origin, batch: &mut Batch) -> Result<(), String> {
    reader.bytes(JKS.len())?;
    let version = reader.number()?;
    if !matches!(version, 1 | 2) {
        return Err(format!("version {version}, where 1 or 2 was expected"));
    }
    let (count, mut keys) = (reader.number()?, 0);
    for _ in 0..count {
        let tag = reader.number()?;
        let alias = escape(&String::from_utf8_lossy(reader.text()?));
        let entry = from.clone().entry(format!("alias {alias}"));
        // When the entry was made.
        reader.bytes(8)?;
        match tag {
            PRIVATE_KEY => {
                keys += 1;
                reader.counted()?;
                let length = reader.number()?;
                for place in 1..=length {
                    let role = if place == 1 { Role::Own } else { Role::Chain };
                    let within = if length == 1 { entry.clone() } else { entry.clone().entry(format!("certificate {place}")) };
                    certificate(reader, version, within, role, batch)?;
                }
            }
            TRUSTED_CERTIFICATE => certificate(reader, version, entry, Role::Trusted, batch)?,
            SECRET_KEY => return Err(format!("entry {alias} is a secret key; it and what follows is not read")),
            other => return Err(format!("entry {alias} has tag {other}, where 1, 2 or 3 was expected")),
        }
    }
    if keys > 0 {
        batch.report(Problem::new(ProblemKind::PrivateKey, from.to_string(), format!("private keys, not read: {keys}")));
    }
    Ok(())
}

fn certificate(reader: &mut Reader<'_>, version: u32, from: Origin, role: Role, batch: &mut Batch) -> Result<(), String> {
    // Version 1 knew only X.509, and did not say so.
    let kind = if version == 1 { "X.509".to_owned() } else { escape(&String::from_utf8_lossy(reader.text()?)) };
    let der = reader.counted()?;
    if kind != "X.509" {
        batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), format!("a certificate of type {kind}, not read")));
        return Ok(());
    }
    match Certificate::from_der(der) {
        Ok(certificate) => batch.certificates.push(Found::new(certificate, from, role)),
        Err(error) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), error.to_string()).with(der)),
    }
    Ok(())
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], String> {
        let taken = self.rest.split_at_checked(count);
        let (taken, rest) = taken.ok_or_else(|| format!("cut short: {count} bytes expected, {} are there", self.rest.len()))?;
        self.rest = rest;
        Ok(taken)
    }

    /// Four bytes, the highest first.
    fn number(&mut self) -> Result<u32, String> {
        Ok(self.bytes(4)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }

    fn counted(&mut self) -> Result<&'a [u8], String> {
        let count = self.number()?;
        self.bytes(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// Two bytes of length, then Java's UTF-8.
    fn text(&mut self) -> Result<&'a [u8], String> {
        let count = self.bytes(2)?.iter().fold(0, |count, byte| count << 8 | usize::from(*byte));
        self.bytes(count)
    }
}
