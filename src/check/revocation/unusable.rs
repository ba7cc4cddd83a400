//! Why does a piece of evidence that speaks of a certificate, or of its kind, not count?

use crate::cert::{Misread, Time};

/// A piece of evidence, where the reason is of one, and why it cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    pub evidence: Option<EvidenceName>,
    /// How many more pieces cannot be used for the same reason.
    pub others: usize,
    pub reason: UnusableReason,
}

/// What people call it; escaped text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceName {
    Crl { number: Option<String>, issuer: String, place: String },
    OcspResponse { by: String, place: String },
}

/// Text is escaped, object identifiers are dotted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnusableReason {
    PointsUnreadable(Misread),
    TooManyPoints {
        most: usize,
        count: usize,
    },
    /// RFC 5280 6.3.3: all reasons have to be covered.
    SomeReasonsOnly,
    /// The certificate's distribution point names another issuer of the CRL, which does not call itself indirect.
    NotIndirect,
    OtherPoint,
    OnlyEndEntities,
    OnlyAuthorities,
    OnlyAttributes,
    UnknownCritical(String),
    UnknownHash(String),
    /// Label of the issuer.
    SignerNotLoaded(String),
    ResponderNotLoaded,
    /// With any key of the issuer of this label; `None` for a responder.
    BadSignature {
        signer: Option<String>,
    },
    Unsupported(&'static str),
    Unchecked,
    /// Keys of its signer's name that were tried.
    TooManyKeys(usize),
    MayNotSignCrls,
    /// No path of the signer holds up to the same end.
    UnsoundSigner {
        or_unproven: bool,
    },
    UnsoundResponder {
        or_unproven: bool,
    },
    /// How often paths of signers were searched or judged.
    SignerPathsSpent(usize),
    /// How often CRLs were compared: one that was not may revoke.
    CrlsSpent(usize),
    NotDelegated,
    NotForOcspSigning,
    CertificateUnknown,
    RevokedAtAnotherTime,
    /// When it was made.
    MadeLater(Time),
    Stale(Time),
    /// When it was made; it has no nextUpdate.
    Old(Time),
    /// Beyond those that are told.
    MoreUnusable(usize),
}

impl Unusable {
    pub(super) fn of_all(reason: UnusableReason) -> Self {
        Self { evidence: None, others: 0, reason }
    }

    pub(super) fn of(evidence: EvidenceName, reason: UnusableReason) -> Self {
        Self { evidence: Some(evidence), others: 0, reason }
    }
}
