//! Where lines come from and go to.

use std::io::{BufRead, Write};

use crate::diagram::Charset;
use crate::explorer::Clipboard;

/// The two ends of a walk line by line.
pub struct Lines<'a> {
    /// Where commands are read.
    pub input: &'a mut dyn BufRead,
    /// Where sentences are written.
    pub output: &'a mut dyn Write,
    /// Nobody sees what is typed, so it is written behind the prompt.
    pub echo: bool,
    /// Where the output is a terminal that may have a clipboard (OSC 52), what became of a text that it was sent; else what is copied is
    /// written out.
    pub clipboard: Option<Clipboard>,
    /// Which characters sentences may use.
    pub charset: Charset,
}

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("echo", &self.echo).field("clipboard", &self.clipboard).finish_non_exhaustive()
    }
}
