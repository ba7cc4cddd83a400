//! What becomes of a text that is copied or saved: the clipboard, the terminal, a file; and what is said of it.

use crate::analysis::full_chain;
use crate::explorer::{COPIES, Clipboard, Copy, Effect, Explorer, Key, View, copy_text};

/// Bytes of text that are sent by OSC 52; terminals cap it, often near 74,000 bytes of base64, and drop more in silence.
const MAX_OSC52: usize = 48 * 1024;
/// Characters of a file's name that come from a certificate.
const MAX_STEM: usize = 64;

impl Explorer {
    pub(in crate::explorer) fn press_in_menu(&mut self, key: Key) -> Vec<Effect> {
        let Some(View::CopyMenu { cursor }) = self.views.last_mut() else { return Vec::new() };
        let last = COPIES.len() - 1;
        let picked = match key {
            Key::Up => {
                *cursor = cursor.checked_sub(1).unwrap_or(last);
                return Vec::new();
            }
            Key::Down => {
                *cursor = if *cursor == last { 0 } else { *cursor + 1 };
                return Vec::new();
            }
            Key::Enter => COPIES.get(*cursor),
            Key::Char(letter) => COPIES.iter().find(|(known, _, _)| *known == letter),
            Key::Ctrl('c') => return vec![Effect::Quit],
            Key::Escape => {
                self.views.pop();
                return Vec::new();
            }
            _ => None,
        };
        let Some((_, copy, label)) = picked else {
            self.status = "not in this menu; Esc closes it".to_owned();
            return Vec::new();
        };
        self.views.pop();
        self.copy(*copy, label)
    }

    pub(in crate::explorer) fn copy(&mut self, copy: Copy, label: &str) -> Vec<Effect> {
        match copy_text(self, copy) {
            Some(text) => vec![Effect::Copy { label: label.to_owned(), text }],
            None => {
                self.status = format!("there is no {label} here");
                Vec::new()
            }
        }
    }

    pub(in crate::explorer) fn copied(&mut self, label: &str, text: &str, outcome: Clipboard) -> Vec<Effect> {
        match outcome {
            Clipboard::Copied => self.status = format!("copied {label}"),
            Clipboard::SentToTerminal => self.status = format!("sent to terminal: {label}"),
            Clipboard::Failed(reason) => {
                self.status = format!("not copied: {reason}");
                let title = format!("{label}: select it by hand");
                self.views.push(View::Text { title, lines: text.lines().map(str::to_owned).collect(), first: 0 });
            }
        }
        Vec::new()
    }

    pub(in crate::explorer) fn offer_to_terminal(&mut self, label: String, text: String) -> Vec<Effect> {
        if text.len() > MAX_OSC52 {
            let reason = format!("{} bytes, more than terminals take", text.len());
            return self.copied(&label, &text, Clipboard::Failed(reason));
        }
        vec![Effect::WriteToTerminal { label, text }]
    }

    /// The chain that the target's server has to send, into a file named after the target.
    pub(in crate::explorer) fn write_chain(&mut self) -> Vec<Effect> {
        let Some(chain) = full_chain(&self.target) else {
            self.status = "no path of this target is valid, so there is no chain to write".to_owned();
            return Vec::new();
        };
        let pool = &self.analysis().pool;
        let text = chain.iter().map(|id| pool.certificate(*id).pem()).collect();
        let label = pool.certificate(self.target.target).subject.label();
        let safe = |letter: char| if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '-' };
        let stem: String = label.trim_start_matches(['.', '-', '*']).chars().take(MAX_STEM).map(safe).collect();
        let name = format!("{}-fullchain.pem", if stem.is_empty() { "target" } else { stem.as_str() });
        vec![Effect::Save { name, text }]
    }

    pub(in crate::explorer) fn saved(&mut self, outcome: Result<String, String>) -> Vec<Effect> {
        self.status = match outcome {
            Ok(name) => format!("written to {name}: what the server has to send, without the root"),
            Err(reason) => format!("not written: {}", crate::cert::escape(&reason)),
        };
        Vec::new()
    }
}
