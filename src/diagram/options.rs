//! How a picture is drawn: which characters, how tight, how wide.

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
