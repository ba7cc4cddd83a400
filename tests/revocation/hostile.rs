//! Evidence that means harm: huge, broken anywhere, or of bytes that are no evidence at all.

use std::sync::Arc;

use crossroots::analysis::{Budget, Judgement, Limit, Spent};
use crossroots::cert::{Certificate, Crl, CrlError, MAX_CRL, MAX_ENTRY_ISSUERS, OcspResponse};
use crossroots::chain::{LinkId, SignatureState};
use crossroots::check::{Allowance, Finding, Policy, Verdict};
use crossroots::report::{Notes, ReportOptions, text};
use proptest::prelude::*;

use super::making::{
    Authority, LEAF, MadeCrl, NOW, World, entry, extension, integer, judged, reason, says, scope, time, tlv, unchecked, unusable,
};
use super::responses::{GOOD, MadeResponse, revoked};

/// Entries that the largest real CRLs have.
const MANY: u64 = 1_000_000;

#[test]
fn a_crl_of_a_million_entries_is_read_and_asked() {
    let world = World::new();
    let entries = (0..MANY).map(|serial| entry(1_000 + serial * 7 % MANY, "2026-11-10", &[])).collect();
    let crl = MadeCrl::new(entries).by(&world.sub);
    assert_eq!(crl.len(), 1_000_000);
    assert_eq!(world.now(&[&crl]).verdict, Verdict::Pass);
    let issuer = Certificate::from_der(&world.sub.by(&world.sub, 1)).unwrap().subject;
    for serial in [1_000, 1_001, 1_000 + MANY - 1] {
        let content = integer(serial)[2..].to_vec();
        assert_eq!(crl.entries(&issuer, &content).count(), 1, "{serial}");
    }
    assert_eq!(crl.entries(&issuer, &[3]).count(), 0);
}

#[test]
fn what_is_too_large_is_refused_with_words() {
    let error = Crl::from_der(&vec![0x30; MAX_CRL + 1]).unwrap_err();
    assert_eq!(error, CrlError::TooLarge { length: MAX_CRL + 1 });
    let world = World::new();
    let of = |number: usize| {
        let name = format!("issuer {number}");
        let attribute = tlv(0x30, &[&[6, 3, 0x55, 4, 3], &tlv(0x0c, &[name.as_bytes()])]);
        let name = tlv(0x30, &[&tlv(0x31, &[&attribute])]);
        entry(7, "2026-11-10", &[extension(29, true, &tlv(0x30, &[&tlv(0xa4, &[&name])]))])
    };
    let der = MadeCrl::new((0..=MAX_ENTRY_ISSUERS).map(of).collect()).with(scope(&[0x84, 1, 0xff])).der(&world.sub);
    assert_eq!(Crl::from_der(&der).unwrap_err().to_string(), "not a CRL: entries of more than 10000 issuers");
}

#[test]
fn many_crls_of_one_name_cost_no_more_than_their_number() {
    let world = World::new();
    // Keys of the same name, each with a CRL and none of them the issuer's: all are asked whether they may speak.
    let keys: Vec<Authority> = (0..40).map(|_| Authority::new("Sub")).collect();
    let mut certificates = world.certificates();
    for (number, key) in keys.iter().enumerate() {
        certificates.insert(1, key.by(&world.root, 100 + number as u64));
    }
    let crls: Vec<Crl> = keys.iter().map(|key| MadeCrl::new(Vec::new()).by(key)).collect();
    let (finding, _) = world.judged(&certificates, NOW, &crls.iter().collect::<Vec<_>>(), &[]);
    assert_eq!(finding.verdict, Verdict::Pass, "the keys that were tried are enough");
    // Of more keys than are tried, nobody is called a forger.
    let (finding, _) = world.judged(&certificates, NOW, &[&crls[0]], &[]);
    assert!(unusable(&finding).contains("no more are tried"));
}

#[test]
fn crls_beyond_what_may_be_compared_prove_nothing() {
    let world = World::new();
    let crls: Vec<Crl> = (0..50).map(|serial| MadeCrl::new(vec![entry(1_000 + serial, "2026-11-10", &[])]).by(&world.sub)).collect();
    let (analysis, whole) = judged(&world.certificates(), crls, Vec::new(), Policy::at(time(NOW)));
    let (analysis, target) = (Arc::new(analysis), whole.target);
    assert_eq!((says(&analysis, &whole).verdict, whole.spent), (Verdict::Pass, Vec::new()));
    let allowance = Allowance { crls: 49, ..Budget::default().allowance };
    let cut = Judgement::new(Arc::clone(&analysis), target, &Budget { allowance, ..Budget::default() });
    assert_eq!(cut.spent, [Spent { limit: Limit::Crls, value: 49, at: target }]);
    let finding = says(&analysis, &cut);
    assert_eq!(finding.verdict, Verdict::Unknown);
    assert!(
        unusable(&finding).contains("limit of 49 CRL comparisons reached; the CRLs left over were not considered and may revoke it"),
        "{}",
        unusable(&finding)
    );
}

#[test]
fn a_mesh_above_a_thousand_signers_is_searched_no_more_often_than_a_first_look_may() {
    let world = World::new();
    let (mesh, elsewhere): (Vec<Authority>, _) =
        ((0..12).map(|number| Authority::new(&format!("M{number}"))).collect(), Authority::new("E"));
    let mut above = vec![elsewhere.by(&elsewhere, 1), mesh[0].by(&elsewhere, 2)];
    let pairs =
        mesh.iter().enumerate().flat_map(|(place, one)| mesh.iter().skip(place + 1).flat_map(move |other| [(one, other), (other, one)]));
    above.extend(pairs.map(|(subject, issuer)| subject.by(issuer, 3)));
    // Of the issuer's name, and of a key that signs the only CRL. None of its certificates leads to the root of the path.
    let signer = Authority::new("Sub");
    above.extend((0..1_000).map(|number| signer.by(&mesh[number % 12], number as u64)));
    let mut certificates = world.certificates();
    certificates.splice(1..1, above);
    let mut analysis = unchecked(&certificates, vec![MadeCrl::new(Vec::new()).by(&signer)], Vec::new(), Policy::at(time(NOW)));
    let links: Vec<LinkId> = analysis.graph.link_ids().collect();
    for link in links {
        analysis.graph.record(link, SignatureState::Good);
    }
    let target = analysis.targets[0];
    let judged = Judgement::new(Arc::new(analysis), target, &Budget::first_look());
    let most = Budget::first_look().allowance.signer_paths;
    assert!(judged.spent.contains(&Spent { limit: Limit::SignerPaths, value: most, at: target }), "{:?}", judged.spent);
    assert!(unusable(&says(&judged.analysis, &judged)).contains("and no more are"));
}

fn is_read(bytes: &[u8], world: &World) {
    if let Ok(crl) = Crl::from_der(bytes) {
        let certificate = Certificate::from_der(&world.sub.by(&world.sub, 1)).unwrap();
        assert!(crl.entries(&certificate.subject, &[1, 0xf4]).count() <= crl.len());
        assert!(!crl.issuer.to_string().chars().any(char::is_control));
    }
    if let Ok(response) = OcspResponse::from_der(bytes) {
        assert!(!response.bytes(response.tbs).is_empty());
    }
}

#[test]
fn every_flipped_byte_is_read_or_refused() {
    let world = World::new();
    let crl = MadeCrl::new(vec![entry(7, "2026-11-10", &[]), entry(LEAF, "2026-11-10", &[reason(1)])]).with(scope(&[0x84, 1, 0xff]));
    let response = MadeResponse::new(GOOD, &world.sub).by(&world.sub);
    for der in [crl.der(&world.sub), response.der().to_vec()] {
        for place in 0..der.len() {
            for value in [0, 0x7f, 0x80, 0xff, der[place] ^ 1] {
                let mut changed = der.clone();
                changed[place] = value;
                is_read(&changed, &world);
            }
            is_read(&der[..place], &world);
        }
    }
}

/// What a report says with this evidence.
fn written(world: &World, crls: Vec<Crl>, responses: Vec<OcspResponse>) -> (Finding, String) {
    let (analysis, target) = judged(&world.certificates(), crls, responses, Policy::at(time(NOW)));
    let options = ReportOptions { all_findings: true, ..ReportOptions::default() };
    (says(&analysis, &target), text(&analysis, &[target], &Notes::default(), options))
}

/// A bit of each byte in turn; what is signed, or the signature, is another: nothing may be concluded from it. Everything that is
/// said of it can be written down.
fn no_changed_bit_concludes(der: &[u8], read: impl Fn(&[u8]) -> Option<(Finding, String)>) -> usize {
    let mut count = 0;
    for place in 0..der.len() {
        let mut changed = der.to_vec();
        changed[place] ^= 1 << (place % 8);
        let Some((finding, text)) = read(&changed) else { continue };
        count += 1;
        assert_eq!(finding.verdict, Verdict::Unknown, "byte {place}: {finding:?}");
        assert!(!text.chars().any(|letter| letter.is_control() && letter != '\n'), "byte {place}");
    }
    count
}

#[test]
fn a_changed_crl_or_response_never_revokes_and_never_clears() {
    let world = World::new();
    let der = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[reason(1)])]).der(&world.sub);
    let original = Crl::from_der(&der).unwrap();
    let read = no_changed_bit_concludes(&der, |changed| {
        let crl = Crl::from_der(changed).ok()?;
        // The count of unused bits is no part of what is signed, nor of the signature.
        let same = crl.bytes(crl.tbs) == original.bytes(original.tbs) && crl.bytes(crl.signature) == original.bytes(original.signature);
        (!same).then(|| written(&world, vec![crl], Vec::new()))
    });
    assert!(read > 50, "{read}");
    for status in [GOOD.to_vec(), revoked("2026-11-10", 1)] {
        let original = MadeResponse::new(&status, &world.sub).by(&world.sub);
        let read = no_changed_bit_concludes(original.der(), |changed| {
            let one = OcspResponse::from_der(changed).ok()?;
            let same = one.bytes(one.tbs) == original.bytes(original.tbs) && one.bytes(one.signature) == original.bytes(original.signature);
            (!same).then(|| written(&world, Vec::new(), vec![one]))
        });
        assert!(read > 100, "{read}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        drop(Crl::from_der(&bytes));
        drop(OcspResponse::from_der(&bytes));
        let batch = crossroots::source::read_bytes(&bytes, &|block| crossroots::cert::Origin::Stdin { block });
        prop_assert!(batch.problems.iter().all(|problem| !problem.to_string().chars().any(char::is_control)));
    }

    /// Elements of DER, one in the other, whose lengths fit: they get further in than noise.
    #[test]
    fn no_nested_elements_panic(parts in proptest::collection::vec((any::<u8>(), proptest::collection::vec(any::<u8>(), 0..12)), 1..12)) {
        let inner: Vec<u8> = parts.iter().flat_map(|(tag, content)| tlv(*tag, &[content])).collect();
        let tbs = tlv(0x30, &[&inner]);
        let whole = tlv(0x30, &[&tbs, &[0x30, 3, 6, 1, 1], &[3, 2, 0, 1]]);
        drop(Crl::from_der(&whole));
        let response = tlv(0x30, &[&[10, 1, 0], &tlv(0xa0, &[&tlv(0x30, &[&[6, 9, 0x2b, 6, 1, 5, 5, 7, 48, 1, 1], &tlv(4, &[&whole])])])]);
        drop(OcspResponse::from_der(&response));
    }
}

#[test]
fn lists_that_are_compared_each_with_each_are_bounded() {
    let world = World::new();
    let many = (0..=100).map(|number| extension(100, false, &[number])).fold(MadeCrl::new(Vec::new()), MadeCrl::with);
    assert!(Crl::from_der(&many.der(&world.sub)).is_err());
    let names: Vec<u8> = (0..=100).flat_map(|number| tlv(0x86, &[format!("http://a.test/{number}").as_bytes()])).collect();
    let scoped = MadeCrl::new(Vec::new()).with(scope(&tlv(0xa0, &[&tlv(0xa0, &[&names])])));
    assert!(Crl::from_der(&scoped.der(&world.sub)).unwrap_err().to_string().contains("more than 100"));
    // Every entry with an unknown critical extension of its own.
    let entries = (0..200_u64).map(|number| {
        let oid = [0x2a, 0x83 | 0x80, number as u8 & 0x7f];
        let unknown = tlv(0x30, &[&tlv(6, &[&oid]), &[1, 1, 0xff], &tlv(4, &[&[5, 0]])]);
        entry(number + 1, "2026-11-10", &[unknown])
    });
    let crl = MadeCrl::new(entries.collect()).by(&world.sub);
    assert!((1..=16).contains(&crl.unknown_critical.len()));
}
