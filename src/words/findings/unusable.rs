//! Why a CRL or an OCSP response cannot be used.

use crate::check::{EvidenceName, Unusable, UnusableReason};
use crate::words::grouped;

/// `CRL 3 of Test CA (file.crl): stale since 2026-01-01`.
pub fn unusable_words(unusable: &Unusable) -> String {
    let reason = reason(&unusable.reason);
    let others = if unusable.others == 0 { String::new() } else { format!(" and {} more", unusable.others) };
    match &unusable.evidence {
        Some(evidence) => format!("{}{others}: {reason}", name(evidence)),
        None => reason,
    }
}

fn name(evidence: &EvidenceName) -> String {
    match evidence {
        EvidenceName::Crl { number, issuer, place } => {
            let number = number.as_ref().map_or_else(String::new, |number| format!(" {number}"));
            format!("CRL{number} of {issuer} ({place})")
        }
        EvidenceName::OcspResponse { by, place } => format!("OCSP response by {by} ({place})"),
    }
}

fn reason(reason: &UnusableReason) -> String {
    let text = match reason {
        UnusableReason::PointsUnreadable(why) => return format!("the certificate's distribution points cannot be read: {why}"),
        UnusableReason::TooManyPoints { most, count } => {
            return format!("only the first {most} of {count} distribution points are considered");
        }
        UnusableReason::MoreUnusable(count) => return format!("and {count} more"),
        UnusableReason::UnknownCritical(oid) => return format!("it has an unrecognized critical extension, {oid}"),
        UnusableReason::UnknownHash(oid) => return format!("it names the issuer by an unknown hash algorithm, {oid}"),
        UnusableReason::SignerNotLoaded(issuer) => return format!("no certificate of {issuer} is loaded"),
        UnusableReason::BadSignature { signer: Some(issuer) } => return format!("its signature does not verify with any key of {issuer}"),
        UnusableReason::Unsupported(what) => return format!("its signature cannot be checked: {what}"),
        UnusableReason::TooManyKeys(most) => {
            return format!("the first {most} keys of its signer's name did not sign it, and no more are tried");
        }
        UnusableReason::SignerPathsSpent(most) => return format!("paths of signers were searched or judged {most} times, and no more are"),
        UnusableReason::CrlsSpent(most) => {
            let most = grouped(*most as u128);
            return format!("limit of {most} CRL comparisons reached; the CRLs left over were not considered and may revoke it");
        }
        UnusableReason::MadeLater(date) => return format!("made later, on {}", date.date()),
        UnusableReason::Stale(since) => return format!("stale since {}", since.date()),
        UnusableReason::Old(made) => return format!("more than a week old and without nextUpdate (made on {})", made.date()),
        UnusableReason::UnsoundSigner { or_unproven } => {
            return unsound("no path of the certificate that signed it is valid up to the same end", *or_unproven);
        }
        UnusableReason::UnsoundResponder { or_unproven } => return unsound("its responder's own certificate is not valid", *or_unproven),
        UnusableReason::SomeReasonsOnly => "the usable CRLs cover only some revocation reasons",
        UnusableReason::NotIndirect => "the certificate calls it indirect, but it is not",
        UnusableReason::OtherPoint => "it is for another distribution point",
        UnusableReason::OnlyEndEntities => "it is for end-entity certificates only",
        UnusableReason::OnlyAuthorities => "it is for CA certificates only",
        UnusableReason::OnlyAttributes => "it is for attribute certificates only",
        UnusableReason::BadSignature { signer: None } => "its signature does not verify with the responder's key",
        UnusableReason::Unchecked => "its signature was not checked",
        UnusableReason::MayNotSignCrls => "the key that signed it may not sign CRLs",
        UnusableReason::ResponderNotLoaded => "the responder's certificate is not loaded",
        UnusableReason::NotDelegated => "its responder was not issued by the certificate's issuer",
        UnusableReason::NotForOcspSigning => "its responder's certificate is not for OCSP signing",
        UnusableReason::CertificateUnknown => "the responder does not know the certificate",
        UnusableReason::RevokedAtAnotherTime => "it revokes at another time",
    };
    text.to_owned()
}

fn unsound(what: &str, or_unproven: bool) -> String {
    let or_unproven = if or_unproven { ", or is not proven unrevoked itself" } else { "" };
    format!("{what}{or_unproven}")
}
