//! What sources gave: a line for each input that was read, and whether the endpoints that certificates name gave what they are there for.

use super::{counted, grouped};
use crate::source::{InputCounts, NotTried, Reach, ReadInput};

/// The line of an input; `None` where nothing could be read of it, which its problems say.
pub fn input_words(input: &ReadInput) -> Option<String> {
    Some(match input {
        ReadInput::NoneNamed => "none was named: this is the first built-in sample".to_owned(),
        ReadInput::Sample { name, title } => format!("sample {name}: {title}"),
        ReadInput::Named { text, given: Some(given), .. } => format!("{text}: {}", given_words(*given)),
        ReadInput::Named { given: None, .. } => return None,
        ReadInput::Store { name, version, collected } => format!("store {name}: {version}, collected {collected}"),
    })
}

/// `2 not read`.
pub fn unread_words(count: usize) -> String {
    format!("{} not read", grouped(count as u128))
}

/// Of places where private keys were left out on purpose: a PEM block has one, a key store any number.
pub fn keys_left_out_words(places: usize) -> String {
    let places = if places == 1 { String::new() } else { format!(" in {} places", grouped(places as u128)) };
    format!("private key data left out{places}")
}

fn given_words(given: InputCounts) -> String {
    let mut parts = vec![counted(given.certificates, "certificate")];
    parts.extend((given.crls > 0).then(|| counted(given.crls, "CRL")));
    parts.extend((given.responses > 0).then(|| counted(given.responses, "OCSP response")));
    parts.extend((given.keys > 0).then(|| counted(given.keys, "private key")));
    parts.extend((given.requests > 0).then(|| counted(given.requests, "certificate request")));
    parts.extend((given.skipped > 0).then(|| format!("{} left alone", counted(given.skipped, "other file"))));
    parts.join(", ")
}

/// `reachable: 1367 bytes in 12 ms`, `not usable: HTTP status 404 (not found) (after 12 ms)`; errors are in the words of their types.
pub fn reach_words(reach: &Reach) -> String {
    let why = why_words(reach).unwrap_or_default();
    match reach {
        Reach::Reachable { ms, bytes } => format!("reachable: {} in {ms} ms", counted(*bytes, "byte")),
        Reach::Kept { fetched, bytes } => format!("reachable when it was fetched, {fetched}: {}, kept since", counted(*bytes, "byte")),
        Reach::Unreachable { why: error, ms } if error.is_answer() => format!("not usable: {why} (after {ms} ms)"),
        Reach::Unreachable { ms, .. } => format!("unreachable: {why} (after {ms} ms)"),
        Reach::NotTried { .. } => format!("not tried: {why}"),
    }
}

/// Why it gave nothing; `None` where it gave what it is there for.
pub fn why_words(reach: &Reach) -> Option<String> {
    Some(match reach {
        Reach::Reachable { .. } | Reach::Kept { .. } => return None,
        Reach::Unreachable { why, .. } => why.to_string(),
        Reach::NotTried { why } => match why {
            NotTried::NotAsked => "nothing was fetched for it".to_owned(),
            NotTried::Refused(error) => error.to_string(),
            NotTried::IssuerUnknown => "the issuer of the certificate is not known".to_owned(),
            NotTried::GivenUp => "it was given up before".to_owned(),
            NotTried::Rounds(limit) => format!("limit: {limit} rounds"),
            NotTried::Certificates(limit) => format!("limit: {limit} new certificates"),
            NotTried::Documents(limit) => format!("limit: {limit} documents"),
        },
    })
}
