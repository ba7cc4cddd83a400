//! Which character stands for a sign, and for the arms that meet in a cell of a line.

use super::sketch::{Charset, Mark};

/// Weights of the four arms of a cell: 0 none, 1 light, 2 heavy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Arms {
    pub up: u8,
    pub right: u8,
    pub down: u8,
    pub left: u8,
}

/// Row by row: up, right, down, left as digits of a number to base 3.
const JOINTS: [char; 81] = [
    ' ', '╴', '╸', '╷', '┐', '┑', '╻', '┒', '┓', '╶', '─', '╾', '┌', '┬', '┭', '┎', '┰', '┱', '╺', '╼', '━', '┍', '┮', '┯', '┏', '┲', '┳',
    '╵', '┘', '┙', '│', '┤', '┥', '╽', '┧', '┪', '└', '┴', '┵', '├', '┼', '┽', '┟', '╁', '╅', '┕', '┶', '┷', '┝', '┾', '┿', '┢', '╆', '╈',
    '╹', '┚', '┛', '╿', '┦', '┩', '┃', '┨', '┫', '┖', '┸', '┹', '┞', '╀', '╃', '┠', '╂', '╉', '┗', '┺', '┻', '┡', '╄', '╇', '┣', '╊', '╋',
];

/// A cell where lines turn, meet, cross or pass undashed.
pub(super) fn joint(arms: Arms, charset: Charset) -> char {
    let all = [arms.up, arms.right, arms.down, arms.left];
    match charset {
        Charset::Unicode => {
            let row = all.iter().fold(0, |row, arm| row * 3 + usize::from(*arm));
            JOINTS.get(row).copied().unwrap_or(' ')
        }
        Charset::Ascii => {
            let upright = arms.up.max(arms.down);
            let level = arms.left.max(arms.right);
            // A crossing is a bridge: `+` is kept for what is joined, so that neither is taken for the other.
            if all.iter().all(|arm| *arm > 0) {
                return match (upright, level) {
                    (2, _) => '#',
                    (_, 2) => '=',
                    _ => '|',
                };
            }
            match (arms.up > 0 || arms.down > 0, arms.left > 0 || arms.right > 0) {
                (false, false) => ' ',
                (true, true) => '+',
                (true, false) if upright == 2 => '#',
                (true, false) => '|',
                (false, true) if level == 2 => '=',
                (false, true) => '-',
            }
        }
    }
}

/// A straight cell of a dashed line. ASCII has no heavy dash: every other cell is the heavy line (`odd`).
pub(super) fn dash(upright: bool, heavy: bool, odd: bool, charset: Charset) -> char {
    match (charset, upright, heavy) {
        (Charset::Unicode, false, false) => '╌',
        (Charset::Unicode, false, true) => '╍',
        (Charset::Unicode, true, false) => '╎',
        (Charset::Unicode, true, true) => '╏',
        (Charset::Ascii, false, true) if odd => '=',
        (Charset::Ascii, true, true) if odd => '#',
        (Charset::Ascii, false, _) => '~',
        (Charset::Ascii, true, _) => ':',
    }
}

/// Every sign of the picture, in one charset.
#[derive(Debug)]
pub(super) struct Signs {
    pub pass: char,
    pub fail: char,
    pub up: char,
    pub right: char,
    pub times: char,
    pub more: &'static str,
    pub unfold: char,
    pub own: &'static str,
    pub back: &'static str,
    pub anchor: char,
    pub both: &'static str,
}

const UNICODE: Signs =
    Signs {
        pass: '✓', fail: '✗', up: '▴', right: '►', times: '×', more: "…", unfold: '▾', own: "↺", back: "↩", anchor: '◉', both: "⇄"
    };
const ASCII: Signs = Signs {
    pass: 'v',
    fail: 'x',
    up: '^',
    right: '>',
    times: 'x',
    more: "..",
    unfold: '+',
    own: "(self)",
    back: "(loop)",
    anchor: '@',
    both: "<>",
};

impl Signs {
    pub(super) fn of(charset: Charset) -> &'static Signs {
        match charset {
            Charset::Unicode => &UNICODE,
            Charset::Ascii => &ASCII,
        }
    }

    pub(super) fn mark(&self, mark: Mark) -> char {
        match mark {
            Mark::Pass => self.pass,
            Mark::Caution => '!',
            Mark::Fail => self.fail,
            Mark::Unknown => '?',
            Mark::Nothing => ' ',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(up: u8, right: u8, down: u8, left: u8) -> char {
        joint(Arms { up, right, down, left }, Charset::Unicode)
    }

    #[test]
    fn arms_become_the_character_with_those_arms() {
        assert_eq!(drawn(0, 1, 0, 1), '─');
        assert_eq!(drawn(2, 0, 2, 0), '┃');
        assert_eq!(drawn(1, 1, 1, 1), '┼');
        assert_eq!(drawn(1, 2, 1, 2), '┿');
        assert_eq!(drawn(2, 1, 2, 1), '╂');
        assert_eq!(drawn(2, 1, 0, 1), '┸');
        assert_eq!(drawn(1, 2, 1, 0), '┝');
    }
}
