//! Did the key of that entity sign this certificate (RFC 5280 6.1.3 (a)(1)), or this CRL or OCSP response? Here DSA's parameters
//! are inherited.

use super::{EntityId, Graph, LinkId, Pool, SignatureState};
use crate::cert::Certificate;
use crate::signature::{self, Answer, Claim, Key};

/// Links above a DSA key without parameters that are looked at for a key that gives them; each may cost a verification, within that of
/// every link to the key. Real keys have one or two.
const MAX_PARAMETER_LINKS: usize = 32;

/// Where the parameters of a DSA key come from that has none.
enum Inherited<'a> {
    From(&'a [u8]),
    FromNone,
    /// No link that was looked at gives them, and more are left.
    TooMany,
}

impl Graph {
    /// Checks one signature; slow, and the same whatever the time or the stores.
    pub fn check(&self, pool: &Pool, link: LinkId) -> SignatureState {
        let Some(link) = self.link(link) else { return SignatureState::Unchecked };
        self.check_claim(pool, link.entity, &claim_of(pool.certificate(link.certificate)))
    }

    /// Checks what is claimed to be signed with the entity's key; slow, and the same whatever the time or the stores.
    pub fn check_claim(&self, pool: &Pool, entity: EntityId, claim: &Claim<'_>) -> SignatureState {
        let Some(signer) = self.key_of(pool, entity) else { return SignatureState::Unchecked };
        if signer.algorithm.is_empty() {
            return SignatureState::Unsupported("a public key that cannot be read");
        }
        let parameters = match signer.inherits_parameters().then(|| self.inherited_parameters(pool, entity, &signer)) {
            Some(Inherited::From(parameters)) => parameters,
            Some(Inherited::TooMany) => {
                return SignatureState::Unsupported("a DSA key that may inherit its parameters from any of too many keys");
            }
            Some(Inherited::FromNone) | None => signer.parameters,
        };
        let key = Key { parameters, ..signer };
        match signature::verify(&key, claim) {
            Answer::Good => SignatureState::Good,
            Answer::Bad => SignatureState::Bad,
            Answer::Unsupported(what) => SignatureState::Unsupported(what),
        }
    }

    /// RFC 3279 2.3.2: where a key of DSA has no parameters, those of the key that signed its certificate apply. One step only, as in
    /// NIST PKITS 4.1.5: whoever signed it must have its own.
    fn inherited_parameters<'a>(&self, pool: &'a Pool, entity: EntityId, heir: &Key<'_>) -> Inherited<'a> {
        let siblings = self.entity(entity).certificates.iter();
        let may_give = |giver: EntityId| {
            let key = self.key_of(pool, giver).filter(|_| giver != entity)?;
            (key.algorithm == heir.algorithm && !key.inherits_parameters()).then_some(key)
        };
        let mut known = siblings.clone().filter_map(|sibling| self.known_signer(*sibling));
        if let Some(key) = known.find_map(may_give) {
            return Inherited::From(key.parameters);
        }
        let open = siblings.filter(|sibling| self.known_signer(**sibling).is_none());
        let mut links = open.flat_map(|sibling| self.links_of(*sibling));
        let found = links.by_ref().take(MAX_PARAMETER_LINKS).find_map(|link| {
            let key = may_give(link.entity)?;
            (signature::verify(&key, &claim_of(pool.certificate(link.certificate))) == Answer::Good).then_some(key.parameters)
        });
        match found {
            Some(parameters) => Inherited::From(parameters),
            None if links.next().is_some() => Inherited::TooMany,
            None => Inherited::FromNone,
        }
    }

    pub(super) fn key_of<'a>(&self, pool: &'a Pool, entity: EntityId) -> Option<Key<'a>> {
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
