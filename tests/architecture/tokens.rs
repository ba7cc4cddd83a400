//! Which words does a file of Rust consist of, without comments, texts and what is compiled for tests alone?

/// Words, `::` and single signs. A text in quotes is one empty token, a lifetime or a character is none.
pub fn tokens(text: &str) -> Vec<String> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
        let size = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(size) = quoted(rest) {
            out.push(String::new());
            size
        } else if first == '\'' {
            character(rest)
        } else if word > 0 {
            out.push(rest[..word].to_owned());
            word
        } else if rest.starts_with("::") {
            out.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                out.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[size..];
    }
    out
}

/// The tokens that the library's or the program's normal build has, and the modules whose files are for tests.
pub fn production(tokens: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut out, mut test_modules, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        if !is_test_attribute(&tokens[at..]) {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let end = at + item(&tokens[at..]);
        if let Some(place) = tokens[at..end].windows(3).position(|three| three[0] == "mod" && three[2] == ";") {
            test_modules.push(tokens[at + place + 1].clone());
        }
        at = end;
    }
    (out, test_modules)
}

pub fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The size of the text in quotes that begins here, raw ones and those of bytes too.
fn quoted(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        let rest = text.strip_prefix(prefix).map(|rest| if prefix.ends_with('r') { rest.trim_start_matches('#') } else { rest });
        rest.is_some_and(|rest| rest.starts_with('"'))
    })?;
    let hashes = text[prefix.len()..].chars().take_while(|character| *character == '#').count();
    let start = prefix.len() + hashes + 1;
    if prefix.ends_with('r') {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(text[start..].find(&end).map_or(text.len(), |found| start + found + end.len()));
    }
    let mut escaped = false;
    for (place, character) in text[start..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(start + place + 1),
            _ => {}
        }
    }
    Some(text.len())
}

/// The size of a character in quotes, or of a lifetime.
fn character(text: &str) -> usize {
    let rest = &text[1..];
    if rest.starts_with('\\') {
        return rest.char_indices().skip(2).find(|(_, character)| *character == '\'').map_or(text.len(), |(place, _)| place + 2);
    }
    let size = rest.chars().next().map_or(0, char::len_utf8);
    if rest[size..].starts_with('\'') { size + 2 } else { 1 + rest.find(|character| !is_part(character)).unwrap_or(rest.len()) }
}

fn is_test_attribute(tokens: &[String]) -> bool {
    let all: Vec<&str> = tokens.iter().take(7).map(String::as_str).collect();
    matches!(all.as_slice(), ["#", "[", "cfg", "(", "test", ..] | ["#", "[", "cfg", "(", "all" | "any", "(", "test"])
}

/// The number of tokens of an item, its attributes included.
fn item(tokens: &[String]) -> usize {
    let mut depth = 0_usize;
    for (place, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(token.as_str(), ";" | "}") {
            return place + 1;
        }
    }
    tokens.len()
}
