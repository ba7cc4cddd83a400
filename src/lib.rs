//! crossroots: every road from a certificate to every root.
//!
//! The floors, in the order data flows; a file uses its own folder and lower floors (`tests/architecture.rs` holds this).
//!
//! 1. `cert` reads one certificate, once, and keeps what a stranger wrote harmless; `signature` says whether a key made a signature.
//! 2. `source` brings certificates in, from files, servers, stores and samples; `chain` links them and walks every path.
//! 3. `check` says what is right and wrong with a path; `diagram` says where things sit on a canvas.
//! 4. `analysis` sums up: all that any output reads.
//! 5. `words` makes every sentence: verdicts, ends of paths, connections, times.
//! 7. `report` writes an analysis down; `explorer` is the interactive program without a terminal.
//! 8. `worker` carries out what takes time: loading, signatures and the clipboard, on threads.
//! 9. `tui` is the terminal: keys in, cells out; `plain` is the same program line by line: commands in, numbered sentences out.

pub mod analysis;
pub mod cert;
pub mod chain;
pub mod check;
pub mod diagram;
#[cfg(feature = "tui")]
pub mod explorer;
#[cfg(feature = "tui")]
pub mod plain;
pub mod report;
pub mod signature;
pub mod source;
#[cfg(feature = "tui")]
pub mod tui;
pub mod words;
#[cfg(feature = "tui")]
pub mod worker;
