//! Certificates made for a test: entities by number, each with a name and a key, and who issued whom.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::cell::RefCell;

use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{CertificateId, Graph, LinkId, Pool, SignatureState, Store, Trust};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

thread_local! {
    /// Keys by entity number: making one takes longer than signing with it.
    static KEYS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

#[derive(Default)]
pub struct Made {
    pub pool: Pool,
    serial: u64,
}

impl Made {
    /// A certificate of entity `subject` signed by entity `issuer`; names are `N<number>` unless `name` says otherwise.
    pub fn issue(&mut self, subject: usize, issuer: usize) -> CertificateId {
        self.issue_named((subject, &format!("N{subject}")), (issuer, &format!("N{issuer}")))
    }

    pub fn issue_named(&mut self, subject: (usize, &str), issuer: (usize, &str)) -> CertificateId {
        self.issue_with(subject, issuer, |_| {})
    }

    /// The same, with what else is to be in it.
    pub fn issue_with(
        &mut self,
        subject: (usize, &str),
        issuer: (usize, &str),
        change: impl FnOnce(&mut CertificateParams),
    ) -> CertificateId {
        self.serial += 1;
        let (subject_key, issuer_key) = (key(subject.0), key(issuer.0));
        let mut params = authority(subject.1);
        params.serial_number = Some(self.serial.into());
        change(&mut params);
        let der = params.signed_by(&subject_key, &Issuer::from_params(&authority(issuer.1), &issuer_key)).unwrap().der().to_vec();
        self.pool.add(Certificate::from_der(&der).unwrap(), Origin::Stdin { block: None })
    }

    /// The graph, with every link checked.
    pub fn checked(&self) -> Graph {
        let mut graph = Graph::new(&self.pool);
        for link in graph.link_ids() {
            graph.record(link, graph.check(&self.pool, link));
        }
        graph
    }

    /// The graph, with every link taken for good.
    pub fn trusting(&self) -> Graph {
        let mut graph = Graph::new(&self.pool);
        graph.link_ids().for_each(|link: LinkId| graph.record(link, SignatureState::Good));
        graph
    }
}

/// Stores `s0`, `s1`, ... of these anchors.
pub fn stores(anchors: &[&[CertificateId]]) -> Trust {
    let named = anchors.iter().enumerate().map(|(place, anchors)| Store { name: format!("s{place}"), anchors: anchors.to_vec() });
    Trust::new(named.collect())
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn key(number: usize) -> KeyPair {
    KEYS.with_borrow_mut(|keys| {
        while keys.len() <= number {
            let key = KeyPair::generate().unwrap();
            keys.push(key.serialize_der());
        }
        KeyPair::try_from(keys[number].as_slice()).unwrap()
    })
}
