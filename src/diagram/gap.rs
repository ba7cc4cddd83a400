//! Which lines come into a gap between two layers, where each leaves it, and how many cells the gap takes.

use super::channel::{Net, Trunk, assign};
use super::levels::Content;
use super::pen::Freight;
use super::routes::{Routes, Routing};
use super::sketch::{Density, Orientation};
use std::collections::{BTreeMap, BTreeSet};

/// A line that comes into a gap.
pub(super) struct Tap {
    pub across: i32,
    /// The cell along at which it comes in; none from a lane.
    pub from: Option<i32>,
    pub freight: Freight,
}

#[derive(Default)]
pub(super) struct Bundle {
    pub taps: Vec<Tap>,
    pub net: Net,
}

/// What the lines of a gap are drawn from.
#[derive(Default)]
pub(super) struct Gap {
    pub bundles: Vec<Bundle>,
    /// By node entered, or by loop left.
    pub of_node: BTreeMap<usize, usize>,
    pub of_loop: BTreeMap<usize, usize>,
    pub trunks: Vec<Trunk>,
    /// Per bundle: its trunks.
    pub of_bundle: Vec<Vec<usize>>,
    pub first_track: i32,
    pub pitch: i32,
    /// The last cell: of arrowheads.
    pub last: i32,
}

impl Gap {
    /// The cell along of a trunk.
    pub(super) fn track(&self, trunk: &Trunk) -> i32 {
        self.first_track + i32::try_from(trunk.track).unwrap_or(0) * self.pitch
    }

    fn bundle_to(&mut self, node: usize) -> &mut Bundle {
        let next = self.bundles.len();
        let position = *self.of_node.entry(node).or_insert(next);
        if position == next {
            self.bundles.push(Bundle::default());
        }
        &mut self.bundles[position]
    }
}

impl Routing<'_> {
    /// The lines that come into the gap before `layer`, bundled by where they go.
    pub(super) fn gap(&self, layer: usize, routes: &Routes, carried: &mut [Freight], entered_by: &[usize], barred: &BTreeSet<i32>) -> Gap {
        let mut gap = Gap { pitch: 1, ..Gap::default() };
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
        let taps = gap.bundles.iter().flat_map(|bundle| &bundle.taps);
        let coming: BTreeSet<i32> = taps.filter(|tap| tap.from.is_some()).map(|tap| tap.across).collect();
        for (node, bundle) in &gap.of_node {
            let bundle = &mut gap.bundles[*bundle];
            carried[*node] = bundle.taps.iter().fold(Freight::default(), |all, tap| all.with(tap.freight));
            bundle.net = Net {
                stems: bundle.taps.iter().filter(|tap| tap.from.is_some()).map(|tap| tap.across).collect(),
                sides: bundle.taps.iter().filter(|tap| tap.from.is_none()).map(|tap| tap.across).collect(),
                exit: Some(self.entry(*node, &bundle.taps, &coming)),
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

    /// Across: where lines enter a node. In `TopDown` that is above the first line that can go straight on.
    fn entry(&self, node: usize, taps: &[Tap], coming: &BTreeSet<i32>) -> i32 {
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
        // Above an end of the row: a line that goes straight on in the middle would have to be joined from both sides.
        let is_end = |cell: i32| stems.iter().all(|stem| *stem <= cell) || stems.iter().all(|stem| *stem >= cell);
        let ends = [stems.first(), stems.iter().min(), stems.iter().max()].into_iter().flatten().copied();
        let all: BTreeSet<i32> = stems.iter().copied().collect();
        // From three on the ways are shortest to the one in the middle, and much longer to an end.
        let few = all.len() < 3;
        if let Some(straight) = ends.into_iter().find(|cell| few && fits(*cell) && is_end(*cell)) {
            return straight;
        }
        let middle = match (all.first(), all.last()) {
            (Some(low), Some(high)) if few => (low + high) / 2,
            (Some(_), Some(high)) => all.iter().nth(all.len() / 2).copied().unwrap_or(*high),
            _ => last - 1,
        };
        let middle = middle.clamp(first + 1, (last - 1).max(first + 1));
        let near = || (0..card.size.size).flat_map(|away| [middle - away, middle + away]);
        let open = |cell: &i32| fits(*cell) && (stems.len() < 2 || !stems.contains(cell));
        // Not side by side with the line of another issuer, if there is a choice.
        let apart = |cell: &i32| (cell - 1..=cell + 1).all(|cell| stems.contains(&cell) || !coming.contains(&cell));
        let clear = |cell: &i32| few || (cell - 1..=cell + 1).all(|cell| !all.contains(&cell));
        let found = near().find(|cell| open(cell) && apart(cell) && clear(cell)).or_else(|| near().find(|cell| open(cell) && apart(cell)));
        found.or_else(|| near().find(open)).unwrap_or(first)
    }

    /// Gives the gap its cells along; returns the first cell after it.
    pub(super) fn stretch(&self, gap: &mut Gap, layer: usize, along: i32, zone: i32, routes: &mut Routes) -> i32 {
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
            Orientation::LeftRight if tracks == 0 => (1 + roomy).max(zone) + arrow,
            Orientation::LeftRight => {
                let lead = if below { zone + roomy } else { 0 };
                gap.first_track = along + lead;
                gap.pitch = 2;
                lead + 2 * tracks - 1 + (1 + roomy) * arrow
            }
        };
        gap.last = along + length - 1;
        along + length
    }
}
