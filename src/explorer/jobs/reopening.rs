//! Opening more while exploring, and reading again what was opened: what stays, and what is new or gone.

use std::collections::HashSet;

use crate::cert::Fingerprint;
use crate::chain::CertificateId;
use crate::explorer::{Effect, Explorer, Opened, View};

/// What is opened besides what is open already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// Nothing: the same is read anew.
    Nothing,
    /// As on the command line: a file, a folder, a server.
    Named(String),
    /// Text that holds certificates.
    Pasted(String),
}

/// What PEM begins with; pasted text that has it is opened.
const MARKER: &str = "-----BEGIN ";
/// Bytes of pasted text that are opened: a few thousand certificates.
const MAX_PASTED: usize = 16 << 20;

impl Explorer {
    pub(in crate::explorer) fn reload(&mut self) -> Vec<Effect> {
        self.status = "reading again".to_owned();
        self.load(Addition::Nothing)
    }

    fn load(&mut self, addition: Addition) -> Vec<Effect> {
        if self.reopening.is_some() {
            self.status = "still opening".to_owned();
            return Vec::new();
        }
        self.reopening = Some(addition.clone());
        vec![Effect::Load(addition)]
    }

    pub(in crate::explorer) fn open_more(&mut self, text: String) -> Vec<Effect> {
        self.views.push(View::Open { text, candidates: Vec::new() });
        Vec::new()
    }

    /// Enter in the line where a file or server is named.
    pub(in crate::explorer) fn take_name(&mut self, text: &str) -> Vec<Effect> {
        self.views.pop();
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        self.status = format!("opening {}", crate::cert::escape(text));
        self.load(Addition::Named(text.to_owned()))
    }

    /// Text pasted where nothing is typed: certificates are opened; one line is taken as the name of a file or server, as terminals
    /// paste a file that is dropped on them.
    pub(in crate::explorer) fn pasted(&mut self, text: &str) -> Vec<Effect> {
        if text.len() > MAX_PASTED {
            self.status =
                format!("{} bytes pasted, of which none is read: {MAX_PASTED} are the limit; save them and open the file", text.len());
            return Vec::new();
        }
        if text.contains(MARKER) || text.trim().lines().count() > 1 {
            self.status = "opening what was pasted".to_owned();
            return self.load(Addition::Pasted(text.to_owned()));
        }
        let name = text.trim().trim_matches(['\'', '"']).trim_start_matches("file://");
        if name.is_empty() { Vec::new() } else { self.open_more(name.chars().filter(|letter| !letter.is_control()).collect()) }
    }

    pub(in crate::explorer) fn not_reopened(&mut self, reasons: Vec<String>) -> Vec<Effect> {
        self.reopening = None;
        self.status = "nothing was opened; what was open stays".to_owned();
        self.views.push(View::Text { title: "Not opened".to_owned(), lines: reasons, first: 0 });
        Vec::new()
    }

    /// What was read takes the place of what was open. Time, form of the picture, target and focus stay where they still exist; after
    /// an addition its first certificate is looked at.
    pub(in crate::explorer) fn reopened(&mut self, opened: Opened) -> Vec<Effect> {
        let addition = self.reopening.take().unwrap_or(Addition::Nothing);
        let known = |opened: &Opened| -> HashSet<Fingerprint> {
            let pool = &opened.analysis.pool;
            pool.ids().filter(|id| pool.entry(*id).given).map(|id| pool.certificate(id).sha256).collect()
        };
        let (before, after) = (known(&self.opened), known(&opened));
        let of = |id: CertificateId| self.opened.analysis.pool.certificate(id).sha256;
        let (target, focus, at) = (of(self.target.target), of(self.focus), self.opened.analysis.policy.at);
        let mut opened = opened;
        if at != self.at_start {
            opened.analysis.policy.at = at;
        }
        let found = |wanted: &dyn Fn(&Fingerprint) -> bool| {
            let pool = &opened.analysis.pool;
            pool.ids().find(|id| wanted(&pool.certificate(*id).sha256))
        };
        let is_new = |id: &CertificateId| !before.contains(&opened.analysis.pool.certificate(*id).sha256);
        let first_new = opened.analysis.targets.iter().copied().find(is_new).filter(|_| addition != Addition::Nothing);
        let (target, focus) = (first_new.or_else(|| found(&|known| *known == target)), found(&|known| *known == focus));
        let (new, gone) = (after.difference(&before).count(), before.difference(&after).count());

        let (mut next, mut effects) = Self::new(opened, self.settings.clone(), self.size);
        next.request = next.request.max(self.request + 1);
        next.search = self.search.renewed();
        // Signatures that are still being checked are of links that are gone, and whose numbers others bear now.
        next.fetching.graph_since = self.request + 1;
        if let Some(target) = target.filter(|target| *target != next.target.target) {
            effects = next.show(target);
        } else if next.checking {
            effects = next.check_signatures();
        }
        (next.density, next.pane, next.lower) = (self.density, self.pane, self.lower);
        (next.tab, next.lists) = (self.tab, self.lists.clone());
        if self.orientation != next.orientation && first_new.is_none() {
            (next.orientation, next.zoomed) = (self.orientation, self.zoomed);
        }
        next.refresh_scene();
        if let Some(focus) = focus.filter(|_| first_new.is_none()) {
            next.focus_on(focus);
        }
        next.status = match (new, gone) {
            (0, 0) => "read again: nothing is new, nothing is gone".to_owned(),
            _ => format!("read: {new} new, {gone} gone"),
        };
        *self = next;
        effects
    }

    /// What the name that is typed could go on as.
    pub(in crate::explorer) fn completed(&mut self, typed: &str, longest: String, found: Vec<String>) -> Vec<Effect> {
        if let Some(View::Open { text, candidates }) = self.views.last_mut()
            && text == typed
        {
            *text = longest;
            *candidates = found;
        }
        Vec::new()
    }
}
