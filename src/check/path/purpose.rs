//! RFC 5280 4.2.1.12: extended key usage allows the purpose, in the target and, as browsers and operating systems demand, in every
//! CA above it that has one.

use super::super::case::CertificateAt;
use super::super::policy::Naming;
use super::super::purpose::{ANY_PURPOSE, Alone, Needs, Purpose};
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Term, Value, Verdict};
use crate::cert::oid_words;

pub const RULE: Rule = Rule {
    id: RuleId::Purpose,
    title: "may be used for the purpose",
    citation: "RFC 5280 4.2.1.12; CA/Browser Forum BR 7.1.2",
    reason: "A key that was certified for mail must not authenticate a server, whoever issued it.",
    failure: "OTHER PURPOSE",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Standing(examine),
};

fn examine(at: &CertificateAt<'_>) -> Option<Outcome> {
    let needs = at.purpose.needs();
    if !at.binds() || !(needs.nested || at.is_target) {
        return None;
    }
    let mut facts = vec![Fact::new(FactName::Purpose, Value::Word(needs.word))];
    if needs.any_of.is_empty() {
        return Some(Outcome::new(Verdict::NotApplicable, facts));
    }
    let certificate = at.certificate;
    let named = match certificate.extended_key_usage() {
        Err(reason) => {
            facts.push(Fact::new(FactName::Malformed, reason.into()));
            return Some(Outcome::new(Verdict::Fail, facts));
        }
        Ok(named) => named,
    };
    match &named {
        None => facts.push(Fact::new(FactName::ExtendedKeyUsage, Value::Term(Term::NotRestricted))),
        Some(oids) => facts.extend(oids.iter().map(|oid| Fact::new(FactName::ExtendedKeyUsage, Value::Text(words(oid))))),
    }
    let is_ca_target = at.is_target && certificate.extensions.basic_constraints.is_some_and(|found| found.ca) && !at.is_anchor;
    if is_ca_target {
        facts.push(Fact::new(FactName::Ca, Value::Flag(true)));
    }
    if at.is_target && needs.critical && !certificate.extension_is_critical(&[0x55, 0x1d, 37]) {
        facts.push(Fact::new(FactName::Critical, Value::Flag(false)));
        return Some(Outcome::new(Verdict::Fail, facts));
    }
    if let Some((verdict, beside)) = named.as_deref().and_then(|named| unwanted(at, needs, named)) {
        facts.extend(beside.into_iter().map(|oid| Fact::new(FactName::Beside, Value::Text(words(oid)))));
        return Some(Outcome::new(verdict, facts));
    }
    Some(Outcome::new(allows(at, needs, named.as_deref(), is_ca_target), facts))
}

/// What a breach is where verifiers in use differ.
fn breach(at: &CertificateAt<'_>) -> Verdict {
    if at.policy.naming == Naming::Assumed { Verdict::Caution } else { Verdict::Fail }
}

fn must_be_alone(at: &CertificateAt<'_>, needs: &Needs) -> bool {
    needs.alone == Alone::Everywhere || (at.is_target && needs.alone == Alone::OnTarget)
}

/// Purposes that do not belong in a certificate for this one, and what that is; where it does not name this one, that decides.
fn unwanted<'a>(at: &CertificateAt<'_>, needs: &Needs, named: &'a [String]) -> Option<(Verdict, Vec<&'a str>)> {
    let is_wanted = |oid: &str| needs.any_of.contains(&oid);
    let those = |is_unwanted: &dyn Fn(&str) -> bool| named.iter().map(String::as_str).filter(|oid| is_unwanted(oid)).collect::<Vec<_>>();
    let has_wanted = named.iter().any(|oid| is_wanted(oid));
    if must_be_alone(at, needs) && has_wanted && named.len() > 1 {
        return Some((Verdict::Fail, those(&|oid| !is_wanted(oid))));
    }
    let prohibited = those(&|oid| needs.prohibited.contains(&oid));
    let verdict = match (needs.prohibits, has_wanted) {
        _ if !at.is_target || prohibited.is_empty() => return None,
        (true, _) => Verdict::Fail,
        (false, true) => breach(at),
        (false, false) => return None,
    };
    Some((verdict, prohibited))
}

fn allows(at: &CertificateAt<'_>, needs: &Needs, named: Option<&[String]>, is_ca_target: bool) -> Verdict {
    let naming = at.policy.naming;
    let must_be_named = naming == Naming::Everywhere || (at.is_target && naming == Naming::OnTarget);
    let breach = breach(at);
    let Some(named) = named else {
        // BoringSSL's strictest policy wants a client's CAs to name it, and lets a server's be silent.
        let is_asked_of_cas = naming == Naming::Everywhere && needs.purpose == Purpose::Client;
        let is_missed = needs.alone == Alone::Everywhere || is_asked_of_cas || (at.is_target && must_be_named);
        return if is_missed { Verdict::Fail } else { if_sound(is_ca_target, breach) };
    };
    let has = |oid: &str| named.iter().any(|named| named == oid);
    let wanted = needs.any_of.iter().any(|oid| has(oid));
    match (wanted, has(ANY_PURPOSE)) {
        _ if must_be_alone(at, needs) && !wanted => Verdict::Fail,
        (true, _) => if_sound(is_ca_target, breach),
        (false, true) => {
            if must_be_named {
                Verdict::Fail
            } else {
                if_sound(is_ca_target, breach)
            }
        }
        // BoringSSL lets a CA for servers issue for clients, as many were before root programs told them apart.
        (false, false) if needs.purpose == Purpose::Client && !at.is_target && naming == Naming::Assumed && has(SERVER) => Verdict::Caution,
        (false, false) => Verdict::Fail,
    }
}

const SERVER: &str = "1.3.6.1.5.5.7.3.1";

/// A CA's certificate is not meant to stand for a server itself (CA/Browser Forum BR 7.1.2.7).
fn if_sound(is_ca_target: bool, breach: Verdict) -> Verdict {
    if is_ca_target { breach } else { Verdict::Pass }
}

fn words(oid: &str) -> String {
    oid_words(oid).unwrap_or(oid).to_owned()
}
