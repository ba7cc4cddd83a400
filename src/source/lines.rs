//! In which line of a text is an offset? Counted on from the one before, so that many questions cost one walk.

#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    /// Of `offset`, counted from 1.
    line: usize,
    /// Where that line begins.
    start: usize,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Self { text, offset: 0, line: 1, start: 0 }
    }

    /// Counted from 1.
    pub fn of(&mut self, offset: usize) -> usize {
        self.place(offset).0
    }

    /// The line, and the character in it, both counted from 1; a text that is no UTF-8 is counted in bytes.
    pub fn place(&mut self, offset: usize) -> (usize, usize) {
        if offset < self.offset {
            (self.offset, self.line, self.start) = (0, 1, 0);
        }
        for (place, byte) in self.text.iter().enumerate().take(offset).skip(self.offset) {
            if *byte == b'\n' {
                self.line += 1;
                self.start = place + 1;
            }
        }
        self.offset = offset;
        let before = self.text.get(self.start..offset).unwrap_or_default();
        (self.line, std::str::from_utf8(before).map_or(before.len(), |before| before.chars().count()) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_characters_are_counted_from_one() {
        let mut lines = Lines::new("ä1\nb\n\nc".as_bytes());
        assert_eq!([0, 2, 4, 7, 5].map(|offset| lines.place(offset)), [(1, 1), (1, 2), (2, 1), (4, 1), (2, 2)]);
    }
}
