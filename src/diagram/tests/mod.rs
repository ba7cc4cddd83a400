//! Pictures as text, and what holds for every picture.

mod pictures;
mod samples;
