//! What the inspector's tabs say of real certificates, and what keys do in them.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

use crossroots::cert::{Field, fields};
use crossroots::diagram::Charset;
use crossroots::explorer::{Explorer, fields_rows};

fn open(sample: &str) -> Explorer {
    support::open(sample, (120, 40), Charset::Unicode)
}

/// The fields of the certificate that the diagram calls this.
fn fields_of(explorer: &Explorer, label: &str) -> Vec<Field> {
    let analysis = explorer.analysis();
    let id = analysis.pool.ids().find(|id| explorer.labels.certificate(&analysis.pool, &analysis.graph, *id).starts_with(label));
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
        assert_eq!(value(&fields, &["Key identifiers"]), format!("its own is made by {method}"));
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

    let rows = fields_rows(&explorer);
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
