//! What is fetched with `--online`, from servers on this computer: friendly ones, and hostile ones.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "in a test a panic is the report")]

mod friendly;
mod hostile;
mod server;
mod world;
