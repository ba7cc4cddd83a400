//! Does a name lie within a constraint (RFC 5280 4.2.1.10)? A name that its form does not allow is within none and escapes none: it fails.

mod address;
mod constrained;
mod dns;
mod mailbox;
mod uri;
mod within;

pub(super) use constrained::{Constrained, fault};
pub(super) use within::{WildcardReach, Within};
