//! Which values do the lines of a YAML text hold (YAML 1.2 chapter 8: block mappings, sequences and scalars)?

use std::ops::Range;

use super::trail::{MAX_DEPTH, Step, Trail, key};

pub(super) fn visit(text: &[u8], visit: &mut dyn FnMut(&Trail, Range<usize>)) {
    let mut trail = Trail { document: 1, ..Trail::default() };
    // Columns of the steps.
    let mut columns: Vec<usize> = Vec::new();
    // A block scalar: the column of its key, and where its lines begin.
    let mut scalar: Option<(usize, usize)> = None;
    let mut start = 0;
    while start < text.len() {
        let length = text[start..].iter().position(|byte| *byte == b'\n').map_or(text.len() - start, |length| length + 1);
        let (line, here) = (&text[start..start + length], start);
        start += length;
        let blank = line.iter().take_while(|byte| **byte == b' ').count();
        let content = line[blank..].trim_ascii_end();
        if let Some((column, begin)) = scalar {
            if content.is_empty() || blank > column {
                continue;
            }
            visit(&trail, begin..here);
            scalar = None;
        }
        if content == b"---" {
            (trail.document, trail.steps, columns) = (trail.document + 1, Vec::new(), Vec::new());
            continue;
        }
        if content.is_empty() || content[0] == b'#' {
            continue;
        }
        scalar = read_line(&mut trail, &mut columns, content, blank, here + blank, visit).map(|column| (column, start));
    }
    if let Some((_, begin)) = scalar {
        visit(&trail, begin..text.len());
    }
}

/// Reads what a line holds from `column` on; where a block scalar follows, returns the column that its lines are indented from.
fn read_line(
    trail: &mut Trail,
    columns: &mut Vec<usize>,
    mut content: &[u8],
    mut column: usize,
    mut offset: usize,
    visit: &mut dyn FnMut(&Trail, Range<usize>),
) -> Option<usize> {
    let mut is_placed = false;
    while content == b"-" || content.starts_with(b"- ") {
        close(trail, columns, |open, step| open > column || (open == column && is_placed && matches!(step, Step::Key(_))));
        match (columns.last(), trail.steps.last_mut()) {
            (Some(open), Some(Step::Item(index))) if *open == column => *index += 1,
            _ if columns.len() < MAX_DEPTH => {
                columns.push(column);
                trail.steps.push(Step::Item(0));
            }
            _ => return None,
        }
        is_placed = true;
        let skipped = 1 + content[1..].iter().take_while(|byte| **byte == b' ').count();
        content = &content[skipped..];
        (column, offset) = (column + skipped, offset + skipped);
    }
    if let Some((name, value_at)) = split_key(content) {
        close(trail, columns, |open, _| open >= column);
        if columns.len() >= MAX_DEPTH {
            return None;
        }
        columns.push(column);
        trail.steps.push(Step::Key(key(name)));
        is_placed = true;
        content = &content[value_at..];
        offset += value_at;
    }
    match content {
        [] => None,
        [b'|' | b'>', rest @ ..] if rest.iter().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9' | b' ')) => {
            (is_placed).then(|| columns.last().copied().unwrap_or(0))
        }
        _ if is_placed => {
            let (skipped, length) = unquoted(content);
            visit(trail, offset + skipped..offset + skipped + length);
            None
        }
        // A line that goes on with another, or text that is no YAML.
        _ => None,
    }
}

fn close(trail: &mut Trail, columns: &mut Vec<usize>, closes: impl Fn(usize, &Step) -> bool) {
    while let (Some(column), Some(step)) = (columns.last(), trail.steps.last()) {
        if !closes(*column, step) {
            break;
        }
        columns.pop();
        trail.steps.pop();
    }
}

/// The key that a line begins with, and where its value does.
fn split_key(content: &[u8]) -> Option<(&[u8], usize)> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'"' | b'\'' | b'@');
    let length = content.iter().take_while(|byte| is_plain(**byte)).count();
    let (name, rest) = content.split_at(length);
    if name.is_empty() || !(rest == b":" || rest.starts_with(b": ")) {
        return None;
    }
    let blanks = rest[1..].iter().take_while(|byte| **byte == b' ').count();
    let name = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name);
    Some((name, length + 1 + blanks))
}

/// How much to skip before the characters of a value, and how many they are.
fn unquoted(content: &[u8]) -> (usize, usize) {
    match content {
        [quote @ (b'"' | b'\''), rest @ ..] => (1, rest.iter().position(|byte| byte == quote).unwrap_or(rest.len())),
        _ => (0, content.windows(2).position(|pair| pair == b" #").unwrap_or(content.len())),
    }
}
