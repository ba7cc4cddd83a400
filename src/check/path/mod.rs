//! Rules that only a whole path passes or fails; they differ from path to path for one certificate.

pub(super) mod path_length;
pub(super) mod trust;
