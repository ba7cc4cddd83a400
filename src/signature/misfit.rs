//! Can this key make signatures of that algorithm at all, and is it a key? Whatever the bits of a signature are.

use super::curve::{self, EC_PUBLIC_KEY};
use super::dsa::DSA;
use super::engine::{Claim, Key};
use super::pss;
use super::rsa::{RSASSA_PSS, is_rsa};
use super::table::{Algorithm, Scheme};

/// Why a key cannot have made a signature, whatever the signature's bits are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The algorithm is for keys of another kind.
    Algorithm,
    /// The key's parameters restrict it to others (RFC 4055 3.3).
    Parameters,
}

/// Why the key can make no such signature; `None` where it can, or where the algorithm is not known.
pub fn misfit(key: &Key<'_>, claim: &Claim<'_>) -> Option<Misfit> {
    let is_ec = key.algorithm == EC_PUBLIC_KEY.as_bytes();
    let is_pss = key.algorithm == RSASSA_PSS.as_bytes();
    let algorithm = Algorithm::of(claim.algorithm)?;
    let fits = match algorithm.scheme {
        Scheme::Pkcs1(_) => is_rsa(key),
        Scheme::Pss if is_pss && pss::forbids(key.parameters, claim.parameters) => return Some(Misfit::Parameters),
        Scheme::Pss => is_rsa(key) || is_pss,
        Scheme::Ecdsa(_) => is_ec,
        Scheme::Dsa(_) => key.algorithm == DSA.as_bytes(),
        Scheme::Whole(_) if key.algorithm == claim.algorithm => true,
        // RFC 8702 3, RFC 8998: keys of an older kind.
        Scheme::Whole(_) if algorithm.words.starts_with("RSASSA-PSS") => is_rsa(key),
        Scheme::Whole(_) => algorithm.words.starts_with("SM2") && is_ec,
        #[cfg(not(feature = "exotic"))]
        Scheme::LeftOut(_) => return None,
    };
    (!fits).then_some(Misfit::Algorithm)
}

/// The name of the known curve whose prime, coefficients, generator and order these parameters spell out (SEC 1 C.2); `None` where they name
/// one, or spell out another.
pub fn curve_spelt_out(parameters: &[u8]) -> Option<&'static str> {
    if parameters.first() == Some(&0x30) { curve::of(parameters).ok().map(|curve| curve.words) } else { None }
}

/// Whether an EC key is a point of its curve in a form of SEC 1 2.3.3; `None` where the curve is not known.
pub fn is_point(key: &Key<'_>) -> Option<bool> {
    let curve = curve::of(key.parameters).ok().filter(|_| key.algorithm == EC_PUBLIC_KEY.as_bytes())?;
    Some((curve.is_point)(key.bits))
}
