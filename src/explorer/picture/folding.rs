//! What the picture leaves out: folded siblings, what is not on the chosen path, what is too far from what is looked at.

use std::collections::HashSet;

use crate::chain::{CertificateId, EntityId};
use crate::diagram::{BoxId, SlotId};
use crate::explorer::state::Explorer;
use crate::sketch::Visible;
use crate::words::{Notice, notice_words};

impl Explorer {
    /// Whether what is not on the chosen path is left out.
    pub(in crate::explorer) fn only_chosen(&self) -> bool {
        self.picture.only_chosen
    }

    fn is_unfolded(&self, entity: EntityId) -> bool {
        self.picture.unfolded.get(&entity).copied().unwrap_or(self.picture.drawn.crowds_open)
    }

    /// Unfolds the crowd that the focus is in, or folds it; every crowd, where the focus is in none.
    pub(in crate::explorer) fn fold(&mut self) {
        let own = self.analysis().graph.entity_of(self.focus());
        let meant = if self.picture.drawn.crowds.contains(&own) { vec![own] } else { self.picture.drawn.crowds.clone() };
        if meant.is_empty() {
            self.notice = "nothing to unfold".to_owned();
            return;
        }
        for entity in meant {
            self.picture.unfolded.insert(entity, !self.is_unfolded(entity));
        }
        self.refresh_scene();
        self.keep_in_view();
    }

    pub(in crate::explorer) fn fold_others(&mut self) {
        self.picture.only_chosen = !self.picture.only_chosen;
        if let Some(path) = self.chosen_path().filter(|path| self.picture.only_chosen && !path.certificates.contains(&self.focus())) {
            let first = path.certificates.first().copied();
            self.selection.drift_to(first.unwrap_or(self.focus()));
        }
        self.refresh_scene();
        self.keep_in_view();
        let all = self.picture.drawn.whole.entities().len();
        self.notice = if self.picture.only_chosen {
            notice_words(Notice::OnlyChosen { left_out: self.picture.drawn.undrawn, all })
        } else {
            notice_words(Notice::AllPaths)
        };
    }

    /// Draws a certificate that belongs to the picture and is left out of it, or is folded away; false for any other.
    pub(in crate::explorer) fn draw_also(&mut self, certificate: CertificateId) -> bool {
        let scene = self.scene();
        if scene.slot_rect(SlotId(certificate.0)).is_some() || self.is_left_out(certificate) {
            return true;
        }
        let entity = self.analysis().graph.entity_of(certificate);
        let is_folded = scene.rests.iter().any(|(id, ..)| *id == BoxId::Entity(entity.0))
            && Visible::new(&self.judgement).certificates(entity).any(|other| other == certificate);
        if is_folded {
            self.picture.centre = Some(certificate);
        }
        is_folded
    }

    /// The certificate is not drawn, but would be if it were looked at.
    pub(super) fn is_left_out(&self, certificate: CertificateId) -> bool {
        self.first_left_out(std::iter::once(certificate)).is_some()
    }

    /// The first of these that is not drawn, but would be if it were looked at.
    pub(in crate::explorer) fn first_left_out(&self, certificates: impl Iterator<Item = CertificateId>) -> Option<CertificateId> {
        if self.picture.drawn.undrawn == 0 || self.picture.only_chosen {
            return None;
        }
        let graph = &self.analysis().graph;
        let drawn: HashSet<BoxId> = self.scene().boxes.iter().map(|(id, _)| *id).collect();
        let mut candidates = certificates.filter(|id| !drawn.contains(&BoxId::Entity(graph.entity_of(*id).0))).peekable();
        candidates.peek()?;
        let whole: HashSet<EntityId> = self.picture.drawn.whole.entities().iter().copied().collect();
        let visible = Visible::new(&self.judgement);
        candidates.find(|id| {
            let entity = graph.entity_of(*id);
            whole.contains(&entity) && visible.certificates(entity).any(|other| other == *id)
        })
    }
}
