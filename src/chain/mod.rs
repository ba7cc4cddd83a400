//! Which certificates could have issued which, and every way from one of them up. Pure: no clock, no reading, no judging.
//!
//! A `Pool` keeps each certificate once. A `Graph` gathers them into entities (one name, one key) and links each certificate
//! to the entities that may have issued it. `paths` walks the links from a target to every end.

#![warn(missing_docs)]

mod checked;
mod components;
mod count;
mod graph;
mod likely;
mod link;
mod namesakes;
mod outlook;
mod paths;
mod pool;
mod rounds;
mod signed;
mod trust;

pub use checked::CheckBudget;
pub use count::Count;
pub use graph::Graph;
pub use link::{Entity, EntityId, KeyIdentifierMatch, Link, LinkId, SignatureState, key_identifier_match};
pub use namesakes::{MAX_CANDIDATES, MAX_NAMESAKES};
pub use paths::{DEFAULT_MAX_DEPTH, End, Limits, MAX_LISTED, MAX_STEPS, Path, PathListing, Paths, Stop, list_paths, paths};
pub use pool::{CertificateId, Entry, Pool};
pub use rounds::{ALWAYS_CHECKED, CarryOut, EachRound, MAX_CHECKS_PER_NAME, check_in_rounds, check_in_turn};
pub use trust::{MAX_STORES, Store, StoreSet, Trust};
