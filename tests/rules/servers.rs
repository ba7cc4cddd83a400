//! Certificates made to break one rule each of those for servers.

use crossroots::check::{Policy, Purpose, Verdict};
use crossroots::words::{Labels, finding_words};
use rcgen::{CertificateParams, IsCa};

use super::certificates::{LAPSE, SOUND, changed, leaf, leaf_with, of_leaf};
use super::{AT, authority, findings, judged_as, params};

#[test]
fn a_server_is_certified_no_longer_than_was_allowed_when_it_was() {
    let days = |from: (i32, u8, u8), seconds: i64| {
        changed(leaf(), |leaf| {
            leaf.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
            leaf.not_after = leaf.not_before + std::time::Duration::from_secs(u64::try_from(seconds).unwrap());
        })
    };
    for (from, most) in [((2026, 3, 15), 200), ((2026, 3, 14), 398), ((2020, 8, 31), 825), ((2018, 2, 28), 1185), ((2030, 1, 1), 47)] {
        // Both ends count, so a window of n days ends a second before.
        assert_eq!(of_leaf("lifetime", || days(from, most * 86_400 - 1), |_| {}), SOUND, "{from:?}");
        assert_eq!(of_leaf("lifetime", || days(from, most * 86_400 + 1), |_| {}), LAPSE, "{from:?}");
    }
    assert_eq!(of_leaf("lifetime", || days((2012, 6, 30), 10_000 * 86_400), |_| {}), [Verdict::NotApplicable; 2]);
}

fn named(common_name: &str, names: &[&str]) -> CertificateParams {
    changed(params(common_name, IsCa::NoCa), |leaf| {
        leaf.distinguished_name.push(rcgen::DnType::OrganizationalUnitName, "leaf");
        leaf.subject_alt_names = names.iter().map(|name| rcgen::SanType::DnsName((*name).try_into().unwrap())).collect();
    })
}

#[test]
fn a_server_says_its_names_as_alternative_names() {
    let rule = "subject-alternative-name";
    assert_eq!(of_leaf(rule, || named("A.test", &["a.test", "*.b.test"]), |_| {}), SOUND);
    assert_eq!(of_leaf(rule, leaf, |_| {}), LAPSE);
    assert_eq!(of_leaf(rule, || named("other.test", &["a.test"]), |_| {}), [Verdict::Caution; 2]);
    assert_eq!(of_leaf(rule, || named("a.test", &["a.test", "192.0.2.1"]), |_| {}), LAPSE);
    assert_eq!(of_leaf(rule, || named("a.test", &["a.test", "not a name"]), |_| {}), LAPSE);
    // A U-label: `é.a`.
    assert_eq!(of_leaf(rule, || leaf_with(&[2, 5, 29, 17], &[0x30, 6, 0x82, 4, 0xc3, 0xa9, b'.', b'a'], false), |_| {}), LAPSE);
}

#[test]
fn a_wildcard_is_the_leftmost_label_and_below_two() {
    let of = |name: &str| of_leaf("wildcard", || named("a.test", &["a.test", name]), |_| {});
    assert_eq!(of("*.a.test"), SOUND);
    assert_eq!(of("b.a.test"), [Verdict::NotApplicable; 2]);
    for wrong in ["*", "*.test", "b*.a.test", "a.*.test", "*.*.test", "xn--*-1b.a.test"] {
        assert_eq!(of(wrong), LAPSE, "{wrong}");
    }
}

#[test]
fn names_that_are_not_told_are_counted() {
    let names = |count: usize, name: &dyn Fn(usize) -> String| {
        let names: Vec<String> = (0..count).map(name).collect();
        named("a.test", &names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    for (rule, name) in [
        ("subject-alternative-name", &(|number| format!("not a name {number}")) as &dyn Fn(usize) -> String),
        ("wildcard", &|number| format!("b*.a{number}.test")),
    ] {
        for (count, end) in [(10, None), (13, Some(" and 3 more"))] {
            let policy = Policy { purpose: Some(Purpose::Server), ..Policy::at(AT) };
            let (analysis, target) = judged_as(policy, [names(count, name), authority("Middle"), authority("Root")], true, |_| {});
            let said = findings(&analysis, &target).into_iter().find(|finding| finding.rule.word() == rule);
            let words = finding_words(&analysis, &Labels::new(&analysis.graph, &target.entities), &said.unwrap());
            assert_eq!(words.ends_with(" more"), end.is_some(), "{words}");
            assert!(end.is_none_or(|end| words.ends_with(end)), "{words}");
        }
    }
}
