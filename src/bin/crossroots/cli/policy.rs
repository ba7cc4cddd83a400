//! What is judged, and against what: the options, and the policy they make.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use crossroots::chain::Limits;
use crossroots::check::{Host, Naming, PURPOSES, Policy, PolicyInputs, Purpose};

/// Longest path that can be asked for: the search holds one stack frame for each certificate on it.
const MAX_DEPTH: u64 = 1_000;

#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
#[command(next_help_heading = "Validation policy")]
pub(super) struct PolicyArguments {
    /// Judge at this time: 2021-10-01, RFC 3339, now, +30d; signature: when the target signed, as a sound time stamp says
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(super) at: Option<String>,
    /// A trust store: mozilla (default), apple, microsoft, android, openjdk, system, none, or NAME=FILE; repeatable, each judged on its own
    #[arg(long, value_name = "STORE")]
    pub(super) trust: Vec<String>,
    /// The certificate to explain: file, SHA-256 prefix, or subject text
    #[arg(long, value_name = "WHICH")]
    pub(super) target: Option<String>,
    /// Further certificates, shown only where a path uses them; repeatable
    #[arg(long, value_name = "PATH")]
    pub(super) pool: Vec<PathBuf>,
    /// Passwords for PKCS#12 files, one per line; each is tried
    #[arg(long, value_name = "FILE")]
    pub(super) password_file: Option<PathBuf>,
    /// A CRL, or a folder of them; repeatable
    #[arg(long, value_name = "FILE")]
    pub(super) crl: Vec<PathBuf>,
    /// An OCSP response; repeatable
    #[arg(long, value_name = "FILE")]
    pub(super) ocsp: Vec<PathBuf>,
    /// Fetch what the certificates refer to: issuers (AIA), CRLs, OCSP responses; http and https only
    #[arg(long)]
    pub(super) online: bool,
    /// With --online, connect to private, loopback and link-local addresses too
    #[arg(long)]
    pub(super) allow_private: bool,
    /// Require proof, for every certificate but the anchor, that it is not revoked
    #[arg(long)]
    pub(super) require_revocation: bool,
    /// Maximum path length, in certificates
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_DEPTH))]
    pub(super) max_depth: Option<u64>,
    /// The purpose to validate for; default: server for what a TLS server sent, else any
    #[arg(long, value_name = "PURPOSE", value_parser = purpose_parser())]
    pub(super) purpose: Option<Purpose>,
    /// The DNS name or address that the target must match; default: the name that the server was asked for
    #[arg(long, value_name = "NAME", value_parser = Host::parse)]
    pub(super) host: Option<Host>,
    /// An acceptable certificate policy, as a dotted OID; repeatable
    #[arg(long, value_name = "OID", value_parser = dotted_oid)]
    pub(super) policy: Vec<String>,
    /// Require a certificate policy that is valid along the whole path
    #[arg(long)]
    pub(super) require_policy: bool,
    /// Inhibit policy mapping
    #[arg(long)]
    pub(super) inhibit_mapping: bool,
    /// Inhibit anyPolicy: it matches no other policy
    #[arg(long)]
    pub(super) inhibit_any_policy: bool,
    /// Enforce the constraints in trust anchor certificates (RFC 5937)
    #[arg(long)]
    pub(super) anchor_constraints: bool,
    /// Treat violated issuer requirements of RFC 5280 and the CA/Browser Forum as failures, not as warnings
    #[arg(long)]
    pub(super) strict: bool,
    /// What must be named for a purpose: rfc5280 (no extended key usage allows any), webpki (the target names it); default: webpki with --strict
    #[arg(long, value_name = "PROFILE")]
    pub(super) naming: Option<NamingProfile>,
    /// Accept keys that spell out the parameters of a known curve instead of naming it, as passports do (ICAO 9303)
    #[arg(long)]
    pub(super) allow_explicit_curves: bool,
    /// Distrust this certificate or key: a file of certificates, or a SHA-256; repeatable
    #[arg(long, value_name = "FILE|SHA256")]
    pub(super) distrust: Vec<String>,
    /// The Certificate Transparency logs whose SCTs are checked: the public JSON list (log_list.json, version 3)
    #[arg(long, value_name = "FILE")]
    pub(super) ct_logs: Option<PathBuf>,
    /// Ignore the validity window of trust anchors (RFC 5280 6.1.1 (d))
    #[arg(long)]
    pub(super) ignore_anchor_dates: bool,
}

/// Whose profile says what a certificate must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NamingProfile {
    Rfc5280,
    Webpki,
}

fn purpose_parser() -> impl TypedValueParser<Value = Purpose> {
    let words = PossibleValuesParser::new(PURPOSES.iter().map(|needs| needs.word));
    words.map(|word| Purpose::named(&word).unwrap_or(Purpose::Any))
}

/// A dotted OID: numbers, at least two, the first of them below 3.
fn dotted_oid(text: &str) -> Result<String, String> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    let is_sound = parts.len() > 1 && parts.iter().all(|part| is_number(part)) && matches!(parts.first(), Some(&("0" | "1" | "2")));
    if is_sound { Ok(text.to_owned()) } else { Err("expected an OID such as 2.23.140.1.2.1".to_owned()) }
}

impl PolicyArguments {
    /// The policy, where `base` counts for what was not asked for.
    pub(super) fn applied_to(&self, base: Policy) -> Policy {
        let depth = self.max_depth.and_then(|depth| usize::try_from(depth).ok());
        let strict = self.strict || base.strict;
        let policies = PolicyInputs {
            initial: if self.policy.is_empty() { base.policies.initial } else { self.policy.iter().cloned().collect() },
            require_explicit: self.require_policy || base.policies.require_explicit,
            inhibit_mapping: self.inhibit_mapping || base.policies.inhibit_mapping,
            inhibit_any: self.inhibit_any_policy || base.policies.inhibit_any,
        };
        Policy {
            purpose: self.purpose.or(base.purpose),
            naming: self
                .naming
                .map_or(if strict { Naming::of(true) } else { base.naming }, |profile| Naming::of(profile == NamingProfile::Webpki)),
            allow_explicit_curves: self.allow_explicit_curves || base.allow_explicit_curves,
            host: self.host.clone().or(base.host),
            policies,
            anchor_constraints: self.anchor_constraints || base.anchor_constraints,
            strict,
            require_revocation: self.require_revocation || base.require_revocation,
            ignore_anchor_dates: self.ignore_anchor_dates || base.ignore_anchor_dates,
            limits: depth.map_or(base.limits, |depth| Limits { depth, ..base.limits }),
            ..base
        }
    }
}
