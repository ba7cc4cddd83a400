//! DER as a list of its elements, a line each: offset, lengths, name, type, value. What no reader understands is listed, too.

use crate::cert::{Structure, asn1, element_names};
use crate::source::Batch;

/// Everything that an input holds, one behind the other; what has no DER to list is left to the caller. All text is escaped.
pub fn elements(batch: &Batch) -> String {
    let certificates =
        batch.certificates.iter().map(|found| list(&found.origin.to_string(), found.certificate.der(), Some(Structure::Certificate)));
    let crls = batch.crls.iter().map(|(crl, place)| list(place, crl.der(), Some(Structure::Crl)));
    let responses = batch.responses.iter().map(|(response, place)| list(place, response.der(), Some(Structure::OcspResponse)));
    let requests = batch.requests.iter().map(|request| list(&request.place, &request.found.der, None));
    let unread = batch.problems.iter().filter_map(|problem| Some(list(&problem.to_string(), problem.der.as_deref()?, None)));
    certificates.chain(crls).chain(responses).chain(requests).chain(unread).collect()
}

/// Offset and lengths (`header+content`) in bytes, then the element indented by its depth, called as its RFC calls it.
fn list(place: &str, der: &[u8], structure: Option<Structure>) -> String {
    let found = asn1(der);
    let names = structure.map(|structure| element_names(&found, structure)).unwrap_or_default();
    let mut out = format!("{place}: {} bytes\n", der.len());
    for (place, element) in found.iter().enumerate() {
        let known = names.get(place).copied().unwrap_or_default();
        let name = if known.is_empty() { element.name.clone() } else { format!("{known} {}", element.name) };
        let (lengths, indent) = (format!("{}+{}", element.header, element.length), element.depth * 2);
        let flaw = element.flaw.map_or_else(String::new, |flaw| format!("  ({flaw})"));
        let line = format!("{:>6}  {lengths:<8}  {:indent$}{name}  {}{flaw}", element.offset, "", element.value);
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
