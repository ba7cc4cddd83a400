//! Every certificate that was loaded, by the end of its validity: which have expired, and where each was found.

use super::list::{List, Row};
use super::pane::{Lower, Tab};
use crate::chain::CertificateId;
use crate::check::Verdict;
use crate::explorer::message::Effects;
use crate::explorer::state::Explorer;
use crate::words::{counted, grouped, sign, validity_words};

/// Rows of the whole list; a text narrows all of it.
const SHOWN: usize = 200;

/// What the key of a row begins with.
const KEY: &str = "loaded/";

/// A heading, and a row for each; nothing where only one was loaded.
pub(super) fn rows(explorer: &Explorer, list: &List) -> Vec<Row> {
    let analysis = explorer.analysis();
    let (pool, at) = (&analysis.pool, analysis.policy.at);
    let mut ids: Vec<CertificateId> = pool.ids().filter(|id| pool.entry(*id).given).collect();
    if ids.len() < 2 {
        return Vec::new();
    }
    ids.sort_by_key(|id| (pool.certificate(*id).not_after, *id));
    let expired = ids.iter().filter(|id| pool.certificate(**id).not_after.is_some_and(|end| end < at)).count();
    let words = format!(
        "{} by the end of validity, {} expired; & narrows, Enter explains",
        counted(ids.len(), "certificate"),
        grouped(expired as u128)
    );
    let mut rows = vec![Row::text(format!("{KEY}all"), "All", words)];
    let most = if list.filter.is_empty() { SHOWN } else { usize::MAX };
    for id in ids.iter().take(most) {
        let entry = pool.entry(*id);
        let certificate = &entry.certificate;
        let is_valid = certificate.not_before.is_none_or(|from| from <= at) && certificate.not_after.is_none_or(|to| at <= to);
        let origin = entry.origins.first().map_or_else(String::new, |origin| format!("  {origin}"));
        let name = explorer.labels().certificate(pool, &analysis.graph, *id);
        let row = Row::new(0, format!("{KEY}{}", certificate.sha256), name, format!("{}{origin}", validity_words(certificate, at)));
        let sign = if is_valid { sign(Verdict::Pass) } else { sign(Verdict::Fail).said("not valid") };
        rows.push(Row { sign: Some(sign), certificate: Some(*id), ..row });
    }
    if ids.len() > most {
        rows.push(Row::new(0, format!("{KEY}more"), " ", format!("{}; & narrows them", counted(ids.len() - most, "more certificate"))));
    }
    rows
}

impl Explorer {
    /// Makes the certificate of the list that the cursor is on the target; whether it is on one.
    pub(in crate::explorer) fn explain_listed(&mut self, effects: &mut Effects) -> bool {
        let Some(certificate) = self.listed_under_cursor() else { return false };
        self.selection.move_to(certificate);
        self.explain_focus(effects);
        true
    }

    pub(in crate::explorer) fn listed_under_cursor(&self) -> Option<CertificateId> {
        if !self.is_in_tab(Tab::Time) {
            return None;
        }
        let rows = self.rows(Lower::Inspector);
        let row = rows.get(self.list(Lower::Inspector).place(&rows))?;
        row.certificate.filter(|_| row.key.starts_with(KEY))
    }
}
