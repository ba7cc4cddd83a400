//! What an RSA modulus shows of how it was made: small factors, and the residues that a broken generator leaves (ROCA).

use std::sync::LazyLock;

/// CA/Browser Forum BR 6.1.6: a modulus has no factor below 752.
const FACTORS_BELOW: u32 = 752;
/// The generator of CVE-2017-15361 made primes k·M + (65537^a mod M), where M is the product of the first primes: 39 of them for
/// the shortest keys, up to 167, and more for longer ones (Nemec et al., "The Return of Coppersmith's Attack", CCS 2017).
const ROCA_PRIMES_TO: u32 = 167;
/// Moduli beyond this length are not looked at, in 16-bit digits: 16,384 bits, OpenSSL's OPENSSL_RSA_MAX_MODULUS_BITS.
const MAX_DIGITS: usize = 1024;

/// Some odd primes whose product is below 2^32, and the powers of 2^16 modulo it: a modulus is reduced by them all at once.
struct Group {
    product: u64,
    primes: Vec<Prime>,
    powers: Vec<u32>,
}

struct Prime {
    value: u64,
    /// The order of 65537 modulo it, where it is one of ROCA's.
    order: Option<u32>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let mut groups: Vec<Group> = Vec::new();
    let is_prime =
        |number: &u32| (2..*number).take_while(|divisor| divisor * divisor <= *number).all(|divisor| !number.is_multiple_of(divisor));
    for prime in (3..FACTORS_BELOW).filter(is_prime) {
        let value = u64::from(prime);
        let entry = Prime { value, order: (prime <= ROCA_PRIMES_TO).then(|| order(65_537, value)) };
        match groups.last_mut().filter(|group| group.product * value <= u64::from(u32::MAX)) {
            Some(group) => {
                group.product *= value;
                group.primes.push(entry);
            }
            None => groups.push(Group { product: value, primes: vec![entry], powers: Vec::new() }),
        }
    }
    for group in &mut groups {
        let mut power = 1;
        group.powers = (0..MAX_DIGITS)
            .map(|_| {
                let now = power;
                power = (power << 16) % group.product;
                u32::try_from(now).unwrap_or(u32::MAX)
            })
            .collect();
    }
    groups
});

/// The least odd prime below 752 that divides this big-endian number.
pub(super) fn small_factor(modulus: &[u8]) -> Option<u64> {
    each_residue(modulus, |_, residue| residue == 0)
}

/// The public fingerprint of ROCA: modulo each of the first primes the modulus is a power of 65537. A modulus made otherwise has it
/// with a chance of about 2^-28.
pub(super) fn looks_like_roca(modulus: &[u8]) -> bool {
    let digits = digits(modulus);
    (2..=MAX_DIGITS).contains(&digits.len())
        && each_residue(modulus, |prime, residue| prime.order.is_some_and(|order| power(residue, order, prime.value) != 1)).is_none()
}

/// The first prime for which `is_sought` holds of it and the number's residue.
fn each_residue(modulus: &[u8], is_sought: impl Fn(&Prime, u64) -> bool) -> Option<u64> {
    let digits = digits(modulus);
    if digits.len() > MAX_DIGITS {
        return None;
    }
    GROUPS.iter().find_map(|group| {
        // At most 1,024 products below 2^48: no overflow.
        let sum: u64 = digits.iter().zip(&group.powers).map(|(digit, power)| u64::from(*digit) * u64::from(*power)).sum();
        let residue = sum % group.product;
        group.primes.iter().find(|prime| is_sought(prime, residue % prime.value)).map(|prime| prime.value)
    })
}

/// Digits of 16 bits, the least first.
fn digits(number: &[u8]) -> Vec<u16> {
    number.rchunks(2).map(|pair| pair.iter().fold(0, |value, byte| value << 8 | u16::from(*byte))).collect()
}

fn power(base: u64, exponent: u32, modulus: u64) -> u64 {
    (0..exponent).fold(1, |value, _| value * base % modulus)
}

/// How often `base` is multiplied by itself until it is 1 modulo a prime that does not divide it.
fn order(base: u64, prime: u64) -> u32 {
    let mut value = base % prime;
    let mut order = 1;
    while value > 1 {
        value = value * base % prime;
        order += 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn big(words: &[u64]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    #[test]
    fn small_factors_are_found() {
        assert_eq!(small_factor(&big(&[9])), Some(3));
        assert_eq!(small_factor(&big(&[751])), Some(751));
        assert_eq!(small_factor(&big(&[757 * 761])), None);
        // 2^128 + 1 = 59649589127497217 · 5704689200685129054721.
        assert_eq!(small_factor(&big(&[1, 0, 1])), None);
        // 2^64 - 1 = 3 · 5 · 17 · ..., and 2^128 - 1 too.
        assert_eq!(small_factor(&big(&[u64::MAX, u64::MAX])), Some(3));
    }

    #[test]
    fn powers_of_65537_have_the_fingerprint_and_others_do_not() {
        // 65537^3, and that plus a multiple of the product of ROCA's primes would be no other residue.
        let cube: u128 = 65_537_u128.pow(3);
        assert!(looks_like_roca(&cube.to_be_bytes()));
        assert!(!looks_like_roca(&(cube + 2).to_be_bytes()));
        assert!(!looks_like_roca(&[]));
    }

    #[test]
    fn the_orders_are_those_of_the_subgroups() {
        // 65537 is 10 modulo 11, which is -1.
        assert_eq!([11, 13, 17, 37].map(|prime| order(65_537, prime)), [2, 6, 8, 3]);
    }
}
