//! What comes in, and what is to be done outside.

use std::collections::VecDeque;
use std::sync::Arc;

use super::keys::command::Command;
use super::keys::key::{Key, Mouse};
use super::opened::{Addition, Opened};
use super::panes::foretold::{Foretold, ToForetell};
use super::selection::found::Hit;
use super::views::copied::Copy;
use crate::analysis::{Analysis, Budget, Judgement};
use crate::cert::Time;
use crate::chain::{CertificateId, CheckBudget, Graph, LinkId, Pool, SignatureState};
use crate::source::{Allowed, Problem};

/// Where a copied text went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clipboard {
    /// The desktop's clipboard took it.
    Copied,
    /// It was written to the terminal (OSC 52), which does not answer.
    SentToTerminal,
    /// The same, with tmux between, which passes it on only with `set-clipboard on`; its default is `external`.
    SentThroughTmux,
    /// Neither was possible, for this reason.
    Failed(String),
}

/// How the name of a file that someone began to type goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completion {
    /// The longest text that all names have in common; and the first of them, unless there is one only, and how many there are.
    Found { longest: String, names: Vec<String>, all: usize },
    /// The folder has more names than this, which is how many are looked at.
    TooMany { most: usize },
}

/// What comes in: from the person, or from the worker.
#[derive(Debug, Clone)]
pub enum Message {
    Key(Key),
    /// A command by itself; one with the text of the line that it opens: a search, a date, a name, what narrows a list; what is to be
    /// copied; and a certificate or a row by what it is: of a front end that reads lines, not keys.
    Run(Command),
    RunWith(Command, String),
    Copy(Copy),
    Focus(CertificateId),
    /// The key of a row of the list that was shown last.
    Row(String),
    Mouse(Mouse),
    Paste(String),
    Resize(u16, u16),
    /// What the newest `Effect::Judge` asked for: its generation is the number of that.
    Judged(Box<Judgement>),
    /// What changes next, after the judgement that was asked about.
    Foretold(Foretold),
    /// Signatures that were checked for the request of this number.
    Checked {
        request: u64,
        results: Vec<(LinkId, SignatureState)>,
    },
    /// That request is done; for which names the checks were used up.
    CheckedAll {
        request: u64,
        budgets: Vec<CheckBudget>,
    },
    /// The fetch of this number is about to follow a URL; escaped.
    Following {
        ticket: u64,
        line: String,
    },
    /// What is known since, and the pool that it grew from.
    Fetched {
        ticket: u64,
        base: Arc<Pool>,
        analysis: Box<Analysis>,
    },
    /// That fetch is done; what kept the cache from being written.
    FetchedAll {
        ticket: u64,
        problem: Option<Problem>,
    },
    /// What the loading of this number is doing now.
    Step {
        ticket: u64,
        step: String,
    },
    /// What that loading read.
    Opened {
        ticket: u64,
        opened: Box<Opened>,
    },
    /// Certificates that have what is sought; the last of them are `done`.
    Found {
        ticket: u64,
        hits: Vec<Hit>,
        done: bool,
    },
    /// How the name that was typed goes on.
    Completed {
        typed: String,
        completion: Completion,
    },
    /// That loading could read nothing.
    NotOpened {
        ticket: u64,
        reasons: Vec<String>,
    },
    Copied {
        label: String,
        text: String,
        outcome: Clipboard,
    },
    /// The name of the file that was written, or why none was.
    Saved(Result<String, String>),
    /// No desktop clipboard took the text; the terminal may.
    OfferToTerminal {
        label: String,
        text: String,
    },
    /// The system refused what something needs, in words. Whoever waits for that is answered besides.
    Refused(String),
    /// Time passes while something is waited for; whole seconds since it began.
    Waited(u64),
    Suspend,
    Quit,
}

impl Message {
    /// Found out in the background: nobody sees whether it is shown a frame later, though a key may have asked for it.
    pub fn may_wait(&self) -> bool {
        matches!(
            self,
            Message::Checked { .. } | Message::Judged(_) | Message::Foretold(_) | Message::Found { .. } | Message::Following { .. }
        )
    }
}

/// What is to be done outside.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Judge a target anew; a newer one takes its place.
    Judge(ToJudge),
    /// Find what changes next; a newer one takes its place.
    Foretell(ToForetell),
    /// Check the signatures above `target`, and above those who signed evidence.
    Check {
        request: u64,
        pool: Arc<Pool>,
        graph: Box<Graph>,
        target: CertificateId,
        signers: Vec<CertificateId>,
    },
    /// Fetch what this path to the target names, or every listed path.
    Fetch {
        ticket: u64,
        analysis: Box<Analysis>,
        target: CertificateId,
        path: Option<Vec<CertificateId>>,
        allowed: Allowed,
    },
    /// Find the certificates with this text, in lower case, among these or all.
    Search {
        ticket: u64,
        pool: Arc<Pool>,
        /// The judged time.
        at: Time,
        wanted: String,
        among: Option<Vec<CertificateId>>,
    },
    Copy {
        label: String,
        text: String,
    },
    /// Write it to the terminal as OSC 52, and say so.
    WriteToTerminal {
        label: String,
        text: String,
    },
    /// Write it to a file of that name, or one like it where that is taken.
    Save {
        name: String,
        text: String,
    },
    /// Read again what was there at first, what was opened besides since, and this; what was fetched is handed to it.
    Load {
        ticket: u64,
        kept: Vec<Addition>,
        addition: Addition,
        before: Arc<Analysis>,
    },
    /// Give up what is being opened; nothing more is said of it.
    CancelLoad,
    /// Say how the name of a file that is typed could go on.
    Complete(String),
    /// Have the terminal report the mouse, or no longer.
    Mouse(bool),
    Redraw,
    Suspend,
    Quit,
}

/// What is to be done outside, in order. It is only ever added to, so that nothing that was asked for can be lost on the way.
#[derive(Debug, Default)]
pub struct Effects {
    waiting: VecDeque<Effect>,
}

impl Effects {
    /// Adds one behind all others.
    pub fn push(&mut self, effect: Effect) {
        self.waiting.push_back(effect);
    }

    /// Takes the one that was asked for first.
    pub fn pop(&mut self) -> Option<Effect> {
        self.waiting.pop_front()
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = std::collections::vec_deque::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.waiting.into_iter()
    }
}

/// Joins what came in one go: neighbouring answers about signatures become one, so that every path is judged once for all of
/// them; of neighbouring sizes only the last counts.
pub fn merge(messages: impl Iterator<Item = Message>) -> Vec<Message> {
    let mut out: Vec<Message> = Vec::new();
    for message in messages {
        match (out.last_mut(), message) {
            (Some(Message::Checked { request, results }), Message::Checked { request: same, results: more }) if *request == same => {
                results.extend(more)
            }
            (Some(last @ Message::Resize(..)), message @ Message::Resize(..)) => *last = message,
            (_, message) => out.push(message),
        }
    }
    out
}

/// A target to be judged.
#[derive(Debug, Clone)]
pub struct ToJudge {
    /// The number of the request, and of the judgement that answers it.
    pub generation: u64,
    pub analysis: Arc<Analysis>,
    pub target: CertificateId,
    pub budget: Budget,
    /// What was known of the target before: what still holds of that is not found out again.
    pub before: Arc<Judgement>,
}

impl ToJudge {
    /// Takes as long as the budget allows, unless it is cancelled: `is_cancelled` is asked before each path.
    pub fn judge(self, is_cancelled: &dyn Fn() -> bool) -> Option<Judgement> {
        // What a smaller budget left open would stay open.
        let is_known = self.before.target == self.target && self.before.spent.is_empty();
        let mut judgement = if is_known {
            self.before.again_until(is_cancelled, self.analysis, &self.budget)
        } else {
            Judgement::new_until(is_cancelled, self.analysis, self.target, &self.budget)
        };
        judgement.generation = self.generation;
        (!is_cancelled()).then_some(judgement)
    }
}
