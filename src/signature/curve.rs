//! The elliptic curves that are known, by name or spelt out, and one signature judged on each.

use ::sha2::{Digest as _, Sha256};
use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use der::{Decode, Sequence};
use ecdsa::elliptic_curve::array::ArraySize;
use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytesSize};
use ecdsa::signature::hazmat::PrehashVerifier;
use ecdsa::{EcdsaCurve, Signature, VerifyingKey};

use super::engine::Answer;

pub(super) const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const NO_POINT: Answer = Answer::Unsupported("an EC key that is not a point of its curve");

#[derive(Clone, Copy)]
pub(super) struct Curve {
    pub oid: ObjectIdentifier,
    pub words: &'static str,
    /// SHA-256 of what `fingerprint` takes from the curve's parameters where they are spelt out, in hexadecimal.
    explicit: &'static str,
    /// Of an encoded point, a digest and a DER signature.
    pub judge: fn(&[u8], &[u8], &[u8]) -> Answer,
    pub is_point: fn(&[u8]) -> bool,
}

/// RFC 5480 2.1.1.1, SEC 2, RFC 5639 3; each fingerprint is of what OpenSSL 3.0 spells out.
#[rustfmt::skip]
pub(super) const CURVES: &[Curve] = &[
    curve::<p256::NistP256>("1.2.840.10045.3.1.7", "P-256", "dcf88bbf2de243d5d2608689d67295c3df291958590dc9261ade9b8863438994"),
    curve::<p384::NistP384>("1.3.132.0.34", "P-384", "a4f36eb583783a1ae7cdaf9be2672b5470d1f5889ca4c356ee3043fc54fd87de"),
    curve::<p521::NistP521>("1.3.132.0.35", "P-521", "fa5ae5972cb2eee7dd68874b8cba8e60ef055b79763b3cc719554db9c9721803"),
    #[cfg(feature = "exotic")]
    curve::<p224::NistP224>("1.3.132.0.33", "P-224", "40ace48beac6604b31ff2b6a4f83411fde058e2beba31b99f0bc843898e6ac5c"),
    #[cfg(feature = "exotic")]
    curve::<p192::NistP192>("1.2.840.10045.3.1.1", "P-192", "78b813133308f925c9f9f0a0cef6692e0284b69767a52be4d0c1a95bf0b58ad1"),
    curve::<k256::Secp256k1>("1.3.132.0.10", "secp256k1", "a962a23c932be9fd6b3e7c0587929713a386dd45cbe7c95326dd238fc37db58f"),
    curve::<bp256::BrainpoolP256r1>("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", "d87051dc533fef5eba1e1644976439045a2789d3c045b30e4dcc678960510cc1"),
    curve::<bp256::BrainpoolP256t1>("1.3.36.3.3.2.8.1.1.8", "brainpoolP256t1", "ff68b01a8d8b2a7003ff5ef1a78ab1e9bf560b6b62640dc9e1535b4ad975189b"),
    curve::<bp384::BrainpoolP384r1>("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", "aea9776166415a9ec96006b7095a7ca91255fb4f17f86375a24d05f454296d07"),
    curve::<bp384::BrainpoolP384t1>("1.3.36.3.3.2.8.1.1.12", "brainpoolP384t1", "6e648ef4132f988e723f28b862de1ddd785fa6ac8a190c8714fddb014fdebe83"),
];

/// Curves that have a name but nothing here that counts on them.
const OTHERS: &[(ObjectIdentifier, &str)] = &[
    #[cfg(not(feature = "exotic"))]
    (ObjectIdentifier::new_unwrap("1.3.132.0.33"), "ECDSA on P-224, which this build leaves out (feature `exotic`)"),
    #[cfg(not(feature = "exotic"))]
    (ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.1"), "ECDSA on P-192, which this build leaves out (feature `exotic`)"),
    (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.13"), "ECDSA on brainpoolP512r1"),
    (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.14"), "ECDSA on brainpoolP512t1"),
    (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.9"), "ECDSA on brainpoolP320r1"),
    (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.5"), "ECDSA on brainpoolP224r1"),
    (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.3"), "ECDSA on brainpoolP192r1"),
    (ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.1"), "ECDSA on brainpoolP160r1"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.31"), "ECDSA on secp192k1"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.32"), "ECDSA on secp224k1"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.8"), "ECDSA on secp160r1"),
    (ObjectIdentifier::new_unwrap("1.2.250.1.223.101.256.1"), "ECDSA on FRP256v1"),
    (ObjectIdentifier::new_unwrap("1.2.156.10197.1.301"), "ECDSA on the curve of SM2"),
];

/// The curve that a key's parameters name (RFC 5480 2.1.1) or spell out (RFC 3279 2.3.5); words for one that is not known.
pub(super) fn of(parameters: &[u8]) -> Result<&'static Curve, &'static str> {
    if let Ok(oid) = ObjectIdentifier::from_der(parameters) {
        return CURVES
            .iter()
            .find(|curve| curve.oid == oid)
            .ok_or_else(|| OTHERS.iter().find(|(other, _)| *other == oid).map_or("ECDSA on this curve", |(_, words)| words));
    }
    match parameters {
        [] | [0x05, 0x00] => Err("an EC key without a curve"),
        _ => spelt_out(parameters).ok_or("ECDSA on a curve that is spelt out and is none that is known"),
    }
}

const fn curve<C>(oid: &str, words: &'static str, explicit: &'static str) -> Curve
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
    ecdsa::der::MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as core::ops::Add>::Output: core::ops::Add<ecdsa::der::MaxOverhead> + ArraySize,
{
    Curve { oid: ObjectIdentifier::new_unwrap(oid), words, explicit, judge: judge::<C>, is_point: is_point::<C> }
}

fn judge<C>(point: &[u8], hash: &[u8], signature: &[u8]) -> Answer
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
    ecdsa::der::MaxSize<C>: ArraySize,
    <FieldBytesSize<C> as core::ops::Add>::Output: core::ops::Add<ecdsa::der::MaxOverhead> + ArraySize,
{
    let Ok(key) = VerifyingKey::<C>::from_sec1_bytes(point) else { return NO_POINT };
    let Ok(signature) = Signature::<C>::from_der(signature) else { return Answer::Bad };
    // s and n - s are the same signature; where Bitcoin allows one of them (k256), X.509 allows both.
    let signature = if C::NORMALIZE_S { signature.normalize_s() } else { signature };
    Answer::of(key.verify_prehash(hash, &signature).is_ok())
}

fn is_point<C>(point: &[u8]) -> bool
where
    C: EcdsaCurve + CurveArithmetic,
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    VerifyingKey::<C>::from_sec1_bytes(point).is_ok()
}

/// SpecifiedECDomain of SEC 1 C.2 over a prime field.
#[derive(Sequence)]
struct Spelt<'a> {
    /// 1 to 3, by which of the optional fields are there.
    version: u8,
    field: Field<'a>,
    curve: Coefficients<'a>,
    base: &'a OctetStringRef,
    order: UintRef<'a>,
    #[asn1(optional = "true")]
    cofactor: Option<UintRef<'a>>,
}

#[derive(Sequence)]
struct Field<'a> {
    kind: ObjectIdentifier,
    prime: AnyRef<'a>,
}

#[derive(Sequence)]
struct Coefficients<'a> {
    a: &'a OctetStringRef,
    b: &'a OctetStringRef,
    #[asn1(optional = "true")]
    seed: Option<BitStringRef<'a>>,
}

const PRIME_FIELD: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.1.1");

/// Every number counts, the generator too: with another one anybody can find a private key (CVE-2020-0601).
fn spelt_out(parameters: &[u8]) -> Option<&'static Curve> {
    let found = fingerprint(&Spelt::from_der(parameters).ok()?)?;
    CURVES.iter().find(|curve| curve.explicit == found)
}

/// SHA-256 over the prime, a, b, the order and the generator's x, each a byte of length and the number without leading zeros, then
/// the lowest bit of the generator's y.
fn fingerprint(spelt: &Spelt<'_>) -> Option<String> {
    let (form, point) = spelt.base.as_bytes().split_first()?;
    let (x, y) = match form {
        2 | 3 => (point, form & 1),
        4 => (&point[..point.len() / 2], point.last()? & 1),
        _ => return None,
    };
    if spelt.field.kind != PRIME_FIELD {
        return None;
    }
    let prime: UintRef<'_> = spelt.field.prime.decode_as().ok()?;
    let mut hash = Sha256::new();
    for number in [prime.as_bytes(), spelt.curve.a.as_bytes(), spelt.curve.b.as_bytes(), spelt.order.as_bytes(), x] {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        hash.update([u8::try_from(number.len() - zeros).ok()?]);
        hash.update(&number[zeros..]);
    }
    hash.update([y]);
    Some(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
