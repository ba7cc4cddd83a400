//! crossroots: every road from a certificate to every root.
//!
//! Whoever wants answers calls [`explain()`](explain::explain): files in, every target with its paths out, and the reason why a path is not
//! valid, as types and as sentences. This is `examples/explain.rs`, whole:
//!
//! ```no_run
#![doc = include_str!("../examples/explain.rs")]
//! ```
//!
//! Below that the crate is a house of floors, here in the order in which data flows. A file uses its own folder and lower floors
//! (`tests/architecture.rs` holds this), so each floor can be used without those above it.
//!
//! 1. [`cert`] reads one certificate, CRL or OCSP response, once, and makes harmless what a stranger wrote in it: for whoever wants
//!    fields. [`signature`] says whether a key made a signature, for every algorithm that certificates were seen with.
//! 2. [`source`] brings certificates in, from files, folders, servers, stores and samples, and lists what it could not read: all reading
//!    and all network are here. [`chain`] keeps each certificate once, links it to whoever may have issued it, and walks every path: for
//!    whoever wants the graph.
//! 3. [`check`] has the rules: what is right and wrong with a certificate, a link and a path, as findings with facts. [`diagram`] says
//!    where the boxes and lines of a picture sit, in cells.
//! 4. [`analysis`] judges: a pool, stores and a policy become one [`Judgement`](analysis::Judgement) of each target, which has all that
//!    any output reads. For whoever wants [`explain()`](explain::explain) step by step.
//! 5. [`words`] makes every sentence of a judgement, once.
//! 6. [`sketch`] is a judgement as boxes and links, for a picture.
//! 7. [`report`] writes judgements as text, JSON, DOT, Mermaid and PEM. `explorer` is the interactive program without a terminal.
//! 8. [`mod@explain`] is the front door. `worker` carries out what takes time, on threads: loading, signatures, fetching, the clipboard.
//! 9. `tui` is the terminal: keys in, cells out. `plain` is the same program line by line.
//!
//! The features are all on by default. Without any of them the library reads files, judges, explains and reports; `tui` adds `explorer`,
//! `worker`, `tui` and `plain`, and `cli` what the binary needs besides. `online` fetches what certificates name, `pkcs12` opens PKCS#12
//! files, `idna` knows host names in every script, `exotic` the signatures that no Web PKI has, `clipboard` the desktop's clipboard.

pub mod analysis;
pub mod cert;
pub mod chain;
pub mod check;
pub mod diagram;
pub mod explain;
#[cfg(feature = "tui")]
pub mod explorer;
#[cfg(feature = "tui")]
pub mod plain;
pub mod report;
pub mod signature;
pub mod sketch;
pub mod source;
#[cfg(feature = "tui")]
pub mod tui;
pub mod words;
#[cfg(feature = "tui")]
pub mod worker;

pub use explain::explain;
