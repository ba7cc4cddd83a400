//! Everything that was named, read into one pool with its stores; what could not be read is kept as problems.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::passwords::{Passwords, PasswordsError, Typed};
use crate::analysis::{TrustError, trust_stores};
use crate::cert::{Certificate, CertificateRequest, Crl, Fingerprint, Name, OcspResponse, Origin};
use crate::chain::{Pool, Trust};
use crate::check::{Host, Logs, Naming, Policy, PolicyInputs, Purpose};
use crate::source::{
    self, Batch, Beside, CasePolicy, DistrustError, EvidenceError, Found, Handshake, Input, InputCounts, InputError, LogListError, Note,
    NoteKind, Problem, ProblemKind, PublicHalf, ReadInput, ReadLimits, Sample, SampleError, Step, StoreError, TimeStamp, TlsError,
    beside_notes, load_sample, load_store, read_distrust, read_log_list, read_path,
};
use crate::words::note_words;

/// The store that is judged against where none is named.
const DEFAULT_STORE: &str = "mozilla";

/// What is to be loaded.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// In the order they were named.
    pub inputs: Vec<Asked>,
    /// A built-in sample; its stores count where `stores` names none.
    pub sample: Option<String>,
    /// Files and folders of certificates that are shown only where a path uses them.
    pub candidates: Vec<PathBuf>,
    /// Files and folders of CRLs, and of OCSP responses.
    pub crls: Vec<PathBuf>,
    /// Files and folders of OCSP responses.
    pub responses: Vec<PathBuf>,
    /// As `--trust` takes them.
    pub stores: Vec<String>,
    /// A list of transparency logs.
    pub ct_logs: Option<PathBuf>,
    /// As `--distrust` takes them.
    pub distrust: Vec<String>,
    /// Passwords for PKCS#12, one a line; each is tried.
    pub passwords: Option<PathBuf>,
    /// A person is at the terminal, and may be asked for a password.
    pub may_ask: bool,
    /// What that person typed before; filled as it is typed.
    pub typed: Typed,
}

/// An input as it was written, escaped, and as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As it was written, escaped.
    pub text: String,
    /// What it was understood as, or why it could not be.
    pub input: Result<Input, InputError>,
}

/// All that was read for a request: what an [`Analysis`](crate::analysis::Analysis) is made of, and what could not be read.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The certificates of inputs, candidates and stores.
    pub pool: Pool,
    /// The chosen stores and their anchors.
    pub trust: Trust,
    /// Where a list of transparency logs was named.
    pub ct_logs: Option<Arc<Logs>>,
    /// SHA-256 of certificates, or of keys (SubjectPublicKeyInfo).
    pub distrusted: BTreeSet<Fingerprint>,
    /// Whose client certificates the servers say they take.
    pub client_authorities: Vec<Name>,
    /// With the place they were read at, escaped; stapled ones, and those in the inputs, too.
    pub crls: Vec<(Crl, String)>,
    /// With the place they were read at, escaped.
    pub responses: Vec<(OcspResponse, String)>,
    /// What says when something was signed.
    pub stamps: Vec<TimeStamp>,
    /// The day on which a root program's list was collected, by the store's name.
    pub collected: BTreeMap<String, &'static str>,
    /// What each input gave, in numbers.
    pub inputs: Vec<ReadInput>,
    /// Where a built-in sample was named.
    pub sample: Option<LoadedSample>,
    /// How each handshake went.
    pub connections: Vec<Handshake>,
    /// What could not be read, with its place.
    pub problems: Vec<Problem>,
    /// What makes other programs refuse or misuse the inputs; and what stands in them beside certificates.
    pub notes: Vec<Note>,
    keys: Vec<Beside<PublicHalf>>,
    requests: Vec<Beside<CertificateRequest>>,
}

/// What a sample brings besides certificates and stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedSample {
    /// The time, host and purpose that the sample is about.
    pub policy: Policy,
    /// One line: what it shows.
    pub title: String,
    /// What it teaches, in a paragraph.
    pub lesson: String,
}

/// Why nothing is loaded at all. What could not be read of an input beside others is a problem instead.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// A built-in sample's policy cannot be taken; a test reads each of them.
    #[error("sample {sample}, case.toml: {reason}")]
    SamplePolicy { sample: &'static str, reason: String },
    #[error("--trust {0}")]
    Store(#[from] StoreError),
    #[error("--ct-logs {0}")]
    LogList(#[from] LogListError),
    #[error("--distrust {0}")]
    Distrust(#[from] DistrustError),
    #[error("--password-file {0}")]
    Passwords(#[from] PasswordsError),
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    #[error("--trust {0}")]
    Trust(#[from] TrustError),
    /// The reason for each input.
    #[error("no certificate could be loaded\n{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Nothing {
        problems: Vec<Problem>,
        /// A server was asked, and that failed on the way to it.
        network: bool,
    },
}

/// Loads all of `request`. Only stores and samples must be there; of inputs, one certificate.
pub fn load(request: &Request, progress: &dyn Fn(Step), cancelled: &AtomicBool) -> Result<Loaded, LoadError> {
    let mut loaded = Loaded::default();
    let passwords = Passwords::new(request.passwords.as_deref(), request.typed.clone(), request.may_ask)?;
    let sample = request.sample.as_deref().map(load_sample).transpose()?;
    // Before any input is read: a store that is misspelt is said at once.
    let named = if request.stores.is_empty() && sample.is_some() { None } else { Some(named_stores(&request.stores, &passwords)?) };
    loaded.ct_logs = request.ct_logs.as_deref().map(read_log_list).transpose()?.map(|list| Arc::new(Logs::new(list)));
    for spec in &request.distrust {
        loaded.distrusted.extend(read_distrust(spec)?);
    }
    let own_stores = sample.map(|sample| loaded.add_sample(sample)).transpose()?;
    let mut network = false;
    let understood: Vec<&Input> = request.inputs.iter().filter_map(|asked| asked.input.as_ref().ok()).collect();
    let mut read = source::read_all(&understood, &ReadLimits::default(), progress, cancelled).into_iter();
    for asked in &request.inputs {
        match &asked.input {
            Err(error) => loaded.add_unread(asked, problem(&asked.text, error.to_string())),
            Ok(_) => network |= read.next().is_some_and(|read| loaded.add_input(asked, read, &passwords)),
        }
    }
    loaded.look_beside();
    if loaded.pool.is_empty() {
        let requests = loaded.notes.iter().filter(|note| matches!(note.kind, NoteKind::Request(_)));
        let unread: Vec<Problem> = requests.map(|note| problem(&note.place, note_words(note))).collect();
        loaded.problems.extend(unread);
        if loaded.problems.is_empty() {
            let only_evidence = !loaded.crls.is_empty() || !loaded.responses.is_empty();
            let words = if only_evidence { "no certificate in it, only what tells of revocation" } else { "no certificate in it" };
            let nothing = |asked: &Asked| problem(&asked.text, words.to_owned());
            loaded.problems = request.inputs.iter().map(nothing).collect();
        }
        return Err(LoadError::Nothing { problems: loaded.problems, network });
    }
    for path in &request.candidates {
        loaded.add_candidates(passwords.opened_at(path, read_path(path, &ReadLimits::default())));
    }
    let options = [(source::EvidenceKind::Crl, &request.crls), (source::EvidenceKind::Ocsp, &request.responses)];
    for (kind, path) in options.into_iter().flat_map(|(kind, paths)| paths.iter().map(move |path| (kind, path))) {
        loaded.add_candidates(source::read_evidence(kind, path, &ReadLimits::default())?);
    }
    loaded.add_responders();
    loaded.add_stores(named.or(own_stores).unwrap_or_default())?;
    Ok(loaded)
}

fn named_stores(specs: &[String], passwords: &Passwords) -> Result<Vec<source::LoadedStore>, LoadError> {
    if specs.is_empty() {
        return Ok(vec![load_store(DEFAULT_STORE, &|batch| passwords.opened(batch))?]);
    }
    specs.iter().map(|spec| load_store(spec, &|batch| passwords.opened(batch)).map_err(LoadError::from)).collect()
}

/// The words of a sample's `case.toml` as a policy.
fn policy_of(sample: &Sample) -> Result<Policy, LoadError> {
    let CasePolicy { host, purpose, policies, require_policy, strict, require_revocation } = &sample.policy;
    let error = |reason: String| LoadError::SamplePolicy { sample: sample.name, reason };
    let host = host.as_deref().map(Host::parse).transpose().map_err(|found| error(found.to_string()))?;
    let named = |word: &String| Purpose::named(word).ok_or_else(|| error(format!("no purpose is called {word}")));
    let purpose = purpose.as_ref().map(named).transpose()?;
    let policies =
        PolicyInputs { initial: policies.iter().cloned().collect(), require_explicit: *require_policy, ..PolicyInputs::default() };
    let (strict, require_revocation) = (*strict, *require_revocation);
    Ok(Policy { host, purpose, policies, strict, naming: Naming::of(strict), require_revocation, ..Policy::at(sample.at) })
}

impl Loaded {
    /// Whether the input of that name brought anything; of several, the last.
    pub fn has_read(&self, text: &str) -> bool {
        self.named(text).is_some_and(|(given, _)| given.is_some_and(|given| !given.is_nothing()))
    }

    /// What could not be read of the input of that name; of several, of the last.
    pub fn problems_of(&self, text: &str) -> &[Problem] {
        self.named(text).and_then(|(_, problems)| self.problems.get(problems)).unwrap_or_default()
    }

    fn named(&self, text: &str) -> Option<(Option<InputCounts>, Range<usize>)> {
        self.inputs.iter().rev().find_map(|input| match input {
            ReadInput::Named { text: named, given, problems } if named == text => Some((*given, problems.clone())),
            _ => None,
        })
    }

    /// Whether something that was asked for could not be read or reached, or not whole. What is something else beside certificates, such
    /// as a key, was not asked for.
    pub fn lacks_something(&self) -> bool {
        let is_lacking = |input: &ReadInput| match input {
            ReadInput::Named { given, .. } => given.is_none_or(InputCounts::is_nothing),
            _ => false,
        };
        self.inputs.iter().any(is_lacking) || self.problems.iter().any(|problem| !problem.kind.is_something_else())
    }

    /// The policy with what was loaded for it.
    pub fn policy(&self, policy: Policy) -> Policy {
        let mut distrusted = policy.distrusted;
        distrusted.extend(&self.distrusted);
        let client_authorities = self.client_authorities.clone();
        Policy { ct_logs: self.ct_logs.clone().or(policy.ct_logs), distrusted, client_authorities, ..policy }
    }

    fn add_sample(&mut self, sample: Sample) -> Result<Vec<source::LoadedStore>, LoadError> {
        self.inputs.push(ReadInput::Sample { name: sample.name.to_owned(), title: sample.title.clone() });
        self.sample = Some(LoadedSample { policy: policy_of(&sample)?, title: sample.title.clone(), lesson: sample.lesson });
        for (certificate, origin) in sample.certificates {
            self.pool.add(certificate, origin);
        }
        self.crls.extend(sample.crls);
        self.responses.extend(sample.responses);
        self.distrusted.extend(sample.distrusted);
        self.client_authorities.extend(sample.authorities);
        self.ct_logs = self.ct_logs.take().or(sample.logs.map(|list| Arc::new(Logs::new(list))));
        Ok(sample.stores)
    }

    fn add_unread(&mut self, asked: &Asked, problem: Problem) {
        let problems = self.problems.len()..self.problems.len() + 1;
        self.inputs.push(ReadInput::Named { text: asked.text.clone(), given: None, problems });
        self.problems.push(problem);
    }

    /// Says whether the network failed.
    fn add_input(&mut self, asked: &Asked, read: Result<Batch, TlsError>, passwords: &Passwords) -> bool {
        match read {
            Ok(batch) => {
                let batch = match &asked.input {
                    Ok(Input::Path(path)) => passwords.opened_at(path, batch),
                    _ => passwords.opened(batch),
                };
                let given = InputCounts::of(&batch);
                let problems = self.problems.len()..self.problems.len() + batch.problems.len();
                self.inputs.push(ReadInput::Named { text: asked.text.clone(), given: Some(given), problems });
                for (certificate, origin) in batch.certificates.into_iter().map(Found::into_parts) {
                    self.pool.add(certificate, origin);
                }
                self.crls.extend(batch.crls);
                self.responses.extend(batch.responses);
                self.stamps.extend(batch.stamps);
                self.problems.extend(batch.problems);
                self.notes.extend(batch.notes);
                self.keys.extend(batch.keys);
                self.requests.extend(batch.requests);
                let request = batch.handshake.as_ref().and_then(|handshake| handshake.client_request.as_ref());
                self.client_authorities.extend(request.into_iter().flat_map(|request| request.authorities.iter().cloned()));
                self.connections.extend(batch.handshake);
                false
            }
            Err(error) => {
                // The input's own words name the server already.
                let is_named = error.peer().is_some_and(|peer| asked.text.ends_with(peer));
                let problem = problem(&asked.text, if is_named { error.reason() } else { error.to_string() });
                self.add_unread(asked, problem);
                !error.is_usage()
            }
        }
    }

    /// Takes in what is not to be shown of itself.
    fn add_candidates(&mut self, batch: Batch) {
        for (certificate, origin) in batch.certificates.into_iter().map(Found::into_parts) {
            self.pool.add_candidate(certificate, origin);
        }
        self.crls.extend(batch.crls);
        self.responses.extend(batch.responses);
        self.problems.extend(batch.problems);
    }

    /// Whose the keys and the requests are that stand in no file with certificates.
    fn look_beside(&mut self) {
        let certificates: Vec<&Certificate> = self.pool.ids().map(|id| self.pool.certificate(id)).collect();
        let notes = beside_notes(&self.keys, &self.requests, &certificates);
        self.notes.extend(notes);
    }

    /// The certificates that came along with OCSP responses.
    fn add_responders(&mut self) {
        for (response, place) in &self.responses {
            for certificate in &response.certificates {
                self.pool.add_candidate(certificate.clone(), Origin::Ocsp { place: place.clone() });
            }
        }
    }

    fn add_stores(&mut self, stores: Vec<source::LoadedStore>) -> Result<(), LoadError> {
        for store in &stores {
            if let Some(edition) = store.edition {
                let (name, version, collected) = (store.name.clone(), edition.version.to_owned(), edition.collected.to_owned());
                self.inputs.push(ReadInput::Store { name, version, collected });
                self.collected.insert(store.name.clone(), edition.collected);
            }
            self.problems.extend(store.problems.iter().cloned());
            self.notes.extend(store.notes.iter().cloned());
        }
        self.trust = trust_stores(&mut self.pool, stores)?;
        Ok(())
    }
}

fn problem(place: &str, reason: String) -> Problem {
    Problem { place: place.to_owned(), reason, kind: ProblemKind::Broken, der: None }
}
