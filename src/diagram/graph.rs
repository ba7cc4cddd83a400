//! Which boxes, slots and links of a sketch are drawn, which links are cut to break loops, and how far from the target a box stands.

use super::scene::LeftOut;
use super::sketch::{BoxId, BoxKind, EdgeState, Mark, Orientation, Sketch, SketchBox, SketchSlot, SlotId};
use std::collections::{BTreeMap, BTreeSet};

/// A folded box shows this many slots and a counted rest; a box that would need no more rows without the rest is shown whole.
const FOLDED_SLOTS: usize = 3;

/// A box with more slots than this is folded even if nobody asked: it would not fit a canvas.
const MOST_SLOTS: usize = 1_500;

/// Candidate issuers of one slot that are drawn; each needs a port of its own.
const MOST_CANDIDATES: usize = 8;

/// Loops that are drawn; each needs a lane around the picture.
const MOST_LOOPS: usize = 200;

#[derive(Debug, Clone)]
pub(super) struct BoxInGraph<'a> {
    pub sketch: &'a SketchBox,
    /// Positions in `sketch.slots`, in the order that they are drawn in.
    pub shown: Vec<usize>,
}

impl<'a> BoxInGraph<'a> {
    pub(super) fn slots(&self) -> impl Iterator<Item = &'a SketchSlot> {
        self.shown.iter().filter_map(|slot| self.sketch.slots.get(*slot))
    }

    pub(super) fn rest(&self) -> usize {
        self.sketch.slots.len() - self.shown.len()
    }
}

#[derive(Debug, Clone)]
pub(super) struct LayerLink {
    /// Position in the sketch's edges.
    pub edge: usize,
    /// Position of the box in `LayerGraph::boxes`.
    pub from: usize,
    /// Position in the shown slots of that box.
    pub slot: usize,
    pub to: usize,
    /// The loop that was broken by cutting this link: a position in `LayerGraph::loops`.
    pub cut: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct LayerGraph<'a> {
    pub boxes: Vec<BoxInGraph<'a>>,
    pub links: Vec<LayerLink>,
    /// Longest distance from the target, per box.
    pub layers: Vec<usize>,
    /// The boxes at both ends of each cut: entered, left.
    pub loops: Vec<(usize, usize)>,
    pub left_out: LeftOut,
}

pub(super) fn read(sketch: &Sketch, orientation: Orientation) -> LayerGraph<'_> {
    let mut left_out = LeftOut::default();
    let mut box_of: BTreeMap<BoxId, usize> = BTreeMap::new();
    let mut slot_of: BTreeMap<SlotId, (usize, Option<usize>)> = BTreeMap::new();
    let mut boxes: Vec<BoxInGraph> = Vec::new();
    for sketch_box in &sketch.boxes {
        if box_of.contains_key(&sketch_box.id) {
            left_out.boxes += 1;
            continue;
        }
        box_of.insert(sketch_box.id, boxes.len());
        let shown = shown_slots(sketch_box, orientation);
        for slot in &sketch_box.slots {
            slot_of.entry(slot.id).or_insert((boxes.len(), None));
        }
        for (position, slot) in shown.iter().enumerate() {
            if let Some(entry) = sketch_box.slots.get(*slot).and_then(|slot| slot_of.get_mut(&slot.id))
                && *entry == (boxes.len(), None)
            {
                entry.1 = Some(position);
            }
        }
        boxes.push(BoxInGraph { sketch: sketch_box, shown });
    }

    let mut links: Vec<LayerLink> = Vec::new();
    let mut hidden: Vec<(usize, usize)> = Vec::new();
    let mut seen: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for (edge, sketch_edge) in sketch.edges.iter().enumerate() {
        let (Some(&(from, slot)), Some(&to)) = (slot_of.get(&sketch_edge.from), box_of.get(&sketch_edge.to)) else {
            left_out.edges += 1;
            continue;
        };
        let Some(slot) = slot else {
            hidden.push((from, to));
            continue;
        };
        let own = from == to && boxes.get(from).and_then(|drawn| drawn.slots().nth(slot)).is_some_and(|slot| slot.self_signed);
        if own || !seen.insert((from, slot, to)) {
            continue;
        }
        links.push(LayerLink { edge, from, slot, to, cut: None });
    }

    left_out.edges += drop_candidates(&mut links, sketch, &mut hidden);
    let mut graph = LayerGraph { boxes, links, layers: Vec::new(), loops: Vec::new(), left_out };
    graph.drop_behind_folds(&hidden);
    let order = graph.cut_loops();
    graph.layers = vec![0; graph.boxes.len()];
    let outgoing = graph.outgoing();
    for from in order {
        for link in &outgoing[from] {
            let link = &graph.links[*link];
            if link.cut.is_none() {
                graph.layers[link.to] = graph.layers[link.to].max(graph.layers[from] + 1);
            }
        }
    }
    graph.settle_rests();
    graph
}

/// Of a slot with too many candidate issuers keeps those that hold, are chosen, or come first; returns how many links are dropped.
fn drop_candidates(links: &mut Vec<LayerLink>, sketch: &Sketch, hidden: &mut Vec<(usize, usize)>) -> usize {
    let mut of_slot: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (position, link) in links.iter().enumerate() {
        of_slot.entry((link.from, link.slot)).or_default().push(position);
    }
    let mut dropped = BTreeSet::new();
    for candidates in of_slot.values_mut().filter(|candidates| candidates.len() > MOST_CANDIDATES) {
        candidates.sort_by_key(|link| {
            let edge = sketch.edges.get(links[*link].edge);
            !edge.is_some_and(|edge| edge.chosen || edge.state == EdgeState::Good)
        });
        dropped.extend(candidates.iter().skip(MOST_CANDIDATES).copied());
    }
    hidden.extend(dropped.iter().map(|link| (links[*link].from, links[*link].to)));
    let mut position = 0;
    links.retain(|_| {
        position += 1;
        !dropped.contains(&(position - 1))
    });
    dropped.len()
}

/// The first slots in the order: chosen, anchored, failing, the rest. Which others are shown does not hang on which is chosen.
fn shown_slots(sketch_box: &SketchBox, orientation: Orientation) -> Vec<usize> {
    let all = sketch_box.slots.len();
    let most = if orientation == Orientation::TopDown { MOST_SLOTS } else { MOST_SLOTS * 4 };
    if (!sketch_box.folded || all <= FOLDED_SLOTS + 1) && all <= most {
        return (0..all).collect();
    }
    let rank = |slot: &SketchSlot| match slot {
        slot if slot.anchor => 0,
        slot if slot.mark == Mark::Fail => 1,
        _ => 2,
    };
    let mut ranked: Vec<(usize, usize)> = sketch_box.slots.iter().map(rank).zip(0..).collect();
    ranked.sort_unstable();
    let mut shown: Vec<usize> = ranked.iter().take(FOLDED_SLOTS).map(|(_, slot)| *slot).collect();
    let wanted = |position: &usize| sketch_box.slots.get(*position).is_some_and(|slot| slot.chosen || slot.kept);
    for position in (0..all).filter(wanted) {
        if !shown.contains(&position) {
            match shown.iter().rposition(|other| !wanted(other)) {
                Some(last) => shown[last] = position,
                None => shown.push(position),
            }
        }
    }
    shown.sort_unstable();
    shown
}

impl LayerGraph<'_> {
    /// The graph with the slots of each box in the order of `key`, slots without lines first. `key` is asked for every link.
    pub(super) fn with_slots_by(&self, key: impl Fn(usize) -> i32) -> Self {
        let mut keys: Vec<Vec<Vec<i32>>> = self.boxes.iter().map(|drawn| vec![Vec::new(); drawn.shown.len()]).collect();
        for (position, link) in self.links.iter().enumerate() {
            if let Some(keys) = keys[link.from].get_mut(link.slot) {
                keys.push(key(position));
            }
        }
        let mut ordered = self.clone();
        let mut moved: Vec<Vec<usize>> = Vec::with_capacity(keys.len());
        for (drawn, keys) in ordered.boxes.iter_mut().zip(&mut keys) {
            keys.iter_mut().for_each(|keys| keys.sort_unstable());
            let middle = |slot: usize| keys.get(slot).and_then(|keys| keys.get(keys.len() / 2)).copied();
            let mut order: Vec<usize> = (0..drawn.shown.len()).collect();
            order.sort_by_key(|slot| middle(*slot));
            let mut to = vec![0; order.len()];
            order.iter().enumerate().for_each(|(place, slot)| to[*slot] = place);
            drawn.shown = order.iter().map(|slot| drawn.shown[*slot]).collect();
            moved.push(to);
        }
        for link in &mut ordered.links {
            link.slot = moved[link.from].get(link.slot).copied().unwrap_or(link.slot);
        }
        ordered
    }

    /// Links that leave each box, in the order of slots, then of the sketch.
    fn outgoing(&self) -> Vec<Vec<usize>> {
        let mut outgoing = vec![Vec::new(); self.boxes.len()];
        for (position, link) in self.links.iter().enumerate() {
            outgoing[link.from].push(position);
        }
        for links in &mut outgoing {
            links.sort_by_key(|link| self.links[*link].slot);
        }
        outgoing
    }

    /// Targets, then what nothing leads to, then all others: where a walk over the picture starts.
    fn starts(&self, hidden: &[(usize, usize)]) -> Vec<usize> {
        let mut entered = vec![false; self.boxes.len()];
        for (from, to) in self.links.iter().map(|link| (link.from, link.to)).chain(hidden.iter().copied()) {
            entered[to] |= from != to;
        }
        let is_target = |position: &usize| self.boxes[*position].sketch.kind == BoxKind::Target;
        let all = 0..self.boxes.len();
        let targets = all.clone().filter(is_target);
        targets.chain(all.filter(|position| !entered[*position] && !is_target(position))).collect()
    }

    fn reached(&self, starts: &[usize], hidden: &[(usize, usize)]) -> Vec<bool> {
        let mut next = vec![Vec::new(); self.boxes.len()];
        for (from, to) in self.links.iter().map(|link| (link.from, link.to)).chain(hidden.iter().copied()) {
            next[from].push(to);
        }
        let mut reached = vec![false; self.boxes.len()];
        let mut waiting = starts.to_vec();
        while let Some(here) = waiting.pop() {
            if !std::mem::replace(&mut reached[here], true) {
                waiting.extend(&next[here]);
            }
        }
        reached
    }

    /// What stands for the rest stands next to what it leads to, not beside the target.
    fn settle_rests(&mut self) {
        let is_rest = |from: &usize| self.boxes[*from].sketch.kind == BoxKind::More;
        let nearest = |from: usize| {
            let above = self.links.iter().filter(|link| link.from == from && link.cut.is_none());
            above.map(|link| self.layers[link.to]).min().map(|layer| (from, layer))
        };
        let all: Vec<(usize, usize)> = (0..self.boxes.len()).filter(is_rest).filter_map(nearest).collect();
        if all.iter().any(|(_, layer)| *layer == 0) {
            self.layers.iter_mut().for_each(|layer| *layer += 1);
            return self.settle_rests();
        }
        for (from, layer) in all {
            self.layers[from] = self.layers[from].max(layer - 1);
        }
    }

    /// To fold a box hides where its hidden slots lead, or folding would make no picture smaller.
    fn drop_behind_folds(&mut self, hidden: &[(usize, usize)]) {
        if hidden.is_empty() {
            return;
        }
        let starts = self.starts(hidden);
        let (before, after) = (self.reached(&starts, hidden), self.reached(&starts, &[]));
        let wanted = self.boxes.iter().map(|drawn| drawn.sketch.kept);
        let kept: Vec<bool> = before.iter().zip(&after).zip(wanted).map(|((before, after), wanted)| wanted || !before || *after).collect();
        let mut moved = vec![0; kept.len()];
        let mut count = 0;
        for (position, keep) in kept.iter().enumerate() {
            moved[position] = count;
            count += usize::from(*keep);
        }
        self.left_out.behind_folds += kept.len() - count;
        let mut keep = kept.iter();
        self.boxes.retain(|_| keep.next().copied().unwrap_or(true));
        self.links.retain(|link| kept[link.from] && kept[link.to]);
        for link in &mut self.links {
            (link.from, link.to) = (moved[link.from], moved[link.to]);
        }
    }

    /// A depth-first walk from the target; a link back to a box the walk is inside of closes a loop and is cut.
    /// Returns the boxes so that every uncut link leads forward.
    fn cut_loops(&mut self) -> Vec<usize> {
        #[derive(Clone, Copy, PartialEq)]
        enum Walk {
            New,
            Inside,
            Done,
        }
        let outgoing = self.outgoing();
        let mut state = vec![Walk::New; self.boxes.len()];
        let mut finished = Vec::with_capacity(self.boxes.len());
        let mut closing: Vec<usize> = Vec::new();
        let starts = self.starts(&[]).into_iter().chain(0..self.boxes.len());
        for start in starts {
            if state[start] != Walk::New {
                continue;
            }
            state[start] = Walk::Inside;
            let mut path = vec![(start, 0)];
            while let Some((here, step)) = path.last_mut() {
                let Some(&link) = outgoing[*here].get(*step) else {
                    state[*here] = Walk::Done;
                    finished.push(*here);
                    path.pop();
                    continue;
                };
                *step += 1;
                let to = self.links[link].to;
                match state[to] {
                    Walk::New => {
                        state[to] = Walk::Inside;
                        path.push((to, 0));
                    }
                    Walk::Inside => closing.push(link),
                    Walk::Done => {}
                }
            }
        }
        self.name_loops(closing);
        finished.reverse();
        finished
    }

    fn name_loops(&mut self, mut closing: Vec<usize>) {
        closing.sort_unstable();
        let mut dropped = BTreeSet::new();
        for position in closing {
            let link = &mut self.links[position];
            let ends = (link.to, link.from);
            let known = self.loops.iter().position(|other| *other == ends);
            if known.is_none() && self.loops.len() >= MOST_LOOPS {
                dropped.insert(position);
                continue;
            }
            link.cut = Some(known.unwrap_or(self.loops.len()));
            if known.is_none() {
                self.loops.push(ends);
            }
        }
        self.left_out.edges += dropped.len();
        let mut position = 0;
        self.links.retain(|_| {
            position += 1;
            !dropped.contains(&(position - 1))
        });
    }
}
