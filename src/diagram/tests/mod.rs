//! Pictures as text, and what holds for every picture.

mod samples;
mod pictures;
