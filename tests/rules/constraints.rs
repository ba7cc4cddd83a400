//! Names that try to slip through a CA's name constraints, and constraints that are not what RFC 5280 4.2.1.10 has.

use crossroots::analysis::{Analysis, Judgement};
use crossroots::check::{FactName, Finding, PathVerdict, Policy, Purpose, Term, Value, Verdict};
use crossroots::words::{Labels, finding_words};
use rcgen::string::Ia5String;
use rcgen::{CertificateParams, DnType, DnValue, IsCa};

use super::certificates::leaf_with;
use super::{AT, authority, extension, findings, judged_by, params};

/// An element of these parts.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7f) => vec![short],
        Ok(long) => vec![0x81, long],
        Err(_) => [&[0x82][..], &u16::try_from(content.len()).unwrap().to_be_bytes()].concat(),
    };
    [&[tag][..], &length, &content].concat()
}

const EMAIL: u8 = 0x81;
const DNS: u8 = 0x82;
const URI: u8 = 0x86;
const ADDRESS: u8 = 0x87;
const PERMITTED: u8 = 0xa0;
const EXCLUDED: u8 = 0xa1;

fn subtree(name: &[u8]) -> Vec<u8> {
    tlv(0x30, &[name])
}

fn middle_with(constraints: &[u8]) -> CertificateParams {
    let mut middle = authority("Middle");
    middle.custom_extensions.push(extension(&[2, 5, 29, 30], constraints, true));
    middle
}

fn leaf(names: &[u8]) -> CertificateParams {
    leaf_with(&[2, 5, 29, 17], &tlv(0x30, &[names]), false)
}

/// A leaf of this name, below a CA with one list of one subtree.
fn judged(name: &[u8], list: u8, base: &[u8]) -> (Analysis, Judgement) {
    let constraints = tlv(0x30, &[&tlv(list, &[&subtree(base)])]);
    judged_by(Policy { purpose: Some(Purpose::Any), ..Policy::at(AT) }, leaf(name), middle_with(&constraints))
}

/// What is said of the leaf's names, and the verdict of the path.
fn said(name: &[u8], list: u8, base: &[u8]) -> (Finding, PathVerdict) {
    let (analysis, target) = judged(name, list, base);
    let mut found: Vec<Finding> =
        findings(&analysis, &target).into_iter().filter(|found| found.rule.word() == "name-constraints").collect();
    found.retain(|finding| finding.verdict != Verdict::NotApplicable);
    found.sort_by_key(|finding| finding.verdict);
    (found.remove(0), target.verdict)
}

/// Fails for this term under an exclusion and under a permission of another host, which it must not satisfy either.
fn fails_everywhere(form: u8, name: &str, term: Term) {
    for (list, base) in [(EXCLUDED, "evil.test"), (PERMITTED, "good.test"), (PERMITTED, "evil.test"), (EXCLUDED, "other.test")] {
        let (finding, verdict) = said(&tlv(form, &[name.as_bytes()]), list, &tlv(form, &[base.as_bytes()]));
        assert_eq!((finding.verdict, verdict), (Verdict::Fail, PathVerdict::Invalid), "{name:?} under {base}");
        assert_eq!(finding.fact(FactName::Malformed), Some(&Value::Term(term)), "{name:?} under {base}");
    }
}

#[test]
fn a_mailbox_that_is_none_neither_escapes_nor_satisfies_constraints() {
    for (name, term) in [
        ("a@ evil.test", Term::MailboxForm),
        ("A <a@evil.test>", Term::MailboxForm),
        ("a@b@evil.test", Term::MailboxTwoAts),
        ("a@evil.test.", Term::MailboxForm),
        ("a@evil.test(good.test)", Term::MailboxForm),
        ("a@[192.0.2.1]", Term::MailboxHostIsAddress),
        ("evil.test", Term::MailboxIncomplete),
    ] {
        fails_everywhere(EMAIL, name, term);
    }
}

#[test]
fn a_uri_that_browsers_read_differently_neither_escapes_nor_satisfies_constraints() {
    for (name, term) in [
        (r"https://evil.test\@good.test/x", Term::UriForm),
        ("https://evil.test%2f@good.test%2f/x", Term::UriForm),
        ("https://evil.test\t.good.test/", Term::UriForm),
        ("https:evil.test", Term::UriWithoutHost),
        ("https://[2001:db8::1]/", Term::UriHostIsAddress),
        ("https://0x7f.1/", Term::UriHostIsAddress),
    ] {
        fails_everywhere(URI, name, term);
    }
}

#[test]
fn a_dns_name_that_is_none_neither_escapes_nor_satisfies_constraints() {
    for name in
        ["evil.test.", ".evil.test", "evil..test", "e*.evil.test", "a.*.evil.test", "evil.test\0.good.test", "b\u{fc}cher.evil.test", " "]
    {
        fails_everywhere(DNS, name, Term::DnsNameForm);
    }
}

#[test]
fn sound_names_are_held_to_sound_constraints() {
    let utf8 = |mailbox: &str| tlv(0xa0, &[&[6, 8, 0x2b, 6, 1, 5, 5, 7, 8, 9], &tlv(0xa0, &[&tlv(12, &[mailbox.as_bytes()])])]);
    let upn = tlv(0xa0, &[&[6, 10, 0x2b, 6, 1, 4, 1, 0x82, 0x37, 20, 2, 3], &tlv(0xa0, &[&tlv(12, &[b"a@evil.test"])])]);
    let text = |form: u8, text: &str| tlv(form, &[text.as_bytes()]);
    for (name, list, base, verdict) in [
        (text(EMAIL, "a@Evil.test"), EXCLUDED, text(EMAIL, "evil.test"), Verdict::Fail),
        (text(EMAIL, "\"a\"@evil.test"), EXCLUDED, text(EMAIL, "a@evil.test"), Verdict::Fail),
        (text(EMAIL, "a@good.test"), PERMITTED, text(EMAIL, "good.test"), Verdict::Pass),
        (text(EMAIL, "a@good.test"), EXCLUDED, text(EMAIL, "evil.test"), Verdict::Pass),
        // RFC 9598 6: a mailbox beyond ASCII is bound as well.
        (utf8("\u{e4}@evil.test"), EXCLUDED, text(EMAIL, "evil.test"), Verdict::Fail),
        (utf8("\u{e4}@evil.test"), PERMITTED, text(EMAIL, "good.test"), Verdict::Fail),
        (utf8("\u{e4}@good.test"), PERMITTED, text(EMAIL, "good.test"), Verdict::Pass),
        (utf8("\u{e4}@evil.test "), EXCLUDED, text(EMAIL, "other.test"), Verdict::Fail),
        // Other names under a constraint on them are not compared.
        (upn.clone(), EXCLUDED, upn.clone(), Verdict::Unknown),
        (utf8("\u{e4}@good.test"), PERMITTED, upn, Verdict::Unknown),
        (text(URI, "https://Evil.test:443/x"), EXCLUDED, text(URI, "evil.test"), Verdict::Fail),
        (text(URI, "https://u@a.evil.test"), EXCLUDED, text(URI, ".evil.test"), Verdict::Fail),
        (text(URI, "https://good.test/?@evil.test"), PERMITTED, text(URI, "good.test"), Verdict::Pass),
        (text(DNS, "*.evil.test"), EXCLUDED, text(DNS, "a.evil.test"), Verdict::Fail),
        (text(DNS, "_a.good.test"), PERMITTED, text(DNS, ".good.test"), Verdict::Pass),
        (text(DNS, "xn--bcher-kva.test"), EXCLUDED, text(DNS, "XN--BCHER-KVA.test"), Verdict::Fail),
        (tlv(ADDRESS, &[&[192, 0, 2, 1]]), EXCLUDED, tlv(ADDRESS, &[&[192, 0, 2, 0, 255, 255, 255, 0]]), Verdict::Fail),
        (tlv(ADDRESS, &[&[0; 10], &[255, 255, 192, 0, 2, 1]]), EXCLUDED, tlv(ADDRESS, &[&[192, 0, 2, 0, 255, 255, 255, 0]]), Verdict::Fail),
    ] {
        let (finding, of_path) = said(&name, list, &base);
        assert_eq!(finding.verdict, verdict, "{name:x?} {list:x} {base:x?}");
        let expected = match verdict {
            Verdict::Fail => PathVerdict::Invalid,
            Verdict::Unknown => PathVerdict::Unknown,
            _ => PathVerdict::Valid,
        };
        assert_eq!(of_path, expected, "{name:x?} {list:x} {base:x?}");
    }
}

#[test]
fn an_address_in_the_subject_counts_where_no_alternative_name_is_a_mailbox() {
    let constraints = tlv(0x30, &[&tlv(EXCLUDED, &[&subtree(&tlv(EMAIL, &[b"evil.test"]))])]);
    for (names, verdict) in [
        (tlv(DNS, &[b"good.test"]), PathVerdict::Invalid),
        (tlv(EMAIL, &[b"a@good.test"]), PathVerdict::Valid),
        (Vec::new(), PathVerdict::Invalid),
    ] {
        let mut leaf = if names.is_empty() { params("leaf", IsCa::NoCa) } else { leaf(&names) };
        let email = DnType::CustomDnType(vec![1, 2, 840, 113_549, 1, 9, 1]);
        leaf.distinguished_name.push(email, DnValue::Ia5String(Ia5String::try_from("a@evil.test").unwrap()));
        assert_eq!(judged_by(Policy::at(AT), leaf, middle_with(&constraints)).1.verdict, verdict, "{names:x?}");
    }
}

#[test]
fn a_wildcard_outside_covers_what_lies_inside_and_the_sentence_says_which() {
    for (name, expected) in [
        ("*.example.test", "leaf: DNS *.example.test covers the excluded subtree bar.example.test"),
        ("*.bar.example.test", "leaf: DNS *.bar.example.test is inside the excluded subtree bar.example.test"),
    ] {
        let (analysis, target) = judged(&tlv(DNS, &[name.as_bytes()]), EXCLUDED, &tlv(DNS, &[b"bar.example.test"]));
        let found = target.paths[0].findings.iter().find(|finding| finding.rule.word() == "name-constraints").unwrap();
        assert_eq!(finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), found), expected);
    }
}

#[test]
fn a_constraint_that_is_none_fails_whatever_is_below() {
    for (form, base) in [
        (EMAIL, "@evil.test"),
        (EMAIL, "evil.test."),
        (EMAIL, "a@b@evil.test"),
        (EMAIL, "b\u{fc}cher.test"),
        (DNS, "*.evil.test"),
        (DNS, "evil.test."),
        (DNS, "b\u{fc}cher.test"),
        (URI, "https://evil.test"),
        (URI, "192.0.2.1"),
        (URI, "evil.test/"),
    ] {
        for list in [PERMITTED, EXCLUDED] {
            let (finding, verdict) = said(&tlv(DNS, &[b"good.test"]), list, &tlv(form, &[base.as_bytes()]));
            assert_eq!((finding.verdict, verdict), (Verdict::Fail, PathVerdict::Invalid), "{base:?}");
        }
    }
}

#[test]
fn constraints_that_cannot_be_read_whole_are_not_half_used() {
    let tree = |text: &str| subtree(&tlv(DNS, &[text.as_bytes()]));
    let (good, evil) = (tlv(PERMITTED, &[&tree("good.test")]), tlv(EXCLUDED, &[&tree("evil.test")]));
    let subtree_with = |rest: &[u8]| tlv(0x30, &[&tlv(EXCLUDED, &[&tlv(0x30, &[&tlv(DNS, &[b"evil.test"]), rest])])]);
    let long = [&[0x30, 0x81][..], &tlv(0x30, &[&good])[1..]].concat();
    let sound = tlv(0x30, &[&good, &evil]);
    let judged = |value: &[u8]| judged_by(Policy::at(AT), leaf(&tlv(DNS, &[b"a.good.test"])), middle_with(value)).1.verdict;
    assert_eq!((judged(&sound), judged(&subtree_with(&[0x80, 1, 0]))), (PathVerdict::Valid, PathVerdict::Valid));
    for (what, value) in [
        ("[1] before [0]", tlv(0x30, &[&evil, &good])),
        ("two [1]", tlv(0x30, &[&evil, &evil])),
        ("two [0]", tlv(0x30, &[&good, &good])),
        ("a stray field before", tlv(0x30, &[&[5, 0], &evil])),
        ("a stray field between", tlv(0x30, &[&good, &[5, 0], &evil])),
        ("a stray field behind", tlv(0x30, &[&good, &evil, &[0xa2, 0]])),
        ("bytes behind the value", [&sound[..], &[5, 0]].concat()),
        ("nothing", tlv(0x30, &[])),
        ("no value", Vec::new()),
        ("an empty list", tlv(0x30, &[&good, &tlv(EXCLUDED, &[])])),
        ("a primitive list", tlv(0x30, &[&tlv(0x81, &[&tree("evil.test")])])),
        ("a minimum", subtree_with(&[0x80, 1, 1])),
        ("a maximum", subtree_with(&[0x81, 1, 9])),
        ("a second base", subtree_with(&tlv(DNS, &[b"other.test"]))),
        ("a long length", long),
        ("an indefinite length", [&[0x30, 0x80][..], &good, &[0, 0]].concat()),
        ("a SET", [&[0x31][..], &sound[1..]].concat()),
    ] {
        assert_eq!(judged(&value), PathVerdict::Invalid, "{what}");
    }
    // Constraints that stand twice.
    let mut middle = middle_with(&sound);
    middle.custom_extensions.push(extension(&[2, 5, 29, 30], &sound, true));
    assert_eq!(judged_by(Policy::at(AT), leaf(&tlv(DNS, &[b"a.good.test"])), middle).1.verdict, PathVerdict::Invalid);
}
