//! The picture drawn anew: in which form it says most, and what is looked at where that is no longer drawn.

use std::collections::HashSet;
use std::sync::Arc;

use crate::chain::{CertificateId, EntityId};
use crate::diagram::{Options, Scene, Sketch, SlotId, lay_out};
use crate::explorer::panes::screen::Area;
use crate::explorer::state::Explorer;
use crate::sketch::{FOLD_ABOVE, Gaze, Look, Neighbourhood, Whole, part_of, sketch};
use crate::words::Labels;

/// Cells of text per slot, and whether origins are told, each form wider than the one before. To tell origins is worth the width of a
/// box, not the names in it.
const FORMS: &[(u16, bool)] = &[(16, false), (19, false), (22, false), (26, false), (30, false), (34, false), (30, true), (34, true)];
/// Slots of a picture whose crowds may be unfolded of themselves: more are a wall.
const MOST_UNFOLDED: usize = 60;
/// The last so many tell origins.
const TELLING: usize = 2;

impl Explorer {
    /// Draws the diagram anew: crowds unfolded where all of it fits so, and with the widest slots that fit its pane; with the narrowest
    /// where none do.
    pub(in crate::explorer) fn refresh_scene(&mut self) {
        self.refresh_whole();
        let whole = Arc::clone(&self.picture.drawn.whole);
        let count = whole.entities().len();
        let gaze =
            Gaze { chosen: self.chosen_path(), only_chosen: self.picture.only_chosen, centre: self.picture.centre, focus: self.focus() };
        let (part, centre) = part_of(&self.judgement, &whole, gaze);
        self.picture.centre = centre;
        self.picture.drawn.undrawn = count - part.drawn.len();
        let room = self.own_room();
        let folded = self.sketched(&part, false);
        let crowds = folded.boxes.iter().filter(|drawn| drawn.slots.len() > FOLD_ABOVE).filter_map(|drawn| drawn.id.entity());
        self.picture.drawn.crowds = crowds.map(EntityId).collect();
        self.picture.drawn.crowds_open = false;
        let slots: usize = folded.boxes.iter().map(|drawn| drawn.slots.len()).sum();
        if !self.picture.drawn.crowds.is_empty() && slots <= MOST_UNFOLDED {
            let form = self.picture.drawn.form;
            let scene = self.widest(&self.sketched(&part, true), room);
            if scene.width <= room.width && scene.height <= room.height {
                self.picture.drawn.crowds_open = true;
                self.picture.drawn.scene = scene;
                return self.focus_on_what_is_drawn();
            }
            self.picture.drawn.form = form;
        }
        self.picture.drawn.scene = self.widest(&folded, room);
        self.focus_on_what_is_drawn();
    }

    fn sketched(&self, part: &Neighbourhood, crowds_open: bool) -> Sketch {
        let look = Look {
            judgement: &self.judgement,
            labels: &self.picture.drawn.labels,
            chosen: self.chosen_path(),
            unfolded: &self.picture.unfolded,
            crowds_open,
        };
        sketch(&look, part)
    }

    /// No key changes which entities there are, and what they are called.
    fn refresh_whole(&mut self) {
        let of = (self.times_judged(), self.is_checking());
        if self.picture.drawn.whole_of != Some(of) {
            let whole = Whole::new(&self.judgement, self.is_checking());
            self.picture.drawn.labels = Labels::new(&self.analysis().graph, whole.entities());
            (self.picture.drawn.whole, self.picture.drawn.whole_of) = (Arc::new(whole), Some(of));
        }
    }

    /// The form that says most, among those that are no wider than the room; else the narrowest. The one of the picture before is looked
    /// at first: mostly it is that again.
    fn widest(&mut self, sketch: &Sketch, room: Area) -> Scene {
        let mut slots = sketch.boxes.iter().flat_map(|sketch_box| &sketch_box.slots);
        let may_tell = slots.any(|slot| !slot.badge.is_empty() || !slot.stores.is_empty());
        let last = FORMS.len() - 1 - if may_tell { 0 } else { TELLING };
        let lay_out = |form: usize| {
            let (max_slot_width, tell_origins) = FORMS.get(form).copied().unwrap_or_default();
            let options = Options { charset: self.opened.charset, density: self.picture.density, max_slot_width, tell_origins };
            lay_out(sketch, self.picture.orientation, &options)
        };
        let fits = |scene: &Scene| scene.width <= room.width;
        let mut form = self.picture.drawn.form.min(last);
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
        self.picture.drawn.form = form;
        scene
    }

    /// A focus that has no slot any more goes to a sibling that has one, else to the target.
    fn focus_on_what_is_drawn(&mut self) {
        let (scene, focus) = (&self.picture.drawn.scene, self.focus());
        if scene.slots.is_empty() || scene.slot_rect(SlotId(focus.0)).is_some() {
            return;
        }
        let graph = &self.analysis().graph;
        let entity = graph.entity_of(focus);
        let mut drawn = scene.slots.iter().map(|(id, _)| CertificateId(id.0));
        let sibling = drawn.find(|id| graph.entity_of(*id) == entity);
        self.selection.drift_to(sibling.unwrap_or(self.judgement.target));
    }

    /// The certificates that have a slot in the picture.
    pub(in crate::explorer) fn drawn_certificates(&self) -> HashSet<CertificateId> {
        self.picture.drawn.scene.slots.iter().map(|(id, _)| CertificateId(id.0)).collect()
    }

    /// What is drawn.
    pub fn scene(&self) -> &Scene {
        &self.picture.drawn.scene
    }

    /// What entities are called in the picture, and everywhere else.
    pub fn labels(&self) -> &Labels {
        &self.picture.drawn.labels
    }

    /// Entities of the whole that the picture leaves out.
    pub(in crate::explorer) fn undrawn(&self) -> usize {
        self.picture.drawn.undrawn
    }
}
