//! Which rules there are.

use std::fmt;

/// The rules, in the order in which the findings of a certificate stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RuleId {
    Signature,
    NameChaining,
    Validity,
    BasicConstraints,
    KeyUsage,
    KeyIdentifier,
    PathLength,
    NameConstraints,
    Policies,
    Purpose,
    KeyUsageForPurpose,
    Host,
    CriticalExtension,
    AlgorithmMatch,
    Structure,
    Encoding,
    Names,
    SerialNumber,
    Criticality,
    AuthorityExtensions,
    KeyIdentifierPresence,
    KeyStrength,
    SignatureStrength,
    Lifetime,
    SubjectAlternativeName,
    Wildcard,
    Transparency,
    Distrust,
    DistrustAfter,
    TrustSettings,
    ClientAuthority,
    Revocation,
    Trust,
}

impl RuleId {
    /// The word of the report, of exceptions and of `crossroots rules`.
    pub fn word(self) -> &'static str {
        match self {
            RuleId::Signature => "signature",
            RuleId::NameChaining => "name-chaining",
            RuleId::Validity => "validity",
            RuleId::BasicConstraints => "basic-constraints",
            RuleId::KeyUsage => "key-usage",
            RuleId::KeyIdentifier => "key-identifier",
            RuleId::PathLength => "path-length",
            RuleId::NameConstraints => "name-constraints",
            RuleId::Policies => "policies",
            RuleId::Purpose => "purpose",
            RuleId::KeyUsageForPurpose => "key-usage-for-purpose",
            RuleId::Host => "host",
            RuleId::CriticalExtension => "critical-extension",
            RuleId::AlgorithmMatch => "algorithm-match",
            RuleId::Structure => "structure",
            RuleId::Encoding => "encoding",
            RuleId::Names => "names",
            RuleId::SerialNumber => "serial-number",
            RuleId::Criticality => "criticality",
            RuleId::AuthorityExtensions => "authority-extensions",
            RuleId::KeyIdentifierPresence => "key-identifier-presence",
            RuleId::KeyStrength => "key-strength",
            RuleId::SignatureStrength => "signature-strength",
            RuleId::Lifetime => "lifetime",
            RuleId::SubjectAlternativeName => "subject-alternative-name",
            RuleId::Wildcard => "wildcard",
            RuleId::Transparency => "transparency",
            RuleId::Distrust => "distrust",
            RuleId::DistrustAfter => "distrust-after",
            RuleId::TrustSettings => "trust-settings",
            RuleId::ClientAuthority => "client-authority",
            RuleId::Revocation => "revocation",
            RuleId::Trust => "trust",
        }
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
