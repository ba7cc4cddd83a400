//! What did OpenSSL's `x509 -addtrust` write behind a certificate? (CertAux: uses that are trusted, uses that are rejected, a name.)

use super::ber::{OBJECT_IDENTIFIER, SEQUENCE, element, take};
use crate::cert::{escape, oid_name};

const UTF8_STRING: u8 = 0x0c;
/// `[0]`, constructed: the uses that are rejected.
const REJECTED: u8 = 0xa0;

/// The settings in words, where there are any. They are said, not judged by: `--purpose` and `--distrust` are.
pub(super) fn words(settings: &[u8]) -> Option<String> {
    let (aux, _) = element(settings).filter(|(aux, _)| aux.tag == SEQUENCE)?;
    let mut rest = aux.content;
    let mut said = Vec::new();
    if let Some(trusted) = take(&mut rest, SEQUENCE) {
        said.push(format!("trusted for {}", uses(trusted.content)));
    }
    if let Some(rejected) = take(&mut rest, REJECTED) {
        said.push(format!("rejected for {}", uses(rejected.content)));
    }
    if let Some(alias) = take(&mut rest, UTF8_STRING) {
        said.push(format!("called {}", escape(&String::from_utf8_lossy(alias.content))));
    }
    (!said.is_empty()).then(|| format!("trust settings, not judged by: {}", said.join("; ")))
}

fn uses(mut oids: &[u8]) -> String {
    let mut out = Vec::new();
    while let Some(oid) = take(&mut oids, OBJECT_IDENTIFIER) {
        out.push(oid_name(oid.content));
    }
    if out.is_empty() { "nothing".to_owned() } else { out.join(", ") }
}
