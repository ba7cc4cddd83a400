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

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::diagram::Charset;
use crate::explorer::{Clipboard, Effect, Explorer, Message, Settings, Waiting, merge};
use crate::worker::{Reopen, Start, Worker};
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
    worker.watch_signals();
    // Before the size is asked for, so that no change of it is missed.
    let mut keyboard = Keyboard::open(answers)?;
    let Size { width, height } = screen.size()?;
    let (mut stage, mut effects) = match start {
        Start::Opened(opened) => {
            let (explorer, effects) = Explorer::new(*opened, settings.clone(), (width, height));
            (Stage::Exploring(Box::new(explorer)), effects)
        }
        Start::Loading(what, loading) => {
            worker.load(loading);
            (Stage::Waiting(Box::new(Waiting::new(what, (width, height)))), Vec::new())
        }
    };
    // The first frame comes before any signature is checked and before any key is read.
    screen.draw(|frame| draw_stage(frame, &stage, &theme))?;
    worker.listen(move || keyboard.next());
    loop {
        for effect in std::mem::take(&mut effects) {
            if let Done::Quit = carry_out(effect, screen, &mut worker, &mut stage, (&settings, reopen))? {
                return Ok(());
            }
        }
        screen.draw(|frame| draw_stage(frame, &stage, &theme))?;
        let Ok(first) = worker.inbox().recv() else { return Ok(()) };
        // Whatever else has come is taken in before the next frame; a burst of keys costs one frame.
        for message in merge(std::iter::once(first).chain(worker.inbox().try_iter().take(MOST_AT_ONCE))) {
            effects.extend(advance(&mut stage, message, &settings, &worker));
        }
    }
}

/// Messages taken in between two frames, so that a flood cannot keep the screen from being drawn.
const MOST_AT_ONCE: usize = 256;

fn draw_stage(frame: &mut ratatui::Frame<'_>, stage: &Stage, theme: &Theme) {
    match stage {
        Stage::Waiting(waiting) => draw::waiting(frame, waiting, theme),
        Stage::Exploring(explorer) => draw::explorer(frame, explorer, theme),
    }
}

fn advance(stage: &mut Stage, message: Message, settings: &Settings, worker: &Worker) -> Vec<Effect> {
    match (stage, message) {
        (Stage::Exploring(explorer), message) => explorer.update(message),
        (Stage::Waiting(waiting), message) if waiting.is_over() || !matches!(message, Message::Opened(_)) => {
            let effects = waiting.update(message);
            if waiting.is_over() {
                worker.cancel();
            }
            effects
        }
        (stage, Message::Opened(opened)) => {
            let Stage::Waiting(waiting) = &*stage else { return Vec::new() };
            let (explorer, effects) = Explorer::new(*opened, settings.clone(), waiting.size);
            *stage = Stage::Exploring(Box::new(explorer));
            effects
        }
        _ => Vec::new(),
    }
}

enum Done {
    Quit,
    GoOn,
}

fn carry_out(
    effect: Effect,
    screen: &mut Screen,
    worker: &mut Worker,
    stage: &mut Stage,
    (settings, reopen): (&Settings, &Reopen<'_>),
) -> io::Result<Done> {
    match effect {
        Effect::Quit => return Ok(Done::Quit),
        Effect::Check { request, pool, graph, target, signers } => {
            worker.check(request, pool, *graph, target, signers);
        }
        Effect::Fetch { ticket, analysis, target, path, allowed } => {
            worker.fetch(ticket, *analysis, target, path, allowed);
        }
        Effect::Search { ticket, pool, wanted, among } => worker.search(ticket, pool, wanted, among),
        Effect::Copy { label, text } => worker.copy(label, text),
        Effect::WriteToTerminal { label, text } => {
            let outcome = match screen.copy(&text) {
                Ok(()) => Clipboard::SentToTerminal,
                Err(error) => Clipboard::Failed(error.to_string()),
            };
            if let Stage::Exploring(explorer) = stage {
                explorer.update(Message::Copied { label, text, outcome });
            }
        }
        Effect::Load(addition) => worker.load(reopen(addition)),
        Effect::Save { name, text } => worker.save(name, text),
        Effect::Complete(typed) => worker.complete(typed),
        Effect::Mouse(on) => screen.report_mouse(on)?,
        Effect::Redraw => screen.clear()?,
        Effect::Suspend => {
            screen.suspend()?;
            let Size { width, height } = screen.size()?;
            advance(stage, Message::Resize(width, height), settings, worker);
        }
    }
    Ok(Done::GoOn)
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
