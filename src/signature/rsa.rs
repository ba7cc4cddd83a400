//! RSA keys, and PKCS#1 v1.5 signatures over any digest (RFC 4055, RFC 8017 8.2).

use crypto_bigint::BoxedUint;
use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use der::asn1::{ObjectIdentifier, UintRef};
use der::{Decode, Sequence};

use super::digest::Digest;
use super::engine::{self, Answer, Claim, Key, RsaParameters};

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `rsa` of X.509 (1988) annex H, whose key is the same.
const X509_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.8.1.1");
pub(super) const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// OPENSSL_RSA_MAX_MODULUS_BITS: what a larger modulus would cost is nobody's to ask.
const MODULUS_BITS: u32 = 16384;
/// OPENSSL_RSA_SMALL_MODULUS_BITS and OPENSSL_RSA_MAX_PUBEXP_BITS: above this modulus an exponent has at most 64 bits.
const SMALL_MODULUS_BITS: u32 = 3072;
const EXPONENT_BITS: u32 = 64;
/// What ring and aws-lc-rs take as an exponent: odd, 3 to 2^33 - 1.
const ENGINE_EXPONENT_BITS: u32 = 33;

/// RFC 8017 A.1.1.
#[derive(Sequence)]
struct PublicKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

/// A key that the raw operation takes: modulus and exponent odd, exponent above 1, both within the limits.
pub(super) struct RsaKey<'a> {
    modulus: &'a [u8],
    exponent: &'a [u8],
}

/// EMSA-PKCS1-v1_5 (RFC 8017 8.2.2, 9.2).
pub(super) fn pkcs1(digest: Digest, key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if !is_rsa(key) {
        return Answer::Bad;
    }
    let rsa = match RsaKey::read(key.bits) {
        Ok(rsa) => rsa,
        Err(reason) => return Answer::Unsupported(reason),
    };
    if let Some(parameters) = rsa.engine(|bits| pkcs1_parameters(digest, bits)) {
        return engine::judge(parameters, key.bits, claim);
    }
    let info = digest.info(claim.message);
    let Some(encoded) = rsa.open(claim.signature) else { return Answer::Bad };
    // RFC 8017 9.2 step 4: at least eight bytes of padding, else this key can make no such signature.
    let Some(padding) = encoded.len().checked_sub(info.len() + 3).filter(|padding| *padding >= 8) else { return Answer::Bad };
    let mut expected = vec![0x00, 0x01];
    expected.resize(2 + padding, 0xff);
    expected.push(0x00);
    expected.extend_from_slice(&info);
    Answer::of(encoded == expected)
}

/// A key under `rsaEncryption` or its elder, good for PKCS#1 and for PSS alike (RFC 4055 1.2).
pub(super) fn is_rsa(key: &Key<'_>) -> bool {
    key.algorithm == RSA_ENCRYPTION.as_bytes() || key.algorithm == X509_RSA.as_bytes()
}

/// What the engine calls this digest at this size, where it has it.
fn pkcs1_parameters(digest: Digest, bits: u32) -> Option<&'static RsaParameters> {
    match (digest, bits) {
        (Digest::Sha256, 2048..=8192) => Some(&engine::RSA_PKCS1_2048_8192_SHA256),
        (Digest::Sha384, 2048..=8192) => Some(&engine::RSA_PKCS1_2048_8192_SHA384),
        (Digest::Sha512, 2048..=8192) => Some(&engine::RSA_PKCS1_2048_8192_SHA512),
        (Digest::Sha1, 1024..=8192) => Some(&engine::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY),
        (Digest::Sha256, 1024..2048) => Some(&engine::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
        (Digest::Sha512, 1024..2048) => Some(&engine::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
        _ => None,
    }
}

impl<'a> RsaKey<'a> {
    /// Words for what cannot be judged of a key: unreadable, or outside the limits.
    pub fn read(bits: &'a [u8]) -> Result<Self, &'static str> {
        let key = PublicKey::from_der(bits).map_err(|_| "an RSA key that cannot be read")?;
        let key = Self { modulus: key.modulus.as_bytes(), exponent: key.exponent.as_bytes() };
        let is_odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
        if !is_odd(key.modulus) || key.modulus_bits() < 2 {
            return Err("an RSA key with an even modulus");
        }
        if key.modulus_bits() > MODULUS_BITS {
            return Err("RSA above 16384 bits");
        }
        let limit = if key.modulus_bits() > SMALL_MODULUS_BITS { EXPONENT_BITS } else { SMALL_MODULUS_BITS };
        if !is_odd(key.exponent) || !(2..=limit).contains(&bit_length(key.exponent)) {
            return Err("RSA with this exponent");
        }
        Ok(key)
    }

    pub fn modulus_bits(&self) -> u32 {
        bit_length(self.modulus)
    }

    /// The engine's name for this key's size, where it takes the exponent.
    pub fn engine(&self, choose: impl FnOnce(u32) -> Option<&'static RsaParameters>) -> Option<&'static RsaParameters> {
        if bit_length(self.exponent) <= ENGINE_EXPONENT_BITS { choose(self.modulus_bits()) } else { None }
    }

    /// RSAVP1 (RFC 8017 5.2.2) and I2OSP to the length of the modulus. None: the signature's length or range is wrong.
    pub fn open(&self, signature: &[u8]) -> Option<Vec<u8>> {
        if signature.len() != self.modulus.len() {
            return None;
        }
        let modulus = BoxedUint::from_be_slice_vartime(self.modulus);
        let signature = BoxedUint::from_be_slice(signature, modulus.bits_precision()).ok()?;
        if signature >= modulus {
            return None;
        }
        let parameters = BoxedMontyParams::new_vartime(modulus.to_odd().into_option()?);
        let exponent = BoxedUint::from_be_slice_vartime(self.exponent);
        let opened = BoxedMontyForm::new(signature, &parameters).pow_bounded_exp(&exponent, exponent.bits()).retrieve().to_be_bytes();
        // The integer is stored in whole words, the modulus need not fill them.
        opened.get(opened.len().checked_sub(self.modulus.len())?..).map(<[u8]>::to_vec)
    }
}

/// Of a number without leading zero bytes, as `UintRef` gives it.
fn bit_length(number: &[u8]) -> u32 {
    let Some(first) = number.first() else { return 0 };
    u32::try_from(number.len()).unwrap_or(u32::MAX / 8).saturating_mul(8) - first.leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_set_goes_to_the_engine() {
        let sizes = [1023, 1024, 2047, 2048, 4096, 8192, 8193];
        let taken = |digest| sizes.map(|bits| pkcs1_parameters(digest, bits).is_some());
        for digest in [Digest::Sha1, Digest::Sha256, Digest::Sha512] {
            assert_eq!(taken(digest), [false, true, true, true, true, true, false], "{digest:?}");
        }
        assert_eq!(taken(Digest::Sha384), [false, false, false, true, true, true, false]);
        assert_eq!(taken(Digest::Md5), [false; 7]);
    }

    #[test]
    fn odd_keys_are_not_supported_rather_than_bad() {
        let der = |modulus: &[u8], exponent: &[u8]| {
            use der::Encode;
            PublicKey { modulus: UintRef::new(modulus).unwrap(), exponent: UintRef::new(exponent).unwrap() }.to_der().unwrap()
        };
        let read = |modulus: &[u8], exponent: &[u8]| RsaKey::read(&der(modulus, exponent)).map(|key| key.modulus_bits());
        assert_eq!(read(&[0xff; 64], &[3]), Ok(512));
        assert_eq!(read(&[0xff; 64], &[1]), Err("RSA with this exponent"));
        assert_eq!(read(&[0xff; 64], &[4]), Err("RSA with this exponent"));
        assert_eq!(read(&[0xfe; 64], &[3]), Err("an RSA key with an even modulus"));
        assert_eq!(read(&[0xff; 2049], &[3]), Err("RSA above 16384 bits"));
        assert_eq!(read(&[0xff; 2048], &[0xff; 9]), Err("RSA with this exponent"));
        assert_eq!(RsaKey::read(&[]).map(|_| ()), Err("an RSA key that cannot be read"));
    }
}
