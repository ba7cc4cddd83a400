//! Rules that only a whole path passes or fails; they differ from path to path for one certificate.

pub(super) mod client_authority;
pub(super) mod distrust_after;
pub(super) mod host;
pub(super) mod name_constraints;
pub(super) mod path_length;
pub(super) mod policies;
pub(super) mod purpose;
pub(super) mod revocation;
pub(super) mod signature_strength;
pub(super) mod transparency;
pub(super) mod trust;
pub(super) mod trust_settings;
