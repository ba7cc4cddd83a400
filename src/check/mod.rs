//! Is it right: one table of rules, each with its citation, and what each says of a certificate, a link or a path.
//!
//! Pure: the time, the stores and the signatures' states come in from outside. A rule that has nothing to object to still says
//! so, with the facts it compared; outputs only loop over findings and never decide anything.

mod at;
mod certificate;
mod evidence;
mod factors;
mod finding;
mod host;
mod judge;
mod link;
mod names;
mod path;
mod policy;
mod policy_graph;
mod purpose;
mod revocation;
mod rules;
mod sum;
mod transparency;

pub use evidence::{Evidence, Given, MAX_SIGNER_KEYS, Window};
pub use finding::{Fact, Finding, Place, Value, Verdict};
pub use host::{Host, HostError};
pub use judge::Judge;
pub use policy::{Least, Naming, Policy, PolicyInputs};
pub use purpose::{ANY_PURPOSE, Alone, Needs, PURPOSES, Purpose};
pub use rules::{Decides, Examine, RULES, Rule, Said, rule};
pub use sum::{Memory, PathVerdict, Sum};
pub use transparency::Logs;
