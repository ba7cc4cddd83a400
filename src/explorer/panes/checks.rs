//! The rows of the checks: the chosen path from the target upward, what does not pass first.

use std::sync::Arc;

use super::filter::kept;
use super::list::Row;
use super::pane::Pane;
use super::state::PathChecks;
use crate::chain::{CertificateId, SignatureState};
use crate::check::{Finding, RuleId, Verdict};
use crate::explorer::state::Explorer;
use crate::words::{checks_words, counted, finding_words, value_words};

/// Of a name that a thousand keys bear.
const NAMESAKES_TOLD: usize = 8;

/// The chosen path from the target upward: a heading for each certificate, its checks below it, their facts below those.
/// Headings with something that does not pass, and that of the focus, are open until the person closes them.
pub(super) fn checks_rows(explorer: &Explorer) -> Vec<Row> {
    kept(all_checks(explorer), &explorer.panes.checks.filter)
}

impl Explorer {
    /// Everything that the rules say of the chosen path.
    fn explained(&self) -> Arc<[Finding]> {
        let of = (self.times_judged(), self.chosen());
        let known = self.panes.cache.explained.as_ref().filter(|known| known.of == of);
        known.map_or_else(|| self.judgement.explain(self.chosen()).into(), |known| Arc::clone(&known.findings))
    }

    /// Keeps what is said of the chosen path, so that it is not found out for every frame that shows it.
    pub(in crate::explorer) fn refresh_explained(&mut self) {
        if self.screen().checks.height > 0 {
            let (of, findings) = ((self.times_judged(), self.chosen()), self.explained());
            self.panes.cache.explained = Some(PathChecks { of, findings });
        }
    }

    /// The key of a certificate's heading: the same whatever else is loaded.
    fn heading_key(&self, certificate: CertificateId) -> String {
        self.analysis().pool.certificate(certificate).sha256.to_string()
    }

    pub(in crate::explorer) fn check_key(&self, certificate: CertificateId, rule: RuleId) -> String {
        format!("{}/{rule}", self.heading_key(certificate))
    }

    /// The cursor of the checks on the certificate that is looked at, so that going there changes nothing that is looked at.
    pub(in crate::explorer) fn start_checks_at_focus(&mut self) {
        if self.panes.pane != Pane::Checks {
            return;
        }
        let rows = checks_rows(self);
        let is_of_focus = |row: &Row| row.certificate == Some(self.focus());
        if !rows.get(self.panes.checks.place(&rows)).is_some_and(is_of_focus)
            && let Some(row) = rows.iter().find(|row| is_of_focus(row))
        {
            self.panes.checks.cursor.clone_from(&row.key);
        }
    }
}

fn all_checks(explorer: &Explorer) -> Vec<Row> {
    let Some(path) = explorer.chosen_path() else { return Vec::new() };
    let analysis = explorer.analysis();
    let findings = explorer.explained();
    let mut rows = Vec::new();
    for &id in &path.certificates {
        let of_it = findings.iter().filter(|finding: &&Finding| finding.blamed() == id);
        let mut own: Vec<&Finding> = of_it.filter(|finding| !finding.is_for_want_of_data()).collect();
        own.sort_by_key(|finding| finding.rule);
        let worst = own.iter().map(|finding| finding.verdict).min().unwrap_or(Verdict::Pass);
        let key = explorer.heading_key(id);
        let passes = own.iter().filter(|finding| finding.verdict == Verdict::Pass).count();
        let others = own.iter().filter(|finding| finding.verdict <= Verdict::Caution).count();
        let fails = own.iter().filter(|finding| finding.verdict == Verdict::Fail).count();
        let value = checks_words(fails, others - fails, passes);
        let mut heading = Row::new(0, key.clone(), explorer.labels().certificate(&analysis.pool, &analysis.graph, id), value);
        heading.mark = Some(worst);
        heading.openable = true;
        heading.open = explorer.panes.checks.is_open(&key, worst <= Verdict::Caution || id == explorer.focus());
        heading.certificate = Some(id);
        let open = heading.open;
        rows.push(heading);
        if open {
            push_findings(&mut rows, explorer, id, &own);
            push_namesakes(&mut rows, explorer, id);
        }
    }
    rows
}

/// What does not pass first; what does not apply folded into one row.
fn push_findings(rows: &mut Vec<Row>, explorer: &Explorer, id: CertificateId, own: &[&Finding]) {
    let with = |wanted: fn(Verdict) -> bool| own.iter().copied().filter(move |finding| wanted(finding.verdict));
    for finding in with(|verdict| verdict < Verdict::Pass).chain(with(|verdict| verdict == Verdict::Pass)) {
        push_finding(rows, explorer, id, 1, finding);
    }
    let other: Vec<&Finding> = with(|verdict| verdict == Verdict::NotApplicable).collect();
    if other.is_empty() {
        return;
    }
    let key = format!("{}/not-applicable", explorer.heading_key(id));
    let mut row = Row::new(
        1,
        key.clone(),
        "does not apply",
        format!("{} not apply here", if other.len() == 1 { "1 more does".to_owned() } else { format!("{} more do", other.len()) }),
    );
    row.mark = Some(Verdict::NotApplicable);
    row.openable = true;
    row.open = explorer.panes.checks.is_open(&key, false);
    row.certificate = Some(id);
    let open = row.open;
    rows.push(row);
    if open {
        other.into_iter().for_each(|finding| push_finding(rows, explorer, id, 2, finding));
    }
}

/// Candidates that bear the issuer's name and whose key did not make the signature: always told, of hundreds the first ones.
fn push_namesakes(rows: &mut Vec<Row>, explorer: &Explorer, id: CertificateId) {
    let graph = &explorer.analysis().graph;
    if graph.known_signer(id).is_none() {
        return;
    }
    let mut refuted = graph.links_of(id).filter(|link| link.signature == SignatureState::Bad);
    let mut push = |key: String, words: String| {
        let mut row = Row::new(1, format!("{}/namesake {key}", explorer.heading_key(id)), "same name, other key", words);
        row.mark = Some(Verdict::NotApplicable);
        row.certificate = Some(id);
        rows.push(row);
    };
    for link in refuted.by_ref().take(NAMESAKES_TOLD) {
        let entity = graph.entity(link.entity);
        let words = format!("{} with key {} is not the issuer: same name, other key", entity.label(), &entity.spki_sha256.short()[..6]);
        push(entity.spki_sha256.to_string(), words);
    }
    let further = refuted.count();
    if further > 0 {
        push("further".to_owned(), format!("{} with this name did not sign it either", counted(further, "other key")));
    }
}

fn push_finding(rows: &mut Vec<Row>, explorer: &Explorer, id: CertificateId, depth: usize, finding: &Finding) {
    let key = explorer.check_key(id, finding.rule);
    let rule = finding.rule.rule();
    // What passes is quiet: the rule's title says it. What does not says itself what is wrong.
    let words = match finding.verdict {
        Verdict::Pass => rule.title.to_owned(),
        _ => finding_words(explorer.analysis(), explorer.labels(), finding),
    };
    let mut row = Row::new(depth, key.clone(), rule.title, words);
    row.mark = Some(finding.verdict);
    row.openable = true;
    row.open = explorer.panes.checks.is_open(&key, false);
    row.certificate = Some(id);
    let open = row.open;
    rows.push(row);
    if !open {
        return;
    }
    let analysis = explorer.analysis();
    let facts =
        finding.facts.iter().map(|fact| (fact.name.word().replace('_', " "), value_words(analysis, explorer.labels(), &fact.value)));
    let says = ("says".to_owned(), finding_words(analysis, explorer.labels(), finding));
    let more = [("rule".to_owned(), rule.citation.to_owned()), ("why".to_owned(), rule.reason.to_owned())];
    for (place, (name, value)) in std::iter::once(says).chain(facts).chain(more).enumerate() {
        rows.push(Row { depth: depth + 1, certificate: Some(id), ..Row::text(format!("{key}/{place}"), name, value) });
    }
}
