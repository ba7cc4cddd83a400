//! The worker's threads: one for each kind of job. What is begun puts its answers into one inbox.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;

use super::clipboard::ClipboardThread;
use super::ending::Ending;
use super::front::Loading;
use super::job::{JobsOfOneKind, Turns};
use super::online::Scope;
use super::{check, complete, online, save};
use crate::analysis::Analysis;
use crate::cert::Time;
use crate::chain::{CertificateId, Graph, Pool};
use crate::explorer::{Hit, Message, ToForetell, ToJudge, find_entry};
use crate::source::Allowed;

/// The threads, and the inbox that they put their answers into. What the system refuses a thread for is answered too, with the reason.
#[derive(Debug)]
pub struct Worker {
    pub(super) sender: Sender<Message>,
    inbox: Receiver<Message>,
    judgements: JobsOfOneKind,
    judging_turns: Arc<Turns>,
    futures: JobsOfOneKind,
    checks: JobsOfOneKind,
    searches: JobsOfOneKind,
    fetches: JobsOfOneKind,
    loads: JobsOfOneKind,
    completions: JobsOfOneKind,
    clipboard: ClipboardThread,
    pub(super) ending: Ending,
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

impl Worker {
    /// Without any thread yet.
    pub fn new() -> Self {
        let (sender, inbox) = channel();
        Self {
            sender,
            inbox,
            judgements: JobsOfOneKind::of("judge"),
            judging_turns: Arc::default(),
            futures: JobsOfOneKind::of("foretell"),
            checks: JobsOfOneKind::of("check"),
            searches: JobsOfOneKind::of("search"),
            fetches: JobsOfOneKind::of("fetches"),
            loads: JobsOfOneKind::of("load"),
            completions: JobsOfOneKind::of("complete"),
            clipboard: ClipboardThread::default(),
            ending: Ending::default(),
        }
    }

    /// Everything that the threads have to say, and the keys.
    pub fn inbox(&self) -> &Receiver<Message> {
        &self.inbox
    }

    /// Opens something; its steps are told under this number, and what came of it, unless it is given up.
    pub fn load(&mut self, ticket: u64, loading: Loading) {
        let sender = self.sender.clone();
        let begun = self.loads.begin(move |cancelled| {
            let steps = sender.clone();
            let tell = |step| {
                if !cancelled.load(Ordering::Relaxed) {
                    drop(steps.send(Message::Step { ticket, step }));
                }
            };
            let message = match loading(&tell, cancelled) {
                _ if cancelled.load(Ordering::Relaxed) => return,
                Ok(opened) => Message::Opened { ticket, opened: Box::new(opened) },
                Err(reasons) => Message::NotOpened { ticket, reasons },
            };
            drop(sender.send(message));
        });
        self.or_say(begun, |reason| vec![Message::NotOpened { ticket, reasons: vec![reason] }]);
    }

    /// Gives up what is being opened.
    pub fn cancel(&self) {
        self.loads.cancel();
    }

    /// Writes a new file.
    pub(super) fn save(&self, name: String, text: String) {
        let sender = self.sender.clone();
        let save = move || drop(sender.send(Message::Saved(save::save(&name, &text))));
        // Not a job: what is to be saved is saved, whatever comes next.
        let begun = Builder::new().name("save".to_owned()).spawn(save).map(drop);
        self.or_say(begun, |reason| vec![Message::Saved(Err(reason))]);
    }

    /// Finds how the name of a file goes on.
    pub(super) fn complete(&mut self, typed: String) {
        let sender = self.sender.clone();
        let begun = self.completions.begin(move |_| {
            let completion = complete::complete(&typed);
            drop(sender.send(Message::Completed { typed, completion }));
        });
        self.or_say(begun, |reason| vec![Message::Refused(reason)]);
    }

    /// Checks the signatures above the targets; answers come in rounds.
    pub(super) fn check(&mut self, request: u64, pool: Arc<Pool>, graph: Graph, targets: Vec<CertificateId>) {
        let sender = self.sender.clone();
        let begun = self.checks.begin(move |cancelled| check::check_and_tell(&sender, request, cancelled, &pool, graph, &targets));
        self.or_say(begun, |reason| vec![Message::CheckedAll { request, budgets: Vec::new() }, Message::Refused(reason)]);
    }

    /// Judges a target; what a newer question comes for is given up, but never twice in a row: where questions come faster than answers,
    /// nothing would be seen until they end.
    pub(super) fn judge(&mut self, question: ToJudge) {
        let (sender, asked, turns) = (self.sender.clone(), question.clone(), Arc::clone(&self.judging_turns));
        let begun = self.judgements.begin(move |cancelled| {
            if let Some(judgement) = turns.take(cancelled, |is_cancelled| asked.judge(is_cancelled)) {
                drop(sender.send(Message::Judged(Box::new(judgement))));
            }
        });
        // Without a thread it is judged here: what is shown would stay as it is, and be waited for in vain.
        self.or_say(begun, |reason| {
            let judged = question.judge(&|| false).map(|judgement| Message::Judged(Box::new(judgement)));
            judged.into_iter().chain([Message::Refused(reason)]).collect()
        });
    }

    /// Finds what changes next.
    pub(super) fn foretell(&mut self, question: ToForetell) {
        let (sender, asked) = (self.sender.clone(), question.clone());
        let begun = self.futures.begin(move |cancelled| {
            let foretold = asked.foretell(&|| cancelled.load(Ordering::Relaxed));
            if !cancelled.load(Ordering::Relaxed) {
                drop(sender.send(Message::Foretold(foretold)));
            }
        });
        self.or_say(begun, |reason| vec![Message::Foretold(question.foretell(&|| false)), Message::Refused(reason)]);
    }

    /// Finds the certificates with a text, among these or all; answers come as they are found.
    pub(super) fn search(&mut self, ticket: u64, pool: Arc<Pool>, at: Time, wanted: String, among: Option<Vec<CertificateId>>) {
        let sender = self.sender.clone();
        let begun = self.searches.begin(move |cancelled| look_through(&sender, (ticket, at), cancelled, &pool, &wanted, among));
        self.or_say(begun, |reason| vec![Message::Found { ticket, hits: Vec::new(), done: true }, Message::Refused(reason)]);
    }

    /// Fetches what the certificates in scope name; what is known since is told as it comes.
    pub(super) fn fetch(&mut self, ticket: u64, analysis: Analysis, scope: Scope, allowed: Allowed) {
        let sender = self.sender.clone();
        let begun = self.fetches.begin(move |cancelled| online::fetch(&sender, ticket, analysis, &scope, allowed, cancelled));
        self.or_say(begun, |reason| vec![Message::FetchedAll { ticket, problem: None }, Message::Refused(reason)]);
    }

    /// Gives text to the desktop's clipboard, or says that the terminal must take it.
    pub(super) fn copy(&mut self, label: String, text: String) {
        self.clipboard.copy(&self.sender, label, text);
    }

    /// Nobody waits for an answer that does not come: where the system refused a thread, it is said.
    fn or_say(&self, begun: io::Result<()>, messages: impl FnOnce(String) -> Vec<Message>) {
        if let Err(error) = begun {
            for message in messages(format!("the system refused a thread: {error}")) {
                drop(self.sender.send(message));
            }
        }
    }
}

/// Certificates that are looked through before what was found is told.
const AT_ONCE: usize = 200;

/// On a thread, given up as soon as another text is typed.
fn look_through(
    sender: &Sender<Message>,
    (ticket, at): (u64, Time),
    cancelled: &AtomicBool,
    pool: &Pool,
    wanted: &str,
    among: Option<Vec<CertificateId>>,
) {
    let ids = among.unwrap_or_else(|| pool.ids().collect());
    let mut parts = ids.chunks(AT_ONCE).peekable();
    let tell = |hits: Vec<Hit>, done: bool| sender.send(Message::Found { ticket, hits, done }).is_ok();
    if parts.peek().is_none() {
        tell(Vec::new(), true);
    }
    while let Some(part) = parts.next() {
        let hit = |id: &CertificateId| {
            let (field, value) = find_entry(pool.entry(*id), at, wanted)?;
            Some(Hit { certificate: *id, field, value })
        };
        let hits = part.iter().take_while(|_| !cancelled.load(Ordering::Relaxed)).filter_map(hit).collect();
        if cancelled.load(Ordering::Relaxed) || !tell(hits, parts.peek().is_none()) {
            return;
        }
    }
}
