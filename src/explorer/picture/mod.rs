//! The diagram's picture: in which form it is drawn, which part of it is seen, what is folded.

mod sketch;

use crate::chain::{CertificateId, EntityId};
use crate::diagram::{Density, Options, Orientation, Scene, Sketch, SlotId, lay_out};
use crate::explorer::{Area, Effect, Explorer, screen};
use crate::words::Labels;
use sketch::{FOLD_ABOVE, sketch};

/// Cells of text per slot, and whether origins are told, each form wider than the one before. To tell origins is worth the width of a
/// box, not the names in it.
const FORMS: &[(u16, bool)] = &[(16, false), (19, false), (22, false), (26, false), (30, false), (34, false), (30, true), (34, true)];
/// Slots of a picture whose crowds may be unfolded of themselves: more are a wall.
const MOST_UNFOLDED: usize = 60;
/// The last so many tell origins.
const TELLING: usize = 2;
/// Cells kept between the focused slot and the pane's edge.
const MARGIN: u16 = 2;

impl Explorer {
    /// Draws the diagram anew: crowds unfolded where all of it fits so, and with the widest slots that fit its pane; with the narrowest
    /// where none do.
    pub(in crate::explorer) fn refresh_scene(&mut self) {
        let whole = self.entities_in_view();
        self.labels = Labels::new(&self.opened.analysis.graph, &whole);
        let count = whole.len();
        let part = self.part_of(whole);
        self.undrawn = count - part.drawn.len();
        let room = screen::split(self.size, self).diagram;
        self.crowds_open = false;
        let folded = sketch(self, &part);
        self.crowds = folded.boxes.iter().filter(|drawn| drawn.slots.len() > FOLD_ABOVE).map(|drawn| EntityId(drawn.id.0)).collect();
        let slots: usize = folded.boxes.iter().map(|drawn| drawn.slots.len()).sum();
        if !self.crowds.is_empty() && slots <= MOST_UNFOLDED {
            self.crowds_open = true;
            let (open, form) = (sketch(self, &part), self.form);
            let scene = self.widest(&open, room);
            if scene.width <= room.width && scene.height <= room.height {
                self.scene = scene;
                return self.focus_on_what_is_drawn();
            }
            (self.crowds_open, self.form) = (false, form);
        }
        self.scene = self.widest(&folded, room);
        self.focus_on_what_is_drawn();
    }

    /// The form that says most, among those that are no wider than the room; else the narrowest. The one of the picture before is looked
    /// at first: mostly it is that again.
    fn widest(&mut self, sketch: &Sketch, room: Area) -> Scene {
        let mut slots = sketch.boxes.iter().flat_map(|sketch_box| &sketch_box.slots);
        let may_tell = slots.any(|slot| !slot.badge.is_empty() || !slot.stores.is_empty());
        let last = FORMS.len() - 1 - if may_tell { 0 } else { TELLING };
        let lay_out = |form: usize| {
            let (max_slot_width, tell_origins) = FORMS.get(form).copied().unwrap_or_default();
            let options = Options { charset: self.opened.charset, density: self.density, max_slot_width, tell_origins };
            lay_out(sketch, self.orientation, &options)
        };
        let fits = |scene: &Scene| scene.width <= room.width;
        let mut form = self.form.min(last);
        let mut scene = lay_out(form);
        if form > 0 && !fits(&scene) {
            (scene, form) = (lay_out(0), 0);
        }
        while form < last && fits(&scene) {
            let wider = lay_out(form + 1);
            if !fits(&wider) {
                break;
            }
            (scene, form) = (wider, form + 1);
        }
        self.form = form;
        scene
    }

    /// A focus that has no slot any more goes to a sibling that has one, else to the target.
    pub(in crate::explorer) fn focus_on_what_is_drawn(&mut self) {
        if self.scene.slots.is_empty() || self.scene.slot_rect(SlotId(self.focus.0)).is_some() {
            return;
        }
        let graph = &self.opened.analysis.graph;
        let entity = graph.entity_of(self.focus);
        let drawn = self.scene.slots.iter().map(|(id, _)| CertificateId(id.0));
        self.focus = drawn.into_iter().find(|id| graph.entity_of(*id) == entity).unwrap_or(self.target.target);
    }

    /// Roots on top where the picture fits whole: with all that it can say where there is much room, with the screen to itself where
    /// there is little; else left to right. Done at first: a later resize never turns the picture, and nothing does once the person
    /// has moved.
    pub(in crate::explorer) fn settle(&mut self) {
        let fits = |explorer: &Self| {
            let room = screen::split(explorer.size, explorer).diagram;
            explorer.scene.width <= room.width && explorer.scene.height <= room.height
        };
        // On a wide screen nothing is worth the details beside the picture, and there is room to say more of every certificate.
        let forms = if self.size.0 >= screen::WIDE {
            [
                (Density::Roomy, Orientation::TopDown, false),
                (Density::Compact, Orientation::TopDown, false),
                (Density::Compact, Orientation::LeftRight, false),
            ]
        } else {
            [
                (Density::Compact, Orientation::TopDown, false),
                (Density::Compact, Orientation::TopDown, true),
                (Density::Compact, Orientation::LeftRight, false),
            ]
        };
        // First such as have room for everyone in a crowd.
        for everyone in [true, false] {
            for (density, orientation, zoomed) in forms {
                // What is too large for the whole screen need not be tried on it.
                if zoomed && (self.scene.width > self.size.0 || self.scene.height > self.size.1) {
                    continue;
                }
                (self.density, self.orientation, self.zoomed) = (density, orientation, zoomed);
                self.refresh_scene();
                if fits(self) && (self.crowds.is_empty() || self.crowds_open || !everyone) {
                    return self.keep_in_view();
                }
            }
            if self.crowds.is_empty() {
                break;
            }
        }
        self.keep_in_view();
    }

    /// Moves the camera just so far that the focused slot is seen, with a margin.
    pub(in crate::explorer) fn keep_in_view(&mut self) {
        if self.is_left_out(self.focus) {
            self.refresh_scene();
        }
        let room = screen::split(self.size, self).diagram;
        let Some(slot) = self.scene.slot_rect(SlotId(self.focus.0)) else { return };
        let axis = |camera: u16, start: u16, end: u16, room: u16, whole: u16| -> u16 {
            if whole <= room {
                return 0;
            }
            let (low, high) = (start.saturating_sub(MARGIN), end.saturating_add(MARGIN).min(whole));
            camera.max(high.saturating_sub(room)).min(low).min(whole - room)
        };
        self.camera = (
            axis(self.camera.0, slot.x, slot.right(), room.width, self.scene.width),
            axis(self.camera.1, slot.y, slot.bottom(), room.height, self.scene.height),
        );
    }

    pub(in crate::explorer) fn zoom(&mut self) -> Vec<Effect> {
        self.zoomed = !self.zoomed;
        self.refresh_scene();
        self.keep_in_view();
        Vec::new()
    }

    pub(in crate::explorer) fn turn(&mut self) -> Vec<Effect> {
        use crate::diagram::Orientation::{LeftRight, TopDown};
        self.orientation = if self.orientation == TopDown { LeftRight } else { TopDown };
        self.camera = (0, 0);
        self.refresh_scene();
        self.keep_in_view();
        self.status = if self.orientation == TopDown { "roots on top" } else { "roots at the right" }.to_owned();
        Vec::new()
    }

    pub(in crate::explorer) fn draw_with(&mut self, density: Density) -> Vec<Effect> {
        self.density = density;
        self.refresh_scene();
        self.keep_in_view();
        self.status = match density {
            Density::Tight => "small: - and + change it",
            Density::Compact => "with dates",
            Density::Roomy => "with dates, origins and serial numbers",
        }
        .to_owned();
        Vec::new()
    }

    pub(in crate::explorer) fn is_unfolded(&self, entity: EntityId) -> bool {
        self.unfolded.get(&entity).copied().unwrap_or(self.crowds_open)
    }

    /// Unfolds the crowd that the focus is in, or folds it; every crowd, where the focus is in none.
    pub(in crate::explorer) fn fold(&mut self) -> Vec<Effect> {
        let own = self.analysis().graph.entity_of(self.focus);
        let meant = if self.crowds.contains(&own) { vec![own] } else { self.crowds.clone() };
        if meant.is_empty() {
            self.status = "no box here has more certificates than are drawn".to_owned();
            return Vec::new();
        }
        for entity in meant {
            self.unfolded.insert(entity, !self.is_unfolded(entity));
        }
        self.refresh_scene();
        self.keep_in_view();
        Vec::new()
    }

    pub(in crate::explorer) fn fold_others(&mut self) -> Vec<Effect> {
        self.only_chosen = !self.only_chosen;
        if let Some(path) = self.chosen_path().filter(|path| self.only_chosen && !path.certificates.contains(&self.focus)) {
            self.focus = path.certificates.first().copied().unwrap_or(self.focus);
        }
        self.refresh_scene();
        self.keep_in_view();
        let all = self.entities_in_view().len();
        self.status = if self.only_chosen {
            format!("only the chosen path; {} of {all} names and keys are left out: C draws them again", self.undrawn)
        } else {
            "all paths".to_owned()
        };
        Vec::new()
    }

    pub(in crate::explorer) fn panned(&mut self, columns: i32, rows: i32) -> Vec<Effect> {
        self.pan(columns, rows);
        Vec::new()
    }
}
