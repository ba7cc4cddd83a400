//! The way from a document to a value in it, and how people write that.

use crate::cert::escape;

/// Fields within one another; real files have below twenty. What stands deeper has no path.
pub(super) const MAX_DEPTH: usize = 64;
/// Bytes of a key that are shown.
const MAX_KEY: usize = 100;

/// The way from the document to a value.
#[derive(Debug, Default)]
pub(in crate::source) struct Trail {
    pub(super) steps: Vec<Step>,
    /// Of a text that holds several (YAML's `---`), counted from 1.
    pub(super) document: usize,
    /// In XML: the how-manieth element of its name it is, counted from 1.
    pub(super) ordinal: usize,
    pub(super) form: Form,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Form {
    #[default]
    Fields,
    Elements,
    /// An OpenVPN profile: files in tags.
    Tags,
}

impl Trail {
    /// As people write it: `clusters[0].cluster.certificate-authority-data`; of XML the element and its number. Escaped.
    pub fn path(&self) -> String {
        match self.form {
            Form::Elements => return format!("{} {}", escape(self.name()), self.ordinal),
            Form::Tags => return format!("<{}>", escape(self.name())),
            Form::Fields => {}
        }
        let mut out = if self.document > 1 { format!("document {}, ", self.document) } else { String::new() };
        for (place, step) in self.steps.iter().enumerate() {
            match step {
                Step::Item(index) => out.push_str(&format!("[{index}]")),
                Step::Key(key)
                    if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) && !key.is_empty() =>
                {
                    if place > 0 {
                        out.push('.');
                    }
                    out.push_str(key);
                }
                Step::Key(key) => out.push_str(&format!("[\"{}\"]", escape(key))),
            }
        }
        out
    }

    /// The last key: of `x5c[1]`, `x5c`.
    pub fn name(&self) -> &str {
        let keys = self.steps.iter().rev().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        keys.into_iter().next().unwrap_or_default()
    }

    /// Whether it leads through this key.
    pub fn leads_through(&self, name: &str) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Key(key) if key == name))
    }

    /// Its place in a list, counted from 0.
    pub fn item(&self) -> Option<usize> {
        match self.steps.last() {
            Some(Step::Item(index)) => Some(*index),
            _ => None,
        }
    }
}

/// The text of a key, cut where it is long.
pub(super) fn key(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..MAX_KEY).unwrap_or(bytes)).into_owned()
}
