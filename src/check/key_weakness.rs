//! What can be weak about a public key, as anyone can see it?

/// What is weak about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyWeakness {
    /// Fewer bits than are asked for.
    Short {
        bits: usize,
        least: usize,
    },
    /// Its curve is given by parameters, not by name.
    ExplicitCurve,
    /// The order of a DSA key's group has so few bits.
    ShortOrder {
        bits: usize,
    },
    EvenModulus,
    Divisible {
        by: u64,
    },
    /// The modulus has the fingerprint of CVE-2017-15361.
    Roca,
    /// An exponent that cannot be one.
    Exponent {
        value: u64,
    },
    EvenExponent,
    SmallExponent {
        value: u64,
        least: u64,
    },
    LongExponent {
        bits: usize,
    },
}
