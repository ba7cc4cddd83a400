//! On which tracks the lines of one gap run: each issuer its own, with as few tracks and crossings as a greedy choice finds.

use std::collections::BTreeSet;

/// Gaps with more trunks than this take them as they come: to weigh all pairs takes the square of their number.
const MOST_WEIGHED: usize = 200;

/// All lines of a gap that go to one node, by their cells along the order axis.
#[derive(Debug, Default, Clone)]
pub(super) struct Net {
    /// Where lines come in from the layer below.
    pub stems: Vec<i32>,
    /// Lanes around the picture that join within the gap.
    pub sides: Vec<i32>,
    /// Where the line goes on to the layer above; none if it ends in a lane.
    pub exit: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrunkPart {
    Whole,
    /// What joins a straight line from the lower or from the higher side. One trunk for both would make a four-armed
    /// joint, which reads as a crossing.
    Lower,
    Higher,
    /// Two trunks and a jog between them, where lines would run over each other: first all stems to the jog, then the jog to the exit.
    Gather(i32),
    Spread(i32),
}

#[derive(Debug, Clone)]
pub(super) struct Trunk {
    pub net: usize,
    pub part: TrunkPart,
    /// Counted from the layer below.
    pub track: usize,
    low: i32,
    high: i32,
    stems: Vec<i32>,
    exit: Option<i32>,
    /// Trunks that must be on lower tracks.
    after: BTreeSet<usize>,
}

/// Trunks of all nets that are not one straight line, and the number of tracks. No jog uses a cell in `barred`.
pub(super) fn assign(nets: &[Net], barred: &BTreeSet<i32>) -> (Vec<Trunk>, usize) {
    let mut trunks: Vec<Trunk> = nets.iter().enumerate().flat_map(|(position, net)| split(position, net)).collect();
    demand_order(&mut trunks);
    let sequence = sequence(&mut trunks, nets, barred);
    let mut tracks = 0;
    for (position, trunk) in sequence.iter().enumerate() {
        let mut track = 0;
        for earlier in &sequence[..position] {
            let (before, here) = (&trunks[*earlier], &trunks[*trunk]);
            if here.after.contains(earlier) || overlap(before, here) {
                track = track.max(before.track + 1);
            }
        }
        trunks[*trunk].track = track;
        tracks = tracks.max(track + 1);
    }
    (trunks, tracks)
}

impl Trunk {
    /// The line that this trunk joins is on a higher cell than this one.
    pub(super) fn exit_is_above(&self, cell: i32) -> bool {
        self.exit.is_some_and(|exit| exit > cell)
    }
}

fn split(position: usize, net: &Net) -> Vec<Trunk> {
    let taps = || net.stems.iter().chain(&net.sides).copied();
    let trunk = |part: TrunkPart, keep: &dyn Fn(i32) -> bool| {
        let ends: Vec<i32> = taps().filter(|tap| keep(*tap)).chain(net.exit).collect();
        let kept = taps().any(keep);
        let (low, high) = (ends.iter().min().copied()?, ends.iter().max().copied()?);
        let stems = net.stems.iter().copied().filter(|stem| keep(*stem)).collect();
        kept.then_some(Trunk { net: position, part, track: 0, low, high, stems, exit: net.exit, after: BTreeSet::new() })
    };
    match net.exit {
        Some(exit) if net.stems.contains(&exit) => {
            [trunk(TrunkPart::Lower, &|tap| tap < exit), trunk(TrunkPart::Higher, &|tap| tap > exit)].into_iter().flatten().collect()
        }
        _ => trunk(TrunkPart::Whole, &|_| true).into_iter().collect(),
    }
}

fn overlap(a: &Trunk, b: &Trunk) -> bool {
    a.low <= b.high && b.low <= a.high
}

/// Where one net comes in and another goes out at the same cell, the first must turn off before the second turns in.
fn demand_order(trunks: &mut [Trunk]) {
    let mut stems: Vec<(i32, usize)> =
        trunks.iter().enumerate().flat_map(|(position, trunk)| trunk.stems.iter().map(move |stem| (*stem, position))).collect();
    stems.sort_unstable();
    for (position, trunk) in trunks.iter_mut().enumerate() {
        let Some(exit) = trunk.exit else { continue };
        let first = stems.partition_point(|(stem, _)| *stem < exit);
        trunk.after = stems[first..].iter().take_while(|(stem, _)| *stem == exit).map(|(_, other)| *other).collect();
        trunk.after.remove(&position);
    }
}

/// An order from the layer below to the layer above that meets every demand; where demands go in a circle, a trunk is parted in two.
fn sequence(trunks: &mut Vec<Trunk>, nets: &[Net], barred: &BTreeSet<i32>) -> Vec<usize> {
    let mut waiting: Vec<usize> = (0..trunks.len()).collect();
    let mut done = vec![false; trunks.len()];
    let mut order = Vec::with_capacity(trunks.len());
    let mut used: BTreeSet<i32> = nets.iter().flat_map(|net| net.stems.iter().chain(&net.sides).chain(&net.exit)).copied().collect();
    used.extend(barred);
    let weigh = trunks.len() <= MOST_WEIGHED;
    while !waiting.is_empty() {
        let ready = |trunk: usize| trunks[trunk].after.iter().all(|other| done[*other]);
        let cost = |trunk: usize| -> i64 {
            let others = waiting.iter().filter(|other| **other != trunk);
            others.map(|other| crossings(&trunks[trunk], &trunks[*other]) - crossings(&trunks[*other], &trunks[trunk])).sum()
        };
        let mut candidates = waiting.iter().enumerate().filter(|(_, trunk)| ready(**trunk));
        let next = if weigh { candidates.min_by_key(|(_, trunk)| cost(**trunk)) } else { candidates.next() };
        if let Some((position, _)) = next {
            let trunk = waiting.remove(position);
            done[trunk] = true;
            order.push(trunk);
            continue;
        }
        // All that wait are held by others that wait. A lower or higher part is held by nothing, so a whole one can be parted.
        let Some(held) = waiting.iter().copied().find(|trunk| trunks[*trunk].part == TrunkPart::Whole) else { break };
        part(trunks, held, &mut used);
        done.push(false);
        waiting.push(trunks.len() - 1);
    }
    order
}

fn part(trunks: &mut Vec<Trunk>, held: usize, used: &mut BTreeSet<i32>) {
    let gather = &mut trunks[held];
    let exit = gather.exit.unwrap_or(gather.low);
    let middle = (gather.low + gather.high) / 2;
    let jog = (0..).flat_map(|away| [middle + away, (middle - away).max(0)]).find(|cell| !used.contains(cell)).unwrap_or(middle);
    used.insert(jog);
    let after = std::mem::take(&mut gather.after);
    gather.part = TrunkPart::Gather(jog);
    gather.exit = Some(jog);
    (gather.low, gather.high) = (gather.low.min(jog), gather.high.max(jog));
    let spread = Trunk {
        net: gather.net,
        part: TrunkPart::Spread(jog),
        track: 0,
        low: jog.min(exit),
        high: jog.max(exit),
        stems: vec![jog],
        exit: Some(exit),
        after: after.into_iter().chain([held]).collect(),
    };
    trunks.push(spread);
}

/// Crossings of the two if the first is on the lower track.
fn crossings(first: &Trunk, second: &Trunk) -> i64 {
    let inside = |trunk: &Trunk, cell: i32| i64::from(trunk.low <= cell && cell <= trunk.high);
    let stems: i64 = second.stems.iter().map(|stem| inside(first, *stem)).sum();
    stems + first.exit.map_or(0, |exit| inside(second, exit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(stems: &[i32], exit: i32) -> Net {
        Net { stems: stems.to_vec(), sides: Vec::new(), exit: Some(exit) }
    }

    #[test]
    fn a_straight_line_takes_no_track() {
        assert_eq!(assign(&[net(&[4], 4), net(&[9], 9)], &BTreeSet::new()).1, 0);
    }

    #[test]
    fn apart_trunks_share_a_track() {
        assert_eq!(assign(&[net(&[4], 8), net(&[9], 12)], &BTreeSet::new()).1, 1);
    }

    #[test]
    fn a_swap_is_parted_with_a_jog() {
        let (trunks, tracks) = assign(&[net(&[1], 9), net(&[9], 1)], &BTreeSet::new());
        assert_eq!(trunks.len(), 3);
        assert!(tracks >= 2);
        let gather = trunks.iter().find(|trunk| matches!(trunk.part, TrunkPart::Gather(_)));
        assert!(gather.is_some());
    }

    #[test]
    fn a_straight_line_is_joined_from_each_side_on_its_own_track() {
        let (trunks, tracks) = assign(&[net(&[1, 5, 9], 5)], &BTreeSet::new());
        assert_eq!((trunks.len(), tracks), (2, 2));
    }
}
