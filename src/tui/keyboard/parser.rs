//! What do the bytes of a terminal mean: keys, the mouse, a paste, or a late answer that is none of them?
//!
//! Whatever comes, in whatever pieces: nothing is kept for ever. A sequence that does not go on is given up when nothing comes for a while,
//! Ctrl-C ends any of them, and no text is kept beyond a limit.

use std::time::Duration;

use super::sequence::{Meaning, meaning, plain};
use crate::explorer::{Key, Mouse};

/// What came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TerminalInput {
    Key(Key),
    Mouse(Mouse),
    Paste(String),
}

/// After this long without another byte a sequence is not going on; vim's `ttimeoutlen` and tmux's `escape-time` are of that order.
pub(super) const SEQUENCE_PATIENCE: Duration = Duration::from_millis(50);
/// A slow terminal that owes an answer may send it in parts.
const ANSWER_PATIENCE: Duration = Duration::from_secs(1);
/// A paste comes through a network in parts; what comes after the end of one would be read as keys.
const PASTE_PATIENCE: Duration = Duration::from_millis(500);
/// After this long within a paste, what comes by itself as one key is one: a part that a network holds back has many bytes.
const PASTE_LULL: Duration = Duration::from_millis(100);
/// Bytes of a sequence that are kept; the longest with a meaning, a mouse's at a far place, has some twenty.
const MAX_SEQUENCE: usize = 64;
/// Bytes of a string (OSC, DCS) after which what comes is keys again; the longest answer has forty.
const MAX_STRING: usize = 4096;
/// Bytes of a paste that are kept; the explorer opens a little less, and says so.
const MAX_PASTE: usize = (16 << 20) + 1;

const ESCAPE: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
/// What Backspace sends.
const DELETE: u8 = 0x7f;
const BELL: u8 = 0x07;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

#[derive(Debug, Default)]
pub(super) struct Parser {
    /// A sequence or a character that has begun.
    pending: Vec<u8>,
    paste: Option<Paste>,
    /// The terminal owes a string.
    owes_answer: bool,
}

#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    /// It was too long and is handed on already; the rest is passed over.
    is_over: bool,
    /// Nothing came for a while.
    lulls: bool,
}

impl Parser {
    /// With a string that the terminal may still send as an answer, or without.
    pub fn new(owes_answer: bool) -> Self {
        Self { owes_answer, ..Self::default() }
    }

    /// Takes the bytes in and tells what they mean; what is not whole yet is kept.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<TerminalInput>) {
        if let Some(paste) = self.paste.take_if(|paste| paste.lulls && !paste.is_ending() && is_one_key(bytes)) {
            paste.hand_on(out);
        } else if let Some(paste) = &mut self.paste {
            paste.lulls = false;
        }
        for byte in bytes {
            if self.paste.is_some() {
                self.paste_byte(*byte, out);
            } else {
                self.byte(*byte, out);
            }
        }
    }

    /// How long to wait for what is missing; `None` where nothing is.
    pub fn patience(&self) -> Option<Duration> {
        if let Some(paste) = &self.paste {
            return Some(if paste.lulls { PASTE_PATIENCE.saturating_sub(PASTE_LULL) } else { PASTE_LULL });
        }
        match self.pending.as_slice() {
            [] => None,
            [ESCAPE, b']', _, ..] if self.owes_answer => Some(ANSWER_PATIENCE),
            _ => Some(SEQUENCE_PATIENCE),
        }
    }

    /// Nothing came for as long as `patience` said: what has begun is given up, is a key by itself, or has to go on soon.
    pub fn give_up(&mut self, out: &mut Vec<TerminalInput>) {
        if let Some(paste) = self.paste.as_mut().filter(|paste| !paste.lulls) {
            paste.lulls = true;
            return;
        }
        if let Some(paste) = self.paste.take() {
            paste.hand_on(out);
        }
        match std::mem::take(&mut self.pending).as_slice() {
            [ESCAPE] => out.push(TerminalInput::Key(Key::Escape)),
            // Alt and what else begins a sequence.
            [ESCAPE, byte] => out.extend(plain(*byte).map(TerminalInput::Key)),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        match (self.pending.as_slice(), byte) {
            (_, CTRL_C) => self.begin(byte, out),
            ([], _) => self.begin(byte, out),
            ([ESCAPE], ESCAPE) => out.push(TerminalInput::Key(Key::Escape)),
            ([ESCAPE], b'[' | b'O' | b']' | b'P' | b'_' | b'^' | b'X') => self.pending.push(byte),
            // The end of a string, whose beginning was taken for one.
            ([ESCAPE], b'\\') => self.pending.clear(),
            ([ESCAPE], DELETE) => {
                self.pending.clear();
                out.push(TerminalInput::Key(Key::AltBackspace));
            }
            // Of any other key Alt says nothing here.
            ([ESCAPE], _) => self.begin(byte, out),
            ([ESCAPE, b'[', ..], _) => self.control(byte, out),
            ([ESCAPE, b'O'], b' '..=b'~') => self.finish(byte, out),
            ([ESCAPE, b'O'], _) => self.begin(byte, out),
            ([ESCAPE, ..], _) => self.string(byte, out),
            (_, 0x80..=0xbf) => self.character(byte, out),
            _ => self.begin(byte, out),
        }
    }

    /// Whatever was pending is given up for what begins here.
    fn begin(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        self.pending.clear();
        match byte {
            ESCAPE | 0xc2..=0xf4 => self.pending.push(byte),
            _ => out.extend(plain(byte).map(TerminalInput::Key)),
        }
    }

    /// A byte of a character that takes more than one (RFC 3629).
    fn character(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        self.pending.push(byte);
        match std::str::from_utf8(&self.pending) {
            Ok(text) => {
                out.extend(text.chars().map(|character| TerminalInput::Key(Key::Char(character))));
                self.pending.clear();
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => self.pending.clear(),
        }
    }

    /// A byte of a control sequence (ECMA-48 5.4): parameters, then one that ends it.
    fn control(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        let ends = match self.pending.as_slice() {
            // The Linux console's function keys; and a mouse without SGR: a button and two coordinates, offset by 32.
            [_, _, b'['] => true,
            [_, _, b'M', arguments @ ..] => arguments.len() == 2,
            [_, _] if byte == b'[' || byte == b'M' => false,
            _ => matches!(byte, b'@'..=b'~'),
        };
        let is_mouse = matches!(self.pending.as_slice(), [_, _, b'M', ..]);
        if byte < b' ' || (byte >= 0x7f && !is_mouse) {
            self.begin(byte, out);
        } else if ends {
            self.finish(byte, out);
        } else if self.pending.len() < MAX_SEQUENCE {
            self.pending.push(byte);
        }
    }

    fn finish(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        self.pending.push(byte);
        match self.pending.get(1..).and_then(meaning) {
            Some(Meaning::Key(key)) => out.push(TerminalInput::Key(key)),
            Some(Meaning::Mouse(mouse)) => out.push(TerminalInput::Mouse(mouse)),
            Some(Meaning::PasteBegins) => self.paste = Some(Paste::default()),
            None => {}
        }
        self.pending.clear();
    }

    /// A byte of a string that a terminal answers with: no key. Escape ends it, and begins what terminates it.
    fn string(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        match byte {
            BELL | ESCAPE => {
                self.owes_answer = false;
                self.pending.clear();
                if byte == ESCAPE {
                    self.pending.push(byte);
                }
            }
            _ if byte < b' ' => self.begin(byte, out),
            _ if self.pending.len() < MAX_STRING => self.pending.push(byte),
            _ => self.begin(byte, out),
        }
    }

    fn paste_byte(&mut self, byte: u8, out: &mut Vec<TerminalInput>) {
        let Some(paste) = &mut self.paste else { return };
        paste.text.push(byte);
        let ends = paste.text.ends_with(PASTE_ENDS);
        if ends || byte == CTRL_C {
            paste.text.truncate(paste.text.len() - if ends { PASTE_ENDS.len() } else { 1 });
            if let Some(paste) = self.paste.take() {
                paste.hand_on(out);
            }
            if !ends {
                out.extend(plain(byte).map(TerminalInput::Key));
            }
        } else if paste.is_over && paste.text.len() >= 2 * MAX_SEQUENCE {
            paste.text.drain(..MAX_SEQUENCE);
        } else if !paste.is_over && paste.text.len() >= MAX_PASTE + PASTE_ENDS.len() {
            std::mem::take(paste).hand_on(out);
            paste.is_over = true;
        }
    }
}

/// Whether these bytes are what one key sends, or the mouse once.
fn is_one_key(bytes: &[u8]) -> bool {
    let (mut parser, mut out) = (Parser::default(), Vec::new());
    parser.feed(bytes, &mut out);
    match out.as_slice() {
        [] => parser.pending == [ESCAPE],
        [_] => parser.pending.is_empty(),
        _ => false,
    }
}

impl Paste {
    /// Its end has begun.
    fn is_ending(&self) -> bool {
        (1..PASTE_ENDS.len()).any(|length| PASTE_ENDS.get(..length).is_some_and(|begun| self.text.ends_with(begun)))
    }

    fn hand_on(self, out: &mut Vec<TerminalInput>) {
        if !self.is_over {
            out.push(TerminalInput::Paste(String::from_utf8_lossy(&self.text).into_owned()));
        }
    }
}
