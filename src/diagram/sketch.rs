//! What is to be drawn, boxes with slots and edges from a slot to the box above it, and how: which characters, how tight, how wide.

/// Names a box across redraws, by the number of an entity or a certificate. Where nothing else decides, boxes stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BoxId {
    /// An entity.
    Entity(u32),
    /// Stands for what an entity issued and is not drawn.
    IssuedBy(u32),
    /// Stands for issuers of an entity that are not drawn.
    IssuersOf(u32),
    /// The issuer of a certificate, which is not loaded.
    Missing(u32),
}

impl BoxId {
    /// The entity that it is the box of; `None` for what only stands for others, or is not loaded.
    pub fn entity(self) -> Option<u32> {
        if let BoxId::Entity(entity) = self { Some(entity) } else { None }
    }
}

/// Names a slot across redraws; chosen by the caller (a certificate).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotId(pub u32);

/// Which way the paths run. `TopDown` has the roots on top and siblings side by side; `LeftRight` has the target at the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orientation {
    TopDown,
    LeftRight,
}

/// What a slot's sign says of its certificate at the judged time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    Pass,
    Caution,
    Fail,
    Unknown,
    /// Nothing is judged: the slot stands for what is left out.
    Nothing,
}

/// What a box is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BoxKind {
    /// The certificate that is explained.
    Target,
    /// An entity with its certificates.
    Entity,
    /// An issuer that no loaded certificate is of; drawn dashed, without slots.
    Missing,
    /// Stands for entities that are left out; next to what leads to them, or to which they lead.
    More,
}

/// State of the signature check that the edge stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EdgeState {
    Good,
    /// Not checked so far.
    Unchecked,
    /// The algorithm is one that nothing here can check.
    Unsupported,
    /// The signature does not verify with the issuer's key.
    Bad,
    /// The name fits, but another entity of that name has the key that signed it.
    OtherKey,
    /// Leads to a `BoxKind::Missing`.
    Missing,
}

/// One certificate of an entity: a row of its box (`LeftRight`) or a column (`TopDown`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchSlot {
    pub id: SlotId,
    pub mark: Mark,
    /// Who issued it: `by ISRG Root X1`, or `self-signed`.
    pub label: String,
    /// Its end of validity with a word where that is what fails: `to 2035-06-04`, `EXPIRED 2021-09-30`.
    pub note: String,
    /// The note is what fails (drawn as a failure, `!` before it).
    pub note_fails: bool,
    /// What else tells it from its siblings, for who wants to see more: `store mozilla, serial 0080A9…`.
    pub detail: String,
    /// Where it came from in a word, written where there is room and nothing has to make way: `srv 2`, `aia`, `=2 files`.
    pub badge: String,
    /// Its issuer is itself: drawn as `↺` in the slot, never as an edge.
    pub self_signed: bool,
    /// In a chosen store: drawn as `◉`.
    pub anchor: bool,
    /// The stores that it is an anchor of, where more than one is loaded: written after the `◉`.
    pub stores: Vec<String>,
    /// On the chosen path.
    pub chosen: bool,
    /// Shown even where its box is folded.
    pub kept: bool,
}

/// An entity, and the certificates of it that are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchBox {
    pub id: BoxId,
    pub kind: BoxKind,
    pub title: String,
    /// A line under the slots or, for `Missing`, the reason: `not loaded, see AIA`.
    pub note: String,
    /// How many issuers, and how many that it issued certificates to, are left out beside it; written with the note.
    pub left_out: (usize, usize),
    /// Slots in the caller's order (anchored and self-signed first).
    pub slots: Vec<SketchSlot>,
    /// Fold the slots to the few that matter, with a counted rest (`… 11 more ✓7 ✗3 ?1 ▾`).
    pub folded: bool,
    /// Drawn even where only folded slots lead to it.
    pub kept: bool,
}

/// A slot's issuer. Several edges may leave one slot (unchecked candidates) and enter one box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchEdge {
    pub from: SlotId,
    pub to: BoxId,
    pub state: EdgeState,
    pub chosen: bool,
}

/// All of a picture. Boxes come in a stable order; the layout breaks every tie by that order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    pub boxes: Vec<SketchBox>,
    pub edges: Vec<SketchEdge>,
}

/// Which characters the picture may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Charset {
    /// Box drawing, and signs such as ✗.
    #[default]
    Unicode,
    /// Nothing above U+007E: for terminals and fonts without box drawing, and where those are two cells wide.
    Ascii,
}

/// How much is said of a certificate, and how much room lines get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Density {
    /// Who issued it, and no dates.
    Tight,
    /// The fewest rows and columns that leave every line readable.
    #[default]
    Compact,
    /// Its detail too; one more cell of line between layers, and `BAD SIGNATURE` in full in both orientations.
    Roomy,
}

/// What the look of a picture depends on besides the sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Options {
    /// Which characters it may use.
    pub charset: Charset,
    /// How much is said, and how much room lines get.
    pub density: Density,
    /// Cells of text a slot or a title may take: the width of a column in `TopDown`, of a row in `LeftRight`.
    pub max_slot_width: u16,
    /// Boxes are made as wide as the badges of origins and the names of stores need; else those are written where there is room.
    pub tell_origins: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { charset: Charset::Unicode, density: Density::Compact, max_slot_width: 30, tell_origins: true }
    }
}
