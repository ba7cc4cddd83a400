//! Just enough DER to look into what the program does not hand out; only for certificates that are known to be well formed.

/// The content of the element that `bytes` begin with, and the length of the whole.
pub fn element(bytes: &[u8]) -> (&[u8], usize) {
    let (header, length) = match bytes[1] {
        short @ 0..0x80 => (2, usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            (2 + count, bytes[2..2 + count].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
        }
    };
    (&bytes[header..header + length], header + length)
}
