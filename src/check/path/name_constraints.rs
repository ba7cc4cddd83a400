//! RFC 5280 6.1.3 (b), (c): every name below a CA lies within what it permits and outside what it excludes.

use std::rc::Rc;

use super::super::case::{PathAt, Wants};
use super::super::memory::Constraints;
use super::super::meter::Work;
use super::super::rule::{Decides, Examine, Rule};
use super::super::subtrees::{Constrained, WildcardReach, Within, fault};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::{Certificate, GeneralName, NameConstraints};
use crate::chain::CertificateId;

pub const RULE: Rule = Rule {
    id: RuleId::NameConstraints,
    title: "names lie within the constraints above",
    citation: "RFC 5280 6.1.3 (b), (c), 6.1.4 (g), 4.2.1.10; RFC 9598 6",
    reason: "A CA can be held to a domain; without this check it could certify any name.",
    failure: "NAME NOT ALLOWED",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
};

/// Comparisons of one certificate's names with one CA's constraints, as many as OpenSSL (`NAME_CHECK_MAX`) and BoringSSL allow.
const MAX_COMPARISONS_OF_PAIR: usize = 1 << 20;

type At<'a> = (CertificateId, &'a Certificate);

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let has_any = |(_, certificate): &At<'_>| certificate.extension(&[0x55, 0x1d, 30]).is_some();
    let Some((target, _)) = at.certificates().next() else { return Vec::new() };
    if !at.binding().any(|at| has_any(&at)) {
        if at.wants == Wants::Objections {
            return Vec::new();
        }
        return vec![(
            target,
            Outcome::new(Verdict::NotApplicable, vec![Fact::new(FactName::Constraints, Value::Term(Term::NoConstraintsAbove))]),
        )];
    }
    let known = &at.case.memory.names;
    let bound = at.binding().len();
    let mut out = Vec::new();
    let mut above: Vec<(CertificateId, Rc<Constraints>)> = Vec::new();
    for (place, (id, certificate)) in at.certificates().enumerate().rev() {
        // A CA may change its key under its own name (4.2.1.10); the target is held to the constraints all the same.
        let is_exempt = certificate.is_self_issued() && place > 0;
        if !above.is_empty() && !is_exempt {
            let found = above.iter().filter_map(|(ca, constraints)| match constraints.as_ref() {
                Ok(Some(constraints)) => known.objection(id, *ca, || objection(at, certificate, *ca, constraints)),
                _ => None,
            });
            match found.min_by_key(|outcome| outcome.verdict) {
                Some(worst) => out.push((id, worst)),
                None if at.wants.takes(Verdict::Pass) => out.push((id, allowed(certificate, above.iter().map(|(ca, _)| *ca)))),
                None => {}
            }
        }
        if place < bound && has_any(&(id, certificate)) {
            let constraints = known.constraints((id, certificate), sound_constraints);
            match constraints.as_ref() {
                Err(reason) => out.push((id, malformed(reason.clone()))),
                Ok(_) => above.push((id, constraints)),
            }
        }
    }
    out
}

fn allowed(certificate: &Certificate, above: impl Iterator<Item = CertificateId>) -> Outcome {
    let names = certificate.subject_alternative_names().ok().flatten().map_or(0, |names| names.len());
    let subject = usize::from(!certificate.subject.is_empty());
    let mut facts = vec![Fact::new(FactName::Names, Value::Number((names + subject) as u64))];
    facts.extend(above.map(|id| Fact::new(FactName::ConstrainedBy, Value::Certificate(id))));
    Outcome::new(Verdict::Pass, facts)
}

fn malformed(reason: Value) -> Outcome {
    Outcome::new(Verdict::Fail, vec![Fact::new(FactName::Malformed, reason)])
}

fn sound_constraints(certificate: &Certificate) -> Constraints {
    let found = certificate.name_constraints().map_err(Value::Misread)?;
    let lists = found.iter().flat_map(|found| [&found.permitted, &found.excluded]);
    let fault = lists.flatten().flatten().find_map(fault);
    match fault {
        Some(fault) => Err(Value::Term(fault)),
        None => Ok(found),
    }
}

/// What a CA objects to in a certificate's names: the first that fails, else the first that could not be judged.
fn objection(at: &PathAt<'_>, certificate: &Certificate, ca: CertificateId, constraints: &NameConstraints) -> Option<Outcome> {
    let alternative = match certificate.subject_alternative_names() {
        Ok(names) => names.unwrap_or_default(),
        Err(reason) => return Some(malformed(reason.into())),
    };
    let subject = (!certificate.subject.is_empty()).then(|| GeneralName::Directory(certificate.subject.clone()));
    let emails = legacy_emails(certificate, &alternative);
    let names: Vec<&GeneralName> = subject.iter().chain(&emails).chain(&alternative).collect();
    let bases = || constraints.excluded.iter().chain(&constraints.permitted).flatten();
    // As OpenSSL and BoringSSL count, whatever the forms: every attribute of the subject and every alternative name.
    let named = certificate.subject.attributes().len() + alternative.len();
    let comparisons = named.saturating_mul(bases().count());
    let meter = at.case.meter;
    let refused_by = if comparisons > MAX_COMPARISONS_OF_PAIR {
        meter.note_cut(Work::ComparisonsOfPair, MAX_COMPARISONS_OF_PAIR);
        Some(MAX_COMPARISONS_OF_PAIR)
    } else {
        (!meter.take(Work::NameComparisons, comparisons)).then(|| meter.allowed(Work::NameComparisons))
    };
    if let Some(limit) = refused_by {
        let limit = Fact::new(FactName::Limit, Value::Number(limit as u64));
        return Some(Outcome::new(Verdict::Unknown, vec![limit, Fact::new(FactName::ConstrainedBy, Value::Certificate(ca))]));
    }
    let found: Vec<Outcome> = names.into_iter().filter_map(|name| objection_to(name, ca, constraints)).collect();
    found.into_iter().min_by_key(|outcome| outcome.verdict)
}

/// An SmtpUTF8Mailbox is an otherName, and a mailbox as well (RFC 9598 6).
fn objection_to(name: &GeneralName, ca: CertificateId, constraints: &NameConstraints) -> Option<Outcome> {
    let own = held(name, name.choice(), || Constrained::of(name), ca, constraints);
    let as_mailbox = Constrained::of_smtp_utf8_mailbox(name).and_then(|read| held(name, RFC822_NAME, || read, ca, constraints));
    own.into_iter().chain(as_mailbox).min_by_key(|outcome| outcome.verdict)
}

/// The choice of GeneralName that a mailbox is (RFC 5280 4.2.1.6).
const RFC822_NAME: u32 = 1;

fn of_choice(list: &Option<Vec<GeneralName>>, choice: u32) -> Vec<&GeneralName> {
    list.iter().flatten().filter(|base| base.choice() == choice).collect()
}

/// What is objected to in a name by the subtrees of this choice.
fn held<'n>(
    name: &GeneralName,
    choice: u32,
    read: impl FnOnce() -> Result<Constrained<'n>, Term>,
    ca: CertificateId,
    constraints: &NameConstraints,
) -> Option<Outcome> {
    let (excluded, permitted) = (of_choice(&constraints.excluded, choice), of_choice(&constraints.permitted, choice));
    if excluded.is_empty() && permitted.is_empty() {
        return None;
    }
    let says = |verdict: Verdict, what: Vec<Fact>| {
        let (form, name) = (Value::Word(name.form()), Value::Text(name.to_string()));
        let named = [Fact::new(FactName::Form, form), Fact::new(FactName::Name, name)].into_iter().chain(what);
        Some(Outcome::new(verdict, named.chain([Fact::new(FactName::ConstrainedBy, Value::Certificate(ca))]).collect()))
    };
    let constrained = match read() {
        Err(term) => return says(Verdict::Fail, vec![Fact::new(FactName::Malformed, Value::Term(term))]),
        Ok(Constrained::Other) => return says(Verdict::Unknown, vec![Fact::new(FactName::NotJudged, Value::Term(Term::FormNotCompared))]),
        Ok(constrained) => constrained,
    };
    for base in excluded {
        let told = || Fact::new(FactName::Excluded, Value::Text(base.to_string()));
        match constrained.within(base, WildcardReach::Any) {
            Within::Yes => return says(Verdict::Fail, vec![told()]),
            Within::Covers => return says(Verdict::Fail, vec![told(), Fact::new(FactName::Covers, Value::Flag(true))]),
            Within::No => {}
        }
    }
    if permitted.is_empty() || permitted.iter().any(|base| constrained.within(base, WildcardReach::All) == Within::Yes) {
        return None;
    }
    let told = permitted.iter().take(TOLD).map(|base| Fact::new(FactName::Permitted, Value::Text(base.to_string())));
    says(Verdict::Fail, told.chain(Fact::further(permitted.len(), TOLD)).collect())
}

/// Permitted subtrees that are told where none holds the name.
const TOLD: usize = 8;

/// 4.2.1.10: where no alternative name is a mailbox, constraints on mail bind the emailAddress attributes of the subject: who reads mail
/// takes the address from there (RFC 8550 3).
fn legacy_emails(certificate: &Certificate, alternative: &[GeneralName]) -> Vec<GeneralName> {
    if alternative.iter().any(|name| name.choice() == RFC822_NAME || name.smtp_utf8_mailbox().is_some()) {
        return Vec::new();
    }
    let attributes = certificate.subject.attributes().into_iter();
    attributes.filter(|attribute| attribute.kind == "emailAddress").map(|attribute| GeneralName::Email(attribute.value)).collect()
}
