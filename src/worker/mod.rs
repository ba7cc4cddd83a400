//! Effects carried out: plain threads that do slow things and put what comes of it into one inbox.

mod check;
mod clipboard;
mod complete;
mod keys;
mod load;
mod online;
mod save;
mod search;
mod signals;
mod start;
mod stream;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::analysis::Analysis;
use crate::chain::{CertificateId, Graph, Pool};
use crate::explorer::{Message, Opened};
use crate::source::Allowed;
pub use check::check_links;
use clipboard::ClipboardThread;
pub use load::{Asked, LoadError, Loaded, LoadedSample, Request, load};
pub use online::{MAX_NEW_CERTIFICATES, MAX_ROUNDS, News, Pace, Scope, client, fetch_evidence, fetch_for_report};
pub use start::{Reopen, Start};

/// Something to be opened: reports its steps, looks at whether it is cancelled, and brings the explorer's input or the reasons.
pub type Loading = Box<dyn FnOnce(&dyn Fn(String), &AtomicBool) -> Result<Opened, Vec<String>> + Send>;

#[derive(Debug)]
pub struct Worker {
    sender: Sender<Message>,
    inbox: Receiver<Message>,
    cancelled: Arc<AtomicBool>,
    /// The request that signatures are checked for; older ones are given up.
    newest_check: Arc<AtomicU64>,
    /// The search that is looked through for; older ones are given up.
    newest_search: Arc<AtomicU64>,
    clipboard: Option<ClipboardThread>,
}

impl Default for Worker {
    fn default() -> Self {
        Self::new()
    }
}

impl Worker {
    pub fn new() -> Self {
        let (sender, inbox) = channel();
        let (newest_check, newest_search) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        Self { sender, inbox, cancelled: Arc::new(AtomicBool::new(false)), newest_check, newest_search, clipboard: None }
    }

    /// Everything that the threads have to say, and the keys.
    pub fn inbox(&self) -> &Receiver<Message> {
        &self.inbox
    }

    /// Reads messages with `next` on a thread of its own until there are no more.
    pub fn listen(&self, mut next: impl FnMut() -> Option<Message> + Send + 'static) {
        let sender = self.sender.clone();
        std::thread::spawn(move || {
            while let Some(message) = next() {
                if sender.send(message).is_err() {
                    return;
                }
            }
            // Without a terminal there is nobody to explore for.
            drop(sender.send(Message::Quit));
        });
    }

    /// Turns signals that would end or stop the program into messages, so that the terminal is left in order.
    pub fn watch_signals(&self) {
        signals::watch(self.sender.clone());
    }

    /// Opens something on a thread, and counts the seconds until it is done.
    pub fn load(&self, loading: Loading) {
        let (sender, cancelled) = (self.sender.clone(), Arc::clone(&self.cancelled));
        let done = Arc::new(AtomicBool::new(false));
        let (ticks, over) = (self.sender.clone(), Arc::clone(&done));
        std::thread::spawn(move || {
            let start = Instant::now();
            while !over.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(250));
                if ticks.send(Message::Waited(start.elapsed().as_secs())).is_err() {
                    break;
                }
            }
        });
        std::thread::spawn(move || {
            let steps = sender.clone();
            let outcome = loading(&move |step| drop(steps.send(Message::Step(step))), &cancelled);
            done.store(true, Ordering::Relaxed);
            let message = match outcome {
                Ok(opened) => Message::Opened(Box::new(opened)),
                Err(reasons) => Message::NotOpened(reasons),
            };
            drop(sender.send(message));
        });
    }

    /// Writes a new file.
    pub fn save(&self, name: String, text: String) {
        let sender = self.sender.clone();
        std::thread::spawn(move || drop(sender.send(Message::Saved(save::save(&name, &text)))));
    }

    /// Finds how the name of a file goes on.
    pub fn complete(&self, typed: String) {
        let sender = self.sender.clone();
        std::thread::spawn(move || {
            let (longest, candidates) = complete::complete(&typed);
            drop(sender.send(Message::Completed { typed, longest, candidates }));
        });
    }

    /// Gives up what is being opened.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Checks the signatures above the target and those who signed evidence, on all cores; answers come in rounds.
    pub fn check(&self, request: u64, pool: Arc<Pool>, graph: Graph, target: CertificateId, signers: Vec<CertificateId>) {
        let targets = std::iter::once(target).chain(signers).collect();
        self.newest_check.store(request, Ordering::Relaxed);
        stream::check(&self.sender, request, Arc::clone(&self.newest_check), pool, graph, targets);
    }

    /// Finds the certificates with a text, among these or all; answers come as they are found.
    pub fn search(&self, ticket: u64, pool: Arc<Pool>, wanted: String, among: Option<Vec<CertificateId>>) {
        search::search(&self.sender, ticket, Arc::clone(&self.newest_search), pool, wanted, among);
    }

    /// Fetches what the certificates of this path to the target name, or those of every path; what is known since is told as it comes.
    pub fn fetch(&self, ticket: u64, analysis: Analysis, target: CertificateId, path: Option<Vec<CertificateId>>, allowed: Allowed) {
        let scope = path.map_or_else(|| Scope::Targets(vec![target]), |path| Scope::Path(target, path));
        online::fetch(self.sender.clone(), ticket, analysis, scope, allowed);
    }

    /// Gives text to the desktop's clipboard, or says that the terminal must take it.
    pub fn copy(&mut self, label: String, text: String) {
        self.clipboard.get_or_insert_with(ClipboardThread::start).copy(&self.sender, label, text);
    }
}
