//! The samples' files, inside the program; a test compares this table with the folder `samples`.

/// A folder of `samples`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    pub name: &'static str,
    /// `case.toml`.
    pub case: &'static str,
    /// The other files by name, PEM.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! sample {
    ($name:literal: $($file:literal)+) => {
        Embedded {
            name: $name,
            case: include_str!(concat!("../../../samples/", $name, "/case.toml")),
            files: &[$(($file, include_str!(concat!("../../../samples/", $name, "/", $file)))),+],
        }
    };
}

/// The first is the one that opens when nothing is named.
pub const SAMPLES: &[Embedded] = &[
    sample!("lets-encrypt-2024": "intermediates.pem" "leaf.pem" "roots.pem"),
    sample!("lets-encrypt-2021": "intermediates.pem" "leaf.pem" "roots.pem"),
    sample!("lets-encrypt-2026": "intermediates.pem" "leaf.pem" "roots.pem"),
    sample!("amazon-starfield": "intermediates.pem" "leaf.pem" "roots-2021.pem" "roots.pem"),
    sample!("first-cross-sign": "leaf.pem" "roots.pem" "z1.pem"),
    sample!("partitions": "cross-signs.pem" "east-root.pem" "orders-east.pem" "orders-west.pem" "west-root.pem"),
    sample!("bad-signature": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("expired-root": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("missing-issuer": "issuing-a.pem" "leaf.pem" "unrelated-root.pem"),
    sample!("same-name-other-key": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("bridge": "agencies.pem" "bridge.pem" "leaf.pem" "trusted.pem"),
    sample!("rule-name-chaining": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-basic-constraints": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-key-usage": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-key-identifier": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-path-length": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-name-constraints": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-policies": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-purpose": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-key-usage-for-purpose": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-host": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-critical-extension": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-algorithm-match": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-structure": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-encoding": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-names": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-serial-number": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-criticality": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-authority-extensions": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-key-identifier-presence": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-key-strength": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-signature-strength": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-lifetime": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-subject-alternative-name": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-wildcard": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-transparency": "issuing.pem" "leaf.pem" "logs.json" "root.pem"),
    sample!("rule-distrust": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-distrust-after": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-trust-settings": "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-client-authority": "issuing.pem" "leaf.pem" "other.pem" "root.pem"),
    sample!("rule-revocation": "issuing-crl.pem" "issuing.pem" "leaf.pem" "root.pem"),
    sample!("rule-trust": "another-root.pem" "issuing.pem" "leaf.pem" "root.pem"),
];
