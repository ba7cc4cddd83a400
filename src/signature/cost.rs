//! Which checks take longest? A rough order, for whoever spreads them over threads.

use super::Key;

/// id-ecPublicKey (RFC 5480 2.1.1).
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

impl Key<'_> {
    /// Grows with what a check with this key takes. A key of RSA is four to eight times as long as one of a curve that takes as long.
    pub fn cost(&self) -> usize {
        if self.algorithm == EC { self.bits.len().saturating_mul(8) } else { self.bits.len() }
    }
}
