//! Moving the judged time and the anchors: everything is judged anew, no signature is checked again.

use crate::cert::Time;
use crate::explorer::{Command, Effect, Explorer, View};

const DAY: i64 = 86_400;

impl Explorer {
    pub(in crate::explorer) fn move_time(&mut self, command: Command) -> Vec<Effect> {
        let at = self.analysis().policy.at;
        let to = match command {
            Command::DayEarlier => Some(at.plus(-DAY)),
            Command::DayLater => Some(at.plus(DAY)),
            Command::MonthEarlier => Some(at.plus_months(-1)),
            Command::MonthLater => Some(at.plus_months(1)),
            Command::PreviousBoundary => self.target.next_boundary(false),
            Command::NextBoundary => self.target.next_boundary(true),
            _ => Some(self.opened.now),
        };
        match to {
            Some(to) => self.judge_at(to),
            None => self.status = "no certificate of these paths begins or ends beyond".to_owned(),
        }
        Vec::new()
    }

    fn judge_at(&mut self, to: Time) {
        let before = self.valid_paths();
        self.opened.analysis.policy.at = to;
        self.judge_saying(before, format!("judged at {}", to.date()));
    }

    /// Judges anew and says what that did to the paths.
    fn judge_saying(&mut self, before: usize, what: String) {
        self.judge_again();
        let after = self.valid_paths();
        let total = self.target.paths.len();
        let change = match after.cmp(&before) {
            std::cmp::Ordering::Equal => format!("{after} of {total} paths hold, as before"),
            _ => format!("{after} of {total} paths hold, {before} did before"),
        };
        self.status = format!("{what}: {change}");
    }

    pub(in crate::explorer) fn toggle_anchor(&mut self) -> Vec<Effect> {
        let before = self.valid_paths();
        self.opened.analysis.trust.toggle(self.focus);
        let is_anchor = !self.analysis().trust.anchor_of(self.focus).is_empty();
        let name = self.labels.certificate(&self.analysis().pool, &self.analysis().graph, self.focus);
        self.moved = true;
        self.judge_saying(before, format!("{name} is {} an anchor", if is_anchor { "now" } else { "no longer" }));
        self.check_signatures()
    }

    pub(in crate::explorer) fn open_date(&mut self) -> Vec<Effect> {
        self.views.push(View::Date { text: String::new(), error: None });
        Vec::new()
    }

    /// Takes the typed date; what is none is said, and stays to be mended.
    pub(in crate::explorer) fn take_date(&mut self, text: &str) {
        match Time::parse(text, self.opened.now) {
            Ok(to) => {
                self.views.pop();
                self.judge_at(to);
            }
            Err(error) => {
                if let Some(View::Date { error: shown, .. }) = self.views.last_mut() {
                    *shown = Some(error.to_string());
                }
            }
        }
    }
}
