//! Many targets in a table, for the text report: a line for each, the worst first, and the totals.

use unicode_width::UnicodeWidthStr as _;

use super::paint::{Paint, columns};
use crate::analysis::{Analysis, Judgement};
use crate::words::{Labels, TargetRow, path_sign, target_rows, totals_words};

/// Columns of the longest verdict.
const VERDICT: usize = 10;
/// Columns that names have; longer ones push what follows.
const NAME: usize = 32;
/// Of what does not fit in a row's line.
pub(super) const INDENT: usize = 2 + VERDICT + 2;

/// A heading, the rows, the totals.
pub(super) fn lines(analysis: &Analysis, labels: &Labels, paint: Paint, targets: &[Judgement]) -> Vec<String> {
    let rows = target_rows(analysis, labels, targets);
    let widest = |text: fn(&TargetRow) -> &str| rows.iter().map(|row| text(row).width()).max().unwrap_or(0);
    let (name, until) = (widest(|row| &row.name).min(NAME), widest(|row| &row.until));
    let fill = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(columns(text)) + 2));
    let mut out = vec![paint.bold(&format!("  {:VERDICT$}  {:name$}  {:until$}  {}", "verdict", "name", "valid to", "reason, found in"))];
    for row in &rows {
        let verdict = paint.tone(path_sign(row.verdict).tone, &row.verdict.word().to_uppercase());
        let pause = if row.reason.is_empty() || row.origin.is_empty() { "" } else { ", " };
        let (verdict, name, until) = (fill(&verdict, VERDICT), fill(&row.name, name), fill(&row.until, until));
        out.push(format!("  {verdict}{name}{until}{}{pause}{}", row.reason, row.origin));
    }
    out.push(format!("  {}", totals_words(&rows)));
    out
}
