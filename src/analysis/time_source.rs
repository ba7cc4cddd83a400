//! Where is the judged time from?

/// Where the judged time is from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TimeSource {
    /// The policy alone.
    #[default]
    Policy,
    /// The time stamp at this place of the analysis's list.
    Stamp(usize),
    /// A time stamp was asked for, and none is sound.
    NoStamp,
}
