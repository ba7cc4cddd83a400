//! The words on lines that do not hold: `✗ BAD SIGNATURE` and `?`, in cells that no other line runs through.

use super::canvas::Tiles;
use super::glyphs::Signs;
use super::paint::write;
use super::pen::{Pen, Turn};
use super::routes::{Routes, Routing};
use super::scene::{Cell, Role};
use super::sketch::{Density, EdgeState, Options, Orientation};
use super::words::width;
use std::collections::BTreeMap;

/// Words for a key that did not sign, the one to prefer first. The last fits everywhere.
fn words(state: EdgeState, orientation: Orientation, options: &Options) -> Vec<String> {
    let sign = Signs::of(options.charset).fail;
    let (long, short) = if state == EdgeState::OtherKey { ("other key", "key") } else { ("BAD SIGNATURE", "BADSIG") };
    match (orientation, options.density) {
        (Orientation::TopDown, _) => vec![format!("{sign} {long}"), format!("{sign} {short}"), sign.to_string()],
        (Orientation::LeftRight, Density::Tight | Density::Compact) => vec![format!("{sign}{short}")],
        (Orientation::LeftRight, Density::Roomy) => vec![format!("{sign} {long}")],
    }
}

/// Cells along the layers that a mark of this state needs for itself. An unchecked link needs none: a verdict that comes in
/// good must not move anything.
pub(super) fn kept(state: EdgeState, orientation: Orientation, options: &Options) -> i32 {
    match (state, orientation) {
        // A row for the word and one for a dash, so that the line is seen to be broken and, if chosen, heavy.
        (EdgeState::Bad | EdgeState::OtherKey, Orientation::TopDown) => 2,
        (EdgeState::Bad | EdgeState::OtherKey, Orientation::LeftRight) => {
            let widest = words(state, orientation, options).iter().map(|word| width(word)).max();
            1 + i32::try_from(widest.unwrap_or(0)).unwrap_or(0)
        }
        (EdgeState::Unsupported | EdgeState::Missing, Orientation::TopDown) => 1,
        (EdgeState::Unsupported | EdgeState::Missing, Orientation::LeftRight) => 2,
        (EdgeState::Good | EdgeState::Unchecked, _) => 0,
    }
}

/// Writes every mark; returns where the sign of each link stands.
pub(super) fn draw(routing: &Routing, routes: &Routes, pen: &Pen, turn: &Turn, cells: &mut Tiles<Cell>) -> Vec<Option<(i32, i32)>> {
    let mut marks = vec![None; routing.graph.links.len()];
    let mut bad_by_layer: BTreeMap<usize, Vec<(i32, usize)>> = BTreeMap::new();
    for (position, link) in routing.graph.links.iter().enumerate().filter(|(position, _)| routing.levels.drawn[*position]) {
        let Some(edge) = routing.sketch.edges.get(link.edge) else { continue };
        let layer = routing.graph.layers[link.from];
        let Some((border, across)) = routes.corners[position].first().copied() else { continue };
        let Some((first, zone)) = routes.zones.get(layer).copied() else { continue };
        match edge.state {
            EdgeState::Good => {}
            EdgeState::Bad | EdgeState::OtherKey => bad_by_layer.entry(layer).or_default().push((across, position)),
            EdgeState::Unchecked | EdgeState::Unsupported | EdgeState::Missing => {
                // Rows and columns are dear: without one to spare the sign stands on the frame, where the line leaves.
                let is_level = |along: i32| {
                    let (x, y) = turn.at(along, across);
                    pen.plain_level(x, y)
                };
                let along = match routing.orientation {
                    Orientation::TopDown if zone > 0 => first,
                    Orientation::TopDown => border,
                    Orientation::LeftRight => [first + 1, first].into_iter().find(|along| is_level(*along)).unwrap_or(border),
                };
                marks[position] = Some(turn.at(along, across));
            }
        }
    }
    for (x, y) in marks.iter().flatten() {
        cells.put(*x, *y, Cell { text: '?', role: Role::EdgeUnknown });
    }
    for (layer, links) in bad_by_layer {
        draw_bad(routing, routes, turn, cells, layer, links, &mut marks);
    }
    marks
}

fn draw_bad(
    routing: &Routing,
    routes: &Routes,
    turn: &Turn,
    cells: &mut Tiles<Cell>,
    layer: usize,
    mut links: Vec<(i32, usize)>,
    marks: &mut [Option<(i32, i32)>],
) {
    let Some((first, _)) = routes.zones.get(layer).copied() else { return };
    links.sort_unstable();
    let stems = routing.stems(layer);
    let mut taken = routes.reach.0 - 1;
    for (across, link) in links {
        let Some(state) = routing.sketch.edges.get(routing.graph.links[link].edge).map(|edge| edge.state) else { continue };
        let words = words(state, routing.orientation, routing.options);
        let role = if state == EdgeState::OtherKey { Role::EdgeUnknown } else { Role::EdgeFail };
        let (place, word) = match routing.orientation {
            Orientation::LeftRight => ((first + 1, across), words.first()),
            Orientation::TopDown => {
                // A blank is left to the next line on each side.
                let left = stems.iter().rfind(|stem| **stem < across).map_or(taken, |stem| taken.max(stem + 1)) + 1;
                let right = stems.iter().find(|stem| **stem > across).map_or(routing.end, |stem| stem - 2);
                let cells_of = |word: &&String| i32::try_from(width(word)).unwrap_or(0);
                let word = words.iter().find(|word| cells_of(word) <= right - left + 1).or(words.last());
                let size = word.as_ref().map_or(1, cells_of);
                let start = (across - size / 2).min(right - size + 1).max(left).min(across);
                taken = start + size;
                ((first, start), word)
            }
        };
        let (x, y) = turn.at(place.0, place.1);
        write(cells, x, y, word.map_or("", |word| word), role);
        marks[link] = Some((x, y));
    }
}
