//! Facts in words: every sentence that an output shows is made here, once.
//!
//! A line is made of spans, each with its text, its tone and how it is said aloud: the screen draws the text in the tone, the report
//! writes it, and the walk line by line says it. Nothing reads a sentence back.

mod advice;
mod ascii;
mod connection;
mod findings;
mod labels;
mod line;
mod notes;
#[cfg(feature = "tui")]
mod notices;
mod numbers;
mod paths;
mod sources;
#[cfg(feature = "tui")]
mod spoken;
mod stamps;
mod summary;
mod times;

pub use advice::{ALL_WELL, advice_words};
pub use ascii::shown;
pub use connection::{Labelled, connection, connection_sentence};
pub use findings::{fact_words, failure_words, finding_words, unusable_words, value_words};
pub use labels::{Labels, twin_mark};
pub use line::{Line, Span, Spoken, Tone, aloud, path_sign, sign, written};
pub use notes::{note_words, notes_by_place};
#[cfg(feature = "tui")]
pub(crate) use notices::{Notice, change_words, notice_words};
pub use numbers::{count_words, counted, grouped};
pub use paths::{checks_words, end_words, key_identifier_words, others_words, place_words, spent_words, valid_words, verdict_sentence};
pub use sources::{input_words, keys_left_out_words, reach_words, unread_words, why_words};
#[cfg(feature = "tui")]
pub(crate) use spoken::{ItemFacts, Saying, item_words, row_words, saying_words};
pub use stamps::{judged_by_words, stamp_words, stamped_words};
pub use summary::{TargetRow, target_rows, totals_words};
pub use times::{dates, end_of_validity, minute, relative, since_words, until_words, validity_words};
