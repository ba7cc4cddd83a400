//! What does a built-in sample hold? Certificates with a lesson, a time and stores of their own, readable from anywhere.

mod table;

use serde::Deserialize;

use super::bytes::read as read_bytes;
use super::ct_logs::parse_log_list;
use super::{Batch, Found, LoadedStore, LogListError, Problem};
use crate::cert::{Certificate, Crl, Fingerprint, LogList, Name, OcspResponse, Origin, Time, TimeError, TrustSettings, escape};

pub use table::{Embedded, SAMPLES};

/// A built-in sample: certificates, stores, and what they are judged against.
#[derive(Debug, Clone)]
pub struct Sample {
    pub name: &'static str,
    pub title: String,
    pub lesson: String,
    /// The time it is judged at.
    pub at: Time,
    /// What it is judged by.
    pub policy: CasePolicy,
    /// In the order of loading, the leaf first.
    pub certificates: Vec<(Certificate, Origin)>,
    /// With the place they stand at.
    pub crls: Vec<(Crl, String)>,
    pub responses: Vec<(OcspResponse, String)>,
    pub stores: Vec<LoadedStore>,
    /// Certificates that no path may use.
    pub distrusted: Vec<Fingerprint>,
    /// Whose client certificates a server says it takes.
    pub authorities: Vec<Name>,
    /// The transparency logs that are known.
    pub logs: Option<LogList>,
}

/// Why a sample is not there, or cannot be read, which would be a mistake of this program.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    #[error("no sample is named `{name}`; `crossroots sample` lists them")]
    Unknown { name: String },
    #[error("sample {name}, case.toml: {source}")]
    Case { name: &'static str, source: Box<toml::de::Error> },
    #[error("sample {name}, case.toml: {source}")]
    Time { name: &'static str, source: TimeError },
    #[error("sample {name} has no file {file}")]
    File { name: &'static str, file: String },
    #[error("sample {name}: {source}")]
    Logs { name: &'static str, source: LogListError },
    #[error("sample {name}: {problem}")]
    Broken { name: &'static str, problem: Problem },
}

/// `case.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    title: String,
    lesson: String,
    at: String,
    #[serde(default)]
    policy: CasePolicy,
    certificates: Vec<String>,
    /// Files of CRLs and OCSP responses.
    #[serde(default)]
    evidence: Vec<String>,
    /// Files whose certificates no path may use.
    #[serde(default)]
    distrust: Vec<String>,
    /// Files of certificates after whose subjects a server asks its clients.
    #[serde(default)]
    authorities: Vec<String>,
    /// A file with a list of transparency logs.
    logs: Option<String>,
    store: Vec<CaseStore>,
}

/// What a case is judged by, besides its time and stores; the words are those of the command line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct CasePolicy {
    /// The name that the leaf is for.
    pub host: Option<String>,
    pub purpose: Option<String>,
    /// Dotted OIDs.
    pub policies: Vec<String>,
    pub require_policy: bool,
    pub strict: bool,
    pub require_revocation: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CaseStore {
    name: String,
    files: Vec<String>,
    /// What was issued to servers after this day does not count.
    distrust_after: Option<String>,
    /// Dotted extended key usages for which its certificates are no anchors.
    #[serde(default)]
    rejected_uses: Vec<String>,
}

/// The titles of all samples, the default one first.
pub fn sample_titles() -> Vec<(&'static str, String)> {
    SAMPLES.iter().filter_map(|embedded| Some((embedded.name, case(embedded).ok()?.title))).collect()
}

/// Loads a sample by its name.
pub fn load_sample(name: &str) -> Result<Sample, SampleError> {
    let embedded = SAMPLES.iter().find(|embedded| embedded.name == name);
    let embedded = embedded.ok_or_else(|| SampleError::Unknown { name: escape(name) })?;
    let name = embedded.name;
    let case = case(embedded)?;
    let at = Time::parse(&case.at, Time(0)).map_err(|source| SampleError::Time { name, source })?;
    let mut whole = Batch::default();
    for file in case.certificates.iter().chain(&case.evidence) {
        whole.append(read(embedded, file)?);
    }
    let Batch { certificates, crls, responses, .. } = whole;
    let certificates = certificates.into_iter().map(Found::into_parts).collect();
    let mut stores = Vec::new();
    for CaseStore { name: store, files, distrust_after, rejected_uses } in case.store {
        let certificates = all(embedded, &files)?;
        let after = distrust_after.map(|day| Time::parse(&day, at)).transpose().map_err(|source| SampleError::Time { name, source })?;
        let cut_offs = certificates.iter().filter_map(|certificate| Some((certificate.sha256, after?))).collect();
        let settings = TrustSettings { rejected: rejected_uses, ..TrustSettings::default() };
        let limited = certificates.iter().filter(|_| !settings.is_silent());
        let trust_settings = limited.map(|certificate| (certificate.sha256, settings.clone())).collect();
        stores.push(LoadedStore {
            name: store,
            certificates,
            cut_offs,
            trust_settings,
            edition: None,
            problems: Vec::new(),
            notes: Vec::new(),
        });
    }
    let distrusted = all(embedded, &case.distrust)?.iter().map(|certificate| certificate.sha256).collect();
    let logs =
        case.logs.map(|file| parse_log_list(text(embedded, &file)?.as_bytes(), &file).map_err(|source| SampleError::Logs { name, source }));
    let logs = logs.transpose()?;
    let authorities = all(embedded, &case.authorities)?.into_iter().map(|certificate| certificate.subject).collect();
    let CaseFile { title, lesson, policy, .. } = case;
    Ok(Sample { name, title, lesson, at, policy, certificates, crls, responses, stores, distrusted, authorities, logs })
}

fn case(embedded: &Embedded) -> Result<CaseFile, SampleError> {
    toml::from_str(embedded.case).map_err(|source| SampleError::Case { name: embedded.name, source: Box::new(source) })
}

/// The certificates of several files.
fn all(embedded: &Embedded, files: &[String]) -> Result<Vec<Certificate>, SampleError> {
    let mut out = Vec::new();
    for file in files {
        out.extend(read(embedded, file)?.certificates.into_iter().map(|found| found.certificate));
    }
    Ok(out)
}

fn text(embedded: &Embedded, file: &str) -> Result<&'static str, SampleError> {
    let found = embedded.files.iter().find(|(known, _)| *known == file);
    found.map(|(_, text)| *text).ok_or_else(|| SampleError::File { name: embedded.name, file: file.to_owned() })
}

/// A sample is whole or not at all.
fn read(embedded: &Embedded, file: &str) -> Result<Batch, SampleError> {
    let name = embedded.name;
    let origin = |block: Option<usize>| Origin::Sample { name: name.to_owned(), file: file.to_owned(), block: block.unwrap_or(1) };
    let mut batch = read_bytes(text(embedded, file)?.as_bytes(), &origin);
    match batch.problems.pop() {
        Some(problem) => Err(SampleError::Broken { name, problem }),
        None => Ok(batch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_loads_whole() {
        assert_eq!(sample_titles().len(), SAMPLES.len());
        for embedded in SAMPLES {
            let sample = load_sample(embedded.name).unwrap();
            assert!(sample.certificates.len() > 1 && !sample.stores.is_empty() && !sample.lesson.is_empty(), "{}", embedded.name);
        }
        assert!(load_sample("x\x1b").unwrap_err().to_string().contains(r"`x\u{1b}`"));
    }

    #[test]
    fn the_table_is_the_folder() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let mut expected = Vec::new();
        for entry in std::fs::read_dir(&root).unwrap() {
            let folder = entry.unwrap().path();
            for file in std::fs::read_dir(&folder).into_iter().flatten() {
                let file = file.unwrap().path();
                if file.extension().is_some_and(|extension| extension == "pem" || extension == "toml" || extension == "json") {
                    let place = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                    expected.push((place, std::fs::read_to_string(&file).unwrap()));
                }
            }
        }
        let mut held: Vec<(String, String)> = Vec::new();
        for sample in SAMPLES {
            held.push((format!("{}/case.toml", sample.name), sample.case.to_owned()));
            held.extend(sample.files.iter().map(|(file, text)| (format!("{}/{file}", sample.name), (*text).to_owned())));
        }
        expected.sort();
        held.sort();
        assert_eq!(held, expected);
    }
}
