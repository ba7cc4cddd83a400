//! Where certificates come from: files, folders, standard input, TLS servers, trust stores.
//!
//! All reading and all network traffic of the program happens here. Nothing that was read is judged here: what parses is
//! kept with its origin, in the order it was read; what does not is a `Problem` that names its place, and the rest loads.

mod batch;
mod bytes;
mod der;
mod file;
mod folder;
mod pem_block;
mod store;

pub use batch::{Batch, MAX_PROBLEMS, Problem, ProblemKind};
pub use bytes::read as read_bytes;
pub use file::{Limits, MAX_FILE, MAX_FILES, MAX_TOTAL, read_path, read_stdin};
pub use store::{STORES, Store, StoreError, load_store};
