//! Is the key long enough, and made as keys are made? What anyone can see without knowing its secret.

use super::super::case::CertificateAt;
use super::super::fact::KeyWeakness;
use super::super::factors::{looks_like_roca, small_factor};
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Value, Verdict};
use crate::cert::{Certificate, PublicKey, bit_length, key_words};
use crate::signature::{Key, curve_spelt_out, is_point};

pub const RULE: Rule = Rule {
    id: RuleId::KeyStrength,
    title: "key is strong",
    citation: "RFC 5480 2.1.1, 2.2; RFC 8017 3.1, A.1.1; SEC 1 2.3.4; NIST SP 800-57 part 1 5.6; CA/Browser Forum BR 6.1.5, 6.1.6",
    reason: "Who can compute the secret from the public key can sign in its name.",
    failure: "WEAK KEY",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Certificate(examine),
};

/// 112 bits of security, the least of BR 6.1.5 and of SP 800-57 since 2014, in bits.
const RSA_LEAST: usize = 2048;
const EC_LEAST: usize = 224;
const DSA_LEAST_Q: usize = 224;
/// BR 6.1.6: the exponent should be above 2^16; RFC 8017 3.1 has it odd and at least 3.
const EXPONENT_LEAST: u64 = 65_537;
/// Beyond 33 bits ring, Go and CryptoAPI refuse to verify.
const EXPONENT_MOST: u64 = 1 << 33;

/// Curves by dotted OID, with the bits of their order.
const CURVES: &[(&str, usize)] = &[
    ("1.3.132.0.6", 112),
    ("1.3.132.0.7", 112),
    ("1.3.132.0.28", 128),
    ("1.3.132.0.29", 128),
    ("1.3.132.0.9", 160),
    ("1.3.132.0.8", 160),
    ("1.3.132.0.30", 160),
    ("1.3.36.3.3.2.8.1.1.1", 160),
    ("1.3.36.3.3.2.8.1.1.2", 160),
    ("1.2.840.10045.3.1.1", 192),
    ("1.2.840.10045.3.1.2", 192),
    ("1.2.840.10045.3.1.3", 192),
    ("1.3.132.0.31", 192),
    ("1.3.36.3.3.2.8.1.1.3", 192),
    ("1.3.36.3.3.2.8.1.1.4", 192),
];

fn examine(at: &CertificateAt<'_>) -> Outcome {
    let least = at.policy.least;
    let found = match at.certificate.public_key() {
        PublicKey::Rsa { modulus, exponent } => rsa(modulus, exponent, least.rsa_bits),
        PublicKey::Ec { curve } => {
            let bits = CURVES.iter().find(|(oid, _)| *oid == curve).map_or(usize::MAX, |(_, bits)| *bits);
            let mut found = sized(bits, least.ec_bits, EC_LEAST);
            found.extend(no_point(at.certificate));
            found
        }
        // RFC 5480 2.1.1 forbids them: one may put a weak curve under a strong key (CVE-2020-0601). OpenSSL, BoringSSL and Go refuse. An
        // anchor's key was chosen as it is; ICAO 9303 part 12 has them in passports, and allows no others.
        PublicKey::EcExplicit { field_bits } => {
            let mut found = sized(field_bits.unwrap_or(usize::MAX), least.ec_bits, EC_LEAST);
            let curve = curve_spelt_out(at.certificate.bytes(at.certificate.key_algorithm.parameters));
            let is_allowed = at.is_anchor || (at.policy.allow_explicit_curves && curve.is_some());
            let weakness = if is_allowed { Weakness::Odd } else { Weakness::Broken };
            found.push((weakness, KeyWeakness::ExplicitCurve { curve }.into()));
            found.extend(no_point(at.certificate));
            found
        }
        PublicKey::Dsa { bits: Some((p, q)) } => {
            let mut found = sized(p, least.rsa_bits, RSA_LEAST);
            if q < DSA_LEAST_Q && found.is_empty() {
                found.push((Weakness::Lapse, KeyWeakness::ShortOrder { bits: q }.into()));
            }
            found
        }
        PublicKey::Dsa { bits: None } | PublicKey::Other { .. } => Vec::new(),
        PublicKey::Malformed { reason } => vec![(Weakness::Broken, Value::Word(reason))],
    };
    let verdict = match found.iter().map(|(weakness, _)| *weakness).min() {
        None => Verdict::Pass,
        Some(Weakness::Broken) => Verdict::Fail,
        Some(Weakness::Lapse) => at.policy.lapse(),
        Some(Weakness::Odd) => Verdict::Caution,
    };
    at.wants.outcome(verdict, || {
        let mut facts = vec![Fact::new(FactName::Key, Value::Text(key_words(at.certificate)))];
        facts.extend(found.into_iter().map(|(_, what)| Fact::new(FactName::Weakness, what)));
        facts
    })
}

/// SEC 1 2.3.4: what is no point of its curve is no public key.
fn no_point(certificate: &Certificate) -> Option<(Weakness, Value)> {
    let algorithm = certificate.key_algorithm;
    let key = Key {
        algorithm: certificate.bytes(algorithm.oid),
        parameters: certificate.bytes(algorithm.parameters),
        bits: certificate.bytes(certificate.key),
    };
    (is_point(&key) == Some(false)).then_some((Weakness::Broken, KeyWeakness::NoPoint.into()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weakness {
    /// No verifier takes it, or anyone can use it.
    Broken,
    /// Below what an issuer must demand.
    Lapse,
    /// Allowed, and a sign of an old or odd maker.
    Odd,
}

type Found = Vec<(Weakness, Value)>;

fn sized(bits: usize, refused: usize, least: usize) -> Found {
    let short = |weakness| vec![(weakness, KeyWeakness::Short { bits, least: least.max(refused) }.into())];
    match bits {
        bits if bits < refused => short(Weakness::Broken),
        bits if bits < least => short(Weakness::Lapse),
        _ => Vec::new(),
    }
}

fn rsa(modulus: &[u8], exponent: &[u8], refused: usize) -> Found {
    let mut found = sized(bit_length(modulus), refused, RSA_LEAST);
    if modulus.last().is_none_or(|last| last & 1 == 0) {
        found.push((Weakness::Broken, KeyWeakness::EvenModulus.into()));
    } else if let Some(factor) = small_factor(modulus) {
        found.push((Weakness::Lapse, KeyWeakness::Divisible { by: factor }.into()));
    } else if looks_like_roca(modulus) {
        found.push((Weakness::Lapse, KeyWeakness::Roca.into()));
    }
    let value = exponent.iter().try_fold(0_u64, |value, byte| value.checked_mul(256)?.checked_add(u64::from(*byte)));
    match value {
        Some(value) if value < 3 || value & 1 == 0 => found.push((Weakness::Broken, KeyWeakness::Exponent { value }.into())),
        None if exponent.last().is_some_and(|last| last & 1 == 0) => found.push((Weakness::Broken, KeyWeakness::EvenExponent.into())),
        Some(value) if value < EXPONENT_LEAST => {
            found.push((Weakness::Odd, KeyWeakness::SmallExponent { value, least: EXPONENT_LEAST }.into()))
        }
        Some(value) if value <= EXPONENT_MOST => {}
        _ => found.push((Weakness::Odd, KeyWeakness::LongExponent { bits: bit_length(exponent) }.into())),
    }
    found
}
