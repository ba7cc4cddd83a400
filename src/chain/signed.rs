//! Did the key of that entity sign this certificate (RFC 5280 6.1.3 (a)(1)), or this CRL or OCSP response? Here DSA's parameters
//! are inherited.

use super::{EntityId, Graph, LinkId, Pool, SignatureState};
use crate::cert::Certificate;
use crate::signature::{self, Answer, Claim, Key};

impl Graph {
    /// Checks one signature; slow, and the same whatever the time or the stores.
    pub fn check(&self, pool: &Pool, link: LinkId) -> SignatureState {
        let Some(link) = self.link(link) else { return SignatureState::Unchecked };
        self.check_claim(pool, link.entity, &claim_of(pool.certificate(link.certificate)))
    }

    /// Checks what is claimed to be signed with the entity's key; slow, and the same whatever the time or the stores.
    pub fn check_claim(&self, pool: &Pool, entity: EntityId, claim: &Claim<'_>) -> SignatureState {
        let Some(signer) = self.key_of(pool, entity) else { return SignatureState::Unchecked };
        let inherited = if signer.inherits_parameters() { self.inherited_parameters(pool, entity, &signer) } else { None };
        let key = Key { parameters: inherited.unwrap_or(signer.parameters), ..signer };
        match signature::verify(&key, claim) {
            Answer::Good => SignatureState::Good,
            Answer::Bad => SignatureState::Bad,
            Answer::Unsupported(what) => SignatureState::Unsupported(what),
        }
    }

    /// RFC 3279 2.3.2: where a key of DSA has no parameters, those of the key that signed its certificate apply. One step only, as in
    /// NIST PKITS 4.1.5: whoever signed it must have its own.
    fn inherited_parameters<'a>(&self, pool: &'a Pool, entity: EntityId, heir: &Key<'_>) -> Option<&'a [u8]> {
        let siblings = self.entity(entity).certificates.iter();
        siblings.flat_map(|sibling| self.links_of(*sibling)).filter(|link| link.entity != entity).find_map(|link| {
            let key = self.key_of(pool, link.entity).filter(|key| key.algorithm == heir.algorithm && !key.inherits_parameters())?;
            (signature::verify(&key, &claim_of(pool.certificate(link.certificate))) == Answer::Good).then_some(key.parameters)
        })
    }

    fn key_of<'a>(&self, pool: &'a Pool, entity: EntityId) -> Option<Key<'a>> {
        let certificate = pool.certificate(*self.entity(entity).certificates.first()?);
        Some(Key {
            algorithm: certificate.bytes(certificate.key_algorithm.oid),
            parameters: certificate.bytes(certificate.key_algorithm.parameters),
            bits: certificate.bytes(certificate.key),
        })
    }
}

fn claim_of(certificate: &Certificate) -> Claim<'_> {
    Claim {
        algorithm: certificate.bytes(certificate.signature_algorithm.oid),
        parameters: certificate.bytes(certificate.signature_algorithm.parameters),
        message: certificate.bytes(certificate.tbs),
        signature: certificate.bytes(certificate.signature),
    }
}
