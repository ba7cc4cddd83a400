//! Finding certificates by any text of theirs.

use super::{Effect, Explorer, View};
use crate::cert::{Certificate, fields, hex, hex_colons};
use crate::diagram::SlotId;

impl Explorer {
    /// Finds every certificate with `text` in a field and goes to the first.
    pub(super) fn search(&mut self, text: &str) -> Vec<Effect> {
        let wanted = text.trim().to_lowercase();
        if wanted.is_empty() {
            self.hits.clear();
            return Vec::new();
        }
        let pool = &self.opened.analysis.pool;
        self.hits = pool.ids().filter(|id| has(pool.certificate(*id), &wanted)).collect();
        // What is drawn comes first: it is what the person is looking at.
        self.hits.sort_by_key(|id| (self.scene.slot_rect(SlotId(id.0)).is_none(), !pool.entry(*id).given, *id));
        if self.hits.is_empty() {
            self.status = format!("`{}` is in no certificate", crate::cert::escape(text));
            return Vec::new();
        }
        let at = self.hits.iter().position(|id| *id == self.focus).unwrap_or(0);
        self.go_to_hit(at)
    }

    pub(super) fn next_hit(&mut self, forward: bool) -> Vec<Effect> {
        let count = self.hits.len();
        if count == 0 {
            self.status = "nothing is searched for: / starts".to_owned();
            return Vec::new();
        }
        let next = match self.hits.iter().position(|id| *id == self.focus) {
            Some(here) => (here + if forward { 1 } else { count - 1 }) % count,
            None => 0,
        };
        self.go_to_hit(next)
    }

    /// A certificate that is no part of the picture becomes the target.
    fn go_to_hit(&mut self, place: usize) -> Vec<Effect> {
        let Some(&hit) = self.hits.get(place) else { return Vec::new() };
        let drawn = self.draw_also(hit);
        let effects = if drawn { Vec::new() } else { self.show(hit) };
        self.focus_on(hit);
        self.refresh_scene();
        self.keep_in_view();
        self.status = format!("found {} of {}{}", place + 1, self.hits.len(), if drawn { "" } else { ", now the target" });
        effects
    }

    pub(super) fn open_search(&mut self) -> Vec<Effect> {
        self.views.push(View::Search { text: String::new() });
        Vec::new()
    }
}

/// Names, numbers and fingerprints first: decoding every field is the slow part.
fn has(certificate: &Certificate, wanted: &str) -> bool {
    let contains = |text: &str| text.to_lowercase().contains(wanted);
    let serial = certificate.bytes(certificate.serial);
    contains(&certificate.subject.to_string())
        || contains(&certificate.issuer.to_string())
        || certificate.sha256.to_string().starts_with(wanted)
        || hex(serial).contains(wanted)
        || contains(&hex_colons(serial))
        || fields(certificate).iter().any(|field| field_has(field, &contains))
}

fn field_has(field: &crate::cert::Field, contains: &impl Fn(&str) -> bool) -> bool {
    // A search for the name of a field would find every certificate, and hexadecimal every second one.
    (field.name != "Raw value" && field.name != "Value" && contains(&field.value))
        || field.children.iter().any(|child| field_has(child, contains))
}
