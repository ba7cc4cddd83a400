//! What is looked at: the path, the certificate, the judged time; and how one goes to another.

pub(in crate::explorer) mod failures;
pub(in crate::explorer) mod found;
pub(in crate::explorer) mod movement;
pub(in crate::explorer) mod paths;
pub(in crate::explorer) mod search;
pub(in crate::explorer) mod state;
pub(in crate::explorer) mod time_travel;
