//! Was the target issued before its root was cut off? A root program that gives up a root may leave it for what it issued until a day.

use super::super::case::PathAt;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, Purpose, RuleId, Value, Verdict};
use crate::chain::{CertificateId, End};

pub const RULE: Rule = Rule {
    id: RuleId::DistrustAfter,
    title: "issued before its root was cut off",
    citation: "RFC 5280 6.1.1 (d); Mozilla Root Store Policy 7.3 (distrust after)",
    reason: "What a root issues after a program gave it up does not count; what it issued before lives on to its end.",
    failure: "ROOT CUT OFF",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
};

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let (Some(&target), Some(&anchor)) = (at.path.certificates.first(), at.path.certificates.last()) else { return Vec::new() };
    let trust = at.case.trust;
    let applies = matches!(at.purpose, Purpose::Server | Purpose::Any) && at.path.end == End::Anchor && target != anchor;
    if !applies || !trust.has_cut_offs() {
        return at.wants.answer(target, Verdict::NotApplicable, Vec::new);
    }
    let stores = trust.stores().iter().enumerate().filter(|(place, _)| at.path.stores.contains(*place));
    let not_before = at.case.pool.certificate(target).not_before;
    let mut facts: Vec<Fact> = not_before.map(|begin| Fact::new(FactName::NotBefore, Value::Time(begin))).into_iter().collect();
    facts.push(Fact::new(FactName::Anchor, Value::Certificate(anchor)));
    let (mut refusing, mut holding, mut cut) = (0, 0, 0);
    for (_, store) in stores {
        let cut_off = trust.cut_off(&store.name, anchor);
        cut += usize::from(cut_off.is_some());
        if let Some(cut_off) = cut_off.filter(|cut_off| not_before.is_none_or(|begin| begin > *cut_off)) {
            facts.push(Fact::new(FactName::Store, Value::Text(store.name.clone())));
            facts.push(Fact::new(FactName::CutOff, Value::Time(cut_off)));
            refusing += 1;
        } else {
            holding += 1;
        }
    }
    let verdict = match (cut, refusing, holding) {
        (0, ..) => Verdict::NotApplicable,
        (_, 0, _) => Verdict::Pass,
        // When it was issued is not known.
        (_, _, 0) if not_before.is_none() => Verdict::Unknown,
        // Other stores have it without a day; and the day is for servers.
        (_, _, 0) if at.purpose == Purpose::Server => Verdict::Fail,
        _ => Verdict::Caution,
    };
    vec![(target, Outcome::new(verdict, facts))]
}
