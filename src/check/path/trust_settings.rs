//! Does the file that an anchor stands in trust it for this purpose? OpenSSL's trust settings, judged as OpenSSL does.

use super::super::case::PathAt;
use super::super::purpose::ANY_PURPOSE;
use super::super::rule::{Decides, Examine, Rule};
use super::super::{Fact, FactName, Outcome, RuleId, Value, Verdict};
use crate::cert::{TrustSettings, oid_words};
use crate::chain::{CertificateId, End};

pub const RULE: Rule = Rule {
    id: RuleId::TrustSettings,
    title: "trusted for the purpose by its store",
    citation: "RFC 5280 6.1.1 (d); openssl-x509(1), trust settings (OpenSSL error 28)",
    reason: "A file that rejects a root for servers does not make it an anchor for one.",
    failure: "NOT TRUSTED FOR THIS",
    decides: Decides::Always,
    timely: false,
    examine: Examine::Path(examine),
};

fn examine(at: &PathAt<'_>) -> Vec<(CertificateId, Outcome)> {
    let Some(&anchor) = at.path.certificates.last() else { return Vec::new() };
    let trust = at.case.trust;
    if at.path.end != End::Anchor || !trust.has_settings() {
        return at.wants.answer(anchor, Verdict::NotApplicable, Vec::new);
    }
    let needs = at.purpose.needs();
    let mut facts = vec![Fact::new(FactName::Purpose, Value::Word(needs.word))];
    let (mut told, mut refusing, mut holding) = (0, 0, 0);
    for (_, store) in trust.stores().iter().enumerate().filter(|(place, _)| at.path.stores.contains(*place)) {
        let settings = trust.settings(&store.name, anchor);
        told += usize::from(settings.is_some());
        let Some(settings) = settings.filter(|settings| !is_trusted(settings, needs.any_of)) else {
            holding += 1;
            continue;
        };
        refusing += 1;
        facts.push(Fact::new(FactName::Store, Value::Text(store.name.clone())));
        let uses = |name, uses: &[String]| uses.iter().map(|oid| Fact::new(name, Value::Text(words(oid)))).collect::<Vec<_>>();
        facts.extend(uses(FactName::RejectedUse, &settings.rejected));
        facts.extend(uses(FactName::TrustedUse, settings.trusted.as_deref().unwrap_or_default()));
    }
    let verdict = match (told, refusing, holding) {
        (0, ..) => Verdict::NotApplicable,
        (_, 0, _) => Verdict::Pass,
        (_, _, 0) => Verdict::Fail,
        // Another store has it for all uses.
        _ => Verdict::Caution,
    };
    vec![(anchor, Outcome::new(verdict, facts))]
}

/// As `obj_trust` of OpenSSL's x509_trust.c: what is rejected is not trusted; where uses are named, only they are. No purpose asks for
/// anyExtendedKeyUsage.
fn is_trusted(settings: &TrustSettings, wanted: &[&str]) -> bool {
    let names = |uses: &[String]| uses.iter().any(|oid| oid == ANY_PURPOSE || wanted.contains(&oid.as_str()));
    !names(&settings.rejected) && settings.trusted.as_deref().is_none_or(names)
}

fn words(oid: &str) -> String {
    oid_words(oid).unwrap_or(oid).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_read_as_openssl_reads_them() {
        let (server, email) = ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.4");
        let settings = |trusted: Option<&[&str]>, rejected: &[&str]| {
            let owned = |uses: &[&str]| uses.iter().map(|oid| (*oid).to_owned()).collect::<Vec<_>>();
            TrustSettings { trusted: trusted.map(owned), rejected: owned(rejected), alias: None }
        };
        // As OpenSSL 3.0 has it (obj_trust in crypto/x509/x509_trust.c): trusted uses, rejected uses, for a server, for mail, for no purpose.
        for (trusted, rejected, expected) in [
            (None, &[][..], [true, true, true]),
            (None, &[server][..], [false, true, true]),
            (None, &[ANY_PURPOSE][..], [false, false, false]),
            (Some(&[server][..]), &[][..], [true, false, false]),
            (Some(&[email][..]), &[server][..], [false, true, false]),
            (Some(&[server][..]), &[server][..], [false, false, false]),
            (Some(&[ANY_PURPOSE][..]), &[][..], [true, true, true]),
            (Some(&[ANY_PURPOSE][..]), &[server][..], [false, true, true]),
            (Some(&[][..]), &[][..], [false, false, false]),
        ] {
            let settings = settings(trusted, rejected);
            assert_eq!([&[server][..], &[email], &[]].map(|wanted| is_trusted(&settings, wanted)), expected, "{settings:?}");
        }
    }
}
