//! How the state changes: messages in, the new state and effects out.

use super::keys::command::{Command, Context};
use super::keys::key::Key;
use super::message::{Effect, Effects, Message};
use super::panes::pane::{Pane, Tab};
use super::state::Explorer;
use super::views::view::View;
use crate::diagram::Density;

/// Columns and rows that one press moves the view of the diagram by.
const PAN: (i32, i32) = (8, 3);

impl Explorer {
    /// Takes a message in; what is to be done outside is added to `effects`.
    pub fn update(&mut self, message: Message, effects: &mut Effects) {
        let (focus, room) = (self.focus(), self.room());
        self.take(message, effects);
        // What was looked at while the diagram had another size, or none, may lie outside of it now.
        if self.room() != room {
            self.stay_in_view();
        }
        if self.focus() != focus {
            self.panes.leave_source();
        }
        self.refresh_tree();
        self.refresh_explained();
        self.foretell(effects);
    }

    fn take(&mut self, message: Message, effects: &mut Effects) {
        match message {
            Message::Key(key) => self.press(key, effects),
            Message::Run(command) => {
                self.notice.clear();
                self.run(Some(command), effects);
            }
            Message::RunWith(command, text) => self.run_with(command, &text, effects),
            Message::Copy(copy) => {
                self.notice.clear();
                self.copy(copy, effects);
            }
            Message::Focus(certificate) => self.focus_on(certificate),
            Message::Row(key) => self.reveal(&key),
            Message::Mouse(mouse) => self.mouse(mouse),
            Message::Paste(text) if self.is_typing() => {
                self.typed(&text, effects);
            }
            Message::Paste(text) => self.pasted(&text, effects),
            Message::Resize(width, height) => self.resize((width, height)),
            Message::Checked { request, results } => self.checked(request, &results, effects),
            Message::CheckedAll { request, budgets } => self.checked_all(request, &budgets, effects),
            Message::Judged(judgement) => self.judged(*judgement, effects),
            Message::Foretold(foretold) => self.foretold(foretold),
            Message::Following { ticket, line } => self.following(ticket, &line),
            Message::Fetched { ticket, base, analysis } => self.fetched(ticket, &base, *analysis, effects),
            Message::FetchedAll { ticket, problem } => self.fetched_all(ticket, problem),
            Message::Copied { label, text, outcome } => self.copied(&label, &text, outcome),
            Message::OfferToTerminal { label, text } => self.offer_to_terminal(label, text, effects),
            Message::Found { ticket, hits, done } => self.found(ticket, hits, done, effects),
            Message::Saved(outcome) => self.saved(outcome),
            Message::Suspend => effects.push(Effect::Suspend),
            Message::Quit => effects.push(Effect::Quit),
            Message::Opened { ticket, opened } => self.reopened(ticket, *opened, effects),
            Message::NotOpened { ticket, reasons } => self.not_reopened(ticket, reasons),
            Message::Completed { typed, completion } => self.completed(&typed, completion),
            Message::Step { ticket, step } => self.opening_step(ticket, step),
            Message::Refused(reason) => self.notice = reason,
            Message::Waited(_) => {}
        }
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.panes.resize(size);
        self.refresh_scene();
        self.keep_in_view();
    }

    fn press(&mut self, key: Key, effects: &mut Effects) {
        // What was said of the key before is said.
        self.notice.clear();
        match self.views().last() {
            Some(View::Search { .. } | View::Date { .. }) => self.press_in_line(key, effects),
            Some(View::Open { text, .. }) if key == Key::Tab => effects.push(Effect::Complete(text.value().to_owned())),
            Some(View::Open { .. }) => self.press_in_line(key, effects),
            Some(View::Filter { .. }) => self.press_in_filter(key, effects),
            Some(View::Palette { .. }) => self.press_in_palette(key, effects),
            Some(View::CopyMenu { .. }) => self.press_in_menu(key, effects),
            Some(View::Help { .. } | View::Text { .. }) => self.press_in_text(key, effects),
            Some(View::Time) => self.run(self.settings().keymap.command(key, Context::Time), effects),
            None => self.run(self.settings().keymap.command(key, Context::Explore), effects),
        }
    }

    pub(super) fn run(&mut self, command: Option<Command>, effects: &mut Effects) {
        let Some(command) = command else {
            self.notice = "no action on this key; ? lists them".to_owned();
            return;
        };
        if self.step_in_dump(command) {
            return;
        }
        match command {
            Command::Help => self.views.open(View::Help { first: 0 }),
            Command::Palette => self.open_palette(),
            Command::Quit => effects.push(Effect::Quit),
            Command::Up | Command::Down | Command::Left | Command::Right => self.step(command),
            Command::PanUp => self.pan(0, -PAN.1),
            Command::PanDown => self.pan(0, PAN.1),
            Command::PanLeft => self.pan(-PAN.0, 0),
            Command::PanRight => self.pan(PAN.0, 0),
            Command::PageUp => self.page(false),
            Command::PageDown => self.page(true),
            Command::First => self.go_to_edge(true),
            Command::Last => self.go_to_edge(false),
            Command::NextSibling => self.go_to_sibling(true),
            Command::PreviousSibling => self.go_to_sibling(false),
            Command::NextPath => self.go_to_path(true),
            Command::PreviousPath => self.go_to_path(false),
            Command::ChoosePath => self.choose_through_focus(),
            Command::NextFailure => self.go_to_failure(true, effects),
            Command::PreviousFailure => self.go_to_failure(false, effects),
            Command::NextTarget => self.go_to_target(true, effects),
            Command::PreviousTarget => self.go_to_target(false, effects),
            Command::Explain => self.explain_focus(effects),
            Command::Open => self.open_here(effects),
            Command::Fold => self.fold(),
            Command::Back => self.back(effects),
            Command::NextPane => self.go_to_pane(true),
            Command::PreviousPane => self.go_to_pane(false),
            Command::Zoom => self.zoom(),
            Command::Fields => self.show_tab(Tab::Fields),
            Command::Asn1 => self.show_asn1(),
            Command::Document => self.show_tab(Tab::Document),
            Command::Siblings => self.show_tab(Tab::Siblings),
            Command::TimeTab => self.show_tab(Tab::Time),
            Command::Mark => self.mark(),
            Command::Bytes => self.go_to_bytes(),
            Command::Field => self.go_to_field(),
            Command::Filter => self.open_filter(),
            Command::OpenAll => self.open_everything(),
            Command::Checks => self.show_pane(Pane::Checks),
            Command::Time => self.views.open(View::Time),
            Command::TypeDate => self.open_date(),
            Command::Fetch => self.fetch_for_path(effects),
            Command::Anchor => self.toggle_anchor(effects),
            Command::Turn => self.turn(),
            Command::Denser => self.draw_with(match self.density() {
                Density::Roomy => Density::Compact,
                _ => Density::Tight,
            }),
            Command::Looser => self.draw_with(match self.density() {
                Density::Tight => Density::Compact,
                _ => Density::Roomy,
            }),
            Command::FoldOthers => self.fold_others(),
            Command::Search => self.open_search(),
            Command::NextHit => self.next_hit(true, effects),
            Command::PreviousHit => self.next_hit(false, effects),
            Command::CopyMenu => self.views.open(View::CopyMenu { cursor: 0 }),
            Command::WriteChain => self.write_chain(effects),
            Command::PaneText => self.show_pane_text(),
            Command::Problems => self.show_problems(),
            Command::About => self.show_about(),
            Command::Reload => self.reload(effects),
            Command::OpenMore => self.open_more(String::new()),
            Command::Mouse => self.toggle_mouse(effects),
            Command::Redraw => effects.push(Effect::Redraw),
            Command::Suspend => effects.push(Effect::Suspend),
            Command::DayEarlier
            | Command::DayLater
            | Command::MonthEarlier
            | Command::MonthLater
            | Command::PreviousBoundary
            | Command::NextBoundary
            | Command::Now => self.move_time(command, effects),
        }
    }

    /// Escape: the topmost view, then what is being opened, then the cursor among bytes, what narrows the list, the zoom, the pane; never
    /// the program.
    fn back(&mut self, effects: &mut Effects) {
        if self.views.close().is_some() || self.give_up_opening(effects) || self.panes.leave_bytes() || self.widen() {
            return;
        }
        if self.zoomed() {
            return self.zoom();
        }
        self.panes.enter(Pane::Diagram);
        self.selection.forget_hits();
        self.notice = "q quits, ? lists the keys".to_owned();
    }

    fn open_here(&mut self, effects: &mut Effects) {
        match self.pane() {
            Pane::Inspector if self.explain_listed(effects) => {}
            Pane::Diagram => self.show_pane(self.lower().into()),
            Pane::Inspector | Pane::Checks => self.open_row(None),
        }
    }
}
