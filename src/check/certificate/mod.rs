//! Rules that one certificate passes or fails wherever it stands.

mod breaches;

pub(super) mod algorithm_match;
pub(super) mod authority_extensions;
pub(super) mod critical_extension;
pub(super) mod criticality;
pub(super) mod distrust;
pub(super) mod encoding;
pub(super) mod key_identifier_presence;
pub(super) mod key_strength;
pub(super) mod key_usage_for_purpose;
pub(super) mod lifetime;
pub(super) mod names;
pub(super) mod serial_number;
pub(super) mod structure;
pub(super) mod subject_alternative_name;
pub(super) mod validity;
pub(super) mod wildcard;
