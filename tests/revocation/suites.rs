//! Does revocation come out as other implementations' suites say? Runs where `../shared/corpora` exists.

use std::fs;
use std::path::{Path, PathBuf};

use crossroots::cert::{Crl, CrlError, OcspError, OcspResponse};
use crossroots::check::{PathVerdict, Policy, Verdict};

use super::making::{judged, says, time};

/// A folder of the corpora; says that it was skipped where there is none.
fn corpus(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/boringssl-pki").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

fn at(text: &str) -> Policy {
    Policy::at(time(text))
}

/// Sections whose cases stand or fall by revocation, or by CRLs' signers: 4.1 to 4.7 and 4.13 to 4.16; the others
/// are of certificate policies.
const PKITS_SECTIONS: [&str; 11] = ["01", "02", "03", "04", "05", "06", "07", "13", "14", "15", "16"];

#[test]
fn pkits_holds_where_every_certificate_must_be_proven_unrevoked() {
    let Some(folder) = corpus("pki/testdata/nist-pkits") else { return };
    let index: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("../../../pkits.json")).unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in index["tests"].as_array().unwrap() {
        let section = &case["section"].as_str().unwrap()["PkitsTest".len()..][..2];
        if !PKITS_SECTIONS.contains(&section) {
            continue;
        }
        seen += 1;
        let read = |kind: &str, ending: &str| -> Vec<Vec<u8>> {
            let names = case[kind].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            names.map(|name| fs::read(folder.join(kind).join(format!("{name}.{ending}"))).unwrap()).collect()
        };
        let crls: Vec<Crl> =
            read("crls", "crl").iter().map(|der| Crl::from_der(der).unwrap_or_else(|error| panic!("{case}: {error}"))).collect();
        let policy = Policy { require_revocation: true, ..at("2012-01-01") };
        let (_, target) = judged(&read("certs", "crt"), crls, Vec::new(), policy);
        let expected = case["should_validate"].as_bool().unwrap_or(true);
        if (target.verdict == PathVerdict::Valid) != expected {
            let facts: Vec<String> = target
                .paths
                .iter()
                .flat_map(|judged| judged.findings.iter())
                .filter(|finding| finding.verdict < Verdict::Caution)
                .map(|finding| format!("{finding:?}"))
                .collect();
            wrong.push(format!(
                "{} {} expected {expected}: {:?}\n   {}",
                case["test_number"],
                case["test"],
                target.verdict,
                facts.join("\n   ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {seen} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen >= 159, "{seen}");
}

fn blocks(file: &Path) -> Vec<(String, Vec<u8>)> {
    let text = fs::read(file).unwrap();
    ::pem::parse_many(&text).unwrap().into_iter().map(|block| (block.tag().to_owned(), block.contents().to_vec())).collect()
}

fn block(blocks: &[(String, Vec<u8>)], label: &str) -> Vec<u8> {
    blocks.iter().find(|(known, _)| known == label).map(|(_, der)| der.clone()).unwrap()
}

fn vectors(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), file)).collect()
}

/// Where we answer otherwise than BoringSSL's crl_unittest, and why.
const DIFFERING_CRLS: &[(&str, &str, &str)] = &[
    (
        "bad_crldp_has_crlissuer",
        "good",
        "RFC 5280 6.3.3 ends with CRLs of the certificate's issuer that no distribution point names; BoringSSL leaves such points out",
    ),
    ("bad_idp_indirectcrl", "good", "an indirect CRL speaks of its own issuer's certificates, too (RFC 5280 5.2.5); BoringSSL takes none"),
    (
        "bad_thisupdate_too_old",
        "good",
        "nextUpdate is still to come (RFC 5280 6.3.3 (a)); BoringSSL's test asks for a CRL of the last week",
    ),
    (
        "invalid_idp_onlycontainsusercerts_v1_leaf",
        "good",
        "RFC 5280 6.3.3 (b)(2)(ii) asks that the certificate has no basicConstraints with cA TRUE, and one of version 1 has none; BoringSSL takes \
         a version 1 certificate for a CA's",
    ),
];

#[test]
fn boringssl_crls_say_what_their_names_say() {
    let Some(folder) = corpus("pki/testdata/crl_unittest") else { return };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, file) in vectors(&folder) {
        seen += 1;
        let blocks = blocks(&file);
        let said = match Crl::from_der(&block(&blocks, "CRL")) {
            Err(CrlError::Malformed { .. } | CrlError::TooLarge { .. }) => "unusable",
            Ok(crl) => {
                let mut certificates: Vec<Vec<u8>> =
                    blocks.iter().filter(|(label, _)| label.starts_with("CA CERTIFICATE")).map(|(_, der)| der.clone()).collect();
                // Of two, the second issued the first.
                certificates.reverse();
                certificates.push(block(&blocks, "CERTIFICATE"));
                let (analysis, target) = judged(&certificates, vec![crl], Vec::new(), at("2017-03-09"));
                match says(&analysis, &target).verdict {
                    Verdict::Pass => "good",
                    Verdict::Fail => "revoked",
                    _ => "unusable",
                }
            }
        };
        let named = if name.starts_with("good") {
            "good"
        } else if name.starts_with("revoked") {
            "revoked"
        } else {
            "unusable"
        };
        let expected = DIFFERING_CRLS.iter().find(|(known, ..)| *known == name).map_or(named, |(_, ours, _)| ours);
        if said != expected {
            wrong.push(format!("{name}: {said}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {seen} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen >= 50, "{seen}");
}

/// What BoringSSL's ocsp_unittest expects: the status, `unknown` where the response cannot be used.
const OCSP_EXPECTED: &[(&str, &str)] = &[
    ("bad_ocsp_type", "unknown"),
    ("bad_signature", "unknown"),
    ("bad_status", "unknown"),
    ("future_response", "unknown"),
    ("good_response", "good"),
    ("good_response_invalid_serial", "good"),
    ("good_response_next_update", "good"),
    ("good_response_sha256", "good"),
    ("has_critical_ct_extension", "good"),
    ("has_critical_response_extension", "unknown"),
    ("has_critical_single_extension", "unknown"),
    ("has_extension", "good"),
    ("has_single_extension", "good"),
    ("has_version", "good"),
    ("invalid_response", "unknown"),
    ("invalid_response_data", "unknown"),
    ("malformed_request", "unknown"),
    ("missing_response", "unknown"),
    ("multiple_response", "unknown"),
    ("multiple_response_good_revoked", "revoked"),
    ("no_response", "unknown"),
    ("ocsp_extra_certs", "good"),
    ("ocsp_sign_bad_indirect", "unknown"),
    ("ocsp_sign_direct", "good"),
    ("ocsp_sign_indirect", "good"),
    ("ocsp_sign_indirect_missing", "unknown"),
    ("old_response", "unknown"),
    ("other_response", "unknown"),
    ("produced_early_response", "unknown"),
    ("produced_late_response", "unknown"),
    ("responder_id", "good"),
    ("responder_name", "good"),
    ("revoke_response", "revoked"),
    ("revoke_response_reason", "revoked"),
    ("stale_response", "unknown"),
    ("unknown_response", "unknown"),
];

/// Where we answer otherwise, and why.
const DIFFERING_RESPONSES: &[(&str, &str, &str)] = &[
    ("produced_early_response", "good", "RFC 6960 3.2 does not compare producedAt with the certificate's dates; BoringSSL does"),
    ("produced_late_response", "good", "likewise"),
];

#[test]
fn boringssl_ocsp_responses_say_what_is_expected_of_them() {
    let Some(folder) = corpus("pki/testdata/ocsp_unittest") else { return };
    let mut wrong = Vec::new();
    for (name, file) in vectors(&folder) {
        let blocks = blocks(&file);
        let said = match OcspResponse::from_der(&block(&blocks, "OCSP RESPONSE")) {
            Err(OcspError::Malformed { .. } | OcspError::NotSuccessful { .. } | OcspError::TooLarge { .. }) => "unknown",
            Ok(response) => {
                let certificates = [block(&blocks, "CA CERTIFICATE"), block(&blocks, "CERTIFICATE")];
                let (analysis, target) = judged(&certificates, Vec::new(), vec![response], at("2017-03-05"));
                let finding = says(&analysis, &target);
                match finding.verdict {
                    Verdict::Pass => "good",
                    Verdict::Fail => "revoked",
                    _ => "unknown",
                }
            }
        };
        let upstream = OCSP_EXPECTED.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name} is new")).1;
        let expected = DIFFERING_RESPONSES.iter().find(|(known, ..)| *known == name).map_or(upstream, |(_, ours, _)| ours);
        if said != expected {
            wrong.push(format!("{name}: {said}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
