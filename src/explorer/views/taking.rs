//! What becomes of a text that is copied or saved: the clipboard, the terminal, a file; and what is said of it.

use super::copied::{COPIES, Copy};
use super::copy::copy_text;
use super::view::View;
use crate::analysis::full_chain;
use crate::explorer::keys::key::Key;
use crate::explorer::message::{Clipboard, Effect, Effects};
use crate::explorer::state::Explorer;
use crate::words::{Notice, notice_words};

/// Bytes of text that are sent by OSC 52; terminals cap it, often near 74,000 bytes of base64, and drop more in silence.
const MAX_OSC52: usize = 48 * 1024;
/// Characters of a file's name that come from a certificate.
const MAX_STEM: usize = 64;

impl Explorer {
    pub(in crate::explorer) fn press_in_menu(&mut self, key: Key, effects: &mut Effects) {
        let Some(View::CopyMenu { cursor }) = self.views.stack.last_mut() else { return };
        let last = COPIES.len() - 1;
        let picked = match key {
            Key::Up => {
                *cursor = cursor.checked_sub(1).unwrap_or(last);
                return;
            }
            Key::Down => {
                *cursor = if *cursor == last { 0 } else { *cursor + 1 };
                return;
            }
            Key::Enter => COPIES.get(*cursor),
            Key::Char(letter) => COPIES.iter().find(|(known, _, _)| *known == letter),
            Key::Ctrl('c') => return effects.push(Effect::Quit),
            Key::Escape => {
                self.views.close();
                return;
            }
            _ => None,
        };
        let Some((_, copy, _)) = picked else {
            self.notice = notice_words(Notice::NotInMenu);
            return;
        };
        self.views.close();
        self.copy(*copy, effects);
    }

    pub(in crate::explorer) fn copy(&mut self, copy: Copy, effects: &mut Effects) {
        let label = copy.label();
        match copy_text(self, copy) {
            Some(text) => effects.push(Effect::Copy { label: label.to_owned(), text }),
            None => {
                self.notice = notice_words(Notice::NothingToCopy(label));
            }
        }
    }

    pub(in crate::explorer) fn copied(&mut self, label: &str, text: &str, outcome: Clipboard) {
        match outcome {
            Clipboard::Copied => self.notice = notice_words(Notice::Copied(label)),
            Clipboard::SentToTerminal => self.notice = notice_words(Notice::SentToTerminal { label, tmux: false }),
            Clipboard::SentThroughTmux => self.notice = notice_words(Notice::SentToTerminal { label, tmux: true }),
            Clipboard::Failed(reason) => {
                self.notice = notice_words(Notice::NotCopied(&reason));
                let title = format!("{label}: select it by hand");
                self.views.open(View::Text { title, lines: text.lines().map(str::to_owned).collect(), first: 0 });
            }
        }
    }

    pub(in crate::explorer) fn offer_to_terminal(&mut self, label: String, text: String, effects: &mut Effects) {
        if text.len() > MAX_OSC52 {
            let reason = format!("{} bytes, more than terminals take", text.len());
            return self.copied(&label, &text, Clipboard::Failed(reason));
        }
        effects.push(Effect::WriteToTerminal { label, text });
    }

    /// The chain that the target's server has to send, into a file named after the target.
    pub(in crate::explorer) fn write_chain(&mut self, effects: &mut Effects) {
        let Some(chain) = full_chain(&self.judgement) else {
            self.notice = notice_words(Notice::NoChain);
            return;
        };
        let pool = &self.analysis().pool;
        let text = chain.iter().map(|id| pool.certificate(*id).pem()).collect();
        let label = pool.certificate(self.judgement.target).label();
        let safe = |letter: char| if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '-' };
        let stem: String = label.trim_start_matches(['.', '-', '*']).chars().take(MAX_STEM).map(safe).collect();
        let name = format!("{}-fullchain.pem", if stem.is_empty() { "target" } else { stem.as_str() });
        effects.push(Effect::Save { name, text });
    }

    pub(in crate::explorer) fn saved(&mut self, outcome: Result<String, String>) {
        self.notice = match &outcome {
            Ok(name) => notice_words(Notice::Saved(name)),
            Err(reason) => notice_words(Notice::NotSaved(reason)),
        };
    }
}
