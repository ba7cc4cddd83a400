//! RSASSA-PSS with any digest, mask digest and salt (RFC 4055 3, RFC 8017 8.1.2 and 9.1.2, RFC 8702).

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Sequence};

use super::digest::Digest;
use super::engine::{self, Answer, Claim, Key, RsaParameters};
use super::rsa::{RSASSA_PSS, RsaKey, is_rsa};

const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
/// RFC 4055 3.1: the default salt, and the only trailer.
const DEFAULT_SALT: u32 = 20;
const TRAILER: u8 = 1;

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

/// The parameters with their defaults filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scheme {
    digest: Digest,
    mask: Digest,
    /// In bytes.
    salt: u32,
}

pub(super) fn verify(key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    let is_pss_key = key.algorithm == RSASSA_PSS.as_bytes();
    if !is_pss_key && !is_rsa(key) {
        return Answer::Bad;
    }
    let scheme = match Scheme::read(claim.parameters) {
        Ok(scheme) => scheme,
        Err(reason) => return Answer::Unsupported(reason),
    };
    if is_pss_key && !key.parameters.is_empty() {
        match Scheme::read(key.parameters) {
            Ok(allowed) if !allowed.allows(scheme) => return Answer::Bad,
            Ok(_) => {}
            Err(reason) => return Answer::Unsupported(reason),
        }
    }
    judge(scheme, key, claim)
}

/// Whether a key with these parameters makes no signature with those.
pub(super) fn forbids(key: &[u8], claim: &[u8]) -> bool {
    if key.is_empty() {
        return false;
    }
    matches!((Scheme::read(key), Scheme::read(claim)), (Ok(allowed), Ok(scheme)) if !allowed.allows(scheme))
}

/// RFC 8702 3: one identifier for the digest, the mask, a salt as long as the digest, and a key for nothing else.
pub(super) fn shake(digest: Digest, salt: u32, key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    if key.algorithm != claim.algorithm && !is_rsa(key) {
        return Answer::Bad;
    }
    judge(Scheme { digest, mask: digest, salt }, key, claim)
}

fn judge(scheme: Scheme, key: &Key<'_>, claim: &Claim<'_>) -> Answer {
    let rsa = match RsaKey::read(key.bits) {
        Ok(rsa) => rsa,
        Err(reason) => return Answer::Unsupported(reason),
    };
    if let Some(parameters) = rsa.engine(|bits| engine_parameters(scheme, bits)) {
        return engine::judge(parameters, key.bits, claim);
    }
    let Some(opened) = rsa.open(claim.signature) else { return Answer::Bad };
    Answer::of(holds(scheme, claim.message, &opened, rsa.modulus_bits() - 1).is_some())
}

/// The digest that parameters name, for what it is worth.
pub(super) fn digest(parameters: &[u8]) -> Option<Digest> {
    Scheme::read(parameters).ok().map(|scheme| scheme.digest)
}

/// The engine takes one digest for all, and a salt as long as it.
fn engine_parameters(scheme: Scheme, bits: u32) -> Option<&'static RsaParameters> {
    if scheme.digest != scheme.mask || !(2048..=8192).contains(&bits) {
        return None;
    }
    match (scheme.digest, scheme.salt) {
        (Digest::Sha256, 32) => Some(&engine::RSA_PSS_2048_8192_SHA256),
        (Digest::Sha384, 48) => Some(&engine::RSA_PSS_2048_8192_SHA384),
        (Digest::Sha512, 64) => Some(&engine::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

impl Scheme {
    fn read(der: &[u8]) -> Result<Self, &'static str> {
        const UNREADABLE: &str = "RSASSA-PSS with parameters that cannot be read";
        if der.is_empty() {
            return Ok(Self { digest: Digest::Sha1, mask: Digest::Sha1, salt: DEFAULT_SALT });
        }
        let parameters = PssParameters::from_der(der).map_err(|_| UNREADABLE)?;
        if parameters.trailer.unwrap_or(TRAILER) != TRAILER {
            return Err("RSASSA-PSS with this trailer");
        }
        let digest = match parameters.hash {
            None => Digest::Sha1,
            Some(hash) => Digest::by_oid(&hash.oid).ok_or("RSASSA-PSS with this digest")?,
        };
        let mask = match parameters.mask {
            None => Digest::Sha1,
            Some(mask) if mask.oid != MGF1 => return Err("RSASSA-PSS with a mask that is not MGF1"),
            Some(mask) => {
                let hash: AlgorithmIdentifier<'_> = mask.parameters.ok_or(UNREADABLE)?.decode_as().map_err(|_| UNREADABLE)?;
                Digest::by_oid(&hash.oid).ok_or("RSASSA-PSS with this mask digest")?
            }
        };
        Ok(Self { digest, mask, salt: parameters.salt_length.unwrap_or(DEFAULT_SALT) })
    }

    /// RFC 4055 3.3: a key's own parameters bind digest and mask, and are the least of the salt.
    fn allows(self, signature: Self) -> bool {
        signature.digest == self.digest && signature.mask == self.mask && signature.salt >= self.salt
    }
}

/// EMSA-PSS-VERIFY (RFC 8017 9.1.2), its steps by number; `opened` is as long as the modulus, `bits` is emBits.
fn holds(scheme: Scheme, message: &[u8], opened: &[u8], bits: u32) -> Option<()> {
    let hash = scheme.digest.of(message); // 2
    let length = usize::try_from(bits.div_ceil(8)).ok()?;
    let (above, encoded) = opened.split_at_checked(opened.len().checked_sub(length)?)?;
    let salt = usize::try_from(scheme.salt).ok()?;
    // 3, and the room that the parts of 5 take
    let padding = length.checked_sub(hash.len())?.checked_sub(salt)?.checked_sub(2)?;
    let (body, trailer) = encoded.split_at_checked(length - 1)?;
    let (masked, seed) = body.split_at_checked(body.len() - hash.len())?;
    let unused = u32::try_from(8 * length).ok()? - bits;
    let top_mask = 0xff_u8.checked_shr(unused)?;
    // 4, 6, and what I2OSP would not have given
    if trailer != [0xbc] || masked.first()? & !top_mask != 0 || above.iter().any(|byte| *byte != 0) {
        return None;
    }
    let mut block: Vec<u8> = masked.iter().zip(scheme.mask.mask(seed, masked.len())).map(|(byte, mask)| byte ^ mask).collect(); // 7, 8
    *block.first_mut()? &= top_mask; // 9
    let (zeros, rest) = block.split_at_checked(padding)?;
    let (one, salt) = rest.split_first()?;
    if *one != 1 || zeros.iter().any(|byte| *byte != 0) {
        return None; // 10
    }
    let again = [[0; 8].as_slice(), &hash, salt].concat(); // 12
    (scheme.digest.of(&again) == seed).then_some(()) // 13, 14
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Scheme = Scheme { digest: Digest::Sha1, mask: Digest::Sha1, salt: 20 };

    #[test]
    fn the_common_set_goes_to_the_engine() {
        for (digest, salt) in [(Digest::Sha256, 32), (Digest::Sha384, 48), (Digest::Sha512, 64)] {
            let scheme = Scheme { digest, mask: digest, salt };
            assert_eq!([2047, 2048, 8192, 8193].map(|bits| engine_parameters(scheme, bits).is_some()), [false, true, true, false]);
            assert!(engine_parameters(Scheme { salt: 20, ..scheme }, 2048).is_none());
            assert!(engine_parameters(Scheme { mask: Digest::Sha1, ..scheme }, 2048).is_none());
        }
    }

    #[test]
    fn absent_parameters_are_the_defaults() {
        assert_eq!(Scheme::read(&[]), Ok(PLAIN));
        assert_eq!(Scheme::read(&[0x30, 0x00]), Ok(PLAIN));
        assert_eq!(Scheme::read(&[0x30, 0x05, 0xa2, 0x03, 0x02, 0x01, 0x00]), Ok(Scheme { salt: 0, ..PLAIN }));
        assert!(Scheme::read(&[0x05, 0x00]).is_err());
        assert!(Scheme::read(&[0x30, 0x05, 0xa3, 0x03, 0x02, 0x01, 0x02]).is_err());
    }

    #[test]
    fn a_keys_own_parameters_bind_the_digests_and_are_the_least_salt() {
        let key = Scheme { digest: Digest::Sha256, mask: Digest::Sha256, salt: 32 };
        assert!(key.allows(key));
        assert!(key.allows(Scheme { salt: 64, ..key }));
        assert!(!key.allows(Scheme { salt: 20, ..key }));
        assert!(!key.allows(Scheme { mask: Digest::Sha1, ..key }));
        assert!(!key.allows(Scheme { digest: Digest::Sha384, ..key }));
    }

    #[test]
    fn blocks_too_short_for_their_parts_hold_nothing() {
        for length in 0..60 {
            for bits in 0..480 {
                assert_eq!(holds(PLAIN, b"", &vec![0xbc; length], bits), None);
            }
        }
    }
}
