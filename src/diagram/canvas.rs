//! Where cells are kept: a grid of tiles that exist once something is drawn on them, for a wide picture is mostly empty.

/// Columns and rows that a canvas may have; it is addressed by `u16`, and no terminal scrolls that far.
pub(super) const MOST_CELLS: i32 = 60_000;

const SIDE: i32 = 64;

#[derive(Debug, Clone, Default)]
pub(super) struct Tiles<T> {
    across: i32,
    down: i32,
    tiles: Vec<Option<Vec<T>>>,
}

impl<T: Copy + Default> Tiles<T> {
    /// Width and height beyond `MOST_CELLS` are cut.
    pub(super) fn new(width: i32, height: i32) -> Tiles<T> {
        let count = |cells: i32| cells.clamp(0, MOST_CELLS).div_euclid(SIDE) + 1;
        let (across, down) = (count(width), count(height));
        let total = usize::try_from(across * down).unwrap_or(0);
        Tiles { across, down, tiles: vec![None; total] }
    }

    fn place(&self, x: i32, y: i32) -> Option<(usize, usize)> {
        let (column, row) = (x.div_euclid(SIDE), y.div_euclid(SIDE));
        if column < 0 || row < 0 || column >= self.across || row >= self.down {
            return None;
        }
        let tile = usize::try_from(row * self.across + column).ok()?;
        let inside = usize::try_from(y.rem_euclid(SIDE) * SIDE + x.rem_euclid(SIDE)).ok()?;
        Some((tile, inside))
    }

    /// What was put there; the default outside the canvas.
    pub(super) fn at(&self, x: i32, y: i32) -> T {
        let found = self.place(x, y).and_then(|(tile, inside)| self.tiles.get(tile)?.as_ref()?.get(inside).copied());
        found.unwrap_or_default()
    }

    /// Changes a cell; nothing happens outside the canvas.
    pub(super) fn change(&mut self, x: i32, y: i32, change: impl FnOnce(&mut T)) {
        let Some((tile, inside)) = self.place(x, y) else { return };
        let Some(slot) = self.tiles.get_mut(tile) else { return };
        let cells = slot.get_or_insert_with(|| vec![T::default(); (SIDE * SIDE) as usize]);
        if let Some(cell) = cells.get_mut(inside) {
            change(cell);
        }
    }

    pub(super) fn put(&mut self, x: i32, y: i32, value: T) {
        self.change(x, y, |cell| *cell = value);
    }

    /// A row or column of cells from one place on; what lies outside the canvas is passed over.
    pub(super) fn change_run(&mut self, from: (i32, i32), upright: bool, count: i32, mut change: impl FnMut(&mut T)) {
        let (x, y) = from;
        let along = if upright { y } else { x };
        let mut done = 0;
        while done < count {
            let left = (SIDE - (along + done).rem_euclid(SIDE)).min(count - done);
            let (at_x, at_y) = if upright { (x, y + done) } else { (x + done, y) };
            done += left;
            let Some((tile, inside)) = self.place(at_x, at_y) else { continue };
            let Some(slot) = self.tiles.get_mut(tile) else { continue };
            let cells = slot.get_or_insert_with(|| vec![T::default(); (SIDE * SIDE) as usize]);
            let step = if upright { SIDE as usize } else { 1 };
            cells.iter_mut().skip(inside).step_by(step).take(usize::try_from(left).unwrap_or(0)).for_each(&mut change);
        }
    }

    /// The same tiles with other cells in them.
    pub(super) fn map<U>(&self, mut map: impl FnMut(i32, i32, T) -> U) -> Tiles<U> {
        let mut tile = -1;
        let mut convert = |cells: &Option<Vec<T>>| {
            tile += 1;
            let (left, top) = (tile % self.across * SIDE, tile / self.across * SIDE);
            let cells = cells.as_ref()?;
            Some((0..).zip(cells).map(|(inside, cell)| map(left + inside % SIDE, top + inside / SIDE, *cell)).collect())
        };
        Tiles { across: self.across, down: self.down, tiles: self.tiles.iter().map(&mut convert).collect() }
    }
}
