//! The terminal: the only user of ratatui and crossterm. Keys in, the explorer's state out as cells.

mod draw;
mod keyboard;
mod palette;
mod probe;
mod svg;
mod terminal;
mod theme;
#[cfg(unix)]
mod tty;
mod views;

use std::io;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::diagram::Charset;
use crate::explorer::{Addition, Clipboard, Effect, Explorer, Message, Settings, Waiting, merge};
use crate::worker::{Front, Loading, Reopen, Start, Worker};
use keyboard::Keyboard;
pub use palette::Palette;
pub use probe::{Answers, Questions, ask};
pub use svg::svg;
use terminal::Screen;
pub use theme::Theme;

enum Stage {
    Waiting(Box<Waiting>),
    Exploring(Box<Explorer>),
}

/// Runs until the person quits. The terminal is restored on every way out.
pub fn run(start: Start, reopen: &Reopen<'_>, settings: Settings, theme: Theme, answers: Answers) -> io::Result<()> {
    let mut screen = Screen::enter()?;
    let outcome = session(&mut screen, start, reopen, settings, theme, answers);
    screen.leave();
    outcome
}

fn session(screen: &mut Screen, start: Start, reopen: &Reopen<'_>, settings: Settings, theme: Theme, answers: Answers) -> io::Result<()> {
    if settings.mouse {
        screen.report_mouse(true)?;
    }
    let mut worker = Worker::new();
    worker.watch_signals()?;
    // Before the size is asked for, so that no change of it is missed.
    let mut keyboard = Keyboard::open(answers)?;
    let Size { width, height } = screen.size()?;
    let (stage, mut effects) = match start {
        Start::Opened(opened) => {
            let (explorer, effects) = Explorer::new(*opened, settings.clone(), (width, height));
            (Stage::Exploring(Box::new(explorer)), effects)
        }
        Start::Loading(what, loading) => {
            worker.load(loading);
            (Stage::Waiting(Box::new(Waiting::new(what, (width, height)))), Vec::new())
        }
    };
    let mut session = Session { screen, stage, settings, theme, reopen };
    // The first frame comes before any signature is checked and before any key is read.
    session.draw()?;
    worker.listen(move || keyboard.next())?;
    let begun = Instant::now();
    loop {
        if worker.carry_out(std::mem::take(&mut effects), &mut session)?.quits {
            return Ok(());
        }
        session.draw()?;
        let first = match &session.stage {
            // Whoever waits is told how long.
            Stage::Waiting(waiting) if !waiting.is_over() => worker.inbox().recv_timeout(TICK),
            _ => worker.inbox().recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let first = match first {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => Message::Waited(begun.elapsed().as_secs()),
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        // Whatever else has come is taken in before the next frame; a burst of keys costs one frame.
        for message in merge(std::iter::once(first).chain(worker.inbox().try_iter().take(MOST_AT_ONCE))) {
            effects.extend(session.update(message));
        }
        if session.is_given_up() {
            worker.cancel();
        }
    }
}

/// Messages taken in between two frames, so that a flood cannot keep the screen from being drawn.
const MOST_AT_ONCE: usize = 256;
/// How often the seconds of waiting are looked at.
const TICK: Duration = Duration::from_millis(250);

struct Session<'a> {
    screen: &'a mut Screen,
    stage: Stage,
    settings: Settings,
    theme: Theme,
    reopen: &'a Reopen<'a>,
}

impl Session<'_> {
    fn draw(&mut self) -> io::Result<()> {
        let (stage, theme) = (&self.stage, &self.theme);
        self.screen.draw(|frame| match stage {
            Stage::Waiting(waiting) => draw::waiting(frame, waiting, theme),
            Stage::Exploring(explorer) => draw::explorer(frame, explorer, theme),
        })
    }

    fn is_given_up(&self) -> bool {
        matches!(&self.stage, Stage::Waiting(waiting) if waiting.is_over())
    }
}

impl Front for Session<'_> {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        match (&mut self.stage, message) {
            (Stage::Exploring(explorer), message) => explorer.update(message),
            (Stage::Waiting(waiting), Message::Opened(opened)) if !waiting.is_over() => {
                let (explorer, effects) = Explorer::new(*opened, self.settings.clone(), waiting.size);
                self.stage = Stage::Exploring(Box::new(explorer));
                effects
            }
            (Stage::Waiting(waiting), message) => waiting.update(message),
        }
    }

    fn reopen(&self, addition: Addition) -> Loading {
        (self.reopen)(addition)
    }

    fn copy_to_terminal(&mut self, text: &str) -> Clipboard {
        match self.screen.copy(text) {
            Ok(()) => Clipboard::SentToTerminal,
            Err(error) => Clipboard::Failed(error.to_string()),
        }
    }

    fn report_mouse(&mut self, on: bool) -> io::Result<()> {
        self.screen.report_mouse(on)
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.screen.clear()
    }

    fn suspend(&mut self) -> io::Result<Option<Message>> {
        self.screen.suspend()?;
        let Size { width, height } = self.screen.size()?;
        Ok(Some(Message::Resize(width, height)))
    }
}

/// The frame that the explorer's state makes, without a terminal: for tests and pictures.
pub fn frame(explorer: &Explorer, theme: &Theme) -> Buffer {
    let (width, height) = explorer.size;
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(done) = terminal.draw(|frame| draw::explorer(frame, explorer, theme));
    done.buffer.clone()
}

fn term() -> String {
    std::env::var("TERM").unwrap_or_default()
}

/// What the terminal's environment can show: ASCII on the Linux console, and where the locale is no UTF-8.
pub fn charset() -> Charset {
    if term() == "linux" { Charset::Ascii } else { locale_charset() }
}

/// ASCII where the locale is no UTF-8.
pub fn locale_charset() -> Charset {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = variable("LC_ALL").or_else(|| variable("LC_CTYPE")).or_else(|| variable("LANG")).unwrap_or_default().to_uppercase();
    if locale.contains("UTF-8") || locale.contains("UTF8") || cfg!(windows) { Charset::Unicode } else { Charset::Ascii }
}

/// Whether the terminal knows no sequences at all.
pub fn is_dumb() -> bool {
    term() == "dumb"
}

/// Whether the terminal may have a clipboard that programs can write to.
pub fn has_clipboard() -> bool {
    !is_dumb() && term() != "linux"
}

/// Whether the terminal claims to show every colour; one that does can be asked for its background.
pub fn claims_all_colors() -> bool {
    std::env::var("COLORTERM").is_ok_and(|value| value == "truecolor" || value == "24bit")
}

/// Whether the terminal's name leaves it colours: the DEC terminals had none, nor has what is named mono (`term(7)`) or dumb.
pub fn has_colors() -> bool {
    let term = term();
    let is_dec = term.strip_prefix("vt").is_some_and(|model| model.starts_with(|first: char| first.is_ascii_digit()));
    !is_dec && !is_dumb() && !["-m", "-mono"].iter().any(|suffix| term.ends_with(suffix))
}
