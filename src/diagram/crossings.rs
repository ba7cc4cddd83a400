//! How many lines cross between the layers, all of them or those of two nodes.

use super::card::Card;
use super::graph::LayerGraph;
use super::levels::{Content, Levels};

/// Where lines leave the boxes: a port for each slot.
#[derive(Clone, Copy)]
pub(super) struct Ports<'a> {
    pub cards: &'a [Card],
    /// Lines of one box are taken not to cross each other.
    pub free: bool,
}

/// Where each port and each node stands in its layer, counted in ports.
struct Ranks {
    first_port: Vec<usize>,
    position: Vec<usize>,
}

fn ranks(levels: &Levels, ports: Ports, layer: usize, ranks: &mut Ranks) {
    ranks.first_port.resize(levels.nodes.len(), 0);
    ranks.position.resize(levels.nodes.len(), 0);
    let mut port = 0;
    for (position, node) in levels.order.get(layer).into_iter().flatten().enumerate() {
        ranks.position[*node] = position;
        ranks.first_port[*node] = port;
        port += match levels.nodes[*node].content {
            Content::Box(card) => ports.cards[card].slots.len().max(1),
            Content::Pass(_) => 1,
        };
    }
}

/// The ends of every segment that enters a layer: rank of the slot it leaves, rank of the node it enters.
pub(super) fn ends(levels: &Levels, graph: &LayerGraph, ports: Ports, layer: usize) -> Vec<(usize, usize)> {
    let mut found = Ranks { first_port: Vec::new(), position: Vec::new() };
    ranks(levels, ports, layer, &mut found);
    if layer > 0 {
        ranks(levels, ports, layer - 1, &mut found);
    }
    let slot = |link: Option<usize>| link.filter(|_| !ports.free).map_or(0, |link| graph.links[link].slot);
    levels.entering[layer].iter().map(|segment| (found.first_port[segment.from] + slot(segment.link), found.position[segment.to])).collect()
}

pub(super) fn crossings(levels: &Levels, graph: &LayerGraph, ports: Ports) -> usize {
    (1..levels.order.len()).map(|layer| inversions(ends(levels, graph, ports, layer))).sum()
}

/// Pairs whose ends are in opposite order, counted with a Fenwick tree.
fn inversions(mut ends: Vec<(usize, usize)>) -> usize {
    ends.sort_unstable();
    let size = ends.iter().map(|(_, to)| to + 2).max().unwrap_or(1);
    let mut tree = vec![0_usize; size];
    let mut count = 0;
    // Segments of one port never cross each other: they are counted before they are entered.
    for group in ends.chunk_by(|a, b| a.0 == b.0) {
        for (_, to) in group {
            count += sum(&tree, size - 1) - sum(&tree, to + 1);
        }
        for (_, to) in group {
            let mut at = to + 1;
            while at < size {
                tree[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
    }
    count
}

/// Sum of the first `end` entries of a Fenwick tree.
fn sum(tree: &[usize], mut end: usize) -> usize {
    let mut total = 0;
    while end > 0 {
        total += tree[end];
        end &= end - 1;
    }
    total
}

/// Crossings in the two gaps beside a layer.
pub(super) fn around(levels: &Levels, graph: &LayerGraph, ports: Ports, layer: usize) -> usize {
    let gaps = [layer, layer + 1].into_iter().filter(|gap| (1..levels.order.len()).contains(gap));
    gaps.map(|gap| inversions(ends(levels, graph, ports, gap))).sum()
}

/// Where the lines of each node of one layer end on the layers beside it, in order: with these two layers as they are, how often the
/// lines of two nodes cross depends on nothing but which of the two comes first.
pub(super) struct NodeLines {
    /// By node.
    below: Vec<Vec<usize>>,
    above: Vec<Vec<usize>>,
}

impl NodeLines {
    pub(super) fn of(levels: &Levels, graph: &LayerGraph, ports: Ports, layer: usize) -> Self {
        let mut lines = Self { below: vec![Vec::new(); levels.nodes.len()], above: vec![Vec::new(); levels.nodes.len()] };
        if layer > 0 {
            for (segment, (from, _)) in levels.entering[layer].iter().zip(ends(levels, graph, ports, layer)) {
                lines.below[segment.to].push(from);
            }
        }
        if layer + 1 < levels.order.len() {
            for (segment, (_, to)) in levels.entering[layer + 1].iter().zip(ends(levels, graph, ports, layer + 1)) {
                lines.above[segment.from].push(to);
            }
        }
        lines.below.iter_mut().chain(&mut lines.above).for_each(|ends| ends.sort_unstable());
        lines
    }

    /// Crossings of the lines of two nodes, if the first stands before the second.
    pub(super) fn crossings(&self, first: usize, second: usize) -> usize {
        inverted(&self.below[first], &self.below[second]) + inverted(&self.above[first], &self.above[second])
    }
}

/// Pairs of one of `first` and a smaller one of `second`; both are in order.
fn inverted(first: &[usize], second: &[usize]) -> usize {
    let mut smaller = 0;
    let count = |end: &usize| {
        while second.get(smaller).is_some_and(|other| other < end) {
            smaller += 1;
        }
        smaller
    };
    first.iter().map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::card::card;
    use crate::diagram::graph::read;
    use crate::diagram::writer::Writer;
    use crate::diagram::{BoxId, BoxKind, EdgeState, Mark, Options, Orientation, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};
    use proptest::prelude::*;

    /// A box for each list, with a slot for each of its links to another box.
    fn sketch(boxes: &[Vec<usize>]) -> Sketch {
        let mut sketch = Sketch::default();
        for (place, links) in boxes.iter().enumerate() {
            let mut slots = Vec::new();
            for link in links {
                let id = SlotId(sketch.edges.len() as u32);
                let to = BoxId::Entity((link % boxes.len()) as u32);
                sketch.edges.push(SketchEdge { from: id, to, state: EdgeState::Good, chosen: false });
                let text = String::new;
                slots.push(SketchSlot {
                    id,
                    mark: Mark::Pass,
                    label: text(),
                    note: text(),
                    note_fails: false,
                    detail: text(),
                    badge: text(),
                    self_signed: false,
                    anchor: false,
                    stores: Vec::new(),
                    chosen: false,
                    kept: false,
                });
            }
            let (id, kind) = (BoxId::Entity(place as u32), if place == 0 { BoxKind::Target } else { BoxKind::Entity });
            let (title, note) = (String::new(), String::new());
            sketch.boxes.push(SketchBox { id, kind, title, note, left_out: (0, 0), slots, folded: false, kept: false });
        }
        sketch
    }

    proptest! {
        #[test]
        fn two_neighbours_that_change_places_change_what_their_own_lines_do(
            boxes in proptest::collection::vec(proptest::collection::vec(0..20_usize, 0..5), 2..20),
            free in any::<bool>(),
        ) {
            let sketch = sketch(&boxes);
            let graph = read(&sketch, Orientation::TopDown);
            let writer = Writer::new(Orientation::TopDown, &Options::default());
            let of = |drawn: &crate::diagram::graph::BoxInGraph<'_>| {
                let count = drawn.shown.len();
                card(&writer, drawn, &vec![9; count], &vec![1; count], &vec![Vec::new(); count])
            };
            let cards: Vec<Card> = graph.boxes.iter().map(of).collect();
            let mut levels = Levels::new(&graph, &cards);
            let ports = Ports { cards: &cards, free };
            for layer in 0..levels.order.len() {
                let lines = NodeLines::of(&levels, &graph, ports, layer);
                for place in 1..levels.order[layer].len() {
                    let (left, right) = (levels.order[layer][place - 1], levels.order[layer][place]);
                    let before = around(&levels, &graph, ports, layer);
                    levels.order[layer].swap(place - 1, place);
                    let after = around(&levels, &graph, ports, layer);
                    prop_assert_eq!(before + lines.crossings(right, left), after + lines.crossings(left, right));
                }
            }
        }
    }
}
