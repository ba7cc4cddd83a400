//! What was read, a line for each input.

use super::counted;
use crate::source::{Given, ReadInput};

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

fn given_words(given: Given) -> String {
    let mut parts = vec![counted(given.certificates, "certificate")];
    parts.extend((given.crls > 0).then(|| counted(given.crls, "CRL")));
    parts.extend((given.responses > 0).then(|| counted(given.responses, "OCSP response")));
    parts.extend((given.skipped > 0).then(|| format!("{} left alone", counted(given.skipped, "other file"))));
    parts.join(", ")
}
