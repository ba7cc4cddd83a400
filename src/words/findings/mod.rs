//! A finding in a sentence: who, what is wrong, the two values compared.
//!
//! One exhaustive match from the rule to its sentence; a rule's title and reason stand in its row of the table.

mod certificate;
mod evidence;
mod issuing;
mod names;
mod path;
mod signatures;

use std::fmt::Display;

use super::Labels;
use crate::analysis::Analysis;
use crate::chain::CertificateId;
use crate::check::{FactName, Finding, Place, RuleId, Value, Verdict};

pub use evidence::unusable_words;

/// A finding, and what people call the certificates that it speaks of.
#[derive(Debug, Clone, Copy)]
struct Statement<'a> {
    finding: &'a Finding,
    /// The certificate that it is shown at.
    subject: &'a str,
    /// The issuer's certificate, where the finding is of a link.
    above: &'a str,
    /// The issuer's entity, with its key where both are called the same: a signature is by a key, so no sibling is named.
    above_entity: &'a str,
}

/// A finding in a sentence that names its certificate: `R3 by DST Root CA X3 expired on 2021-09-29`.
pub fn finding_words(analysis: &Analysis, labels: &Labels, finding: &Finding) -> String {
    let name = |id: CertificateId| labels.certificate(&analysis.pool, &analysis.graph, id);
    let subject = name(finding.place.certificate());
    let (above, above_entity) = match finding.place {
        Place::Link { certificate, issuer } => {
            let own = labels.subject(&analysis.graph, certificate);
            let entity = labels.subject(&analysis.graph, issuer);
            let is_same = own == entity && analysis.graph.entity_of(certificate) != analysis.graph.entity_of(issuer);
            let key = &analysis.pool.certificate(issuer).spki_sha256.short()[..6];
            let entity = if is_same && !entity.contains(key) { format!("{entity} (key {key})") } else { entity };
            (name(issuer), entity)
        }
        _ => (String::new(), String::new()),
    };
    sentence(&Statement { finding, subject: &subject, above: &above, above_entity: &above_entity })
}

/// A fact's value; a certificate is called by its label.
pub fn value_words(analysis: &Analysis, labels: &Labels, value: &Value) -> String {
    match value {
        Value::Certificate(id) => labels.certificate(&analysis.pool, &analysis.graph, *id),
        other => fact_words(other),
    }
}

fn sentence(said: &Statement<'_>) -> String {
    match said.finding.rule {
        RuleId::Signature => signatures::signature(said),
        RuleId::NameChaining => issuing::name_chaining(said),
        RuleId::Validity => certificate::validity(said),
        RuleId::BasicConstraints => issuing::basic_constraints(said),
        RuleId::KeyUsage => issuing::key_usage(said),
        RuleId::KeyIdentifier => issuing::key_identifier(said),
        RuleId::PathLength => path::path_length(said),
        RuleId::NameConstraints => names::name_constraints(said),
        RuleId::Policies => path::policies(said),
        RuleId::Purpose => path::purpose(said),
        RuleId::KeyUsageForPurpose => path::key_usage_for_purpose(said),
        RuleId::Host => names::host(said),
        RuleId::CriticalExtension => certificate::critical_extension(said),
        RuleId::AlgorithmMatch => signatures::algorithm_match(said),
        RuleId::Structure => certificate::structure(said),
        RuleId::Encoding => certificate::encoding(said),
        RuleId::Names => certificate::names(said),
        RuleId::SerialNumber => certificate::serial_number(said),
        RuleId::Criticality => certificate::criticality(said),
        RuleId::AuthorityExtensions => certificate::authority_extensions(said),
        RuleId::KeyIdentifierPresence => certificate::key_identifier_presence(said),
        RuleId::KeyStrength => signatures::key_strength(said),
        RuleId::SignatureStrength => signatures::signature_strength(said),
        RuleId::Lifetime => certificate::lifetime(said),
        RuleId::SubjectAlternativeName => names::subject_alternative_name(said),
        RuleId::Wildcard => names::wildcard(said),
        RuleId::Transparency => evidence::transparency(said),
        RuleId::Distrust => certificate::distrust(said),
        RuleId::DistrustAfter => path::distrust_after(said),
        RuleId::ClientAuthority => path::client_authority(said),
        RuleId::Revocation => evidence::revocation(said),
        RuleId::Trust => path::trust(said),
    }
}

impl Statement<'_> {
    fn verdict(&self) -> Verdict {
        self.finding.verdict
    }

    fn fact(&self, name: FactName) -> Option<&Value> {
        self.finding.fact(name)
    }

    fn has(&self, name: FactName) -> bool {
        self.fact(name).is_some()
    }

    /// The fact's value; empty where there is none.
    fn text(&self, name: FactName) -> String {
        self.fact(name).map(fact_words).unwrap_or_default()
    }

    fn number(&self, name: FactName) -> u64 {
        match self.fact(name) {
            Some(Value::Number(number)) => *number,
            _ => 0,
        }
    }

    /// The day of a fact that is a time; empty where there is none.
    fn date(&self, name: FactName) -> String {
        match self.fact(name) {
            Some(Value::Time(time)) => time.date(),
            _ => String::new(),
        }
    }

    /// The values of all facts of this name, separated by commas.
    fn every(&self, name: FactName) -> String {
        listed(self.finding.facts.iter().filter(|fact| fact.name == name).map(|fact| fact_words(&fact.value)))
    }

    /// All facts' values, separated by commas.
    fn all(&self) -> String {
        listed(self.finding.facts.iter().map(|fact| fact_words(&fact.value)))
    }
}

/// A fact's value where no certificate has a label.
pub fn fact_words(value: &Value) -> String {
    match value {
        Value::Time(time) => time.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Word(word) => (*word).to_owned(),
        Value::Term(term) => term.word().to_owned(),
        Value::Unusable(unusable) => unusable_words(unusable),
        Value::Certificate(id) => format!("certificate {}", id.0),
    }
}

fn listed(values: impl Iterator<Item = impl Display>) -> String {
    values.map(|value| value.to_string()).collect::<Vec<_>>().join(", ")
}
