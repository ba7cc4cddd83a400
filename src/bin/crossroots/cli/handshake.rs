//! How a server is asked: the options, put into every server that is named.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use crossroots::source::{ClientFiles, Family, Input, PROTOCOLS, Protocol, Proxy, ProxyError, ServerInput, Version};
use crossroots::worker::Asked;

#[derive(Debug, Args)]
#[command(next_help_heading = "TLS connection")]
pub(super) struct HandshakeArguments {
    /// The name to ask the server for
    #[arg(long, value_name = "NAME")]
    servername: Option<String>,
    /// Where to connect instead of the server's own address
    #[arg(long, value_name = "ADDR")]
    connect: Option<String>,
    /// Ask for TLS in this protocol first: smtp, imap, ldap, postgres and others; also said by a URL, as in imap://host
    #[arg(long, value_name = "PROTOCOL", value_parser = PossibleValuesParser::new(PROTOCOLS.iter().map(|protocol| protocol.word)))]
    starttls: Option<String>,
    /// Go through a proxy: http://[user:password@]host[:port], socks5://host; none: not even where the environment names one
    #[arg(long, value_name = "URL")]
    proxy: Option<String>,
    /// Seconds for name, connection and handshake together
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    timeout: Option<u64>,
    /// Only IPv4 addresses
    #[arg(short = '4', long, conflicts_with = "ipv6")]
    ipv4: bool,
    /// Only IPv6 addresses
    #[arg(short = '6', long)]
    ipv6: bool,
    /// Only this version of TLS
    #[arg(long, value_name = "VERSION", value_parser = tls_version())]
    tls: Option<Version>,
    /// The client's certificate chain, PEM, for a server that asks for one; it is explained, too, as a client's
    #[arg(long, value_name = "FILE")]
    cert: Option<PathBuf>,
    /// Its private key, PEM, not encrypted; the same file where it is not named. It is forgotten with the handshake
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
}

fn tls_version() -> impl TypedValueParser<Value = Version> {
    PossibleValuesParser::new(["1.2", "1.3"]).map(|word| if word == "1.2" { Version::Tls12 } else { Version::Tls13 })
}

impl HandshakeArguments {
    /// Each option, whether it was given, and for how many servers it is good.
    fn given(&self) -> [(&'static str, bool, usize); 9] {
        [
            ("--servername", self.servername.is_some(), 1),
            ("--connect", self.connect.is_some(), 1),
            ("--starttls", self.starttls.is_some(), usize::MAX),
            ("--proxy", self.proxy.is_some(), usize::MAX),
            ("--timeout", self.timeout.is_some(), usize::MAX),
            ("-4", self.ipv4, usize::MAX),
            ("-6", self.ipv6, usize::MAX),
            ("--tls", self.tls.is_some(), usize::MAX),
            // Who the client is shall not be told to a whole list.
            ("--cert", self.cert.is_some(), 1),
        ]
    }

    fn put_into(&self, server: &mut ServerInput) -> Result<(), ProxyError> {
        server.servername.clone_from(&self.servername);
        server.connect.clone_from(&self.connect);
        if let Some(protocol) = self.starttls.as_deref().and_then(Protocol::named) {
            server.go_over(protocol);
        }
        server.proxy = match self.proxy.as_deref() {
            Some("none") => None,
            Some(named) => Some(Box::new(Proxy::parse(named)?)),
            None => Proxy::of_environment(&server.host, server.port, &|name| std::env::var(name).ok())?.map(Box::new),
        };
        if let Some(seconds) = self.timeout {
            server.timeout = Duration::from_secs(seconds);
        }
        server.family = if self.ipv4 { Some(Family::V4) } else { self.ipv6.then_some(Family::V6) };
        server.version = self.tls;
        let key = self.key.clone().or_else(|| self.cert.clone());
        server.client = self.cert.clone().zip(key).map(|(certificate, key)| Box::new(ClientFiles { certificate, key }));
        Ok(())
    }
}

/// Options of the handshake that no server, or more servers than can be meant, would be asked by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandshakeError {
    #[error("{option} needs an input that is a server")]
    NoServer { option: &'static str },
    #[error("{option} is for one server, and {servers} are named")]
    SeveralServers { option: &'static str, servers: usize },
    #[error("--proxy {0}")]
    Proxy(#[from] ProxyError),
}

/// Puts the handshake's options into the servers among `inputs`.
pub(super) fn ask(inputs: &mut [Asked], handshake: &HandshakeArguments) -> Result<(), HandshakeError> {
    let servers = inputs.iter().filter(|asked| matches!(asked.input, Ok(Input::Server(_)))).count();
    for (option, _, most) in handshake.given().into_iter().filter(|(_, is_given, _)| *is_given) {
        if servers == 0 {
            return Err(HandshakeError::NoServer { option });
        }
        if servers > most {
            return Err(HandshakeError::SeveralServers { option, servers });
        }
    }
    for asked in inputs {
        if let Ok(Input::Server(server)) = &mut asked.input {
            handshake.put_into(server)?;
        }
    }
    Ok(())
}
