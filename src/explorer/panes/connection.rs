//! What is known of the connection to a server.

use crate::cert::hex;
use crate::explorer::Fact;
use crate::source::{Handshake, NOT_AUTHENTICATED, OLD_HELLO};

/// One fact a line, for the server's own certificates.
pub(in crate::explorer) fn connection_facts(handshake: &Handshake) -> Vec<Fact> {
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    let mut out = vec![
        fact("Server", format!("{} port {}, at {}", handshake.host, handshake.port, handshake.address)),
        fact("Name asked for", handshake.server_name.clone().unwrap_or_else(|| "none (no SNI)".to_owned())),
        fact("Version", handshake.version.clone().unwrap_or_else(|| "not negotiated".to_owned())),
        fact("Cipher suite", handshake.cipher_suite.clone().unwrap_or_else(|| "not negotiated".to_owned())),
        fact("Key exchange group", handshake.group.clone().unwrap_or_else(|| "none".to_owned())),
        fact("ALPN", handshake.alpn.clone().unwrap_or_else(|| "none".to_owned())),
    ];
    out.extend(handshake.starttls.map(|protocol| fact("STARTTLS", protocol.to_owned())));
    out.extend(handshake.proxy.as_ref().map(|proxy| fact("Proxy", proxy.clone())));
    out.push(match &handshake.stapled_ocsp {
        Some(response) => fact("Stapled OCSP", format!("{} bytes, {}", response.len(), hex(response))),
        None => fact("Stapled OCSP", "none".to_owned()),
    });
    out.push(fact("Key", handshake.key_proof.to_string()));
    out.push(fact("Resumption", handshake.resumption.to_string()));
    let request = handshake.client_request.as_ref();
    out.push(fact("Client certificate", request.map_or_else(|| "not asked for".to_owned(), ToString::to_string)));
    out.push(fact("Timestamps", handshake.timestamps.to_string()));
    if let Some(first) = &handshake.asked_again {
        out.push(fact("Asked again", format!("{OLD_HELLO}, since {first}")));
    }
    if let Err(error) = &handshake.completed {
        out.push(fact("Handshake", format!("broke off: {error}")));
    }
    out.push(fact("Note", NOT_AUTHENTICATED.to_owned()));
    out
}
