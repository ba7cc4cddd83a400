//! RSA, PKCS#1 v1.5 and PSS (RFC 4055, RFC 8017), as far as ring judges it.

use der::asn1::{AnyRef, ObjectIdentifier, UintRef};
use der::{Decode, Sequence};
use ring::signature::{RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters};

use super::{Answer, Claim, Key, judged_by_ring};

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const X509_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.8.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// RFC 8017 A.1.1.
#[derive(Sequence)]
struct PublicKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

/// RFC 4055 3.1; an absent field means SHA-1, MGF1 with SHA-1, salt 20.
#[derive(Sequence)]
struct PssParameters<'a> {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    hash: Option<AlgorithmIdentifier<'a>>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    mask: Option<AlgorithmIdentifier<'a>>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    salt_length: Option<u32>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    trailer: Option<u8>,
}

#[derive(Sequence)]
struct AlgorithmIdentifier<'a> {
    oid: ObjectIdentifier,
    parameters: Option<AnyRef<'a>>,
}

/// PKCS#1 v1.5; `legacy` is for moduli of 1024 to 2040 bits, where ring has such a variant.
pub(super) fn pkcs1(key: &Key<'_>, claim: &Claim<'_>, modern: &'static RsaParameters, legacy: Option<&'static RsaParameters>) -> Answer {
    if key.algorithm == RSASSA_PSS.as_bytes() {
        return Answer::Unsupported("a PKCS#1 signature by a key that is for PSS only");
    }
    if key.algorithm == X509_RSA.as_bytes() {
        return Answer::Unsupported("an RSA key under the identifier of X.509 (2.5.8.1.1)");
    }
    if key.algorithm != RSA_ENCRYPTION.as_bytes() {
        return Answer::Bad;
    }
    match modulus_bytes(key.bits) {
        Err(reason) => Answer::Unsupported(reason),
        Ok(256..=1024) => judged_by_ring(modern, key.bits, claim),
        Ok(128..=255) => match legacy {
            Some(legacy) => judged_by_ring(legacy, key.bits, claim),
            None => Answer::Unsupported("RSA below 2048 bits with SHA-384"),
        },
        Ok(_) => Answer::Unsupported("RSA of this size"),
    }
}

/// PSS where hash and mask hash are one of SHA-256, SHA-384, SHA-512 and the salt is as long as the hash.
pub(super) fn pss(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != RSA_ENCRYPTION.as_bytes() && key.algorithm != RSASSA_PSS.as_bytes() {
        return Answer::Bad;
    }
    let Some((hash, salt_length)) = pss_parameters(claim.parameters) else {
        return Answer::Unsupported("RSASSA-PSS with these parameters");
    };
    let (parameters, digest) = match hash {
        hash if hash == SHA256 => (&RSA_PSS_2048_8192_SHA256, 32),
        hash if hash == SHA384 => (&RSA_PSS_2048_8192_SHA384, 48),
        hash if hash == SHA512 => (&RSA_PSS_2048_8192_SHA512, 64),
        _ => return Answer::Unsupported("RSASSA-PSS with this hash"),
    };
    if salt_length != digest {
        return Answer::Unsupported("RSASSA-PSS with this salt length");
    }
    match modulus_bytes(key.bits) {
        Err(reason) => Answer::Unsupported(reason),
        Ok(256..=1024) => judged_by_ring(parameters, key.bits, claim),
        Ok(_) => Answer::Unsupported("RSA of this size"),
    }
}

/// The hash and the salt's length, where the mask uses the same hash.
fn pss_parameters(der: &[u8]) -> Option<(ObjectIdentifier, u32)> {
    let parameters = PssParameters::from_der(der).ok()?;
    let (hash, mask) = (parameters.hash?, parameters.mask?);
    let mask_hash = mask.parameters?.decode_as::<AlgorithmIdentifier<'_>>().ok()?;
    let plain = mask.oid == MGF1 && mask_hash.oid == hash.oid && parameters.trailer.unwrap_or(1) == 1;
    plain.then_some((hash.oid, parameters.salt_length.unwrap_or(20)))
}

/// The modulus' length, where ring takes the key at all: odd modulus, odd exponent of 3 to 2^33 - 1.
fn modulus_bytes(bits: &[u8]) -> Result<usize, &'static str> {
    let key = PublicKey::from_der(bits).map_err(|_| "an RSA key that cannot be read")?;
    let exponent = key.exponent.as_bytes().iter().try_fold(0_u64, |value, byte| (value < 1 << 48).then(|| value << 8 | u64::from(*byte)));
    match exponent {
        Some(exponent) if (3..1 << 33).contains(&exponent) && exponent & 1 == 1 => {}
        _ => return Err("RSA with this exponent"),
    }
    if key.modulus.as_bytes().last().is_none_or(|last| last & 1 == 0) {
        return Err("an RSA key with an even modulus");
    }
    Ok(key.modulus.as_bytes().len())
}
