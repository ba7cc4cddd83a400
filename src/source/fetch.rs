//! What do the places that certificates name hold: issuers' certificates, CRLs, OCSP responses? Fetched only when it was asked for.
//!
//! A URL in a certificate is a stranger's word: http and https alone, at addresses that are not the reader's own, within bounds of size,
//! time, redirects and number. What comes back is untrusted; signatures say later what it is worth.

#[cfg(feature = "online")]
mod answer;
#[cfg(feature = "online")]
mod cache;
#[cfg(feature = "online")]
mod exchange;
#[cfg(feature = "online")]
mod fetcher;
#[cfg(feature = "online")]
mod freshness;
mod many;
#[cfg(not(feature = "online"))]
mod offline;
#[cfg(feature = "online")]
mod url;
mod wanted;
mod zone;

#[cfg(feature = "online")]
pub use cache::Cache;
#[cfg(feature = "online")]
pub use fetcher::Fetcher;
pub use many::{Told, fetch_all};
#[cfg(not(feature = "online"))]
pub use offline::{Cache, Fetcher};
pub use wanted::{
    Brought, FETCH_TIMEOUT, FetchError, Fetched, MAX_AIA, MAX_AT_ONCE, MAX_BROUGHT, MAX_FETCHED, MAX_FETCHES, MAX_FRESH, MAX_REDIRECTS,
    MAX_URL, NotTried, Reach, Wanted,
};
pub use zone::{Allowed, Zone};
