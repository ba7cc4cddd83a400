//! What goes to standard output: reports, a chain, the elements of whatever was read.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;

use anyhow::Result;
use crossroots::analysis::{Analysis, Judgement};
use crossroots::check::PathVerdict;
use crossroots::report::{self, JsonReport, Notes, ReportOptions, TextReport};
use crossroots::source::{self, Input, ReadInput, ReadLimits};
use crossroots::worker::{self, Asked, Loaded};

use super::cli::{Format, Inspection};
use super::exit::{SOME_TARGET_HAS_NONE, SOMETHING_UNREAD, USAGE};
use super::opening::{allowed, analysis, now};
use super::screen::is_colored;

pub fn write_report(look: &Inspection, mut loaded: Loaded, format: Format) -> Result<ExitCode> {
    let of_all_valid = if loaded.lacks_something() { ExitCode::from(SOMETHING_UNREAD) } else { ExitCode::SUCCESS };
    let mut notes = notes(look, &loaded);
    let mut analysis = analysis(look, &mut loaded, now())?;
    let threads = available_parallelism().map_or(1, usize::from);
    if look.is_online() {
        let client = worker::client(allowed(look, &loaded.connections), now());
        analysis = worker::fetch_for_report(analysis, &client, threads, &mut |line| {
            // Nobody is left to tell where standard error is closed.
            drop(writeln!(io::stderr().lock(), "crossroots: fetching {line}"));
        });
        notes.problems.extend(client.cache_problem());
    }
    worker::check_report(&mut analysis, look.target.is_some(), threads);
    let analysis = Arc::new(analysis);
    let targets = worker::judge_all(&analysis, threads);
    let screen = look.screen;
    let options =
        ReportOptions { all_findings: screen.all_findings, ascii: screen.ascii, color: is_colored(screen.color.unwrap_or_default()) };
    if format == Format::Pem {
        return write_chain(&analysis, &targets, of_all_valid);
    }
    let write = |out: &mut dyn Write| match format {
        Format::Text => worker::write_report(out, &TextReport::new(&analysis, &targets, &notes, options), threads),
        Format::Json => worker::write_report(out, &JsonReport::new(&analysis, &targets, &notes, options), threads),
        Format::Dot => out.write_all(report::dot(&analysis, &targets).as_bytes()),
        Format::Mermaid => out.write_all(report::mermaid(&analysis, &targets).as_bytes()),
        Format::Pem => Ok(()),
    };
    print(write)?;
    let all_valid = targets.iter().all(|target| target.verdict == PathVerdict::Valid);
    Ok(if all_valid { of_all_valid } else { ExitCode::from(SOME_TARGET_HAS_NONE) })
}

/// The chain of the first target.
fn write_chain(analysis: &Analysis, targets: &[Judgement], of_valid: ExitCode) -> Result<ExitCode> {
    let Some((first, others)) = targets.split_first() else { return Ok(ExitCode::from(SOME_TARGET_HAS_NONE)) };
    if !others.is_empty() {
        writeln!(io::stderr().lock(), "crossroots: the chain of the first of {} targets; --target names another", others.len() + 1)?;
    }
    match report::pem(analysis, first) {
        Ok(chain) => print(|out| out.write_all(chain.as_bytes())).map(|()| of_valid).map_err(Into::into),
        Err(reason) => {
            writeln!(io::stderr().lock(), "crossroots: {reason}")?;
            Ok(ExitCode::from(SOME_TARGET_HAS_NONE))
        }
    }
}

pub fn notes(look: &Inspection, loaded: &Loaded) -> Notes {
    let mut inputs = loaded.inputs.clone();
    if look.is_default {
        inputs.insert(0, ReadInput::NoneNamed);
    }
    Notes {
        inputs,
        lesson: loaded.sample.as_ref().map(|sample| sample.lesson.clone()),
        connections: loaded.connections.clone(),
        problems: loaded.problems.clone(),
        files: loaded.notes.clone(),
    }
}

/// Lists the elements of whatever the inputs hold; what has none to list is said on standard error.
pub fn write_elements(inputs: &[Asked]) -> Result<ExitCode> {
    let understood: Vec<&Input> = inputs.iter().filter_map(|asked| asked.input.as_ref().ok()).collect();
    let mut read = source::read_all(&understood, &ReadLimits::default(), &|_| {}, &AtomicBool::new(false)).into_iter();
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

/// Writes to standard output; a reader that has seen enough and closed the pipe is no error.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
