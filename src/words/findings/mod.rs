//! A finding in a sentence: who, what is wrong, the two values compared.
//!
//! One exhaustive match from the rule to its sentence; a rule's title and reason stand in its row of the table.

mod certificate;
mod evidence;
mod failure;
mod issuing;
mod names;
mod path;
mod signatures;
mod statement;
mod unusable;

use super::Labels;
use crate::analysis::Analysis;
use crate::chain::CertificateId;
use crate::check::{Finding, Place, RuleId, Value};

use statement::Statement;

pub use failure::failure_words;
pub use statement::fact_words;
pub use unusable::unusable_words;

/// A finding in a sentence that names its certificate: `R3 by DST Root CA X3 expired on 2021-09-29`.
pub fn finding_words(analysis: &Analysis, labels: &Labels, finding: &Finding) -> String {
    let name = |id: CertificateId| labels.certificate(&analysis.pool, &analysis.graph, id);
    let mut subject = name(finding.place.certificate());
    let (above, above_entity) = match finding.place {
        Place::Link { certificate, issuer } => {
            let own = labels.subject(&analysis.graph, certificate);
            let entity = labels.subject(&analysis.graph, issuer);
            let is_same = own == entity && analysis.graph.entity_of(certificate) != analysis.graph.entity_of(issuer);
            let with_key = |text: String, id: CertificateId| {
                let key = &analysis.pool.certificate(id).spki_sha256.short()[..6];
                if is_same && !text.contains(key) { format!("{text} (key {key})") } else { text }
            };
            if finding.rule == RuleId::Signature {
                subject = with_key(subject, certificate);
            }
            let entity = with_key(entity, issuer);
            (name(issuer), entity)
        }
        _ => (String::new(), String::new()),
    };
    let issuer = &analysis.pool.certificate(finding.place.certificate()).issuer;
    let cut = analysis.graph.cut_checks().iter().find(|cut| analysis.pool.certificate(cut.at).issuer.canonical() == issuer.canonical());
    sentence(&Statement { finding, subject: &subject, above: &above, above_entity: &above_entity, checks: cut.map(|cut| cut.limit) })
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
        RuleId::TrustSettings => path::trust_settings(said),
        RuleId::ClientAuthority => path::client_authority(said),
        RuleId::Revocation => evidence::revocation(said),
        RuleId::Trust => path::trust(said),
    }
}
