//! Is it right: one table of rules, each with its citation, and what each says of a certificate, a link or a path.
//!
//! Pure: the time, the stores and the signatures' states come in from outside. A rule that has nothing to object to still says
//! so, with the facts it compared; outputs only loop over findings and never decide anything.

mod certificate;
mod finding;
mod judge;
mod link;
mod path;
mod policy;
mod rules;

pub use finding::{Fact, Finding, Place, Value, Verdict};
pub use judge::{Judge, Memory, PathVerdict};
pub use policy::Policy;
pub use rules::{Examine, RULES, Rule, rule};
