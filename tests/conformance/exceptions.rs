//! Which cases are known to differ, and why? A list that goes stale fails.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::case::Judged;

/// A case whose answer differs on purpose, or for want of something that the reason names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    id: String,
    ours: String,
    expected: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// Holds the answers of a suite against its expectations: every difference is listed in `text` with a reason, and everything
/// listed differs just so. Prints the numbers of the suite.
pub fn hold(suite: &str, text: &str, judged: &[Judged]) {
    let file: File = toml::from_str(text).unwrap();
    let right = judged.iter().filter(|case| case.ours == case.expected).count();
    eprintln!("{suite}: {} cases, {right} right, {} exceptions", judged.len(), file.exception.len());
    let wrong = differences(&file, judged);
    assert!(wrong.is_empty(), "\n{suite}: {} differ\n{}", wrong.len(), wrong.join("\n"));
}

fn differences(file: &File, judged: &[Judged]) -> Vec<String> {
    let mut exceptions: BTreeMap<&str, &Exception> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    for exception in &file.exception {
        if exception.reason.trim().len() < SHORTEST_REASON {
            wrong.push(format!("{}: an exception without a reason", exception.id));
        }
        if exceptions.insert(&exception.id, exception).is_some() {
            wrong.push(format!("{}: two exceptions", exception.id));
        }
    }
    for case in judged {
        let is_right = case.ours == case.expected;
        match exceptions.remove(case.id.as_str()) {
            None if is_right => {}
            None => wrong.push(case.to_string()),
            Some(_) if is_right => wrong.push(format!("{}: right ({}), yet listed as an exception", case.id, case.ours)),
            Some(listed) if (&listed.ours, &listed.expected) != (&case.ours, &case.expected) => {
                wrong.push(format!("{case}\n    listed as ours {:?}, expected {:?}", listed.ours, listed.expected));
            }
            Some(_) => {}
        }
    }
    wrong.extend(exceptions.keys().map(|id| format!("{id}: an exception for a case that is not there")));
    wrong
}

/// A reason is a clause at least, not a word.
const SHORTEST_REASON: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str, ours: &str) -> bool {
        let case = Judged { id: "a".to_owned(), ours: ours.to_owned(), expected: "valid".to_owned(), why: Vec::new() };
        differences(&toml::from_str(text).unwrap(), &[case]).is_empty()
    }

    fn listed(id: &str, ours: &str, reason: &str) -> String {
        format!("[[exception]]\nid = {id:?}\nours = {ours:?}\nexpected = \"valid\"\nreason = {reason:?}\n")
    }

    #[test]
    fn a_list_holds_only_while_it_is_true() {
        let reason = "a reason that a reviewer can read";
        assert!(held("", "valid"));
        assert!(!held("", "invalid"), "a difference that is not listed");
        assert!(held(&listed("a", "invalid", reason), "invalid"));
        assert!(!held(&listed("a", "invalid", reason), "valid"), "an unexpected success");
        assert!(!held(&listed("a", "invalid", reason), "not-parsed"), "another wrong answer than the listed one");
        assert!(!held(&listed("a", "invalid", ""), "invalid"), "no reason");
        assert!(!held(&listed("b", "invalid", reason), "valid"), "an unknown id");
        assert!(!held(&[listed("a", "invalid", reason), listed("a", "invalid", reason)].concat(), "invalid"), "listed twice");
    }
}
