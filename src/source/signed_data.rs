//! What does a SignedData hold, and who signed it (RFC 5652 5, RFC 2315 9)? Cut into its parts, and a signer's signature checked.

use super::ber::{self, Element, OBJECT_IDENTIFIER, SEQUENCE, element, take};
use crate::cert::{Certificate, Name};
use crate::signature::{self, Answer, Claim, Key};

/// Signatures of one file that are read; a PDF that went through many hands has some dozen.
#[cfg(feature = "containers")]
pub(super) const MAX_SIGNATURES: usize = 100;

/// 1.2.840.113549.1.7.2, signedData (RFC 5652 5.1).
pub(super) const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// 1.2.840.113549.1.9.3 contentType and 1.9.4 messageDigest (RFC 5652 11).
const CONTENT_TYPE: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];

const INTEGER: u8 = 0x02;
pub(super) const OCTET_STRING: u8 = 0x04;
const SET: u8 = 0x31;
/// `[0]`, constructed: the content of a ContentInfo, the certificates, a signer's signed attributes.
const CONTEXT_0: u8 = 0xa0;
/// `[1]`, constructed: the CRLs, a signer's unsigned attributes.
const CONTEXT_1: u8 = 0xa1;
/// `[0]`, primitive: a signer's key identifier.
const KEY_IDENTIFIER: u8 = 0x80;

/// The parts of a SignedData.
#[derive(Debug)]
pub(super) struct SignedData<'a> {
    /// The OID of what is signed.
    pub content_type: &'a [u8],
    /// What is signed, in one piece; `None` where it is elsewhere, or no OCTET STRING (RFC 2315 9.1: Authenticode's).
    pub content: Option<Vec<u8>>,
    /// The elements of the sets.
    pub certificates: &'a [u8],
    pub crls: &'a [u8],
    signers: &'a [u8],
}

/// A SignerInfo (RFC 5652 5.3).
#[derive(Debug)]
pub(super) struct Signer<'a> {
    identifier: Element<'a>,
    digest: &'a [u8],
    signed: Option<Element<'a>>,
    algorithm: &'a [u8],
    parameters: &'a [u8],
    pub signature: &'a [u8],
    unsigned: &'a [u8],
}

impl<'a> SignedData<'a> {
    /// Reads the content of a ContentInfo.
    pub fn read(mut info: &'a [u8]) -> Option<Self> {
        take(&mut info, OBJECT_IDENTIFIER).filter(|kind| kind.content == SIGNED_DATA)?;
        let mut content = take(&mut info, CONTEXT_0)?.content;
        Self::within(take(&mut content, SEQUENCE)?.content)
    }

    /// Reads the content of the SignedData itself.
    pub fn within(mut signed: &'a [u8]) -> Option<Self> {
        take(&mut signed, INTEGER)?;
        take(&mut signed, SET)?;
        let mut encapsulated = take(&mut signed, SEQUENCE)?.content;
        let content_type = take(&mut encapsulated, OBJECT_IDENTIFIER).map_or(&[][..], |kind| kind.content);
        let content = take(&mut encapsulated, CONTEXT_0).and_then(|wrapper| octets(wrapper.content));
        let mut set = |tag| take(&mut signed, tag).map_or(&[][..], |set| set.content);
        Some(Self { content_type, content, certificates: set(CONTEXT_0), crls: set(CONTEXT_1), signers: set(SET) })
    }

    /// Its signers; `None` for one that cannot be read.
    pub fn signers(&self) -> impl Iterator<Item = Option<Signer<'a>>> + use<'a> {
        elements(self.signers).map(|signer| (signer.tag == SEQUENCE).then(|| Signer::read(signer.content)).flatten())
    }
}

impl<'a> Signer<'a> {
    /// Reads the content of a SignerInfo.
    pub fn read(mut info: &'a [u8]) -> Option<Self> {
        take(&mut info, INTEGER)?;
        let identifier = take(&mut info, SEQUENCE).or_else(|| take(&mut info, KEY_IDENTIFIER))?;
        let mut digest = take(&mut info, SEQUENCE)?.content;
        let signed = take(&mut info, CONTEXT_0);
        let mut algorithm = take(&mut info, SEQUENCE)?.content;
        let signature = take(&mut info, OCTET_STRING)?.content;
        let unsigned = take(&mut info, CONTEXT_1).map_or(&[][..], |set| set.content);
        Some(Self {
            identifier,
            digest: take(&mut digest, OBJECT_IDENTIFIER)?.content,
            signed,
            algorithm: take(&mut algorithm, OBJECT_IDENTIFIER)?.content,
            parameters: algorithm,
            signature,
            unsigned,
        })
    }

    /// Whether the certificate is the one that the signer names (RFC 5652 5.3 SignerIdentifier).
    pub fn is(&self, certificate: &Certificate) -> bool {
        if self.identifier.tag == KEY_IDENTIFIER {
            let own = certificate.extensions.subject_key_identifier;
            return own.is_some_and(|own| certificate.bytes(own) == self.identifier.content);
        }
        let mut parts = self.identifier.content;
        let named = take(&mut parts, SEQUENCE).and_then(|name| Name::from_der(name.whole));
        let serial = take(&mut parts, INTEGER).map(|serial| serial.content);
        named.is_some_and(|name| name == certificate.issuer) && serial == Some(certificate.bytes(certificate.serial))
    }

    /// The values of its unsigned attributes, each with the attribute's OID.
    pub fn unsigned(&self) -> impl Iterator<Item = (&'a [u8], Element<'a>)> + use<'a> {
        attributes(self.unsigned)
    }

    /// The first value of a signed attribute.
    pub fn signed(&self, oid: &[u8]) -> Option<Element<'a>> {
        attributes(self.signed?.content).find(|(kind, _)| *kind == oid).map(|(_, value)| value)
    }

    /// Whether the key of `certificate` made the signature over `content` (RFC 5652 5.4); `content_type` is `None` in a countersignature,
    /// which must not have one (11.4).
    pub fn verify(&self, content_type: Option<&[u8]>, content: &[u8], certificate: &Certificate) -> Answer {
        // RFC 5652 5.3: what is not data is signed by its attributes.
        let Some(signed) = self.signed else { return Answer::Bad };
        let Some(digest) = signature::digest_of(self.digest, content) else {
            return Answer::Unsupported("the digest of a signature's content");
        };
        let is_of = self.signed(&MESSAGE_DIGEST).is_some_and(|value| value.tag == OCTET_STRING && value.content == digest);
        let is_type = content_type.is_none_or(|kind| self.signed(&CONTENT_TYPE).is_some_and(|value| value.content == kind));
        if !is_of || !is_type {
            return Answer::Bad;
        }
        // RFC 5652 5.4: as the SET that they are, whatever the tag that they stand under.
        let Some(mut message) = ber::to_der(signed.whole) else { return Answer::Bad };
        if let Some(tag) = message.first_mut() {
            *tag = SET;
        }
        let key = Key {
            algorithm: certificate.bytes(certificate.key_algorithm.oid),
            parameters: certificate.bytes(certificate.key_algorithm.parameters),
            bits: certificate.bytes(certificate.key),
        };
        let (algorithm, parameters) = match signature::with_digest(self.algorithm, self.digest) {
            Some(algorithm) => (algorithm, &[][..]),
            None => (self.algorithm, self.parameters),
        };
        signature::verify(&key, &Claim { algorithm, parameters, message: &message, signature: self.signature })
    }
}

/// The values of attributes (RFC 5652 5.3), each with its attribute's OID.
fn attributes(set: &[u8]) -> impl Iterator<Item = (&[u8], Element<'_>)> {
    elements(set).flat_map(|attribute| {
        let mut parts = attribute.content;
        let oid = take(&mut parts, OBJECT_IDENTIFIER).map_or(&[][..], |oid| oid.content);
        let values = take(&mut parts, SET).map_or(&[][..], |values| values.content);
        elements(values).map(move |value| (oid, value))
    })
}

/// One element after another, as far as they are ones.
pub(super) fn elements(mut rest: &[u8]) -> impl Iterator<Item = Element<'_>> {
    std::iter::from_fn(move || {
        let (found, behind) = element(rest)?;
        rest = behind;
        Some(found)
    })
}

/// The content of the OCTET STRING that `bytes` are, in one piece.
fn octets(bytes: &[u8]) -> Option<Vec<u8>> {
    let der = ber::to_der(bytes)?;
    element(&der).filter(|(string, _)| string.tag == OCTET_STRING).map(|(string, _)| string.content.to_vec())
}
