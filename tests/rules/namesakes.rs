//! Another CA of the issuer's name is loaded: whose fault a signature is that its key did not make.

use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::{Analysis, Judgement};
use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{End, Pool, SignatureState, Store, Trust};
use crossroots::check::{FactName, PathVerdict, Policy, Value, Verdict};
use crossroots::report::{dot, mermaid};
use crossroots::words::{Labels, verdict_sentence};
use crossroots::worker::check_links;
use rcgen::{CertificateParams, IsCa, Issuer, KeyIdMethod, KeyPair};

use super::{AT, authority, params};

/// A leaf that one CA issued, and another of the same name, the only one that is loaded, and trusted.
fn judged(leaf: CertificateParams, issued_by: &CertificateParams, loaded: &CertificateParams) -> Judgement {
    let keys = [0; 3].map(|_| KeyPair::generate().unwrap());
    let leaf = leaf.signed_by(&keys[0], &Issuer::from_params(issued_by, &keys[1])).unwrap().der().to_vec();
    judge(&leaf, loaded.clone().self_signed(&keys[2]).unwrap().der())
}

fn judge(leaf: &[u8], root: &[u8]) -> Judgement {
    let mut pool = Pool::default();
    let ids = [leaf, root].map(|der| pool.add(Certificate::from_der(der).unwrap(), Origin::Stdin { block: None }));
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![ids[1]] }]);
    let mut analysis = Analysis::new(pool, trust, Policy::at(AT), Some("leaf")).unwrap();
    let pool = Arc::clone(&analysis.pool);
    check_links(&pool, &mut analysis.graph, &ids, 1, &mut |_| ControlFlow::Continue(()));
    analysis.judge(ids[0])
}

fn with_identifier(identifier: &[u8]) -> CertificateParams {
    let mut root = authority("Root");
    root.key_identifier_method = KeyIdMethod::PreSpecified(identifier.to_vec());
    root
}

#[test]
fn a_key_that_is_not_loaded_is_missing_and_its_namesake_is_not_blamed() {
    let target = judged(params("leaf", IsCa::NoCa), &with_identifier(&[1; 20]), &with_identifier(&[2; 20]));
    assert_eq!((target.verdict, target.paths.len(), target.paths[0].path.end), (PathVerdict::Incomplete, 1, End::MissingIssuer));
    let trust = target.explain(0).into_iter().find(|finding| finding.rule.word() == "trust").unwrap();
    assert_eq!(trust.verdict, Verdict::Unknown);
    let text = |name| match trust.fact(name) {
        Some(Value::Text(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert!(text(FactName::AuthorityKeyIdentifier).starts_with("01:01") && text(FactName::NamesakeKeyIdentifier).starts_with("02:02"));
    // The link is kept as it is.
    let failed = target.failed_links();
    assert_eq!((failed.len(), failed[0].signature), (1, SignatureState::Bad));
    let labels = Labels::new(&target.analysis.graph, &target.entities);
    let words = verdict_sentence(&labels, &target);
    assert!(words.contains("another Root (key identifier 01:01:01:01:01:01…), which is not loaded"), "{words}");
    assert!(words.contains("02:02:02:02:02:02…"), "{words}");
    for text in [dot(&target.analysis, std::slice::from_ref(&target)), mermaid(&target.analysis, std::slice::from_ref(&target))] {
        assert!(text.contains("Root (key identifier 01:01:01:01:01:01…)") && text.contains("NOT LOADED"), "{text}");
        assert!(text.contains("BAD SIGNATURE"), "{text}");
    }
}

#[test]
fn a_bad_signature_is_invalid_where_nothing_names_another_key() {
    let mut silent = params("leaf", IsCa::NoCa);
    silent.use_authority_key_identifier_extension = false;
    let leaf = || params("leaf", IsCa::NoCa);
    let same = with_identifier(&[7; 20]);
    for (what, leaf, issuer, loaded) in
        [("no AKI", silent, with_identifier(&[1; 20]), with_identifier(&[2; 20])), ("an AKI that agrees", leaf(), same.clone(), same)]
    {
        let target = judged(leaf, &issuer, &loaded);
        assert_eq!(target.verdict, PathVerdict::Invalid, "{what}");
        assert!(target.explain(0).iter().any(|finding| finding.rule.word() == "signature" && finding.verdict == Verdict::Fail), "{what}");
    }
}

#[test]
fn an_identifier_that_is_computed_of_the_loaded_key_names_it_whatever_its_certificate_says() {
    let keys = [0; 2].map(|_| KeyPair::generate().unwrap());
    let root = with_identifier(&[2; 20]).self_signed(&keys[1]).unwrap().der().to_vec();
    let [method_1, sha256] = crossroots::cert::key_identifiers(&Certificate::from_der(&root).unwrap());
    for identifier in [method_1, sha256] {
        let issuer = with_identifier(&identifier);
        let mut leaf = params("leaf", IsCa::NoCa).signed_by(&keys[0], &Issuer::from_params(&issuer, &keys[1])).unwrap().der().to_vec();
        if let Some(last) = leaf.last_mut() {
            *last ^= 1;
        }
        assert_eq!(judge(&leaf, &root).verdict, PathVerdict::Invalid);
    }
}

#[test]
fn a_certificate_that_names_itself_and_another_key_has_no_bad_signature_of_its_own() {
    let keys = [0; 2].map(|_| KeyPair::generate().unwrap());
    // "Root" by another "Root": the own key did not sign it, and the AKI does not name it.
    let mut own = with_identifier(&[3; 20]);
    own.use_authority_key_identifier_extension = true;
    let root = own.signed_by(&keys[1], &Issuer::from_params(&with_identifier(&[4; 20]), &keys[0])).unwrap().der().to_vec();
    let leaf = params("leaf", IsCa::NoCa).signed_by(&keys[0], &Issuer::from_params(&own, &keys[1])).unwrap().der().to_vec();
    let mut pool = Pool::default();
    let ids = [&leaf, &root].map(|der| pool.add(Certificate::from_der(der).unwrap(), Origin::Stdin { block: None }));
    let mut analysis = Analysis::new(pool, Trust::new(Vec::new()), Policy::at(AT), Some("leaf")).unwrap();
    let pool = Arc::clone(&analysis.pool);
    check_links(&pool, &mut analysis.graph, &ids, 1, &mut |_| ControlFlow::Continue(()));
    assert_eq!(analysis.judge(ids[0]).verdict, PathVerdict::Incomplete);
}
