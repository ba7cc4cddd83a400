//! The interactive program begins: on a screen, or line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::Result;
use crossroots::diagram::Charset;
use crossroots::explorer::Settings;
use crossroots::plain;
use crossroots::source::{Input, ReadLimits, keep_stdin};
use crossroots::tui::{self, Colors, Questions, Theme};
use crossroots::worker::{self, Loading, Start};

use super::cli::Inspection;
use super::exit::{NETWORK, PANICKED};
use super::opening::{Progress, load_and_open, lock, opened, reopening};
use super::screen::{charset, colors};

/// What an interactive program begins with.
struct Beginning {
    start: Start,
    /// What is read again, with what was opened besides.
    look: Arc<Mutex<Inspection>>,
    charset: Charset,
    /// The exit code, until something is opened.
    failure: Arc<AtomicU8>,
}

/// Files are read before the first frame, which they hardly delay; servers while the program is alive.
fn begin(look: Inspection, charset: Charset) -> Result<Beginning> {
    let asks_a_server = look.request.inputs.iter().any(|asked| matches!(asked.input, Ok(Input::Server(_))));
    // Until something is opened nothing is; who quits before that, or gives it up, has reached no server.
    let failure = Arc::new(AtomicU8::new(if asks_a_server { NETWORK } else { 0 }));
    let look = Arc::new(Mutex::new(look));
    let start = if asks_a_server {
        let what = lock(&look).request.inputs.iter().map(|asked| asked.text.as_str()).collect::<Vec<_>>().join(", ");
        let (look, code) = (Arc::clone(&look), Arc::clone(&failure));
        let loading: Loading = Box::new(move |step, cancelled| {
            let mut asked = lock(&look).clone();
            keep_what_is_read_once(&mut asked);
            lock(&look).request.inputs.clone_from(&asked.request.inputs);
            let opened = load_and_open(&asked, None, charset, step, cancelled);
            code.store(opened.as_ref().map_or_else(|(code, _)| *code, |_| 0), Ordering::Relaxed);
            opened.map_err(|(_, reasons)| reasons)
        });
        Start::Loading(what, loading)
    } else {
        let mut look = lock(&look);
        keep_what_is_read_once(&mut look);
        let progress = Progress::new();
        let loaded = worker::load(&look.request, &|step| progress.tell(&step.to_string()), &AtomicBool::new(false))?;
        drop(progress);
        // From here on the explorer has the keyboard.
        look.request.may_ask = false;
        Start::Opened(Box::new(opened(&look, loaded, charset)?))
    };
    Ok(Beginning { start, look, charset, failure })
}

/// Standard input can be read once, and may have to be looked at again.
fn keep_what_is_read_once(look: &mut Inspection) {
    for asked in look.request.inputs.iter_mut().filter(|asked| asked.input == Ok(Input::Stdin)) {
        asked.input = Ok(keep_stdin(&ReadLimits::default()));
    }
}

/// The interactive program on a screen.
pub fn explore(look: Inspection, settings: Settings) -> Result<ExitCode> {
    let charset = charset(look.screen, tui::charset());
    let asks = Questions {
        width: charset == Charset::Unicode && !look.screen.unicode,
        background: colors(look.screen).is_none() && tui::claims_all_colors(),
    };
    let answers = tui::ask(asks);
    // Boxes of lines that are two cells wide would fall apart.
    let charset = if answers.has_wide_lines { Charset::Ascii } else { charset };
    let theme = Theme { colors: colors(look.screen).unwrap_or(Colors::on(answers.background)), charset };
    let beginning = begin(look, charset)?;
    let reopen = |additions| reopening(&beginning.look, additions, charset);
    end_with_any_panic();
    tui::run(beginning.start, &reopen, settings, theme, answers)?;
    Ok(ExitCode::from(beginning.failure.load(Ordering::Relaxed)))
}

/// The same program line by line.
pub fn walk(look: Inspection, settings: Settings) -> Result<ExitCode> {
    let charset = charset(look.screen, tui::locale_charset());
    // What came by standard input is no command; the person, if there is one, is at the terminal.
    let took_stdin = look.request.inputs.iter().any(|asked| asked.input == Ok(Input::Stdin));
    let beginning = begin(look, charset)?;
    let reopen = |additions| reopening(&beginning.look, additions, beginning.charset);
    let terminal = if took_stdin && cfg!(unix) { File::open("/dev/tty").ok() } else { None };
    let echo = terminal.is_none() && !io::stdin().is_terminal();
    let mut input: Box<dyn BufRead> = match terminal {
        Some(terminal) => Box::new(BufReader::new(terminal)),
        None => Box::new(io::stdin().lock()),
    };
    end_with_any_panic();
    let clipboard = tui::clipboard().filter(|_| io::stdout().is_terminal());
    let lines = plain::Lines { input: &mut *input, output: &mut io::stdout(), echo, clipboard, charset };
    match plain::run(beginning.start, &reopen, settings, lines) {
        // A reader that has heard enough and closed the pipe is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        outcome => outcome?,
    }
    Ok(ExitCode::from(beginning.failure.load(Ordering::Relaxed)))
}

/// A panic on a worker's thread ends the program as one on the drawing thread does: the terminal was given back by then, and a
/// screen that went on drawing would spoil it.
fn end_with_any_panic() {
    let drawing = std::thread::current().id();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        hook(panic);
        if std::thread::current().id() != drawing {
            std::process::exit(PANICKED);
        }
    }));
}
