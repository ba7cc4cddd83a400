//! What lies on top of the panes, and what the person set once for all.

use tui_input::Input;

use super::view::View;
use crate::explorer::keys::keymap::Settings;

/// Views on top of the panes, and the settings.
#[derive(Debug, Clone)]
pub(in crate::explorer) struct Views {
    /// The last one receives the keys.
    pub(super) stack: Vec<View>,
    pub(super) settings: Settings,
}

impl Views {
    pub(in crate::explorer) fn new(settings: Settings) -> Self {
        Self { stack: Vec::new(), settings }
    }

    pub(in crate::explorer) fn open(&mut self, view: View) {
        self.stack.push(view);
    }

    /// Takes away what lies on top.
    pub(in crate::explorer) fn close(&mut self) -> Option<View> {
        self.stack.pop()
    }

    pub(in crate::explorer) fn top_mut(&mut self) -> Option<&mut View> {
        self.stack.last_mut()
    }

    /// The line that is typed in.
    pub(in crate::explorer) fn line_mut(&mut self) -> Option<&mut Input> {
        match self.stack.last_mut()? {
            View::Palette { typed: line, .. }
            | View::Search { text: line }
            | View::Filter { text: line, .. }
            | View::Open { text: line, .. }
            | View::Date { text: line, .. } => Some(line),
            View::Time | View::Help { .. } | View::CopyMenu { .. } | View::Text { .. } => None,
        }
    }

    /// What the name that is typed could go on as; whether that is still typed.
    pub(in crate::explorer) fn completed(&mut self, typed: &str, longest: String, found: Vec<String>) -> bool {
        let Some(View::Open { text, candidates }) = self.stack.last_mut() else { return false };
        let is_typed = text.value() == typed;
        if is_typed {
            *text = Input::new(longest);
            *candidates = found;
        }
        is_typed
    }

    /// Says why the date that was typed is none.
    pub(in crate::explorer) fn refuse_date(&mut self, reason: String) {
        if let Some(View::Date { error, .. }) = self.stack.last_mut() {
            *error = Some(reason);
        }
    }

    /// Turns the mouse on or off; which of the two.
    pub(in crate::explorer) fn toggle_mouse(&mut self) -> bool {
        self.settings.mouse = !self.settings.mouse;
        self.settings.mouse
    }
}
