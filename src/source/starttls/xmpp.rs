//! XMPP between client and server, and between servers (RFC 6120 5.4).

use super::talk::{Talk, said};

const TLS: &str = "urn:ietf:params:xml:ns:xmpp-tls";

pub(super) fn client(talk: &mut Talk<'_>, host: &str) -> Result<(), String> {
    stream(talk, host, "jabber:client")
}

pub(super) fn server(talk: &mut Talk<'_>, host: &str) -> Result<(), String> {
    stream(talk, host, "jabber:server")
}

fn stream(talk: &mut Talk<'_>, host: &str, namespace: &str) -> Result<(), String> {
    // A host is a DNS name or an address: nothing in it means anything to XML.
    let host: String = host.chars().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':' | '_')).collect();
    talk.send(
        format!(
            "<?xml version='1.0'?><stream:stream to='{host}' xmlns='{namespace}' xmlns:stream='http://etherx.jabber.org/streams' \
             version='1.0'>"
        )
        .as_bytes(),
    )?;
    let mut features = Vec::new();
    // A stream that is refused has an error in place of its features.
    while !ends(&features, b"</stream:features>") && !ends(&features, b"</stream:stream>") {
        features.extend(talk.until(b">")?);
        let text = features.trim_ascii_start();
        if !text.starts_with(b"<") || ends(&features, b"<stream:features/>") {
            break;
        }
    }
    let text = String::from_utf8_lossy(&features);
    if !text.contains(TLS) {
        let is_stream = text.contains("stream:features");
        return Err(if is_stream { "the server does not offer STARTTLS".to_owned() } else { said("no XMPP is spoken there", &features) });
    }
    talk.send(format!("<starttls xmlns='{TLS}'/>").as_bytes())?;
    let answer = talk.until(b">")?;
    if answer.trim_ascii_start().starts_with(b"<proceed") { Ok(()) } else { Err(said("STARTTLS was refused", &answer)) }
}

fn ends(text: &[u8], with: &[u8]) -> bool {
    text.ends_with(with)
}
