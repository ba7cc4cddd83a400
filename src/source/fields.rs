//! What was read in a field of a text has the field's path for its origin, and its role by the field's name. A field that is meant to
//! hold a certificate and gave nothing is listed, with what is wrong in it.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::armorless::PEM;
use super::batch::{Batch, Problem, ProblemKind};
use super::found::Role;
use super::lines::Lines;
use super::outline::{Trail, visit};
use crate::cert::{Certificate, Origin, escape};

/// Fields that hold certificates: of kubeconfigs, of Secrets of type kubernetes.io/tls and what cert-manager and webhooks write; RFC 7515
/// 4.1.6 and 7517 4.7; XML Signature 4.5.4.
const NAMES: [&str; 8] =
    ["certificate-authority-data", "client-certificate-data", "tls.crt", "ca.crt", "caBundle", "caData", "x5c", "X509Certificate"];
/// Of these, fields in which a path or a placeholder may stand as well, which is shorter than any certificate.
const NAMES_OF_FILES: [&str; 4] = ["tls.crt", "ca.crt", "caBundle", "caData"];
const SHORTEST: usize = 64;

/// Where in the text something was read, and what.
#[derive(Debug)]
pub(super) struct Placed {
    pub offset: usize,
    /// In the batch.
    pub certificates: Range<usize>,
    pub problems: Range<usize>,
    /// A PEM block as it is, which has a number that people count by.
    pub is_block: bool,
}

/// Whether the text may have fields that tell something: what else is plain is not walked.
pub(super) fn are_in(text: &[u8], outside: &[&[u8]], has_armorless: bool) -> bool {
    let begins = text.trim_ascii_start();
    let names = NAMES.iter().map(|name| name.as_bytes()).chain([&b"<ca>"[..], b"<cert>"]);
    let holds = |part: &&[u8], name: &[u8]| part.windows(name.len()).any(|window| window == name);
    has_armorless
        || matches!(begins, [b'{' | b'[' | b'<', ..])
        || names.into_iter().any(|name| outside.iter().any(|part| holds(part, name)))
}

/// Gives what was `placed`, in the order of its offsets, the origins of its fields within `whole`; says whether PEM blocks are among it.
pub(super) fn place(text: &[u8], placed: &[Placed], whole: &Origin, batch: &mut Batch) -> bool {
    let mut has_blocks = false;
    let mut lines = Lines::new(text);
    let mut left = placed.iter().peekable();
    visit(text, &mut |trail, range| {
        let mut certificates = 0;
        let mut is_placed = false;
        while let Some(next) = left.next_if(|next| next.offset < range.end) {
            if next.offset < range.start {
                continue;
            }
            is_placed = true;
            has_blocks |= next.is_block;
            let problems = batch.problems.get_mut(next.problems.clone()).unwrap_or_default();
            for problem in problems {
                let of = if next.is_block { problem.place.clone() } else { whole.to_string() };
                problem.place = format!("{of}, {}", trail.path());
            }
            let several = next.certificates.len() > 1;
            let found = batch.certificates.get_mut(next.certificates.clone()).unwrap_or_default();
            for (index, found) in found.iter_mut().enumerate() {
                let of = if next.is_block { found.origin.clone() } else { whole.clone() };
                let origin = of.entry(trail.path());
                found.origin = if several { origin.entry(format!("block {}", index + 1)) } else { origin };
                found.role = role(trail, certificates == 0, &found.certificate);
                certificates += 1;
            }
        }
        if !is_placed && is_meant(trail, text.get(range.clone()).unwrap_or_default()) {
            let reason = why_not(text, range, &mut lines);
            batch.report(Problem::new(ProblemKind::Broken, whole.clone().entry(trail.path()).to_string(), reason));
        }
    });
    has_blocks
}

fn role(trail: &Trail, is_first: bool, certificate: &Certificate) -> Role {
    let own = if is_first { Role::Own } else { Role::Chain };
    let is_ca = certificate.extensions.basic_constraints.is_some_and(|found| found.ca);
    let through = |name: &str| trail.leads_through(name);
    match trail.name() {
        "certificate-authority-data" | "caBundle" | "caData" | "ca.crt" | "ca" => Role::Trusted,
        "client-certificate-data" | "tls.crt" | "cert" => own,
        "extra-certs" => Role::Chain,
        // RFC 7517 4.7: the first is the key's own; RFC 7515 4.1.6: in a signature, whose first signed it.
        "x5c" if through("keys") => {
            if trail.item().is_none_or(|item| item == 0) {
                Role::Own
            } else {
                Role::Chain
            }
        }
        "x5c" => Role::Signer,
        // Sigstore's trusted_root.json: the authorities, and who signs time stamps below one.
        "rawBytes" if is_ca && (through("certificateAuthorities") || through("timestampAuthorities")) => Role::Trusted,
        "rawBytes" => Role::Signer,
        // ETSI TS 119 612 5.5.3: a service's identity; who signs lists is in the signature, and beside the pointers to other lists.
        "X509Certificate" if through("Signature") || through("PointersToOtherTSL") => Role::Signer,
        "X509Certificate" if through("ServiceDigitalIdentity") => Role::Trusted,
        _ => Role::Plain,
    }
}

/// Whether a certificate was to stand here.
fn is_meant(trail: &Trail, value: &[u8]) -> bool {
    let name = trail.name();
    let value = value.trim_ascii();
    let is_raw = name == "rawBytes" && (trail.leads_through("certificates") || trail.leads_through("certificate"));
    let is_placeholder = value.is_empty() || value == b"null" || value.starts_with(b"{{") || value.starts_with(b"${");
    let is_short = NAMES_OF_FILES.contains(&name) && value.len() < SHORTEST;
    (is_raw || NAMES.contains(&name)) && !is_placeholder && !is_short
}

/// The first character of a value that does not belong, or what it is instead of a certificate.
fn why_not(text: &[u8], range: Range<usize>, lines: &mut Lines<'_>) -> String {
    let value = text.get(range.clone()).unwrap_or_default();
    let mut characters = Vec::with_capacity(value.len());
    let mut bytes = value.iter().enumerate();
    while let Some((at, &byte)) = bytes.next() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => characters.push(byte),
            b'-' | b'_' => characters.push(if byte == b'-' { b'+' } else { b'/' }),
            b'\\' if matches!(value.get(at + 1), Some(b'n' | b'r' | b'/')) => {
                bytes.next();
            }
            _ if byte.is_ascii_whitespace() => {}
            _ => return wrong_character(text, range.start + at, lines),
        }
    }
    let line = lines.of(range.start);
    let (data, padding) = characters.split_at(characters.iter().position(|byte| *byte == b'=').unwrap_or(characters.len()));
    if padding.len() > 2 || padding.iter().any(|byte| *byte != b'=') {
        return format!("line {line}: '=' in the middle of base64, character {}", data.len() + 1);
    }
    match STANDARD_NO_PAD.decode(data) {
        Err(error) => format!("line {line}: the base64 does not decode: {error}"),
        Ok(decoded) if decoded.starts_with(PEM) => format!("line {line}: base64 of base64: it was encoded twice"),
        Ok(decoded) => match Certificate::from_der(&decoded) {
            Ok(_) => format!("line {line}: a certificate in another base64 than RFC 4648 4"),
            Err(error) => format!("line {line}: base64 of {} bytes: {error}", decoded.len()),
        },
    }
}

/// `line 7: '&' is not base64`, and what most likely made it.
pub(super) fn wrong_character(text: &[u8], at: usize, lines: &mut Lines<'_>) -> String {
    let near = text.get(at..text.len().min(at + 6)).unwrap_or_default();
    let shown: String = String::from_utf8_lossy(near.get(..4).unwrap_or(near)).chars().take(1).collect();
    let cause = match near {
        [b'&', b'#' | b'a'..=b'z', ..] => " (it was escaped for HTML)",
        [b'%', b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f', ..] => " (it was escaped for a URL)",
        [b'\\', b'u', ..] => " (it was escaped for JSON)",
        [0xe2, 0x80, ..] => " (a typographic character)",
        _ => "",
    };
    let (line, column) = lines.place(at);
    format!("line {line}, character {column}: '{}' is not base64{cause}", escape(&shown))
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;

    use super::super::bytes::read;
    use super::*;

    fn made(name: &str) -> (Vec<u8>, String) {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap();
        (certificate.der().to_vec(), certificate.pem())
    }

    /// Origins with roles, and problems.
    fn read_file(text: &str) -> (Vec<(String, Role)>, Vec<String>) {
        let batch = read(text.as_bytes(), &|block| Origin::File { path: "f".to_owned(), block });
        let found = batch.certificates.iter().map(|found| (found.origin.to_string(), found.role)).collect();
        (found, batch.problems.iter().map(ToString::to_string).collect())
    }

    fn roles(pairs: &[(&str, Role)]) -> Vec<(String, Role)> {
        pairs.iter().map(|(origin, role)| ((*origin).to_owned(), *role)).collect()
    }

    #[test]
    fn a_kubeconfig_and_a_secret_tell_whose_each_is() {
        let ((_, a), (_, b)) = (made("a.test"), made("b.test"));
        let (ca, chain) = (STANDARD.encode(&a), STANDARD.encode(format!("{a}{b}")));
        let text = format!(
            "clusters:\n- cluster:\n    certificate-authority-data: {ca}\nusers:\n- user:\n    client-certificate-data: \"{chain}\"\n"
        );
        let said = roles(&[
            ("f, clusters[0].cluster.certificate-authority-data", Role::Trusted),
            ("f, users[0].user.client-certificate-data, block 1", Role::Own),
            ("f, users[0].user.client-certificate-data, block 2", Role::Chain),
        ]);
        assert_eq!(read_file(&text), (said, vec![]));
        let json = format!("{{\"data\": {{\"ca.crt\": \"{ca}\", \"tls.crt\": \"{ca}\"}}}}");
        let said = roles(&[("f, data[\"ca.crt\"]", Role::Trusted), ("f, data[\"tls.crt\"]", Role::Own)]);
        assert_eq!(read_file(&json), (said, vec![]));
    }

    #[test]
    fn profiles_key_sets_and_lists_have_roles() {
        let ((a_der, a), (b_der, b)) = (made("a.test"), made("b.test"));
        let (x, y) = (STANDARD.encode(a_der), STANDARD.encode(b_der));
        let profile = format!("client\n<ca>\n{a}</ca>\n<cert>\n{b}{a}</cert>\n");
        let said = roles(&[("f, block 1, <ca>", Role::Trusted), ("f, block 2, <cert>", Role::Own), ("f, block 3, <cert>", Role::Chain)]);
        assert_eq!(read_file(&profile).0, said);
        let set = format!("{{\"keys\": [{{\"x5c\": [\"{x}\", \"{y}\"]}}]}}");
        assert_eq!(read_file(&set).0, roles(&[("f, keys[0].x5c[0]", Role::Own), ("f, keys[0].x5c[1]", Role::Chain)]));
        let signed = format!("{{\"header\": {{\"x5c\": [\"{x}\"]}}}}");
        assert_eq!(read_file(&signed).0, roles(&[("f, header.x5c[0]", Role::Signer)]));
        let list = format!(
            "<L><ServiceDigitalIdentity><DigitalId><X509Certificate>{x}</X509Certificate></DigitalId></ServiceDigitalIdentity>\
             <ds:Signature><ds:X509Certificate>{y}</ds:X509Certificate></ds:Signature></L>"
        );
        assert_eq!(read_file(&list).0, roles(&[("f, X509Certificate 1", Role::Trusted), ("f, X509Certificate 2", Role::Signer)]));
    }

    #[test]
    fn what_was_meant_to_be_a_certificate_and_is_not_is_listed() {
        let (der, pem) = made("a.test");
        let (raw, encoded) = (STANDARD.encode(&der), STANDARD.encode(&pem));
        let wrong = |at: usize, by: &str| format!("{}{by}{}", &encoded[..at], &encoded[at + 1..]);
        let twice = STANDARD.encode(&encoded);
        for (value, reason) in [
            (wrong(90, "&#43;"), "line 1, character 119: '&' is not base64 (it was escaped for HTML)"),
            (wrong(90, "%2B"), "line 1, character 119: '%' is not base64 (it was escaped for a URL)"),
            (wrong(90, "\u{201d}"), "line 1, character 119: '\u{201d}' is not base64 (a typographic character)"),
            (wrong(90, "*"), "line 1, character 119: '*' is not base64"),
            ("MO&#43;/vQFbMO&#43;".repeat(4), "line 1, character 31: '&' is not base64 (it was escaped for HTML)"),
            (raw[..200].to_owned(), "cut short: its DER says"),
            (encoded[..200].to_owned(), "BEGIN CERTIFICATE without its END CERTIFICATE"),
            (format!("{}={}", &raw[..100], &raw[100..]), "line 1, character 129: '=' is not base64"),
            (twice, "line 1: base64 of base64: it was encoded twice"),
            (STANDARD.encode([7; 300]), "line 1: base64 of 300 bytes: not a certificate"),
            ("hello there".to_owned(), "line 1: the base64 does not decode: "),
        ] {
            let (found, problems) = read_file(&format!("certificate-authority-data: {value}\n"));
            assert_eq!((found.len(), problems.len()), (0, 1), "{value}: {problems:?}");
            assert!(problems[0].starts_with("f, certificate-authority-data: ") && problems[0].contains(reason), "{problems:?} {reason}");
        }
        let (_, none) = read_file("ca.crt: /etc/ssl/ca.crt\ntls.crt: ''\ncertificate-authority-data: ${CA}\n");
        assert_eq!(none.len(), 1, "only that there is nothing: {none:?}");
    }
}
