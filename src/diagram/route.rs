//! Through which cells every line runs, in places along the layers and across them.

use super::card::Card;
use super::channel::Part;
use super::gap::Gap;
use super::graph::Graph;
use super::lanes::Lane;
use super::levels::{Content, Levels};
use super::marks;
use super::options::Options;
use super::pen::Freight;
use super::place::port;
use super::sketch::{Orientation, Sketch};
use std::collections::{BTreeMap, BTreeSet};

/// A place: cells along the layers (from the target), cells across.
pub(super) type Place = (i32, i32);

#[derive(Debug, Default)]
pub(super) struct Routes {
    pub lines: Vec<(Place, Place, Freight)>,
    pub arrows: Vec<(Place, Freight)>,
    /// Corners of each drawn link's line, from its port to its arrowhead.
    pub corners: Vec<Vec<Place>>,
    /// First cell of each layer, and its cells along.
    pub layers: Vec<(i32, i32)>,
    /// First cell of the gap that each layer's lines leave into, and the cells kept there for marks.
    pub zones: Vec<(i32, i32)>,
    /// First and last cell of each lane.
    pub lanes: Vec<(i32, i32)>,
    pub depth: i32,
    /// Least and greatest cell across.
    pub reach: (i32, i32),
}

pub(super) struct Routing<'a> {
    pub sketch: &'a Sketch,
    pub graph: &'a Graph<'a>,
    pub cards: &'a [Card],
    pub levels: &'a Levels,
    pub start: &'a [i32],
    pub lanes: &'a [Lane],
    pub orientation: Orientation,
    pub options: &'a Options,
    /// The last cell across of the boxes and passing lines.
    pub end: i32,
}

impl Routing<'_> {
    pub(super) fn run(&self) -> Routes {
        let depth = self.levels.order.len();
        let mut routes =
            Routes { corners: vec![Vec::new(); self.graph.links.len()], lanes: vec![(0, 0); self.lanes.len()], ..Routes::default() };
        let mut carried = vec![Freight::default(); self.levels.nodes.len()];
        let mut node_of_layer: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (lane, ends) in self.lanes.iter().enumerate() {
            node_of_layer.entry(ends.entered).or_default().push(lane);
        }
        let barred: BTreeSet<i32> = self.lanes.iter().map(|lane| lane.across).collect();
        let mut gaps = Vec::with_capacity(depth + 1);
        let mut along = 0;
        for layer in 0..=depth {
            let entered_by = node_of_layer.get(&layer).cloned().unwrap_or_default();
            let mut gap = self.gap(layer, &routes, &mut carried, &entered_by, &barred);
            let zone = self.zone(layer);
            along = self.stretch(&mut gap, layer, along, zone, &mut routes);
            self.draw(&gap, layer, &mut routes, &carried);
            gaps.push(gap);
            if layer < depth {
                let thickness = self.levels.order[layer].iter().map(|node| self.thickness(*node)).max().unwrap_or(1);
                routes.layers.push((along, thickness));
                along += thickness;
            }
        }
        routes.depth = along;
        self.trace(&gaps, &mut routes);
        self.measure(&gaps, &mut routes);
        routes
    }

    pub(super) fn thickness(&self, node: usize) -> i32 {
        match self.levels.nodes[node].content {
            Content::Box(card) => self.cards[card].depth,
            Content::Pass(_) => 1,
        }
    }

    pub(super) fn freight(&self, link: usize) -> Freight {
        let link = &self.graph.links[link];
        let edge = self.sketch.edges.get(link.edge);
        edge.map_or(Freight::default(), |edge| Freight::new(edge.state, edge.chosen, link.cut.is_some()))
    }

    /// Across: where a link leaves its box.
    pub(super) fn leaves(&self, link: usize) -> i32 {
        self.start[self.levels.node_of_box[self.graph.links[link].from]] + port(self.levels, self.graph, self.cards, link)
    }

    /// Along: the border cell that a link leaves from.
    pub(super) fn border(&self, link: usize, routes: &Routes) -> i32 {
        let from = self.graph.links[link].from;
        let (first, thickness) = routes.layers.get(self.graph.layers[from]).copied().unwrap_or_default();
        first - 1 + if self.orientation == Orientation::TopDown { self.cards[from].depth } else { thickness }
    }

    /// Across: every line that leaves a layer, in order.
    pub(super) fn stems(&self, layer: usize) -> Vec<i32> {
        let nodes = self.levels.order.get(layer).into_iter().flatten();
        let passes = nodes.filter(|node| matches!(self.levels.nodes[**node].content, Content::Pass(_))).map(|node| self.start[*node]);
        let links = self.graph.links.iter().enumerate().filter(|(_, link)| self.graph.layers[link.from] == layer);
        let mut stems: Vec<i32> = passes.chain(links.map(|(position, _)| self.leaves(position))).collect();
        stems.sort_unstable();
        stems
    }

    /// The links that were cut from a loop.
    pub(super) fn looped(&self, lane: usize) -> impl Iterator<Item = usize> {
        (0..self.graph.links.len()).filter(move |link| self.graph.links[*link].cut == Some(lane))
    }

    /// Cells along that a gap keeps for the marks of the lines that leave the layer below.
    pub(super) fn zone(&self, layer: usize) -> i32 {
        let leaving = self
            .graph
            .links
            .iter()
            .enumerate()
            .filter(|(position, link)| self.levels.drawn[*position] && self.graph.layers[link.from] + 1 == layer);
        let states = leaving.filter_map(|(_, link)| self.sketch.edges.get(link.edge).map(|edge| edge.state));
        let need = states.map(|state| marks::kept(state, self.orientation, self.options));
        need.max().unwrap_or(0)
    }

    fn measure(&self, gaps: &[Gap], routes: &mut Routes) {
        let nodes = self.start.iter().zip(&self.levels.nodes).flat_map(|(start, node)| [*start, start + node.size - 1]);
        let lanes = self
            .lanes
            .iter()
            .flat_map(|lane| [lane.across, if self.orientation == Orientation::TopDown { lane.end() - 1 } else { lane.across }]);
        let jogs = gaps.iter().flat_map(|gap| &gap.trunks).filter_map(|trunk| match trunk.part {
            Part::Gather(jog) => Some(jog),
            _ => None,
        });
        let all: Vec<i32> = nodes.chain(lanes).chain(jogs).collect();
        routes.reach = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(-1));
    }
}
