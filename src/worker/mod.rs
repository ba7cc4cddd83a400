//! Effects carried out: plain threads that do slow things and put what comes of it into one inbox.

mod ahead;
mod carry_out;
mod check;
mod clipboard;
mod complete;
mod ending;
mod front;
mod job;
mod judge;
mod listening;
mod load;
mod online;
mod passwords;
mod prompt;
mod save;
mod threads;
mod write;

pub use ahead::check_report;
pub use carry_out::CarriedOut;
pub use check::check_links;
pub use ending::GiveBack;
pub(crate) use front::FIRST_LOADING;
pub use front::{Front, Loading, Reopen, Start};
pub use judge::{judge_all, judge_within};
pub use load::{Asked, LoadError, Loaded, LoadedSample, Request, load};
pub use online::{MAX_NEW_CERTIFICATES, MAX_ROUNDS, News, Pace, Scope, client, fetch_evidence, fetch_for_report};
pub use passwords::{PasswordsError, Typed};
pub use threads::Worker;
pub use write::write_report;
