//! What lines are routed from, what becomes of them, and where a link leaves its box: places along the layers and across them.

use super::card::Card;
use super::graph::LayerGraph;
use super::lanes::Lane;
use super::levels::{Content, Levels};
use super::pen::Freight;
use super::place::port;
use super::sketch::{Options, Orientation, Sketch};

/// A place: cells along the layers (from the target), cells across.
pub(super) type GridPoint = (i32, i32);

#[derive(Debug, Default)]
pub(super) struct Routes {
    pub lines: Vec<(GridPoint, GridPoint, Freight)>,
    pub arrows: Vec<(GridPoint, Freight)>,
    /// Corners of each drawn link's line, from its port to its arrowhead.
    pub corners: Vec<Vec<GridPoint>>,
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
    pub graph: &'a LayerGraph<'a>,
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
}
