//! What is fetched with `--online`, from servers on this computer: friendly ones, and hostile ones.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "in a test a panic is the report")]

mod friendly;
mod hostile;
#[path = "../peers/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod peers;
#[path = "../pty/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod pty;
mod screen;
mod server;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod support;
mod world;
