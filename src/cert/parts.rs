//! Which parts does a certificate have (RFC 5280 4.1)? Each is found by its place and read on its own: what is not as RFC 5280 has it is
//! listed, and costs none of the others. Lengths may be longer than DER has them; `strict` says so.

use x509_parser::extensions::X509Extension;
use x509_parser::prelude::FromDer as _;

use super::elements::{Element, Elements};
use super::field::{AlgorithmIdentifier, Span};
use super::reader::RawExtension;
use super::unreadable::MAX_UNREADABLE;
use super::{Extensions, Name, Part, Time, Unreadable};

const BOOLEAN: u32 = 1;
const INTEGER: u32 = 2;
const BIT_STRING: u32 = 3;
const OCTET_STRING: u32 = 4;
const OBJECT_IDENTIFIER: u32 = 6;
const SEQUENCE: u32 = 16;

/// `[1]` issuerUniqueID, `[2]` subjectUniqueID, `[3]` extensions (RFC 5280 4.1): what may follow the key, in this order.
const UNIQUE_IDENTIFIERS: [u32; 2] = [1, 2];
const EXTENSIONS: u32 = 3;

/// The parts by their places; each is one element, whatever it is.
pub(super) struct Found<'a> {
    /// The certificate, without what stands behind it.
    pub der: &'a [u8],
    pub tbs: Element<'a>,
    pub version: Option<Element<'a>>,
    pub serial: Element<'a>,
    pub signed_algorithm: Element<'a>,
    pub issuer: Element<'a>,
    pub validity: Element<'a>,
    pub subject: Element<'a>,
    pub public_key: Element<'a>,
    /// What follows in tbsCertificate.
    pub further: Elements<'a>,
    pub signature_algorithm: Option<Element<'a>>,
    pub signature: Option<Element<'a>>,
}

/// The parts of the certificate that `bytes` begin with; or why they are none. It has to be whole, and a tbsCertificate to be walked: six
/// elements that begin as a certificate's do.
pub(super) fn find(bytes: &[u8]) -> Result<Found<'_>, &'static str> {
    let whole = Elements { rest: bytes, offset: 0 }.next().ok_or("the DER ends too early, or is none")?;
    let mut outer = whole.children();
    let first = outer.next().filter(|tbs| whole.is(SEQUENCE) && tbs.is(SEQUENCE));
    let tbs = first.ok_or("not a SEQUENCE that begins with a SEQUENCE")?;
    let mut parts = tbs.children();
    let mut first = parts.next();
    let version = first.filter(|first| first.is_context(0) && first.constructed);
    if version.is_some() {
        first = parts.next();
    }
    let [mut serial, mut signed_algorithm, mut issuer, mut validity, mut subject, mut public_key] = [None; 6];
    for place in [&mut serial, &mut signed_algorithm, &mut issuer, &mut validity, &mut subject, &mut public_key] {
        *place = Some(first.take().or_else(|| parts.next()).ok_or("its first part has fewer parts than a tbsCertificate")?);
    }
    let parts_of = serial.zip(signed_algorithm).zip(issuer.zip(validity)).zip(subject.zip(public_key));
    let (((serial, signed_algorithm), (issuer, validity)), (subject, public_key)) = parts_of.ok_or("no tbsCertificate")?;
    // CRLs, attribute certificates and requests have as many parts in other places.
    let begins_with_oid = signed_algorithm.children().next().is_some_and(|oid| oid.is(OBJECT_IDENTIFIER));
    if version.is_none() && !(begins_with_oid && validity.is(SEQUENCE)) {
        return Err("its first part is not a tbsCertificate");
    }
    let (signature_algorithm, signature) = (outer.next(), outer.next());
    Ok(Found {
        der: whole.whole(bytes),
        tbs,
        version,
        serial,
        signed_algorithm,
        issuer,
        validity,
        subject,
        public_key,
        further: parts,
        signature_algorithm,
        signature,
    })
}

/// Reads part after part, and keeps in mind what could not be read.
pub(super) struct Reading<'a> {
    der: &'a [u8],
    unreadable: Vec<Unreadable>,
}

impl<'a> Reading<'a> {
    pub fn new(der: &'a [u8]) -> Self {
        Self { der, unreadable: Vec::new() }
    }

    pub fn into_unreadable(self) -> Box<[Unreadable]> {
        self.unreadable.into()
    }

    fn note(&mut self, part: Part, span: Span) {
        if self.unreadable.len() < MAX_UNREADABLE {
            self.unreadable.push(Unreadable { part, span });
        }
    }

    /// RFC 5280 4.1.2.1: 1 for v1(0); 0 where it cannot be read.
    pub fn version(&mut self, wrapper: &Element<'_>) -> u32 {
        let number = wrapper.children().next().filter(|number| number.is(INTEGER)).map(|number| number.content);
        let digits = number.filter(|digits| digits.first().is_some_and(|first| first & 0x80 == 0));
        let value =
            digits.and_then(|digits| digits.iter().try_fold(0_u32, |value, byte| value.checked_mul(256)?.checked_add((*byte).into())));
        value.map(|value| value.saturating_add(1)).unwrap_or_else(|| {
            self.note(Part::Version, wrapper.span());
            0
        })
    }

    /// RFC 5280 4.1.2.2: its content, whatever it is.
    pub fn serial(&mut self, element: &Element<'_>) -> Span {
        if !element.is(INTEGER) {
            self.note(Part::SerialNumber, element.span());
        }
        element.content_span()
    }

    /// RFC 5280 4.1.2.4.
    pub fn name(&mut self, part: Part, element: &Element<'_>) -> Name {
        let name = Name::of(element.whole(self.der));
        if !name.is_readable() {
            self.note(part, element.span());
        }
        name
    }

    /// RFC 5280 4.1.2.5. A fraction of a second is within the window that it begins, and beyond the one that it ends.
    pub fn validity(&mut self, element: &Element<'_>) -> [Option<Time>; 2] {
        let mut times = element.children();
        let (from, to) = (times.next(), times.next());
        if !element.is(SEQUENCE) || !times.rest.is_empty() {
            self.note(Part::Validity, element.span());
        }
        let from = self.time(Part::NotBefore, from, element).map(|(seconds, has_fraction)| seconds.plus(has_fraction.into()));
        [from, self.time(Part::NotAfter, to, element).map(|(seconds, _)| seconds)]
    }

    fn time(&mut self, part: Part, element: Option<Element<'_>>, validity: &Element<'_>) -> Option<(Time, bool)> {
        match element.filter(Element::is_time) {
            Some(time) => time.written().map(|written| (written.seconds, written.has_fraction)),
            None => {
                self.note(part, element.as_ref().unwrap_or(validity).span());
                None
            }
        }
    }

    /// RFC 5280 4.1.2.7: the algorithm, and the content of the BIT STRING.
    pub fn public_key(&mut self, element: &Element<'_>) -> (AlgorithmIdentifier, Span) {
        let mut parts = element.children();
        let found = algorithm(parts.next().as_ref()).zip(bits(parts.next().as_ref())).filter(|_| element.is(SEQUENCE));
        found.unwrap_or_else(|| {
            self.note(Part::PublicKey, element.span());
            Default::default()
        })
    }

    /// RFC 5280 4.1.1.2.
    pub fn algorithm(&mut self, part: Part, element: Option<&Element<'_>>) -> AlgorithmIdentifier {
        algorithm(element).unwrap_or_else(|| {
            self.note(part, element.map(Element::span).unwrap_or_default());
            AlgorithmIdentifier::default()
        })
    }

    /// The content of a BIT STRING, without the count of unused bits.
    pub fn bits(&mut self, part: Part, element: Option<&Element<'_>>) -> Span {
        bits(element).unwrap_or_else(|| {
            self.note(part, element.map(Element::span).unwrap_or_default());
            Span::default()
        })
    }

    /// RFC 5280 4.1.2.8, 4.1.2.9: what follows the key. An extension that cannot be read leaves the others.
    pub fn extensions(&mut self, mut further: Elements<'a>) -> Extensions {
        let (mut next, mut found) = (UNIQUE_IDENTIFIERS[0], Vec::new());
        for part in further.by_ref() {
            if !(part.is_context(part.tag) && (next..=EXTENSIONS).contains(&part.tag)) {
                self.note(Part::Surplus, part.span());
                continue;
            }
            next = part.tag + 1;
            if part.tag == EXTENSIONS {
                found = self.listed_extensions(&part);
            }
        }
        self.rest(Part::Surplus, &further);
        let der = self.der;
        Extensions::new(&found, |part| super::field::span_within(der, part))
    }

    fn listed_extensions(&mut self, wrapper: &Element<'a>) -> Vec<RawExtension<'a>> {
        let mut lists = wrapper.children();
        let Some(list) = lists.next().filter(|list| list.is(SEQUENCE) && lists.rest.is_empty()) else {
            self.note(Part::Extensions, wrapper.span());
            return Vec::new();
        };
        let (mut elements, mut out) = (list.children(), Vec::new());
        for element in elements.by_ref() {
            match raw_extension(&element) {
                Some(extension) => out.push(extension),
                None => self.note(Part::Extension, element.span()),
            }
        }
        self.rest(Part::Extensions, &elements);
        out
    }

    /// Bytes that are no element are left over.
    fn rest(&mut self, part: Part, elements: &Elements<'_>) {
        if !elements.rest.is_empty() {
            let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            self.note(part, Span { start: at(elements.offset), end: at(elements.offset + elements.rest.len()) });
        }
    }
}

fn algorithm(element: Option<&Element<'_>>) -> Option<AlgorithmIdentifier> {
    let mut parts = element.filter(|element| element.is(SEQUENCE))?.children();
    let oid = parts.next().filter(|oid| oid.is(OBJECT_IDENTIFIER) && !oid.content.is_empty())?;
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let (start, end) = (at(parts.offset), at(parts.offset + parts.rest.len()));
    let parameters = if start < end { Span { start, end } } else { Span::default() };
    Some(AlgorithmIdentifier { oid: oid.content_span(), parameters })
}

fn bits(element: Option<&Element<'_>>) -> Option<Span> {
    let string = element.filter(|string| string.is(BIT_STRING) && !string.constructed)?;
    matches!(string.content, [0..=7, ..]).then(|| {
        let Span { start, end } = string.content_span();
        Span { start: start + 1, end }
    })
}

/// RFC 5280 4.1: an identifier, criticality and a value, and nothing else. A BOOLEAN that is not in DER is true to who reads it at all.
fn raw_extension<'a>(element: &Element<'a>) -> Option<RawExtension<'a>> {
    let mut parts = element.is(SEQUENCE).then(|| element.children())?;
    let oid = parts.next().filter(|oid| oid.is(OBJECT_IDENTIFIER) && !oid.content.is_empty())?.content;
    let mut next = parts.next()?;
    let mut critical = false;
    if next.is(BOOLEAN) {
        critical = matches!(next.content, [value] if *value != 0);
        next = parts.next().filter(|_| next.content.len() == 1)?;
    }
    let is_whole = next.is(OCTET_STRING) && !next.constructed && parts.rest.is_empty();
    is_whole.then_some(RawExtension { oid, critical, value: next.content })
}

/// As the library reads it, to be shown.
fn extension(whole: &[u8]) -> Option<X509Extension<'_>> {
    X509Extension::from_der(whole).ok().map(|(_, extension)| extension)
}

/// The extensions in their order, as the library reads them; `None` for one that it cannot read. `tbs` is a part of `der`.
pub(super) fn each_extension(der: &[u8], tbs: Span) -> Vec<Option<X509Extension<'_>>> {
    let signed = der.get(tbs.start as usize..tbs.end as usize).unwrap_or_default();
    let tbs = Elements { rest: signed, offset: tbs.start as usize }.next();
    let mut parts = tbs.iter().flat_map(Element::children);
    let list = parts.find(|part| part.is_context(EXTENSIONS)).and_then(|wrapper| wrapper.children().next());
    list.iter().flat_map(Element::children).map(|element| extension(element.whole(der))).collect()
}
