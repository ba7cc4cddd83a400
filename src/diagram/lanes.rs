//! Where the links that were cut to break loops run: around the picture, each loop on a lane with its name.

use super::glyphs::Signs;
use super::graph::LayerGraph;
use super::sketch::{Charset, Orientation};
use super::words::{clean, fit, width};

#[derive(Debug)]
pub(super) struct Lane {
    /// Place on the order axis: right of everything in `TopDown`, above everything in `LeftRight`.
    pub across: i32,
    pub name: String,
    /// Cells along the order axis up to the next lane.
    span: i32,
    /// The gaps that the lane joins.
    pub entered: usize,
    pub left: usize,
}

/// One lane per loop; loops that do not meet along the layers share a place.
pub(super) fn lanes(graph: &LayerGraph, high: i32, orientation: Orientation, charset: Charset) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = graph
        .loops
        .iter()
        .enumerate()
        .map(|(number, (entered, left))| {
            let name = name(graph, number, orientation, charset);
            let span = if orientation == Orientation::TopDown { i32::try_from(width(&name)).unwrap_or(0) + 3 } else { 1 };
            Lane { across: 0, name, span, entered: graph.layers[*entered], left: graph.layers[*left] + 1 }
        })
        .collect();
    // Short loops inside, long ones around them: fewer crossings.
    let mut inside_out: Vec<usize> = (0..lanes.len()).collect();
    inside_out.sort_by_key(|lane| (lanes[*lane].left - lanes[*lane].entered, *lane));
    let mut tracks: Vec<Vec<usize>> = Vec::new();
    for lane in inside_out {
        let apart = |other: &usize| lanes[*other].left < lanes[lane].entered || lanes[lane].left < lanes[*other].entered;
        match tracks.iter_mut().find(|track| track.iter().all(apart)) {
            Some(track) => track.push(lane),
            None => tracks.push(vec![lane]),
        }
    }
    let mut across = if orientation == Orientation::TopDown { high + 1 } else { -1 };
    for track in tracks {
        let span = track.iter().map(|lane| lanes[*lane].span).max().unwrap_or(1);
        for lane in track {
            lanes[lane].across = across;
        }
        across += if orientation == Orientation::TopDown { span } else { -span };
    }
    lanes
}

impl Lane {
    /// One past the last cell of the lane and its name on the order axis.
    pub(super) fn end(&self) -> i32 {
        self.across + self.span
    }
}

fn name(graph: &LayerGraph, number: usize, orientation: Orientation, charset: Charset) -> String {
    let signs = Signs::of(charset);
    let (entered, left) = graph.loops[number];
    // Beside a lane a name takes columns of the picture; on a lane it takes nothing.
    let most = if orientation == Orientation::TopDown { 16 } else { 30 };
    let title = |position: usize| fit(&clean(&graph.boxes[position].sketch.title, charset), most, charset);
    let word = if charset == Charset::Ascii { "" } else { "loop " };
    format!("{} {word}{}: {}{}{}", signs.back, number + 1, title(entered), signs.both, title(left))
}
