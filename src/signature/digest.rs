//! The digests that signatures are made over: their identifiers, and how far each can be trusted.

use ::digest::{ExtendableOutput, Update};
use der::oid::ObjectIdentifier;

/// What is known against a digest where somebody else chose part of what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Collisions are made on an ordinary computer: MD2 (RFC 6149), MD4 (RFC 6150), MD5 (RFC 6151).
    Broken,
    /// Below the 112 bits of NIST SP 800-131A: SHA-1, for which collisions were shown, and RIPEMD-160.
    Deprecated,
    /// No practical way to collisions is known.
    Sound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    #[cfg(feature = "exotic")]
    Md2,
    #[cfg(feature = "exotic")]
    Md4,
    Md5,
    Sha1,
    #[cfg(feature = "exotic")]
    Ripemd160,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512To224,
    Sha512To256,
    Sha3To224,
    Sha3To256,
    Sha3To384,
    Sha3To512,
    /// RFC 8702 3: of 32 bytes.
    Shake128,
    /// Of 64 bytes.
    Shake256,
}

/// RFC 8017 B.1, RFC 9688 2; MD4 of RFC 1320's successor table in RSADSI's arc, RIPEMD-160 of TeleTrusT.
struct Row {
    oid: ObjectIdentifier,
    strength: Strength,
    of: fn(&[u8]) -> Vec<u8>,
}

impl Digest {
    /// Those that an AlgorithmIdentifier may name for PSS; RFC 8702 gives SHAKE identifiers of its own for the whole.
    const ALL: &[Self] = &[
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
        Self::Sha1,
        Self::Sha224,
        Self::Sha512To224,
        Self::Sha512To256,
        Self::Sha3To224,
        Self::Sha3To256,
        Self::Sha3To384,
        Self::Sha3To512,
        #[cfg(feature = "exotic")]
        Self::Ripemd160,
        Self::Md5,
        #[cfg(feature = "exotic")]
        Self::Md4,
        #[cfg(feature = "exotic")]
        Self::Md2,
    ];

    const fn row(self) -> Row {
        match self {
            #[cfg(feature = "exotic")]
            Self::Md2 => row("1.2.840.113549.2.2", Strength::Broken, of::<md2::Md2>),
            #[cfg(feature = "exotic")]
            Self::Md4 => row("1.2.840.113549.2.4", Strength::Broken, of::<md4::Md4>),
            Self::Md5 => row("1.2.840.113549.2.5", Strength::Broken, of::<md5::Md5>),
            Self::Sha1 => row("1.3.14.3.2.26", Strength::Deprecated, of::<sha1::Sha1>),
            #[cfg(feature = "exotic")]
            Self::Ripemd160 => row("1.3.36.3.2.1", Strength::Deprecated, of::<ripemd::Ripemd160>),
            Self::Sha224 => row("2.16.840.1.101.3.4.2.4", Strength::Sound, of::<sha2::Sha224>),
            Self::Sha256 => row("2.16.840.1.101.3.4.2.1", Strength::Sound, of::<sha2::Sha256>),
            Self::Sha384 => row("2.16.840.1.101.3.4.2.2", Strength::Sound, of::<sha2::Sha384>),
            Self::Sha512 => row("2.16.840.1.101.3.4.2.3", Strength::Sound, of::<sha2::Sha512>),
            Self::Sha512To224 => row("2.16.840.1.101.3.4.2.5", Strength::Sound, of::<sha2::Sha512_224>),
            Self::Sha512To256 => row("2.16.840.1.101.3.4.2.6", Strength::Sound, of::<sha2::Sha512_256>),
            Self::Sha3To224 => row("2.16.840.1.101.3.4.2.7", Strength::Sound, of::<sha3::Sha3_224>),
            Self::Sha3To256 => row("2.16.840.1.101.3.4.2.8", Strength::Sound, of::<sha3::Sha3_256>),
            Self::Sha3To384 => row("2.16.840.1.101.3.4.2.9", Strength::Sound, of::<sha3::Sha3_384>),
            Self::Sha3To512 => row("2.16.840.1.101.3.4.2.10", Strength::Sound, of::<sha3::Sha3_512>),
            Self::Shake128 => row("2.16.840.1.101.3.4.2.11", Strength::Sound, |message| extended::<sha3::Shake128>(message, 32)),
            Self::Shake256 => row("2.16.840.1.101.3.4.2.12", Strength::Sound, |message| extended::<sha3::Shake256>(message, 64)),
        }
    }

    /// The digest of an AlgorithmIdentifier.
    pub fn by_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::ALL.iter().copied().find(|digest| digest.row().oid == *oid)
    }

    /// The same, by the content of the OID.
    pub fn of_bytes(oid: &[u8]) -> Option<Self> {
        Self::ALL.iter().copied().find(|digest| digest.row().oid.as_bytes() == oid)
    }

    pub const fn strength(self) -> Strength {
        self.row().strength
    }

    pub fn of(self, message: &[u8]) -> Vec<u8> {
        (self.row().of)(message)
    }

    /// The mask of PSS: MGF1 (RFC 8017 B.2.1), or for SHAKE its own output (RFC 8702 3.1).
    pub fn mask(self, seed: &[u8], length: usize) -> Vec<u8> {
        match self {
            Self::Shake128 => extended::<sha3::Shake128>(seed, length),
            Self::Shake256 => extended::<sha3::Shake256>(seed, length),
            _ => (0_u32..).flat_map(|counter| self.of(&[seed, &counter.to_be_bytes()].concat())).take(length).collect(),
        }
    }

    /// DER of DigestInfo (RFC 8017 A.2.4) over a message. B.1 makes the NULL a must here; no length comes near 128.
    #[expect(clippy::cast_possible_truncation, reason = "an OID of 9 and a digest of at most 64 bytes")]
    pub fn info(self, message: &[u8]) -> Vec<u8> {
        let (row, hash) = (self.row(), self.of(message));
        let oid = row.oid.as_bytes();
        let algorithm = oid.len() as u8 + 4;
        let mut out = vec![0x30, algorithm + 4 + hash.len() as u8, 0x30, algorithm, 0x06, oid.len() as u8];
        out.extend_from_slice(oid);
        out.extend_from_slice(&[0x05, 0x00, 0x04, hash.len() as u8]);
        out.extend_from_slice(&hash);
        out
    }
}

const fn row(oid: &str, strength: Strength, of: fn(&[u8]) -> Vec<u8>) -> Row {
    Row { oid: ObjectIdentifier::new_unwrap(oid), strength, of }
}

fn extended<X: Default + Update + ExtendableOutput>(message: &[u8], length: usize) -> Vec<u8> {
    X::default().chain(message).finalize_boxed(length).into_vec()
}

fn of<D: ::digest::Digest>(message: &[u8]) -> Vec<u8> {
    D::digest(message).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_found_by_their_identifiers_and_no_two_share_one() {
        for digest in Digest::ALL {
            assert_eq!(Digest::by_oid(&digest.row().oid), Some(*digest));
        }
        assert_eq!(Digest::by_oid(&ObjectIdentifier::new_unwrap("1.2.3")), None);
    }

    /// RFC 8017 9.2 note 1 lists this prefix.
    #[test]
    fn the_digest_info_of_sha256_begins_as_the_rfc_prints_it() {
        let info = Digest::Sha256.info(b"");
        let prefix = [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];
        assert_eq!(info[..19], prefix);
        assert_eq!(info.len(), 51);
    }
}
