//! What do the bytes of a handshake message say? Big-endian numbers and vectors (RFC 5246 4.3, 4.4); `None` where they end too soon.

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a>(pub &'a [u8]);

impl<'a> Cursor<'a> {
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of at most four bytes.
    pub fn number(&mut self, bytes: usize) -> Option<usize> {
        self.take(bytes).map(|taken| taken.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    pub fn short(&mut self) -> Option<u16> {
        self.number(2).and_then(|number| u16::try_from(number).ok())
    }

    /// What follows its own length, which takes `bytes`.
    pub fn vector(&mut self, bytes: usize) -> Option<&'a [u8]> {
        let length = self.number(bytes)?;
        self.take(length)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_too_soon_is_none() {
        let mut cursor = Cursor(&[0, 2, 7, 8, 0, 3, 1]);
        assert_eq!(cursor.vector(2), Some([7, 8].as_slice()));
        assert_eq!(cursor.vector(2), None);
        assert_eq!((cursor.number(3), cursor.short(), cursor.number(1)), (None, None, Some(1)));
        assert!(cursor.is_empty());
    }
}
