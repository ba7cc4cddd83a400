//! Rules that one certificate passes or fails wherever it stands.

pub(super) mod algorithm_match;
pub(super) mod critical_extension;
pub(super) mod key_usage_for_purpose;
pub(super) mod validity;
