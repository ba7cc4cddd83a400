//! Made OCSP responses: by the issuer, by those whom it lets answer, and by others.

use crossroots::cert::{Certificate, Crl, OcspResponse};
use crossroots::check::{PathVerdict, Policy, Verdict};
use rcgen::{CertificateParams, CustomExtension, ExtendedKeyUsagePurpose, IsCa, KeyUsagePurpose};

use super::making::{Authority, LEAF, MadeCrl, NOW, World, entry, facts, generalized, integer, judged, says, scope, time, tlv, unusable};

/// What an OCSP response is made of.
pub struct MadeResponse<'a> {
    pub status: Vec<u8>,
    pub dates: (&'static str, Option<&'static str>),
    pub issuer: &'a Authority,
    /// DER of the responder's certificate; it is sent along.
    pub with: Option<Vec<u8>>,
    pub by_key: bool,
}

pub const GOOD: &[u8] = &[0x80, 0];
const UNKNOWN: &[u8] = &[0x82, 0];

impl<'a> MadeResponse<'a> {
    pub fn new(status: &[u8], issuer: &'a Authority) -> Self {
        Self { status: status.to_vec(), dates: ("2026-11-20", Some("2026-11-30")), issuer, with: None, by_key: false }
    }

    pub fn by(&self, signer: &Authority) -> OcspResponse {
        let hash = |bytes: &[u8]| ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec();
        let key = |authority: &Authority| {
            let certificate = Certificate::from_der(&authority.by(authority, 1)).unwrap();
            certificate.bytes(certificate.key).to_vec()
        };
        let sha1: &[u8] = &[0x30, 7, 6, 5, 0x2b, 14, 3, 2, 26];
        let name = tlv(4, &[&hash(&self.issuer.name_der())]);
        let id = tlv(0x30, &[sha1, &name, &tlv(4, &[&hash(&key(self.issuer))]), &integer(LEAF)]);
        let next = self.dates.1.map(|text| tlv(0xa0, &[&generalized(text)])).unwrap_or_default();
        let single = tlv(0x30, &[&id, &self.status, &generalized(self.dates.0), &next]);
        let responder = if self.by_key { tlv(0xa2, &[&tlv(4, &[&hash(&key(signer))])]) } else { tlv(0xa1, &[&signer.name_der()]) };
        let data = tlv(0x30, &[&responder, &generalized(self.dates.0), &tlv(0x30, &[&single])]);
        let certificates = self.with.as_ref().map(|der| tlv(0xa0, &[&tlv(0x30, &[der])])).unwrap_or_default();
        let basic = tlv(0x30, &[&signer.sign(&data), &certificates]);
        let kind: &[u8] = &[6, 9, 0x2b, 6, 1, 5, 5, 7, 48, 1, 1];
        let der = tlv(0x30, &[&[10, 1, 0], &tlv(0xa0, &[&tlv(0x30, &[kind, &tlv(4, &[&basic])])])]);
        OcspResponse::from_der(&der).unwrap()
    }
}

pub fn revoked(date: &str, code: u8) -> Vec<u8> {
    tlv(0xa1, &[&generalized(date), &tlv(0xa0, &[&[10, 1, code]])])
}

#[test]
fn an_issuer_answers_for_its_certificates() {
    let world = World::new();
    for by_key in [false, true] {
        let good = MadeResponse { by_key, ..MadeResponse::new(GOOD, &world.sub) }.by(&world.sub);
        assert_eq!(world.at(NOW, &[], &[&good]).verdict, Verdict::Pass);
        assert!(unusable(&world.at("2026-12-01", &[], &[&good])).contains("stale since 2026-11-30"));
    }
    let response = MadeResponse::new(&revoked("2026-11-10", 1), &world.sub).by(&world.sub);
    let finding = world.at(NOW, &[], &[&response]);
    assert_eq!(
        (finding.verdict, facts(&finding, "reason"), facts(&finding, "source")),
        (Verdict::Fail, vec!["keyCompromise".to_owned()], vec!["OCSP response".to_owned()])
    );
    let unknown = MadeResponse::new(UNKNOWN, &world.sub).by(&world.sub);
    assert!(unusable(&world.at(NOW, &[], &[&unknown])).contains("does not know"));
    // Revoked weighs more than good, whoever says so.
    let good = MadeResponse::new(GOOD, &world.sub).by(&world.sub);
    let crl = MadeCrl::new(vec![entry(LEAF, "2026-11-10", &[])]).by(&world.sub);
    assert_eq!(world.at(NOW, &[&crl], &[&good]).verdict, Verdict::Fail);
    // A response for a namesake's certificate of the same serial number.
    let namesake = MadeResponse::new(GOOD, &Authority::new("Sub")).by(&world.sub);
    assert!(world.at(NOW, &[], &[&namesake]).is_for_want_of_data());
}

pub fn responder(change: impl Fn(&mut CertificateParams)) -> Authority {
    Authority::changed("Responder", |params| {
        params.is_ca = IsCa::NoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::OcspSigning];
        change(params);
    })
}

#[test]
fn a_responder_answers_where_the_issuer_lets_it() {
    let world = World::new();
    let said = |responder: &Authority, issuer: &Authority, crls: &[&Crl]| {
        let response = MadeResponse { with: Some(responder.by(issuer, 30)), ..MadeResponse::new(GOOD, &world.sub) };
        world.at(NOW, crls, &[&response.by(responder)])
    };
    assert_eq!(said(&responder(|_| {}), &world.sub, &[]).verdict, Verdict::Pass);
    assert!(unusable(&said(&responder(|_| {}), &world.other, &[])).contains("not issued by the certificate's issuer"));
    let plain = responder(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::Any]);
    assert!(unusable(&said(&plain, &world.sub, &[])).contains("not for OCSP signing"));
    let expired = responder(|params| params.not_after = rcgen::date_time_ymd(2026, 1, 1));
    assert!(unusable(&said(&expired, &world.sub, &[])).contains("is not valid"));
    // Revoked itself; unless its certificate says that nobody need ask (id-pkix-ocsp-nocheck).
    let revoking = MadeCrl::new(vec![entry(30, "2026-11-01", &[])]).by(&world.sub);
    let response = MadeResponse { with: None, ..MadeResponse::new(GOOD, &world.sub) };
    let finding = said(&responder(|_| {}), &world.sub, &[&revoking]);
    assert_eq!(finding.verdict, Verdict::Pass, "the CRL itself says that the leaf is not revoked");
    assert_eq!(facts(&finding, "source"), ["CRL"]);
    let other_scope = MadeCrl::new(vec![entry(30, "2026-11-01", &[])]).with(scope(&[0x83, 2, 5, 0x60])).by(&world.sub);
    assert!(unusable(&said(&responder(|_| {}), &world.sub, &[&other_scope])).contains("is not valid"));
    let nocheck = responder(|params| {
        params.custom_extensions.push(CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 5], vec![5, 0]));
    });
    assert_eq!(facts(&said(&nocheck, &world.sub, &[&other_scope]), "source"), ["OCSP response"]);
    // Without its certificate nobody knows who it is.
    assert!(unusable(&world.at(NOW, &[], &[&response.by(&responder(|_| {}))])).contains("responder's certificate is not loaded"));
}

#[test]
fn where_proof_is_required_a_responder_needs_it_too() {
    let world = World::new();
    let of_sub = MadeCrl::new(Vec::new()).by(&world.root);
    let verdict = |responder: &Authority, crls: Vec<Crl>| {
        let response = MadeResponse { with: Some(responder.by(&world.sub, 30)), ..MadeResponse::new(GOOD, &world.sub) };
        let policy = Policy { require_revocation: true, ..Policy::at(time(NOW)) };
        let (analysis, target) = judged(&world.certificates(), crls, vec![response.by(responder)], policy);
        (target.verdict, facts(&says(&analysis, &target), "unusable").join("; "))
    };
    let (said, why) = verdict(&responder(|_| {}), vec![of_sub.clone()]);
    assert_eq!(said, PathVerdict::Invalid);
    assert!(why.contains("is not valid, or is not proven unrevoked itself"), "{why}");
    let nocheck = responder(|params| {
        params.custom_extensions.push(CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 48, 1, 5], vec![5, 0]));
    });
    assert_eq!(verdict(&nocheck, vec![of_sub]), (PathVerdict::Valid, String::new()));
}
