//! Is it right: one table of rules, each with its citation, and what each says of a certificate, a link or a path.
//!
//! Pure: the time, the stores and the signatures' states come in from outside. A rule that has nothing to object to still says
//! so, with the facts it compared; outputs only loop over findings and never decide anything.

mod case;
mod certificate;
mod evidence;
mod fact;
mod factors;
mod finding;
mod host;
mod judge;
mod link;
mod memory;
mod meter;
mod names;
mod path;
mod policy;
mod policy_graph;
mod purpose;
mod revocation;
mod rule;
mod rule_id;
mod rules;
mod subtrees;
mod transparency;
mod verdict;

pub use case::Wants;
pub use evidence::{Evidence, Given, MAX_SIGNER_KEYS, Window};
pub use fact::{Fact, FactName, KeyWeakness, Term, Value};
pub use finding::{Finding, Outcome, Place, Verdict};
pub use host::{Host, HostError};
pub use judge::{Findings, Judge, Judged, Settled};
pub use memory::Memory;
pub use meter::{Allowance, MAX_SIGNER_STEPS, Meter, Used, Work};
pub use policy::{Least, Naming, Policy, PolicyInputs};
pub use purpose::{ANY_PURPOSE, Alone, Needs, PURPOSES, Purpose};
pub use revocation::{EvidenceName, Unusable, UnusableReason};
pub use rule::{Decides, Examine, Rule};
pub use rule_id::RuleId;
pub use rules::RULES;
pub use transparency::{JudgedTimestamp, LogWords, Logs, TimestampStanding};
pub use verdict::PathVerdict;
