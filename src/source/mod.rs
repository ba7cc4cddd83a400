//! Where certificates, and what tells of their revocation, come from: files, folders, standard input, TLS servers, trust stores.
//!
//! All reading and all network traffic of the program happens here. Nothing that was read is judged here: what parses is
//! kept with its origin, in the order it was read; what does not is a `Problem` that names its place, and the rest loads.

use std::sync::atomic::AtomicBool;

use crate::cert::Origin;

mod address;
mod armorless;
mod batch;
mod ber;
mod bytes;
mod ct_logs;
mod cut_off;
mod deadline;
mod der;
mod distrust;
mod evidence;
mod fetch;
mod file;
mod folder;
mod host_list;
mod input;
mod java;
mod pem_block;
mod pkcs12;
mod pkcs7;
mod program;
mod proxy;
mod sample;
mod starttls;
mod store;
mod tls;
mod together;
mod trust_settings;

pub use address::AddressError;
pub use batch::{Batch, MAX_PROBLEMS, Problem, ProblemKind};
pub use bytes::read as read_bytes;
pub use ct_logs::{LogListError, MAX_LOG_LIST, read_log_list};
pub use distrust::{DistrustError, read_distrust};
pub use evidence::{EvidenceError, Kind, read_evidence};
pub use fetch::{
    Allowed, Brought, Cache, Client, FETCH_TIMEOUT, FetchError, Fetched, MAX_AIA, MAX_AT_ONCE, MAX_BROUGHT, MAX_FETCHED, MAX_FETCHES,
    MAX_FRESH, MAX_REDIRECTS, MAX_URL, Reach, Told, Wanted, Zone, fetch_all,
};
pub use file::{Limits, MAX_FILE, MAX_FILES, MAX_TOTAL, keep_stdin, read_path, read_stdin};
pub use host_list::{ListedServer, MAX_HOSTS, read_host_list};
pub use input::{ClientFiles, Family, Input, InputError, ServerInput, Version};
pub use pkcs12::{MAX_PASSWORDS, read_passwords};
pub use program::Edition;
pub use proxy::{Proxy, ProxyError};
pub use sample::{CasePolicy, Embedded, SAMPLES, Sample, SampleError, load_sample, sample_titles};
pub use starttls::{PROTOCOLS, Protocol};
pub use store::{STORES, Store, StoreError, load_store};
pub use tls::{
    ClientRequest, DEFAULT_TIMEOUT, Handshake, KeyProof, Listed, MAX_HANDSHAKE, NOT_AUTHENTICATED, OLD_HELLO, Resumption, Step, Timestamps,
    TlsError, handshake,
};
pub use together::{MAX_SERVERS_AT_ONCE, read_all};

/// Reads one input, whatever its kind. Only a server is an `Err`: what is wrong with files is in the batch's problems.
pub fn read(input: &Input, limits: &Limits, progress: &dyn Fn(Step), cancelled: &AtomicBool) -> Result<Batch, TlsError> {
    match input {
        Input::Path(path) => Ok(file::read_telling(path, limits, progress)),
        Input::Stdin => Ok(read_stdin(limits)),
        Input::Kept(content) => Ok(read_bytes(content, &|block| Origin::Stdin { block })),
        Input::Pasted(text) => Ok(read_bytes(text.as_bytes(), &|block| Origin::Pasted { block })),
        Input::Server(server) => handshake(server, progress, cancelled),
    }
}
