//! What was asked for, loaded and made the explorer's input, with a line on how far the reading is; and read again with more.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::mem::take;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossroots::analysis::{Analysis, TargetError};
use crossroots::cert::Time;
use crossroots::check::Policy;
use crossroots::diagram::Charset;
use crossroots::explorer::{About, Addition, Online, Opened, Unread};
use crossroots::source::{Allowed, Handshake};
use crossroots::worker::{self, LoadError, Loaded, Loading};
use jiff::tz::TimeZone;

use super::cli::Inspection;
use super::exit::{USAGE, failure_code};

/// What was asked for, and what became of it: the explorer's input, or an exit code and the reasons. Where `wanted` is named, it has to
/// be among what was read.
pub fn load_and_open(
    look: &Inspection,
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
        return Err((USAGE, loaded.problems_of(wanted).iter().map(ToString::to_string).collect()));
    }
    opened(look, loaded, charset).map_err(|error| (USAGE, vec![error.to_string()]))
}

/// Reads everything again, with `additions`. The last of them is new, and has to be among what can be read.
pub fn reopening(look: &Mutex<Inspection>, additions: Vec<Addition>, charset: Charset) -> Loading {
    let mut wider = lock(look).clone();
    let wanted = additions.into_iter().map(|addition| wider.add(addition)).last().flatten();
    Box::new(move |step, cancelled| load_and_open(&wider, wanted.as_deref(), charset, step, cancelled).map_err(|(_, reasons)| reasons))
}

pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was loaded, to be judged as was asked, or as the sample has it; taken out of `loaded`.
pub fn analysis(look: &Inspection, loaded: &mut Loaded, present: Time) -> std::result::Result<Analysis, TargetError> {
    let base = loaded.sample.as_ref().map_or_else(|| Policy::at(present), |sample| sample.policy.clone());
    let policy = loaded.policy(look.policy(base));
    let analysis = Analysis::new(take(&mut loaded.pool), take(&mut loaded.trust), policy, look.target.as_deref())?;
    let stamps = take(&mut loaded.stamps);
    let mut analysis =
        analysis.with_evidence(take(&mut loaded.crls), take(&mut loaded.responses)).with_stamps(stamps, look.target.is_some());
    if look.at_signature {
        analysis.judge_at_signature();
    }
    Ok(analysis)
}

pub fn opened(look: &Inspection, mut loaded: Loaded, charset: Charset) -> std::result::Result<Opened, TargetError> {
    let present = now();
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
    let analysis = analysis(look, &mut loaded, present)?;
    let online = Online { at_start: look.is_online(), allowed: allowed(look, &loaded.connections) };
    Ok(Opened {
        title: if look.request.sample.is_some() { format!("sample {name}") } else { name },
        analysis: Arc::new(analysis),
        now: present,
        zone: TimeZone::system(),
        connections: loaded.connections,
        problems: loaded.problems.clone(),
        notes: loaded.notes.clone(),
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
pub fn last_part(text: &str) -> String {
    let is_server = text.contains("://");
    let name = text.trim_end_matches('/').rsplit('/').next().filter(|name| !is_server && !name.is_empty());
    name.unwrap_or(text).to_owned()
}

/// What may be connected to on a certificate's word: what is public, and where the servers are that were named.
pub fn allowed(look: &Inspection, connections: &[Handshake]) -> Allowed {
    Allowed::new(look.allows_private(), connections.iter().map(|connection| connection.address.ip()))
}

/// The present.
pub fn now() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Time(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// A line on a terminal's standard error that says how far reading is, for whatever takes longer than one hardly notices.
pub struct Progress {
    began: Instant,
    shown: Cell<bool>,
}

/// Below this nobody asks how far it is.
const NOTICED: Duration = Duration::from_millis(200);

impl Progress {
    pub fn new() -> Self {
        Self { began: Instant::now(), shown: Cell::new(false) }
    }

    pub fn tell(&self, words: &str) {
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
