//! The only place where the state changes: one message in, the new state and the effects out.

use super::keys::bindings::Context;
use super::{Command, Effect, Explorer, Key, Message, Pane, Source, Tab, View};
use crate::chain::{LinkId, SignatureState};
use crate::diagram::Density;

/// Columns and rows that one press moves the view of the diagram by.
const PAN: (i32, i32) = (8, 3);

impl Explorer {
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let focus = self.focus;
        let effects = self.take(message);
        if self.focus != focus {
            (self.source, self.byte) = (Source::Focus, None);
        }
        self.refresh_tree();
        self.refresh_foretold();
        effects
    }

    fn take(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.press(key),
            Message::Run(command) => self.run(Some(command)),
            Message::Focus(certificate) => {
                self.focus_on(certificate);
                Vec::new()
            }
            Message::Row(key) => {
                self.reveal(&key);
                Vec::new()
            }
            Message::Mouse(mouse) => self.mouse(mouse),
            Message::Paste(text) if self.is_typing() => self.typed(&text),
            Message::Paste(text) => self.pasted(&text),
            Message::Resize(width, height) => {
                self.size = (width, height);
                self.refresh_scene();
                self.keep_in_view();
                Vec::new()
            }
            Message::Checked { request, .. } if request < self.fetching.graph_since => Vec::new(),
            Message::Checked { results, .. } => self.record(&results),
            Message::Following { ticket, line } => self.following(ticket, &line),
            Message::Fetched { ticket, base, analysis } => self.fetched(ticket, &base, *analysis),
            Message::FetchedAll { ticket, problem } => self.fetched_all(ticket, problem),
            Message::CheckedAll { request, stopped } => self.checked_all(request, stopped),
            Message::Copied { label, text, outcome } => self.copied(&label, &text, outcome),
            Message::OfferToTerminal { label, text } => self.offer_to_terminal(label, text),
            Message::Found { ticket, hits, done } => self.found(ticket, hits, done),
            Message::Saved(outcome) => self.saved(outcome),
            Message::Suspend => vec![Effect::Suspend],
            Message::Quit => vec![Effect::Quit],
            Message::Opened(opened) => self.reopened(*opened),
            Message::NotOpened(reasons) => self.not_reopened(reasons),
            Message::Completed { typed, longest, candidates } => self.completed(&typed, longest, candidates),
            Message::Step(step) => {
                self.status = format!("opening: {step}");
                Vec::new()
            }
            Message::Refused(reason) => {
                self.status = reason;
                Vec::new()
            }
            Message::Waited(_) => Vec::new(),
        }
    }

    fn record(&mut self, results: &[(LinkId, SignatureState)]) -> Vec<Effect> {
        for (link, signature) in results {
            self.opened.analysis.graph.record(*link, *signature);
        }
        self.judge();
        Vec::new()
    }

    fn checked_all(&mut self, request: u64, stopped: Vec<String>) -> Vec<Effect> {
        if request == self.request {
            self.checking = false;
            self.stopped = stopped;
            self.judge();
            // A failing signature is written on its edge and takes room: the first look at the picture is settled only now.
            if !self.moved {
                self.settle();
            }
        }
        Vec::new()
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        // What was said of the key before is said.
        self.status.clear();
        match self.views.last() {
            Some(View::Search { .. } | View::Date { .. }) => self.press_in_line(key),
            Some(View::Open { text, .. }) if key == Key::Tab => vec![Effect::Complete(text.clone())],
            Some(View::Open { .. }) => self.press_in_line(key),
            Some(View::Filter { .. }) => self.press_in_filter(key),
            Some(View::Palette { .. }) => self.press_in_palette(key),
            Some(View::CopyMenu { .. }) => self.press_in_menu(key),
            Some(View::Help { .. } | View::Text { .. }) => self.press_in_text(key),
            Some(View::Time) => self.run(self.settings.keymap.command(key, Context::Time)),
            None => self.run(self.settings.keymap.command(key, Context::Explore)),
        }
    }

    pub(super) fn run(&mut self, command: Option<Command>) -> Vec<Effect> {
        let Some(command) = command else {
            self.status = "no action on this key; ? lists them".to_owned();
            return Vec::new();
        };
        if let Some(effects) = self.step_in_dump(command) {
            return effects;
        }
        match command {
            Command::Help => self.open(View::Help { first: 0 }),
            Command::Palette => self.open_palette(),
            Command::Quit => vec![Effect::Quit],
            Command::Up | Command::Down | Command::Left | Command::Right => self.step(command),
            Command::PanUp => self.panned(0, -PAN.1),
            Command::PanDown => self.panned(0, PAN.1),
            Command::PanLeft => self.panned(-PAN.0, 0),
            Command::PanRight => self.panned(PAN.0, 0),
            Command::PageUp => self.page(false),
            Command::PageDown => self.page(true),
            Command::First => self.go_to_edge(true),
            Command::Last => self.go_to_edge(false),
            Command::NextSibling => self.go_to_sibling(true),
            Command::PreviousSibling => self.go_to_sibling(false),
            Command::NextPath => self.go_to_path(true),
            Command::PreviousPath => self.go_to_path(false),
            Command::ChoosePath => self.choose_through_focus(),
            Command::NextFailure => self.go_to_failure(true),
            Command::PreviousFailure => self.go_to_failure(false),
            Command::NextTarget => self.go_to_target(true),
            Command::PreviousTarget => self.go_to_target(false),
            Command::Explain => self.explain_focus(),
            Command::Open => self.open_here(),
            Command::Fold => self.fold(),
            Command::Back => self.back(),
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
            Command::Time => self.open(View::Time),
            Command::TypeDate => self.open_date(),
            Command::Fetch => self.fetch_for_path(),
            Command::Anchor => self.toggle_anchor(),
            Command::Turn => self.turn(),
            Command::Denser => self.draw_with(match self.density {
                Density::Roomy => Density::Compact,
                _ => Density::Tight,
            }),
            Command::Looser => self.draw_with(match self.density {
                Density::Tight => Density::Compact,
                _ => Density::Roomy,
            }),
            Command::FoldOthers => self.fold_others(),
            Command::Search => self.open_search(),
            Command::NextHit => self.next_hit(true),
            Command::PreviousHit => self.next_hit(false),
            Command::CopyMenu => self.open(View::CopyMenu { cursor: 0 }),
            Command::WriteChain => self.write_chain(),
            Command::PaneText => self.show_pane_text(),
            Command::Problems => self.show_problems(),
            Command::About => self.show_about(),
            Command::Reload => self.reload(),
            Command::OpenMore => self.open_more(String::new()),
            Command::Mouse => self.toggle_mouse(),
            Command::Redraw => vec![Effect::Redraw],
            Command::Suspend => vec![Effect::Suspend],
            Command::DayEarlier
            | Command::DayLater
            | Command::MonthEarlier
            | Command::MonthLater
            | Command::PreviousBoundary
            | Command::NextBoundary
            | Command::Now => self.move_time(command),
        }
    }

    pub(super) fn open(&mut self, view: View) -> Vec<Effect> {
        self.views.push(view);
        Vec::new()
    }

    /// Escape: the topmost view, then the cursor among bytes, what narrows the list, the zoom, the pane; never the program.
    fn back(&mut self) -> Vec<Effect> {
        if self.views.pop().is_none() {
            if (self.is_in_tab(Tab::Asn1) && self.byte.take().is_some()) || self.widen() {
                return Vec::new();
            }
            if self.zoomed {
                return self.zoom();
            }
            self.pane = Pane::Diagram;
            self.search.hits.clear();
            self.status = "q quits, ? lists the keys".to_owned();
        }
        Vec::new()
    }

    fn open_here(&mut self) -> Vec<Effect> {
        if self.pane == Pane::Diagram {
            return self.show_pane(self.lower);
        }
        self.open_row(None);
        Vec::new()
    }

    fn go_to_pane(&mut self, forward: bool) -> Vec<Effect> {
        let order = [Pane::Diagram, Pane::Inspector, Pane::Checks];
        let here = order.iter().position(|pane| *pane == self.pane).unwrap_or(0);
        let next = order[(here + if forward { 1 } else { order.len() - 1 }) % order.len()];
        self.show_pane(next)
    }

    pub(super) fn show_pane(&mut self, pane: Pane) -> Vec<Effect> {
        self.pane = pane;
        if pane != Pane::Diagram {
            self.lower = pane;
            self.start_checks_at_focus();
            self.move_cursor(0);
        }
        self.keep_in_view();
        Vec::new()
    }
}
