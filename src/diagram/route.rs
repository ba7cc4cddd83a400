//! Through which cells every line runs, gap by gap.

use super::channel::TrunkPart;
use super::gap::Gap;
use super::marks;
use super::pen::Freight;
use super::routes::{Routes, Routing};
use super::sketch::Orientation;
use std::collections::{BTreeMap, BTreeSet};

impl Routing<'_> {
    /// The lines of the whole picture, gap by gap from the target up.
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
            TrunkPart::Gather(jog) => Some(jog),
            _ => None,
        });
        let all: Vec<i32> = nodes.chain(lanes).chain(jogs).collect();
        routes.reach = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(-1));
    }
}
