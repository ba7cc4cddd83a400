//! Which CRLs speak of a certificate: its distribution points (RFC 5280 4.2.1.13), and a CRL's own scope (5.2.5).

use super::general_names::general_names;
use super::misread::{Fault, Misread};
use super::reader::{Reader, SEQUENCE, constructed, flag, named_bits, only, primitive};
use super::{GeneralName, Name};

/// RFC 5280 4.2.1.13 ReasonFlags: bit n is the named bit n of the BIT STRING.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reasons(pub u16);

impl Reasons {
    /// Every reason; bit 0 is unused.
    pub const ALL: Self = Self(0b1_1111_1110);
    /// No reason, such as what is covered before any CRL was read.
    pub const NONE: Self = Self(0);

    /// Every reason that one of the two has.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Every reason that both have.
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that `other` has not.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// RFC 5280 4.2.1.13. A name that is relative to the CRL issuer is made whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionPoint {
    pub names: Option<Vec<GeneralName>>,
    /// `None`: all of them.
    pub reasons: Option<Reasons>,
    /// Who signs the CRL; `None`: who issued the certificate.
    pub crl_issuer: Option<Vec<GeneralName>>,
}

/// RFC 5280 5.2.5: what a CRL speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssuingDistributionPoint {
    pub names: Option<Vec<GeneralName>>,
    pub only_user_certificates: bool,
    pub only_ca_certificates: bool,
    pub only_attribute_certificates: bool,
    /// `None`: all reasons.
    pub only_reasons: Option<Reasons>,
    /// Entries may be of other issuers.
    pub indirect: bool,
}

/// RFC 5280 4.2.1.13: at least one point; `issuer` is the certificate's.
pub(super) fn points(value: &[u8], issuer: &Name) -> Result<Vec<DistributionPoint>, Misread> {
    let field = "DistributionPoint";
    let mut list = Reader::of_sequence(value, "cRLDistributionPoints")?;
    let mut out = Vec::new();
    while !list.is_empty() {
        let mut parts = list.sequence(field)?;
        let name = parts.optional(constructed(0), "distributionPoint")?;
        let reasons = parts.optional(primitive(1), "reasons")?.map(|element| reason_flags(element.content)).transpose()?;
        let crl_issuer = parts.optional(constructed(2), "cRLIssuer")?;
        parts.finish_fields(&[constructed(0), primitive(1), constructed(2)], field)?;
        let crl_issuer = crl_issuer.map(|element| general_names(element.content, "cRLIssuer")).transpose()?;
        let relative_to = match crl_issuer.as_deref() {
            None => Some(issuer),
            Some(names) => names.iter().find_map(directory),
        };
        let names = name.map(|element| point_name(element.content, relative_to)).transpose()?;
        if names.is_none() && crl_issuer.is_none() {
            return Err(Misread::new(field, Fault::Nameless));
        }
        out.push(DistributionPoint { names, reasons, crl_issuer });
    }
    if out.is_empty() { Err(Misread::new("cRLDistributionPoints", Fault::Empty)) } else { Ok(out) }
}

impl IssuingDistributionPoint {
    /// `issuer` is the CRL's; the value must not be empty, nor speak of two kinds of certificates alone.
    pub(super) fn from_der(value: &[u8], issuer: &Name) -> Result<Self, Misread> {
        let what = "issuingDistributionPoint";
        let mut parts = Reader::of_sequence(value, what)?;
        if parts.is_empty() {
            return Err(Misread::new(what, Fault::Empty));
        }
        let name = parts.optional(constructed(0), what)?;
        let flag_at = |number: u8, parts: &mut Reader<'_>| match parts.optional(primitive(number), what)? {
            Some(element) => flag(element.content, what),
            None => Ok(false),
        };
        let only_user_certificates = flag_at(1, &mut parts)?;
        let only_ca_certificates = flag_at(2, &mut parts)?;
        let only_reasons = parts.optional(primitive(3), what)?.map(|element| reason_flags(element.content)).transpose()?;
        let indirect = flag_at(4, &mut parts)?;
        let only_attribute_certificates = flag_at(5, &mut parts)?;
        parts.finish_fields(&[constructed(0), primitive(1), primitive(2), primitive(3), primitive(4), primitive(5)], what)?;
        if [only_user_certificates, only_ca_certificates, only_attribute_certificates].iter().filter(|set| **set).count() > 1 {
            return Err(Misread::new(what, Fault::SeveralKinds));
        }
        let names = name.map(|element| point_name(element.content, Some(issuer))).transpose()?;
        Ok(Self { names, only_user_certificates, only_ca_certificates, only_attribute_certificates, only_reasons, indirect })
    }
}

/// The name, where it is a directory name.
fn directory(name: &GeneralName) -> Option<&Name> {
    match name {
        GeneralName::Directory(name) => Some(name),
        _ => None,
    }
}

/// DistributionPointName: a full name, or one relative distinguished name below the CRL issuer's.
fn point_name(content: &[u8], relative_to: Option<&Name>) -> Result<Vec<GeneralName>, Misread> {
    let what = "distributionPoint";
    let mut reader = Reader::new(content);
    let choice = reader.read(what)?;
    reader.finish(what)?;
    match choice.tag {
        tag if tag == constructed(0) => general_names(choice.content, what),
        tag if tag == constructed(1) => {
            let base = relative_to.ok_or(Misread::new(what, Fault::RelativeToNone))?;
            let above = only(base.der(), SEQUENCE, what)?;
            let relative = [&[0x31][..], &length(choice.content.len()), choice.content].concat();
            let whole = [&[SEQUENCE][..], &length(above.len() + relative.len()), above, &relative].concat();
            Name::from_der(&whole).map(|name| vec![GeneralName::Directory(name)]).ok_or(Misread::new(what, Fault::Name))
        }
        tag => Err(Misread::new(what, Fault::Unknown { tag })),
    }
}

/// The octets of a definite length (X.690 8.1.3).
fn length(length: usize) -> Vec<u8> {
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => vec![short],
        _ => {
            let octets: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
            [&[0x80 | u8::try_from(octets.len()).unwrap_or(8)][..], &octets].concat()
        }
    }
}

/// The content of a BIT STRING whose named bits are reasons; bit 0 is unused.
fn reason_flags(content: &[u8]) -> Result<Reasons, Misread> {
    Ok(Reasons(named_bits(content, 9, "reasons")?).intersection(Reasons::ALL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_named_bits() {
        assert_eq!(reason_flags(&[5, 0x60]), Ok(Reasons(0b110)));
        assert_eq!(reason_flags(&[7, 0, 0x80]), Ok(Reasons(1 << 8)));
        assert_eq!(reason_flags(&[0]), Ok(Reasons::NONE));
        assert!(reason_flags(&[]).is_err() && reason_flags(&[8, 0]).is_err() && reason_flags(&[0, 0, 0, 1]).is_err());
    }

    #[test]
    fn a_scope_says_something_and_not_two_things() {
        let issuer = Name::from_der(&[0x30, 0]).unwrap();
        assert!(IssuingDistributionPoint::from_der(&[0x30, 0], &issuer).is_err());
        assert!(IssuingDistributionPoint::from_der(&[0x30, 6, 0x81, 1, 0xff, 0x82, 1, 0xff], &issuer).is_err());
        let scope = IssuingDistributionPoint::from_der(&[0x30, 6, 0x82, 1, 0xff, 0x84, 1, 0xff], &issuer).unwrap();
        assert!(scope.only_ca_certificates && scope.indirect && !scope.only_user_certificates && scope.names.is_none());
    }

    #[test]
    fn lengths_are_short_or_long() {
        assert_eq!((length(127), length(128), length(300)), (vec![127], vec![0x81, 128], vec![0x82, 1, 44]));
    }
}
