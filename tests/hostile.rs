//! Bytes that were changed at random: no certificate, CRL or OCSP response may make any rule or any view panic.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::Analysis;
use crossroots::cert::{Certificate, Crl, OcspResponse, Origin, Time, fields};
use crossroots::chain::{CertificateId, Pool, Store, Trust};
use crossroots::check::{Host, Naming, Policy, Purpose};
use crossroots::diagram::Charset;
use crossroots::explorer::{Effects, Explorer, Key, Lower, Message, Opened, Settings, Tab, hex_rows};
use crossroots::report::{Notes, ReportOptions, json, text};
use crossroots::source::{SAMPLES, load_sample};
use crossroots::words::finding_words;
use crossroots::worker::check_links;

/// 2026-06-02, when the CRL is current; the OCSP response is of 2026-11-23.
const AT: Time = Time(1_780_401_600);
const AT_RESPONSE: Time = Time(1_795_478_400);

#[test]
fn a_thousand_changed_inputs_are_judged_and_shown() {
    run(1_200);
}

#[test]
#[ignore = "some minutes without optimisation: cargo test --release --test hostile -- --ignored --nocapture"]
fn a_hundred_thousand_changed_inputs_are_judged_and_shown() {
    run(100_000);
}

/// Changes `count` inputs, of each kind in turn, and takes each through judging and every view.
fn run(count: usize) {
    let seeds = Seeds::new();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut parsed = [0_usize; 3];
    for round in 0..count {
        let kind = round % 3;
        let seeds_of_kind = [&seeds.certificates, &seeds.crls, &seeds.responses][kind];
        let der = changed(&seeds_of_kind[random.below(seeds_of_kind.len())], seeds_of_kind, &mut random);
        let (mut crls, mut responses) = (seeds.good_crls.clone(), seeds.good_responses.clone());
        let leaf = match kind {
            0 => Certificate::from_der(&der).ok(),
            1 => Crl::from_der(&der).ok().map(|crl| {
                crls.push(crl);
                seeds.leaf.clone()
            }),
            _ => OcspResponse::from_der(&der).ok().map(|response| {
                responses.push(response);
                seeds.leaf.clone()
            }),
        };
        if let Some(leaf) = leaf {
            parsed[kind] += 1;
            judge_and_show(&seeds, leaf, crls, responses, (if kind == 2 { AT_RESPONSE } else { AT }, round % 2 == 0));
        }
    }
    eprintln!("{count} changed inputs: {parsed:?} certificates, CRLs and OCSP responses were still read");
    assert!(parsed.iter().all(|read| *read > count / 100), "{parsed:?}");
}

struct Seeds {
    certificates: Vec<Vec<u8>>,
    crls: Vec<Vec<u8>>,
    responses: Vec<Vec<u8>>,
    good_crls: Vec<Crl>,
    good_responses: Vec<OcspResponse>,
    leaf: Certificate,
    above: Vec<Certificate>,
}

impl Seeds {
    fn new() -> Self {
        let all = SAMPLES.iter().flat_map(|sample| load_sample(sample.name).unwrap().certificates);
        let certificates = all.map(|(certificate, _)| certificate.der().to_vec()).collect();
        let sample = load_sample("rule-revocation").unwrap();
        let crls = pem::parse_many(include_str!("../samples/rule-revocation/issuing-crl.pem")).unwrap();
        let responses = vec![include_bytes!("hostile/response.der").to_vec()];
        let mut own = sample.certificates.into_iter().map(|(certificate, _)| certificate);
        let leaf = own.next().unwrap();
        let roots = sample.stores.into_iter().flat_map(|store| store.certificates);
        Self {
            certificates,
            crls: crls.iter().map(|block| block.contents().to_vec()).collect(),
            good_responses: responses.iter().map(|der: &Vec<u8>| OcspResponse::from_der(der).unwrap()).collect(),
            good_crls: crls.iter().map(|block| Crl::from_der(block.contents()).unwrap()).collect(),
            responses,
            leaf,
            above: own.chain(roots).collect(),
        }
    }
}

fn judge_and_show(seeds: &Seeds, leaf: Certificate, crls: Vec<Crl>, responses: Vec<OcspResponse>, (at, strict): (Time, bool)) {
    let mut pool = Pool::default();
    let add = |pool: &mut Pool, certificate: &Certificate| pool.add(certificate.clone(), Origin::Stdin { block: None });
    let target = add(&mut pool, &leaf);
    let above: Vec<CertificateId> = seeds.above.iter().map(|certificate| add(&mut pool, certificate)).collect();
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: above.last().copied().into_iter().collect() }]);
    let host = Host::parse("rule.test").ok();
    let policy =
        Policy { purpose: Some(Purpose::Server), naming: Naming::of(strict), anchor_constraints: strict, host, strict, ..Policy::at(at) };
    let placed = |place: &str| place.to_owned();
    let crls = crls.into_iter().map(|crl| (crl, placed("a.crl"))).collect();
    let responses = responses.into_iter().map(|response| (response, placed("a.ocsp"))).collect();
    let which = leaf.sha256.to_string();
    let mut analysis = Analysis::new(pool, trust, policy, Some(&which)).unwrap().with_evidence(crls, responses);
    let targets: Vec<CertificateId> = std::iter::once(target).chain(analysis.evidence.signers()).collect();
    check_links(&Arc::clone(&analysis.pool), &mut analysis.graph, &targets, 1, &mut |_| ControlFlow::Continue(()));

    let examined = analysis.judge(target);
    let labels = crossroots::words::Labels::new(&analysis.graph, &examined.entities);
    for path in 0..examined.paths.len() {
        for finding in examined.explain(path) {
            assert!(!finding_words(&analysis, &labels, &finding).is_empty());
        }
    }
    assert!(!fields(&leaf).is_empty());
    let options = ReportOptions { all_findings: true, ..ReportOptions::default() };
    let targets = [examined];
    assert!(!text(&analysis, &targets, &Notes::default(), options).is_empty());
    json(&mut std::io::sink(), &analysis, &targets, &Notes::default(), options).unwrap();
    let opened = Opened {
        title: String::new(),
        analysis: analysis.into(),
        now: AT,
        zone: jiff::tz::TimeZone::UTC,
        connections: Vec::new(),
        problems: Vec::new(),
        notes: Vec::new(),
        unread: Vec::new(),
        collected: Default::default(),
        about: None,
        charset: Charset::Unicode,
        online: crossroots::explorer::Online::default(),
    };
    let mut effects = Effects::default();
    let mut explorer = Explorer::new(opened, Settings::default(), (80, 24), &mut effects);
    assert!(!explorer.rows(Lower::Checks).is_empty());
    for (tab, key, _) in Tab::ALL {
        explorer.update(Message::Key(Key::Char(key)), &mut effects);
        assert_eq!(explorer.tab(), tab);
        assert!(!explorer.rows(Lower::Inspector).is_empty());
    }
    assert!(!hex_rows(&explorer, 20, 8).is_empty());
}

/// One to three changes: a byte, a run taken out or put in, a length, a part of another input.
fn changed(der: &[u8], others: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut out = der.to_vec();
    for _ in 0..=random.below(2) {
        let place = random.below(out.len().max(1));
        match random.below(10) {
            0..=5 => {
                if let Some(byte) = out.get_mut(place) {
                    *byte = [0, 0x7F, 0x80, 0xFF, *byte ^ (1 << (place % 8))][random.below(5)];
                }
            }
            6 => {
                if let Some(byte) = out.get_mut(place) {
                    *byte = byte.wrapping_add(1);
                }
            }
            7 => {
                let end = (place + random.below(8)).min(out.len());
                out.drain(place.min(end)..end);
            }
            8 => {
                let run: Vec<u8> = (0..random.below(8)).map(|_| random.below(256) as u8).collect();
                out.splice(place.min(out.len())..place.min(out.len()), run);
            }
            _ => {
                // As many bytes as are taken out, so that what is around them still parses.
                let other = &others[random.below(others.len())];
                let length = random.below(24).min(out.len() - place.min(out.len()));
                let from = random.below(other.len().saturating_sub(length).max(1));
                let part = other.get(from..from + length).unwrap_or_default().to_vec();
                if part.len() == length {
                    out.splice(place..place + length, part);
                }
            }
        }
    }
    out
}

/// xorshift64: the same numbers in every run.
struct Random(u64);

impl Random {
    /// A number below `end`, which is not zero.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end as u64)).unwrap_or(0)
    }
}
