//! BoringSSL's `.test` files: one chain, how its last certificate is trusted, and which errors are expected of which certificate.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crossroots::cert::{Certificate, Time};
use crossroots::check::{Naming, Policy, Purpose};
use crossroots::signature::Strength;

use crate::case::{Anchor, Asked, Case, Expected, Failure, NOT_PARSED, Shown};
use crate::corpus::{certificates_of, corpus};
use crate::exceptions::hold;

/// `utc_time: DEFAULT` in BoringSSL's test helpers: 211005120000Z.
const DEFAULT_TIME: &str = "2021-10-05T12:00:00Z";

/// BoringSSL's words, and the rules of ours that say the same. A name that does not match is no link for us: the issuer is then
/// missing, which the rule `trust` says.
const MESSAGES: &[(&str, &[(&str, Shown)])] = &[
    ("Time is after notAfter", &[("validity", Shown::Here)]),
    ("Time is before notBefore", &[("validity", Shown::Here)]),
    ("VerifySignedData failed", &[("signature", Shown::Here), ("trust", Shown::Here)]),
    ("subject does not match issuer", &[("trust", Shown::Here)]),
    ("Certificate is not a trust anchor", &[("trust", Shown::Here)]),
    ("Distrusted by trust store", &[("distrust", Shown::Here)]),
    ("Basic Constraints indicates not a CA", &[("basic-constraints", Shown::AsIssuer)]),
    ("Does not have Basic Constraints", &[("basic-constraints", Shown::AsIssuer)]),
    ("Certificate has Basic Constraints indicating it is a CA when it should not be a CA", &[("purpose", Shown::Here)]),
    ("keyCertSign bit is not set", &[("key-usage", Shown::AsIssuer)]),
    // Reported at the first certificate that is too many; ours at the CA that forbids it.
    ("max_path_length reached", &[("path-length", Shown::Anywhere)]),
    ("Unconsumed critical extension", &[("critical-extension", Shown::Here), ("policies", Shown::Here)]),
    // Reported at the target always; ours where the last policy is lost.
    ("No valid policy", &[("policies", Shown::Anywhere)]),
    ("Too many name constraints checks", &[("name-constraints", Shown::Here)]),
    ("Unacceptable signature algorithm", &[("signature-strength", Shown::Here)]),
    ("Unacceptable public key", &[("key-strength", Shown::Here)]),
    ("Couldn't parse SubjectPublicKeyInfo", &[(NOT_PARSED, Shown::Here), ("signature", Shown::AsIssuer), ("key-strength", Shown::Here)]),
    ("KeyUsage must have only the digitalSignature bit set", &[("key-usage-for-purpose", Shown::Here)]),
    ("The extended key usage ", &[("purpose", Shown::Here)]),
    ("Certificate does not have extended key usage", &[("purpose", Shown::Here)]),
];

#[test]
fn boringssl_chains() {
    let Some(folder) = corpus("boringssl-pki") else { return };
    let root = folder.join("pki/testdata");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert_eq!(files.len(), 197);
    let judged: Vec<_> = files.iter().map(|file| case(&root, file).judge()).collect();
    hold("boringssl", include_str!("exceptions/boringssl.toml"), &judged);
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "test") {
            files.push(path);
        }
    }
}

fn case(root: &Path, file: &Path) -> Case {
    let text = std::fs::read_to_string(file).unwrap();
    let id = file.strip_prefix(root).unwrap().with_extension("").to_string_lossy().into_owned();
    let (fields, errors) = text.split_once("expected_errors:").unwrap();
    let mut certificates = Vec::new();
    let mut case = Case {
        id,
        certificates: Vec::new(),
        anchors: Vec::new(),
        policy: Policy::at(Time(0)),
        crls: Vec::new(),
        asked: Asked::ThisChain,
        expected: Expected::Valid,
        failures: failures(errors),
        policies: None,
    };
    case.expected = if case.failures.is_empty() { Expected::Valid } else { Expected::Invalid };
    let mut trust = "";
    for line in fields.lines().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap();
        match name {
            "chain" => certificates = certificates_of(&file.parent().unwrap().join(value)),
            "last_cert_trust" => trust = value,
            "utc_time" => case.policy.at = time(value),
            "key_purpose" => (case.policy.purpose, case.policy.naming) = purpose(value),
            "digest_policy" => {
                assert_eq!(value, "STRONG");
                case.policy.least.digest = Strength::Sound;
            }
            "expected_user_constrained_policy_set" => {
                case.policies = Some(value.split(',').map(|policy| policy.trim().to_owned()).collect::<BTreeSet<_>>());
            }
            _ => panic!("{}: {name}", case.id),
        }
    }
    trusting(&mut case, trust, &certificates);
    case.certificates = certificates;
    case
}

/// A line that begins a certificate's errors: `----- Certificate i=1 (CN=Intermediate) -----`; then `ERROR: <message>` lines.
fn failures(text: &str) -> Vec<Failure> {
    let mut certificate = None;
    let mut out = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("----- Certificate i=") {
            certificate = Some(rest.split(' ').next().unwrap().parse().unwrap());
        } else if let Some(message) = line.strip_prefix("ERROR: ") {
            let found = MESSAGES.iter().find(|(known, _)| message.starts_with(known));
            let (_, kinds) = found.unwrap_or_else(|| panic!("no rule for {message:?}"));
            out.push(Failure { certificate: certificate.unwrap(), message: message.to_owned(), kinds });
        }
    }
    out
}

/// `YYMMDDHHMMSSZ`, of this century.
fn time(value: &str) -> Time {
    if value == "DEFAULT" {
        return Time::parse(DEFAULT_TIME, Time(0)).unwrap();
    }
    let part = |start: usize| &value[start..start + 2];
    let written = format!("20{}-{}-{}T{}:{}:{}Z", part(0), part(2), part(4), part(6), part(8), part(10));
    Time::parse(&written, Time(0)).unwrap()
}

fn purpose(value: &str) -> (Option<Purpose>, Naming) {
    let (word, naming) = match value {
        _ if value.ends_with("_STRICT_LEAF") => (value.trim_end_matches("_STRICT_LEAF"), Naming::OnTarget),
        _ if value.ends_with("_STRICT") => (value.trim_end_matches("_STRICT"), Naming::Everywhere),
        _ => (value, Naming::Assumed),
    };
    let purpose = match word {
        "ANY_EKU" => Purpose::Any,
        "SERVER_AUTH" => Purpose::Server,
        "CLIENT_AUTH" => Purpose::Client,
        "C2PA_MANIFEST" => Purpose::C2paManifest,
        "C2PA_TIMESTAMPING" => Purpose::C2paTimeStamping,
        "MLS_CLIENT_AUTH" => Purpose::RcsMlsClient,
        _ => panic!("{value}"),
    };
    (Some(purpose), naming)
}

/// BoringSSL asks of the last certificate how it may be trusted: as an anchor, which issues, or as a leaf, which stands for itself.
/// Our stores know one kind of anchor, so a certificate is put in the store only where it stands in the role that it is trusted in.
fn trusting(case: &mut Case, trust: &str, chain: &[Vec<u8>]) {
    let last = chain.last().unwrap().clone();
    let is_leaf = chain.len() == 1;
    let kind = trust.split("_WITH_").next().unwrap();
    case.anchors = match kind {
        "TRUSTED_LEAF_REQUIRE_SELF_SIGNED" if is_leaf => vec![Anchor::IfSelfSigned(last)],
        "TRUSTED_ANCHOR_OR_LEAF" => vec![Anchor::This(last)],
        "TRUSTED_ANCHOR" if !is_leaf => vec![Anchor::This(last)],
        "TRUSTED_LEAF" if is_leaf => vec![Anchor::This(last)],
        "DISTRUSTED" => {
            case.policy.distrusted.insert(Certificate::from_der(&last).unwrap().sha256);
            vec![Anchor::This(last)]
        }
        "TRUSTED_ANCHOR" | "TRUSTED_LEAF" | "TRUSTED_LEAF_REQUIRE_SELF_SIGNED" | "UNSPECIFIED" => Vec::new(),
        _ => panic!("{trust}"),
    };
    case.policy.anchor_constraints = trust.contains("_CONSTRAINTS") && trust != "TRUSTED_ANCHOR_WITH_REQUIRE_BASIC_CONSTRAINTS";
    // What is demanded of an issuer's certificate, not only what it says.
    case.policy.strict = trust.ends_with("_WITH_CONSTRAINTS_REQUIRE_BASIC_CONSTRAINTS");
    // A trusted leaf's dates count always.
    case.policy.ignore_anchor_dates = !trust.contains("EXPIRATION") && !is_leaf;
}
