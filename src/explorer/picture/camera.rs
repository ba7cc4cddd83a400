//! Which part of the picture is seen where its pane is too small for all of it.

use crate::diagram::SlotId;
use crate::explorer::state::Explorer;

/// Cells kept between the focused slot and the pane's edge.
const MARGIN: u16 = 2;

impl Explorer {
    /// The scene's cell at the upper left of the diagram's pane.
    pub fn camera(&self) -> (u16, u16) {
        self.picture.camera
    }

    /// Moves the camera just so far that the focused slot is seen, with a margin.
    pub(in crate::explorer) fn keep_in_view(&mut self) {
        self.picture.panned = false;
        if self.is_left_out(self.focus()) {
            self.refresh_scene();
        }
        let room = self.room();
        let Some(slot) = self.picture.drawn.scene.slot_rect(SlotId(self.focus().0)) else { return };
        let axis = |camera: u16, start: u16, end: u16, room: u16, whole: u16| -> u16 {
            if whole <= room {
                return 0;
            }
            let (low, high) = (start.saturating_sub(MARGIN), end.saturating_add(MARGIN).min(whole));
            camera.max(high.saturating_sub(room)).min(low).min(whole - room)
        };
        self.picture.camera = (
            axis(self.picture.camera.0, slot.x, slot.right(), room.width, self.picture.drawn.scene.width),
            axis(self.picture.camera.1, slot.y, slot.bottom(), room.height, self.picture.drawn.scene.height),
        );
    }

    /// After what is shown was judged or read anew: where the person moved the view to, it stays, as far as there is picture.
    pub(in crate::explorer) fn stay_in_view(&mut self) {
        if self.picture.panned { self.pan(0, 0) } else { self.keep_in_view() }
    }

    /// Moves the camera by columns and rows, as far as there is picture.
    pub(in crate::explorer) fn pan(&mut self, columns: i32, rows: i32) {
        let (room, scene, camera) = (self.room(), self.scene(), self.picture.camera);
        let shift = |camera: u16, by: i32, whole: u16, room: u16| -> u16 {
            let most = i32::from(whole.saturating_sub(room));
            u16::try_from((i32::from(camera) + by).clamp(0, most)).unwrap_or(0)
        };
        self.picture.camera = (shift(camera.0, columns, scene.width, room.width), shift(camera.1, rows, scene.height, room.height));
        self.picture.panned = true;
    }
}
