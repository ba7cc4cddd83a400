//! Which elements of an XML text hold text, and which tags of an OpenVPN profile?

use std::collections::HashMap;
use std::ops::Range;

use super::trail::{Form, MAX_DEPTH, Step, Trail, key};

/// Names that are counted; a schema has some hundred.
const MAX_NAMES: usize = 1_000;

pub(super) fn visit(text: &[u8], form: Form, visit: &mut dyn FnMut(&Trail, Range<usize>)) {
    let mut trail = Trail { form, ..Trail::default() };
    let mut counts: HashMap<String, usize> = HashMap::new();
    // Behind the start tag that was met last, unless something was met since.
    let mut begin = None;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'<')) {
        let open = at + found;
        let inside = text.get(open + 1..).unwrap_or_default();
        if inside.starts_with(b"!--") {
            at = open + inside.windows(3).position(|window| window == b"-->").map_or(inside.len(), |length| length + 4);
            continue;
        }
        let length = tag_length(inside);
        let tag = inside.get(..length).unwrap_or_default();
        at = open + 1 + length + 1;
        match tag {
            [b'?' | b'!', ..] => {}
            [b'/', ..] => {
                if let Some(begin) = begin.take() {
                    visit(&trail, begin..open);
                }
                trail.steps.pop();
            }
            [.., b'/'] => begin = None,
            _ => {
                if trail.steps.len() >= MAX_DEPTH {
                    return;
                }
                let name = local_name(tag);
                if counts.len() < MAX_NAMES || counts.contains_key(&name) {
                    let count = counts.entry(name.clone()).or_default();
                    *count += 1;
                    trail.ordinal = *count;
                }
                trail.steps.push(Step::Key(name));
                begin = Some(at);
            }
        }
    }
}

/// Up to the `>` that is in no attribute's value.
fn tag_length(tag: &[u8]) -> usize {
    let mut quote = None;
    for (place, byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return place,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Without its namespace's prefix.
fn local_name(tag: &[u8]) -> String {
    let name = tag.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
    key(name.rsplit(|byte| *byte == b':').next().unwrap_or_default())
}
