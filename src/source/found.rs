//! What is a certificate to the thing it was found in: one to trust, someone's own, what signed it?

use crate::cert::{Certificate, Origin, TrustSettings};

/// What a container says a certificate in it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Role {
    /// Nothing says: a PEM file, DER, a PKCS#7 of certificates alone.
    #[default]
    Plain,
    /// One to trust: a kubeconfig's `certificate-authority-data`, a key store's trusted entry, `<ca>` of an `.ovpn`, a service of a trusted
    /// list.
    Trusted,
    /// Someone's own: a kubeconfig's `client-certificate-data`, the first certificate of a key entry, `<cert>`.
    Own,
    /// Behind one's own, as far as its issuers were put there.
    Chain,
    /// Says who signed the container, or came along with that.
    Signer,
}

impl Role {
    /// Whether a store takes it for an anchor.
    pub fn may_be_an_anchor(self) -> bool {
        matches!(self, Self::Plain | Self::Trusted)
    }
}

/// A certificate that was read, where, and as what.
#[derive(Debug, Clone)]
pub struct Found {
    pub certificate: Certificate,
    pub origin: Origin,
    pub role: Role,
    /// What OpenSSL wrote behind it (`TRUSTED CERTIFICATE`).
    pub trust: Option<TrustSettings>,
}

impl Found {
    /// One that nothing more is said of.
    pub fn plain(certificate: Certificate, origin: Origin) -> Self {
        Self::new(certificate, origin, Role::Plain)
    }

    pub(super) fn new(certificate: Certificate, origin: Origin, role: Role) -> Self {
        Self { certificate, origin, role, trust: None }
    }

    /// The certificate and its place, for whom its role does not matter.
    pub fn into_parts(self) -> (Certificate, Origin) {
        (self.certificate, self.origin)
    }
}
