//! Pool, stores and policy become all that any output reads: targets, their paths, verdicts and findings.
//!
//! An `Analysis` is what is judged, a `Judgement` what came of it. Nothing here is kept up to date by hand: change the trust, the policy
//! or a signature's state and judge again. No signature of a certificate is checked here; the graph remembers their states, so that
//! moving the time or a store costs none.

#![warn(missing_docs)]

mod budget;
mod difference;
mod endpoints;
mod growth;
mod inputs;
mod judgement;
mod judging;
mod mark;
mod reachability;
mod seen;
mod sent;
mod sharing;
mod stamped;
mod stores;
mod targets;
mod time_source;

pub use budget::{Budget, Limit, Spent};
pub use difference::{Change, Difference, StoreChange};
pub use endpoints::EndpointOf;
pub use growth::More;
pub use inputs::Analysis;
pub use judgement::{JudgedPath, Judgement, Tally};
pub use mark::{Failure, Mark};
pub use reachability::{Reachability, depending};
pub use seen::shown;
pub use sent::{Advice, AdviceKind, advice, full_chain};
pub use sharing::{Share, Sharing};
pub use stamped::Stamped;
pub use stores::{TrustError, trust_stores};
pub use targets::TargetError;
pub use time_source::TimeSource;
