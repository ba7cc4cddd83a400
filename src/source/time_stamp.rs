//! At which time was something signed? What a time stamp token (RFC 3161) or a countersignature (RFC 5652 11.4) says of it, and whether it is
//! sound in itself: made for this signature, by the key of a certificate that is for time stamping. Who trusts that is judged elsewhere.

use super::ber::{OBJECT_IDENTIFIER, SEQUENCE, element, take};
use super::signed_data::{OCTET_STRING, SignedData, Signer};
use crate::cert::{Certificate, Fingerprint, Time, read_time};
use crate::signature::{self, Answer, Strength};

/// 1.2.840.113549.1.9.16.1.4, id-ct-TSTInfo (RFC 3161 2.4.2).
pub(super) const TOKEN_CONTENT: [u8; 11] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];
/// Where a token stands beside the signature that it stamps: 1.2.840.113549.1.9.16.2.14 (RFC 3161 appendix A), Microsoft's
/// 1.3.6.1.4.1.311.3.3.1 in Authenticode.
pub(super) const TOKEN_ATTRIBUTES: [&[u8]; 2] =
    [&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e], &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x03, 0x03, 0x01]];
/// 1.2.840.113549.1.9.6, countersignature, and 1.9.5, signingTime (RFC 5652 11.3, 11.4).
pub(super) const COUNTERSIGNATURE: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x06];
const SIGNING_TIME: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05];
/// 1.3.6.1.5.5.7.3.8 (RFC 3161 2.3).
const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

const INTEGER: u8 = 0x02;

/// Time stamps of one input that are looked at: each costs two digests and a signature. Signed files have one or two.
pub const MAX_STAMPS: usize = 64;

/// A time that something says of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeStamp {
    /// Where it was found, escaped.
    pub place: String,
    pub time: Time,
    /// Whose signature it stamps: the SHA-256 of the certificate. `None` for a token on its own, where what it stamps is not at hand; and
    /// where the signer's certificate is missing.
    pub signer: Option<Fingerprint>,
    /// Who stamped it.
    pub authority: Option<Fingerprint>,
    /// Why it proves nothing; `None` where it is sound.
    pub fault: Option<StampFault>,
}

/// Why a time stamp proves nothing, the first of these that is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum StampFault {
    #[error("it was made for another signature")]
    OtherSignature,
    #[error("its digest cannot be judged, or is broken")]
    Digest,
    #[error("the certificate of who stamped it is missing")]
    NoAuthority,
    #[error("its own signature does not verify")]
    BadSignature,
    #[error("its own signature cannot be checked: {0} is not supported")]
    Unsupported(&'static str),
    #[error("the certificate of who stamped it is not for time stamping")]
    NotForTimeStamping,
    #[error("the certificate of who stamped it was not valid then")]
    OutsideValidity,
}

impl TimeStamp {
    /// The certificate that was in use at the time: whose signature is stamped, and for a token on its own, who made it.
    pub fn subject(&self) -> Option<Fingerprint> {
        self.signer.or(self.authority)
    }
}

/// What a token stamps.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stamped<'a> {
    /// This value of a signature, by this signer where its certificate is there.
    Signature(&'a [u8], Option<Fingerprint>),
    /// Something that is not here.
    Elsewhere,
}

/// Reads a token; `certificates` are those in it, and those around it. `None` where it is none.
pub(super) fn of_token<'c>(
    token: &SignedData<'_>,
    stamped: Stamped<'_>,
    certificates: impl Iterator<Item = &'c Certificate> + Clone,
    place: String,
) -> Option<TimeStamp> {
    let info = token.content.as_deref().filter(|_| token.content_type == TOKEN_CONTENT)?;
    let (time, digest, imprint) = token_info(info)?;
    let signer = token.signers().next()??;
    let authority = certificates.clone().find(|certificate| signer.is(certificate));
    let imprint_fault = match stamped {
        Stamped::Signature(value, _) => match signature::digest_of(digest, value) {
            Some(own) if own == imprint => None,
            Some(_) => Some(StampFault::OtherSignature),
            None => Some(StampFault::Digest),
        },
        Stamped::Elsewhere => None,
    };
    let is_broken = signature::digest_strength(digest).is_none_or(|strength| strength == Strength::Broken);
    let fault =
        imprint_fault.or(is_broken.then_some(StampFault::Digest)).or_else(|| fault(&signer, Some(&TOKEN_CONTENT), info, authority, time));
    let own = match stamped {
        Stamped::Signature(_, own) => own,
        Stamped::Elsewhere => None,
    };
    Some(TimeStamp { place, time, signer: own, authority: authority.map(|found| found.sha256), fault })
}

/// Reads a countersignature over the value of a signature. `None` where it says no time.
pub(super) fn of_countersignature<'c>(
    info: &[u8],
    (value, own): (&[u8], Option<Fingerprint>),
    mut certificates: impl Iterator<Item = &'c Certificate>,
    place: String,
) -> Option<TimeStamp> {
    let signer = Signer::read(info)?;
    let time = read_time(signer.signed(&SIGNING_TIME)?.whole)?;
    let authority = certificates.find(|certificate| signer.is(certificate));
    let fault = fault(&signer, None, value, authority, time);
    Some(TimeStamp { place, time, signer: own, authority: authority.map(|found| found.sha256), fault })
}

fn fault(signer: &Signer<'_>, kind: Option<&[u8]>, content: &[u8], authority: Option<&Certificate>, time: Time) -> Option<StampFault> {
    let Some(authority) = authority else { return Some(StampFault::NoAuthority) };
    match signer.verify(kind, content, authority) {
        Answer::Good => {}
        Answer::Bad => return Some(StampFault::BadSignature),
        Answer::Unsupported(what) => return Some(StampFault::Unsupported(what)),
    }
    let purposes = authority.extended_key_usage().ok().flatten().unwrap_or_default();
    let is_valid = authority.not_before.is_some_and(|from| from <= time) && authority.not_after.is_some_and(|to| time <= to);
    match (purposes.iter().any(|purpose| purpose == TIME_STAMPING), is_valid) {
        (false, _) => Some(StampFault::NotForTimeStamping),
        (true, false) => Some(StampFault::OutsideValidity),
        (true, true) => None,
    }
}

/// RFC 3161 2.4.2 TSTInfo: its time, and the digest that it stamps with the OID of what made that.
fn token_info(info: &[u8]) -> Option<(Time, &[u8], &[u8])> {
    let (whole, rest) = element(info).filter(|(whole, _)| whole.tag == SEQUENCE)?;
    let mut parts = whole.content;
    take(&mut parts, INTEGER)?;
    take(&mut parts, OBJECT_IDENTIFIER)?;
    let mut imprint = take(&mut parts, SEQUENCE)?.content;
    let mut algorithm = take(&mut imprint, SEQUENCE)?.content;
    let digest = take(&mut algorithm, OBJECT_IDENTIFIER)?.content;
    let value = take(&mut imprint, OCTET_STRING)?.content;
    take(&mut parts, INTEGER)?;
    let time = read_time(element(parts)?.0.whole)?;
    rest.is_empty().then_some((time, digest, value))
}

/// The token in a TimeStampResp (RFC 3161 2.4.2): a status, then the token.
pub(super) fn token_of_response(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let (whole, _) = element(bytes).filter(|(whole, _)| whole.tag == SEQUENCE)?;
    let mut parts = whole.content;
    let status = take(&mut parts, SEQUENCE)?;
    element(status.content).filter(|(status, _)| status.tag == INTEGER)?;
    let (token, behind) = element(parts).filter(|(token, _)| token.tag == SEQUENCE)?;
    behind.is_empty().then_some((token.whole, whole.whole.len()))
}
