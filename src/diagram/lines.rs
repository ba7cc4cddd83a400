//! The lines of a gap, piece by piece with what runs through them, and the way of each link from slot to box.

use super::channel::{Trunk, TrunkPart};
use super::gap::{Bundle, Gap, Tap};
use super::levels::Content;
use super::pen::Freight;
use super::routes::{Routes, Routing};

impl Routing<'_> {
    /// All lines and arrowheads of a gap, and the ends of the lanes that join it.
    pub(super) fn draw(&self, gap: &Gap, layer: usize, routes: &mut Routes, carried: &[Freight]) {
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
                    TrunkPart::Lower => trunk.exit_is_above(side),
                    TrunkPart::Higher => !trunk.exit_is_above(side),
                    TrunkPart::Spread(_) => false,
                    TrunkPart::Whole | TrunkPart::Gather(_) => true,
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
            TrunkPart::Gather(jog) => Some(jog),
            _ => exit.or(bundle.net.sides.first().copied()),
        };
        let Some(sink) = sink else { return };
        let everything = bundle.taps.iter().fold(Freight::default(), |all, tap| all.with(tap.freight));
        let mut taps: Vec<(i32, Option<i32>, Freight)> = match trunk.part {
            TrunkPart::Spread(jog) => {
                let gather = gap.trunks.iter().find(|other| other.net == trunk.net && other.part == TrunkPart::Gather(jog));
                vec![(jog, gather.map(|gather| gap.track(gather)), everything)]
            }
            part => {
                let here = |tap: &&Tap| match part {
                    TrunkPart::Lower => tap.across < sink,
                    TrunkPart::Higher => tap.across > sink,
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
        if exit.is_some() && !matches!(trunk.part, TrunkPart::Gather(_)) {
            routes.lines.push(((track, sink), (gap.last, sink), joined));
        }
    }

    /// Corners of every drawn link, gap by gap.
    pub(super) fn trace(&self, gaps: &[Gap], routes: &mut Routes) {
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
                        TrunkPart::Gather(jog) => Some(jog),
                        _ => gap.bundles[*bundle].net.exit,
                    };
                    let Some(to) = to else { continue };
                    let taken = match trunk.part {
                        TrunkPart::Lower => across < to,
                        TrunkPart::Higher => across > to,
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
}
