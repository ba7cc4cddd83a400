//! Pictures as text, and what holds for every picture.

mod invariants;
mod left_right;
mod reduced;
mod relations;
mod samples;
mod scale;
mod top_down;

use super::{Options, Orientation, Sketch, lay_out};

#[track_caller]
fn assert_picture(sketch: &Sketch, orientation: Orientation, options: &Options, expected: &str) {
    let picture = lay_out(sketch, orientation, options).to_text();
    assert!(picture.trim_end() == expected.trim_matches('\n'), "drawn:\n{picture}");
}
