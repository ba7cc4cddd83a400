//! Which paths does a file name, in `use` trees and in the midst of code?

use super::tokens::is_word;

/// One path, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// `crate`, `super`, `self`, a crate or a module, and what follows.
    pub segments: Vec<String>,
    /// Ends in `*`.
    pub is_glob: bool,
    pub how: How,
    /// The modules within the file in which it stands.
    pub inside: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// In the midst of code.
    Code,
    /// Imported, under this name.
    Import(String),
    /// Imported, under this name, for others as well.
    Reexport(String),
}

/// Every path of at least two segments, or imported.
pub fn names(tokens: &[String]) -> Vec<Named> {
    let (mut out, mut at) = (Vec::new(), 0);
    let mut modules: Vec<(String, usize)> = Vec::new();
    let mut depth = 0_usize;
    while let Some(token) = tokens.get(at) {
        let next = |ahead: usize| tokens.get(at + ahead).map(String::as_str);
        let inside = || modules.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        match token.as_str() {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                modules.retain(|(_, opened)| *opened < depth + 1);
            }
            "mod" if next(2) == Some("{") => {
                modules.push((tokens[at + 1].clone(), depth + 1));
                depth += 1;
                at += 3;
                continue;
            }
            "use" => {
                let is_public = at > 0 && matches!(tokens[at - 1].as_str(), "pub" | ")");
                at = tree(tokens, at + 1, &[], is_public, &inside(), &mut out);
                continue;
            }
            _ if is_word(token) && next(1) == Some("::") && (at == 0 || tokens[at - 1] != "::") => {
                let mut segments = vec![token.clone()];
                while tokens.get(at + 1).is_some_and(|token| token == "::") && tokens.get(at + 2).is_some_and(|token| is_word(token)) {
                    segments.push(tokens[at + 2].clone());
                    at += 2;
                }
                if segments.len() > 1 {
                    out.push(Named { segments, is_glob: false, how: How::Code, inside: inside() });
                }
            }
            _ => {}
        }
        at += 1;
    }
    out
}

/// Reads a tree of `use`; returns the place after it.
fn tree(tokens: &[String], mut at: usize, before: &[String], is_public: bool, inside: &[String], out: &mut Vec<Named>) -> usize {
    let mut segments = before.to_vec();
    let mut push = |segments: Vec<String>, is_glob, name: String| {
        let how = if is_public { How::Reexport(name) } else { How::Import(name) };
        out.push(Named { segments, is_glob, how, inside: inside.to_vec() });
    };
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "::" => at += 1,
            "*" => {
                push(segments, true, String::new());
                return at + 1;
            }
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," { at + 1 } else { tree(tokens, at, &segments, is_public, inside, out) };
                }
                return at + 1;
            }
            word if is_word(word) => {
                // `self` at the end of a path is what stands before it.
                if word != "self" || segments.is_empty() {
                    segments.push(word.to_owned());
                }
                at += 1;
                match tokens.get(at).map(String::as_str) {
                    Some("::") => {}
                    Some("as") => {
                        push(segments, false, tokens.get(at + 1).cloned().unwrap_or_default());
                        return at + 2;
                    }
                    _ => {
                        let name = segments.last().cloned().unwrap_or_default();
                        push(segments, false, name);
                        return at;
                    }
                }
            }
            _ => return at + 1,
        }
    }
    at
}
