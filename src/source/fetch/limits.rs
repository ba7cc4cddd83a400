//! How much is fetched, how long, and how much at once?

use std::time::Duration;

/// For one document: name, connection, redirects and body together. Firefox waits 10 s for an OCSP response where it must have one.
pub const FETCH_TIMEOUT: Duration = Duration::from_secs(10);
/// Redirects of one document; the Fetch standard allows 20, no CA in use needs more than one or two.
pub const MAX_REDIRECTS: usize = 5;
/// Documents that are fetched at once.
pub const MAX_AT_ONCE: usize = 8;
/// Documents of one run; a path of four certificates names about ten.
pub const MAX_FETCHES: usize = 100;
/// Bytes of one run, bodies alone: room for a few CRLs of the largest size.
pub const MAX_FETCHED: usize = 256 << 20;
/// Certificates of one answer; bundles of whole bridges (the U.S. Federal PKI's) hold some dozens.
pub const MAX_BROUGHT: usize = 256;
/// Bytes of an answer with certificates; the longest bundles in use have some 100 KB.
pub const MAX_AIA: usize = 1 << 20;
/// Seconds: a CRL or response of a CA that follows the CA/Browser Forum (BR 4.9.7, 4.9.10) is renewed within a week.
pub const MAX_FRESH: i64 = 7 * 86_400;
/// Bytes of a URL; RFC 9110 4.1 recommends that at least 8000 octets be taken.
pub const MAX_URL: usize = 8_000;
