//! How is a server found and connected to? All of its addresses are tried, each with its share of the time.

use std::io;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use super::TlsError;
use crate::cert::escape;
use crate::source::deadline::{Deadline, WaitEnd};
use crate::source::input::Family;
use crate::source::step::Step;

/// Addresses of one name that are tried. Large services answer with 8 or fewer; an answer may hold hundreds.
const MAX_ADDRESSES: usize = 16;

/// The addresses of `host`, in the order the system prefers them.
pub(super) fn resolve(
    peer: &str,
    host: &str,
    port: u16,
    family: Option<Family>,
    deadline: &Deadline<'_>,
) -> Result<Vec<SocketAddr>, TlsError> {
    let is_wanted = |address: &SocketAddr| family.is_none_or(|family| family.has(address.ip()));
    let failed = |reason: String| TlsError::Resolve { peer: peer.to_owned(), name: escape(host), reason };
    let none = || match family {
        None => failed("the name has no address".to_owned()),
        Some(family) => failed(format!("it has no {family} address")),
    };
    if let Ok(address) = host.parse() {
        let address = SocketAddr::new(address, port);
        return if is_wanted(&address) { Ok(vec![address]) } else { Err(none()) };
    }
    let name = host.to_owned();
    // The system's resolver has no timeout that could be set.
    let looked_up = deadline.wait_for(move || (name.as_str(), port).to_socket_addrs().map(|all| all.collect::<Vec<_>>()));
    let all = looked_up
        .map_err(|stopped| TlsError::stopped(stopped, peer, Step::Resolving, deadline))?
        .map_err(|error| failed(escape(&error.to_string())))?;
    let mut addresses = Vec::new();
    for address in all.into_iter().filter(is_wanted) {
        if addresses.len() < MAX_ADDRESSES && !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    if addresses.is_empty() { Err(none()) } else { Ok(addresses) }
}

/// Connects to the first address that answers.
pub(super) fn connect(
    peer: &str,
    addresses: &[SocketAddr],
    progress: &dyn Fn(Step),
    deadline: &Deadline<'_>,
) -> Result<(TcpStream, SocketAddr), TlsError> {
    let mut attempts = Vec::new();
    for (index, &address) in addresses.iter().enumerate() {
        let step = Step::Connecting(address);
        progress(step);
        let stopped = |stopped| TlsError::stopped(stopped, peer, step, deadline);
        let share = share(deadline.left().map_err(stopped)?, addresses.len() - index);
        match deadline.wait_for(move || TcpStream::connect_timeout(&address, share)).map_err(stopped)? {
            Ok(stream) => return Ok((stream, address)),
            Err(error) => attempts.push(format!("{address} {}", io_words(&error))),
        }
    }
    // The last attempt had all that was left; its own timeout is the deadline's.
    match (deadline.left(), addresses) {
        (Err(WaitEnd::TimedOut), [only]) => Err(TlsError::stopped(WaitEnd::TimedOut, peer, Step::Connecting(*only), deadline)),
        _ => Err(TlsError::Connect { peer: peer.to_owned(), attempts: attempts.join("; ") }),
    }
}

fn share(left: Duration, addresses: usize) -> Duration {
    (left / u32::try_from(addresses).unwrap_or(u32::MAX)).max(Duration::from_millis(1))
}

fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "refused the connection".to_owned(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "did not answer in time".to_owned(),
        io::ErrorKind::NetworkUnreachable => "cannot be reached: no route to its network".to_owned(),
        io::ErrorKind::HostUnreachable => "cannot be reached: no route to it".to_owned(),
        io::ErrorKind::ConnectionReset => "reset the connection".to_owned(),
        _ => format!("failed: {}", escape(&error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};
    use std::sync::atomic::AtomicBool;

    use super::*;

    #[test]
    fn addresses_need_no_resolver() {
        let go = AtomicBool::new(false);
        let deadline = Deadline::new(Duration::from_secs(60), &go);
        assert_eq!(resolve("x", "::1", 443, None, &deadline).unwrap(), ["[::1]:443".parse().unwrap()]);
        assert_eq!(resolve("x", "::1", 443, Some(Family::V6), &deadline).unwrap().len(), 1);
        let error = resolve("x", "::1", 443, Some(Family::V4), &deadline).unwrap_err();
        assert_eq!(error.to_string(), "x: the name ::1 was not resolved: it has no IPv4 address");
    }

    #[test]
    fn all_addresses_are_tried_in_order_and_each_failure_is_kept() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let open = listener.local_addr().unwrap();
        // The near end of a connection holds its port, and listens to nobody.
        let near_end = TcpStream::connect(open).unwrap();
        let refused = near_end.local_addr().unwrap();
        let go = AtomicBool::new(false);
        let deadline = Deadline::new(Duration::from_secs(60), &go);
        let tried = std::cell::RefCell::new(Vec::new());
        let progress = |step| tried.borrow_mut().push(step);
        assert_eq!(connect("x", &[refused, open], &progress, &deadline).unwrap().1, open);
        assert_eq!(*tried.borrow(), [Step::Connecting(refused), Step::Connecting(open)]);
        let error = connect("x:1", &[refused, refused], &|_| (), &deadline).unwrap_err();
        assert_eq!(error.to_string(), format!("x:1: no connection: {refused} refused the connection; {refused} refused the connection"));
    }
}
