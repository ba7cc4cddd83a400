//! What was asked for on the command line: clap's arguments become one `Task`.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::path::Path;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use crossroots::cert::{Origin, Time, TimeError, escape};
use crossroots::check::Policy;
use crossroots::explorer::Addition;
use crossroots::source::{Input, SAMPLES, read_host_list};
use crossroots::worker::{Asked, Request};

use super::config::Configuration;
use super::screen::ScreenArguments;
use handshake::{HandshakeArguments, HandshakeError, ask};
use policy::PolicyArguments;

mod handshake;
mod policy;

/// Shows every path from a certificate to every root: which certificates share a name and a key, and which signature or validity window fails.
#[derive(Debug, Parser)]
#[command(name = "crossroots", version, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Verb>,
    #[command(flatten)]
    look: LookArguments,
}

const AFTER_HELP: &str = "\
INPUT is a file, a folder, `-`, host[:port], a URL such as https://host or smtp://host, or @FILE with a server on every line.
An existing file or folder takes precedence over a host name.
Without INPUT: the first built-in sample. Without a terminal on standard output: the text report. With --plain: line by line, for screen readers.
Exit code: 0 every target has a valid path, 1 some target has none, 2 usage or nothing readable, 3 nothing reachable,
4 every target has one, but something that was asked for could not be read or reached. These are the exit codes of a report. The
explorer, on the screen or with --plain, exits with 0 whatever the verdicts, and with 2 or 3 if nothing could be opened.";

#[derive(Debug, Subcommand)]
enum Verb {
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
    /// Print the elements of certificates, CRLs, OCSP responses, and of what cannot be read
    Asn1 {
        /// As above
        #[arg(value_name = "INPUT", required = true)]
        inputs: Vec<OsString>,
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

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    Look(Box<Inspection>),
    ListSamples,
    Asn1(Vec<Asked>),
    Config { print: bool },
    Completions(Shell),
    Man,
}

/// Certificates are to be explained.
#[derive(Debug, Clone)]
pub struct Inspection {
    pub request: Request,
    /// `None`: the sample's own time, else now.
    pub at: Option<Time>,
    /// The time at which the target signed something, as a time stamp says.
    pub at_signature: bool,
    pub target: Option<String>,
    policy: PolicyArguments,
    /// The stores that the person set once for all; a sample brings its own.
    configured_stores: Vec<String>,
    pub screen: ScreenArguments,
    /// `None`: explore.
    pub format: Option<Format>,
    /// Nothing was named, so the first sample stands in.
    pub is_default: bool,
}

/// What `--at` takes beside a time.
const AT_SIGNATURE: &str = "signature";

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    #[error("--at {0}")]
    Time(#[from] TimeError),
    #[error(transparent)]
    Handshake(#[from] HandshakeError),
    #[error("standard input (`-`) can be read once only")]
    StdinTwice,
    #[error("options are for a sample that is named: `crossroots sample NAME`")]
    NoSample,
}

impl Inspection {
    /// What no argument said is as the person set it once for all.
    pub fn fill_in(&mut self, configuration: &Configuration) {
        self.screen.ascii |= configuration.ascii && !self.screen.unicode;
        // Asked for once for all, it is for where a screen would be; a pipe still gets the report.
        self.screen.plain |= configuration.plain && io::stdout().is_terminal();
        self.screen.color = self.screen.color.or(Some(configuration.color));
        self.screen.theme = self.screen.theme.or(Some(configuration.theme));
        self.configured_stores.clone_from(&configuration.trust);
        self.choose_stores();
    }

    fn choose_stores(&mut self) {
        if self.request.stores.is_empty() && self.request.sample.is_none() {
            self.request.stores.clone_from(&self.configured_stores);
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
        self.choose_stores();
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

/// Puts the arguments together; looks at the file system to tell a file from a server.
pub fn task(arguments: Arguments, now: Time) -> Result<Task, UsageError> {
    match arguments.command {
        None => look(arguments.look, None, now),
        Some(Verb::Report { look: arguments, format }) => look(arguments, Some(format), now),
        Some(Verb::Sample { name: None, policy, screen, format }) => {
            let plain = policy == PolicyArguments::default() && screen == ScreenArguments::default() && format.is_none();
            if plain { Ok(Task::ListSamples) } else { Err(UsageError::NoSample) }
        }
        Some(Verb::Sample { name: Some(name), policy, screen, format }) => {
            let request = Request { sample: Some(name), ..Request::default() };
            whole(request, policy, screen, format, now)
        }
        Some(Verb::Asn1 { inputs }) => Ok(Task::Asn1(inputs.iter().flat_map(|text| asked(text)).collect())),
        Some(Verb::Config { print }) => Ok(Task::Config { print }),
        Some(Verb::Completions { shell }) => Ok(Task::Completions(shell)),
        Some(Verb::Man) => Ok(Task::Man),
    }
}

fn look(arguments: LookArguments, format: Option<Format>, now: Time) -> Result<Task, UsageError> {
    let mut inputs: Vec<Asked> = arguments.inputs.iter().flat_map(|text| asked(text)).collect();
    if inputs.iter().filter(|asked| asked.input == Ok(Input::Stdin)).count() > 1 {
        return Err(UsageError::StdinTwice);
    }
    ask(&mut inputs, &arguments.handshake)?;
    whole(Request { inputs, ..Request::default() }, arguments.policy, arguments.screen, format, now)
}

/// An input, or the servers of the list that `@FILE` names. An existing file or folder takes precedence over a host name.
fn asked(text: &OsStr) -> Vec<Asked> {
    let escaped = escape(&text.to_string_lossy());
    let list = text.to_str().and_then(|text| text.strip_prefix('@')).filter(|_| !Path::new(text).exists());
    match list.map(|path| read_host_list(Path::new(path))) {
        None => vec![Asked { text: escaped, input: Input::parse(text) }],
        Some(Ok(servers)) => servers.into_iter().map(|(text, input)| Asked { text, input }).collect(),
        Some(Err(error)) => vec![Asked { text: escaped, input: Err(error) }],
    }
}

fn whole(
    mut request: Request,
    policy: PolicyArguments,
    screen: ScreenArguments,
    format: Option<Format>,
    now: Time,
) -> Result<Task, UsageError> {
    let is_default = request.inputs.is_empty() && request.sample.is_none();
    if is_default {
        request.sample = SAMPLES.first().map(|sample| sample.name.to_owned());
    }
    let at_signature = policy.at.as_deref() == Some(AT_SIGNATURE);
    let at = policy.at.as_deref().filter(|_| !at_signature).map(|text| Time::parse(text, now)).transpose()?;
    request.candidates.clone_from(&policy.pool);
    request.stores.clone_from(&policy.trust);
    request.ct_logs.clone_from(&policy.ct_logs);
    request.passwords.clone_from(&policy.password_file);
    // While a server is asked the screen is alive already, and has the keyboard.
    request.may_ask = !request.inputs.iter().any(|asked| matches!(asked.input, Ok(Input::Server(_))));
    request.distrust.clone_from(&policy.distrust);
    request.crls.clone_from(&policy.crl);
    request.responses.clone_from(&policy.ocsp);
    let (target, configured_stores) = (policy.target.clone(), Vec::new());
    Ok(Task::Look(Box::new(Inspection { request, at, at_signature, target, policy, configured_stores, screen, format, is_default })))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    fn read(line: &str) -> Result<Task, String> {
        let arguments = Arguments::try_parse_from(line.split(' ')).map_err(|error| error.kind().to_string())?;
        task(arguments, Time(0)).map_err(|error| error.to_string())
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
    fn what_takes_a_samples_place_is_judged_against_the_configured_stores() {
        let configuration = Configuration { trust: vec!["none".to_owned()], ..Configuration::default() };
        for (line, before, after) in [
            ("crossroots", &[][..], &["none"][..]),
            ("crossroots src", &["none"], &["none"]),
            ("crossroots --trust system", &["system"], &["system"]),
        ] {
            let Ok(Task::Look(mut look)) = read(line) else { panic!("no task") };
            look.fill_in(&configuration);
            assert_eq!(look.request.stores, before, "{line}");
            look.add(Addition::Named("Cargo.toml".to_owned()));
            assert_eq!(look.request.stores, after, "{line}");
        }
    }

    #[test]
    fn times_may_begin_with_a_sign() {
        let Ok(Task::Look(look)) = read("crossroots report --at -1d src") else { panic!("no task") };
        assert_eq!(look.policy(Policy::at(Time(7))).at, Time(-86_400));
    }
}
