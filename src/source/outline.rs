//! Which field of a JSON, YAML or XML text is a value in? The path to it, found by one walk over the text without a parser of the
//! format: what is malformed still has fields, and those are the ones that people ask about.

mod json;
mod markup;
mod trail;
mod yaml;

use std::ops::Range;

use trail::Form;

pub(super) use trail::Trail;

/// Calls `visit` with every value of `text` in its order: the way to it, and where its characters are. Nothing for a text of no form.
pub(super) fn visit(text: &[u8], visit: &mut dyn FnMut(&Trail, Range<usize>)) {
    let behind_mark = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    match behind_mark.trim_ascii_start() {
        [b'{' | b'[', ..] => json::visit(text, visit),
        [b'<', ..] => markup::visit(text, Form::Elements, visit),
        _ if has_tags(text) => markup::visit(text, Form::Tags, visit),
        _ => yaml::visit(text, visit),
    }
}

/// Files that an OpenVPN profile holds inline (openvpn(8), "Inline file support").
const TAGS: [&[u8]; 3] = [b"<ca>", b"<cert>", b"<extra-certs>"];

fn has_tags(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n').any(|line| TAGS.contains(&line.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        let mut out = Vec::new();
        visit(text.as_bytes(), &mut |trail, range| out.push((trail.path(), text.get(range).unwrap_or("?").to_owned())));
        out
    }

    fn expected(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn json_has_paths() {
        let text = r#"{"keys": [{"kid": "a\"b", "x5c": ["one", "two"]}], "n": 5, "tls.crt": "", "last": "three"}"#;
        let said =
            [("keys[0].kid", "a\\\"b"), ("keys[0].x5c[0]", "one"), ("keys[0].x5c[1]", "two"), ("[\"tls.crt\"]", ""), ("last", "three")];
        assert_eq!(values(text), expected(&said));
    }

    #[test]
    fn yaml_has_paths() {
        let text = "# c\nclusters:\n- name: a\n  cluster:\n    ca-data: one\n- cluster: {}\n  other: 'two'\nusers:\n  - - x\n    - \"y\"\n  - z\ndata:\n  \
                    tls.crt: |\n    four\n\n    five\n  six: \"7\" # seven\n---\na: b\n";
        let said = [
            ("clusters[0].name", "a"),
            ("clusters[0].cluster.ca-data", "one"),
            ("clusters[1].cluster", "{}"),
            ("clusters[1].other", "two"),
            ("users[0][0]", "x"),
            ("users[0][1]", "y"),
            ("users[1]", "z"),
            ("data[\"tls.crt\"]", "    four\n\n    five\n"),
            ("data.six", "7"),
            ("document 2, a", "b"),
        ];
        assert_eq!(values(text), expected(&said));
    }

    #[test]
    fn xml_and_profiles_have_elements() {
        let text = "<?xml version='1.0'?><!-- <a> --><m:Root a='<'><ds:Cert>one</ds:Cert><x/><ds:Cert>\ntwo</ds:Cert></m:Root>";
        assert_eq!(values(text), expected(&[("Cert 1", "one"), ("Cert 2", "\ntwo")]));
        let profile = "client\n<ca>\none\n</ca>\n<cert>\ntwo\n</cert>\n";
        assert_eq!(values(profile), expected(&[("<ca>", "\none\n"), ("<cert>", "\ntwo\n")]));
    }

    #[test]
    fn plain_text_has_no_fields() {
        assert_eq!(values("Bag Attributes\n  friendlyName: a\n-----BEGIN X-----\nMII\n-----END X-----\n").len(), 1);
        assert!(values("hello\n  s:CN = a\n").is_empty());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([{\\[<]|)((\"|\\\\|:|,|- |\\{|\\}|\\[|\\]|<a>|</a>|<!--|-->|/>|\n|  |a|b: |\\||---\n){0,80})") {
            let _ = values(&text);
        }
    }
}
