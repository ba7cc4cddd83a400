//! Can the signatures that a path rests on be forged? The digest decides: two certificates with one digest have one signature.

use super::super::case::CertificateAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::cert::{Certificate, Time, signature_words};
use crate::signature::{Claim, Strength, strength};

pub const RULE: Rule = Rule {
    id: RuleId::SignatureStrength,
    title: "signed by a sound algorithm",
    citation: "RFC 6151, RFC 6194; NIST SP 800-131A; CA/Browser Forum BR 7.1.3",
    reason: "Who can make two certificates with one digest gets the harmless one signed and uses the other.",
    failure: "WEAK SIGNATURE",
    decides: Decides::Always,
    timely: true,
    examine: Examine::Standing(examine),
};

/// 2017-01-01: browsers gave up SHA-1 in that month (Chrome 56, Firefox 51), and BR 7.1.3 had none in use any more. Go 1.18 and
/// OpenSSL 3.0 at its level 1 refuse it whatever the purpose.
const SERVERS_WITHOUT_SHA1: Time = Time(1_483_228_800);

fn examine(at: &CertificateAt<'_>) -> Option<Outcome> {
    if at.is_end {
        // Nobody relies on the signature of an anchor, nor on one that a certificate makes for itself.
        return Some(Outcome::new(Verdict::NotApplicable, Vec::new()));
    }
    let policy = at.policy;
    let verdict = match strength(&claim(at.certificate)) {
        Some(found) if found < policy.least.digest => Verdict::Fail,
        Some(Strength::Sound) => Verdict::Pass,
        Some(Strength::Deprecated) if at.purpose == Purpose::Server && policy.at >= SERVERS_WITHOUT_SHA1 => Verdict::Fail,
        Some(Strength::Broken | Strength::Deprecated) => policy.lapse(),
        // The rule on signatures says that it is not known.
        None => Verdict::NotApplicable,
    };
    Some(at.wants.outcome(verdict, || vec![Fact::new(FactName::Algorithm, Value::Text(signature_words(at.certificate)))]))
}

fn claim(certificate: &Certificate) -> Claim<'_> {
    Claim {
        algorithm: certificate.bytes(certificate.signature_algorithm.oid),
        parameters: certificate.bytes(certificate.signature_algorithm.parameters),
        message: certificate.bytes(certificate.tbs),
        signature: certificate.bytes(certificate.signature),
    }
}
