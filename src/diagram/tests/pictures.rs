//! The pictures themselves.

use super::samples::*;
use crate::diagram::*;

#[test]
fn show() {
    for (name, sketch) in [
        ("simple", simple()),
        ("2024", lets_encrypt_2024()),
        ("2021", lets_encrypt_2021()),
        ("loop", cross_signed_partitions()),
        ("fold", folded_bridge()),
        ("bad", bad_signature()),
    ] {
        for orientation in [Orientation::TopDown, Orientation::LeftRight] {
            for charset in [Charset::Unicode, Charset::Ascii] {
                let scene = lay_out(&sketch, orientation, &Options { charset, ..Options::default() });
                println!("{name} {orientation:?} {}x{}\n{}", scene.width, scene.height, scene.to_text());
            }
        }
    }
}
