//! What paths are judged against, besides the stores.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Host, Logs, Purpose, Verdict};
use crate::cert::{Fingerprint, Name, Time};
use crate::chain::{DEFAULT_MAX_DEPTH, Limits};
use crate::signature::Strength;

/// What a path is judged against: time, host, purpose, policies, and which requirements count as failures.
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
    /// A key may spell out a known curve instead of naming it, as ICAO 9303 part 12 wants; RFC 5480 2.1.1 forbids it.
    pub allow_explicit_curves: bool,
    /// Weaker keys and signatures fail, whatever the purpose.
    pub least: Least,
    /// Every certificate but the anchor must be proven not to be revoked: what is not known fails.
    pub require_revocation: bool,
    /// Certificates that no path may use, whoever issued them.
    pub distrusted: BTreeSet<Fingerprint>,
    /// Whose client certificates a server says it takes; none: any.
    pub client_authorities: Vec<Name>,
    /// The transparency logs whose signatures can be checked; `None`: no list was given.
    pub ct_logs: Option<Arc<Logs>>,
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
    /// So does every CA that has an extended key usage; and for clients, every CA.
    Everywhere,
}

impl Naming {
    /// A strict policy wants the target to name its purpose; what CAs leave open binds nobody.
    pub fn of(strict: bool) -> Self {
        if strict { Naming::OnTarget } else { Naming::Assumed }
    }
}

/// The least that is taken, as OpenSSL's security levels have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// Of an RSA modulus or DSA prime.
    pub rsa_bits: usize,
    /// Of the order of an elliptic curve.
    pub ec_bits: usize,
    pub digest: Strength,
}

/// 80 bits of security (SP 800-57): OpenSSL at its level 1, Go and BoringSSL refuse what is weaker. SHA-1 is left to the rule.
impl Default for Least {
    fn default() -> Self {
        Self { rsa_bits: 1024, ec_bits: 160, digest: Strength::Deprecated }
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
    /// What it is where an issuer broke a rule that verifiers in use do not insist on.
    pub fn lapse(&self) -> Verdict {
        if self.strict { Verdict::Fail } else { Verdict::Caution }
    }

    /// Nothing but the judged time differs.
    pub fn is_same_at_another_time(&self, other: &Self) -> bool {
        Self { at: other.at, ..self.clone() } == *other
    }

    /// The default policy at this time: no host, purpose by the source of the target.
    pub fn at(at: Time) -> Self {
        Self {
            at,
            purpose: None,
            naming: Naming::Assumed,
            host: None,
            policies: PolicyInputs::default(),
            anchor_constraints: false,
            strict: false,
            allow_explicit_curves: false,
            least: Least::default(),
            require_revocation: false,
            distrusted: BTreeSet::new(),
            client_authorities: Vec::new(),
            ct_logs: None,
            ignore_anchor_dates: false,
            limits: Limits { depth: DEFAULT_MAX_DEPTH, ..Limits::default() },
        }
    }
}
