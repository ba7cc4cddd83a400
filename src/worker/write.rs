//! A report, made on several threads and written in its order.

use std::io::{self, Write};
use std::sync::mpsc::{channel, sync_channel};
use std::thread::Builder;

use crate::report::Pieces;

/// Pieces that a thread makes ahead of what is written.
const AHEAD: usize = 2;

/// Writes all pieces of a report, which are made on so many threads.
pub fn write_report(out: &mut dyn Write, report: &dyn Pieces, threads: usize) -> io::Result<()> {
    let threads = threads.clamp(1, report.count().max(1));
    std::thread::scope(|scope| {
        // Every thread makes each so-many-th piece. Of one that the system refuses, or that ends early, nothing comes, and it is made here.
        let others: Vec<_> = (1..threads)
            .map(|first| {
                let (sender, pieces) = sync_channel(AHEAD);
                // What was written is filled again: to free so much at once costs more than to make it.
                let (written, empty) = channel::<Vec<u8>>();
                let work = move || {
                    for piece in (first..report.count()).step_by(threads) {
                        let mut bytes = empty.try_recv().unwrap_or_default();
                        bytes.clear();
                        let made = report.make(piece, &mut bytes).map(|()| bytes);
                        if sender.send(made).is_err() {
                            return;
                        }
                    }
                };
                drop(Builder::new().name("report".to_owned()).spawn_scoped(scope, work));
                (pieces, written)
            })
            .collect();
        let mut own = Vec::new();
        for piece in 0..report.count() {
            let other = (piece % threads).checked_sub(1).and_then(|thread| others.get(thread));
            match other.and_then(|(pieces, written)| Some((pieces.recv().ok()?, written))) {
                Some((made, written)) => {
                    let made = made?;
                    out.write_all(&made)?;
                    drop(written.send(made));
                }
                None => {
                    own.clear();
                    report.make(piece, &mut own)?;
                    out.write_all(&own)?;
                }
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Numbers(usize);

    impl Pieces for Numbers {
        fn count(&self) -> usize {
            self.0
        }

        fn make(&self, piece: usize, out: &mut Vec<u8>) -> io::Result<()> {
            if piece == 70 { Err(io::Error::other("70")) } else { write!(out, "{piece},") }
        }
    }

    #[test]
    fn pieces_are_written_in_their_order_whatever_makes_them() {
        for (count, threads) in [(0, 2), (1, 3), (10, 1), (10, 3), (65, 2)] {
            let mut out = Vec::new();
            write_report(&mut out, &Numbers(count), threads).unwrap();
            let expected: String = (0..count).map(|piece| format!("{piece},")).collect();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{count} on {threads}");
        }
    }

    #[test]
    fn a_failure_ends_it() {
        assert!(write_report(&mut Vec::new(), &Numbers(100), 2).is_err());
        assert!(write_report(&mut Vec::new(), &Numbers(100), 3).is_err());
    }
}
