//! Which certificates does a TLS server send? A handshake that keeps the chain whatever is wrong with it.
//!
//! The server is not authenticated and nothing but the handshake is sent. Judging the chain is the checks' work.

#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only a handshake needs all of it"))]
mod error;
#[cfg_attr(not(feature = "online"), expect(dead_code, reason = "only a handshake needs all of it"))]
mod facts;
#[cfg(feature = "online")]
mod live;

pub use error::TlsError;
pub use facts::{ClientRequest, Handshake, KeyProof, MAX_HANDSHAKE, Resumption, TimestampCount, Timestamps};
#[cfg(feature = "online")]
pub use live::handshake;

/// Says that this build has no network.
#[cfg(not(feature = "online"))]
pub fn handshake(
    input: &super::input::ServerInput,
    _: &dyn Fn(super::step::Step),
    _: &std::sync::atomic::AtomicBool,
) -> Result<super::batch::Batch, TlsError> {
    Err(TlsError::Offline { peer: input.peer() })
}
