//! All that the interactive program knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::panes::asn1::Tree;
use super::panes::time::Foretold;
use super::selection::search::Search;
use super::{Addition, Effect, Fetching, Keymap, Lists, Online, Row, Source, Tab};
use crate::analysis::{Analysis, Budget, Judgement};
use crate::cert::Time;
use crate::chain::{CertificateId, EntityId, Path};
use crate::check::{PathVerdict, Place, RuleId};
use crate::diagram::{Charset, Density, Orientation, Scene, SlotId};
use crate::source::Handshake;
use crate::words::Labels;

/// What loading brought: the input of the explorer.
#[derive(Debug, Clone)]
pub struct Opened {
    pub title: String,
    pub analysis: Analysis,
    /// The present, as of the start: what tells whether the judged time is simulated.
    pub now: Time,
    /// Where the reader's clock is.
    pub zone: TimeZone,
    /// How the connections to servers went.
    pub connections: Vec<Handshake>,
    /// What could not be loaded, a line each.
    pub problems: Vec<String>,
    /// What of that has bytes to look at.
    pub unread: Vec<Unread>,
    /// The day on which a root program's list was collected, by the store's name.
    pub collected: BTreeMap<String, &'static str>,
    /// What a sample is about.
    pub about: Option<About>,
    pub charset: Charset,
    pub online: Online,
}

/// What was meant to be a certificate, a CRL or an OCSP response and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it was and why it could not be read, escaped.
    pub place: String,
    pub der: Arc<[u8]>,
}

/// A sample's title, and what to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub title: String,
    pub lesson: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    Diagram,
    /// The focused certificate, by one of its tabs.
    Inspector,
    Checks,
}

/// What lies on top of the panes, the last one receiving keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    Time,
    Help {
        first: usize,
    },
    /// The actions that match what is typed, and which of them the cursor is on.
    Palette {
        typed: String,
        cursor: usize,
    },
    CopyMenu {
        cursor: usize,
    },
    Search {
        text: String,
    },
    /// The list of the pane is being narrowed by its `filter`; the row that the cursor was on before.
    Filter {
        before: String,
    },
    /// The name of a file or server to open, and what it could go on as.
    Open {
        text: String,
        candidates: Vec<String>,
    },
    Date {
        text: String,
        error: Option<String>,
    },
    /// Text to be read, or selected by hand.
    Text {
        title: String,
        lines: Vec<String>,
        first: usize,
    },
}

/// A list with a cursor; `toggled` are the rows whose opening differs from the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Key of the row that the cursor is on: rows come and go, the row stays the same.
    pub cursor: String,
    /// The first row shown, as long as the cursor is in the window from there.
    pub first: usize,
    pub toggled: BTreeSet<String>,
    /// Everything is opened, or closed, but what is toggled; `None`: each row as it is by default.
    pub everything: Option<bool>,
    /// Only rows that have this text are shown, and what they stand in; empty: all.
    pub filter: String,
}

impl List {
    /// Whether an openable row is open. While a filter holds, all are looked into.
    pub(super) fn is_open(&self, key: &str, by_default: bool) -> bool {
        !self.filter.is_empty() || self.everything.unwrap_or(by_default) != self.toggled.contains(key)
    }

    pub(super) fn toggle(&mut self, key: String) {
        if !self.toggled.remove(&key) {
            self.toggled.insert(key);
        }
    }

    /// The place of the cursor among `rows`; where its row is gone, that of the nearest row above it in the tree, else the first.
    pub fn place(&self, rows: &[Row]) -> usize {
        let mut key = self.cursor.as_str();
        loop {
            if let Some(place) = rows.iter().position(|row| row.key == key) {
                return place;
            }
            match key.rsplit_once('/') {
                Some((parent, _)) => key = parent,
                None => return 0,
            }
        }
    }

    /// The first row to show in a window of `height` rows, so that the cursor is in it.
    pub fn window(&self, rows: &[Row], height: usize) -> usize {
        let place = self.place(rows);
        self.first.min(place).max((place + 1).saturating_sub(height.max(1)))
    }
}

/// What the person set once for all: the configuration's part of the explorer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub keymap: Keymap,
    /// Clicks, wheel and drags come here instead of selecting text.
    pub mouse: bool,
}

#[derive(Debug, Clone)]
pub struct Explorer {
    pub opened: Opened,
    pub settings: Settings,
    pub target: Judgement,
    pub labels: Labels,
    /// Index into the target's paths.
    pub chosen: usize,
    pub focus: CertificateId,
    pub pane: Pane,
    /// Which of fields and checks is shown where there is room for one.
    pub lower: Pane,
    pub zoomed: bool,
    /// Which way the inspector looks at the focused certificate.
    pub tab: Tab,
    pub lists: Lists,
    /// What the ASN.1 tab is of, and its elements where they were read already.
    pub source: Source,
    pub(super) tree: Option<Tree>,
    pub(super) foretold: Option<Foretold>,
    /// How often the target was judged, or another took its place.
    pub(super) judged: u64,
    /// The byte that the cursor of the dump is on, while it is there.
    pub byte: Option<usize>,
    /// To be compared with.
    pub marked: Option<CertificateId>,
    pub checks: List,
    pub orientation: Orientation,
    pub density: Density,
    /// Entities that are not on the chosen path are left out of the picture.
    pub only_chosen: bool,
    /// Boxes of many slots that the person unfolded, or folded.
    pub unfolded: BTreeMap<EntityId, bool>,
    /// Boxes of many slots that are drawn; and whether the others of them are unfolded, because there is room.
    pub(super) crowds: Vec<EntityId>,
    pub(super) crowds_open: bool,
    /// How wide the boxes are, by the place in the table of forms.
    pub(super) form: usize,
    /// What a picture of a part is drawn around, and what a folded box shows besides.
    pub(super) centre: Option<CertificateId>,
    /// Entities that the picture leaves out.
    pub(super) undrawn: usize,
    pub scene: Scene,
    /// The scene's cell at the upper left of the diagram's pane.
    pub camera: (u16, u16),
    /// Where the mouse was when its button went down, or moved last while it was.
    pub dragged_from: Option<(u16, u16)>,
    /// What is being opened besides.
    pub(super) reopening: Option<Addition>,
    pub views: Vec<View>,
    pub search: Search,
    pub status: String,
    /// The failing check that was gone to last.
    pub failure: Option<(RuleId, Place)>,
    /// Number of the newest request for signatures.
    pub request: u64,
    /// That request is not done yet.
    pub checking: bool,
    /// Limits that kept signatures unchecked, in words.
    pub stopped: Vec<String>,
    pub fetching: Fetching,
    /// The person has moved: the focus no longer follows the first failure.
    pub moved: bool,
    /// The judged time before anyone moved it.
    pub(super) at_start: Time,
    pub size: (u16, u16),
}

impl Explorer {
    /// The explorer's first state for a screen of `size` columns and rows, and the signatures to check.
    pub fn new(opened: Opened, settings: Settings, size: (u16, u16)) -> (Self, Vec<Effect>) {
        let opened_at = opened.analysis.policy.at;
        let first = opened.analysis.targets.first().copied().unwrap_or(CertificateId(0));
        let (target, checking) = look_at(&opened.analysis, first);
        let status = opened.about.as_ref().map(|about| format!("i says what to look at · {}", about.title)).unwrap_or_default();
        let mut explorer = Self {
            opened,
            settings,
            target,
            labels: Labels::default(),
            chosen: 0,
            focus: first,
            pane: Pane::Diagram,
            lower: Pane::Inspector,
            zoomed: false,
            tab: Tab::Fields,
            lists: Lists::default(),
            source: Source::default(),
            tree: None,
            foretold: None,
            judged: 0,
            byte: None,
            marked: None,
            checks: List::default(),
            orientation: Orientation::TopDown,
            density: Density::Compact,
            only_chosen: false,
            unfolded: BTreeMap::new(),
            crowds: Vec::new(),
            crowds_open: false,
            form: 0,
            centre: None,
            undrawn: 0,
            scene: Scene::default(),
            camera: (0, 0),
            dragged_from: None,
            reopening: None,
            views: Vec::new(),
            search: Search::default(),
            status,
            failure: None,
            request: 0,
            checking,
            stopped: Vec::new(),
            fetching: Fetching::default(),
            moved: false,
            at_start: opened_at,
            size,
        };
        explorer.chosen = best(&explorer.target);
        explorer.settle();
        explorer.focus_on_interest();
        let mut effects = explorer.check_signatures();
        effects.extend(explorer.fetch_at_start());
        (explorer, effects)
    }

    pub fn analysis(&self) -> &Analysis {
        &self.opened.analysis
    }

    pub fn chosen_path(&self) -> Option<&Path> {
        self.target.paths.get(self.chosen).map(|judged| &judged.path)
    }

    /// Makes a certificate the target, and asks for the signatures that its paths need.
    pub(super) fn show(&mut self, target: CertificateId) -> Vec<Effect> {
        (self.target, self.checking) = look_at(&self.opened.analysis, target);
        self.judged += 1;
        self.chosen = best(&self.target);
        self.focus = target;
        self.centre = None;
        self.moved = false;
        self.stopped.clear();
        self.failure = None;
        self.refresh_scene();
        self.focus_on_interest();
        self.check_signatures()
    }

    /// Asks for the signatures above the target, where some are not checked; answers to older requests still count, but only
    /// the newest says when all is done.
    pub(super) fn check_signatures(&mut self) -> Vec<Effect> {
        let analysis = &self.opened.analysis;
        if !self.target.is_open() {
            return Vec::new();
        }
        self.request += 1;
        self.checking = true;
        let (pool, graph) = (Arc::clone(&analysis.pool), Box::new(analysis.graph.clone()));
        let signers = analysis.evidence.signers();
        vec![Effect::Check { request: self.request, pool, graph, target: self.target.target, signers }]
    }

    /// Judges the target anew after signatures were checked.
    pub(super) fn judge(&mut self) {
        let budget = if self.checking { Budget::first_look() } else { Budget::default() };
        let budget = Budget { listed: budget.listed.max(self.chosen + 1), ..budget };
        self.replace_target(Judgement::new(Arc::new(self.opened.analysis.clone()), self.target.target, &budget));
    }

    /// Judges the target anew after the judged time or the stores were changed.
    pub(super) fn judge_again(&mut self) {
        let target = self.target.again(Arc::new(self.opened.analysis.clone()), &Budget::default());
        self.replace_target(target);
    }

    /// Keeps the chosen path and the focus where they still exist.
    fn replace_target(&mut self, target: Judgement) {
        let chosen = self.chosen_path().cloned();
        self.target = target;
        self.judged += 1;
        let kept = chosen.and_then(|path| self.target.paths.iter().position(|judged| judged.path.certificates == path.certificates));
        self.chosen = match kept {
            Some(kept) if self.moved => kept,
            _ => best(&self.target),
        };
        self.refresh_scene();
        if !self.moved {
            self.focus_on_interest();
        }
        self.keep_in_view();
    }

    /// How many paths hold, to say what a change of time or trust did.
    pub(super) fn valid_paths(&self) -> usize {
        self.target.paths.iter().filter(|judged| judged.verdict == PathVerdict::Valid).count()
    }

    /// The first failing place on any path, the chosen one first; else the first certificate with a sibling on the chosen
    /// path; else the target.
    fn focus_on_interest(&mut self) {
        let failing = self.first_failing();
        let crossed = self.chosen_path().and_then(|path| {
            let drawn = |id: &CertificateId| self.scene.slot_rect(SlotId(id.0)).is_some();
            let has_sibling = |id: &CertificateId| {
                let siblings = &self.opened.analysis.graph.entity(self.opened.analysis.graph.entity_of(*id)).certificates;
                siblings.iter().filter(|sibling| drawn(sibling)).count() > 1
            };
            path.certificates.iter().copied().find(has_sibling)
        });
        self.focus = failing.or(crossed).unwrap_or(self.target.target);
        self.keep_in_view();
    }
}

/// A target's paths, all that are listed, or the first of them where signatures are to be checked; and whether they are.
fn look_at(analysis: &Analysis, target: CertificateId) -> (Judgement, bool) {
    let analysis = Arc::new(analysis.clone());
    let some = Judgement::new(Arc::clone(&analysis), target, &Budget::first_look());
    if some.is_open() { (some, true) } else { (Judgement::new(analysis, target, &Budget::default()), false) }
}

/// The first path of the best verdict.
fn best(target: &Judgement) -> usize {
    target.best().unwrap_or(0)
}
