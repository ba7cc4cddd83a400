//! Moving the judged time and the anchors: everything is judged anew, no signature is checked again.

use std::sync::Arc;

use tui_input::Input;

use crate::cert::Time;
use crate::chain::MAX_STORES;
use crate::explorer::keys::command::Command;
use crate::explorer::message::Effects;
use crate::explorer::state::Explorer;
use crate::explorer::views::view::View;
use crate::words::{Notice, notice_words};

const DAY: i64 = 86_400;

impl Explorer {
    pub(in crate::explorer) fn move_time(&mut self, command: Command, effects: &mut Effects) {
        // From where it was moved last, though that may not be judged yet.
        let at = self.opened.analysis.policy.at;
        let to = match command {
            Command::DayEarlier => Some(at.plus(-DAY)),
            Command::DayLater => Some(at.plus(DAY)),
            Command::MonthEarlier => Some(at.plus_months(-1)),
            Command::MonthLater => Some(at.plus_months(1)),
            Command::PreviousBoundary => self.judgement.next_boundary(at, false),
            Command::NextBoundary => self.judgement.next_boundary(at, true),
            _ => Some(self.opened.now),
        };
        match to {
            Some(to) => self.judge_at(to, effects),
            None => self.notice = notice_words(Notice::NoBoundary),
        }
    }

    fn judge_at(&mut self, to: Time, effects: &mut Effects) {
        Arc::make_mut(&mut self.opened.analysis).policy.at = to;
        self.judge_saying(notice_words(Notice::JudgedAt(to)), false, effects);
    }

    pub(in crate::explorer) fn toggle_anchor(&mut self, effects: &mut Effects) {
        let focus = self.selection.focus;
        let analysis = Arc::make_mut(&mut self.opened.analysis);
        if !analysis.trust.toggle(focus) {
            self.notice = notice_words(Notice::NoRoomForAnchor { stores: MAX_STORES });
            return;
        }
        let is_anchor = !analysis.trust.anchor_of(focus).is_empty();
        let name = self.labels().certificate(&self.opened.analysis.pool, &self.opened.analysis.graph, focus);
        self.selection.decide_anchor(focus, is_anchor);
        self.selection.moved = true;
        self.judge_saying(notice_words(Notice::AnchorChanged { name: &name, is_anchor }), true, effects);
    }

    pub(in crate::explorer) fn open_date(&mut self) {
        self.views.open(View::Date { text: Input::default(), error: None });
    }

    /// Takes the typed date; what is none is said, and stays to be mended.
    pub(in crate::explorer) fn take_date(&mut self, text: &str, effects: &mut Effects) {
        match Time::parse(text, self.opened.now) {
            Ok(to) => {
                self.views.close();
                self.judge_at(to, effects);
            }
            Err(error) => self.views.refuse_date(error.to_string()),
        }
    }
}
