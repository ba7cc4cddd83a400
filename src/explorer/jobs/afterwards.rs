//! What is done once a judgement is there that was asked for.

/// Kept from one question to the next, until one is answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Afterwards {
    /// What was done; what became of the paths is said behind it.
    pub says: Option<String>,
    /// Signatures are asked for.
    pub checks: bool,
    /// The picture is settled anew, unless the person has moved.
    pub settles: bool,
}
