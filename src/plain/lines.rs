//! Where lines come from and go to.

use std::io::{BufRead, Write};

use crate::diagram::Charset;

/// The two ends of a walk line by line.
pub struct Lines<'a> {
    pub input: &'a mut dyn BufRead,
    pub output: &'a mut dyn Write,
    /// Nobody sees what is typed, so it is written behind the prompt.
    pub echo: bool,
    /// The output is a terminal that may have a clipboard (OSC 52); else what is copied is written out.
    pub clipboard: bool,
    pub charset: Charset,
}

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("echo", &self.echo).field("clipboard", &self.clipboard).finish_non_exhaustive()
    }
}
