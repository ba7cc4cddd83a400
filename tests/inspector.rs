//! What the inspector's tabs say of real certificates, and what keys do in them.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "support/keys.rs"]
mod keys;
mod support;

use crossroots::cert::{Field, fields};
use crossroots::check::Verdict;
use crossroots::diagram::Charset;
use crossroots::explorer::{Copy, Explorer, Lower, Part, Row, Settings, Tab, Unread, copy_text, hex_rows};
use keys::press;

fn open(sample: &str) -> Explorer {
    support::open(sample, (120, 40), Charset::Unicode)
}

/// The fields of the certificate that the diagram calls this.
fn fields_of(explorer: &Explorer, label: &str) -> Vec<Field> {
    let analysis = explorer.analysis();
    let id = analysis.pool.ids().find(|id| explorer.labels().certificate(&analysis.pool, &analysis.graph, *id).starts_with(label));
    fields(analysis.pool.certificate(id.unwrap()))
}

/// The value at the end of a way of names.
fn value<'a>(fields: &'a [Field], way: &[&str]) -> &'a str {
    let (first, rest) = way.split_first().unwrap();
    let field = fields.iter().find(|field| field.name == *first).unwrap_or_else(|| panic!("no {first}"));
    if rest.is_empty() { &field.value } else { value(&field.children, rest) }
}

/// `openssl x509 -ext subjectKeyIdentifier` beside the digests of the key's bits says which method it is.
#[test]
fn the_method_of_a_key_identifier_is_recognised() {
    let explorer = open("lets-encrypt-2024");
    for (label, method) in [("E6", "RFC 7093 method 1"), ("ISRG Root X1", "RFC 5280 method 1")] {
        let fields = fields_of(&explorer, label);
        assert_eq!(value(&fields, &["Subject Key Identifier", "Made by"]), method);
        assert_eq!(value(&fields, &["Key identifiers"]), format!("SKI computed with {method}"));
        let own = value(&fields, &["Subject Key Identifier"]);
        assert_eq!(value(&fields, &["Key identifiers", method]), format!("{own} (its own)"));
    }
}

#[test]
fn keys_names_numbers_and_dates_are_taken_apart() {
    let explorer = open("lets-encrypt-2024");
    let root = fields_of(&explorer, "ISRG Root X1");
    assert_eq!(value(&root, &["Public key", "Size"]), "4096 bits");
    assert_eq!(value(&root, &["Public key", "Exponent"]), "65537 (0x10001)");
    assert_eq!(value(&root, &["Serial number", "Decimal"]), "172886928669790476064670243504169061120");
    assert_eq!(value(&root, &["Subject", "CN", "OID"]), "commonName (2.5.4.3)");
    assert_eq!(value(&root, &["Subject", "CN", "String type"]), "PrintableString");
    assert_eq!(value(&root, &["Subject", "RFC 4514"]), "CN=ISRG Root X1,O=Internet Security Research Group,C=US");
    assert_eq!(value(&root, &["Basic Constraints", "CA"]), "yes");
    let issuing = fields_of(&explorer, "E6");
    assert_eq!(value(&issuing, &["Public key", "Curve"]), "P-384 (1.3.132.0.34)");
    assert_eq!(value(&issuing, &["Validity", "Length"]), "1095 days");
    let path_length = issuing.iter().find(|field| field.name == "Basic Constraints").unwrap();
    assert_eq!(value(&path_length.children, &["Path length"]), "0");

    let rows = explorer.rows(Lower::Inspector);
    let validity = rows.iter().find(|row| row.name == "Validity").unwrap();
    assert_eq!(validity.value, "2024-03-13 to 2027-03-12, ends in 2 years (741 days)");
}

/// The bytes of every field that stands at one place are bytes of its certificate, and those of numbers and texts say the same.
#[test]
fn fields_point_at_their_bytes() {
    fn walk(fields: &[Field], visit: &mut impl FnMut(&Field)) {
        for field in fields {
            visit(field);
            walk(&field.children, visit);
        }
    }
    let mut placed = 0;
    for sample in ["lets-encrypt-2024", "lets-encrypt-2021", "amazon-starfield"] {
        let explorer = open(sample);
        let pool = &explorer.analysis().pool;
        for id in pool.ids() {
            let certificate = pool.certificate(id);
            walk(&fields(certificate), &mut |field| {
                let Some(span) = field.span else { return };
                let bytes = certificate.bytes(span);
                assert!(!bytes.is_empty(), "{}", field.name);
                placed += 1;
                match field.name.as_str() {
                    "DNS" | "URI" | "caIssuers" | "CN" => assert_eq!(bytes, field.value.as_bytes(), "{}", field.name),
                    "Path length" => assert_eq!(bytes, [field.value.parse::<u8>().unwrap()]),
                    "Raw value" => assert_eq!(crossroots::cert::hex(bytes), field.value),
                    _ => {}
                }
            });
        }
    }
    assert!(placed > 500, "{placed}");
}

/// Moving in the tree shows its bytes; moving in the bytes moves the tree; and both lead to the field and back.
#[test]
fn tree_bytes_and_fields_move_one_another() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "2 b");
    let offset = |explorer: &Explorer| explorer.byte().unwrap();
    press(&mut explorer, "→ → → →");
    assert_eq!((offset(&explorer), copy_text(&explorer, Copy::Element).unwrap().len()), (4, 2 * 576), "the signed part begins here");
    // A row of the dump further, in the issuer's name.
    press(&mut explorer, "↓ ↓ ↓ ↓ ↓ ↓");
    let element = copy_text(&explorer, Copy::Element).unwrap();
    let certificate = explorer.analysis().pool.certificate(explorer.focus());
    let der = crossroots::cert::hex(certificate.der());
    let at = der.find(&element).unwrap() / 2;
    assert!((at..at + element.len() / 2).contains(&offset(&explorer)));
    press(&mut explorer, "B");
    assert_eq!(explorer.tab(), Tab::Fields);
    let rows = explorer.rows(Lower::Inspector);
    let list = explorer.list(Lower::Inspector);
    assert!(list.cursor.starts_with("Issuer"), "{}", list.cursor);
    let row = &rows[list.place(&rows)];
    press(&mut explorer, "b");
    let (offset, _, length) = row.bytes.unwrap();
    let shown = hex_rows(&explorer, 200, 16);
    let marked = shown.iter().flat_map(|row| &row.bytes).filter(|(_, part)| *part != Part::Outside);
    let marked: Vec<u8> = marked.map(|(byte, _)| *byte).collect();
    assert_eq!(marked, explorer.analysis().pool.certificate(explorer.focus()).der()[offset..offset + length]);
}

#[test]
fn a_list_is_narrowed_by_name_value_or_verdict() {
    let mut explorer = open("lets-encrypt-2024");
    press(&mut explorer, "1 & l e n c r . o r g");
    let rows = explorer.rows(Lower::Inspector);
    assert!(rows.iter().any(|row| row.value.contains("lencr.org")) && rows.len() < 12, "{}", rows.len());
    let list = explorer.list(Lower::Inspector);
    assert!(rows[list.place(&rows)].value.contains("lencr.org"), "the cursor is on the first that has it");
    press(&mut explorer, "Enter ↓");
    let kept = explorer.list(Lower::Inspector).cursor.clone();
    press(&mut explorer, "Esc");
    assert!(explorer.rows(Lower::Inspector).len() > 12 && explorer.list(Lower::Inspector).filter.is_empty());
    assert_eq!(explorer.list(Lower::Inspector).cursor, kept, "what was found stays under the cursor, and what holds it is open");

    let mut explorer = open("lets-encrypt-2021");
    press(&mut explorer, "p 5 & f a i l Enter");
    let rows = explorer.rows(Lower::Checks);
    assert!(rows.iter().all(|row| row.depth == 0 || row.mark == Some(Verdict::Fail) || row.depth > 1), "{rows:?}");
    assert!(rows.iter().any(|row| row.mark == Some(Verdict::Fail) && row.depth == 1));
}

/// CRLs, OCSP responses and what is no certificate are taken apart, too: the same key goes on to them.
#[test]
fn evidence_and_what_cannot_be_read_have_their_elements() {
    let mut opened = support::opened("rule-revocation", Charset::Unicode);
    let broken: &[u8] = &[0x30, 0x05, 0x02, 0x01, 0x07, 0x04, 0x09];
    opened.unread = vec![Unread { place: "broken.pem, block 1: not a certificate".to_owned(), der: broken.into() }];
    let (mut explorer, effects) = support::start(opened, Settings::default(), (120, 40));
    support::carry_out(&mut explorer, effects);
    press(&mut explorer, "2 2");
    assert!(explorer.source_title().starts_with("CRL, "));
    let rows = explorer.rows(Lower::Inspector);
    assert!(rows.iter().any(|row| row.name == "nextUpdate" && row.value == "260608000000Z"));
    assert!(rows.iter().any(|row| row.name == "userCertificate"));
    press(&mut explorer, "2");
    assert_eq!(explorer.source_title(), "not read: broken.pem, block 1: not a certificate");
    let rows = explorer.rows(Lower::Inspector);
    assert_eq!((rows[1].value.as_str(), rows[2].mark), ("7", Some(Verdict::Fail)));
    assert!(rows[2].value.contains("0409"), "{}", rows[2].value);
    press(&mut explorer, "2");
    assert!(!explorer.source_title().contains("not read"), "and round again to the certificate");
    // Going to another certificate leaves the CRL.
    press(&mut explorer, "2 Tab Tab ↑");
    press(&mut explorer, "2");
    assert!(!explorer.source_title().contains("CRL"), "{}", explorer.source_title());
}

#[test]
fn the_time_tab_has_evidence_and_paths_and_foretells() {
    let mut explorer = open("rule-revocation");
    press(&mut explorer, "6");
    let rows = explorer.rows(Lower::Inspector);
    let signed = |row: &Row| row.sign.as_ref().map_or_else(|| row.name.clone(), |sign| format!("{} {}", sign.text, row.name));
    let names: Vec<String> = rows.iter().map(signed).collect();
    assert_eq!(names[..5], ["Dates", "✓ rule.test", "✓ CRL", "✓ Rule Issuing CA", "✓ Rule Root"]);
    assert!(names.iter().any(|name| name == "✗ Path 1"));
    let next = rows.iter().position(|row| row.name == "Next").unwrap();
    let said: String = rows[next..].iter().take(2).map(|row| row.value.as_str()).collect();
    assert!(said.starts_with("2026-06-08: CRL of rule.test ends, the only path is not valid then"), "{said}");
}
