//! Which public key belongs to a private one, on the curves that keys in files are on?

use ring::signature::{Ed25519KeyPair, KeyPair as _};

/// Contents of OIDs (RFC 5480 2.1.1.1; SEC 2 A.2.1 for the last).
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[0x2b, 0x81, 4, 0, 34];
const P521: &[u8] = &[0x2b, 0x81, 4, 0, 35];
const K256: &[u8] = &[0x2b, 0x81, 4, 0, 10];

/// The point, as SEC 1 2.3.3 writes it, compressed or not; `curve` is the content of its OID. `None` for other curves and for no scalar.
pub fn public_of_ec(curve: &[u8], scalar: &[u8]) -> Option<Vec<u8>> {
    let bytes = match curve {
        P256 => p256::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_bytes(),
        P384 => p384::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_bytes(),
        P521 => p521::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_bytes(),
        K256 => k256::SecretKey::from_slice(scalar).ok()?.public_key().to_sec1_bytes(),
        _ => return None,
    };
    Some(bytes.into_vec())
}

/// RFC 8032 5.1.5; `None` where the seed has not 32 bytes.
pub fn public_of_ed25519(seed: &[u8]) -> Option<Vec<u8>> {
    Ed25519KeyPair::from_seed_unchecked(seed).ok().map(|pair| pair.public_key().as_ref().to_vec())
}
