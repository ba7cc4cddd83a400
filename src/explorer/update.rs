//! The only place where the state changes: one message in, the new state and the effects out.

use super::bindings::Context;
use super::{COPIES, Clipboard, Command, Effect, Explorer, Key, Message, Pane, Source, Tab, View, copy_text};
use crate::analysis::full_chain;
use crate::chain::{LinkId, SignatureState};
use crate::diagram::Density;

/// Longest text that is taken from the keyboard or a paste into a line, in characters.
const MAX_TYPED: usize = 1_000;
/// Bytes of text that are sent by OSC 52; terminals cap it, often near 74,000 bytes of base64, and drop more in silence.
const MAX_OSC52: usize = 48 * 1024;
/// Characters of a file's name that come from a certificate.
const MAX_STEM: usize = 64;
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

    fn open(&mut self, view: View) -> Vec<Effect> {
        self.views.push(view);
        Vec::new()
    }

    fn panned(&mut self, columns: i32, rows: i32) -> Vec<Effect> {
        self.pan(columns, rows);
        Vec::new()
    }

    /// Escape: the topmost view, then the cursor among bytes, what narrows the list, the zoom, the pane; never the program.
    fn back(&mut self) -> Vec<Effect> {
        if self.views.pop().is_none() {
            if self.byte.take().is_some() || self.widen() {
                return Vec::new();
            }
            if self.zoomed {
                return self.zoom();
            }
            self.pane = Pane::Diagram;
            self.hits.clear();
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

    fn fold(&mut self) -> Vec<Effect> {
        let entity = self.analysis().graph.entity_of(self.focus);
        if !self.unfolded.remove(&entity) {
            self.unfolded.insert(entity);
        }
        self.refresh_scene();
        self.keep_in_view();
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
            self.move_cursor(0);
        }
        self.keep_in_view();
        Vec::new()
    }

    fn zoom(&mut self) -> Vec<Effect> {
        self.zoomed = !self.zoomed;
        self.refresh_scene();
        self.keep_in_view();
        Vec::new()
    }

    fn turn(&mut self) -> Vec<Effect> {
        use crate::diagram::Orientation::{LeftRight, TopDown};
        self.orientation = if self.orientation == TopDown { LeftRight } else { TopDown };
        self.camera = (0, 0);
        self.refresh_scene();
        self.keep_in_view();
        self.status = if self.orientation == TopDown { "roots on top" } else { "roots at the right" }.to_owned();
        Vec::new()
    }

    fn draw_with(&mut self, density: Density) -> Vec<Effect> {
        self.density = density;
        self.refresh_scene();
        self.keep_in_view();
        self.status = match density {
            Density::Tight => "small: - and + change it",
            Density::Compact => "with dates",
            Density::Roomy => "with dates, origins and serial numbers",
        }
        .to_owned();
        Vec::new()
    }

    fn fold_others(&mut self) -> Vec<Effect> {
        self.only_chosen = !self.only_chosen;
        if let Some(path) = self.chosen_path().filter(|path| self.only_chosen && !path.certificates.contains(&self.focus)) {
            self.focus = path.certificates.first().copied().unwrap_or(self.focus);
        }
        self.refresh_scene();
        self.keep_in_view();
        let all = self.entities_in_view().len();
        self.status = if self.only_chosen {
            format!("only the chosen path; {} of {all} names and keys are left out: C draws them again", self.undrawn)
        } else {
            "all paths".to_owned()
        };
        Vec::new()
    }

    fn show_problems(&mut self) -> Vec<Effect> {
        if self.opened.problems.is_empty() {
            self.status = "everything was read".to_owned();
            return Vec::new();
        }
        let lines = self.opened.problems.clone();
        self.open(View::Text { title: "Not read".to_owned(), lines, first: 0 })
    }

    /// The chain that the target's server has to send, into a file named after the target.
    fn write_chain(&mut self) -> Vec<Effect> {
        let Some(chain) = full_chain(&self.target) else {
            self.status = "no path of this target is valid, so there is no chain to write".to_owned();
            return Vec::new();
        };
        let pool = &self.analysis().pool;
        let text = chain.iter().map(|id| pool.certificate(*id).pem()).collect();
        let label = pool.certificate(self.target.certificate).subject.label();
        let safe = |letter: char| if letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_') { letter } else { '-' };
        let stem: String = label.trim_start_matches(['.', '-', '*']).chars().take(MAX_STEM).map(safe).collect();
        let name = format!("{}-fullchain.pem", if stem.is_empty() { "target" } else { stem.as_str() });
        vec![Effect::Save { name, text }]
    }

    fn saved(&mut self, outcome: Result<String, String>) -> Vec<Effect> {
        self.status = match outcome {
            Ok(name) => format!("written to {name}: what the server has to send, without the root"),
            Err(reason) => format!("not written: {}", crate::cert::escape(&reason)),
        };
        Vec::new()
    }

    fn show_pane_text(&mut self) -> Vec<Effect> {
        let lines = super::copy::pane_text(self).lines().map(str::to_owned).collect();
        self.open(View::Text { title: "This pane as text".to_owned(), lines, first: 0 })
    }

    fn show_about(&mut self) -> Vec<Effect> {
        let Some(about) = &self.opened.about else {
            self.status = "only the built-in samples have a lesson: `crossroots sample` lists them".to_owned();
            return Vec::new();
        };
        let (title, lines) = (about.title.clone(), vec![about.lesson.clone()]);
        self.open(View::Text { title, lines, first: 0 })
    }

    fn copied(&mut self, label: &str, text: &str, outcome: Clipboard) -> Vec<Effect> {
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

    fn offer_to_terminal(&mut self, label: String, text: String) -> Vec<Effect> {
        if text.len() > MAX_OSC52 {
            let reason = format!("{} bytes, more than terminals take", text.len());
            return self.copied(&label, &text, Clipboard::Failed(reason));
        }
        vec![Effect::WriteToTerminal { label, text }]
    }

    fn press_in_menu(&mut self, key: Key) -> Vec<Effect> {
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
        match copy_text(self, *copy) {
            Some(text) => vec![Effect::Copy { label: (*label).to_owned(), text }],
            None => {
                self.status = format!("there is no {label} here");
                Vec::new()
            }
        }
    }

    fn press_in_text(&mut self, key: Key) -> Vec<Effect> {
        let page = usize::from(self.size.1.saturating_sub(4).max(1));
        let Some(View::Help { first } | View::Text { first, .. }) = self.views.last_mut() else { return Vec::new() };
        match key {
            Key::Up | Key::Char('k') => *first = first.saturating_sub(1),
            Key::Down | Key::Char('j') => *first = first.saturating_add(1),
            Key::PageUp => *first = first.saturating_sub(page),
            Key::PageDown | Key::Char(' ') => *first = first.saturating_add(page),
            Key::Home | Key::Char('g') => *first = 0,
            Key::End | Key::Char('G') => *first = usize::MAX,
            Key::Ctrl('c') => return vec![Effect::Quit],
            Key::Ctrl('z') => return vec![Effect::Suspend],
            Key::Ctrl('l') => return vec![Effect::Redraw],
            Key::Char('/' | ':') if matches!(self.views.last(), Some(View::Help { .. })) => {
                self.views.pop();
                return self.open_palette();
            }
            _ => {
                self.views.pop();
            }
        }
        let last = self.text_rows().saturating_sub(1);
        if let Some(View::Help { first } | View::Text { first, .. }) = self.views.last_mut() {
            *first = (*first).min(last);
        }
        Vec::new()
    }

    /// Rows of the topmost text.
    fn text_rows(&self) -> usize {
        match self.views.last() {
            Some(View::Text { lines, .. }) => lines.iter().map(|line| super::wrapped(line, self.size.0).len()).sum(),
            _ => super::BINDINGS.len(),
        }
    }

    pub(super) fn press_in_line(&mut self, key: Key) -> Vec<Effect> {
        match key {
            Key::Char(character) => return self.typed(character.encode_utf8(&mut [0; 4])),
            Key::Escape => {
                self.views.pop();
            }
            Key::Ctrl('c') => return vec![Effect::Quit],
            Key::Ctrl('z') => return vec![Effect::Suspend],
            Key::Enter => return self.take_line(),
            Key::Backspace => self.edit(|text| {
                text.pop();
            }),
            Key::Ctrl('u') => self.edit(String::clear),
            _ => {}
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        matches!(
            self.views.last(),
            Some(View::Search { .. } | View::Date { .. } | View::Open { .. } | View::Palette { .. } | View::Filter { .. })
        )
    }

    fn typed(&mut self, typed: &str) -> Vec<Effect> {
        self.edit(|text| {
            let room = MAX_TYPED.saturating_sub(text.chars().count());
            text.extend(typed.chars().filter(|character| !character.is_control()).take(room));
        });
        Vec::new()
    }

    fn edit(&mut self, change: impl FnOnce(&mut String)) {
        match self.views.last_mut() {
            Some(View::Filter { .. }) => {
                change(&mut self.list().filter);
                self.filtered();
            }
            Some(View::Search { text }) => change(text),
            Some(View::Open { text, candidates }) => {
                change(text);
                candidates.clear();
            }
            Some(View::Palette { typed, cursor }) => {
                change(typed);
                *cursor = 0;
            }
            Some(View::Date { text, error }) => {
                change(text);
                *error = None;
            }
            _ => {}
        }
    }

    fn take_line(&mut self) -> Vec<Effect> {
        match self.views.last().cloned() {
            Some(View::Search { text }) => {
                self.views.pop();
                self.search(&text)
            }
            Some(View::Open { text, .. }) => self.take_name(&text),
            Some(View::Date { text, .. }) => {
                self.take_date(&text);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
