//! What a finding rests on: named values. No sentence is among them; the words of the JSON report are.

use super::revocation::Unusable;
use super::transparency::JudgedTimestamp;
use crate::cert::{Misread, Time};
use crate::chain::CertificateId;

/// A fact's value, typed; text is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Time(Time),
    Number(u64),
    Flag(bool),
    Text(String),
    /// Of a table that has words of its own: a purpose, the form of a name, an extension, a reason of revocation.
    Word(&'static str),
    Term(Term),
    Unusable(Box<Unusable>),
    KeyWeakness(KeyWeakness),
    /// Why a field of a certificate cannot be read.
    Misread(Misread),
    Timestamp(Box<JudgedTimestamp>),
    /// The SHA-256 fingerprint is in the certificate.
    Certificate(CertificateId),
}

impl From<KeyWeakness> for Value {
    fn from(weakness: KeyWeakness) -> Self {
        Value::KeyWeakness(weakness)
    }
}

impl From<Misread> for Value {
    fn from(misread: Misread) -> Self {
        Value::Misread(misread)
    }
}

/// A named value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: FactName,
    pub value: Value,
}

impl Fact {
    pub(super) fn new(name: FactName, value: Value) -> Self {
        Self { name, value }
    }

    /// How many more names there are than those that are told, where there are more.
    pub(super) fn further(names: usize, told: usize) -> Option<Self> {
        let further = names.saturating_sub(told);
        (further > 0).then(|| Self::new(FactName::FurtherNames, Value::Number(further as u64)))
    }
}

/// A closed list of words, as the JSON report shows them.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($variant,)+
        }

        impl $name {
            /// As the JSON report has it.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What a fact is.
    FactName {
        Accepted = "accepted",
        AddressAsDns = "address_as_dns",
        Algorithm = "algorithm",
        Allowed = "allowed",
        Anchor = "anchor",
        At = "at",
        Authority = "authority",
        AuthorityIssuer = "authority_issuer",
        AuthorityKeyIdentifier = "authority_key_identifier",
        AuthoritySerial = "authority_serial",
        BasicConstraints = "basic_constraints",
        Beside = "beside",
        Breach = "breach",
        Ca = "ca",
        CommonNameAlone = "common_name_alone",
        CommonNameMatches = "common_name_matches",
        ConstrainedBy = "constrained_by",
        Constraints = "constraints",
        Contradiction = "contradiction",
        Covers = "covers",
        Critical = "critical",
        CrlNumber = "crl_number",
        CutOff = "cut_off",
        Days = "days",
        DeltaNumber = "delta_number",
        Distrusted = "distrusted",
        Encoding = "encoding",
        End = "end",
        Evidence = "evidence",
        Excluded = "excluded",
        ExtendedKeyUsage = "extended_key_usage",
        Form = "form",
        FurtherNames = "further_names",
        Held = "held",
        Host = "host",
        Ignored = "ignored",
        Inner = "inner",
        IntermediatesBelow = "intermediates_below",
        InvalidSince = "invalid_since",
        Issuer = "issuer",
        IssuerKey = "issuer_key",
        IssuerName = "issuer_name",
        IssuerNameAbove = "issuer_name_above",
        Key = "key",
        KeyUsage = "key_usage",
        Lacks = "lacks",
        Limit = "limit",
        Listed = "listed",
        Malformed = "malformed",
        Matched = "matched",
        MissingIssuer = "missing_issuer",
        Mistake = "mistake",
        MustBeCritical = "must_be_critical",
        MustNotBeCritical = "must_not_be_critical",
        Name = "name",
        Named = "named",
        NamesakeKeyIdentifier = "namesake_key_identifier",
        Names = "names",
        Nearest = "nearest",
        NextUpdate = "next_update",
        NoDnsName = "no_dns_name",
        NotAfter = "not_after",
        NotBefore = "not_before",
        NotJudged = "not_judged",
        Octets = "octets",
        OneOf = "one_of",
        Outer = "outer",
        Permitted = "permitted",
        Place = "place",
        Policies = "policies",
        Policy = "policy",
        Purpose = "purpose",
        Qualifier = "qualifier",
        Reason = "reason",
        RejectedUse = "rejected_use",
        Result = "result",
        RevokedAt = "revoked_at",
        SerialNumber = "serial_number",
        SerialNumberAbove = "serial_number_above",
        Sha256 = "sha256",
        SignedBy = "signed_by",
        Source = "source",
        State = "state",
        Store = "store",
        Stores = "stores",
        SubjectAbove = "subject_above",
        SubjectKeyIdentifierAbove = "subject_key_identifier_above",
        ThisUpdate = "this_update",
        Timestamp = "timestamp",
        Timestamps = "timestamps",
        TrustedUse = "trusted_use",
        Unknown = "unknown",
        UnknownAlgorithm = "unknown_algorithm",
        Unreadable = "unreadable",
        Unsupported = "unsupported",
        Unusable = "unusable",
        Version = "version",
        Weakness = "weakness",
        Wrong = "wrong",
    }
}

words! {
    /// What a rule says where it is neither a number nor a text of the certificate.
    Term {
        Absent = "absent",
        AddressAsText = "an IP address as text",
        AddressConstraintLength = "an address constraint of neither 8 nor 32 bytes",
        AddressIsMapped = "the same address in the other family's form",
        AddressLength = "an address of neither 4 nor 16 bytes",
        AddressMask = "an address mask that is not contiguous",
        AnotherCertificate = "issuer and serial number of another certificate",
        AnchorDatesIgnored = "anchor dates are ignored by policy",
        AnyPolicyMapped = "anyPolicy is mapped",
        AuthorityKeyIdentifierOfAnother = "a root whose authority key identifier is not its own",
        AuthorityKeyIdentifierWithIssuer = "issuer and serial number in the authority key identifier",
        AuthorityWithoutKeyCertSign = "CA, yet its key usage lacks keyCertSign",
        AuthorityWithoutKeyUsage = "CA without key usage",
        AuthorityWithoutSubjectKeyIdentifier = "CA without a subject key identifier",
        BasicConstraintsOrKeyUsage = "basic constraints or key usage",
        BytesDiffer = "the bytes differ",
        Certificate = "certificate",
        ConstraintUnreadable = "a constraint that cannot be read",
        Crl = "CRL",
        DeltaCrl = "delta CRL",
        DepthLimit = "depth limit",
        DnsConstraint = "a DNS constraint that is not a domain",
        DnsNameForm = "not a DNS name",
        DnsNameIsUrl = "a URL as a DNS name",
        DnsNameNotAscii = "a DNS name that is not ASCII",
        DnsNameWithPort = "a DNS name with a port",
        DnsNameWithSpace = "a DNS name with space around it",
        DoesNotVerify = "does not verify with the issuer's key",
        Empty = "empty",
        EndsBeforeItBegins = "ends before it begins",
        EveryIssuerOnPath = "every issuer is on the path already",
        Expired = "expired",
        FormNotCompared = "names of this form are not compared",
        InhibitAnyPolicyWithoutAuthority = "inhibit anyPolicy, yet no CA",
        IssuerNotLoaded = "issuer is not loaded",
        Key = "key",
        KeyOfAnotherKind = "the issuer's key is of another kind than the algorithm",
        KeyParametersForbid = "the parameters of the issuer's key forbid the algorithm",
        KeyCertSignWithoutAuthority = "keyCertSign, yet no CA",
        Longer = "longer than 20 octets",
        MadeAfterJudgedTime = "made after the judged time",
        MailboxConstraint = "an email constraint that is not a mailbox, a host or a domain",
        MailboxForm = "not a mailbox (RFC 5321 4.1.2)",
        MailboxHostIsAddress = "an email address whose host is an IP address",
        MailboxIncomplete = "an email address without a mailbox and a host",
        MailboxTwoAts = "an email address with two @",
        NameConstraintsWithoutAuthority = "name constraints, yet no CA",
        NameUnreadable = "a name that cannot be read",
        Negative = "negative",
        NoAcceptedPolicy = "no accepted policy is left",
        NoAlternativeName = "no alternative name",
        NoAuthorityKeyIdentifier = "no authority key identifier",
        NoConstraintsAbove = "no CA above has any",
        NoHost = "none was asked for",
        NoMoreListed = "no more are listed",
        NoPolicyLeft = "no policy is left",
        NoPolicyRequired = "none holds, none is required",
        NoRevocationInformation = "the issuer gives no revocation information",
        NoRevocationOfAuthority = "a CA without revocation information",
        NoRevocationYetPlaces = "no revocation information, yet a CRL or responder",
        NoReasonGiven = "no reason given",
        NoneGiven = "none was given",
        NotCheckedYet = "not checked yet",
        NotRestricted = "absent: not restricted",
        NotSupported = "algorithm not supported",
        NotYetValid = "not yet valid",
        OcspResponse = "OCSP response",
        OnlyOldProtocols = "up to TLS 1.2 only",
        PathLengthWithoutAuthority = "path length, yet no CA that signs certificates",
        PolicyConstraintsWithoutAuthority = "policy constraints, yet no CA",
        PolicyMappingsWithoutAuthority = "policy mappings, yet no CA",
        SelfSignedInNoStore = "self-signed and in no chosen store",
        StaleYetFinal = "stale, yet revocation is final",
        SubjectAlternativeName = "subject alternative name",
        UriConstraint = "a URI constraint that is not a host or a domain",
        UriForm = "not a URI with a host (RFC 3986)",
        UriHostIsAddress = "a URI whose host is an address",
        UriInstead = "a URI instead of a DNS name or an IP address",
        UriWithoutHost = "a URI without a host",
        ValidityUnknown = "its dates cannot be read",
        WildcardIsOneLabel = "a wildcard matches exactly one label",
        Zero = "zero",
    }
}

/// What is weak about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyWeakness {
    /// Fewer bits than are asked for.
    Short {
        bits: usize,
        least: usize,
    },
    /// Its curve is given by parameters, not by name.
    ExplicitCurve {
        /// The known curve that they spell out.
        curve: Option<&'static str>,
    },
    /// No point of its curve.
    NoPoint,
    /// The order of a DSA key's group has so few bits.
    ShortOrder {
        bits: usize,
    },
    EvenModulus,
    Divisible {
        by: u64,
    },
    /// The modulus has the fingerprint of CVE-2017-15361.
    Roca,
    /// An exponent that cannot be one.
    Exponent {
        value: u64,
    },
    EvenExponent,
    SmallExponent {
        value: u64,
        least: u64,
    },
    LongExponent {
        bits: usize,
    },
}
