//! Did a known log sign this timestamp? Asked once for a certificate and its issuer, whatever the judged time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::cert::{Certificate, Fingerprint, Log, LogList, SignedTimestamp, Time};
use crate::signature::{Answer, Claim, Key, verify};

/// The known logs, and what was found out with their keys.
#[derive(Debug, Default)]
pub struct Logs {
    list: LogList,
    checked: Mutex<KnownTimestamps>,
    signatures: AtomicUsize,
}

/// By the certificate's SHA-256 and that of its issuer's key; one answer for each embedded timestamp.
type KnownTimestamps = HashMap<(Fingerprint, Fingerprint), Arc<[Held]>>;

impl PartialEq for Logs {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Logs {}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// The log signed it.
    Good,
    Bad,
    UnknownLog,
    Unsupported,
    NotChecked,
}

/// A timestamp, and what it counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedTimestamp {
    pub at: Time,
    /// SHA-256 of the log's key.
    pub log: Fingerprint,
    /// What the list of logs has of it.
    pub known: Option<LogWords>,
    pub standing: TimestampStanding,
}

/// Escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogWords {
    pub name: String,
    pub operator: String,
    pub state: &'static str,
}

/// What a timestamp counts for, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampStanding {
    Verified,
    BadSignature,
    /// It was made after the judged time.
    Later,
    /// The log takes certificates that expire at other times.
    OutsideInterval,
    /// The log is rejected, or was retired by then.
    LogNotTrusted,
    /// The signature's algorithm or form.
    Unsupported,
    UnknownLog,
    IssuerKeyUnknown,
    NoLogList,
    /// The signatures of timestamps that a judgement may check were used up.
    LimitReached,
}

impl Logs {
    /// With nothing checked yet.
    pub fn new(list: LogList) -> Self {
        Self { list, ..Self::default() }
    }

    /// How many signatures were checked, so that a test can show that none is checked twice.
    pub fn checked(&self) -> usize {
        self.signatures.load(Ordering::Relaxed)
    }

    /// What the list calls the log with this id, escaped.
    pub fn name(&self, id: &Fingerprint) -> Option<&str> {
        self.log(id).map(|log| log.name.as_str())
    }

    pub(super) fn log(&self, id: &Fingerprint) -> Option<&Log> {
        self.list.logs.get(id)
    }

    /// What each of `timestamps`, those embedded in `certificate`, is worth where `issuer` has its issuer's key.
    /// `may_check` is asked for so many signatures, remembered or not: what one judgement may check shall not depend on what others did.
    /// Where it refuses, nothing is checked, and it is asked again another time.
    pub(super) fn check(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        timestamps: &[SignedTimestamp],
        may_check: impl FnOnce(usize) -> bool,
    ) -> Arc<[Held]> {
        let is_known = |timestamp: &&SignedTimestamp| self.log(&timestamp.log).is_some();
        if !may_check(timestamps.iter().filter(is_known).count()) {
            return timestamps.iter().map(|_| Held::NotChecked).collect();
        }
        let key = (certificate.sha256, issuer.spki_sha256);
        if let Some(known) = self.known().get(&key) {
            return Arc::clone(known);
        }
        let part = certificate.precertificate_part();
        let held: Arc<[Held]> = timestamps
            .iter()
            .map(|timestamp| match (self.log(&timestamp.log), &part) {
                (None, _) => Held::UnknownLog,
                (Some(log), Some(part)) => {
                    self.signatures.fetch_add(1, Ordering::Relaxed);
                    check(log, timestamp, &issuer.spki_sha256, part)
                }
                (Some(_), None) => Held::Unsupported,
            })
            .collect();
        self.known().insert(key, Arc::clone(&held));
        held
    }

    /// A thread that panicked while it held the lock left nothing half-written.
    fn known(&self) -> MutexGuard<'_, KnownTimestamps> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// RFC 6962 2.1.4: ECDSA on P-256 or RSA, both with SHA-256; by their numbers of RFC 5246 7.4.1.4.1.
const SHA256: u8 = 4;
const RSA: u8 = 1;
const ECDSA: u8 = 3;
const SHA256_WITH_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
const ECDSA_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

fn check(log: &Log, timestamp: &SignedTimestamp, issuer_key_hash: &Fingerprint, part: &[u8]) -> Held {
    let algorithm = match timestamp.algorithm {
        (SHA256, RSA) => SHA256_WITH_RSA,
        (SHA256, ECDSA) => ECDSA_WITH_SHA256,
        _ => return Held::Unsupported,
    };
    let Some(message) = signed_message(timestamp, issuer_key_hash, part) else { return Held::Unsupported };
    let key = Key { algorithm: &log.key.algorithm, parameters: &log.key.parameters, bits: &log.key.bits };
    match verify(&key, &Claim { algorithm, parameters: &[], message: &message, signature: &timestamp.signature }) {
        Answer::Good => Held::Good,
        Answer::Bad => Held::Bad,
        Answer::Unsupported(_) => Held::Unsupported,
    }
}

/// RFC 6962 3.2: version, certificate_timestamp, the time, precert_entry, the issuer's key, the part, the extensions.
fn signed_message(timestamp: &SignedTimestamp, issuer_key_hash: &Fingerprint, part: &[u8]) -> Option<Vec<u8>> {
    if timestamp.version != 0 {
        return None;
    }
    let part_length = u32::try_from(part.len()).ok().filter(|length| *length < 1 << 24)?.to_be_bytes();
    let extensions_length = u16::try_from(timestamp.extensions.len()).ok()?.to_be_bytes();
    let mut out = vec![0, 0];
    out.extend(timestamp.milliseconds.to_be_bytes());
    out.extend([0, 1]);
    out.extend(issuer_key_hash.0);
    out.extend(part_length.get(1..)?);
    out.extend(part);
    out.extend(extensions_length);
    out.extend(&timestamp.extensions);
    Some(out)
}
