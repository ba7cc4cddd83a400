//! Which finding decides that a path does not hold?

use crate::check::{Decides, Finding, Verdict, rule};

/// The finding that keeps a path from holding: its first failure, else the first thing that could not be decided. How the
/// path ends is not among them.
pub fn decisive(findings: &[Finding]) -> Option<&Finding> {
    let decides = |finding: &Finding| rule(finding.rule).map_or(Decides::Always, |rule| rule.decides);
    let failed = |finding: &&Finding| finding.verdict == Verdict::Fail && decides(finding) != Decides::Never;
    let open = |finding: &&Finding| finding.verdict == Verdict::Unknown && decides(finding) == Decides::Always;
    findings.iter().find(failed).or_else(|| findings.iter().find(open))
}
