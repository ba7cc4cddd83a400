//! A host that is written where it does not count: the sentence says where it stands, and why that is not enough.

use crossroots::check::{Host, Policy, Verdict};
use crossroots::words::{Labels, finding_words};
use rcgen::IsCa;

use super::{AT, authority, extension, findings, judged_by, params};

const URI: u8 = 0x86;
const DNS: u8 = 0x82;
const ADDRESS: u8 = 0x87;

/// What the rule says of a leaf with this common name and these names in its subject alternative name.
fn said(common_name: &str, names: &[(u8, &[u8])], host: &str) -> (Verdict, String) {
    let content: Vec<u8> = names.iter().flat_map(|(tag, name)| [&[*tag, u8::try_from(name.len()).unwrap()], *name].concat()).collect();
    let mut leaf = params(common_name, IsCa::NoCa);
    leaf.distinguished_name.push(rcgen::DnType::OrganizationalUnitName, "leaf");
    if !content.is_empty() {
        let list = [&[0x30, u8::try_from(content.len()).unwrap()], content.as_slice()].concat();
        leaf.custom_extensions.push(extension(&[2, 5, 29, 17], &list, false));
    }
    let policy = Policy { host: Some(Host::parse(host).unwrap()), ..Policy::at(AT) };
    let (analysis, target) = judged_by(policy, leaf, authority("Middle"));
    let finding = findings(&analysis, &target).into_iter().find(|finding| finding.rule.word() == "host").unwrap();
    let sentence = finding_words(&analysis, &Labels::default(), &finding);
    (finding.verdict, sentence.rsplit_once("; ").map_or(sentence.clone(), |(_, end)| end.to_owned()))
}

#[test]
fn a_host_in_the_wrong_kind_of_name_is_said_to_be_there() {
    let bytes = [10, 151, 225, 49];
    let mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 151, 225, 49];
    let as_dns = "10.151.225.49 is present as a DNS name, not as an IP address";
    for (names, host, expected) in [
        (&[(DNS, b"10.151.225.49".as_slice())][..], "10.151.225.49", as_dns),
        (&[(DNS, b"security-master"), (DNS, b"10.151.225.49")], "10.151.225.49", as_dns),
        (&[(DNS, b"2001:DB8:0::1")], "[2001:db8::1]", "2001:db8::1 is present as a DNS name (2001:DB8:0::1), not as an IP address"),
        (
            &[(URI, b"https://example.test/x")],
            "example.test",
            "example.test is present in a URI (https://example.test/x), not as a DNS name or an IP address",
        ),
        (
            &[(URI, b"https://10.151.225.49:8443")],
            "10.151.225.49",
            "10.151.225.49 is present in a URI (https://10.151.225.49:8443), not as a DNS name or an IP address",
        ),
        (&[(DNS, b"https://example.test/")], "example.test", "https://example.test/ is a URL, and a DNS name is the host alone"),
        (&[(DNS, b"example.test:443")], "example.test", "example.test:443 has a port, and a DNS name has none"),
        (&[(DNS, b"example.test ")], "example.test", "`example.test ` has a space before or after the name"),
        (
            &[(ADDRESS, b"10.151.225.49")],
            "10.151.225.49",
            "an IP address is present as text (13 bytes: 31302e3135312e3232352e3439), not as 4 or 16 bytes",
        ),
        (&[(ADDRESS, &mapped)], "10.151.225.49", "::ffff:10.151.225.49 is the same address in another form, and forms are not converted"),
        (&[(ADDRESS, &bytes)], "::ffff:10.151.225.49", "10.151.225.49 is the same address in another form, and forms are not converted"),
        (&[(DNS, b"*.example.test")], "a.b.example.test", "the * of *.example.test matches exactly one label"),
        (&[(DNS, b"*.Example.test")], "example.test", "the * of *.Example.test matches exactly one label"),
    ] {
        assert_eq!(said("x", names, host), (Verdict::Fail, expected.to_owned()), "{names:?} for {host}");
    }
}

#[test]
fn a_host_in_the_common_name_alone_is_said_to_be_there() {
    let expected = "the common name matches, but common names are not considered (RFC 9525)";
    for (common_name, host) in [
        ("App.Example.test", "app.example.test"),
        ("*.example.test", "app.example.test"),
        ("10.151.225.49", "10.151.225.49"),
        ("2001:DB8::1", "2001:db8::1"),
    ] {
        for names in [&[][..], &[(DNS, b"other.test".as_slice())]] {
            assert_eq!(said(common_name, names, host), (Verdict::Fail, expected.to_owned()), "{common_name} for {host}");
        }
    }
}

#[test]
fn a_host_that_is_nowhere_is_not_said_to_be_there() {
    for (common_name, name, host) in [
        ("x", "other.test", "example.test"),
        ("example.test.evil.test", "xexample.test", "example.test"),
        ("x", "*.example.test", "notexample.test"),
        ("10.1.1.1", "10.1.1.1.test", "10.1.1.2"),
        ("x", "*.test", "a.b.test"),
    ] {
        let (verdict, sentence) = said(common_name, &[(DNS, name.as_bytes())], host);
        assert_eq!((verdict, sentence.contains("no SAN matches")), (Verdict::Fail, true), "{sentence}");
    }
    assert_eq!(said("x", &[(DNS, b"EXAMPLE.test.")], "example.test").0, Verdict::Pass);
}
