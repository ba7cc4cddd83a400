//! Where certificates, and what tells of their revocation, come from: files, folders, standard input, TLS servers, trust stores.
//!
//! All reading and all network traffic of the program happens here. Nothing that was read is judged here: what parses is
//! kept with its origin, in the order it was read; what does not is a `Problem` that names its place, and the rest loads.

mod address;
mod armorless;
mod arrangement;
mod batch;
mod ber;
mod beside;
mod bytes;
#[cfg(feature = "containers")]
mod containers;
mod ct_logs;
mod cut_off;
#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only a handshake needs all of it"))]
mod deadline;
mod der;
mod distrust;
mod evidence;
mod fetch;
mod fields;
mod file;
mod folder;
mod found;
mod held_key;
mod host_list;
#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only a handshake needs all of it"))]
mod input;
mod java;
mod kind;
mod layout;
mod lines;
mod mend;
mod note;
mod outline;
mod pem_block;
mod pkcs12;
mod pkcs7;
mod program;
#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only a handshake needs all of it"))]
mod proxy;
mod read_ahead;
mod revocation;
mod sample;
mod signed_data;
#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only a handshake needs all of it"))]
mod starttls;
mod step;
mod store;
mod time_stamp;
mod tls;
mod together;
mod whole_file;

pub use address::AddressError;
pub use batch::{Batch, Beside, InputCounts, MAX_PROBLEMS, Problem, ProblemKind, ReadInput};
pub use beside::beside_notes;
pub use bytes::read as read_bytes;
pub use ct_logs::{LogListError, MAX_LOG_LIST, read_log_list};
pub use distrust::{DistrustError, read_distrust};
pub use fetch::{
    Allowed, Brought, Cache, FETCH_TIMEOUT, FetchError, Fetched, Fetcher, MAX_AIA, MAX_AT_ONCE, MAX_BROUGHT, MAX_FETCHED, MAX_FETCHES,
    MAX_FRESH, MAX_REDIRECTS, MAX_URL, NotTried, Reach, Told, Wanted, Zone, fetch_all,
};
pub use file::{MAX_FILE, MAX_FILES, MAX_TOTAL, ReadLimits, read_stdin};
pub use folder::read_path;
pub use found::{Found, Role};
pub use held_key::PublicHalf;
pub use host_list::{ListedServer, MAX_HOSTS, read_host_list};
pub use input::{ClientFiles, DEFAULT_TIMEOUT, Family, Input, InputError, ServerInput, Version};
pub use note::{Effect, MAX_NOTES, MarkerFlaw, Note, NoteKind, Program, RequestedCertificate, TextEncoding};
pub use pkcs12::{MAX_PASSWORDS, read_passwords};
pub use program::Edition;
pub use proxy::{Proxy, ProxyError};
pub use revocation::{EvidenceError, EvidenceKind, read_evidence};
pub use sample::{CasePolicy, Embedded, SAMPLES, Sample, SampleError, load_sample, sample_titles};
pub use starttls::{PROTOCOLS, Protocol};
pub use step::Step;
pub use store::{LoadedStore, STORES, StoreError, load_store};
pub use time_stamp::{MAX_STAMPS, StampFault, TimeStamp};
pub use tls::{ClientRequest, Handshake, KeyProof, MAX_HANDSHAKE, Resumption, TimestampCount, Timestamps, TlsError, handshake};
pub use together::{MAX_SERVERS_AT_ONCE, keep_stdin, read, read_all};
pub use whole_file::{FileError, read_whole};
