//! Which checks take longest? A rough order, for whoever spreads them over threads.

use super::Key;

/// id-ecPublicKey (RFC 5480 2.1.1).
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

impl Key<'_> {
    /// Grows with what a check with this key takes, among keys of RSA and of curves: a check on a curve takes as long as one with a key of
    /// RSA that has four to eight times as many bytes. Of others it says little: keys of SLH-DSA are short, and their checks long.
    pub fn cost(&self) -> usize {
        if self.algorithm == EC { self.bits.len().saturating_mul(8) } else { self.bits.len() }
    }
}
