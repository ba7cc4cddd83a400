//! What comparing a name with a constraint can say.

/// What comparing a name with a constraint of its form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Within {
    Yes,
    No,
    /// A wildcard outside that can stand for a name inside.
    Covers,
}

impl From<bool> for Within {
    fn from(inside: bool) -> Self {
        if inside { Within::Yes } else { Within::No }
    }
}

/// Of a wildcard, whether all names that it stands for must be inside, or whether one is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum WildcardReach {
    All,
    Any,
}
