//! Where each node stands across its layer, so that lines run straight.
//!
//! Per layer: nodes keep their order and their distances and minimise the weighted sum of offsets from where their lines
//! would be straight. That is an isotonic regression, solved by pooling neighbours (medians, so that the heaviest lines are
//! exactly straight and not nearly).

use super::block::{Block, Wish};
use super::card::Card;
use super::graph::LayerGraph;
use super::levels::{Content, Levels, Segment};
use super::sketch::Orientation;

/// Passes over the layers, up and down in turn. The last ones change little.
const PASSES: usize = 8;

/// How much a straight line counts against a centred box.
const STRAIGHT: u32 = 16;

struct Placing<'a> {
    levels: &'a Levels,
    graph: &'a LayerGraph<'a>,
    cards: &'a [Card],
    apart: fn(Content, Content) -> i32,
    /// Per node: segments by position in the entering lists.
    into: Vec<Vec<&'a Segment>>,
    out: Vec<Vec<&'a Segment>>,
    start: Vec<i32>,
}

/// First cell of every node along the order axis; the smallest is 0.
pub(super) fn place(levels: &Levels, graph: &LayerGraph, cards: &[Card], orientation: Orientation) -> Vec<i32> {
    let mut into = vec![Vec::new(); levels.nodes.len()];
    let mut out = vec![Vec::new(); levels.nodes.len()];
    for segment in levels.entering.iter().flatten() {
        into[segment.to].push(segment);
        out[segment.from].push(segment);
    }
    let apart: fn(Content, Content) -> i32 = match orientation {
        Orientation::TopDown => |left, right| if matches!((left, right), (Content::Box(_), Content::Box(_))) { 2 } else { 1 },
        Orientation::LeftRight => |_, _| 0,
    };
    let mut placing = Placing { levels, graph, cards, apart, into, out, start: vec![0; levels.nodes.len()] };
    let depth = levels.order.len();
    for layer in 0..depth {
        placing.settle(layer, true, false);
    }
    for pass in 0..PASSES {
        for step in 0..depth {
            placing.settle(if pass % 2 == 0 { depth - 1 - step } else { step }, true, true);
        }
    }
    let least = placing.start.iter().copied().min().unwrap_or(0);
    placing.start.iter().map(|start| start - least).collect()
}

impl Placing<'_> {
    /// Offset of the port that a segment leaves from.
    fn leaves(&self, segment: &Segment) -> i32 {
        leaving(self.levels, self.graph, self.cards, segment)
    }

    /// Offset of the middle of the slot that a segment leaves from.
    fn middle(&self, segment: &Segment) -> i32 {
        let slot = segment.link.and_then(|link| {
            let link = &self.graph.links[link];
            self.cards[link.from].slots.get(link.slot)
        });
        slot.map_or(0, |slot| slot.at + slot.size / 2)
    }

    fn entry(&self, node: usize) -> (i32, i32) {
        match self.levels.nodes[node].content {
            Content::Box(card) => self.cards[card].entry,
            Content::Pass(_) => (0, 0),
        }
    }

    fn wishes(&self, node: usize, below: bool, above: bool) -> Vec<Wish> {
        let mut wishes = vec![(self.start[node], 1)];
        let half = self.levels.nodes[node].size / 2;
        let (first, last) = self.entry(node);
        for segment in self.into[node].iter().filter(|_| below) {
            // Straight wherever the line meets the entry; the middle only breaks ties.
            let port = self.start[segment.from] + self.leaves(segment);
            wishes.push((port - last, segment.weight * STRAIGHT));
            wishes.push((port - first, segment.weight * STRAIGHT));
            if first < last {
                wishes.push((self.start[segment.from] + self.middle(segment) - half, segment.weight * 2));
            }
        }
        for segment in self.out[node].iter().filter(|_| above) {
            let (first, last) = self.entry(segment.to);
            let port = self.leaves(segment);
            wishes.push((self.start[segment.to] + first - port, segment.weight * STRAIGHT));
            wishes.push((self.start[segment.to] + last - port, segment.weight * STRAIGHT));
            if first < last {
                let middle = self.start[segment.to] + self.levels.nodes[segment.to].size / 2;
                wishes.push((middle - self.middle(segment), segment.weight * 2));
            }
        }
        wishes
    }

    fn settle(&mut self, layer: usize, below: bool, above: bool) {
        let nodes = &self.levels.order[layer];
        let mut blocks: Vec<Block> = Vec::with_capacity(nodes.len());
        let mut offsets = Vec::with_capacity(nodes.len());
        let mut offset = 0;
        let mut before: Option<usize> = None;
        for node in nodes {
            if let Some(before) = before {
                let (left, right) = (&self.levels.nodes[before], &self.levels.nodes[*node]);
                offset += left.size + (self.apart)(left.content, right.content);
            }
            before = Some(*node);
            offsets.push(offset);
            let wishes = self.wishes(*node, below, above).into_iter().map(|(at, weight)| (at - offset, weight));
            let mut block = Block::new(wishes);
            while let Some(last) = blocks.pop_if(|last| last.place() > block.place()) {
                block = last.join(block);
            }
            blocks.push(block);
        }
        let places = blocks.iter().flat_map(|block| std::iter::repeat_n(block.place(), block.nodes));
        for ((node, offset), place) in nodes.iter().zip(offsets).zip(places) {
            self.start[*node] = place + offset;
        }
    }
}

/// Cells across that all lines run between two layers.
pub(super) fn run_across(levels: &Levels, graph: &LayerGraph, cards: &[Card], start: &[i32]) -> i64 {
    let run = |segment: &Segment| {
        let from = start[segment.from] + leaving(levels, graph, cards, segment);
        let (first, last) = match levels.nodes[segment.to].content {
            Content::Box(card) => cards[card].entry,
            Content::Pass(_) => (0, 0),
        };
        i64::from((start[segment.to] + first - from).max(from - start[segment.to] - last).max(0))
    };
    levels.entering.iter().flatten().map(run).sum()
}

/// Offset in its node of the port that a segment leaves from.
pub(super) fn leaving(levels: &Levels, graph: &LayerGraph, cards: &[Card], segment: &Segment) -> i32 {
    segment.link.map_or(0, |link| port(levels, graph, cards, link))
}

/// Offset in its box of the port that a link leaves from.
pub(super) fn port(levels: &Levels, graph: &LayerGraph, cards: &[Card], link: usize) -> i32 {
    let ports = cards[graph.links[link].from].ports.get(graph.links[link].slot);
    ports.and_then(|ports| ports.get(levels.port[link])).copied().unwrap_or(1)
}
