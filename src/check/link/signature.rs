//! RFC 5280 6.1.3 (a)(1): the certificate was signed with the key that the issuer's certificate binds.

use super::super::case::LinkAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::{dotted, key_words, signature_words};
use crate::chain::SignatureState;
use crate::signature::Algorithm;
use crate::signature::{Claim, Key, Misfit, misfit};

pub const RULE: Rule = Rule {
    id: RuleId::Signature,
    title: "signed by the issuer's key",
    citation: "RFC 5280 6.1.3 (a)(1)",
    reason: "The name of an issuer can be copied by anyone; only its key can make the signature.",
    failure: "BAD SIGNATURE",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Link(examine),
};

fn examine(at: &LinkAt<'_>) -> Outcome {
    let (verdict, result) = match at.signature {
        SignatureState::Good => (Verdict::Pass, None),
        SignatureState::Bad => (Verdict::Fail, Some(refused(at))),
        SignatureState::Unchecked => (Verdict::Unknown, Some(Term::NotCheckedYet)),
        SignatureState::Unsupported(_) => (Verdict::Unknown, Some(Term::NotSupported)),
    };
    at.wants.outcome(verdict, || {
        let mut facts = vec![
            Fact::new(FactName::Issuer, Value::Certificate(at.issuer_id)),
            Fact::new(FactName::Algorithm, Value::Text(signature_words(at.certificate))),
            Fact::new(FactName::IssuerKey, Value::Text(key_words(at.issuer))),
        ];
        facts.extend(result.map(|term| Fact::new(FactName::Result, Value::Term(term))));
        if let SignatureState::Unsupported(what) = at.signature {
            facts.push(Fact::new(FactName::Unsupported, Value::Text(what.to_owned())));
            let oid = at.certificate.bytes(at.certificate.signature_algorithm.oid);
            if Algorithm::of(oid).is_none() {
                facts.push(Fact::new(FactName::UnknownAlgorithm, Value::Text(dotted(oid))));
            }
        }
        facts
    })
}

/// Why a signature does not verify: the key is of another kind, or its parameters forbid it, or the bits are not those.
fn refused(at: &LinkAt<'_>) -> Term {
    let (certificate, issuer) = (at.certificate, at.issuer);
    let key = Key {
        algorithm: issuer.bytes(issuer.key_algorithm.oid),
        parameters: issuer.bytes(issuer.key_algorithm.parameters),
        bits: issuer.bytes(issuer.key),
    };
    let claim = Claim {
        algorithm: certificate.bytes(certificate.signature_algorithm.oid),
        parameters: certificate.bytes(certificate.signature_algorithm.parameters),
        message: &[],
        signature: &[],
    };
    match misfit(&key, &claim) {
        Some(Misfit::Algorithm) => Term::KeyOfAnotherKind,
        Some(Misfit::Parameters) => Term::KeyParametersForbid,
        None => Term::DoesNotVerify,
    }
}
