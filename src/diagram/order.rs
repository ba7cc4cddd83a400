//! In which order the nodes of a layer stand, so that few lines cross.

use super::card::Card;
use super::graph::LayerGraph;
use super::levels::{Content, Levels};
use super::sketch::Orientation;

/// Sweeps over the layers; the best order seen is kept.
const SWEEPS: usize = 8;

/// Pictures with more nodes than this are not improved by swapping neighbours: it takes the square of their number.
pub(super) const MOST_SWAPPED: usize = 200;

/// Pictures with more nodes than this are not improved by trying every place for every node.
const MOST_SIFTED: usize = 60;

#[derive(Clone, Copy)]
struct Ports<'a> {
    cards: &'a [Card],
    free: bool,
}

/// Where each port and each node stands in its layer, counted in ports.
struct Ranks {
    first_port: Vec<usize>,
    position: Vec<usize>,
}

/// Orders all layers, from the order that they are in; returns how many crossings are left. Where slots are `free`, lines of one box are
/// taken not to cross each other: its slots will be put in order afterwards.
pub(super) fn arrange(levels: &mut Levels, graph: &LayerGraph, cards: &[Card], orientation: Orientation, free: bool) -> usize {
    let cards = Ports { cards, free };
    let first = levels.order.clone();
    let mut best = (crossings(levels, graph, cards), first.clone());
    // Which of the two sweeps comes first leads to different orders.
    for start in 0..2 {
        levels.order.clone_from(&first);
        for sweep in start..start + SWEEPS {
            if best.0 == 0 {
                break;
            }
            let upward = sweep % 2 == 0;
            let layers: Vec<usize> = if upward { (1..levels.order.len()).collect() } else { (0..levels.order.len()).rev().collect() };
            for layer in layers {
                reorder(levels, graph, cards, layer, upward);
            }
            swap_neighbours(levels, graph, cards);
            let count = crossings(levels, graph, cards);
            if count < best.0 {
                best = (count, levels.order.clone());
            }
        }
    }
    levels.order = best.1;
    if best.0 > 0 {
        sift(levels, graph, cards);
    }
    assign_ports(levels, graph, orientation);
    crossings(levels, graph, cards)
}

fn ranks(levels: &Levels, cards: Ports, layer: usize, ranks: &mut Ranks) {
    ranks.first_port.resize(levels.nodes.len(), 0);
    ranks.position.resize(levels.nodes.len(), 0);
    let mut port = 0;
    for (position, node) in levels.order.get(layer).into_iter().flatten().enumerate() {
        ranks.position[*node] = position;
        ranks.first_port[*node] = port;
        port += match levels.nodes[*node].content {
            Content::Box(card) => cards.cards[card].slots.len().max(1),
            Content::Pass(_) => 1,
        };
    }
}

/// The ends of every segment that enters a layer: rank of the slot it leaves, rank of the node it enters.
fn ends(levels: &Levels, graph: &LayerGraph, cards: Ports, layer: usize) -> Vec<(usize, usize)> {
    let mut found = Ranks { first_port: Vec::new(), position: Vec::new() };
    ranks(levels, cards, layer, &mut found);
    if layer > 0 {
        ranks(levels, cards, layer - 1, &mut found);
    }
    let slot = |link: Option<usize>| link.filter(|_| !cards.free).map_or(0, |link| graph.links[link].slot);
    levels.entering[layer].iter().map(|segment| (found.first_port[segment.from] + slot(segment.link), found.position[segment.to])).collect()
}

fn crossings(levels: &Levels, graph: &LayerGraph, cards: Ports) -> usize {
    (1..levels.order.len()).map(|layer| inversions(ends(levels, graph, cards, layer))).sum()
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

/// Orders a layer by the median of what its nodes are linked to on the layer before (`upward`) or after.
fn reorder(levels: &mut Levels, graph: &LayerGraph, cards: Ports, layer: usize, upward: bool) {
    let gap = if upward { layer } else { layer + 1 };
    if levels.entering.get(gap).is_none() {
        return;
    }
    let other = if upward { layer - 1 } else { layer + 1 };
    let ends = ends(levels, graph, cards, gap);
    let span = if upward { ends.iter().map(|(from, _)| from + 1).max().unwrap_or(1) } else { levels.order[other].len() };
    let mut seen: Vec<Vec<usize>> = vec![Vec::new(); levels.nodes.len()];
    for (segment, (from, to)) in levels.entering[gap].iter().zip(ends) {
        if upward { seen[segment.to].push(from) } else { seen[segment.from].push(to) }
    }
    let own = levels.order[layer].len();
    // A node without links on that side keeps its share of the layer: positions are compared as fractions.
    let key = |position: usize, node: usize, seen: &mut Vec<Vec<usize>>| -> u64 {
        let list = &mut seen[node];
        list.sort_unstable();
        let share = |numerator: usize, denominator: usize| (numerator as u64 * 1_000_000) / (denominator.max(1) as u64);
        match (list.get(list.len().saturating_sub(1) / 2), list.get(list.len() / 2)) {
            (Some(low), Some(high)) => share(low + high, 2 * span),
            _ => share(position, own),
        }
    };
    let mut keyed: Vec<(u64, usize)> =
        levels.order[layer].iter().enumerate().map(|(position, node)| (key(position, *node, &mut seen), *node)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    levels.order[layer] = keyed.into_iter().map(|(_, node)| node).collect();
}

/// Swaps two neighbours wherever that takes crossings away.
fn swap_neighbours(levels: &mut Levels, graph: &LayerGraph, cards: Ports) {
    if levels.nodes.len() > MOST_SWAPPED {
        return;
    }
    for layer in 0..levels.order.len() {
        let mut now = around(levels, graph, cards, layer);
        for position in 1..levels.order[layer].len() {
            if now == 0 {
                break;
            }
            levels.order[layer].swap(position - 1, position);
            let swapped = around(levels, graph, cards, layer);
            if swapped < now {
                now = swapped;
            } else {
                levels.order[layer].swap(position - 1, position);
            }
        }
    }
}

/// Crossings in the two gaps beside a layer.
fn around(levels: &Levels, graph: &LayerGraph, cards: Ports, layer: usize) -> usize {
    let gaps = [layer, layer + 1].into_iter().filter(|gap| (1..levels.order.len()).contains(gap));
    gaps.map(|gap| inversions(ends(levels, graph, cards, gap))).sum()
}

/// Puts every node where in its layer it makes the fewest crossings, until none can be moved to gain.
fn sift(levels: &mut Levels, graph: &LayerGraph, cards: Ports) {
    if levels.nodes.len() > MOST_SIFTED {
        return;
    }
    for _ in 0..SWEEPS {
        let mut gained = false;
        for layer in 0..levels.order.len() {
            for node in levels.order[layer].clone() {
                let kept = levels.order[layer].clone();
                let mut best = (around(levels, graph, cards, layer), kept.clone());
                let without: Vec<usize> = kept.iter().copied().filter(|other| *other != node).collect();
                for place in 0..kept.len() {
                    levels.order[layer].clone_from(&without);
                    levels.order[layer].insert(place, node);
                    let count = around(levels, graph, cards, layer);
                    if count < best.0 {
                        best = (count, levels.order[layer].clone());
                        gained = true;
                    }
                }
                levels.order[layer] = best.1;
            }
        }
        if !gained {
            return;
        }
    }
}

/// Links of one slot leave in the order of where they go; a cut link goes out on the side of its lane.
fn assign_ports(levels: &mut Levels, graph: &LayerGraph, orientation: Orientation) {
    let mut position = vec![0; levels.nodes.len()];
    for layer in &levels.order {
        for (place, node) in layer.iter().enumerate() {
            position[*node] = place + 1;
        }
    }
    let lane = if orientation == Orientation::TopDown { usize::MAX } else { 0 };
    let side = |link: usize| {
        let link = &graph.links[link];
        let next = levels.node_at(graph, link.to, graph.layers[link.from] + 1);
        if link.cut.is_some() { lane } else { next.map_or(usize::MAX - 1, |node| position[node]) }
    };
    let mut links: Vec<(usize, usize, usize, usize)> =
        graph.links.iter().enumerate().map(|(at, link)| (link.from, link.slot, side(at), at)).collect();
    links.sort_unstable();
    for slot in links.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (port, (_, _, _, link)) in slot.iter().enumerate() {
            levels.port[*link] = port;
        }
    }
}
