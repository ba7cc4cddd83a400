//! The number of a CRL (RFC 5280 5.2.3), up to 20 octets of it and more.

use std::cmp::Ordering;
use std::fmt;

use super::super::hex;
use super::super::reader::{INTEGER, Reader, integer};

/// RFC 5280 5.2.3: grows with every CRL of one issuer and scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrlNumber(Box<[u8]>);

impl CrlNumber {
    pub(super) fn read(content: &[u8], what: &'static str) -> Result<Self, String> {
        let mut reader = Reader::new(content);
        let digits = integer(reader.expect(INTEGER, what)?.content, what)?;
        reader.finish(what)?;
        match digits {
            [first, ..] if first & 0x80 != 0 => Err(format!("{what} is negative")),
            [0, rest @ ..] if !rest.is_empty() => Ok(Self(rest.into())),
            digits => Ok(Self(digits.into())),
        }
    }
}

impl Ord for CrlNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for CrlNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for CrlNumber {
    /// Decimal as far as 128 bits go, else hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.len() > 16 {
            return write!(f, "0x{}", hex(&self.0));
        }
        write!(f, "{}", self.0.iter().fold(0_u128, |value, byte| value << 8 | u128::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &[u8]) -> Result<CrlNumber, String> {
        CrlNumber::read(&[&[INTEGER, content.len() as u8], content].concat(), "cRLNumber")
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let numbers = [&[0][..], &[9], &[0x7f], &[0, 0x80], &[1, 0], &[0, 0xff, 0xff]].map(|content| read(content).unwrap());
        assert!(numbers.is_sorted_by(|one, other| one < other));
        assert_eq!(numbers.map(|number| number.to_string()), ["0", "9", "127", "128", "256", "65535"]);
        assert_eq!(read(&[1; 20]).unwrap().to_string(), format!("0x{}", "01".repeat(20)));
        assert!(read(&[0x80]).is_err() && read(&[]).is_err() && read(&[0, 1]).is_err());
    }
}
