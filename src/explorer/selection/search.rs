//! Finding certificates by any text of theirs, while it is typed. Decoding every field of thousands is left to the worker.

use std::sync::Arc;

use crate::cert::{Certificate, Field, decimal, fields, hex, hex_colons};
use crate::chain::CertificateId;
use crate::diagram::SlotId;
use crate::explorer::{Effect, Explorer, View};

/// A certificate with the text, and the first field that has it; escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub certificate: CertificateId,
    pub field: String,
    pub value: String,
}

/// What is sought, and what was found so far.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// In lower case.
    wanted: String,
    /// Number of the newest request; answers to older ones are of another text.
    ticket: u64,
    pub running: bool,
    /// Those that are drawn come first.
    pub hits: Vec<Hit>,
    /// Where the focus was when typing began.
    before: Option<CertificateId>,
    /// Enter was pressed before all was looked through.
    is_awaited: bool,
}

impl Search {
    /// An empty one that no answer to this one's requests is taken for: what they name may be of another pool.
    pub(in crate::explorer) fn renewed(&self) -> Self {
        Self { ticket: self.ticket + 1, ..Self::default() }
    }
}

impl Explorer {
    pub(in crate::explorer) fn open_search(&mut self) -> Vec<Effect> {
        self.search = Search { before: Some(self.focus), ..self.search.renewed() };
        self.views.push(View::Search { text: String::new() });
        Vec::new()
    }

    /// The text has changed: what has it is sought, among what had the shorter one where all of that is known.
    pub(in crate::explorer) fn seek(&mut self) -> Vec<Effect> {
        let Some(View::Search { text }) = self.views.last() else { return Vec::new() };
        let wanted = text.trim().to_lowercase();
        if wanted == self.search.wanted {
            return Vec::new();
        }
        let goes_on = !self.search.running && !self.search.wanted.is_empty() && wanted.contains(&self.search.wanted);
        let among = goes_on.then(|| self.search.hits.iter().map(|hit| hit.certificate).collect());
        self.search.ticket += 1;
        self.search.hits.clear();
        self.search.running = !wanted.is_empty();
        self.search.wanted.clone_from(&wanted);
        if wanted.is_empty() {
            return Vec::new();
        }
        vec![Effect::Search { ticket: self.search.ticket, pool: Arc::clone(&self.opened.analysis.pool), wanted, among }]
    }

    pub(in crate::explorer) fn found(&mut self, ticket: u64, hits: Vec<Hit>, done: bool) -> Vec<Effect> {
        if ticket != self.search.ticket {
            return Vec::new();
        }
        self.search.hits.extend(hits);
        self.search.running &= !done;
        let (scene, pool) = (&self.scene, &self.opened.analysis.pool);
        // What is drawn comes first: it is what the person is looking at.
        self.search.hits.sort_by_cached_key(|hit| {
            let id = hit.certificate;
            (scene.slot_rect(SlotId(id.0)).is_none(), !pool.entry(id).given, id)
        });
        if matches!(self.views.last(), Some(View::Search { .. })) {
            let first = self.search.hits.first().map(|hit| hit.certificate);
            let drawn = first.filter(|id| self.scene.slot_rect(SlotId(id.0)).is_some());
            self.look_back(drawn);
            return Vec::new();
        }
        if done && std::mem::take(&mut self.search.is_awaited) { self.go_to_first_hit() } else { Vec::new() }
    }

    /// The focus on a hit while typing, or back where it was.
    fn look_back(&mut self, hit: Option<CertificateId>) {
        if let Some(focus) = hit.or(self.search.before) {
            self.focus = focus;
            self.keep_in_view();
        }
    }

    /// Enter: goes to what was found, once all was looked through.
    pub(in crate::explorer) fn take_search(&mut self) -> Vec<Effect> {
        self.views.pop();
        if self.search.running {
            self.search.is_awaited = true;
            self.status = format!("looking for `{}`", crate::cert::escape(&self.search.wanted));
            return Vec::new();
        }
        if self.search.wanted.is_empty() { Vec::new() } else { self.go_to_first_hit() }
    }

    /// Escape: as if nothing had been typed.
    pub(in crate::explorer) fn leave_search(&mut self) {
        self.look_back(None);
        self.search = self.search.renewed();
    }

    fn go_to_first_hit(&mut self) -> Vec<Effect> {
        if self.search.hits.is_empty() {
            self.look_back(None);
            self.status =
                format!("`{}` is in no field of any certificate; & finds what a list shows", crate::cert::escape(&self.search.wanted));
            return Vec::new();
        }
        let before = self.search.before.unwrap_or(self.focus);
        let at = self.search.hits.iter().position(|hit| hit.certificate == before).unwrap_or(0);
        self.go_to_hit(at)
    }

    pub(in crate::explorer) fn next_hit(&mut self, forward: bool) -> Vec<Effect> {
        let count = self.search.hits.len();
        if count == 0 {
            self.status = "nothing is searched for: / starts".to_owned();
            return Vec::new();
        }
        let next = match self.search.hits.iter().position(|hit| hit.certificate == self.focus) {
            Some(here) => (here + if forward { 1 } else { count - 1 }) % count,
            None => 0,
        };
        self.go_to_hit(next)
    }

    /// A certificate that is no part of the picture becomes the target.
    fn go_to_hit(&mut self, place: usize) -> Vec<Effect> {
        let Some(hit) = self.search.hits.get(place).cloned() else { return Vec::new() };
        let drawn = self.draw_also(hit.certificate);
        let effects = if drawn { Vec::new() } else { self.show(hit.certificate) };
        self.focus_on(hit.certificate);
        self.refresh_scene();
        self.keep_in_view();
        let whither = if drawn { "" } else { ", now the target" };
        self.status = format!("found {} of {}{whither}: {} {}", place + 1, self.search.hits.len(), hit.field, hit.value);
        effects
    }

    /// What stands behind the text that is typed.
    pub fn search_words(&self) -> String {
        let (count, scene) = (self.search.hits.len(), &self.scene);
        let drawn = self.search.hits.iter().filter(|hit| scene.slot_rect(SlotId(hit.certificate.0)).is_some()).count();
        match (self.search.wanted.is_empty(), self.search.running, count) {
            (true, ..) => "any text of any certificate; Esc leaves".to_owned(),
            (_, true, _) => format!("{count} so far"),
            (_, _, 0) => "in no field of any certificate".to_owned(),
            _ if drawn == count => format!("{count} found; Enter stays, n goes on, Esc goes back"),
            _ => format!("{count} found, {drawn} drawn; Enter goes there, Esc back"),
        }
    }
}

/// The first field with the text, which is in lower case. Names, numbers and fingerprints first: to decode every field is the slow part.
pub fn find(certificate: &Certificate, wanted: &str) -> Option<(String, String)> {
    let contains = |text: &str| text.to_lowercase().contains(wanted);
    let serial = certificate.bytes(certificate.serial);
    let mut named = [("Subject", certificate.subject.to_string()), ("Issuer", certificate.issuer.to_string())].into_iter();
    if let Some((name, value)) = named.find(|(_, value)| contains(value)) {
        return Some((name.to_owned(), value));
    }
    // People write the octets of numbers and fingerprints with colons, with spaces, or with nothing between.
    let digits: String = wanted.chars().filter(|letter| !matches!(letter, ':' | ' ')).collect();
    if !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit()) {
        if certificate.sha256.to_string().contains(&digits) {
            return Some(("SHA-256".to_owned(), certificate.sha256.to_string()));
        }
        if hex(serial).contains(&digits) || decimal(serial) == digits {
            return Some(("Serial number".to_owned(), hex_colons(serial)));
        }
    }
    fields(certificate).iter().find_map(|field| found_in(field, &contains))
}

fn found_in(field: &Field, contains: &impl Fn(&str) -> bool) -> Option<(String, String)> {
    // A search for the name of a field would find every certificate, and hexadecimal every second one.
    let is_text = field.name != "Raw value" && field.name != "Value";
    if let Some(inner) = field.children.iter().find_map(|child| found_in(child, contains)) {
        return Some((if inner.0 == field.name { inner.0 } else { format!("{}, {}", field.name, inner.0) }, inner.1));
    }
    (is_text && contains(&field.value)).then(|| (field.name.clone(), field.value.clone()))
}
