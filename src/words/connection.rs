//! How a connection to a server went: one list of facts for the screen, the same in a sentence for the report.

use crate::cert::{dns_name_words, hex};
use crate::source::{ClientRequest, Handshake, KeyProof, Resumption, TimestampCount, Timestamps};

use super::counted;

/// Authorities that are written out; the JSON report has every one.
const SHOWN_AUTHORITIES: usize = 10;
const NOT_AUTHENTICATED: &str = "the handshake only collected certificates; the server was not authenticated";
const OLD_HELLO: &str = "asked again with a hello of TLS 1.2 and older, whose answer was read but not carried on";

/// Something that is known, with what it is called; escaped text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    pub label: &'static str,
    pub value: String,
}

/// One fact a line.
pub fn connection(handshake: &Handshake) -> Vec<Labelled> {
    let fact = |label: &'static str, value: String| Labelled { label, value };
    let agreed = |what: &Option<String>, none: &str| what.clone().unwrap_or_else(|| none.to_owned());
    let mut out = vec![
        fact("Server", format!("{} port {}, at {}", dns_name_words(&handshake.host), handshake.port, handshake.address)),
        fact("Name asked for", agreed(&handshake.server_name, "none (no SNI)")),
        fact("Version", agreed(&handshake.version, "not negotiated")),
        fact("Cipher suite", agreed(&handshake.cipher_suite, "not negotiated")),
        fact("Key exchange group", agreed(&handshake.group, "none")),
        fact("ALPN", agreed(&handshake.alpn, "none")),
    ];
    out.extend(handshake.starttls.map(|protocol| fact("STARTTLS", protocol.to_owned())));
    out.extend(handshake.proxy.as_ref().map(|proxy| fact("Proxy", proxy.clone())));
    out.push(match &handshake.stapled_ocsp {
        Some(response) => fact("Stapled OCSP", format!("{}, {}", counted(response.len(), "byte"), hex(response))),
        None => fact("Stapled OCSP", "none".to_owned()),
    });
    out.push(fact("Key", key_proof(&handshake.key_proof)));
    out.push(fact("Resumption", resumption(handshake.resumption).to_owned()));
    out.push(fact("Client certificate", handshake.client_request.as_ref().map_or_else(|| "not asked for".to_owned(), client_request)));
    out.push(fact("Timestamps", timestamps(&handshake.timestamps)));
    out.extend(asked_again(handshake).map(|words| fact("Asked again", words)));
    if let Err(error) = &handshake.completed {
        out.push(fact("Handshake", format!("broke off: {error}")));
    }
    out.push(fact("Note", NOT_AUTHENTICATED.to_owned()));
    out
}

/// `example.org at 192.0.2.1:443: TLS 1.3, TLS_AES_128_GCM_SHA256, X25519; ...`.
pub fn connection_sentence(handshake: &Handshake) -> String {
    let mut agreed: Vec<&str> =
        [&handshake.version, &handshake.cipher_suite, &handshake.group].into_iter().filter_map(Option::as_deref).collect();
    if agreed.is_empty() {
        agreed.push("nothing agreed on");
    }
    let alpn = handshake.alpn.as_deref().map_or_else(|| "no ALPN".to_owned(), |alpn| format!("ALPN {alpn}"));
    let stapled = match &handshake.stapled_ocsp {
        Some(response) => format!("stapled OCSP response of {}", counted(response.len(), "byte")),
        None => "no stapled OCSP response".to_owned(),
    };
    let starttls = handshake.starttls.map_or_else(String::new, |protocol| format!(" by STARTTLS in {protocol}"));
    let proxy = handshake.proxy.as_ref().map_or_else(String::new, |proxy| format!(" through {proxy}"));
    let mut facts = vec![alpn, stapled, key_proof(&handshake.key_proof), resumption(handshake.resumption).to_owned()];
    facts.extend(handshake.client_request.as_ref().map(client_request));
    facts.push(timestamps(&handshake.timestamps));
    facts.extend(asked_again(handshake));
    facts.extend(handshake.completed.as_ref().err().map(ToString::to_string));
    facts.push(NOT_AUTHENTICATED.to_owned());
    format!("{} at {}{proxy}{starttls}: {}, {}", dns_name_words(&handshake.host), handshake.address, agreed.join(", "), facts.join("; "))
}

fn asked_again(handshake: &Handshake) -> Option<String> {
    handshake.asked_again.as_ref().map(|first| format!("{OLD_HELLO}, since {first}"))
}

fn key_proof(proof: &KeyProof) -> String {
    match proof {
        KeyProof::Given { scheme } => format!("the server proved to hold the certificate's key ({scheme})"),
        KeyProof::Wrong { scheme } => format!("the server does NOT hold the certificate's key: its signature is bad ({scheme})"),
        KeyProof::NotJudged { reason } => format!("not known whether the server holds the certificate's key: {reason}"),
        KeyProof::NotSeen { reason } => format!("the server did not prove to hold the certificate's key: {reason}"),
    }
}

fn resumption(resumption: Resumption) -> &'static str {
    match resumption {
        Resumption::Offered => "session resumption offered",
        Resumption::NotOffered => "session resumption not offered",
        Resumption::NotSeen => "session resumption not seen",
    }
}

fn client_request(request: &ClientRequest) -> String {
    let issuers = match request.authorities.len() + request.unreadable {
        0 => "any issuer".to_owned(),
        count => counted(count, "issuer"),
    };
    let names: Vec<String> = request.authorities.iter().take(SHOWN_AUTHORITIES).map(ToString::to_string).collect();
    let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(" / ")) };
    let more = match request.authorities.len().saturating_sub(SHOWN_AUTHORITIES) {
        0 => String::new(),
        more => format!(" and {more} more, which the JSON report names"),
    };
    let unreadable = match request.unreadable {
        0 => String::new(),
        unreadable => format!("; {} cannot be read", counted(unreadable, "name")),
    };
    let answer = if request.answered { "one was sent" } else { "none was sent" };
    format!("asks for a certificate of the client, of {issuers}{names}{more}{unreadable}; {answer}")
}

fn timestamps(timestamps: &Timestamps) -> String {
    let Timestamps { embedded, ocsp, handshake } = timestamps;
    let [embedded, ocsp, handshake] = [embedded, ocsp, handshake].map(listed);
    format!("signed timestamps: {embedded} in the certificate, {ocsp} in the OCSP response, {handshake} in the handshake")
}

fn listed(listed: &TimestampCount) -> String {
    match listed {
        TimestampCount::NotAsked => "not asked for".to_owned(),
        TimestampCount::Absent => "none".to_owned(),
        TimestampCount::Found(count) => count.to_string(),
        TimestampCount::Unreadable(reason) => format!("unreadable ({reason})"),
    }
}
