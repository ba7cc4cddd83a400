//! Arguments become a look at some certificates; that becomes a report, and the report an exit code.

mod cli;
mod config;
mod exit;
mod exploring;
mod opening;
mod screen;
mod writing;

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::{CommandFactory, Parser};
use crossroots::cert::escape;
use crossroots::source::{FileError, read_whole, sample_titles};
use crossroots::tui;
use crossroots::worker::{self, LoadError};

use cli::{Arguments, Format, Task};
use config::{ConfigError, Configuration};
use exit::{USAGE, failure_code};
use exploring::{explore, walk};
use opening::{Progress, now};
use writing::{print, write_elements, write_report};

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
    match cli::task(arguments, now())? {
        Task::Look(mut look) => {
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
        Task::ListSamples => {
            let titles = sample_titles();
            let width = titles.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
            print(|out| titles.iter().try_for_each(|(name, title)| writeln!(out, "{name:width$}  {title}")))?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Asn1(inputs) => write_elements(&inputs),
        Task::Config { print: true } => {
            let text = configuration()?.to_toml()?;
            print(|out| out.write_all(text.as_bytes()))?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Config { print: false } => {
            let place = config::place().map_or_else(|| "nowhere".to_owned(), |(path, _)| escape(&path.to_string_lossy()));
            print(|out| writeln!(out, "{place}"))?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Completions(shell) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "crossroots", &mut script);
            print(|out| out.write_all(&script))?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Man => {
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
    let bytes = match read_whole(&path, config::MAX_CONFIG) {
        // One that nobody named must not keep anyone from a report.
        Err(FileError::Io(error)) if !is_named && matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
            return Ok(Configuration::default());
        }
        read => read.map_err(failed)?,
    };
    let text = String::from_utf8(bytes).map_err(|error| failed(io::Error::new(ErrorKind::InvalidData, error).into()))?;
    Ok(config::parse(&text, &path)?)
}
