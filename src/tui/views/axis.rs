//! What stands along an axis of time, drawn with characters of lines.

use crate::cert::Time;
use crate::explorer::{Drawn, Stretch};

/// Columns of the dates at both ends of the axis.
const LEAST: usize = 16;

/// The stretch in so many columns, or the fewest that an axis has.
pub(super) fn drawn(drawn: &Drawn, width: usize) -> String {
    let axis = Axis { first: drawn.axis.0, last: drawn.axis.1, width: width.max(LEAST) };
    match drawn.what {
        Stretch::Ends => axis.ends(),
        Stretch::Bar { from, to, at } => axis.bar(from, to, at),
    }
}

struct Axis {
    first: Time,
    last: Time,
    width: usize,
}

impl Axis {
    fn column(&self, time: Time) -> usize {
        let (span, since) = (i128::from(self.last.0) - i128::from(self.first.0), i128::from(time.0) - i128::from(self.first.0));
        let last = self.width - 1;
        if span <= 0 { 0 } else { usize::try_from(since.max(0) * i128::try_from(last).unwrap_or(0) / span).unwrap_or(last).min(last) }
    }

    /// `2015-06-04      2035-06-04`.
    fn ends(&self) -> String {
        let (first, last) = (self.first.date(), self.last.date());
        let gap = self.width.saturating_sub(first.len() + last.len());
        format!("{first}{}{last}", " ".repeat(gap.max(1)))
    }

    fn bar(&self, from: Time, to: Time, at: Time) -> String {
        let (start, end, cursor) = (self.column(from), self.column(to), self.column(at));
        (0..self.width)
            .map(|column| match column {
                column if column == cursor => '┃',
                column if column == start && start == end => '┼',
                column if column == start => '├',
                column if column == end => '┤',
                column if column > start && column < end => '─',
                _ => ' ',
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    }
}
