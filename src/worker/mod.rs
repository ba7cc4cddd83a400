//! Work that takes time, carried out: loading, and the signatures, on threads.

mod check;
mod load;

pub use check::{ALWAYS_CHECKED, CheckBudget, EachRound, MAX_CHECKS_PER_NAME, check_links};
pub use load::{Asked, LoadError, Loaded, Request, load};
