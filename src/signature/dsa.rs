//! DSA of any size over any digest (RFC 3279 2.2.2 and 2.3.2, FIPS 186-4 4.7).

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Resize};
use der::asn1::{ObjectIdentifier, UintRef};
use der::{Decode, Sequence};

use super::digest::Digest;
use super::engine::{Answer, Claim, Key};

pub(super) const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");
/// OPENSSL_DSA_MAX_MODULUS_BITS.
const PRIME_BITS: u32 = 10_000;
/// Above every size of FIPS 186-4 4.2; a larger one would only cost time.
const ORDER_BITS: u32 = 512;

/// Dss-Parms of RFC 3279 2.3.2.
#[derive(Sequence)]
struct DssParameters<'a> {
    p: UintRef<'a>,
    q: UintRef<'a>,
    g: UintRef<'a>,
}

/// Dss-Sig-Value of RFC 3279 2.2.2.
#[derive(Sequence)]
struct Pair<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

/// p and q odd, g and y in 2..p.
struct DsaKey {
    p: BoxedMontyParams,
    q: BoxedMontyParams,
    g: BoxedUint,
    y: BoxedUint,
}

pub(super) fn verify(digest: Digest, key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != DSA.as_bytes() {
        return Answer::Bad;
    }
    match DsaKey::read(key) {
        Ok(key) => Answer::of(key.signed(&digest.of(claim.message), claim.signature) == Some(true)),
        Err(reason) => Answer::Unsupported(reason),
    }
}

impl Key<'_> {
    /// A key of DSA that leaves its parameters to whoever signed its certificate (RFC 3279 2.3.2); a NULL in their place is as common.
    pub fn inherits_parameters(&self) -> bool {
        self.algorithm == DSA.as_bytes() && matches!(self.parameters, [] | [0x05, 0x00])
    }
}

impl DsaKey {
    fn read(key: &Key<'_>) -> Result<Self, &'static str> {
        const UNREADABLE: &str = "a DSA key that cannot be read";
        const WRONG: &str = "a DSA key whose numbers are no group";
        if key.inherits_parameters() {
            return Err("a DSA key that inherits its parameters");
        }
        let parameters = DssParameters::from_der(key.parameters).map_err(|_| UNREADABLE)?;
        let y = UintRef::from_der(key.bits).map_err(|_| UNREADABLE)?;
        let [p, q, g, y] = [parameters.p, parameters.q, parameters.g, y].map(|number| BoxedUint::from_be_slice_vartime(number.as_bytes()));
        if p.bits() > PRIME_BITS || q.bits() > ORDER_BITS {
            return Err("DSA of this size");
        }
        let two = BoxedUint::from(2_u8);
        if q < two || q >= p || g < two || g >= p || y < two || y >= p {
            return Err(WRONG);
        }
        let (g, y) = (g.resize(p.bits_precision()), y.resize(p.bits_precision()));
        let odd = |number: BoxedUint| number.to_odd().into_option().map(BoxedMontyParams::new_vartime).ok_or(WRONG);
        Ok(Self { p: odd(p)?, q: odd(q)?, g, y })
    }

    /// FIPS 186-4 4.7. None: the pair cannot be read or is out of range.
    fn signed(&self, hash: &[u8], signature: &[u8]) -> Option<bool> {
        let pair = Pair::from_der(signature).ok()?;
        let q = self.q.modulus();
        let [r, s] = [pair.r, pair.s].map(|number| BoxedUint::from_be_slice(number.as_bytes(), q.bits_precision()).ok());
        let (r, s) = (r?, s?);
        if r >= **q || s >= **q || bool::from(r.is_zero()) {
            return None;
        }
        let w = BoxedMontyForm::new(s.invert_odd_mod_vartime(q).into_option()?, &self.q);
        let times_w = |number: BoxedUint| (BoxedMontyForm::new(number, &self.q) * &w).retrieve();
        let (u1, u2) = (times_w(leftmost(hash, q.bits(), q.bits_precision())?), times_w(r.clone()));
        let power = |base: &BoxedUint, exponent: &BoxedUint| BoxedMontyForm::new(base.clone(), &self.p).pow_bounded_exp(exponent, q.bits());
        let v = (power(&self.g, &u1) * power(&self.y, &u2)).retrieve();
        Some(v.rem_vartime(q.as_nz_ref()) == r)
    }
}

/// The leftmost min(N, outlen) bits of a digest, as a number of q's precision.
fn leftmost(hash: &[u8], bits: u32, precision: u32) -> Option<BoxedUint> {
    let length = usize::try_from(bits.div_ceil(8)).ok()?;
    let Some(head) = hash.get(..length) else { return BoxedUint::from_be_slice(hash, precision).ok() };
    BoxedUint::from_be_slice(head, precision).ok()?.shr_vartime(bits.next_multiple_of(8) - bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_cut_to_the_bits_of_the_order() {
        let cut = |bits| leftmost(&[0xab, 0xcd, 0xef], bits, 64);
        assert_eq!(cut(12), Some(BoxedUint::from(0xabc_u64)));
        assert_eq!(cut(16), Some(BoxedUint::from(0xabcd_u64)));
        assert_eq!(cut(24), Some(BoxedUint::from(0x00ab_cdef_u64)));
        assert_eq!(cut(60), Some(BoxedUint::from(0x00ab_cdef_u64)));
    }
}
