//! Arguments become a look at some certificates; that becomes a report, and the report an exit code.

mod cli;
mod config;
mod opening;
mod progress;
mod writing;

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::{CommandFactory, Parser};
use crossroots::cert::{Time, escape};
use crossroots::diagram::Charset;
use crossroots::explorer::Settings;
use crossroots::plain;
use crossroots::source::{Input, Limits, keep_stdin, sample_titles};
use crossroots::tui::{self, Palette, Questions, Theme};
use crossroots::worker::{self, LoadError, Loading, Start};

use cli::{Arguments, Color, Format, Job, Look, ScreenArguments, ThemeChoice};
use config::{ConfigError, Configuration};
use opening::{failure_code, load_and_open, lock, opened, reopening};
use progress::Progress;
use writing::{print, write_elements, write_report};

/// Exit codes besides 0: every target has a valid path.
const SOME_TARGET_HAS_NONE: u8 = 1;
const USAGE: u8 = 2;
/// What Rust ends a program with whose main thread panicked.
const PANICKED: i32 = 101;
const NETWORK: u8 = 3;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed the same way, to standard output, with code 0. Nobody is left to tell if that fails.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            let code = error.downcast_ref::<LoadError>().map_or(USAGE, failure_code);
            let _ = writeln!(io::stderr().lock(), "crossroots: {error}");
            ExitCode::from(code)
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    match cli::job(arguments, now())? {
        Job::Look(mut look) => {
            let configuration = configuration()?;
            look.fill_in(&configuration);
            let is_terminal = io::stdout().is_terminal();
            let is_plain = look.screen.plain || (is_terminal && tui::is_dumb());
            match look.format {
                None if is_plain => walk(*look, configuration.settings),
                None if is_terminal => explore(*look, configuration.settings),
                format => {
                    let progress = Progress::new();
                    let loaded = worker::load(&look.request, &|step| progress.tell(&step.to_string()), &AtomicBool::new(false))?;
                    drop(progress);
                    write_report(&look, loaded, format.unwrap_or(Format::Text))
                }
            }
        }
        Job::ListSamples => {
            let titles = sample_titles();
            let width = titles.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
            print(|out| titles.iter().try_for_each(|(name, title)| writeln!(out, "{name:width$}  {title}")))?;
            Ok(ExitCode::SUCCESS)
        }
        Job::Asn1(inputs) => write_elements(&inputs),
        Job::Config { print: true } => {
            let text = configuration()?.to_toml()?;
            print(|out| out.write_all(text.as_bytes()))?;
            Ok(ExitCode::SUCCESS)
        }
        Job::Config { print: false } => {
            let place = config::place().map_or_else(|| "nowhere".to_owned(), |(path, _)| escape(&path.to_string_lossy()));
            print(|out| writeln!(out, "{place}"))?;
            Ok(ExitCode::SUCCESS)
        }
        Job::Completions(shell) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "crossroots", &mut script);
            print(|out| out.write_all(&script))?;
            Ok(ExitCode::SUCCESS)
        }
        Job::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
            print(|out| out.write_all(&page))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The configuration's file, where there is one; where it was named there must be.
fn configuration() -> Result<Configuration> {
    let Some((path, is_named)) = config::place() else { return Ok(Configuration::default()) };
    let failed = |error| ConfigError::Read { path: escape(&path.to_string_lossy()), error };
    let file = match File::open(&path) {
        // One that nobody named must not keep anyone from a report.
        Err(error) if !is_named && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
            return Ok(Configuration::default());
        }
        file => file.map_err(failed)?,
    };
    let mut text = String::new();
    file.take(config::MAX_CONFIG).read_to_string(&mut text).map_err(failed)?;
    Ok(config::parse(&text, &path)?)
}

/// What an interactive program begins with.
struct Beginning {
    start: Start,
    /// Widened by what is opened besides.
    look: Arc<Mutex<Look>>,
    charset: Charset,
    /// The exit code, until something is opened.
    failure: Arc<AtomicU8>,
}

/// Files are read before the first frame, which they hardly delay; servers while the program is alive.
fn begin(look: Look, charset: Charset) -> Result<Beginning> {
    let asks_a_server = look.request.inputs.iter().any(|asked| matches!(asked.input, Ok(Input::Server(_))));
    // Until something is opened nothing is; who quits before that, or gives it up, has reached no server.
    let failure = Arc::new(AtomicU8::new(if asks_a_server { NETWORK } else { 0 }));
    let look = Arc::new(Mutex::new(look));
    let start = if asks_a_server {
        let what = lock(&look).request.inputs.iter().map(|asked| asked.text.as_str()).collect::<Vec<_>>().join(", ");
        let (asked, code) = (lock(&look).clone(), Arc::clone(&failure));
        let loading: Loading = Box::new(move |step, cancelled| {
            let opened = load_and_open(&asked, None, charset, step, cancelled);
            code.store(opened.as_ref().map_or_else(|(code, _)| *code, |_| 0), Ordering::Relaxed);
            opened.map_err(|(_, reasons)| reasons)
        });
        Start::Loading(what, loading)
    } else {
        let mut look = lock(&look);
        // Standard input can be read once, and may have to be looked at again.
        for asked in look.request.inputs.iter_mut().filter(|asked| asked.input == Ok(Input::Stdin)) {
            asked.input = Ok(keep_stdin(&Limits::default()));
        }
        let progress = Progress::new();
        let loaded = worker::load(&look.request, &|step| progress.tell(&step.to_string()), &AtomicBool::new(false))?;
        drop(progress);
        // From here on the explorer has the keyboard.
        look.request.may_ask = false;
        Start::Opened(Box::new(opened(&look, loaded, charset)?))
    };
    Ok(Beginning { start, look, charset, failure })
}

/// The interactive program on a screen.
fn explore(look: Look, settings: Settings) -> Result<ExitCode> {
    let charset = charset(look.screen, tui::charset());
    let asks = Questions {
        width: charset == Charset::Unicode && !look.screen.unicode,
        background: palette(look.screen).is_none() && tui::claims_all_colors(),
    };
    let answers = tui::ask(asks);
    // Boxes of lines that are two cells wide would fall apart.
    let charset = if answers.has_wide_lines { Charset::Ascii } else { charset };
    let theme = Theme { palette: palette(look.screen).unwrap_or(Palette::on(answers.background)), charset };
    let beginning = begin(look, charset)?;
    let reopen = |addition| reopening(&beginning.look, addition, charset);
    end_with_any_panic();
    tui::run(beginning.start, &reopen, settings, theme, answers)?;
    Ok(ExitCode::from(beginning.failure.load(Ordering::Relaxed)))
}

/// The same program line by line.
fn walk(look: Look, settings: Settings) -> Result<ExitCode> {
    let charset = charset(look.screen, tui::locale_charset());
    // What came by standard input is no command; the person, if there is one, is at the terminal.
    let took_stdin = look.request.inputs.iter().any(|asked| asked.input == Ok(Input::Stdin));
    let beginning = begin(look, charset)?;
    let reopen = |addition| reopening(&beginning.look, addition, beginning.charset);
    let terminal = if took_stdin && cfg!(unix) { File::open("/dev/tty").ok() } else { None };
    let echo = terminal.is_none() && !io::stdin().is_terminal();
    let mut input: Box<dyn BufRead> = match terminal {
        Some(terminal) => Box::new(BufReader::new(terminal)),
        None => Box::new(io::stdin().lock()),
    };
    end_with_any_panic();
    let clipboard = io::stdout().is_terminal() && tui::has_clipboard();
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

/// What was asked for, else what the environment shows.
fn charset(screen: ScreenArguments, shown: Charset) -> Charset {
    match (screen.ascii, screen.unicode) {
        (true, _) => Charset::Ascii,
        (_, true) => Charset::Unicode,
        _ => shown,
    }
}

/// `None`: what the terminal's background asks for.
fn palette(screen: ScreenArguments) -> Option<Palette> {
    match screen.theme.unwrap_or_default() {
        // Asked for by name, it holds whatever NO_COLOR says: it has no colours.
        ThemeChoice::HighContrast => Some(Palette::HighContrast),
        _ if !is_colored(screen.color.unwrap_or_default()) => Some(Palette::None),
        ThemeChoice::Auto => None,
        ThemeChoice::Dark => Some(Palette::Dark),
        ThemeChoice::Light => Some(Palette::Light),
        ThemeChoice::Sixteen => Some(Palette::Sixteen),
    }
}

/// NO_COLOR counts when it is not empty (no-color.org).
fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && tui::has_colors() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

fn now() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Time(i64::try_from(seconds).unwrap_or(i64::MAX))
}
