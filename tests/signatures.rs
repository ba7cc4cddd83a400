//! Does every algorithm of the table answer right for signatures that others made? The certificates are described in `signatures/`.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crossroots::analysis::{Analysis, More};
use crossroots::cert::{Certificate, Time, oid_words};
use crossroots::chain::{Graph, Pool, SignatureState, Trust};
use crossroots::check::Policy;
use crossroots::signature::{ALGORITHMS, Algorithm, Answer, Claim, Key, NOT_JUDGED, Strength, strength, verify};
use crossroots::source::{Found, ReadLimits, read_path};
use crossroots::worker::check_links;

/// A self-signed certificate, and the name of its file.
struct Case {
    name: String,
    certificate: Certificate,
}

impl Case {
    fn key(&self) -> Key<'_> {
        let certificate = &self.certificate;
        Key {
            algorithm: certificate.bytes(certificate.key_algorithm.oid),
            parameters: certificate.bytes(certificate.key_algorithm.parameters),
            bits: certificate.bytes(certificate.key),
        }
    }

    fn claim(&self) -> Claim<'_> {
        let certificate = &self.certificate;
        Claim {
            algorithm: certificate.bytes(certificate.signature_algorithm.oid),
            parameters: certificate.bytes(certificate.signature_algorithm.parameters),
            message: certificate.bytes(certificate.tbs),
            signature: certificate.bytes(certificate.signature),
        }
    }

    fn is_good(&self) -> bool {
        !self.name.starts_with("refused-") && !self.name.starts_with("unsupported-")
    }

    fn is_ec(&self) -> bool {
        oid_words(&dotted(self.key().algorithm)) == Some("EC")
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".pem"));
    names.sort_unstable();
    let case = |name: String| {
        let mut read = read_path(&folder.join(&name), &ReadLimits::default()).certificates;
        assert_eq!(read.len(), 1, "{name}");
        Case { name, certificate: read.remove(0).certificate }
    };
    names.into_iter().map(case).collect()
}

fn case(name: &str) -> Case {
    cases().into_iter().find(|case| case.name == name).unwrap()
}

fn dotted(oid: &[u8]) -> String {
    der::oid::ObjectIdentifier::from_bytes(oid).unwrap().to_string()
}

#[test]
fn every_certificate_answers_as_it_is_named() {
    let mut wrong = Vec::new();
    for case in cases() {
        let answer = verify(&case.key(), &case.claim());
        let expected = match answer {
            Answer::Good => case.is_good(),
            Answer::Bad => case.name.starts_with("refused-"),
            Answer::Unsupported(_) => case.name.starts_with("unsupported-"),
        };
        if !expected {
            wrong.push(format!("{}: {answer:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_algorithm_has_a_known_answer() {
    let known: BTreeSet<String> = cases().iter().filter(|case| case.is_good()).map(|case| dotted(case.claim().algorithm)).collect();
    let missing: Vec<&Algorithm> = ALGORITHMS.iter().filter(|algorithm| !known.contains(&algorithm.oid.to_string())).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_curve_is_known_by_name_spelt_out_and_with_a_compressed_point() {
    let cases = cases();
    let ec: Vec<&Case> = cases.iter().filter(|case| case.is_good() && case.is_ec()).collect();
    for (oid, curve) in [
        ("1.2.840.10045.3.1.1", "prime192v1"),
        ("1.3.132.0.33", "secp224r1"),
        ("1.2.840.10045.3.1.7", "prime256v1"),
        ("1.3.132.0.34", "secp384r1"),
        ("1.3.132.0.35", "secp521r1"),
        ("1.3.132.0.10", "secp256k1"),
        ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
        ("1.3.36.3.3.2.8.1.1.8", "brainpoolP256t1"),
        ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
        ("1.3.36.3.3.2.8.1.1.12", "brainpoolP384t1"),
    ] {
        let named =
            |case: &&&Case| case.key().parameters.get(2..).is_some_and(|content| case.key().parameters[0] == 6 && dotted(content) == oid);
        let digests: BTreeSet<&[u8]> = ec.iter().filter(named).map(|case| case.claim().algorithm).collect();
        assert!(digests.len() >= 9, "{curve} with SHA-1, four of SHA-2, four of SHA-3");
        assert!(ec.iter().filter(named).any(|case| matches!(case.key().bits[0], 2 | 3)), "{curve} compressed");
        assert!(
            ec.iter().any(|case| case.name == format!("ec-{curve}-explicit.pem") && case.key().parameters[0] == 0x30),
            "{curve} spelt out"
        );
    }
}

#[test]
fn one_flipped_bit_is_never_good() {
    for case in cases().iter().filter(|case| case.is_good()) {
        let (key, claim) = (case.key(), case.claim());
        for place in places(claim.signature.len()) {
            let signature = flipped(claim.signature, place);
            assert_eq!(verify(&key, &Claim { signature: &signature, ..claim }), Answer::Bad, "{}: signature, bit {place}", case.name);
        }
        let message = flipped(claim.message, claim.message.len() * 4);
        assert_eq!(verify(&key, &Claim { message: &message, ..claim }), Answer::Bad, "{}: message", case.name);
    }
}

/// Bits of a text of `length` bytes: the first, one in the middle, the last.
fn places(length: usize) -> [usize; 3] {
    [0, length * 4 + 3, length * 8 - 1]
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out[bit / 8] ^= 0x80 >> (bit % 8);
    out
}

/// A key that is no point cannot have been judged; y and y + 1 are not both on the curve.
#[test]
fn an_ec_key_off_its_curve_is_not_called_a_bad_signature() {
    let mut seen = 0;
    for case in cases().iter().filter(|case| case.is_good() && case.is_ec() && case.key().bits[0] == 4) {
        let bits = flipped(case.key().bits, case.key().bits.len() * 8 - 1);
        let answer = verify(&Key { bits: &bits, ..case.key() }, &case.claim());
        assert_eq!(answer, Answer::Unsupported("an EC key that is not a point of its curve"), "{}", case.name);
        seen += 1;
    }
    assert!(seen > 90, "{seen}");
}

/// Bitcoin's library refuses an s above half the order (2^255, near enough); X.509 does not.
#[test]
fn both_halves_of_s_are_good_on_secp256k1() {
    let cases = cases();
    let k1 = cases.iter().filter(|case| case.name.starts_with("ec-secp256k1-") && verify(&case.key(), &case.claim()) == Answer::Good);
    // A positive DER INTEGER of 33 bytes begins with a zero because its top bit is set.
    let is_high: BTreeSet<bool> = k1.map(|case| case.claim().signature).map(|signature| signature[signature.len() - 34] == 0x21).collect();
    assert_eq!(is_high.len(), 2);
}

#[test]
fn a_key_of_another_kind_is_bad() {
    let kinds = [
        "rsa2048-sha256",
        "ec-secp256r1-sha256",
        "dsa2048-sha256",
        "ed25519",
        "ed448",
        "sm2-sm3",
        "mldsa44",
        "mldsa65",
        "slh-dsa-sha2-128s",
    ];
    let cases = kinds.map(|kind| case(&format!("{kind}.pem")));
    for (place, claimed) in cases.iter().enumerate() {
        for (other, key) in cases.iter().enumerate().filter(|(other, _)| *other != place) {
            // Both are EC keys: what ECDSA lacks for a key of SM2 is the curve.
            let on_sm2 = claimed.is_ec() && key.name == "sm2-sm3.pem";
            let expected = if on_sm2 { Answer::Unsupported("ECDSA on the curve of SM2") } else { Answer::Bad };
            assert_eq!(verify(&key.key(), &claimed.claim()), expected, "{} by the key of {}", kinds[place], kinds[other]);
        }
    }
}

/// What the graph says of the leaf of `inherited/`, with only these certificates loaded.
fn leaf_of_an_heir(names: &[&str]) -> SignatureState {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures/inherited");
    let mut pool = Pool::default();
    let mut ids = Vec::new();
    for name in names {
        for found in read_path(&folder.join(format!("{name}.pem")), &ReadLimits::default()).certificates {
            ids.push(pool.add(found.certificate, found.origin));
        }
    }
    assert_eq!(ids.len(), names.len());
    let graph = Graph::new(&pool);
    let links: Vec<_> = graph.link_range(ids[0]).map(crossroots::chain::LinkId).collect();
    assert_eq!(links.len(), 1);
    graph.check(&pool, links[0])
}

/// RFC 3279 2.3.2.
#[test]
fn a_dsa_key_takes_its_parameters_from_the_key_that_signed_it() {
    assert_eq!(leaf_of_an_heir(&["leaf", "heir", "root"]), SignatureState::Good);
    assert_eq!(leaf_of_an_heir(&["leaf", "heir"]), SignatureState::Unsupported("a DSA key that inherits its parameters"));
}

/// The heir's key in certificates that the root did not sign: each costs a verification for every signature of the heir.
#[test]
fn not_every_certificate_of_an_heir_is_asked_for_its_parameters() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures/inherited");
    let read = |name: &str| read_path(&folder.join(format!("{name}.pem")), &ReadLimits::default()).certificates.remove(0);
    let Found { certificate: heir, origin, .. } = read("heir");
    let end = heir.der().len() - 1;
    let mut pool = Pool::default();
    let leaf = pool.add(read("leaf").certificate, origin.clone());
    for change in 1..=100 {
        let mut der = heir.der().to_vec();
        der[end] ^= change;
        pool.add(Certificate::from_der(&der).unwrap(), origin.clone());
    }
    let heir = pool.add(heir, origin.clone());
    pool.add(read("root").certificate, origin);
    let mut graph = Graph::new(&pool);
    let link = |graph: &Graph, of| graph.link_range(of).map(crossroots::chain::LinkId).next().unwrap();
    let refused = SignatureState::Unsupported("a DSA key that may inherit its parameters from any of too many keys");
    assert_eq!(graph.check(&pool, link(&graph, leaf)), refused);
    // Whose signer is known already needs no search.
    let above = link(&graph, heir);
    graph.record(above, graph.check(&pool, above));
    assert_eq!(graph.check(&pool, link(&graph, leaf)), SignatureState::Good);
}

/// What could not be verified for want of a certificate is verified anew when that comes: a bad or unsupported answer is not remembered.
#[test]
fn an_answer_does_not_outlive_what_it_depended_on() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures/inherited");
    let read = |name: &str| {
        let batch = read_path(&folder.join(format!("{name}.pem")), &ReadLimits::default());
        batch.certificates.into_iter().map(|found| (found.certificate, found.origin)).collect::<Vec<_>>()
    };
    let mut pool = Pool::default();
    let ids: Vec<_> = ["leaf", "heir"].into_iter().flat_map(read).map(|(certificate, origin)| pool.add(certificate, origin)).collect();
    let leaf = ids[0];
    let mut analysis = Analysis::new(pool, Trust::default(), Policy::at(Time(0)), None).unwrap();
    let check = |analysis: &mut Analysis| {
        let pool = Arc::clone(&analysis.pool);
        check_links(&pool, &mut analysis.graph, &[leaf], 1, &mut |_| ControlFlow::Continue(()));
        analysis.graph.links_of(leaf).next().map(|link| link.signature)
    };
    assert_eq!(check(&mut analysis), Some(SignatureState::Unsupported("a DSA key that inherits its parameters")));
    analysis.grow(More { certificates: read("root"), ..More::default() });
    assert_eq!(check(&mut analysis), Some(SignatureState::Good));
}

#[test]
fn what_is_not_judged_is_named() {
    let case = case("rsa2048-sha256.pem");
    for (oid, words) in NOT_JUDGED {
        assert_eq!(verify(&case.key(), &Claim { algorithm: oid.as_bytes(), ..case.claim() }), Answer::Unsupported(words));
    }
    assert_eq!(verify(&case.key(), &Claim { algorithm: &[0x2a], ..case.claim() }), Answer::Unsupported("the signature algorithm"));
}

#[test]
fn the_table_and_the_certificate_view_use_the_same_words() {
    let rows = ALGORITHMS.iter().map(|algorithm| (algorithm.oid, algorithm.words));
    for (oid, words) in rows.chain(NOT_JUDGED.iter().copied()) {
        assert_eq!(oid_words(&oid.to_string()), Some(words));
    }
}

#[test]
fn the_digest_decides_the_strength() {
    let of = |name: &str| strength(&case(name).claim());
    for name in ["rsa1024-md2.pem", "rsa1024-md4.pem", "rsa2048-md5.pem", "rsa2048-oiw-md5.pem"] {
        assert_eq!(of(name), Some(Strength::Broken), "{name}");
    }
    let deprecated = [
        "rsa2048-sha1.pem",
        "rsa2048-oiw-sha1.pem",
        "ec-secp384r1-sha1.pem",
        "dsa1024-sha1.pem",
        "pss2048-absent.pem",
        "rsa1025-ripemd160.pem",
    ];
    for name in deprecated {
        assert_eq!(of(name), Some(Strength::Deprecated), "{name}");
    }
    // The mask's digest need not resist collisions.
    for name in ["rsa2048-sha256.pem", "pss2048-sha256-mgfsha1.pem", "ed25519.pem", "sm2-sm3.pem", "mldsa44.pem", "ec-secp224r1-sha224.pem"]
    {
        assert_eq!(of(name), Some(Strength::Sound), "{name}");
    }
    let pss = case("pss2048-sha256-dl.pem");
    assert_eq!(strength(&Claim { parameters: &[0x30, 0x01], ..pss.claim() }), None);
    assert_eq!(strength(&Claim { algorithm: &[0x2a], ..pss.claim() }), None);
}

/// Nothing that a certificate can hold may end the program; what is found Good must be what was signed.
#[test]
fn bytes_changed_at_random_neither_panic_nor_pass() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below.max(1)
    };
    for case in cases() {
        for _ in 0..4 {
            let (key, claim) = (case.key(), case.claim());
            let mut parts = [key.parameters.to_vec(), key.bits.to_vec(), claim.parameters.to_vec(), claim.signature.to_vec()];
            let changed = &mut parts[random(4)];
            let place = random(changed.len());
            match random(4) {
                0 => changed.truncate(place),
                1 => changed.insert(place.min(changed.len()), 0xff),
                2 if !changed.is_empty() => changed[place] = 0,
                _ if !changed.is_empty() => changed[place] ^= 1 << random(8),
                _ => changed.push(0x30),
            }
            let [key_parameters, bits, parameters, signature] = &parts;
            let key = Key { parameters: key_parameters, bits, ..key };
            let answer = verify(&key, &Claim { parameters, signature, ..claim });
            let is_same = bits == case.key().bits && signature == case.claim().signature;
            assert!(answer != Answer::Good || is_same, "{}", case.name);
        }
    }
}
