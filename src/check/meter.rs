//! What judging may still cost: one meter for all of a judgement, so that no hostile set takes longer than its limits allow.

use std::cell::{Cell, RefCell};

/// Steps of the search for the path of one who signed a CRL or response. What it leaves out is said (`Work::SignerSearch`).
pub const MAX_SIGNER_STEPS: usize = 2_000;

/// How much of each kind of work is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Comparisons of a name with a constraint.
    pub name_comparisons: usize,
    /// Edges between policies of neighbouring certificates.
    pub policy_edges: usize,
    /// Paths of those who signed CRLs and OCSP responses: each search for them counts, and each that is judged.
    pub signer_paths: usize,
    /// Signatures of timestamps.
    pub signatures: usize,
    /// Comparisons of a CRL with what it may speak of: a certificate's distribution point, another CRL.
    pub crls: usize,
}

/// Work that ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Work {
    NameComparisons,
    /// Comparisons of one certificate's names with the constraints of one CA.
    ComparisonsOfPair,
    PolicyEdges,
    /// Edges between the policies of one path.
    PolicyEdgesOfPath,
    SignerPaths,
    /// Paths of one signer that were sought, and steps of that search.
    SignerSearch,
    Signatures,
    Crls,
}

/// What was taken of each kind of work, and whether any of it ran out. What ends one piece of work, whatever is left of the whole, does
/// not count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    amounts: [usize; 5],
    has_run_out: bool,
}

impl Used {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        let mut amounts = self.amounts;
        amounts.iter_mut().zip(other.amounts).for_each(|(amount, more)| *amount = amount.saturating_add(more));
        Self { amounts, has_run_out: self.has_run_out || other.has_run_out }
    }

    /// Whether one meter with this allowance would have given all of it.
    pub fn is_within(self, allowance: Allowance) -> bool {
        let Self { amounts, has_run_out } = self;
        !has_run_out && amounts.iter().zip(allowance.amounts()).all(|(used, allowed)| *used <= allowed)
    }
}

impl Allowance {
    /// In the order of a meter's counters.
    fn amounts(self) -> [usize; 5] {
        let Self { name_comparisons, policy_edges, signer_paths, signatures, crls } = self;
        [name_comparisons, policy_edges, signer_paths, signatures, crls]
    }
}

/// Counts down what is allowed, and remembers what ran out.
#[derive(Debug)]
pub struct Meter {
    left: [Left; 5],
    /// Limits of one piece of work that ended it, whatever was left of the whole.
    cut: RefCell<Vec<(Work, usize)>>,
}

#[derive(Debug)]
struct Left {
    allowed: usize,
    used: Cell<usize>,
    ran_out: Cell<bool>,
}

impl Meter {
    /// With all of `allowance` left.
    pub fn new(allowance: Allowance) -> Self {
        let left = |allowed| Left { allowed, used: Cell::new(0), ran_out: Cell::new(false) };
        Self { left: allowance.amounts().map(left), cut: RefCell::default() }
    }

    /// What was taken so far.
    pub fn used(&self) -> Used {
        Used { amounts: self.left.each_ref().map(|left| left.used.get()), has_run_out: self.has_run_out() }
    }

    /// Whether more was asked for of some kind of work than was left of it.
    pub fn has_run_out(&self) -> bool {
        self.left.iter().any(|left| left.ran_out.get())
    }

    /// Takes so much of what is left; `false` where that is less, and then nothing is taken.
    pub(super) fn take(&self, work: Work, amount: usize) -> bool {
        let Some(left) = self.left_of(work) else { return true };
        let used = left.used.get().saturating_add(amount);
        if used > left.allowed {
            left.ran_out.set(true);
            return false;
        }
        left.used.set(used);
        true
    }

    /// Takes so much, or what is left of it where that is less: for work whose extent is known only when it is done.
    pub(super) fn use_up(&self, work: Work, amount: usize) {
        if let Some(left) = self.left_of(work) {
            left.used.set(left.used.get().saturating_add(amount).min(left.allowed));
        }
    }

    /// One piece of work was left alone, or ended early, for a limit of its own.
    pub(super) fn note_cut(&self, work: Work, limit: usize) {
        let mut cut = self.cut.borrow_mut();
        if !cut.contains(&(work, limit)) {
            cut.push((work, limit));
        }
    }

    /// How much of this kind of work is allowed in all.
    pub(super) fn allowed(&self, work: Work) -> usize {
        self.left_of(work).map_or(usize::MAX, |left| left.allowed)
    }

    /// What ran out, each with how much was allowed.
    pub fn spent(&self) -> Vec<(Work, usize)> {
        let kinds = [Work::NameComparisons, Work::PolicyEdges, Work::SignerPaths, Work::Signatures, Work::Crls];
        let out =
            kinds.into_iter().filter_map(|work| self.left_of(work).filter(|left| left.ran_out.get()).map(|left| (work, left.allowed)));
        out.chain(self.cut.borrow().iter().copied()).collect()
    }

    fn left_of(&self, work: Work) -> Option<&Left> {
        match work {
            Work::NameComparisons => self.left.first(),
            Work::PolicyEdges => self.left.get(1),
            Work::SignerPaths => self.left.get(2),
            Work::Signatures => self.left.get(3),
            Work::Crls => self.left.get(4),
            Work::ComparisonsOfPair | Work::PolicyEdgesOfPath | Work::SignerSearch => None,
        }
    }
}
