//! What is said of the times at which something was signed.

use super::Labels;
use crate::analysis::{Analysis, Stamped, TimeSource};
use crate::check::PathVerdict;
use crate::source::TimeStamp;

/// Behind the judged time, where it was not given as one: `, the time stamp of tool.p7 by Example TSA`.
pub fn judged_by_words(analysis: &Analysis, labels: &Labels) -> String {
    match (analysis.judged_by(), analysis.time_source) {
        (Some(stamp), _) => format!(", the time of a time stamp by {} ({})", stamper_words(analysis, labels, stamp), stamp.place),
        (None, TimeSource::NoStamp) => ", since no signature of a target has a sound time stamp (--at signature)".to_owned(),
        (None, _) => String::new(),
    }
}

/// `time stamp of 2023-01-01 00:00:00Z by Example TSA`, and what it proves.
pub fn stamp_words(analysis: &Analysis, labels: &Labels, stamp: &TimeStamp) -> String {
    let by = stamper_words(analysis, labels, stamp);
    let what = match (stamp.fault, stamp.signer) {
        (Some(fault), _) => format!("proves nothing: {fault}"),
        (None, Some(_)) => "sound: what it stamps was signed by then".to_owned(),
        (None, None) => "sound; what it stamps is not here".to_owned(),
    };
    format!("time stamp of {} by {by}, {what}", stamp.time)
}

/// The same with the verdicts of its time, and how to judge at it.
pub fn stamped_words(analysis: &Analysis, labels: &Labels, stamped: &Stamped<'_>) -> String {
    let said = stamp_words(analysis, labels, stamped.stamp);
    let Some(then) = stamped.then else { return said };
    let remedy = if analysis.judged_by() == Some(stamped.stamp) { "" } else { " (--at signature)" };
    let authority = match stamped.of_authority {
        Some(PathVerdict::Valid) => String::new(),
        Some(other) => format!("; {} itself is {} then", stamper_words(analysis, labels, stamped.stamp), other.word().to_uppercase()),
        None => String::new(),
    };
    format!("{said}: {} at that time{remedy}{authority}", then.word().to_uppercase())
}

fn stamper_words(analysis: &Analysis, labels: &Labels, stamp: &TimeStamp) -> String {
    let name = analysis.stamper(stamp).map(|id| labels.certificate(&analysis.pool, &analysis.graph, id));
    name.unwrap_or_else(|| "an authority whose certificate is missing".to_owned())
}
