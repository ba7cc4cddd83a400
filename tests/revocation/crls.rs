//! Made CRLs: who is revoked, who is not, and what cannot be known.

use crossroots::check::{Finding, PathVerdict, Policy, Verdict};
use rcgen::{CustomExtension, KeyUsagePurpose};

use super::making::{
    Authority, LEAF, MadeCrl, NOW, World, entry, extension, facts, generalized, integer, judged, reason, says, scope, time, tlv, unusable,
};
use super::responses::{MadeResponse, responder, revoked};

#[test]
fn a_crl_says_who_is_revoked_when_and_why() {
    let world = World::new();
    let invalid_since = extension(24, false, &generalized("2026-11-01"));
    let crl = MadeCrl::new(vec![entry(7, "2026-11-01", &[]), entry(LEAF, "2026-11-10", &[reason(1), invalid_since])]).by(&world.sub);
    let (finding, verdict) = world.judged(&world.certificates(), NOW, &[&crl], &[]);
    assert_eq!((finding.verdict, verdict), (Verdict::Fail, PathVerdict::Invalid));
    for (name, value) in [
        ("revoked_at", "2026-11-10 00:00:00Z"),
        ("reason", "keyCompromise"),
        ("invalid_since", "2026-11-01 00:00:00Z"),
        ("source", "CRL"),
        ("crl_number", "5"),
        ("this_update", "2026-11-20 00:00:00Z"),
        ("next_update", "2026-11-30 00:00:00Z"),
        ("place", "test"),
    ] {
        assert_eq!(facts(&finding, name), [value], "{name}");
    }
    let crl = MadeCrl::new(vec![entry(7, "2026-11-01", &[])]).by(&world.sub);
    let (finding, verdict) = world.judged(&world.certificates(), NOW, &[&crl], &[]);
    assert_eq!((finding.verdict, verdict), (Verdict::Pass, PathVerdict::Valid));
    assert_eq!(facts(&finding, "crl_number"), ["5"]);
}

#[test]
fn without_evidence_nothing_is_known_and_nothing_is_said_unless_proof_is_required() {
    let world = World::new();
    let (_, target) = judged(&world.certificates(), Vec::new(), Vec::new(), Policy::at(time(NOW)));
    assert_eq!((target.verdict, target.paths[0].findings.len()), (PathVerdict::Valid, 0));
    let findings = target.explain(0);
    let of_rule: Vec<&Finding> = findings.iter().filter(|finding| finding.rule.word() == "revocation").collect();
    assert_eq!((of_rule.len(), of_rule[0].verdict, of_rule[0].is_for_want_of_data()), (1, Verdict::Unknown, true));
    let required = Policy { require_revocation: true, ..Policy::at(time(NOW)) };
    let (_, target) = judged(&world.certificates(), Vec::new(), Vec::new(), required.clone());
    assert_eq!(target.verdict, PathVerdict::Invalid);
    // The leaf alone is not enough; with its issuer it is.
    let of_leaf = MadeCrl::new(Vec::new()).by(&world.sub);
    let (_, target) = judged(&world.certificates(), vec![of_leaf.clone()], Vec::new(), required.clone());
    assert_eq!(target.verdict, PathVerdict::Invalid);
    let of_sub = MadeCrl::new(Vec::new()).by(&world.root);
    let (_, target) = judged(&world.certificates(), vec![of_leaf, of_sub], Vec::new(), required);
    assert_eq!(target.verdict, PathVerdict::Valid);
}

#[test]
fn an_intermediate_is_revoked_as_well() {
    let world = World::new();
    let crl = MadeCrl::new(vec![entry(2, "2026-11-10", &[])]).by(&world.root);
    let (_, target) = judged(&world.certificates(), vec![crl], Vec::new(), Policy::at(time(NOW)));
    assert_eq!(target.verdict, PathVerdict::Invalid);
    let findings = target.explain(0);
    let failing: Vec<&Finding> = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).collect();
    assert_eq!((failing.len(), failing[0].rule.word()), (1, "revocation"));
    assert_eq!(facts(failing[0], "reason"), ["no reason given"]);
}

#[test]
fn dates_decide_and_revocation_is_final() {
    let world = World::new();
    let clean = MadeCrl::new(Vec::new()).by(&world.sub);
    assert!(unusable(&world.at("2026-12-01", &[&clean], &[])).contains("stale since 2026-11-30"));
    assert!(unusable(&world.at("2026-11-19", &[&clean], &[])).contains("made later, on 2026-11-20"));
    let endless = MadeCrl::new(Vec::new()).dated("2026-11-20", None).by(&world.sub);
    assert_eq!(world.at("2026-11-27", &[&endless], &[]).verdict, Verdict::Pass);
    assert!(unusable(&world.at("2026-11-28", &[&endless], &[])).contains("more than a week old"));

    let revoked = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(4)])]).by(&world.sub);
    for (at, evidence) in [("2027-06-01", "stale, yet revocation is final"), ("2026-11-15", "made after the judged time")] {
        let finding = world.at(at, &[&revoked], &[]);
        assert_eq!((finding.verdict, facts(&finding, "evidence")), (Verdict::Fail, vec![evidence.to_owned()]), "{at}");
    }
    unusable(&world.at("2026-11-09", &[&revoked], &[]));
    // A hold may have been lifted since, or be younger.
    let held = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(6)])]).by(&world.sub);
    assert_eq!(facts(&world.now(&[&held]), "reason"), ["certificateHold"]);
    unusable(&world.at("2027-06-01", &[&held], &[]));
    unusable(&world.at("2026-11-15", &[&held], &[]));
}

#[test]
fn the_newest_crl_of_a_scope_speaks() {
    let world = World::new();
    let held = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(6)])]).by(&world.sub);
    let lifted = MadeCrl::new(Vec::new()).numbered(6).dated("2026-11-21", Some("2026-11-30")).by(&world.sub);
    assert_eq!(world.now(&[&held, &lifted]).verdict, Verdict::Pass);
    assert_eq!(world.now(&[&lifted, &held]).verdict, Verdict::Pass);
    assert_eq!(world.at("2026-11-20", &[&lifted, &held], &[]).verdict, Verdict::Fail, "before the newer one");
}

#[test]
fn a_crl_counts_only_where_its_signer_may_speak() {
    let world = World::new();
    let entries = vec![entry(LEAF, "2026-11-10", &[])];
    let forger = Authority::new("Sub");
    let forged = MadeCrl::new(entries.clone()).by(&forger);
    assert!(unusable(&world.now(&[&forged])).contains("does not verify with any key of Sub"));
    // Another CA's CRL says nothing of this one's certificates.
    let foreign = MadeCrl::new(entries.clone()).by(&world.other);
    assert!(world.now(&[&foreign]).is_for_want_of_data());

    let mut world = World::new();
    world.sub = Authority::changed("Sub", |params| params.key_usages = vec![KeyUsagePurpose::KeyCertSign]);
    let crl = MadeCrl::new(entries.clone()).by(&world.sub);
    assert!(unusable(&world.now(&[&crl])).contains("may not sign CRLs"));
    // A key of its own for CRLs, with the same name and below the same root.
    let for_crls = Authority::changed("Sub", |params| params.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let mut certificates = world.certificates();
    certificates.insert(1, for_crls.by(&world.root, 9));
    let crl = MadeCrl::new(entries.clone()).by(&for_crls);
    assert_eq!(world.judged(&certificates, NOW, &[&crl], &[]).0.verdict, Verdict::Fail);
    // Not where that certificate is revoked, or of another root.
    let revoking = MadeCrl::new(vec![entry(9, "2026-11-01", &[])]).by(&world.root);
    assert!(unusable(&world.judged(&certificates, NOW, &[&crl, &revoking], &[]).0).contains("no path of the certificate that signed it"));
    let stranger = Authority::new("Stranger");
    certificates[1] = for_crls.by(&stranger, 9);
    certificates.insert(1, stranger.by(&stranger, 1));
    assert!(unusable(&world.judged(&certificates, NOW, &[&crl], &[]).0).contains("up to the same end"));
}

#[test]
fn unknown_critical_extensions_make_a_crl_useless() {
    let world = World::new();
    let entries = vec![entry(LEAF, "2026-11-10", &[])];
    let of_crl = MadeCrl::new(entries).with(extension(99, true, &[5, 0])).by(&world.sub);
    let of_entry = MadeCrl::new(vec![entry(7, "2026-11-10", &[extension(98, true, &[5, 0])])]).by(&world.sub);
    for (crl, oid) in [(of_crl, "2.5.29.99"), (of_entry, "2.5.29.98")] {
        assert!(unusable(&world.now(&[&crl])).contains(oid));
    }
}

#[test]
fn the_date_can_be_moved_to_where_evidence_changes() {
    let world = World::new();
    let crl = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[])]).by(&world.sub);
    let (analysis, target) = judged(&world.certificates(), vec![crl], Vec::new(), Policy::at(time("2026-11-01")));
    let mut seen = Vec::new();
    let mut at = Some(analysis.policy.at);
    while let Some(time) = at {
        let moved = crossroots::analysis::Analysis { policy: Policy::at(time), ..analysis.clone() };
        let again = target.again(std::sync::Arc::new(moved), &crossroots::analysis::Budget::default());
        seen.push((time.date(), again.verdict));
        at = again.next_boundary(again.analysis.policy.at, true).filter(|_| seen.len() < 4);
    }
    let expected = [
        ("2026-11-01", PathVerdict::Valid),
        ("2026-11-10", PathVerdict::Invalid),
        ("2026-11-20", PathVerdict::Invalid),
        ("2026-11-30", PathVerdict::Invalid),
    ];
    assert_eq!(seen, expected.map(|(date, verdict)| (date.to_owned(), verdict)));
}

/// deltaCRLIndicator, critical.
fn since(base: u64) -> Vec<u8> {
    extension(27, true, &integer(base))
}

#[test]
fn a_delta_brings_its_base_up_to_date() {
    let world = World::new();
    let held = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(6)])]).by(&world.sub);
    let clean = MadeCrl::new(Vec::new()).by(&world.sub);
    let delta = |number, base, entries| {
        MadeCrl::new(entries).numbered(number).with(since(base)).dated("2026-11-21", Some("2026-12-05")).by(&world.sub)
    };
    let lifts = delta(6, 5, vec![entry(LEAF, "2026-11-10", &[reason(8)])]);
    assert_eq!(world.now(&[&held, &lifts]).verdict, Verdict::Pass);
    let revokes = delta(7, 4, vec![entry(LEAF, "2026-11-21", &[reason(1)])]);
    let finding = world.now(&[&clean, &lifts, &revokes]);
    assert_eq!(finding.verdict, Verdict::Fail);
    for (name, value) in [("source", "delta CRL"), ("crl_number", "5"), ("delta_number", "7"), ("this_update", "2026-11-21 00:00:00Z")] {
        assert_eq!(facts(&finding, name), [value], "{name}");
    }
    // Together they are as current as the delta.
    assert_eq!(world.at("2026-12-02", &[&clean, &delta(6, 5, Vec::new())], &[]).verdict, Verdict::Pass);
    // A delta without its base says nothing, nor does one for a later base, one that is not newer, or one of another scope.
    assert!(world.now(&[&revokes]).is_for_want_of_data());
    for useless in [
        delta(8, 6, vec![entry(LEAF, "2026-11-21", &[])]),
        delta(5, 4, vec![entry(LEAF, "2026-11-21", &[])]),
        MadeCrl::new(vec![entry(LEAF, "2026-11-21", &[])]).numbered(8).with(since(5)).with(scope(&[0x81, 1, 0xff])).by(&world.sub),
    ] {
        assert_eq!(world.now(&[&clean, &useless]).verdict, Verdict::Pass);
    }
}

#[test]
fn a_scope_is_kept_to() {
    let world = World::new();
    let crl = |content: &[u8]| MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[])]).with(scope(content)).by(&world.sub);
    assert_eq!(world.now(&[&crl(&[0x81, 1, 0xff])]).verdict, Verdict::Fail, "user certificates");
    assert!(unusable(&world.now(&[&crl(&[0x82, 1, 0xff])])).contains("for CA certificates only"));
    assert!(unusable(&world.now(&[&crl(&[0x85, 1, 0xff])])).contains("attribute certificates only"));
    let at = |uri: &str| tlv(0xa0, &[&tlv(0xa0, &[&tlv(0x86, &[uri.as_bytes()])])]);
    assert!(unusable(&world.now(&[&crl(&at("http://a.test/1"))])).contains("another distribution point"));
    let with_point = World::with_leaf(|params| {
        let points = tlv(0x30, &[&tlv(0x30, &[&at("http://a.test/1")])]);
        params.custom_extensions.push(CustomExtension::from_oid_content(&[2, 5, 29, 31], points));
    });
    let crl = |uri: &str| MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[])]).with(scope(&at(uri))).by(&with_point.sub);
    assert_eq!(with_point.now(&[&crl("http://a.test/1")]).verdict, Verdict::Fail);
    assert!(unusable(&with_point.now(&[&crl("http://a.test/2"), &crl("http://a.test/3")])).contains("and 1 more: it is for another"));
}

#[test]
fn crls_for_some_reasons_have_to_cover_all_together() {
    let world = World::new();
    // Bits 1 and 2; bits 3 to 8.
    let keys = MadeCrl::new(Vec::new()).with(scope(&[0x83, 2, 5, 0x60])).by(&world.sub);
    let rest = MadeCrl::new(Vec::new()).with(scope(&[0x83, 3, 7, 0x1f, 0x80])).by(&world.sub);
    assert!(unusable(&world.now(&[&keys])).contains("cover only some revocation reasons"));
    assert_eq!(world.now(&[&keys, &rest]).verdict, Verdict::Pass);
    let revoking = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(1)])]).with(scope(&[0x83, 2, 5, 0x60])).by(&world.sub);
    assert_eq!(world.now(&[&revoking]).verdict, Verdict::Fail);
}

/// certificateIssuer, critical.
fn of_issuer(issuer: &Authority) -> Vec<u8> {
    extension(29, true, &tlv(0x30, &[&tlv(0xa4, &[&issuer.name_der()])]))
}

#[test]
fn an_indirect_crl_speaks_of_the_issuer_that_its_entries_name() {
    let world = World::new();
    let pointed = |cdp: Vec<u8>| {
        World::with_leaf(move |params| params.custom_extensions.push(CustomExtension::from_oid_content(&[2, 5, 29, 31], cdp.clone())))
    };
    let crl_issuer = tlv(0x30, &[&tlv(0x30, &[&tlv(0xa2, &[&tlv(0xa4, &[&world.other.name_der()])])])]);
    let world = pointed(crl_issuer);
    let indirect = |entries| MadeCrl::new(entries).with(scope(&[0x84, 1, 0xff])).by(&world.other);
    // The issuer is carried forward from entry to entry.
    let carried =
        vec![entry(LEAF, "2026-11-01", &[]), entry(7, "2026-11-01", &[of_issuer(&world.sub)]), entry(LEAF, "2026-11-10", &[reason(1)])];
    let finding = world.now(&[&indirect(carried.clone())]);
    assert_eq!((finding.verdict, facts(&finding, "revoked_at")), (Verdict::Fail, vec!["2026-11-10 00:00:00Z".to_owned()]));
    // The same serial number of the CRL's own issuer is another certificate.
    assert_eq!(world.now(&[&indirect(vec![entry(LEAF, "2026-11-01", &[])])]).verdict, Verdict::Pass);
    // One that does not call itself indirect is not.
    let direct = MadeCrl::new(carried.clone()).by(&world.other);
    assert!(unusable(&world.now(&[&direct])).contains("but it is not"));
    // Its signer's own path counts.
    let mut certificates = world.certificates();
    certificates.remove(2);
    let finding = world.judged(&certificates, NOW, &[&indirect(carried)], &[]).0;
    assert!(unusable(&finding).contains("no certificate of Other is loaded"));
}

#[test]
fn what_holds_on_one_path_is_asked_anew_on_another() {
    // Sub stands below Root by two certificates of Middle; the newer, which comes first, has expired, and with it the responder's
    // path above.
    let world = World::new();
    let expired = Authority::changed("Middle", |params| {
        (params.not_before, params.not_after) = (rcgen::date_time_ymd(2025, 1, 1), rcgen::date_time_ymd(2026, 1, 1));
    });
    let current = expired.renewed(|params| {
        (params.not_before, params.not_after) = (rcgen::date_time_ymd(2024, 1, 1), rcgen::date_time_ymd(2030, 1, 1));
    });
    let delegate = responder(|_| {});
    let response = MadeResponse { with: Some(delegate.by(&world.sub, 30)), ..MadeResponse::new(&revoked("2026-11-10", 1), &world.sub) };
    let mut certificates = vec![world.root.by(&world.root, 1), expired.by(&world.root, 11), current.by(&world.root, 12)];
    certificates.extend([world.sub.by(&expired, 2), world.certificates().remove(3)]);
    let (analysis, target) = judged(&certificates, Vec::new(), vec![response.by(&delegate)], Policy::at(time(NOW)));
    assert!(unusable(&says(&analysis, &target)).contains("is not valid"), "on the first path");
    assert_eq!((target.paths.len(), target.verdict), (2, PathVerdict::Invalid));
}

#[test]
fn signers_that_vouch_for_each_other_come_to_an_end() {
    let world = World::new();
    // Sub's and Other's CRLs are each signed by a key whose certificate the other's CRL speaks of.
    let one = Authority::changed("Sub", |params| params.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let two = Authority::changed("Other", |params| params.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let mut certificates = world.certificates();
    certificates.insert(1, one.by(&world.other, 21));
    certificates.insert(1, two.by(&world.sub, 22));
    let crls = [MadeCrl::new(Vec::new()).by(&one), MadeCrl::new(Vec::new()).by(&two)];
    let (finding, _) = world.judged(&certificates, NOW, &[&crls[0], &crls[1]], &[]);
    assert_eq!(finding.verdict, Verdict::Pass);
    let revoking = MadeCrl::new(vec![entry(21, "2026-11-01", &[])]).by(&two);
    let (finding, _) = world.judged(&certificates, NOW, &[&crls[0], &revoking], &[]);
    assert!(unusable(&finding).contains("no path of the certificate that signed it"));
}
