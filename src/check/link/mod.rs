//! Rules between a certificate and the issuer's certificate above it.

pub(super) mod basic_constraints;
pub(super) mod key_identifier;
pub(super) mod key_usage;
pub(super) mod name_chaining;
pub(super) mod signature;
