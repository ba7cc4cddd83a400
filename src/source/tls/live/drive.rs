//! How is the handshake carried to its end, whatever the peer does: says nothing, trickles, floods, talks something else?

use std::io;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rustls::{ClientConnection, Error, PeerMisbehaved, ProtocolVersion};

use super::TlsError;
use super::peer_bytes::PeerBytes;
use crate::cert::escape;
use crate::source::deadline::{Deadline, is_only_a_wait};
use crate::source::step::Step;

/// For words of parting, which no one waits for.
const FAREWELL: Duration = Duration::from_millis(50);

/// How long a TLS 1.3 server is listened to behind the handshake, at least and at most: its tickets, or its word on the client's
/// certificate, need one more trip than the client's part (RFC 8446 4.6.1, 4.4.2.4). As long as the handshake took has room for one.
const AFTERWORD: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// Runs the handshake to its end. The connection keeps what was agreed on, also where it is an `Err`. `has_all` says that nothing more
/// is awaited behind it.
pub(super) fn drive(
    connection: &mut ClientConnection,
    stream: TcpStream,
    has_all: &dyn Fn() -> bool,
    peer: &str,
    deadline: &Deadline<'_>,
) -> Result<(), TlsError> {
    let mut peer_bytes = PeerBytes::new(stream);
    let start = Instant::now();
    let mut outcome = shake_hands(connection, &mut peer_bytes, peer, deadline);
    if outcome.is_ok() && connection.protocol_version() == Some(ProtocolVersion::TLSv1_3) {
        let until = Instant::now() + start.elapsed().clamp(AFTERWORD.0, AFTERWORD.1);
        outcome = listen_on(connection, &mut peer_bytes, has_all, until, peer, deadline);
    }
    // An alert, where rustls has one to send, or that this is all that was wanted. The deadline may be over; this is short.
    connection.send_close_notify();
    let parting = peer_bytes.stream.set_write_timeout(Some(FAREWELL));
    if parting.is_ok() && connection.wants_write() {
        let _ = connection.write_tls(&mut peer_bytes.stream);
    }
    outcome
}

/// Only an alert makes it an `Err`: the handshake is over, and a server that closes or says nothing has done its part.
fn listen_on(
    connection: &mut ClientConnection,
    peer_bytes: &mut PeerBytes,
    has_all: &dyn Fn() -> bool,
    until: Instant,
    peer: &str,
    deadline: &Deadline<'_>,
) -> Result<(), TlsError> {
    while !has_all() && Instant::now() < until {
        let Ok(slice) = deadline.slice() else { return Ok(()) };
        if peer_bytes.stream.set_read_timeout(Some(slice)).is_err() {
            return Ok(());
        }
        match connection.read_tls(peer_bytes) {
            Ok(1..) => match connection.process_new_packets() {
                Err(Error::AlertReceived(alert)) => return Err(TlsError::alert(peer, u8::from(alert))),
                Ok(state) if !state.peer_has_closed() => {}
                _ => return Ok(()),
            },
            Err(error) if is_only_a_wait(&error) => {}
            _ => return Ok(()),
        }
    }
    Ok(())
}

fn shake_hands(connection: &mut ClientConnection, peer_bytes: &mut PeerBytes, peer: &str, deadline: &Deadline<'_>) -> Result<(), TlsError> {
    let stopped = |stopped| TlsError::stopped(stopped, peer, Step::Handshaking, deadline);
    let system = |error: io::Error| TlsError::System { peer: peer.to_owned(), reason: escape(&error.to_string()) };
    loop {
        let slice = deadline.slice().map_err(stopped)?;
        if connection.wants_write() {
            peer_bytes.stream.set_write_timeout(Some(slice)).map_err(system)?;
            match connection.write_tls(&mut peer_bytes.stream) {
                Ok(_) => {}
                Err(error) if is_only_a_wait(&error) => {}
                Err(_) => return Err(peer_bytes.ended(peer)),
            }
            continue;
        }
        if !connection.is_handshaking() {
            return Ok(());
        }
        peer_bytes.stream.set_read_timeout(Some(slice)).map_err(system)?;
        match connection.read_tls(peer_bytes) {
            Ok(0) => return Err(peer_bytes.ended(peer)),
            Ok(_) => connection.process_new_packets().map(drop).map_err(|error| failed(peer, peer_bytes, &error))?,
            Err(error) if is_only_a_wait(&error) => {}
            Err(_) => return Err(peer_bytes.ended(peer)),
        }
    }
}

fn failed(peer: &str, peer_bytes: &PeerBytes, error: &Error) -> TlsError {
    match error {
        Error::AlertReceived(alert) => TlsError::alert(peer, u8::from(*alert)),
        _ if peer_bytes.is_not_tls() => peer_bytes.not_tls(peer),
        // rustls holds TLS 1.2 to the ways of signing that it knows: Ed448, and keys for PSS alone, are none of them.
        Error::PeerMisbehaved(PeerMisbehaved::SignedKxWithWrongAlgorithm) => {
            TlsError::Incompatible { peer: peer.to_owned(), reason: "it signs in a way that is not offered with TLS 1.2".to_owned() }
        }
        Error::PeerIncompatible(_) => TlsError::Incompatible { peer: peer.to_owned(), reason: escape(&error.to_string()) },
        _ => TlsError::Handshake { peer: peer.to_owned(), reason: escape(&error.to_string()) },
    }
}
