//! The list of timestamps that transparency logs gave (RFC 6962 3.2, 3.3), read to its last byte.

use super::super::Fingerprint;
use super::super::misread::{Fault, Misread};
use super::super::reader::{OCTET_STRING, only};

/// RFC 6962 3.2 SignedCertificateTimestamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedTimestamp {
    /// 0 is version 1.
    pub version: u8,
    /// The SHA-256 of the log's key.
    pub log: Fingerprint,
    /// Since 1970-01-01T00:00:00Z.
    pub milliseconds: u64,
    pub extensions: Vec<u8>,
    /// RFC 5246 7.4.1.4.1: hash and signature algorithm.
    pub algorithm: (u8, u8),
    pub signature: Vec<u8>,
}

/// The list in the OCTET STRING that the extension's value is.
pub(in crate::cert) fn timestamps(value: &[u8]) -> Result<Vec<SignedTimestamp>, Misread> {
    timestamp_list(only(value, OCTET_STRING, FIELD)?)
}

const FIELD: &str = "SignedCertificateTimestampList";

/// The list as a TLS server sends it: its length, then each timestamp behind its own length; at least one.
pub(in crate::cert) fn timestamp_list(bytes: &[u8]) -> Result<Vec<SignedTimestamp>, Misread> {
    let read = || {
        let mut whole = Bytes(bytes);
        let mut list = Bytes(whole.counted()?);
        let mut out = Vec::new();
        while !list.0.is_empty() {
            out.push(timestamp(list.counted()?)?);
        }
        (whole.0.is_empty() && !out.is_empty()).then_some(out)
    };
    read().ok_or(Misread::new(FIELD, Fault::Timestamps))
}

fn timestamp(bytes: &[u8]) -> Option<SignedTimestamp> {
    let mut rest = Bytes(bytes);
    let [version] = rest.array()?;
    let log = Fingerprint(rest.array()?);
    let milliseconds = u64::from_be_bytes(rest.array()?);
    let extensions = rest.counted()?.to_vec();
    let [hash, signing] = rest.array()?;
    let signature = rest.counted()?.to_vec();
    rest.0.is_empty().then_some(SignedTimestamp { version, log, milliseconds, extensions, algorithm: (hash, signing), signature })
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    /// Bytes behind their number in two bytes (RFC 5246 4.3).
    fn counted(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(u16::from_be_bytes(self.array()?));
        let (first, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(content: &[u8]) -> Vec<u8> {
        [&u16::try_from(content.len()).unwrap().to_be_bytes()[..], content].concat()
    }

    #[test]
    fn a_list_is_read_to_its_end() {
        let one = [&[0][..], &[7; 32], &[0, 0, 0, 0, 0, 0, 1, 0], &counted(&[]), &[4, 3], &counted(&[9, 9])].concat();
        let list = counted(&counted(&one).repeat(2));
        let read = timestamp_list(&list).unwrap();
        assert_eq!((read.len(), read[1].milliseconds, read[1].algorithm, read[1].signature.as_slice()), (2, 256, (4, 3), &[9, 9][..]));
        for end in 0..list.len() {
            assert!(timestamp_list(&list[..end]).is_err(), "{end}");
        }
        let longer = [&one[..], &[0]].concat();
        for wrong in [[&list[..], &[0]].concat(), counted(&[]), counted(&counted(&longer)), counted(&[&counted(&one)[..], &[0]].concat())] {
            assert!(timestamp_list(&wrong).is_err());
        }
        let value = [&[4, u8::try_from(list.len()).unwrap()][..], &list].concat();
        assert!(timestamps(&value).is_ok() && timestamps(&[&value[..], &[0]].concat()).is_err() && timestamps(&list).is_err());
    }
}
