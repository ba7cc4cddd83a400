//! What was found out while judging, for as long as nothing that is judged changes.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::finding::Outcome;
use super::policy_graph::Stated;
use super::{Fact, Policy, Value};
use crate::cert::{Certificate, Fingerprint, NameConstraints};
use crate::chain::{CertificateId, EntityId};

/// What rules found out about certificates that the next path asks again; for one pool, policy and set of evidence.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) names: KnownNames,
    pub(super) revocation: KnownStatus,
    /// What the timestamps in a certificate show, by its issuer's key: the same on every path by way of that.
    logged: RefCell<HashMap<(CertificateId, Option<Fingerprint>), Outcome>>,
    /// What a certificate states of policies, or why that cannot be read.
    policies: RefCell<HashMap<CertificateId, Rc<Result<Stated, Fact>>>>,
}

impl Memory {
    pub(super) fn logged(&self, id: CertificateId, issuer_key: Option<Fingerprint>, judge: impl FnOnce() -> Outcome) -> Outcome {
        if let Some(known) = self.logged.borrow().get(&(id, issuer_key)) {
            return known.clone();
        }
        let found = judge();
        self.logged.borrow_mut().insert((id, issuer_key), found.clone());
        found
    }

    pub(super) fn stated(&self, id: CertificateId, read: impl FnOnce() -> Result<Stated, Fact>) -> Rc<Result<Stated, Fact>> {
        Rc::clone(self.policies.borrow_mut().entry(id).or_insert_with(|| Rc::new(read())))
    }
}

/// What a CA constrains names to, or what is wrong with that.
pub(super) type Constraints = Result<Option<NameConstraints>, Value>;

/// A certificate and a CA above it meet on many paths, and compare the same on each.
#[derive(Debug, Default)]
pub(super) struct KnownNames {
    constraints: RefCell<HashMap<CertificateId, Rc<Constraints>>>,
    /// By certificate and CA; `None`: the CA allows all of its names.
    pairs: RefCell<HashMap<(CertificateId, CertificateId), Option<Outcome>>>,
}

impl KnownNames {
    pub fn constraints(
        &self,
        (id, certificate): (CertificateId, &Certificate),
        decode: impl FnOnce(&Certificate) -> Constraints,
    ) -> Rc<Constraints> {
        Rc::clone(self.constraints.borrow_mut().entry(id).or_insert_with(|| Rc::new(decode(certificate))))
    }

    pub fn objection(&self, id: CertificateId, ca: CertificateId, compare: impl FnOnce() -> Option<Outcome>) -> Option<Outcome> {
        if let Some(known) = self.pairs.borrow().get(&(id, ca)) {
            return known.clone();
        }
        let found = compare();
        self.pairs.borrow_mut().insert((id, ca), found.clone());
        found
    }
}

/// What the rule `revocation` found out.
#[derive(Debug, Default)]
pub(super) struct KnownStatus {
    /// By the path from the certificate upward: whether a signer's own path holds may depend on any part of it.
    pub outcomes: RefCell<HashMap<Vec<CertificateId>, Outcome>>,
    /// Whether a signer's own path holds, by the entity that it has to end at.
    pub signers: RefCell<HashMap<(CertificateId, EntityId), bool>>,
    /// Whether a signer's path holds.
    pub held: RefCell<HashMap<Vec<CertificateId>, bool>>,
    /// What signers are judged by.
    pub policy: OnceCell<Policy>,
}
