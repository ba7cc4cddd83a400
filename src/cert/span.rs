//! Where in a DER is a part of it?

/// A part of a certificate's DER: offsets of its first byte and of the byte after its last.
/// 32 bits hold every offset below `MAX_CERTIFICATE`, and a pool of thousands holds many spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// RFC 5280 4.1.1.2, as parts of the DER: the content of the OID, and the parameters with their header (empty where absent).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AlgorithmIdentifier {
    pub oid: Span,
    pub parameters: Span,
}

/// Where `part` lies in `whole`; the empty span where it is no part of it.
pub(super) fn span_within(whole: &[u8], part: &[u8]) -> Span {
    let start = (part.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
    let inside = start <= whole.len() && part.len() <= whole.len() - start;
    let offset = |at: usize| u32::try_from(at).ok();
    let span = || Some(Span { start: offset(start)?, end: offset(start + part.len())? });
    inside.then(span).flatten().unwrap_or_default()
}
