//! What did the person name: a file or folder, standard input, or a server?

use std::ffi::OsStr;
use std::fmt;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::address::{self, AddressError, HTTPS_PORT, server_label};
use super::proxy::Proxy;
use super::starttls::Protocol;
use crate::cert::escape;

/// Long enough for a slow server on the other side of the world, short enough for a person to wait.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// Ends of file names that are no top-level domain: who types one means a file, and a look-up in the DNS would tell its name.
const FILE_ENDINGS: [&str; 11] = [".pem", ".crt", ".cer", ".der", ".p7b", ".p7c", ".p12", ".pfx", ".jks", ".key", ".csr"];

/// What an INPUT of the command line stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Path(PathBuf),
    Stdin,
    /// What was read of standard input before, so that it can be read again.
    Kept(Arc<[u8]>),
    Pasted(Arc<str>),
    Server(ServerInput),
}

/// A TLS server, and how to ask it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerInput {
    /// A DNS name, or an IP address without brackets.
    pub host: String,
    pub port: u16,
    /// The name to ask for (SNI) instead of `host`; an IP address is not sent (RFC 6066 3).
    pub servername: Option<String>,
    /// HTTP is spoken there, as far as is known: its protocols are offered (RFC 7301).
    pub http: bool,
    /// The protocol that is to go over to TLS first.
    pub starttls: Option<&'static Protocol>,
    /// Whom the connection goes through.
    pub proxy: Option<Box<Proxy>>,
    /// Addresses of one kind only.
    pub family: Option<Family>,
    /// One version of TLS only.
    pub version: Option<Version>,
    /// What is shown to a server that asks who the client is.
    pub client: Option<Box<ClientFiles>>,
    /// Where to connect instead: `host`, `host:port`, an IP address, `[v6]:port`.
    pub connect: Option<String>,
    /// For everything together: name resolution, connection, handshake.
    pub timeout: Duration,
}

/// `-4`, `-6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    V4,
    V6,
}

/// A version of TLS that can be asked for alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Tls12,
    Tls13,
}

/// Files in PEM; they are read when a handshake begins, and the key is forgotten when it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFiles {
    /// The client's own certificate first.
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Family {
    pub(super) fn has(self, address: IpAddr) -> bool {
        match self {
            Family::V4 => address.is_ipv4(),
            Family::V6 => address.is_ipv6(),
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        })
    }
}

/// Why a text names no input; what it names is escaped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    #[error("no such file, and not a server: {0}")]
    Neither(#[from] AddressError),
    #[error("no such file")]
    NoSuchFile,
    #[error("{scheme}:// is an unsupported scheme; https://, smtp://, imap://, ldap://, postgres:// and the like are")]
    Scheme { scheme: String },
    #[error("a user name in a URL is not used; leave it out")]
    UserName,
    #[error("host list {path}: {reason}")]
    HostList { path: String, reason: String },
    #[error("an empty name; a file, a folder, `-` or host[:port] was expected")]
    Empty,
}

impl Input {
    /// An existing file or folder takes precedence; then `-`, `https://host[:port][/...]`, `host[:port]`, an IP address. Looks at the file
    /// system, not at the network.
    pub fn parse(text: impl AsRef<OsStr>) -> Result<Self, InputError> {
        let path = Path::new(text.as_ref());
        let text = path.to_string_lossy();
        if text.is_empty() {
            return Err(InputError::Empty);
        }
        if text == "-" {
            return Ok(Self::Stdin);
        }
        if exists(path) {
            return Ok(Self::Path(path.to_owned()));
        }
        Self::server(&text)
    }

    /// A server, whatever exists as a path.
    pub(super) fn server(text: &str) -> Result<Self, InputError> {
        if let Some((scheme, rest)) = text.split_once("://") {
            return match Protocol::of_scheme(scheme) {
                Some((starttls, port)) => at_url(rest, starttls, port),
                None => Err(InputError::Scheme { scheme: escape(scheme) }),
            };
        }
        let lower = text.to_ascii_lowercase();
        if text.contains(['/', '\\']) || FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
            return Err(InputError::NoSuchFile);
        }
        server(text)
    }
}

impl ServerInput {
    /// A server that is asked for `host` at `host`, with the default timeout.
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self {
            host: host.into(),
            port,
            http: true,
            starttls: None,
            proxy: None,
            family: None,
            version: None,
            client: None,
            servername: None,
            connect: None,
            timeout: DEFAULT_TIMEOUT,
        }
    }

    /// Has the server asked for TLS in a protocol, at its usual port where no other was named.
    pub fn go_over(&mut self, protocol: &'static Protocol) {
        if self.port == HTTPS_PORT && self.starttls.is_none() {
            self.port = protocol.port();
        }
        (self.starttls, self.http) = (Some(protocol), false);
    }

    /// The server in messages, escaped: `host:port`, and where it was looked for instead.
    pub(super) fn peer(&self) -> String {
        let server = address::words(&self.host, self.port);
        escape(&match &self.connect {
            Some(other) => format!("{server} at {other}"),
            None => server,
        })
    }

    /// The server in origins, escaped: the host, and the port where it is not the usual one.
    pub(super) fn label(&self) -> String {
        server_label(&self.host, self.port)
    }
}

/// A link to nothing and a file in a closed folder exist too: reading them says what is wrong.
fn exists(path: &Path) -> bool {
    match path.symlink_metadata() {
        Ok(_) => true,
        Err(error) => matches!(error.kind(), ErrorKind::PermissionDenied),
    }
}

fn at_url(rest: &str, starttls: Option<&'static Protocol>, usual: u16) -> Result<Input, InputError> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(InputError::UserName);
    }
    let (host, port) = address::parse(authority)?;
    let http = usual == HTTPS_PORT;
    Ok(Input::Server(ServerInput { http, starttls, ..ServerInput::new(host, port.unwrap_or(usual)) }))
}

fn server(text: &str) -> Result<Input, InputError> {
    let (host, port) = address::parse(text)?;
    Ok(Input::Server(ServerInput::new(host, port.unwrap_or(HTTPS_PORT))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read() {
        for (text, host, port) in [
            ("example.test", "example.test", 443),
            ("example.test:8443", "example.test", 8443),
            ("https://Example.test", "example.test", 443),
            ("HTTPS://example.test:8443/a/b?c=d@e#f", "example.test", 8443),
            ("https://example.test?x", "example.test", 443),
            ("https://[::1]/", "::1", 443),
            ("[::1]:443", "::1", 443),
            ("::1", "::1", 443),
            ("127.0.0.1:4433", "127.0.0.1", 4433),
            ("localhost", "localhost", 443),
        ] {
            assert_eq!(Input::parse(text), Ok(Input::Server(ServerInput::new(host, port))), "{text}");
        }
    }

    #[test]
    fn what_exists_is_a_path_before_it_is_a_host() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["example.test", "chain.pem", "a b"] {
            let path = folder.path().join(name);
            std::fs::write(&path, "").unwrap();
            assert_eq!(Input::parse(&path), Ok(Input::Path(path)));
        }
        assert_eq!(Input::parse("src"), Ok(Input::Path("src".into())));
        assert_eq!(Input::parse("-"), Ok(Input::Stdin));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_a_path() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("dead.test");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        assert_eq!(Input::parse(&link), Ok(Input::Path(link)));
    }

    #[test]
    fn what_is_neither_says_why() {
        for (text, said) in [
            ("", "an empty name; a file, a folder, `-` or host[:port] was expected"),
            ("absent.pem", "no such file"),
            ("absent.CRT", "no such file"),
            ("./absent", "no such file"),
            ("a\x1bb/c", "no such file"),
            ("no such thing", "no such file, and not a server: no such thing: not a host name or an IP address"),
            ("example.test:x", "no such file, and not a server: x: not a port, which is a number from 1 to 65535"),
            ("https://", "no such file, and not a server: : not a host name or an IP address"),
            ("https://me@example.test", "a user name in a URL is not used; leave it out"),
            ("http://example.test", "http:// is an unsupported scheme; https://, smtp://, imap://, ldap://, postgres:// and the like are"),
        ] {
            assert_eq!(Input::parse(text).map_err(|error| error.to_string()), Err(said.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_server_is_named_with_what_is_unusual_about_it() {
        let mut server = ServerInput::new("::1", 443);
        assert_eq!((server.peer().as_str(), server.label().as_str()), ("[::1]:443", "::1"));
        (server.port, server.connect) = (8443, Some("other\n".to_owned()));
        assert_eq!((server.peer().as_str(), server.label().as_str()), (r"[::1]:8443 at other\u{a}", "[::1]:8443"));
    }
}
