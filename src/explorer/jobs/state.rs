//! What goes on in the background, and which answers are still waited for.

use crate::analysis::Tally;
use crate::explorer::opened::Addition;

/// A job of which one runs at most: only answers to the newest request count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Job {
    #[default]
    Idle,
    Running(Ticket),
}

/// The number of a request. No number is used twice, whatever was opened or read again since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);

/// Every job, and what is to be known of it when its answer comes.
#[derive(Debug, Clone, Default)]
pub(in crate::explorer) struct Jobs {
    newest: Ticket,
    /// Signatures above the target.
    pub(super) signatures: Job,
    /// Signatures asked for by an older request are of links that have other numbers now.
    pub(super) links_since: Ticket,
    pub(super) fetch: Job,
    /// Certificates that were known when the fetch began.
    pub(super) known: usize,
    /// The newest judgement that was asked for.
    pub(super) judging: Job,
    /// That of the judgement that is shown, or the newest when its target was first looked at: older answers are of something else.
    pub(super) shown: Ticket,
    pub(super) afterwards: Afterwards,
    /// How often the target was judged, or another took its place.
    pub(super) judged: u64,
    /// What is being opened besides.
    pub(super) reopening: Option<Reopening>,
    /// What was opened besides since the beginning, and is read again with all else.
    pub(super) kept: Vec<Addition>,
}

/// What is being opened besides what is open, and how far that is.
#[derive(Debug, Clone)]
pub(super) struct Reopening {
    pub ticket: Ticket,
    pub addition: Addition,
    /// The step that goes on, in words; empty before the first.
    pub step: String,
}

impl Job {
    pub(in crate::explorer) fn is_running(self) -> bool {
        self != Job::Idle
    }

    /// Whether this is the request that the job runs for.
    pub(in crate::explorer) fn is(self, ticket: Ticket) -> bool {
        self == Job::Running(ticket)
    }
}

impl Jobs {
    /// A number that no request had.
    pub(in crate::explorer) fn ticket(&mut self) -> Ticket {
        self.newest.0 += 1;
        self.newest
    }

    /// Looks at a target for the first time: no answer about what was shown before counts any more.
    pub(super) fn start_judging(&mut self) {
        (self.judging, self.afterwards, self.shown) = (Job::Idle, Afterwards::default(), self.newest);
    }

    /// For what is read anew: nothing runs, and no answer to what ran before is taken for one to come.
    pub(super) fn renewed(&self) -> Self {
        let newest = Ticket(self.newest.0 + 1);
        Self { newest, links_since: newest, judged: self.judged, kept: self.kept.clone(), ..Self::default() }
    }
}

/// What was done; what became of the paths is said behind it.
#[derive(Debug, Clone)]
pub(super) struct Says {
    pub what: String,
    /// How many paths were valid before.
    pub before: Tally,
    /// It is said once all signatures are checked: what is judged before that is no outcome.
    pub waits: bool,
}

/// What is done once a judgement is there that was asked for: kept from one question to the next, until one is answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Afterwards {
    pub says: Option<Says>,
    /// Signatures are asked for.
    pub checks: bool,
    /// The picture is settled anew, unless the person has moved.
    pub settles: bool,
}
