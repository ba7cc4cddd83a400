//! What the picture is: what the person chose of its form, and what is drawn so.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::chain::{CertificateId, EntityId};
use crate::diagram::{Density, Orientation, Scene};
use crate::explorer::jobs::renumbering::Renumbering;
use crate::sketch::Whole;
use crate::words::Labels;

/// The diagram's picture.
#[derive(Debug, Clone)]
pub(in crate::explorer) struct Picture {
    pub(super) orientation: Orientation,
    pub(super) density: Density,
    /// Entities that are not on the chosen path are left out.
    pub(super) only_chosen: bool,
    /// Boxes of many slots that the person unfolded, or folded.
    pub(super) unfolded: BTreeMap<EntityId, bool>,
    /// What a picture of a part is drawn around, and what a folded box shows besides.
    pub(super) centre: Option<CertificateId>,
    /// The scene's cell at the upper left of the diagram's pane.
    pub(super) camera: (u16, u16),
    /// The person moved the view, and has not gone anywhere since.
    pub(super) panned: bool,
    /// Where the mouse was when its button went down, or moved last while it was.
    pub(super) dragged_from: Option<(u16, u16)>,
    /// Made again at any time from what is above and the judgement.
    pub(super) drawn: DrawnPicture,
}

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct DrawnPicture {
    /// The picture as a whole, and what it is of: how often the target was judged, and whether signatures were checked then.
    pub(super) whole: Arc<Whole>,
    pub(super) whole_of: Option<(u64, bool)>,
    pub(super) labels: Labels,
    pub(super) scene: Scene,
    /// Boxes of many slots that are drawn; and whether the others of them are unfolded, because there is room.
    pub(super) crowds: Vec<EntityId>,
    pub(super) crowds_open: bool,
    /// How wide the boxes are, by the place in the table of forms.
    pub(super) form: usize,
    /// Entities that the picture leaves out.
    pub(super) undrawn: usize,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            orientation: Orientation::TopDown,
            density: Density::Compact,
            only_chosen: false,
            unfolded: BTreeMap::new(),
            centre: None,
            camera: (0, 0),
            panned: false,
            dragged_from: None,
            drawn: DrawnPicture::default(),
        }
    }
}

impl Picture {
    /// Nothing in particular is looked at.
    pub(in crate::explorer) fn forget_centre(&mut self) {
        self.centre = None;
    }

    /// By the numbers of what was read anew; what is gone is left out.
    pub(in crate::explorer) fn renumber(&mut self, numbers: &Renumbering) {
        self.centre = self.centre.and_then(|id| numbers.certificate(id));
        self.unfolded = self.unfolded.iter().filter_map(|(entity, open)| Some((numbers.entity(*entity)?, *open))).collect();
    }

    pub(in crate::explorer) fn start_drag(&mut self, place: (u16, u16)) {
        self.dragged_from = Some(place);
    }

    /// By how many columns and rows the view moves, where a drag began.
    pub(in crate::explorer) fn drag(&mut self, (to_column, to_row): (u16, u16)) -> Option<(i32, i32)> {
        let (column, row) = self.dragged_from.replace((to_column, to_row))?;
        Some((i32::from(column) - i32::from(to_column), i32::from(row) - i32::from(to_row)))
    }

    pub(in crate::explorer) fn drop_drag(&mut self) {
        self.dragged_from = None;
    }
}
