//! What a walk knows: the explorer, its worker, the list that numbers speak of; and how messages are sent and waited for.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::lines::Lines;
use super::listing::{Goal, Item};
use crate::explorer::{Addition, Clipboard, Command, Effects, Explorer, MAX_PASTED, Message, Settings, View, state_line, verdict_line};
use crate::words::{Notice, Saying, aloud, notice_words, saying_words, shown};
use crate::worker::{FIRST_LOADING, Front, Loading, Reopen, Start, Worker};

/// Nothing is drawn; what is said does not depend on it.
const SIZE: (u16, u16) = (80, 24);
/// Items that are written in one go; a screen of 24 rows and what one takes in at once are of that order.
const AT_ONCE: usize = 30;
/// Bytes of a line that is read at once; the longest name that a command takes has 4,096 (`PATH_MAX` of Linux).
const MAX_LINE: usize = 1 << 16;
/// After this long without an answer it is said what is waited for, and again after four times as long.
const SILENCE: Duration = Duration::from_secs(2);

pub(super) struct Walk<'a> {
    pub explorer: Explorer,
    worker: Worker,
    reopen: &'a Reopen<'a>,
    lines: Lines<'a>,
    /// What the last list holds: a number goes to its goal.
    goals: Vec<(String, Goal)>,
    /// What of the last list is still to be written.
    rest: VecDeque<String>,
    pub quits: bool,
}

impl<'a> Walk<'a> {
    /// Opens what is asked for, a line a step; `None` where nothing could be opened, with the reasons written.
    pub fn begin(start: Start, reopen: &'a Reopen<'a>, settings: Settings, mut lines: Lines<'a>) -> io::Result<Option<Self>> {
        let mut worker = Worker::new();
        let opened = match start {
            Start::Opened(opened) => *opened,
            Start::Loading(what, loading) => {
                worker.load(FIRST_LOADING, loading);
                say(&mut lines, &saying_words(Saying::Opening(&what)))?;
                loop {
                    match worker.inbox().recv() {
                        Ok(Message::Step { step, .. }) => say(&mut lines, &step)?,
                        Ok(Message::Opened { opened, .. }) => break *opened,
                        Ok(Message::NotOpened { reasons, .. }) => {
                            reasons.iter().try_for_each(|reason| say(&mut lines, reason))?;
                            return Ok(None);
                        }
                        Ok(_) => {}
                        Err(_) => return Ok(None),
                    }
                }
            }
        };
        let mut effects = Effects::default();
        let explorer = Explorer::new(opened, settings, SIZE, &mut effects);
        let mut walk = Self { explorer, worker, reopen, lines, goals: Vec::new(), rest: VecDeque::new(), quits: false };
        walk.carry_out(effects)?;
        Ok(Some(walk))
    }

    /// What is open, and the chosen path.
    pub fn introduce(&mut self) -> io::Result<()> {
        if let Some(about) = self.explorer.opened().about.clone() {
            self.say(&about.title)?;
        }
        let status = aloud(&state_line(&self.explorer));
        self.say(&status)?;
        self.list_path()?;
        self.tell(Saying::Hints)
    }

    pub fn list_path(&mut self) -> io::Result<()> {
        let (verdict, items) = (aloud(&verdict_line(&self.explorer)), super::listing::path(&self.explorer));
        self.say(&verdict)?;
        self.list(items)
    }

    /// Asks for a line; `None` at the input's end. One that is too long is said to be, and is empty then.
    pub fn ask(&mut self) -> io::Result<Option<String>> {
        write!(self.lines.output, "> ")?;
        self.lines.output.flush()?;
        let line = self.line()?;
        if line.is_empty() {
            writeln!(self.lines.output)?;
            return Ok(None);
        }
        if self.pass_over_rest(&line)? {
            self.say(&notice_words(Notice::LineTooLong { most: MAX_LINE }))?;
            return Ok(Some(String::new()));
        }
        if self.lines.echo {
            let escaped = crate::cert::escape(line.trim());
            self.say(&escaped)?;
        }
        Ok(Some(line))
    }

    /// The line and what follows it, up to one that begins like this; or how many bytes that is, where it is more than can be opened.
    pub fn ask_until(&mut self, first: String, end: &str) -> io::Result<Result<String, usize>> {
        let mut length = first.len();
        let mut out = first;
        loop {
            let line = self.line()?;
            length += line.len();
            // What is too long is read to its end all the same: its lines are no commands.
            if length <= MAX_PASTED {
                out.push_str(&line);
            }
            if line.is_empty() || line.trim_start().starts_with(end) {
                return Ok(if length <= MAX_PASTED { Ok(out) } else { Err(length) });
            }
        }
    }

    /// The next line with its end; empty where there is none. Of a longer one the rest is the next.
    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        (&mut *self.lines.input).take(MAX_LINE as u64).read_until(b'\n', &mut line)?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// Passes over the rest of a line that was too long, which is no command; whether there was one.
    fn pass_over_rest(&mut self, line: &str) -> io::Result<bool> {
        let is_cut = |line: &str| !line.is_empty() && !line.ends_with('\n');
        if line.len() < MAX_LINE || !is_cut(line) {
            return Ok(false);
        }
        while is_cut(&self.line()?) {}
        Ok(true)
    }

    pub fn say(&mut self, words: &str) -> io::Result<()> {
        say(&mut self.lines, words)
    }

    /// Writes a list, as much as is taken in at once; numbers speak of it from now on.
    pub fn list(&mut self, items: Vec<Item>) -> io::Result<()> {
        self.rest = items.iter().map(Item::line).collect();
        self.goals = items.into_iter().filter_map(|item| Some((item.number, item.goal?))).collect();
        if self.rest.is_empty() {
            return self.tell(Saying::NothingThere);
        }
        self.go_on()
    }

    /// Of a list, only what goes there and what that holds; numbers speak of all of it.
    pub fn list_part(&mut self, items: Vec<Item>, goal: &Goal) -> io::Result<()> {
        let number = items.iter().find(|item| item.goal.as_ref() == Some(goal)).map(|item| item.number.clone()).unwrap_or_default();
        let below = format!("{number}.");
        self.rest = items.iter().filter(|item| item.number == number || item.number.starts_with(&below)).map(Item::line).collect();
        self.goals = items.into_iter().filter_map(|item| Some((item.number, item.goal?))).collect();
        self.go_on()
    }

    pub fn go_on(&mut self) -> io::Result<()> {
        for _ in 0..AT_ONCE {
            let Some(line) = self.rest.pop_front() else { return Ok(()) };
            self.say(&line)?;
        }
        if self.rest.is_empty() { Ok(()) } else { self.tell(Saying::MoreItems(self.rest.len())) }
    }

    pub fn has_more(&self) -> bool {
        !self.rest.is_empty()
    }

    pub fn goal(&self, number: &str) -> Option<Goal> {
        self.goals.iter().find(|(known, _)| known == number).map(|(_, goal)| goal.clone())
    }

    /// Sends messages, waits for what they start, and says what the explorer opens on top.
    pub fn send(&mut self, messages: impl IntoIterator<Item = Message>) -> io::Result<()> {
        for message in messages {
            let mut effects = Effects::default();
            self.explorer.update(message, &mut effects);
            self.carry_out(effects)?;
        }
        Ok(())
    }

    /// Says texts that the explorer lays on top, and why a line was refused; takes them away with whatever else lies there.
    pub fn clear_views(&mut self) -> io::Result<()> {
        while let Some(view) = self.explorer.views().last().cloned() {
            match view {
                View::Text { title, lines, .. } => {
                    self.tell(Saying::ListOf(&title))?;
                    lines.iter().try_for_each(|line| self.say(line))?;
                }
                View::Date { error: Some(error), .. } => self.say(&error)?,
                _ => {}
            }
            let depth = self.explorer.views().len();
            self.send([Message::Run(Command::Back)])?;
            if self.explorer.views().len() >= depth {
                break;
            }
        }
        Ok(())
    }

    /// What only this walk says.
    pub fn tell(&mut self, saying: Saying<'_>) -> io::Result<()> {
        self.say(&saying_words(saying))
    }

    /// What was done last.
    pub fn say_notice(&mut self) -> io::Result<()> {
        let notice = self.explorer.notice().to_owned();
        if notice.is_empty() { Ok(()) } else { self.say(&notice) }
    }

    fn waits_for(&self) -> Saying<'static> {
        match &self.explorer {
            explorer if explorer.is_checking() => Saying::Checking,
            explorer if explorer.is_fetching() => Saying::Fetching,
            explorer if explorer.is_searching() => Saying::Searching,
            _ => Saying::Waiting,
        }
    }

    /// Carries out what is to be done, and what comes of that, until nothing is under way any more.
    fn carry_out(&mut self, effects: Effects) -> io::Result<()> {
        let mut effects = effects;
        // Answers that will come for sure, besides those that the explorer itself waits for.
        let mut awaited = 0_usize;
        let mut silence = SILENCE;
        loop {
            let front = &mut Desk { explorer: &mut self.explorer, lines: &mut self.lines, reopen: self.reopen };
            let carried = self.worker.carry_out(&mut effects, front)?;
            self.quits |= carried.quits;
            awaited += carried.answers;
            let explorer = &self.explorer;
            if awaited == 0 && !explorer.is_working() {
                return Ok(());
            }
            let message = match self.worker.inbox().recv_timeout(silence) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => {
                    // Whoever listens hears that it still goes on, and less often the longer it does.
                    silence *= 4;
                    let what = self.waits_for();
                    self.tell(what)?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            match &message {
                Message::Step { step: words, .. } | Message::Following { line: words, .. } | Message::Refused(words) => self.say(words)?,
                Message::Copied { .. } | Message::OfferToTerminal { .. } | Message::Saved(_) => awaited = awaited.saturating_sub(1),
                Message::Opened { .. } | Message::NotOpened { .. } => awaited = awaited.saturating_sub(1),
                _ => {}
            }
            self.explorer.update(message, &mut effects);
        }
    }
}

/// What the worker needs of a walk. There is no screen and no mouse, and the shell suspends a program that reads.
struct Desk<'w, 'a> {
    explorer: &'w mut Explorer,
    lines: &'w mut Lines<'a>,
    reopen: &'a Reopen<'a>,
}

impl Front for Desk<'_, '_> {
    fn update(&mut self, message: Message, effects: &mut Effects) {
        self.explorer.update(message, effects);
    }

    fn reopen(&self, additions: Vec<Addition>) -> Loading {
        (self.reopen)(additions)
    }

    /// OSC 52, the only sequence that is ever written, and only where there may be a clipboard.
    fn copy_to_terminal(&mut self, text: &str) -> Clipboard {
        let Some(clipboard) = self.lines.clipboard.clone() else {
            return Clipboard::Failed(saying_words(Saying::NoClipboard));
        };
        match write!(self.lines.output, "\x1b]52;c;{}\x1b\\", STANDARD.encode(text)).and_then(|()| self.lines.output.flush()) {
            Ok(()) => clipboard,
            Err(error) => Clipboard::Failed(error.to_string()),
        }
    }
}

fn say(lines: &mut Lines<'_>, words: &str) -> io::Result<()> {
    writeln!(lines.output, "{}", shown(words, lines.charset))
}
