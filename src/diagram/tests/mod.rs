//! Pictures as text, and what holds for every picture.

mod invariants;
mod pictures;
mod samples;
