//! The whole picture at one cell a box: which boxes are in view, and which are on the chosen path.

use super::scene::{Rect, Scene};
use super::sketch::{BoxId, Orientation};
use std::collections::{BTreeMap, BTreeSet};

/// A box, at a column and row of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapCell {
    /// Which box.
    pub id: BoxId,
    /// Boxes are two columns apart.
    pub column: u16,
    /// From the top.
    pub row: u16,
    /// Some of it is within the window.
    pub in_view: bool,
    /// It lies on the chosen path.
    pub chosen: bool,
}

/// The boxes of a scene, layer by layer in their order; `window` is what is seen of it.
pub fn minimap(scene: &Scene, orientation: Orientation, window: Rect) -> Vec<MapCell> {
    let chosen: BTreeSet<BoxId> = scene
        .edges
        .iter()
        .filter(|edge| edge.chosen)
        .flat_map(|edge| {
            let start = edge.route.first().copied();
            let from = start.and_then(|(x, y)| scene.boxes.iter().find(|(_, rect)| rect.contains(x, y)).map(|(id, _)| *id));
            [from, Some(edge.to)]
        })
        .flatten()
        .collect();
    let layer_of: BTreeMap<BoxId, u16> = scene.layers.iter().copied().collect();
    let last = layer_of.values().max().copied().unwrap_or(0);
    let mut layers: BTreeMap<u16, Vec<(u16, BoxId, Rect)>> = BTreeMap::new();
    for (id, rect) in &scene.boxes {
        let across = if orientation == Orientation::TopDown { rect.x } else { rect.y };
        layers.entry(layer_of.get(id).copied().unwrap_or(0)).or_default().push((across, *id, *rect));
    }
    let mut cells = Vec::with_capacity(scene.boxes.len());
    for (layer, boxes) in &mut layers {
        boxes.sort_unstable_by_key(|(across, id, _)| (*across, *id));
        for (place, (_, id, rect)) in (0_u16..).zip(boxes.iter()) {
            let (column, row) = match orientation {
                Orientation::TopDown => (place.saturating_mul(2), last - layer),
                Orientation::LeftRight => (layer.saturating_mul(2), place),
            };
            let in_view = rect.x < window.right() && window.x < rect.right() && rect.y < window.bottom() && window.y < rect.bottom();
            cells.push(MapCell { id: *id, column, row, in_view, chosen: chosen.contains(id) });
        }
    }
    cells
}
