//! The layered form of the graph: nodes per layer, and segments that each span one gap.

use super::card::Card;
use super::graph::LayerGraph;
use super::sketch::BoxKind;
use std::collections::BTreeMap;

/// Passing lines that a picture may have: a link that skips layers takes one in each, and a deep fan would take millions.
const MOST_PASSES: usize = 50_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Box(usize),
    /// A line on its way to this box, shared by all links that go there.
    Pass(usize),
}

#[derive(Debug, Clone)]
pub(super) struct LayerNode {
    pub content: Content,
    /// Cells along the order axis.
    pub size: i32,
}

/// One piece of line, from a node to one on the next layer.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub from: usize,
    /// The link whose port it leaves from; none from a pass.
    pub link: Option<usize>,
    pub to: usize,
    pub weight: u32,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Levels {
    pub nodes: Vec<LayerNode>,
    /// Nodes of each layer in their order across.
    pub order: Vec<Vec<usize>>,
    /// Segments that enter each layer.
    pub entering: Vec<Vec<Segment>>,
    /// The links that are drawn, cut ones included.
    pub drawn: Vec<bool>,
    /// Which port of its slot a link leaves from.
    pub port: Vec<usize>,
    pub node_of_box: Vec<usize>,
    passes: BTreeMap<(usize, usize), usize>,
}

/// Straightness of the first way up from a target, of what passes layers, and of the rest.
const FIRST_WAY: u32 = 8;
const PASSING: u32 = 6;
const OTHER: u32 = 2;

impl Levels {
    pub(super) fn new(graph: &LayerGraph, cards: &[Card]) -> Levels {
        let depth = graph.layers.iter().max().map_or(0, |deepest| deepest + 1);
        let mut levels = Levels {
            order: vec![Vec::new(); depth],
            entering: (0..depth).map(|_| Vec::new()).collect(),
            drawn: vec![true; graph.links.len()],
            ..Levels::default()
        };
        for (position, (card, layer)) in cards.iter().zip(&graph.layers).enumerate() {
            let node = levels.add(Content::Box(position), card.size.size, *layer);
            levels.node_of_box.push(node);
        }
        let first_way = first_way(graph);
        for (position, link) in graph.links.iter().enumerate() {
            if link.cut.is_none() {
                levels.thread(graph, position, if first_way[position] { FIRST_WAY } else { OTHER });
            }
        }
        levels.port = first_ports(graph);
        levels
    }

    fn add(&mut self, content: Content, size: i32, layer: usize) -> usize {
        self.nodes.push(LayerNode { content, size });
        self.order[layer].push(self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// Segments of one link, up to where it meets a line that goes to the same box.
    fn thread(&mut self, graph: &LayerGraph, position: usize, weight: u32) {
        let link = &graph.links[position];
        let (low, high) = (graph.layers[link.from], graph.layers[link.to]);
        let missing = (low + 1..high).filter(|layer| !self.passes.contains_key(&(link.to, *layer))).count();
        if self.passes.len() + missing > MOST_PASSES {
            self.drawn[position] = false;
            return;
        }
        let (mut from, mut leaving, mut weight) = (self.node_of_box[link.from], Some(position), weight);
        for layer in low + 1..=high {
            let known = if layer == high { Some(self.node_of_box[link.to]) } else { self.passes.get(&(link.to, layer)).copied() };
            let to = known.unwrap_or_else(|| self.add(Content::Pass(link.to), 1, layer));
            self.entering[layer].push(Segment { from, link: leaving, to, weight });
            if known.is_some() {
                return;
            }
            self.passes.insert((link.to, layer), to);
            (from, leaving, weight) = (to, None, weight.max(PASSING));
        }
    }

    /// The node that a link's line is at on this layer.
    pub(super) fn node_at(&self, graph: &LayerGraph, to: usize, layer: usize) -> Option<usize> {
        if graph.layers[to] == layer { Some(self.node_of_box[to]) } else { self.passes.get(&(to, layer)).copied() }
    }
}

/// The links on the way that takes the first link of every box, from each target. Which path is chosen must not move a line,
/// so the sketch's order says which way is kept straightest.
fn first_way(graph: &LayerGraph) -> Vec<bool> {
    let mut first = vec![None; graph.boxes.len()];
    let slot = |link: usize| graph.boxes[graph.links[link].from].shown.get(graph.links[link].slot);
    for (position, link) in graph.links.iter().enumerate() {
        let entry = &mut first[link.from];
        let better = entry.is_none_or(|other: usize| slot(position) < slot(other));
        if link.cut.is_none() && better {
            *entry = Some(position);
        }
    }
    let mut on_way = vec![false; graph.links.len()];
    for (start, drawn) in graph.boxes.iter().enumerate() {
        let mut here = start;
        while drawn.sketch.kind == BoxKind::Target
            && let Some(link) = first[here]
            && !std::mem::replace(&mut on_way[link], true)
        {
            here = graph.links[link].to;
        }
    }
    on_way
}

fn first_ports(graph: &LayerGraph) -> Vec<usize> {
    let mut used: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let next = |link: &super::graph::LayerLink| {
        let count = used.entry((link.from, link.slot)).or_default();
        *count += 1;
        *count - 1
    };
    graph.links.iter().map(next).collect()
}
