//! An INTEGER in decimal.

/// The longest INTEGER that is written in decimal, in bytes: the work grows with the square. RFC 5280 4.1.2.2 allows a serial
/// number 20, and an RSA exponent is far below.
const MAX_DECIMAL: usize = 64;

/// An INTEGER's content in decimal, in two's complement.
pub fn decimal(content: &[u8]) -> String {
    if content.len() > MAX_DECIMAL {
        return format!("{} bytes: too long to be written in decimal", content.len());
    }
    let is_negative = content.first().is_some_and(|first| first & 0x80 != 0);
    // The magnitude: all bits turned, and one more.
    let mut magnitude: Vec<u8> = content.iter().map(|byte| if is_negative { !byte } else { *byte }).collect();
    if is_negative {
        for byte in magnitude.iter_mut().rev() {
            let (sum, carries) = byte.overflowing_add(1);
            *byte = sum;
            if !carries {
                break;
            }
        }
        if magnitude.iter().all(|byte| *byte == 0) {
            magnitude.insert(0, 1);
        }
    }
    let mut digits = vec![0_u8];
    for byte in magnitude {
        let mut carry = u32::from(byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = u8::try_from(carry % 10).unwrap_or(0);
            carry /= 10;
        }
        while carry > 0 {
            digits.push(u8::try_from(carry % 10).unwrap_or(0));
            carry /= 10;
        }
    }
    let sign = if is_negative { "-" } else { "" };
    digits.iter().rev().fold(sign.to_owned(), |out, digit| format!("{out}{digit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_in_decimal() {
        for (content, expected) in [
            (&[][..], "0"),
            (&[0], "0"),
            (&[0x7f], "127"),
            (&[0xff], "-1"),
            (&[0x80, 0], "-32768"),
            (&[0xff, 0x7f], "-129"),
            (&[1, 0, 1], "65537"),
            (&[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "18446744073709551615"),
        ] {
            assert_eq!(decimal(content), expected, "{content:x?}");
        }
        assert_eq!(decimal(&[1; 65]), "65 bytes: too long to be written in decimal");
    }
}
