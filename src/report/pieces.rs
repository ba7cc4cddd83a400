//! A report in pieces, so that several threads can make it and none has to hold the whole.

use std::io;
use std::ops::Range;

/// Each piece can be made by itself, on any thread; one behind the other they are the report.
pub trait Pieces: Sync {
    /// How many there are; pieces are counted from 0.
    fn count(&self) -> usize;

    /// Writes one of them behind what is in `out`.
    fn make(&self, piece: usize, out: &mut Vec<u8>) -> io::Result<()>;
}

/// One piece after another.
pub(super) fn write_all(out: &mut dyn io::Write, report: &dyn Pieces) -> io::Result<()> {
    let mut bytes = Vec::new();
    for piece in 0..report.count() {
        bytes.clear();
        report.make(piece, &mut bytes)?;
        out.write_all(&bytes)?;
    }
    Ok(())
}

/// The places of so many elements in runs of the same length.
pub(super) fn even(elements: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..elements).step_by(length).map(move |from| from..from.saturating_add(length).min(elements))
}

/// The places of so many elements in runs of about the same weight, heavy ones by themselves.
pub(super) fn weighed(elements: usize, most: usize, weight: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for place in 0..elements {
        // That an element is there weighs something too.
        let own = weight(place).saturating_add(1);
        match out.last_mut() {
            Some(run) if last + own <= most => {
                run.end = place + 1;
                last += own;
            }
            _ => {
                out.push(place..place + 1);
                last = own;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_in_one_run() {
        assert_eq!(even(5, 2).collect::<Vec<_>>(), [0..2, 2..4, 4..5]);
        assert_eq!(even(0, 2).count(), 0);
        assert_eq!(weighed(6, 10, |place| [1, 1, 50, 4, 4, 4][place]), [0..2, 2..3, 3..5, 5..6]);
        assert!(weighed(0, 10, |_| 1).is_empty());
    }
}
