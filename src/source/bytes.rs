//! Which certificates, CRLs and OCSP responses do these bytes hold? PEM with anything around it, or DER, one behind the other.

use super::armorless::Wrong;
use super::batch::{Batch, Beside, Inside, Otherwise, Problem, ProblemKind};
#[cfg(feature = "containers")]
use super::containers;
use super::fields::{Placed, wrong_character};
use super::found::{Found, Role};
use super::lines::Lines;
use super::note::{NoteKind, Noted};
use super::pem_block::{BlockEnd, PemBlock, blocks, decode};
use super::read_ahead::{BLOCKS_AT_ONCE, CERTIFICATE_LABELS, certificates};
use super::{armorless, beside, der, evidence, fields, java, kind, layout, mend, pkcs7, pkcs12};
use crate::cert::{Certificate, CertificateRequest, Origin, TrustSettings, oid_words};

/// RFC 7468 8 and 9; what Java writes.
const PKCS7_LABELS: [&str; 3] = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"];

const PKCS12_LABEL: &str = "PKCS12";

/// RFC 7468 7, and what Netscape and Microsoft wrote.
const REQUEST_LABELS: [&str; 2] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];

/// OpenSSL's certificate with trust settings behind it.
const TRUSTED_LABEL: &str = "TRUSTED CERTIFICATE";

/// Reads every certificate, CRL and OCSP response in `bytes`. `origin` names the place of a PEM block, counted from 1 over blocks of every label,
/// or with `None` the whole, which is the origin of DER.
pub fn read(bytes: &[u8], origin: &dyn Fn(Option<usize>) -> Origin) -> Batch {
    let mut batch = read_outermost(bytes, origin);
    for inside in std::mem::take(&mut batch.inside) {
        read_inside(inside, &mut batch);
    }
    if batch.is_empty() && batch.problems.is_empty() && batch.requests.is_empty() {
        batch.report(Problem::new(ProblemKind::NotRead, origin(None).to_string(), what_it_is(bytes)));
    }
    batch
}

/// Containers within one another; real ones have two. An archive can be made that holds itself.
const MAX_WITHIN: usize = 8;

/// What a container holds may be any file, another container too.
fn read_inside(Inside { content, origin, counts_blocks, otherwise }: Inside, batch: &mut Batch) {
    if origin.depth() > MAX_WITHIN {
        let reason = format!("containers within one another: {MAX_WITHIN} are read");
        return batch.report(Problem::new(ProblemKind::Limit, origin.to_string(), reason));
    }
    let of_block = |block: Option<usize>| match block.filter(|_| counts_blocks) {
        Some(number) => origin.clone().entry(format!("block {number}")),
        None => origin.clone(),
    };
    let found = read(&content, &of_block);
    match otherwise {
        Otherwise::Report(problem) if found.is_something_else() => batch.report(problem),
        Otherwise::Nothing if found.is_something_else() => {}
        _ => batch.append(found),
    }
}

fn read_outermost(bytes: &[u8], origin: &dyn Fn(Option<usize>) -> Origin) -> Batch {
    if der::is_der(bytes) {
        return der::read(bytes, origin);
    }
    let mut batch = Batch::default();
    if java::is_key_store(bytes) {
        java::read(bytes, &origin(None), &mut batch);
        return batch;
    }
    #[cfg(feature = "containers")]
    if containers::read(bytes, &origin(None), &mut batch) {
        return batch;
    }
    let mut noted = Noted::at(origin(None).to_string());
    let text = mend::mended(bytes, &mut noted);
    read_text(&text, origin, noted, &mut batch);
    batch
}

fn read_text(bytes: &[u8], origin: &dyn Fn(Option<usize>) -> Origin, mut noted: Noted, batch: &mut Batch) {
    // Of the BEGIN of each certificate that stands in a block.
    let mut lines: Vec<Option<usize>> = Vec::new();
    let (mut count, mut outside, mut behind, mut placed) = (0, Vec::new(), 0, Vec::new());
    let offset_of = |part: &[u8]| part.as_ptr().addr() - bytes.as_ptr().addr();
    let mut blocks = blocks(bytes).peekable();
    while blocks.peek().is_some() {
        let run: Vec<PemBlock<'_>> = blocks.by_ref().take(BLOCKS_AT_ONCE).collect();
        let mut ahead = certificates(&run).into_iter();
        for block in run {
            let (certificates, problems) = (batch.certificates.len(), batch.problems.len());
            match ahead.next().flatten() {
                Some(certificate) => batch.certificates.push(Found::plain(certificate, origin(block.number))),
                None => read_block(&block, origin, &mut noted, batch),
            }
            lines.resize(batch.certificates.len(), Some(block.line));
            count = block.number.unwrap_or(count);
            let (certificates, problems) = (certificates..batch.certificates.len(), problems..batch.problems.len());
            placed.push(Placed { offset: offset_of(block.label.as_bytes()), certificates, problems, is_block: true });
            if let Some(body) = read_body(&block) {
                let start = offset_of(body);
                outside.extend(bytes.get(behind..start));
                behind = start + body.len();
            }
        }
    }
    outside.extend(bytes.get(behind..));
    let has_blocks = count > 0;
    let (blocks, mut line_of) = (placed.len(), Lines::new(bytes));
    for text in &outside {
        for piece in armorless::pieces(text) {
            let offset = offset_of(text) + piece.offset;
            let (certificates, problems) = (batch.certificates.len(), batch.problems.len());
            let found = match piece.decoded {
                Ok(decoded) => read_decoded(&decoded, &|_| origin(Some(count + 1))),
                // A block that is broken was said already.
                Err(_) if is_of_a_block(bytes, offset, placed.get(..blocks).unwrap_or_default()) => None,
                Err(wrong) => {
                    let wrong = match wrong {
                        Wrong::Character(at) => wrong_character(bytes, offset_of(text) + at, &mut line_of),
                        Wrong::Short { says, there } => {
                            format!("line {}: base64 that is cut short: its DER says {says} bytes, {there} are there", line_of.of(offset))
                        }
                    };
                    Some(Batch::failed(Problem::new(ProblemKind::Broken, origin(Some(count + 1)).to_string(), wrong)))
                }
            };
            let Some(found) = found else { continue };
            batch.append(found);
            count += 1;
            let (certificates, problems) = (certificates..batch.certificates.len(), problems..batch.problems.len());
            placed.push(Placed { offset, certificates, problems, is_block: false });
        }
    }
    let mut is_in_fields = false;
    if fields::are_in(bytes, &outside, placed.len() > blocks) {
        placed.sort_by_key(|placed| placed.offset);
        is_in_fields = fields::place(bytes, &placed, &origin(None), batch);
    }
    if is_in_fields {
        // No server reads it as it is: what is indented, escaped or in another order there is right.
        batch.held.clear();
    } else if has_blocks {
        layout::look(bytes, &mut noted);
        beside::look(&lines, &mut noted, batch);
        noted.notes.sort_by_key(|note| note.line);
        batch.note(noted.notes);
    }
}

/// Whether what is at `offset` is the body of one of the blocks that have no end.
fn is_of_a_block(bytes: &[u8], offset: usize, blocks: &[Placed]) -> bool {
    let before = blocks.get(..blocks.partition_point(|block| block.offset < offset)).and_then(<[Placed]>::last);
    let between = before.and_then(|block| bytes.get(block.offset..offset));
    between.is_some_and(|between| between.split(|byte| *byte == b'\n').count() <= LINES_BEFORE_BODY)
}

/// A BEGIN's own, and an empty one.
const LINES_BEFORE_BODY: usize = 3;

/// The body of a block that is read, whatever ends it.
fn read_body<'a>(block: &PemBlock<'a>) -> Option<&'a [u8]> {
    match block.end {
        BlockEnd::Found { body } => Some(body),
        BlockEnd::Other { body, label, .. } if is_certificate_label(label) && is_certificate_label(block.label) => Some(body),
        BlockEnd::Missing { rest } if is_certificate_label(block.label) && whole_certificate(rest).is_some() => Some(rest),
        _ => None,
    }
}

/// RFC 7468 5.1 has one label; whatever is called a certificate is read as one.
fn is_certificate_label(label: &str) -> bool {
    label.ends_with("CERTIFICATE") && label != "ATTRIBUTE CERTIFICATE"
}

/// The certificate that the base64 in `text` begins with.
fn whole_certificate(text: &[u8]) -> Option<Vec<u8>> {
    armorless::pieces(text).next()?.decoded.ok().filter(|der| Certificate::from_der(der).is_ok())
}

fn read_block(block: &PemBlock<'_>, origin: &dyn Fn(Option<usize>) -> Origin, noted: &mut Noted, batch: &mut Batch) {
    let PemBlock { label, line, .. } = block;
    let from = origin(block.number);
    let is_certificate = CERTIFICATE_LABELS.contains(label) || *label == TRUSTED_LABEL;
    let is_evidence = [evidence::CRL_LABEL, evidence::OCSP_LABEL].contains(label);
    let is_request = REQUEST_LABELS.contains(label);
    let is_invented = !is_certificate && is_certificate_label(label);
    if label.ends_with("PRIVATE KEY") {
        batch.held.extend(beside::held(block).map(|found| Beside { place: origin(None).to_string(), line: Some(*line), found }));
    }
    let mut report = |kind, reason| batch.report(Problem::new(kind, from.to_string(), reason));
    if label.ends_with("PRIVATE KEY") {
        return report(ProblemKind::PrivateKey, "private key, not read".to_owned());
    }
    let is_pkcs7 = PKCS7_LABELS.contains(label);
    let is_pkcs12 = *label == PKCS12_LABEL;
    if !is_certificate && !is_invented && !is_evidence && !is_pkcs7 && !is_pkcs12 && !is_request {
        return report(ProblemKind::NotRead, format!("{label} is not supported"));
    }
    let body = match &block.end {
        BlockEnd::Found { body } => body,
        BlockEnd::Other { body, label: end, .. } if read_body(block).is_some() => {
            noted.add(Some(*line), NoteKind::EndOfAnotherLabel { begin: (*label).to_owned(), end: (*end).to_owned() });
            body
        }
        BlockEnd::Missing { rest } if read_body(block).is_some() => {
            noted.add(Some(*line), NoteKind::EndMissing { label: (*label).to_owned() });
            rest
        }
        BlockEnd::Missing { .. } => return report(ProblemKind::Broken, format!("line {line}: BEGIN {label} without its END {label}")),
        BlockEnd::Other { label: end, line: end_line, .. } => {
            return report(ProblemKind::Broken, format!("line {line}: BEGIN {label}, but line {end_line}: END {end}"));
        }
        BlockEnd::NoBegin => return report(ProblemKind::Broken, format!("line {line}: END {label} without a BEGIN {label}")),
    };
    let decoded = match block.end {
        // What follows the certificate may be any text.
        BlockEnd::Missing { rest } => whole_certificate(rest).ok_or_else(String::new),
        _ => decode(body, *line),
    };
    let der = match decoded {
        Ok(der) => der,
        Err(reason) => return report(ProblemKind::Broken, reason),
    };
    if is_pkcs12 {
        pkcs12::read(&der, &from, batch);
        return;
    }
    // Some programs write a whole bundle under the label of one certificate.
    if is_pkcs7 || pkcs7::is_signed_data(&der) {
        pkcs7::read(&der, &from, batch);
        return;
    }
    if is_evidence {
        return evidence::read_block(label, &der, &from.to_string(), batch);
    }
    if is_request {
        match CertificateRequest::from_der(&der) {
            Some(found) => batch.requests.push(Beside { place: origin(None).to_string(), line: Some(*line), found }),
            None => batch.report(Problem::new(ProblemKind::NotRead, from.to_string(), "not a certificate request (PKCS#10)").with(&der)),
        }
        return;
    }
    match Certificate::from_der(&der) {
        Ok(certificate) => {
            if is_invented {
                noted.add(Some(*line), NoteKind::InventedLabel { label: (*label).to_owned() });
            }
            let behind = der.get(certificate.der().len()..).unwrap_or_default();
            let mut trust = None;
            if *label == TRUSTED_LABEL {
                match TrustSettings::from_der(behind) {
                    Ok(settings) => {
                        if !settings.is_silent() {
                            report(ProblemKind::NotRead, settings_words(&settings));
                        }
                        trust = Some(settings);
                    }
                    Err(reason) => report(ProblemKind::Broken, format!("trust settings behind the certificate: {reason}")),
                }
            } else if !behind.is_empty() {
                report(ProblemKind::Broken, format!("{} trailing bytes after the certificate, not read", behind.len()));
            }
            // Whose trust settings cannot be read is trusted by nobody.
            let role = if *label == TRUSTED_LABEL && trust.is_none() { Role::Chain } else { Role::Plain };
            batch.certificates.push(Found { trust, ..Found::new(certificate, from, role) });
        }
        Err(error) => batch.report(Problem::new(ProblemKind::Broken, from.to_string(), error.to_string()).with(&der)),
    }
}

/// Said of a file that is no store, where they are not asked.
fn settings_words(settings: &TrustSettings) -> String {
    let words = |uses: &[String]| match uses {
        [] => "nothing".to_owned(),
        uses => uses.iter().map(|dotted| oid_words(dotted).unwrap_or(dotted)).collect::<Vec<_>>().join(", "),
    };
    let mut said: Vec<String> = settings.trusted.iter().map(|uses| format!("trusted for {}", words(uses))).collect();
    if !settings.rejected.is_empty() {
        said.push(format!("rejected for {}", words(&settings.rejected)));
    }
    said.extend(settings.alias.iter().map(|alias| format!("called {alias}")));
    format!("trust settings, which count where this file is a store: {}", said.join("; "))
}

/// What base64 in other text holds; `None` where it is nothing that was meant.
fn read_decoded(decoded: &[u8], here: &dyn Fn(Option<usize>) -> Origin) -> Option<Batch> {
    if pkcs12::is_pkcs12(decoded) {
        let words = "PKCS#12 in base64: decode it into a file";
        return Some(Batch::failed(Problem::new(ProblemKind::NotRead, here(None).to_string(), words)));
    }
    if der::is_der(decoded) {
        // Any base64 may look like DER; what is not an object that is known here is not meant.
        let found = der::read(decoded, here);
        return (!found.is_something_else() || der::is_private_key(decoded)).then_some(found);
    }
    let mut found = Batch::default();
    let mut within = Noted::at(String::new());
    for block in blocks(decoded) {
        read_block(&block, here, &mut within, &mut found);
    }
    // Lines in base64 are no lines of the file, and whose key it is its container says.
    found.held.clear();
    found.requests.iter_mut().for_each(|request| request.line = None);
    if found.is_empty() && found.problems.is_empty() {
        found.report(Problem::new(ProblemKind::Broken, here(None).to_string(), "base64 of no whole PEM block"));
    }
    Some(found)
}

/// Why there is nothing to read, for people who named the file.
fn what_it_is(bytes: &[u8]) -> String {
    match kind::name(bytes) {
        Some(kind) => format!("{kind}; {EXPECTED}"),
        None => "no certificate, CRL or OCSP response: neither a PEM block, nor base64 of one, nor DER is in it".to_owned(),
    }
}

/// What might have stood there.
const EXPECTED: &str = "expected certificates, CRLs or OCSP responses in PEM or DER, PKCS#7, PKCS#12, a Java key store or a signed file";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn made(name: &str) -> (Vec<u8>, String) {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap();
        (certificate.der().to_vec(), certificate.pem())
    }

    fn read_chain(text: impl AsRef<[u8]>) -> Batch {
        read(text.as_ref(), &|block| Origin::File { path: "chain.pem".to_owned(), block })
    }

    fn problems(batch: &Batch) -> Vec<String> {
        batch.problems.iter().map(Problem::to_string).collect()
    }

    fn armor(label: &str, der: &[u8]) -> String {
        pem::encode(&pem::Pem::new(label, der))
    }

    #[test]
    fn blocks_keep_their_order_number_and_the_text_around_them_is_ignored() {
        let ((a, a_pem), (b, b_pem)) = (made("a.test"), made("b.test"));
        let text = format!("\u{feff}Bag Attributes\n  friendlyName: a\n{a_pem}issuer=/CN=x\n-----\n--- a ---\n{b_pem}{a_pem}bye");
        let batch = read_chain(&text);
        let read: Vec<_> = batch.certificates.iter().map(|found| (found.certificate.der().to_vec(), found.origin.to_string())).collect();
        let expected = [(a.clone(), "chain.pem, block 1"), (b, "chain.pem, block 2"), (a, "chain.pem, block 3")];
        assert_eq!(read, expected.map(|(der, place)| (der, place.to_owned())));
        assert_eq!(problems(&batch), [""; 0]);
    }

    #[test]
    fn habits_of_other_programs_load() {
        let (der, pem) = made("a.test");
        let body = pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n");
        let trusted = [der.as_slice(), &[0x30, 0x00]].concat();
        let habits = [
            pem.replace('\n', "\r\n"),
            pem.replace('\n', "\r"),
            pem.replace('\n', "\n\n"),
            pem.replace('\n', " \n\t "),
            format!("{{\"cert\": \"{}\"}}", pem.replace('\n', "\\n")),
            pem.trim_end().to_owned(),
            armor("X509 CERTIFICATE", &der),
            armor("TRUSTED CERTIFICATE", &trusted),
            format!("-----BEGIN CERTIFICATE-----\nX-Note: a\n  folded: yes\nX-More: b\n\n{body}\n-----END CERTIFICATE-----\n"),
            format!("-----BEGIN CERTIFICATE-----\r\nX-Note: a\r\n\r\n{body}\r\n-----END CERTIFICATE-----"),
            format!("-----BEGIN CERTIFICATE-----{}-----END CERTIFICATE-----", body.replace('\n', "")),
        ];
        for habit in habits {
            let batch = read_chain(&habit);
            assert_eq!(problems(&batch), [""; 0], "{habit}");
            assert_eq!(batch.certificates[0].certificate.der(), der, "{habit}");
            assert_eq!(batch.certificates.len(), 1);
        }
    }

    #[test]
    fn base64_beside_a_block_is_found_too() {
        use base64::Engine as _;
        let ((a, a_pem), (b, b_pem)) = (made("a.test"), made("b.test"));
        let encoded = base64::engine::general_purpose::STANDARD.encode(b_pem);
        let batch = read_chain(format!("ca: |\n  {}\ndata:\n  tls.crt: {encoded}\n  x: 1\n", a_pem.replace('\n', "\n  ")));
        let read: Vec<_> = batch.certificates.iter().map(|found| (found.certificate.der().to_vec(), found.origin.to_string())).collect();
        assert_eq!(read, [(a, "chain.pem, block 1, ca".to_owned()), (b, "chain.pem, data[\"tls.crt\"]".to_owned())]);
        assert_eq!(problems(&batch), [""; 0]);
    }

    #[test]
    fn each_broken_block_is_named_and_the_others_load() {
        let (der, pem) = made("a.test");
        let lines = pem.lines().count();
        // Whole ones are read without their END, and that is a note.
        let cut: String = pem.lines().take(lines - 2).map(|line| format!("{line}\n")).collect();
        let cases = [
            (pem.replacen("MII", "MI*", 1), "line 2: '*' is not base64".to_owned()),
            (cut.clone(), "line 1: BEGIN CERTIFICATE without its END CERTIFICATE".to_owned()),
            (format!("{cut}-----END X\x1b[1m-----\n"), "line 1: BEGIN CERTIFICATE without its END CERTIFICATE".to_owned()),
            (pem.replace("END CERTIFICATE", "END PKCS7"), format!("line 1: BEGIN CERTIFICATE, but line {lines}: END PKCS7")),
            (pem.replace("BEGIN CERTIFICATE", "BEGIN"), format!("line {lines}: END CERTIFICATE without a BEGIN CERTIFICATE")),
            (pem.replacen("MII", "MI", 1), "line 1: the base64 does not decode: ".to_owned()),
            (armor("CERTIFICATE", b""), "line 1: an empty block".to_owned()),
            (armor("CERTIFICATE", b"hello"), "not a certificate: ".to_owned()),
            (armor("CERTIFICATE", &der[..der.len() - 1]), "not a certificate: ".to_owned()),
            (armor("CERTIFICATE", &[der.as_slice(), b"abc"].concat()), "3 trailing bytes after the certificate, not read".to_owned()),
            (armor("PKCS7", b"x"), "PKCS#7 that is cut short or not BER, not read".to_owned()),
            (armor("CERTIFICATE REQUEST", b"x"), "not a certificate request (PKCS#10)".to_owned()),
            (armor("EC PRIVATE KEY", b"x"), "private key, not read".to_owned()),
            ("-----BEGIN PRIVATE KEY-----\nsecret\n".to_owned(), "private key, not read".to_owned()),
        ];
        for (case, reason) in cases {
            let batch = read_chain(format!("{case}{pem}"));
            assert_eq!(batch.problems.len(), 1, "{case}: {:?}", batch.problems);
            let said = batch.problems[0].to_string();
            let place = if reason.contains("without a BEGIN") { "chain.pem: " } else { "chain.pem, block 1: " };
            assert!(said.starts_with(&format!("{place}{reason}")), "{said} should begin {place}{reason}");
            assert!(batch.certificates.iter().any(|found| found.certificate.der() == der), "{case}");
            assert!(!said.contains("secret") && !said.contains('\x1b'));
        }
    }

    #[test]
    fn what_holds_nothing_says_what_it_is() {
        for (bytes, reason) in [
            (
                b"".as_slice(),
                "an empty file; expected certificates, CRLs or OCSP responses in PEM or DER, PKCS#7, PKCS#12, a Java key store or a signed file",
            ),
            (b"hello", "no certificate, CRL or OCSP response: neither a PEM block, nor base64 of one, nor DER is in it"),
            (b"\xff\xfe-\0-\0", "no certificate, CRL or OCSP response: neither a PEM block, nor base64 of one, nor DER is in it"),
        ] {
            let batch = read_chain(bytes);
            assert_eq!(problems(&batch), [format!("chain.pem: {reason}")]);
            assert!(batch.is_something_else());
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let _ = read_chain(&bytes);
        }

        #[test]
        fn text_of_markers_never_panics(text in "((-----|BEGIN |END |CERTIFICATE|PRIVATE KEY|:|MII|\\\\n|\r|\n| |=){0,60})") {
            let batch = read_chain(&text);
            prop_assert!(batch.certificates.is_empty() && !batch.problems.is_empty());
        }

        #[test]
        fn mutated_pem_and_der_never_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
            let (der, pem) = made("a.test");
            for mut bytes in [pem.repeat(2).into_bytes(), [der.as_slice(), &der].concat()] {
                for (index, value) in &changes {
                    let place = index.index(bytes.len());
                    bytes[place] = *value;
                }
                let _ = read_chain(&bytes);
                bytes.truncate(cut.index(bytes.len()));
                let _ = read_chain(&bytes);
            }
        }
    }
}
