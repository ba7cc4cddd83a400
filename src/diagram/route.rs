//! Through which cells every line runs, in places along the layers and across them.

use super::card::Card;
use super::channel::{Net, Part, Trunk, assign};
use super::graph::Graph;
use super::lanes::Lane;
use super::levels::{Content, Levels};
use super::marks;
use super::options::{Density, Options};
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

/// A line that comes into a gap.
struct Tap {
    across: i32,
    /// The cell along at which it comes in; none from a lane.
    from: Option<i32>,
    freight: Freight,
}

#[derive(Default)]
struct Bundle {
    taps: Vec<Tap>,
    net: Net,
}

/// What the lines of a gap are drawn from.
struct Gap {
    bundles: Vec<Bundle>,
    /// By node entered, or by loop left.
    of_node: BTreeMap<usize, usize>,
    of_loop: BTreeMap<usize, usize>,
    trunks: Vec<Trunk>,
    /// Per bundle: its trunks.
    of_bundle: Vec<Vec<usize>>,
    first_track: i32,
    pitch: i32,
    /// The last cell: of arrowheads.
    last: i32,
}

impl Gap {
    fn track(&self, trunk: &Trunk) -> i32 {
        self.first_track + i32::try_from(trunk.track).unwrap_or(0) * self.pitch
    }
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

    fn thickness(&self, node: usize) -> i32 {
        match self.levels.nodes[node].content {
            Content::Box(card) => self.cards[card].depth,
            Content::Pass(_) => 1,
        }
    }

    fn freight(&self, link: usize) -> Freight {
        let link = &self.graph.links[link];
        let edge = self.sketch.edges.get(link.edge);
        edge.map_or(Freight::default(), |edge| Freight::new(edge.state, edge.chosen, link.cut.is_some()))
    }

    /// Across: where a link leaves its box.
    fn leaves(&self, link: usize) -> i32 {
        self.start[self.levels.node_of_box[self.graph.links[link].from]] + port(self.levels, self.graph, self.cards, link)
    }

    /// Along: the border cell that a link leaves from.
    fn border(&self, link: usize, routes: &Routes) -> i32 {
        let from = self.graph.links[link].from;
        let (first, thickness) = routes.layers.get(self.graph.layers[from]).copied().unwrap_or_default();
        first - 1 + if self.orientation == Orientation::TopDown { self.cards[from].depth } else { thickness }
    }

    /// The lines that come into the gap before `layer`, bundled by where they go.
    fn gap(&self, layer: usize, routes: &Routes, carried: &mut [Freight], entered_by: &[usize], barred: &BTreeSet<i32>) -> Gap {
        let mut gap = Gap {
            bundles: Vec::new(),
            of_node: BTreeMap::new(),
            of_loop: BTreeMap::new(),
            trunks: Vec::new(),
            of_bundle: Vec::new(),
            first_track: 0,
            pitch: 1,
            last: 0,
        };
        let entering = self.levels.entering.get(layer).map_or(&[][..], |segments| segments);
        for segment in entering {
            let tap = match segment.link {
                Some(link) => Tap { across: self.leaves(link), from: Some(self.border(link, routes)), freight: self.freight(link) },
                None => {
                    let first = routes.layers.get(layer.wrapping_sub(1)).map_or(0, |(first, _)| first - 1);
                    Tap { across: self.start[segment.from], from: Some(first), freight: carried[segment.from] }
                }
            };
            gap.bundle_to(segment.to).taps.push(tap);
        }
        for lane in entered_by {
            let freight = self.looped(*lane).fold(Freight::default(), |all, link| all.with(self.freight(link)));
            let node = self.levels.node_of_box[self.graph.loops[*lane].0];
            gap.bundle_to(node).taps.push(Tap { across: self.lanes[*lane].across, from: None, freight });
        }
        for (lane, ends) in self.lanes.iter().enumerate().filter(|(_, ends)| ends.left == layer) {
            let taps: Vec<Tap> = self
                .looped(lane)
                .map(|link| Tap { across: self.leaves(link), from: Some(self.border(link, routes)), freight: self.freight(link) })
                .collect();
            let stems = taps.iter().map(|tap| tap.across).collect();
            gap.of_loop.insert(lane, gap.bundles.len());
            gap.bundles.push(Bundle { taps, net: Net { stems, sides: vec![ends.across], exit: None } });
        }
        for (node, bundle) in &gap.of_node {
            let bundle = &mut gap.bundles[*bundle];
            carried[*node] = bundle.taps.iter().fold(Freight::default(), |all, tap| all.with(tap.freight));
            bundle.net = Net {
                stems: bundle.taps.iter().filter(|tap| tap.from.is_some()).map(|tap| tap.across).collect(),
                sides: bundle.taps.iter().filter(|tap| tap.from.is_none()).map(|tap| tap.across).collect(),
                exit: Some(self.entry(*node, &bundle.taps)),
            };
        }
        let nets: Vec<Net> = gap.bundles.iter().map(|bundle| bundle.net.clone()).collect();
        let (trunks, _) = assign(&nets, barred);
        gap.of_bundle = vec![Vec::new(); nets.len()];
        for (position, trunk) in trunks.iter().enumerate() {
            gap.of_bundle[trunk.net].push(position);
        }
        gap.trunks = trunks;
        gap
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
    fn looped(&self, lane: usize) -> impl Iterator<Item = usize> {
        (0..self.graph.links.len()).filter(move |link| self.graph.links[*link].cut == Some(lane))
    }

    /// Across: where lines enter a node. In `TopDown` that is above the first line that can go straight on.
    fn entry(&self, node: usize, taps: &[Tap]) -> i32 {
        let start = self.start[node];
        let Content::Box(card) = self.levels.nodes[node].content else { return start };
        let card = &self.cards[card];
        let (first, last) = (start + card.entry.0, start + card.entry.1);
        if first == last {
            return first;
        }
        let joint = |cell: i32| card.slots.iter().chain(&card.rest).any(|slot| start + slot.end() == cell && cell < last);
        let fits = |cell: i32| (first..=last).contains(&cell) && !joint(cell);
        let stems: Vec<i32> = taps.iter().filter(|tap| tap.from.is_some()).map(|tap| tap.across).collect();
        // An end of the row first: a line in the middle would have to be joined from both sides.
        let outer = [stems.iter().min(), stems.iter().max()].into_iter().flatten().copied();
        let straight = stems.iter().take(1).copied().chain(outer).find(|cell| fits(*cell));
        if let Some(cell) =
            straight.filter(|cell| stems.len() < 3 || stems.iter().all(|stem| stem <= cell) || stems.iter().all(|stem| stem >= cell))
        {
            return cell;
        }
        let middle = match (stems.iter().min(), stems.iter().max()) {
            (Some(low), Some(high)) => ((low + high) / 2).clamp(first + 1, (last - 1).max(first + 1)),
            _ => last - 1,
        };
        let near = (0..card.size.size).flat_map(|away| [middle - away, middle + away]);
        near.into_iter().find(|cell| fits(*cell) && (stems.len() < 2 || !stems.contains(cell))).unwrap_or(first)
    }

    /// Cells along that a gap keeps for the marks of the lines that leave the layer below.
    fn zone(&self, layer: usize) -> i32 {
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

    /// Gives the gap its cells along; returns the first cell after it.
    fn stretch(&self, gap: &mut Gap, layer: usize, along: i32, zone: i32, routes: &mut Routes) -> i32 {
        let tracks = gap.trunks.iter().map(|trunk| trunk.track + 1).max().unwrap_or(0);
        let tracks = i32::try_from(tracks).unwrap_or(0);
        let (below, above) = (layer > 0, layer < self.levels.order.len());
        let roomy = i32::from(self.options.density == Density::Roomy);
        let arrow = i32::from(above);
        if layer > 0 {
            routes.zones.push((along, zone));
        }
        let length = match self.orientation {
            _ if tracks == 0 && !(below && above) => 0,
            Orientation::TopDown => {
                gap.first_track = along + zone;
                zone + tracks + arrow + if tracks == 0 { roomy } else { 0 }
            }
            Orientation::LeftRight if tracks == 0 => (2 + roomy).max(zone) + arrow,
            Orientation::LeftRight => {
                let lead = if below { zone + 1 + roomy } else { 0 };
                gap.first_track = along + lead;
                gap.pitch = 2;
                lead + 2 * tracks - 1 + 2 * arrow
            }
        };
        gap.last = along + length - 1;
        along + length
    }

    fn draw(&self, gap: &Gap, layer: usize, routes: &mut Routes, carried: &[Freight]) {
        for (position, bundle) in gap.bundles.iter().enumerate() {
            for trunk in gap.of_bundle[position].iter().map(|trunk| &gap.trunks[*trunk]) {
                self.draw_trunk(gap, bundle, trunk, routes);
            }
            if let Some(exit) = bundle.net.exit {
                for tap in bundle.taps.iter().filter(|tap| tap.across == exit) {
                    if let Some(from) = tap.from {
                        routes.lines.push(((from, exit), (gap.last, exit), tap.freight));
                    }
                }
            }
        }
        for (node, bundle) in &gap.of_node {
            if let (Content::Box(_), Some(exit)) = (self.levels.nodes[*node].content, gap.bundles[*bundle].net.exit) {
                routes.arrows.push(((gap.last, exit), carried[*node]));
            }
        }
        for (lane, ends) in self.lanes.iter().enumerate() {
            let track = |bundle: Option<&usize>, side: i32| {
                let trunks = bundle.and_then(|bundle| gap.of_bundle.get(*bundle)).into_iter().flatten().map(|trunk| &gap.trunks[*trunk]);
                let mut fitting = trunks.filter(|trunk| match trunk.part {
                    Part::Lower => trunk.exit_is_above(side),
                    Part::Higher => !trunk.exit_is_above(side),
                    Part::Spread(_) => false,
                    Part::Whole | Part::Gather(_) => true,
                });
                fitting.next().map(|trunk| gap.track(trunk))
            };
            if ends.entered == layer {
                let node = self.levels.node_of_box[self.graph.loops[lane].0];
                routes.lanes[lane].0 = track(gap.of_node.get(&node), ends.across).unwrap_or(gap.last);
            }
            if ends.left == layer {
                routes.lanes[lane].1 = track(gap.of_loop.get(&lane), ends.across).unwrap_or(gap.last);
                let freight = self.looped(lane).fold(Freight::default(), |all, link| all.with(self.freight(link)));
                let (first, last) = routes.lanes[lane];
                routes.lines.push(((first, ends.across), (last, ends.across), freight));
            }
        }
    }

    /// A trunk's stems, its run with what has joined up to each cell, and its way out.
    fn draw_trunk(&self, gap: &Gap, bundle: &Bundle, trunk: &Trunk, routes: &mut Routes) {
        let track = gap.track(trunk);
        let exit = bundle.net.exit;
        let sink = match trunk.part {
            Part::Gather(jog) => Some(jog),
            _ => exit.or(bundle.net.sides.first().copied()),
        };
        let Some(sink) = sink else { return };
        let everything = bundle.taps.iter().fold(Freight::default(), |all, tap| all.with(tap.freight));
        let mut taps: Vec<(i32, Option<i32>, Freight)> = match trunk.part {
            Part::Spread(jog) => {
                let gather = gap.trunks.iter().find(|other| other.net == trunk.net && other.part == Part::Gather(jog));
                vec![(jog, gather.map(|gather| gap.track(gather)), everything)]
            }
            part => {
                let here = |tap: &&Tap| match part {
                    Part::Lower => tap.across < sink,
                    Part::Higher => tap.across > sink,
                    _ => true,
                };
                bundle.taps.iter().filter(here).map(|tap| (tap.across, tap.from, tap.freight)).collect()
            }
        };
        taps.sort_by_key(|(across, _, _)| *across);
        for (across, from, freight) in &taps {
            if let Some(from) = from {
                routes.lines.push(((*from, *across), (track, *across), *freight));
            }
        }
        let mut joined = Freight::default();
        let mut run = |taps: &mut dyn Iterator<Item = &(i32, Option<i32>, Freight)>| {
            let mut before: Option<(i32, Freight)> = None;
            for (across, _, freight) in taps {
                if let Some((start, loaded)) = before.filter(|(start, _)| start != across) {
                    routes.lines.push(((track, start), (track, *across), loaded));
                }
                before = Some((*across, before.map_or(*freight, |(_, loaded)| loaded.with(*freight))));
            }
            if let Some((start, loaded)) = before {
                joined = joined.with(loaded);
                if start != sink {
                    routes.lines.push(((track, start), (track, sink), loaded));
                }
            }
        };
        run(&mut taps.iter().filter(|(across, _, _)| *across <= sink));
        run(&mut taps.iter().rev().filter(|(across, _, _)| *across > sink));
        if exit.is_some() && !matches!(trunk.part, Part::Gather(_)) {
            routes.lines.push(((track, sink), (gap.last, sink), joined));
        }
    }

    /// Corners of every drawn link, gap by gap.
    fn trace(&self, gaps: &[Gap], routes: &mut Routes) {
        for (position, link) in self.graph.links.iter().enumerate().filter(|(position, _)| self.levels.drawn[*position]) {
            let mut across = self.leaves(position);
            let mut corners = vec![(self.border(position, routes), across)];
            let mut layer = self.graph.layers[link.from] + 1;
            if let Some(lane) = link.cut {
                let (first, last) = routes.lanes[lane];
                corners.extend([(last, across), (last, self.lanes[lane].across), (first, self.lanes[lane].across)]);
                across = self.lanes[lane].across;
                layer = self.graph.layers[link.to];
            }
            for layer in layer..=self.graph.layers[link.to] {
                let Some(gap) = gaps.get(layer) else { break };
                let Some(bundle) = self.levels.node_at(self.graph, link.to, layer).and_then(|node| gap.of_node.get(&node)) else { break };
                for trunk in gap.of_bundle[*bundle].iter().map(|trunk| &gap.trunks[*trunk]) {
                    let to = match trunk.part {
                        Part::Gather(jog) => Some(jog),
                        _ => gap.bundles[*bundle].net.exit,
                    };
                    let Some(to) = to else { continue };
                    let taken = match trunk.part {
                        Part::Lower => across < to,
                        Part::Higher => across > to,
                        _ => true,
                    };
                    if taken {
                        corners.extend([(gap.track(trunk), across), (gap.track(trunk), to)]);
                        across = to;
                    }
                }
                if layer == self.graph.layers[link.to] {
                    corners.push((gap.last, across));
                }
            }
            corners.dedup();
            routes.corners[position] = corners;
        }
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

impl Gap {
    fn bundle_to(&mut self, node: usize) -> &mut Bundle {
        let next = self.bundles.len();
        let position = *self.of_node.entry(node).or_insert(next);
        if position == next {
            self.bundles.push(Bundle::default());
        }
        &mut self.bundles[position]
    }
}
