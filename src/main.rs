//! Arguments become a look at some certificates; that becomes a report, and the report an exit code.

mod cli;
mod config;

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, IsTerminal, Read, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::{CommandFactory, Parser};
use crossroots::analysis::{Analysis, Target, TargetError};
use crossroots::cert::{Time, escape};
use crossroots::check::{PathVerdict, Policy};
use crossroots::diagram::Charset;
use crossroots::explorer::{About, Addition, Online, Opened, Settings, Unread};
use crossroots::plain;
use crossroots::report::{self, Notes, Options};
use crossroots::source::{self, Allowed, Handshake, Input, Limits, keep_stdin, sample_titles};
use crossroots::tui::{self, Palette, Questions, Theme};
use crossroots::worker::{self, Asked, LoadError, Loaded, Loading, Start};
use jiff::tz::TimeZone;

use cli::{Arguments, Color, Format, Job, Look, ScreenArguments, ThemeChoice};
use config::{ConfigError, Configuration};

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

/// Lists the elements of whatever the inputs hold; what has none to list is said on standard error.
fn write_elements(inputs: &[Asked]) -> Result<ExitCode> {
    let understood: Vec<&Input> = inputs.iter().filter_map(|asked| asked.input.as_ref().ok()).collect();
    let mut read = source::read_all(&understood, &Limits::default(), &|_| {}, &AtomicBool::new(false)).into_iter();
    let mut out = String::new();
    let failed = |reason: String| drop(writeln!(io::stderr().lock(), "crossroots: {reason}"));
    for asked in inputs {
        match asked.input.as_ref().map(|_| read.next()) {
            Err(error) => failed(format!("{}: {error}", asked.text)),
            Ok(Some(Err(error))) => failed(format!("{}: {error}", asked.text)),
            Ok(Some(Ok(batch))) => {
                out.push_str(&report::elements(&batch));
                batch.problems.iter().filter(|problem| problem.der.is_none()).for_each(|problem| failed(problem.to_string()));
            }
            Ok(None) => {}
        }
    }
    print(|stdout| stdout.write_all(out.as_bytes()))?;
    Ok(if out.is_empty() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS })
}

/// A line on a terminal's standard error that says how far reading is, for whatever takes longer than one hardly notices.
struct Progress {
    began: Instant,
    shown: Cell<bool>,
}

/// Below this nobody asks how far it is.
const NOTICED: Duration = Duration::from_millis(200);

impl Progress {
    fn new() -> Self {
        Self { began: Instant::now(), shown: Cell::new(false) }
    }

    fn tell(&self, words: &str) {
        let mut stderr = io::stderr().lock();
        if self.began.elapsed() > NOTICED && stderr.is_terminal() {
            self.shown.set(true);
            // Over what was said before, to the end of the line. That nobody reads it is no reason to stop.
            let _ = write!(stderr, "\r{words}\x1b[K").and_then(|()| stderr.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.get() {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
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

/// What was asked for, and what became of it: the explorer's input, or an exit code and the reasons. Where `wanted` is named, it has to
/// be among what was read.
fn load_and_open(
    look: &Look,
    wanted: Option<&str>,
    charset: Charset,
    step: &dyn Fn(String),
    cancelled: &AtomicBool,
) -> std::result::Result<Opened, (u8, Vec<String>)> {
    let loaded = worker::load(&look.request, &|at| step(at.to_string()), cancelled).map_err(|error| {
        let code = failure_code(&error);
        match error {
            LoadError::Nothing { problems, .. } => (code, problems.iter().map(ToString::to_string).collect()),
            error => (code, vec![error.to_string()]),
        }
    })?;
    if let Some(wanted) = wanted.filter(|wanted| !loaded.has_read(wanted)) {
        let reasons = loaded.problems.iter().filter(|problem| problem.place.starts_with(wanted));
        return Err((USAGE, reasons.map(ToString::to_string).collect()));
    }
    opened(look, loaded, charset).map_err(|error| (USAGE, vec![error.to_string()]))
}

/// Reads everything again, with `addition`, which is kept for the next time where it could be read.
fn reopening(look: &Arc<Mutex<Look>>, addition: Addition, charset: Charset) -> Loading {
    let mut wider = lock(look).clone();
    let wanted = wider.add(addition);
    let look = Arc::clone(look);
    Box::new(move |step, cancelled| {
        let opened = load_and_open(&wider, wanted.as_deref(), charset, step, cancelled).map_err(|(_, reasons)| reasons)?;
        *lock(&look) = wider;
        Ok(opened)
    })
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failure_code(error: &LoadError) -> u8 {
    if matches!(error, LoadError::Nothing { network: true, .. }) { NETWORK } else { USAGE }
}

fn opened(look: &Look, loaded: Loaded, charset: Charset) -> std::result::Result<Opened, TargetError> {
    let present = now();
    let base = loaded.sample.as_ref().map_or_else(|| Policy::at(present), |sample| sample.policy.clone());
    let name = match (&look.request.sample, look.request.inputs.as_slice()) {
        (Some(sample), _) => sample.clone(),
        (None, [only]) => last_part(&only.text),
        (None, [first, rest @ ..]) => format!("{} and {} more", last_part(&first.text), rest.len()),
        (None, []) => String::new(),
    };
    let about = loaded.sample.as_ref().map(|sample| {
        let title = if look.is_default { "a built-in sample, since no input was named".to_owned() } else { sample.title.clone() };
        About { title, lesson: sample.lesson.clone() }
    });
    let policy = loaded.policy(look.policy(base));
    let analysis = Analysis::new(loaded.pool, loaded.trust, policy, look.target.as_deref())?;
    let analysis = analysis.with_evidence(loaded.crls, loaded.responses);
    let online = Online { at_start: look.is_online(), allowed: allowed(look, &loaded.connections) };
    Ok(Opened {
        title: if look.request.sample.is_some() { format!("sample {name}") } else { name },
        analysis,
        now: present,
        zone: TimeZone::system(),
        connections: loaded.connections,
        problems: loaded.problems.iter().map(ToString::to_string).collect(),
        unread: loaded
            .problems
            .iter()
            .filter_map(|problem| Some(Unread { place: problem.to_string(), der: problem.der.clone()? }))
            .collect(),
        collected: loaded.collected,
        about,
        charset,
        online,
    })
}

/// A path's file name, for the title; a server stays as it is.
fn last_part(text: &str) -> String {
    let is_server = text.contains("://");
    let name = text.trim_end_matches('/').rsplit('/').next().filter(|name| !is_server && !name.is_empty());
    name.unwrap_or(text).to_owned()
}

fn write_report(look: &Look, loaded: Loaded, format: Format) -> Result<ExitCode> {
    let mut notes = notes(look, &loaded);
    let base = loaded.sample.as_ref().map_or_else(|| Policy::at(now()), |sample| sample.policy.clone());
    let policy = loaded.policy(look.policy(base));
    let analysis = Analysis::new(loaded.pool, loaded.trust, policy, look.target.as_deref())?;
    let mut analysis = analysis.with_evidence(loaded.crls, loaded.responses);
    let threads = available_parallelism().map_or(1, usize::from);
    if look.is_online() {
        let client = worker::client(allowed(look, &loaded.connections), now());
        analysis = worker::fetch_for_report(analysis, &client, threads, &mut |line| {
            // Nobody is left to tell where standard error is closed.
            drop(writeln!(io::stderr().lock(), "crossroots: fetching {line}"));
        });
        notes.problems.extend(client.cache_problem());
    }
    let go_on = &mut |_: &[_]| ControlFlow::Continue(());
    // What was asked for is checked even where no target leads to it, so that every link in the report has its state.
    let mut checked = analysis.targets.clone();
    checked.extend(analysis.evidence.signers());
    if look.target.is_none() {
        checked.extend(analysis.pool.ids().filter(|id| analysis.pool.entry(*id).given));
    }
    notes.budgets = worker::check_links(&analysis.pool, &mut analysis.graph, &checked, threads, go_on);
    let targets: Vec<Target> = analysis.examine_all();
    let screen = look.screen;
    let options = Options { all_findings: screen.all_findings, ascii: screen.ascii, color: is_colored(screen.color.unwrap_or_default()) };
    if format == Format::Pem {
        return write_chain(&analysis, &targets);
    }
    let write = |out: &mut dyn Write| match format {
        Format::Text => out.write_all(report::text(&analysis, &targets, &notes, options).as_bytes()),
        Format::Json => report::json(out, &analysis, &targets, &notes, options),
        Format::Dot => out.write_all(report::dot(&analysis, &targets).as_bytes()),
        Format::Mermaid => out.write_all(report::mermaid(&analysis, &targets).as_bytes()),
        Format::Pem => Ok(()),
    };
    print(write)?;
    let all_valid = targets.iter().all(|target| target.verdict == PathVerdict::Valid);
    Ok(if all_valid { ExitCode::SUCCESS } else { ExitCode::from(SOME_TARGET_HAS_NONE) })
}

/// The chain of the first target.
fn write_chain(analysis: &Analysis, targets: &[Target]) -> Result<ExitCode> {
    let Some((first, others)) = targets.split_first() else { return Ok(ExitCode::from(SOME_TARGET_HAS_NONE)) };
    if !others.is_empty() {
        writeln!(io::stderr().lock(), "crossroots: the chain of the first of {} targets; --target names another", others.len() + 1)?;
    }
    match report::pem(analysis, first) {
        Ok(chain) => print(|out| out.write_all(chain.as_bytes())).map(|()| ExitCode::SUCCESS).map_err(Into::into),
        Err(reason) => {
            writeln!(io::stderr().lock(), "crossroots: {reason}")?;
            Ok(ExitCode::from(SOME_TARGET_HAS_NONE))
        }
    }
}

fn notes(look: &Look, loaded: &Loaded) -> Notes {
    let mut inputs = loaded.inputs.clone();
    if look.is_default {
        inputs.insert(0, "none was named: this is the first built-in sample".to_owned());
    }
    Notes {
        inputs,
        lesson: loaded.sample.as_ref().map(|sample| sample.lesson.clone()),
        connections: loaded.connections.clone(),
        problems: loaded.problems.clone(),
        budgets: Vec::new(),
    }
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

/// What may be connected to on a certificate's word: what is public, and where the servers are that were named.
fn allowed(look: &Look, connections: &[Handshake]) -> Allowed {
    Allowed::new(look.allows_private(), connections.iter().map(|connection| connection.address.ip()))
}

/// NO_COLOR counts when it is not empty (no-color.org).
fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && tui::has_colors() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Writes to standard output; a reader that has seen enough and closed the pipe is no error.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn now() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Time(i64::try_from(seconds).unwrap_or(i64::MAX))
}
