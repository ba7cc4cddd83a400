//! crossroots: every path from a certificate to every root.
//!
//! Start with [`explain()`](explain::explain): it takes files and returns every target with its paths, and the reasons why a path is not
//! valid, as types and as sentences. This is `examples/explain.rs`:
//!
//! ```no_run
#![doc = include_str!("../examples/explain.rs")]
//! ```
//!
//! Below that the crate is a house of floors, listed here in the order in which data flows. A file uses its own folder and lower floors
//! (`tests/architecture.rs` checks this), so each floor can be used without those above it.
//!
//! 1. [`cert`] reads a certificate, a CRL or an OCSP response once and escapes the text in it: for programs that need decoded fields.
//!    [`signature`] verifies signatures of every algorithm that certificates were seen with: for programs that hold a key and bytes.
//! 2. [`source`] reads files, folders, servers, stores and samples, and lists what it could not read; all reading and all network are
//!    here: for programs that need certificates from anywhere. [`chain`] keeps each certificate once, links it to its possible issuers
//!    and walks every path: for programs that need the graph.
//! 3. [`check`] has the rules: what is right and wrong with a certificate, a link and a path, as findings with facts: for tools that
//!    compare verifiers. [`diagram`] places the boxes and lines of a picture in cells: for any drawing of layers.
//! 4. [`analysis`] judges: a pool, stores and a policy become one [`Judgement`](analysis::Judgement) per target, with all that any output
//!    reads: for programs that do step by step what [`explain()`](explain::explain) does at once, with other times, stores or hosts.
//! 5. [`words`] makes every sentence of a judgement: for programs that show findings to people.
//! 6. [`sketch`] turns a judgement into boxes and links: for programs that draw it.
//! 7. [`report`] writes judgements as text, JSON, DOT, Mermaid and PEM: for programs that read them. `explorer` is the interactive program
//!    without a terminal: for another front end.
//! 8. [`mod@explain`] is the front door. `worker` carries out what takes time, on threads: loading, signatures, fetching, the clipboard.
//! 9. `tui` is the terminal: keys in, cells out. `plain` is the same program line by line.
//!
//! All features are on by default. Without any of them the library reads files, judges, explains and reports. `tui` adds `explorer`,
//! `worker`, `tui` and `plain`; `cli` what the binary needs besides; `online` asks TLS servers and fetches what certificates name; `pkcs12`
//! opens PKCS#12 files; `idna` reads host names in every script; `exotic` adds signatures that no Web PKI has; `clipboard` uses the
//! desktop's clipboard.

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
