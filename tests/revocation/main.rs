//! Is it right about revocation? On others' suites, on made evidence, and on hostile evidence.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod crls;
mod hostile;
mod making;
mod program;
mod responses;
mod screen;
mod suites;
