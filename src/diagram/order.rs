//! In which order the nodes of a layer stand, so that few lines cross.

use super::card::Card;
use super::crossings::{NodeLines, Ports, around, crossings, ends};
use super::graph::LayerGraph;
use super::levels::Levels;
use super::sketch::Orientation;

/// Sweeps over the layers; the best order seen is kept.
const SWEEPS: usize = 8;

/// Pictures with more nodes than this are not improved by swapping neighbours: it takes the square of their number.
pub(super) const MOST_SWAPPED: usize = 200;

/// Pictures with more nodes than this are not improved by trying every place for every node.
const MOST_SIFTED: usize = 60;

/// Orders all layers, from the order that they are in; returns how many crossings are left. Where slots are `free`, lines of one box are
/// taken not to cross each other: its slots will be put in order afterwards.
pub(super) fn arrange(levels: &mut Levels, graph: &LayerGraph, cards: &[Card], orientation: Orientation, free: bool) -> usize {
    let cards = Ports { cards, free };
    let first = levels.order.clone();
    let mut best = (crossings(levels, graph, cards), first.clone());
    // Which of the two sweeps comes first leads to different orders.
    for start in 0..2 {
        levels.order.clone_from(&first);
        // The order before each kind of sweep: where it is the same again, the sweeps go in a circle.
        let mut before = [Vec::new(), Vec::new()];
        for sweep in start..start + SWEEPS {
            if best.0 == 0 || before[sweep % 2] == levels.order {
                break;
            }
            before[sweep % 2].clone_from(&levels.order);
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
        if now == 0 {
            continue;
        }
        let lines = NodeLines::of(levels, graph, cards, layer);
        for position in 1..levels.order[layer].len() {
            if now == 0 {
                break;
            }
            let (left, right) = (levels.order[layer][position - 1], levels.order[layer][position]);
            let (kept, swapped) = (lines.crossings(left, right), lines.crossings(right, left));
            if swapped < kept {
                now = now + swapped - kept;
                levels.order[layer].swap(position - 1, position);
            }
        }
    }
}

/// Puts every node where in its layer it makes the fewest crossings, until none can be moved to gain.
fn sift(levels: &mut Levels, graph: &LayerGraph, cards: Ports) {
    if levels.nodes.len() > MOST_SIFTED {
        return;
    }
    for _ in 0..SWEEPS {
        let mut gained = false;
        for layer in 0..levels.order.len() {
            let lines = NodeLines::of(levels, graph, cards, layer);
            for node in levels.order[layer].clone() {
                gained |= sift_one(&mut levels.order[layer], node, &lines);
            }
        }
        if !gained {
            return;
        }
    }
}

/// Puts one node at the first of the best places; whether that gains.
fn sift_one(order: &mut Vec<usize>, node: usize, lines: &NodeLines) -> bool {
    let Some(kept) = order.iter().position(|other| *other == node) else { return false };
    order.remove(kept);
    // From the first place on: one more node before it, one less behind it, each time.
    let mut cost: usize = order.iter().map(|other| lines.crossings(node, *other)).sum();
    let mut costs = Vec::with_capacity(order.len() + 1);
    costs.push(cost);
    for other in order.iter() {
        cost = cost + lines.crossings(*other, node) - lines.crossings(node, *other);
        costs.push(cost);
    }
    let best = costs.iter().copied().enumerate().min_by_key(|(_, cost)| *cost);
    let place = best.filter(|(_, cost)| *cost < costs[kept]).map_or(kept, |(place, _)| place);
    order.insert(place, node);
    place != kept
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
