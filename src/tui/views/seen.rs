//! What the diagram's pane shows: a scene, from a cell of it on, and what stands out in it.

use std::collections::HashSet;

use crate::diagram::{BoxId, Orientation, Scene, SlotId};
use crate::explorer::{Explorer, Pane};

/// What is drawn in the diagram's pane.
pub struct SceneView<'a> {
    pub scene: &'a Scene,
    pub orientation: Orientation,
    /// The scene's cell at the upper left.
    pub camera: (u16, u16),
    pub focus: SlotId,
    /// The box that the focus is in.
    pub focused: BoxId,
    /// The diagram has the keyboard.
    pub is_current: bool,
    /// What a search found.
    pub hits: HashSet<SlotId>,
    /// Columns of the whole screen.
    pub columns: u16,
}

impl<'a> SceneView<'a> {
    pub fn of(explorer: &'a Explorer) -> Self {
        Self {
            scene: explorer.scene(),
            orientation: explorer.orientation(),
            camera: explorer.camera(),
            focus: SlotId(explorer.focus().0),
            focused: BoxId::Entity(explorer.analysis().graph.entity_of(explorer.focus()).0),
            is_current: explorer.pane() == Pane::Diagram,
            hits: explorer.hits().iter().map(|hit| SlotId(hit.certificate.0)).collect(),
            columns: explorer.size().0,
        }
    }
}
