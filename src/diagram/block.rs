//! Where a run of nodes that stand against each other wants to be: the weighted median of what they wish.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where the run would like to start, and how much.
pub(super) type Wish = (i32, u32);

/// Wishes parted at their median, so that joining two runs costs what the smaller one holds.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Up to the median, and after it.
    low: BinaryHeap<Wish>,
    high: BinaryHeap<Reverse<Wish>>,
    low_weight: u64,
    total: u64,
    pub nodes: usize,
}

impl Block {
    /// A run of one node.
    pub(super) fn new(wishes: impl IntoIterator<Item = Wish>) -> Block {
        let mut block = Block { nodes: 1, ..Block::default() };
        wishes.into_iter().for_each(|wish| block.add(wish));
        block
    }

    /// The least place with half of all weight at or before it.
    pub(super) fn place(&self) -> i32 {
        self.low.peek().map_or(0, |(at, _)| *at)
    }

    pub(super) fn join(self, other: Block) -> Block {
        let size = |block: &Block| block.low.len() + block.high.len();
        let (mut large, small) = if size(&self) >= size(&other) { (self, other) } else { (other, self) };
        large.nodes += small.nodes;
        let wishes = small.low.into_iter().chain(small.high.into_iter().map(|Reverse(wish)| wish));
        wishes.for_each(|wish| large.add(wish));
        large
    }

    fn add(&mut self, wish: Wish) {
        self.total += u64::from(wish.1);
        if self.low.peek().is_some_and(|median| wish > *median) {
            self.high.push(Reverse(wish));
        } else {
            self.low_weight += u64::from(wish.1);
            self.low.push(wish);
        }
        while self.low_weight * 2 < self.total
            && let Some(Reverse(next)) = self.high.pop()
        {
            self.low_weight += u64::from(next.1);
            self.low.push(next);
        }
        while let Some(top) = self.low.peek().copied()
            && (self.low_weight - u64::from(top.1)) * 2 >= self.total
        {
            self.low.pop();
            self.low_weight -= u64::from(top.1);
            self.high.push(Reverse(top));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_wish_is_met() {
        assert_eq!(Block::new([(4, 1), (9, 8), (30, 2)]).place(), 9);
        assert_eq!(Block::new([(4, 1), (9, 1)]).place(), 4);
        assert_eq!(Block::new([]).place(), 0);
    }

    #[test]
    fn joined_runs_meet_the_heavier() {
        let joined = Block::new([(10, 3)]).join(Block::new([(2, 1), (3, 1)]));
        assert_eq!((joined.place(), joined.nodes), (10, 2));
    }
}
