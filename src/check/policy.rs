//! What paths are judged against, besides the stores.

use std::collections::BTreeSet;

use super::{Host, Purpose};
use crate::cert::{Fingerprint, Time};
use crate::chain::{DEFAULT_MAX_DEPTH, Limits};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The judged time.
    pub at: Time,
    /// `None`: server for what a TLS server sent, else any.
    pub purpose: Option<Purpose>,
    pub naming: Naming,
    /// `None`: the name that the server was asked by, where it sent the target; else no host is asked for.
    pub host: Option<Host>,
    pub policies: PolicyInputs,
    /// What an anchor's certificate restricts binds the path (RFC 5937); otherwise an anchor is a name and a key.
    pub anchor_constraints: bool,
    /// What RFC 5280 and the CA/Browser Forum demand of an issuer fails where it is missing, instead of being a caution.
    pub strict: bool,
    /// Every certificate but the anchor must be proven not to be revoked: what is not known fails.
    pub require_revocation: bool,
    /// Certificates that no path may use, whoever issued them.
    pub distrusted: BTreeSet<Fingerprint>,
    /// RFC 5280 6.1.1 (d) gives an anchor no dates; most verifiers check them all the same, some (old Android, webpki) do not.
    pub ignore_anchor_dates: bool,
    pub limits: Limits,
}

/// Where an absent extended key usage, or anyExtendedKeyUsage, does not name the purpose; and where purposes that do not go
/// together are a failure, not a caution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Naming {
    /// RFC 5280 4.2.1.12: what is not restricted is allowed.
    #[default]
    Assumed,
    /// The target names it, as CA/Browser Forum BR 7.1.2.7.10 demands.
    OnTarget,
    /// So does every CA that has an extended key usage.
    Everywhere,
}

impl Naming {
    /// A strict policy wants the target to name its purpose; what CAs leave open binds nobody.
    pub fn of(strict: bool) -> Self {
        if strict { Naming::OnTarget } else { Naming::Assumed }
    }
}

/// RFC 5280 6.1.1 (c), (e), (f), (g).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyInputs {
    /// Dotted OIDs of the acceptable policies; empty: any.
    pub initial: BTreeSet<String>,
    pub require_explicit: bool,
    pub inhibit_mapping: bool,
    pub inhibit_any: bool,
}

impl Policy {
    pub fn at(at: Time) -> Self {
        Self {
            at,
            purpose: None,
            naming: Naming::Assumed,
            host: None,
            policies: PolicyInputs::default(),
            anchor_constraints: false,
            strict: false,
            require_revocation: false,
            distrusted: BTreeSet::new(),
            ignore_anchor_dates: false,
            limits: Limits { depth: DEFAULT_MAX_DEPTH, ..Limits::default() },
        }
    }
}
