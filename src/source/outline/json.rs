//! Which strings does a JSON text hold, and by which keys (RFC 8259)? Numbers and words are passed over.

use std::ops::Range;

use super::trail::{MAX_DEPTH, Step, Trail, key};

pub(super) fn visit(text: &[u8], visit: &mut dyn FnMut(&Trail, Range<usize>)) {
    let mut trail = Trail::default();
    // For each bracket that is open: whether it is an object that waits for a key.
    let mut waits: Vec<Option<bool>> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'"' => {
                let end = at + text.get(at..).map_or(0, string_length);
                match (waits.last_mut(), trail.steps.last_mut()) {
                    (Some(Some(wait @ true)), Some(step)) => {
                        *step = Step::Key(key(text.get(at..end).unwrap_or_default()));
                        *wait = false;
                    }
                    _ => visit(&trail, at..end),
                }
                at = end + 1;
            }
            b'{' | b'[' => {
                if waits.len() >= MAX_DEPTH {
                    return;
                }
                let is_object = byte == b'{';
                trail.steps.push(if is_object { Step::Key(String::new()) } else { Step::Item(0) });
                waits.push(is_object.then_some(true));
            }
            b'}' | b']' => {
                waits.pop();
                trail.steps.pop();
            }
            b',' => match (waits.last_mut(), trail.steps.last_mut()) {
                (Some(Some(wait)), _) => *wait = true,
                (_, Some(Step::Item(index))) => *index += 1,
                _ => {}
            },
            _ => {}
        }
    }
}

/// Up to the quote that is not escaped.
fn string_length(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match text.get(at) {
            Some(b'"') | None => return at.min(text.len()),
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}
