//! Does the engine agree with certificates and verdicts that this project did not make? Runs where `../shared/corpora` exists.
//!
//! Each suite turns its own files into `Case`s; one runner judges them and holds the answers against `exceptions/`. The numbers
//! show with `cargo test --test conformance -- --nocapture`.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod boringssl;
mod case;
mod corpus;
#[path = "../der/mod.rs"]
mod der;
mod exceptions;
mod famous;
mod fpki;
mod limbo;
mod openssl;
mod pkits;
mod signatures;
