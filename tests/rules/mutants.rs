//! Extensions that decide, mutated and signed again, so that they could pass: what cannot be read whole is never part of a valid path.
//!
//! `MUTANTS=4000 MUTANTS_TO=file cargo test --test rules mutants -- --ignored` writes what we call valid for other verifiers: a line each, the
//! OID of the extension, and leaf, intermediate and root in hexadecimal.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

use crossroots::analysis::Analysis;
use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{Pool, Store, Trust};
use crossroots::check::{Host, PathVerdict, Policy, Purpose};
use crossroots::worker::check_links;
use rcgen::{Issuer, KeyPair};

use super::constraints::tlv;
use super::{AT, authority, extension, params};

/// The same numbers in every run (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }
}

/// An element, taken apart where its content is made of elements.
#[derive(Debug, Clone)]
struct Node {
    tag: u8,
    content: Result<Vec<Node>, Vec<u8>>,
}

fn nodes(mut bytes: &[u8]) -> Option<Vec<Node>> {
    let mut out = Vec::new();
    while let [tag, length, rest @ ..] = bytes {
        let (length, rest) = match length {
            0..=0x7f => (usize::from(*length), rest),
            0x81 => (usize::from(*rest.first()?), &rest[1..]),
            _ => return None,
        };
        let content = rest.get(..length)?;
        let is_constructed = tag & 0x20 != 0;
        out.push(Node { tag: *tag, content: nodes(content).filter(|_| is_constructed).ok_or_else(|| content.to_vec()) });
        bytes = &rest[length..];
    }
    bytes.is_empty().then_some(out)
}

fn encoded(nodes: &[Node]) -> Vec<u8> {
    let mut out = Vec::new();
    for node in nodes {
        let content = match &node.content {
            Ok(children) => encoded(children),
            Err(bytes) => bytes.clone(),
        };
        out.push(node.tag);
        match u8::try_from(content.len()) {
            Ok(short @ 0..=0x7f) => out.push(short),
            Ok(long) => out.extend([0x81, long]),
            Err(_) => out.extend([&[0x82][..], &u16::try_from(content.len()).unwrap().to_be_bytes()].concat()),
        }
        out.extend(content);
    }
    out
}

/// One change that keeps the lengths right: of order, number, tag or content.
fn change(list: &mut Vec<Node>, numbers: &mut Numbers) {
    let place = numbers.below(list.len());
    if let Some(Node { content: Ok(children), .. }) = list.get_mut(place)
        && !children.is_empty()
        && numbers.below(4) > 0
    {
        return change(children, numbers);
    }
    let other = numbers.below(list.len());
    match numbers.below(8) {
        0 => list.swap(place, other),
        1 => list.insert(other, list[place].clone()),
        2 => drop(list.remove(place)),
        3 => list
            .insert(place, Node { tag: [5, 2, 0x80, 0x81, 0xa2, 0x30, 1, 12][numbers.below(8)], content: Err(vec![0; numbers.below(3)]) }),
        4 => list[place].tag ^= 1 << numbers.below(8),
        5 => list[place].content = Err(Vec::new()),
        _ => match &mut list[place].content {
            Err(bytes) if !bytes.is_empty() => {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes[at] ^= 1 << numbers.below(8),
                    1 => bytes[at] = b" @*.\\:/%[\0\xff\x80"[numbers.below(12)],
                    2 => bytes.insert(at, b" @*.\\:/%[\0\xff\x80"[numbers.below(12)]),
                    _ => drop(bytes.remove(at)),
                }
            }
            _ => list[place].tag ^= 0x20,
        },
    }
}

/// The value with one to three changes; one in four times a byte of it, lengths and all.
fn mutant(value: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut out = value.to_vec();
    for _ in 0..=numbers.below(3) {
        match nodes(&out).filter(|list| !list.is_empty() && numbers.below(4) > 0) {
            Some(mut list) => {
                change(&mut list, numbers);
                out = encoded(&list);
            }
            None if out.is_empty() => out.push(5),
            None => {
                let at = numbers.below(out.len());
                match numbers.below(3) {
                    0 => out[at] ^= 1 << numbers.below(8),
                    1 => out.insert(at, u8::try_from(numbers.below(256)).unwrap()),
                    _ => drop(out.remove(at)),
                }
            }
        }
    }
    out
}

/// OID, whether critical, and value.
type Listed = (&'static [u64], bool, Vec<u8>);

fn of_middle() -> Vec<Listed> {
    let subtree = |tag: u8, base: &[u8]| tlv(0x30, &[&tlv(tag, &[base])]);
    let list = |tag: u8, domain: &str, network: u8| {
        let dotted = format!(".{domain}");
        let address = subtree(0x87, &[network, 0, 2, 0, 255, 255, 255, 0]);
        tlv(tag, &[&subtree(0x82, domain.as_bytes()), &subtree(0x81, domain.as_bytes()), &subtree(0x86, dotted.as_bytes()), &address])
    };
    vec![
        (&[2, 5, 29, 19], true, vec![0x30, 6, 1, 1, 0xff, 2, 1, 0]),
        (&[2, 5, 29, 15], true, vec![3, 2, 1, 6]),
        (&[2, 5, 29, 14], false, vec![4, 4, 1, 2, 3, 4]),
        (&[2, 5, 29, 37], false, vec![0x30, 20, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2]),
        (&[2, 5, 29, 30], true, tlv(0x30, &[&list(0xa0, "good.test", 192), &list(0xa1, "evil.good.test", 198)])),
        (&[2, 5, 29, 32], false, vec![0x30, 12, 0x30, 4, 6, 2, 0x2a, 3, 0x30, 4, 6, 2, 0x2a, 4]),
        (&[2, 5, 29, 33], true, vec![0x30, 10, 0x30, 8, 6, 2, 0x2a, 3, 6, 2, 0x2a, 5]),
        (&[2, 5, 29, 36], true, vec![0x30, 6, 0x80, 1, 0, 0x81, 1, 1]),
        (&[2, 5, 29, 54], true, vec![2, 1, 1]),
    ]
}

fn of_leaf() -> Vec<Listed> {
    let names: [(u8, &[u8]); 5] = [
        (0x82, b"a.good.test"),
        (0x82, b"*.a.good.test"),
        (0x81, b"u@good.test"),
        (0x86, b"http://b.good.test/x"),
        (0x87, &[192, 0, 2, 9]),
    ];
    let names: Vec<u8> = names.iter().flat_map(|(tag, name)| tlv(*tag, &[name])).collect();
    let point = tlv(0x30, &[&tlv(0xa0, &[&tlv(0xa0, &[&tlv(0x86, &[b"http://a.b/"])])])]);
    vec![
        (&[2, 5, 29, 19], true, vec![0x30, 0]),
        (&[2, 5, 29, 15], true, vec![3, 2, 7, 0x80]),
        (&[2, 5, 29, 37], false, vec![0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1]),
        (&[2, 5, 29, 17], false, tlv(0x30, &[&names])),
        (&[2, 5, 29, 35], false, vec![0x30, 6, 0x80, 4, 1, 2, 3, 4]),
        (&[2, 5, 29, 14], false, vec![4, 4, 5, 6, 7, 8]),
        (&[2, 5, 29, 32], false, vec![0x30, 6, 0x30, 4, 6, 2, 0x2a, 5]),
        (&[2, 5, 29, 31], false, tlv(0x30, &[&point])),
        (&[1, 3, 6, 1, 5, 5, 7, 1, 24], false, vec![0x30, 3, 2, 1, 5]),
    ]
}

/// Extensions on which no verdict rests: where CRLs are, and which features a server has.
const NOT_DECIDING: [&str; 2] = ["2.5.29.31", "1.3.6.1.5.5.7.1.24"];

/// A root, and who signs with what.
struct World {
    keys: [KeyPair; 3],
    root: Vec<u8>,
}

impl World {
    fn new() -> Self {
        let keys = [0; 3].map(|_| KeyPair::generate().unwrap());
        let root = authority("Root").self_signed(&keys[2]).unwrap().der().to_vec();
        Self { keys, root }
    }

    /// Leaf, intermediate and root.
    fn chain(&self, leaf: &[Listed], middle: &[Listed]) -> [Vec<u8>; 3] {
        let params = |name: &str, listed: &[Listed]| {
            let mut params = params(name, rcgen::IsCa::NoCa);
            params.use_authority_key_identifier_extension = false;
            params.custom_extensions = listed.iter().map(|(oid, critical, value)| extension(oid, value, *critical)).collect();
            params
        };
        let (leaf, middle) = (params("leaf", leaf), params("Middle", middle));
        let leaf = leaf.signed_by(&self.keys[0], &Issuer::from_params(&middle, &self.keys[1])).unwrap();
        let middle = middle.signed_by(&self.keys[1], &Issuer::from_params(&authority("Root"), &self.keys[2])).unwrap();
        [leaf.der().to_vec(), middle.der().to_vec(), self.root.clone()]
    }
}

/// The verdict of a server's chain for `a.good.test`, and what could not be read of it.
fn judged(chain: &[Vec<u8>; 3]) -> (PathVerdict, Vec<String>) {
    let mut pool = Pool::default();
    let ids = chain.each_ref().map(|der| pool.add(Certificate::from_der(der).unwrap(), Origin::Stdin { block: None }));
    let malformed = ids.iter().flat_map(|id| pool.certificate(*id).extensions.malformed.iter().map(|malformed| malformed.oid.clone()));
    let malformed = malformed.collect();
    let trust = Trust::new(vec![Store { name: "own".to_owned(), anchors: vec![ids[2]] }]);
    let policy = Policy { purpose: Some(Purpose::Server), host: Some(Host::parse("a.good.test").unwrap()), ..Policy::at(AT) };
    let mut analysis = Analysis::new(pool, trust, policy, None).unwrap();
    let pool = Arc::clone(&analysis.pool);
    check_links(&pool, &mut analysis.graph, &ids, 1, &mut |_| ControlFlow::Continue(()));
    (analysis.judge(ids[0]).verdict, malformed)
}

/// Judges so many mutants; hands over the chains that are valid. How many were malformed, and how many valid.
fn run(count: usize, seed: u64, mut valid: impl FnMut(&[u64], &[Vec<u8>; 3])) -> (usize, usize) {
    let (world, mut numbers) = (World::new(), Numbers(seed));
    let (middle, leaf) = (of_middle(), of_leaf());
    assert_eq!(judged(&world.chain(&leaf, &middle)), (PathVerdict::Valid, Vec::new()));
    let (mut broken, mut sound) = (0, 0);
    for _ in 0..count {
        let (mut middle, mut leaf) = (middle.clone(), leaf.clone());
        let place = numbers.below(middle.len() + leaf.len());
        let listed = if place < middle.len() { &mut middle[place] } else { &mut leaf[place - of_middle().len()] };
        let before = listed.2.clone();
        listed.2 = mutant(&before, &mut numbers);
        if listed.2 == before {
            continue;
        }
        let (oid, value) = (listed.0, listed.2.clone());
        let chain = world.chain(&leaf, &middle);
        let (verdict, malformed) = judged(&chain);
        let decides = malformed.iter().any(|oid| !NOT_DECIDING.contains(&oid.as_str()));
        assert!(!(decides && verdict == PathVerdict::Valid), "{oid:?} {value:02x?} cannot be read, and the path is valid");
        broken += usize::from(decides);
        if verdict == PathVerdict::Valid {
            sound += 1;
            valid(oid, &chain);
        }
    }
    (broken, sound)
}

#[test]
fn what_cannot_be_read_whole_is_on_no_valid_path() {
    let (broken, sound) = run(1_500, 0x5eed_0001, |_, _| {});
    assert!(broken > 500 && sound > 50, "{broken} broken, {sound} valid");
}

#[test]
#[ignore = "minutes, and a folder to write to: for other verifiers"]
fn many_mutants_are_judged_and_the_valid_ones_written() {
    let number = |name: &str, otherwise| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise);
    let mut written = std::env::var("MUTANTS_TO").ok().map(|path| fs::File::create(path).unwrap());
    let counts = run(number("MUTANTS", 10_000), number("SEED", 7) as u64, |oid, chain| {
        if let Some(file) = &mut written {
            let oid = oid.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
            let ders = chain.each_ref().map(|der| der.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            writeln!(file, "{oid} {}", ders.join(" ")).unwrap();
        }
    });
    eprintln!("{} malformed, {} valid", counts.0, counts.1);
}
