//! RFC 5280 6.1.3 (b), (c): every name below a CA lies within what it permits and outside what it excludes.

use super::super::at::PathAt;
use super::super::names::{Reach, Within, fault_of_constraint, is_comparable, within};
use super::super::rules::{Decides, Examine, Outcome, Rule, Said};
use super::super::{Fact, Value, Verdict};
use crate::cert::{Certificate, GeneralName, NameConstraints};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: "name-constraints",
    title: "names lie within the constraints above",
    citation: "RFC 5280 6.1.3 (b), (c), 6.1.4 (g), 4.2.1.10",
    reason: "A CA can be held to a domain; without this check it could certify any name.",
    failure: "NAME NOT ALLOWED",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
    sentence,
};

/// Comparisons for one path, as many as webpki allows (rustls-webpki, `Budget`); BoringSSL stops at 2^20.
pub const MAX_NAME_COMPARISONS: usize = 250_000;

/// The constraints of the CAs above, and what may still be compared.
struct Above {
    constraints: Vec<(CertificateId, NameConstraints)>,
    left: usize,
}

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let bound = at.binding().filter(|(_, certificate)| certificate.extension(&[0x55, 0x1d, 30]).is_some()).count();
    let Some((target, _)) = at.certificates().next().filter(|_| bound == 0) else { return examine_constrained(at) };
    vec![(target, Outcome::new(Verdict::NotApplicable, vec![Fact::new("constraints", Value::Word("no CA above has any"))]))]
}

fn examine_constrained(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let mut out = Vec::new();
    let mut above = Above { constraints: Vec::new(), left: MAX_NAME_COMPARISONS };
    let bound = at.binding().len();
    let certificates: Vec<_> = at.certificates().collect();
    for (place, (id, certificate)) in certificates.into_iter().enumerate().rev() {
        // A CA may change its key under its own name (4.2.1.10); the target is held to the constraints all the same.
        let is_exempt = certificate.is_self_issued() && place > 0;
        if !above.constraints.is_empty() && !is_exempt {
            out.push((id, above.judge(certificate)));
        }
        if place >= bound {
            continue;
        }
        match certificate.name_constraints() {
            Ok(None) => {}
            Ok(Some(found)) => match fault(&found) {
                None => above.constraints.push((id, found)),
                Some(reason) => out.push((id, malformed(reason.to_owned()))),
            },
            Err(reason) => out.push((id, malformed(reason))),
        }
    }
    out
}

fn malformed(reason: String) -> Outcome {
    Outcome::new(Verdict::Fail, vec![Fact::new("malformed", Value::Text(reason))])
}

/// 4.2.1.10: one of the fields is there, and what is there is not empty.
fn fault(found: &NameConstraints) -> Option<&'static str> {
    let lists = [&found.permitted, &found.excluded];
    if lists.iter().all(|list| list.is_none()) {
        return Some("neither permitted nor excluded subtrees");
    }
    if lists.into_iter().flatten().any(Vec::is_empty) {
        return Some("an empty list of subtrees");
    }
    lists.into_iter().flatten().flatten().find_map(fault_of_constraint)
}

impl Above {
    fn judge(&mut self, certificate: &Certificate) -> Outcome {
        let alternative = match certificate.subject_alternative_names() {
            Ok(names) => names.unwrap_or_default(),
            Err(reason) => return malformed(reason),
        };
        let mut compared = 0_u64;
        let mut open: Option<Outcome> = None;
        let subject = (!certificate.subject.is_empty()).then(|| GeneralName::Directory(certificate.subject.clone()));
        let emails = legacy_emails(certificate, &alternative);
        for name in subject.iter().chain(&emails).chain(&alternative) {
            compared += 1;
            match self.judge_name(name) {
                Some(outcome) if outcome.verdict == Verdict::Fail => return outcome,
                Some(outcome) => open = open.or(Some(outcome)),
                None => {}
            }
        }
        open.unwrap_or_else(|| {
            let mut facts = vec![Fact::new("names", Value::Number(compared))];
            facts.extend(self.constraints.iter().map(|(id, _)| Fact::new("constrained_by", Value::Certificate(*id))));
            Outcome::new(Verdict::Pass, facts)
        })
    }

    /// `None`: every CA above allows it.
    fn judge_name(&mut self, name: &GeneralName) -> Option<Outcome> {
        let same_form = |base: &&GeneralName| base.form() == name.form();
        for (id, found) in &self.constraints {
            let says = |verdict: Verdict, kind: &'static str, what: String| {
                let facts = vec![
                    Fact::new("form", Value::Word(name.form())),
                    Fact::new("name", Value::Text(name.to_string())),
                    Fact::new(kind, Value::Text(what)),
                    Fact::new("constrained_by", Value::Certificate(*id)),
                ];
                Some(Outcome::new(verdict, facts))
            };
            let excluded: Vec<&GeneralName> = found.excluded.iter().flatten().filter(same_form).collect();
            let permitted: Vec<&GeneralName> = found.permitted.iter().flatten().filter(same_form).collect();
            if excluded.is_empty() && permitted.is_empty() {
                continue;
            }
            if let GeneralName::Malformed { .. } = name {
                return says(Verdict::Fail, "malformed", "a name that cannot be read".to_owned());
            }
            if !is_comparable(name) {
                return says(Verdict::Unknown, "not_judged", "names of this form are not compared".to_owned());
            }
            let needed = excluded.len() + permitted.len();
            if needed > self.left {
                let limit = Fact::new("limit", Value::Number(MAX_NAME_COMPARISONS as u64));
                return Some(Outcome::new(Verdict::Unknown, vec![limit, Fact::new("constrained_by", Value::Certificate(*id))]));
            }
            self.left -= needed;
            for base in excluded {
                match within(name, base, Reach::Any) {
                    Within::Yes => return says(Verdict::Fail, "excluded", base.to_string()),
                    Within::Malformed(reason) => return says(Verdict::Fail, "malformed", reason.to_owned()),
                    Within::No => {}
                }
            }
            let mut allowed = permitted.is_empty();
            for base in &permitted {
                match within(name, base, Reach::All) {
                    Within::Yes => allowed = true,
                    Within::Malformed(reason) => return says(Verdict::Fail, "malformed", reason.to_owned()),
                    Within::No => {}
                }
            }
            if !allowed {
                let told: Vec<String> = permitted.iter().take(TOLD).map(ToString::to_string).collect();
                let more = permitted.len().saturating_sub(TOLD);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                return says(Verdict::Fail, "permitted", format!("{}{more}", told.join(", ")));
            }
        }
        None
    }
}

/// Permitted subtrees that are told where none holds the name.
const TOLD: usize = 8;

/// 4.2.1.10: without a subject alternative name, constraints on mail bind the emailAddress attributes of the subject.
fn legacy_emails(certificate: &Certificate, alternative: &[GeneralName]) -> Vec<GeneralName> {
    if !alternative.is_empty() {
        return Vec::new();
    }
    let attributes = certificate.subject.attributes().into_iter();
    attributes.filter(|attribute| attribute.kind == "emailAddress").map(|attribute| GeneralName::Email(attribute.value)).collect()
}

fn sentence(said: &Said<'_>) -> String {
    let (subject, name) = (said.subject, format!("{} {}", said.text("form"), said.text("name")));
    match said.verdict() {
        Verdict::NotApplicable => format!("{subject}: no CA above constrains names"),
        Verdict::Pass => format!("{subject}: all {} names lie within the constraints above", said.text("names")),
        Verdict::Unknown if said.fact("limit").is_some() => {
            format!("{subject}: more than {} comparisons of names, not judged", said.text("limit"))
        }
        Verdict::Unknown => format!("{subject}: {name} is constrained, and names of this form are not compared"),
        _ if said.fact("excluded").is_some() => format!("{subject} names {name}, which lies in the excluded {}", said.text("excluded")),
        _ if said.fact("permitted").is_some() => format!("{subject} names {name}, outside the permitted {}", said.text("permitted")),
        _ if said.fact("name").is_some() => format!("{subject} names {name}, which is {}", said.text("malformed")),
        _ => format!("{subject} has names or constraints that cannot be read: {}", said.text("malformed")),
    }
}
