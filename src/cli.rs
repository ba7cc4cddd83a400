//! What was asked for on the command line: clap's arguments become one `Job`.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use crossroots::cert::{Origin, Time, TimeError, escape};
use crossroots::chain::Limits;
use crossroots::check::{Host, Naming, PURPOSES, Policy, PolicyInputs, Purpose};
use crossroots::explorer::Addition;
use crossroots::source::{
    ClientFiles, Family, Input, PROTOCOLS, Protocol, Proxy, ProxyError, SAMPLES, ServerInput, Version, read_host_list,
};
use crossroots::worker::{Asked, Request};
use serde::{Deserialize, Serialize};

use crate::config::Configuration;

/// Longest path that can be asked for: the search holds one stack frame for each certificate on it.
const MAX_DEPTH: u64 = 1_000;

/// Shows every road from a certificate to every root: which certificates share a name and a key, which link holds, which fails and why.
#[derive(Debug, Parser)]
#[command(name = "crossroots", version, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    look: LookArguments,
}

const AFTER_HELP: &str = "\
INPUT is a file, a folder, `-`, host[:port], a URL such as https://host or smtp://host, or @FILE with a server on every line.
What exists as a path is a path.
Without INPUT: the first built-in sample. Without a terminal on standard output: the text report.
Exit code: 0 every target has a valid path, 1 some target has none, 2 usage or unreadable input, 3 network.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a report: as text for people, as JSON for programs
    Report {
        #[command(flatten)]
        look: LookArguments,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// List the built-in samples, or explore one
    Sample {
        /// Its name, as the list shows it
        name: Option<String>,
        #[command(flatten)]
        policy: PolicyArguments,
        #[command(flatten)]
        screen: ScreenArguments,
        /// Write a report instead
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Say where the configuration is read from
    Config {
        /// Print the configuration in force, every key of every action in it
        #[arg(long)]
        print: bool,
    },
    /// Print a completion script
    Completions { shell: Shell },
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
struct LookArguments {
    /// A file, a folder, `-`, host[:port], a URL such as smtp://host, or @FILE with a server on every line
    #[arg(value_name = "INPUT")]
    inputs: Vec<OsString>,
    #[command(flatten)]
    policy: PolicyArguments,
    #[command(flatten)]
    handshake: HandshakeArguments,
    #[command(flatten)]
    screen: ScreenArguments,
}

#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
#[command(next_help_heading = "What it is judged against")]
struct PolicyArguments {
    /// Judge at this time: 2021-10-01, RFC 3339, now, +30d
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<String>,
    /// A trust store: mozilla (default), apple, microsoft, android, openjdk, system, none, or NAME=FILE; repeatable, each judged on its own
    #[arg(long, value_name = "STORE")]
    trust: Vec<String>,
    /// The certificate to explain: file, SHA-256 prefix, or subject text
    #[arg(long, value_name = "WHICH")]
    target: Option<String>,
    /// More candidates, shown only where a path uses them; repeatable
    #[arg(long, value_name = "PATH")]
    pool: Vec<PathBuf>,
    /// Passwords for PKCS#12, one a line; each is tried
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// A CRL, or a folder of them; repeatable
    #[arg(long, value_name = "FILE")]
    crl: Vec<PathBuf>,
    /// An OCSP response; repeatable
    #[arg(long, value_name = "FILE")]
    ocsp: Vec<PathBuf>,
    /// Fetch what the certificates name: issuers (AIA), CRLs, OCSP responses; http and https only
    #[arg(long)]
    online: bool,
    /// With --online, connect to private, loopback and link-local addresses too
    #[arg(long)]
    allow_private: bool,
    /// Every certificate but the anchor must be proven not to be revoked
    #[arg(long)]
    require_revocation: bool,
    /// Certificates on a path
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MAX_DEPTH))]
    max_depth: Option<u64>,
    /// What it is to be used for; otherwise server for what a TLS server sent, else any
    #[arg(long, value_name = "PURPOSE", value_parser = purpose_parser())]
    purpose: Option<Purpose>,
    /// The DNS name or address that the target is to stand for; otherwise what the server was asked by
    #[arg(long, value_name = "NAME", value_parser = Host::parse)]
    host: Option<Host>,
    /// An acceptable certificate policy, dotted; repeatable
    #[arg(long, value_name = "OID", value_parser = dotted_oid)]
    policy: Vec<String>,
    /// A certificate policy must hold along the whole path
    #[arg(long)]
    require_policy: bool,
    /// Certificate policies may not be mapped
    #[arg(long)]
    inhibit_mapping: bool,
    /// anyPolicy does not stand for others
    #[arg(long)]
    inhibit_any_policy: bool,
    /// What an anchor's certificate restricts binds its paths (RFC 5937)
    #[arg(long)]
    anchor_constraints: bool,
    /// What RFC 5280 and the CA/Browser Forum demand of an issuer fails where it is missing, instead of being a caution
    #[arg(long)]
    strict: bool,
    /// Nobody is to trust this certificate or key: a file of certificates, or a SHA-256; repeatable
    #[arg(long, value_name = "FILE|SHA256")]
    distrust: Vec<String>,
    /// The transparency logs whose timestamps are checked: the public JSON list (log_list.json, version 3)
    #[arg(long, value_name = "FILE")]
    ct_logs: Option<PathBuf>,
    /// Do not hold an anchor to its own dates (RFC 5280 6.1.1 (d) gives it none)
    #[arg(long)]
    ignore_anchor_dates: bool,
}

fn purpose_parser() -> impl TypedValueParser<Value = Purpose> {
    let words = PossibleValuesParser::new(PURPOSES.iter().map(|needs| needs.word));
    words.map(|word| Purpose::named(&word).unwrap_or(Purpose::Any))
}

/// A dotted OID: numbers, at least two, the first of them below 3.
fn dotted_oid(text: &str) -> Result<String, String> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    let is_sound = parts.len() > 1 && parts.iter().all(|part| is_number(part)) && matches!(parts.first(), Some(&("0" | "1" | "2")));
    if is_sound { Ok(text.to_owned()) } else { Err("expected an OID such as 2.23.140.1.2.1".to_owned()) }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "The handshake with a server")]
struct HandshakeArguments {
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

#[derive(Debug, Args, Default, Clone, Copy, PartialEq, Eq)]
#[command(next_help_heading = "The screen")]
pub struct ScreenArguments {
    /// Write the findings that pass, too
    #[arg(long)]
    pub all_findings: bool,
    /// ASCII only
    #[arg(long)]
    pub ascii: bool,
    /// When colours are used: auto is on a terminal, where NO_COLOR is not set
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<Color>,
    /// The colours of the screen: auto is dark or light, as the terminal says
    #[arg(long, value_enum)]
    pub theme: Option<ThemeChoice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    /// The graph for Graphviz
    Dot,
    /// The graph for Markdown
    Mermaid,
    /// The chain that a server has to send, without the root
    Pem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Color {
    /// On a terminal, where NO_COLOR is not set
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// Dark or light, as the terminal says; the sixteen colours of its own theme where it does not say
    #[default]
    Auto,
    Dark,
    Light,
    Sixteen,
    HighContrast,
}

/// What is to be done.
#[derive(Debug)]
pub enum Job {
    Look(Box<Look>),
    ListSamples,
    Config { print: bool },
    Completions(Shell),
    Man,
}

/// Certificates are to be explained.
#[derive(Debug, Clone)]
pub struct Look {
    pub request: Request,
    /// `None`: the sample's own time, else now.
    pub at: Option<Time>,
    pub target: Option<String>,
    policy: PolicyArguments,
    pub screen: ScreenArguments,
    /// `None`: explore.
    pub format: Option<Format>,
    /// Nothing was named, so the first sample stands in.
    pub is_default: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    #[error("--at {0}")]
    Time(#[from] TimeError),
    #[error("{option} needs an input that is a server")]
    NoServer { option: &'static str },
    #[error("{option} is for one server, and {servers} are named")]
    SeveralServers { option: &'static str, servers: usize },
    #[error("--proxy {0}")]
    Proxy(#[from] ProxyError),
    #[error("standard input (`-`) can be read once only")]
    StdinTwice,
    #[error("options are for a sample that is named: `crossroots sample NAME`")]
    NoSample,
}

impl Look {
    /// What no argument said is as the person set it once for all.
    pub fn fill_in(&mut self, configuration: &Configuration) {
        self.screen.ascii |= configuration.ascii;
        self.screen.color = self.screen.color.or(Some(configuration.color));
        self.screen.theme = self.screen.theme.or(Some(configuration.theme));
        // A sample brings its own stores.
        if self.request.stores.is_empty() && self.request.sample.is_none() {
            self.request.stores.clone_from(&configuration.trust);
        }
    }

    /// Fetch what the certificates name before the report, or once they are on the screen.
    pub fn is_online(&self) -> bool {
        self.policy.online
    }

    /// Also at addresses that are not public.
    pub fn allows_private(&self) -> bool {
        self.policy.allow_private
    }

    /// Asks for `addition` too, in place of a sample: that is judged at a time and against stores of its own. Returns the name of the
    /// addition, as problems have it.
    pub fn add(&mut self, addition: Addition) -> Option<String> {
        let (text, input) = match addition {
            Addition::Nothing => return None,
            Addition::Named(text) => (escape(&text), Input::parse(&text)),
            Addition::Pasted(text) => (Origin::Pasted { block: None }.to_string(), Ok(Input::Pasted(text.into()))),
        };
        self.request.sample = None;
        self.is_default = false;
        self.request.inputs.push(Asked { text: text.clone(), input });
        Some(text)
    }

    /// The policy, where the sample's own or that of the present counts for what was not asked for.
    pub fn policy(&self, base: Policy) -> Policy {
        let at = self.at.unwrap_or(base.at);
        self.policy.applied_to(Policy { at, ..base })
    }
}

impl PolicyArguments {
    /// The policy, where `base` counts for what was not asked for.
    fn applied_to(&self, base: Policy) -> Policy {
        let depth = self.max_depth.and_then(|depth| usize::try_from(depth).ok());
        let strict = self.strict || base.strict;
        let policies = PolicyInputs {
            initial: if self.policy.is_empty() { base.policies.initial } else { self.policy.iter().cloned().collect() },
            require_explicit: self.require_policy || base.policies.require_explicit,
            inhibit_mapping: self.inhibit_mapping || base.policies.inhibit_mapping,
            inhibit_any: self.inhibit_any_policy || base.policies.inhibit_any,
        };
        Policy {
            purpose: self.purpose.or(base.purpose),
            naming: Naming::of(strict),
            host: self.host.clone().or(base.host),
            policies,
            anchor_constraints: self.anchor_constraints || base.anchor_constraints,
            strict,
            require_revocation: self.require_revocation || base.require_revocation,
            ignore_anchor_dates: self.ignore_anchor_dates || base.ignore_anchor_dates,
            limits: depth.map_or(base.limits, |depth| Limits { depth, ..base.limits }),
            ..base
        }
    }
}

/// Puts the arguments together; looks at the file system to tell a file from a server.
pub fn job(arguments: Arguments, now: Time) -> Result<Job, UsageError> {
    match arguments.command {
        None => look(arguments.look, None, now),
        Some(Command::Report { look: arguments, format }) => look(arguments, Some(format), now),
        Some(Command::Sample { name: None, policy, screen, format }) => {
            let plain = policy == PolicyArguments::default() && screen == ScreenArguments::default() && format.is_none();
            if plain { Ok(Job::ListSamples) } else { Err(UsageError::NoSample) }
        }
        Some(Command::Sample { name: Some(name), policy, screen, format }) => {
            let request = Request { sample: Some(name), ..Request::default() };
            whole(request, policy, screen, format, now)
        }
        Some(Command::Config { print }) => Ok(Job::Config { print }),
        Some(Command::Completions { shell }) => Ok(Job::Completions(shell)),
        Some(Command::Man) => Ok(Job::Man),
    }
}

fn look(arguments: LookArguments, format: Option<Format>, now: Time) -> Result<Job, UsageError> {
    let mut inputs: Vec<Asked> = arguments.inputs.iter().flat_map(|text| asked(text)).collect();
    if inputs.iter().filter(|asked| asked.input == Ok(Input::Stdin)).count() > 1 {
        return Err(UsageError::StdinTwice);
    }
    ask(&mut inputs, &arguments.handshake)?;
    whole(Request { inputs, ..Request::default() }, arguments.policy, arguments.screen, format, now)
}

/// An input, or the servers of the list that `@FILE` names. What exists as a path is a path.
fn asked(text: &OsStr) -> Vec<Asked> {
    let escaped = escape(&text.to_string_lossy());
    let list = text.to_str().and_then(|text| text.strip_prefix('@')).filter(|_| !Path::new(text).exists());
    match list.map(|path| read_host_list(Path::new(path))) {
        None => vec![Asked { text: escaped, input: Input::parse(text) }],
        Some(Ok(servers)) => servers.into_iter().map(|(text, input)| Asked { text, input }).collect(),
        Some(Err(error)) => vec![Asked { text: escaped, input: Err(error) }],
    }
}

/// Puts the handshake's options into the servers among `inputs`.
fn ask(inputs: &mut [Asked], handshake: &HandshakeArguments) -> Result<(), UsageError> {
    let servers = inputs.iter().filter(|asked| matches!(asked.input, Ok(Input::Server(_)))).count();
    for (option, _, most) in handshake.given().into_iter().filter(|(_, is_given, _)| *is_given) {
        if servers == 0 {
            return Err(UsageError::NoServer { option });
        }
        if servers > most {
            return Err(UsageError::SeveralServers { option, servers });
        }
    }
    for asked in inputs {
        if let Ok(Input::Server(server)) = &mut asked.input {
            handshake.put_into(server)?;
        }
    }
    Ok(())
}

fn whole(
    mut request: Request,
    policy: PolicyArguments,
    screen: ScreenArguments,
    format: Option<Format>,
    now: Time,
) -> Result<Job, UsageError> {
    let is_default = request.inputs.is_empty() && request.sample.is_none();
    if is_default {
        request.sample = SAMPLES.first().map(|sample| sample.name.to_owned());
    }
    let at = policy.at.as_deref().map(|text| Time::parse(text, now)).transpose()?;
    request.candidates.clone_from(&policy.pool);
    request.stores.clone_from(&policy.trust);
    request.ct_logs.clone_from(&policy.ct_logs);
    request.passwords.clone_from(&policy.password_file);
    // While a server is asked the screen is alive already, and has the keyboard.
    request.may_ask = !request.inputs.iter().any(|asked| matches!(asked.input, Ok(Input::Server(_))));
    request.distrust.clone_from(&policy.distrust);
    request.crls.clone_from(&policy.crl);
    request.responses.clone_from(&policy.ocsp);
    Ok(Job::Look(Box::new(Look { request, at, target: policy.target.clone(), policy, screen, format, is_default })))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    fn read(line: &str) -> Result<Job, String> {
        let arguments = Arguments::try_parse_from(line.split(' ')).map_err(|error| error.kind().to_string())?;
        job(arguments, Time(0)).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_impossible_is_refused_with_the_reason() {
        for (line, said) in [
            ("crossroots --connect 127.0.0.1", "--connect needs an input that is a server"),
            ("crossroots report src --timeout 3", "--timeout needs an input that is a server"),
            ("crossroots a.test b.test --servername c.test", "--servername is for one server, and 2 are named"),
            ("crossroots - -", "standard input (`-`) can be read once only"),
            ("crossroots sample --at now", "options are for a sample that is named: `crossroots sample NAME`"),
        ] {
            assert_eq!(read(line).map(|_| ()), Err(said.to_owned()), "{line}");
        }
        assert!(read("crossroots --at yesterday").unwrap_err().starts_with("--at `yesterday` is not a time"));
        assert!(read("crossroots --max-depth 0").is_err());
    }

    #[test]
    fn times_may_begin_with_a_sign() {
        let Ok(Job::Look(look)) = read("crossroots report --at -1d src") else { panic!("no job") };
        assert_eq!(look.policy(Policy::at(Time(7))).at, Time(-86_400));
    }
}
