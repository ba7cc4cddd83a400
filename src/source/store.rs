//! Which anchors does a trust store hold? The stores that `--trust` knows by name, and files.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::batch::{Batch, Problem, ProblemKind};
use super::file::{MAX_FILE, ReadLimits, read_file};
use super::folder::read_path;
use super::found::{Found, Role};
use super::note::{Note, NoteKind};
use super::program::Edition;
use super::{cut_off, program};
use crate::cert::{Certificate, Fingerprint, Origin, Time, TrustSettings, escape};

/// The names `load_store` knows, and what each is. `NAME=FILE` is one more way.
pub const STORES: [(&str, &str); 7] = [
    ("mozilla", "Mozilla's roots for TLS servers, as built into this program"),
    ("apple", "Apple's roots, as collected on 2025-12-28"),
    ("microsoft", "Microsoft's roots, as collected on 2026-03-28"),
    ("android", "Android's roots (AOSP 16), as collected on 2025-12-07"),
    ("openjdk", "OpenJDK's roots (17.0.2), as collected on 2022-01-23"),
    ("system", "what this computer trusts (SSL_CERT_FILE and SSL_CERT_DIR replace it)"),
    ("none", "nothing is trusted"),
];

/// Places that are listed of what a store leaves out.
const SHOWN_PLACES: usize = 5;

/// A named set of anchors, in the order they were read; duplicates are kept.
#[derive(Debug, Clone)]
pub struct LoadedStore {
    pub name: String,
    pub certificates: Vec<Certificate>,
    /// By SHA-256: what such a root issues for servers after this moment does not count here.
    pub cut_offs: BTreeMap<Fingerprint, Time>,
    /// By SHA-256: for which uses such a root is an anchor, as its file says.
    pub trust_settings: BTreeMap<Fingerprint, TrustSettings>,
    /// Which list of a root program it is.
    pub edition: Option<Edition>,
    /// What was not read; the rest of the store is there.
    pub problems: Vec<Problem>,
    /// What else there is to say of its file.
    pub notes: Vec<Note>,
}

impl LoadedStore {
    /// What the pool should remember as the origin of this store's certificates.
    pub fn origin(&self) -> Origin {
        Origin::Store { name: self.name.clone() }
    }
}

/// Why a store was not loaded; names and paths are escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("{name}: no such trust store; {} and NAME=FILE are known", STORES.map(|(known, _)| known).join(", "))]
    Unknown { name: String },
    #[error("{name} is the name of a built-in store; give the file another, as in my-{name}=FILE")]
    Reserved { name: String },
    #[error("{spec}: NAME=FILE needs a name and a file")]
    Incomplete { spec: String },
    #[error("store {name} has no certificate: {reason}")]
    Empty { name: String, reason: String },
}

/// Loads the store that `spec` names: one of `STORES`, or `NAME=FILE` with a file or a folder. `unlocked` opens what
/// needs a password in it.
pub fn load_store(spec: &str, unlocked: &dyn Fn(Batch) -> Batch) -> Result<LoadedStore, StoreError> {
    match spec {
        "mozilla" => {
            let store = from_der(spec, webpki_root_certs::TLS_SERVER_ROOT_CERTS, Vec::new())?;
            Ok(LoadedStore { cut_offs: cut_off::of_mozilla(), ..store })
        }
        "system" => {
            let found = rustls_native_certs::load_native_certs();
            let broken = |reason: String| Problem::new(ProblemKind::Broken, "store system", escape(&reason));
            let problems = found.errors.iter().map(|error| broken(error.to_string())).collect();
            from_der(spec, &found.certs, problems)
        }
        "none" => Ok(LoadedStore {
            name: spec.to_owned(),
            certificates: Vec::new(),
            cut_offs: BTreeMap::new(),
            trust_settings: BTreeMap::new(),
            edition: None,
            problems: Vec::new(),
            notes: Vec::new(),
        }),
        _ => match program::load(spec) {
            Some((certificates, edition)) => {
                let (name, edition) = (spec.to_owned(), Some(edition));
                let (cut_offs, trust_settings) = (BTreeMap::new(), BTreeMap::new());
                Ok(LoadedStore { name, certificates, cut_offs, trust_settings, edition, problems: Vec::new(), notes: Vec::new() })
            }
            None => from_file(spec, unlocked),
        },
    }
}

fn from_der(name: &str, anchors: &[impl AsRef<[u8]>], problems: Vec<Problem>) -> Result<LoadedStore, StoreError> {
    let mut store = LoadedStore {
        name: name.to_owned(),
        certificates: Vec::with_capacity(anchors.len()),
        cut_offs: BTreeMap::new(),
        trust_settings: BTreeMap::new(),
        edition: None,
        problems,
        notes: Vec::new(),
    };
    for (index, der) in anchors.iter().enumerate() {
        match Certificate::from_der(der.as_ref()) {
            Ok(certificate) => store.certificates.push(certificate),
            Err(error) => {
                let place = format!("store {name}, certificate {}", index + 1);
                store.problems.push(Problem::new(ProblemKind::Broken, place, error.to_string()));
            }
        }
    }
    not_empty(store)
}

fn from_file(spec: &str, unlocked: &dyn Fn(Batch) -> Batch) -> Result<LoadedStore, StoreError> {
    let Some((name, path)) = spec.split_once('=') else {
        return Err(StoreError::Unknown { name: escape(spec) });
    };
    let name = escape(name.trim());
    if name.is_empty() || path.is_empty() {
        return Err(StoreError::Incomplete { spec: escape(spec) });
    }
    if STORES.iter().any(|(known, _)| *known == name) {
        return Err(StoreError::Reserved { name });
    }
    let path = Path::new(path);
    let (batch, text) = if path.is_dir() { (read_path(path, &ReadLimits::default()), Vec::new()) } else { read_file(path, MAX_FILE) };
    let mut batch = unlocked(batch);
    let (cut_offs, problems) = cut_off::of_file(path, &text, &batch.certificates);
    batch.problems.extend(problems);
    // What of the file other programs refuse is asked of what is to be installed, not of what is trusted.
    let about_password = |note: &Note| matches!(note.kind, NoteKind::IntegrityNotChecked | NoteKind::DefaultPassword { .. });
    let notes = batch.notes.iter().filter(|note| about_password(note)).cloned().collect();
    let (certificates, trust_settings, problems) = anchors(batch, &escape(&path.to_string_lossy()));
    not_empty(LoadedStore { name, certificates, cut_offs, trust_settings, edition: None, problems, notes })
}

/// The certificates that a file gives to be trusted, what it says beside them, and its problems: what it holds for another end is said.
fn anchors(batch: Batch, file: &str) -> (Vec<Certificate>, BTreeMap<Fingerprint, TrustSettings>, Vec<Problem>) {
    let (mut certificates, mut settings, mut problems) = (Vec::new(), BTreeMap::new(), batch.problems);
    let mut left_out: BTreeMap<Role, Vec<String>> = BTreeMap::new();
    let mut judged = HashSet::new();
    for Found { certificate, origin, role, trust } in batch.certificates {
        if !role.may_be_an_anchor() {
            left_out.entry(role).or_default().push(place_in(&origin));
            continue;
        }
        if let Some(trust) = trust.filter(|trust| !trust.is_silent()) {
            judged.insert(origin.to_string());
            settings.insert(certificate.sha256, trust);
        }
        certificates.push(certificate);
    }
    // Here they are asked.
    problems.retain(|problem| problem.kind != ProblemKind::NotRead || !judged.contains(&problem.place));
    let parts: Vec<String> = left_out.into_iter().map(|(role, places)| left_out_words(role, &places, file)).collect();
    if !parts.is_empty() {
        // Before all else: where the store is empty, it is why.
        problems.insert(0, Problem::new(ProblemKind::NotRead, file, format!("left out of the store: {}", parts.join(", "))));
    }
    (certificates, settings, problems)
}

/// How many, of what, and the first few places, where they are more than the file's name.
fn left_out_words(role: Role, places: &[String], file: &str) -> String {
    let shown = places.iter().take(SHOWN_PLACES).filter(|place| *place != file).cloned().collect::<Vec<_>>().join(", ");
    let more = if places.len() > SHOWN_PLACES { format!(" and {} more", places.len() - SHOWN_PLACES) } else { String::new() };
    let shown = if shown.is_empty() { shown } else { format!(" ({shown}{more})") };
    format!("{} {}{shown}", places.len(), what(role, places.len() == 1))
}

fn what(role: Role, is_one: bool) -> &'static str {
    match (role, is_one) {
        (Role::Own, true) => "certificate that belongs to a private key",
        (Role::Own, false) => "certificates that belong to private keys",
        (Role::Chain, true) => "certificate of a chain",
        (Role::Chain, false) => "certificates of chains",
        (Role::Signer, true) => "signer's certificate",
        (Role::Signer, false) => "signers' certificates",
        (Role::Plain | Role::Trusted, _) => "anchors",
    }
}

/// Without the file's name: `users[0].user.client-certificate-data`.
fn place_in(origin: &Origin) -> String {
    match origin {
        Origin::Entry { within, entry } if matches!(**within, Origin::Entry { .. }) => format!("{}, {entry}", place_in(within)),
        Origin::Entry { entry, .. } => entry.clone(),
        Origin::File { block: Some(block), .. } => format!("block {block}"),
        other => other.to_string(),
    }
}

/// A store that was asked for and holds nothing is a mistake; who wants nothing says `none`.
fn not_empty(store: LoadedStore) -> Result<LoadedStore, StoreError> {
    if !store.certificates.is_empty() {
        return Ok(store);
    }
    let reason = store.problems.first().map_or_else(|| "nothing was found".to_owned(), Problem::to_string);
    Err(StoreError::Empty { name: store.name, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mozilla_is_whole() {
        let store = load_store("mozilla", &|batch| batch).unwrap();
        assert_eq!(store.certificates.len(), webpki_root_certs::TLS_SERVER_ROOT_CERTS.len());
        assert!(store.certificates.len() > 100 && store.problems.is_empty());
        assert_eq!(store.origin().to_string(), "store mozilla");
    }

    #[test]
    fn none_is_empty_and_no_error() {
        assert_eq!(load_store("none", &|batch| batch).unwrap().certificates.len(), 0);
    }

    #[test]
    fn the_system_store_loads_or_says_why_not() {
        match load_store("system", &|batch| batch) {
            Ok(store) => assert!(!store.certificates.is_empty()),
            Err(error) => assert!(error.to_string().starts_with("store system has no certificate: ")),
        }
    }

    #[test]
    fn a_file_is_a_store_by_the_name_it_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ours.pem");
        let key = rcgen::KeyPair::generate().unwrap();
        let pem = rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&key).unwrap().pem();
        std::fs::write(&path, format!("{pem}-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n")).unwrap();
        let store = load_store(&format!("ours={}", path.display()), &|batch| batch).unwrap();
        assert_eq!((store.name.as_str(), store.certificates.len(), store.problems.len()), ("ours", 1, 1));
        assert_eq!(store.problems[0].place, format!("{}, block 2", path.display()));
    }

    #[test]
    fn what_is_no_store_says_why() {
        for (spec, said) in [
            (
                "apple\x1b",
                r"apple\u{1b}: no such trust store; mozilla, apple, microsoft, android, openjdk, system, none and NAME=FILE are known",
            ),
            ("mozilla=x.pem", "mozilla is the name of a built-in store; give the file another, as in my-mozilla=FILE"),
            ("=x.pem", "=x.pem: NAME=FILE needs a name and a file"),
            ("x=", "x=: NAME=FILE needs a name and a file"),
            ("x=/absent", "store x has no certificate: /absent: no such file or folder"),
        ] {
            assert_eq!(load_store(spec, &|batch| batch).map(|store| store.name).map_err(|error| error.to_string()), Err(said.to_owned()));
        }
    }
}
