//! Addresses under a constraint: an address and its mask (RFC 5280 4.2.1.10).

use super::super::Term;
use super::within::WildcardReach;

/// How an IPv4 address is written as one of IPv6 (RFC 4291 2.5.5.2).
const MAPPED: [u8; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

pub(super) fn name(bytes: &[u8]) -> Result<&[u8], Term> {
    if matches!(bytes.len(), 4 | 16) { Ok(bytes) } else { Err(Term::AddressLength) }
}

/// An IPv4 address that is written as one of IPv6 does not escape an exclusion: some match it to the host it maps. It is not permitted by
/// that.
pub(super) fn is_within(name: &[u8], base: &[u8], reach: WildcardReach) -> bool {
    let name = match name.strip_prefix(&MAPPED) {
        Some(mapped) if base.len() == 8 && reach == WildcardReach::Any => mapped,
        _ => name,
    };
    if base.len() != 2 * name.len() {
        return false;
    }
    let (network, mask) = base.split_at(name.len());
    name.iter().zip(network).zip(mask).all(|((name, network), mask)| name & mask == network & mask)
}

/// Twice as long as an address, and the mask's ones in one piece (RFC 4632 3.1).
pub(super) fn fault(base: &[u8]) -> Option<Term> {
    let mask = match base.len() {
        8 | 32 => &base[base.len() / 2..],
        _ => return Some(Term::AddressConstraintLength),
    };
    let bits = |byte: &u8| (0..8).map(move |bit| byte & (0x80 >> bit) != 0).collect::<Vec<_>>();
    let is_contiguous = mask.iter().flat_map(bits).is_sorted_by(|one, next| *one || !*next);
    (!is_contiguous).then_some(Term::AddressMask)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_under_the_mask() {
        let net = [192, 0, 2, 0, 255, 255, 255, 0];
        let is_within = |name: &[u8]| super::is_within(name, &net, WildcardReach::All);
        assert!(is_within(&[192, 0, 2, 9]) && !is_within(&[192, 0, 3, 9]) && !is_within(&[0; 16]));
        let mapped = [&MAPPED[..], &[192, 0, 2, 9]].concat();
        assert!(super::is_within(&mapped, &net, WildcardReach::Any) && !is_within(&mapped));
        assert_eq!((name(&[0; 4]), name(&[0; 5]), name(&[])), (Ok(&[0; 4][..]), Err(Term::AddressLength), Err(Term::AddressLength)));
    }

    #[test]
    fn masks_are_in_one_piece() {
        for sound in [[255, 255, 255, 0], [255, 128, 0, 0], [0; 4], [255; 4]] {
            assert_eq!(fault(&[&[192, 0, 2, 0][..], &sound].concat()), None, "{sound:?}");
        }
        for wrong in [[255, 0, 255, 0], [255, 255, 253, 0], [0, 0, 0, 1], [254, 128, 0, 0]] {
            assert_eq!(fault(&[&[192, 0, 2, 0][..], &wrong].concat()), Some(Term::AddressMask), "{wrong:?}");
        }
        assert_eq!(fault(&[192, 0, 2, 0]), Some(Term::AddressConstraintLength));
        assert_eq!(fault(&[0; 16]), Some(Term::AddressConstraintLength));
    }
}
