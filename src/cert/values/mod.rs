//! The values of the extensions that decide, read strictly: DER only, every field in its order, at most once, none left over, none unknown.

pub(super) mod authority;
pub(super) mod names;
pub(super) mod policies;
pub(super) mod table;
pub(super) mod timestamps;
