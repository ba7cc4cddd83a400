//! Facts in words: every sentence that an output shows is made here, once.
//!
//! A line is made of spans, each with its text, its tone and how it is said aloud: the screen draws the text in the tone, the report
//! writes it, and the walk line by line says it. Nothing reads a sentence back.

mod ascii;
mod connection;
mod line;
mod numbers;
mod paths;
mod sign;
mod times;

pub use ascii::shown;
pub use connection::{Labelled, connection, connection_sentence};
pub use line::{Line, Span, Spoken, Tone, aloud, written};
pub use numbers::{count_words, counted, counted_as, grouped};
pub use paths::{end_words, finding_words, spent_words, verdict_sentence};
pub use sign::{path_sign, sign};
pub use times::{dates, local, minute, relative};
