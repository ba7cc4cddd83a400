//! Which roots do the programs of others trust? Lists that are built in, with the day they were collected (assets/roots).

use std::collections::BTreeSet;

use super::ber::element;
use crate::cert::{Certificate, Fingerprint};

/// Every certificate of the lists, once, one behind the other in DER.
const CERTIFICATES: &[u8] = include_bytes!("../../assets/roots/certificates.der");

/// The stores' names and lists: comments with version, day and source, then a SHA-256 and a name on every line.
const LISTS: [(&str, &str); 4] = [
    ("apple", include_str!("../../assets/roots/apple.txt")),
    ("microsoft", include_str!("../../assets/roots/microsoft.txt")),
    ("android", include_str!("../../assets/roots/android.txt")),
    ("openjdk", include_str!("../../assets/roots/openjdk.txt")),
];

/// Which list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// `iOS 26, macOS 26 and ...`.
    pub version: &'static str,
    /// The day: `2025-12-28`.
    pub collected: &'static str,
}

/// The certificates of a root program, in the order of their SHA-256.
pub(super) fn load(name: &str) -> Option<(Vec<Certificate>, Edition)> {
    let (_, list) = LISTS.iter().find(|(known, _)| *known == name)?;
    let mut comments = list.lines().map_while(|line| line.strip_prefix("# "));
    let edition = Edition { version: comments.next()?, collected: comments.next()? };
    let wanted: BTreeSet<Fingerprint> = list.lines().filter_map(|line| Fingerprint::parse(line.get(..64)?)).collect();
    let mut certificates = Vec::with_capacity(wanted.len());
    let mut rest = CERTIFICATES;
    while let Some((found, behind)) = element(rest) {
        rest = behind;
        if wanted.contains(&Fingerprint::of(found.whole)) {
            certificates.extend(Certificate::from_der(found.whole));
        }
    }
    Some((certificates, edition))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_whole_and_says_what_it_is_of() {
        for (name, count, day) in
            [("apple", 156, "2025-12-28"), ("microsoft", 310, "2026-03-28"), ("android", 143, "2025-12-07"), ("openjdk", 89, "2022-01-23")]
        {
            let (certificates, edition) = load(name).unwrap();
            assert_eq!((certificates.len(), edition.collected), (count, day), "{name}: {edition:?}");
        }
        assert!(load("other").is_none());
    }
}
