//! What a front end starts with, and how it opens more: handed in, for only the arguments say how something is opened.

use super::Loading;
use crate::explorer::{Addition, Opened};

/// What the program starts with.
pub enum Start {
    Opened(Box<Opened>),
    /// Something that is fetched while the screen is alive already; the words say what.
    Loading(String, Loading),
}

impl std::fmt::Debug for Start {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Start::Opened(opened) => write!(f, "Opened({})", opened.title),
            Start::Loading(what, _) => write!(f, "Loading({what})"),
        }
    }
}

/// How what is open is opened anew, with something besides.
pub type Reopen<'a> = dyn Fn(Addition) -> Loading + 'a;
