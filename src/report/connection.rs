//! How a connection to a server went, in words.

use crate::source::{Handshake, NOT_AUTHENTICATED, OLD_HELLO};

/// `example.org at 192.0.2.1:443: TLS 1.3, TLS_AES_128_GCM_SHA256, X25519; ...`.
pub(super) fn words(connection: &Handshake) -> String {
    let mut agreed: Vec<&str> =
        [&connection.version, &connection.cipher_suite, &connection.group].into_iter().filter_map(Option::as_deref).collect();
    if agreed.is_empty() {
        agreed.push("nothing agreed on");
    }
    let alpn = connection.alpn.as_deref().map_or_else(|| "no ALPN".to_owned(), |alpn| format!("ALPN {alpn}"));
    let stapled = match &connection.stapled_ocsp {
        Some(response) => format!("stapled OCSP response of {} bytes", response.len()),
        None => "no stapled OCSP response".to_owned(),
    };
    let starttls = connection.starttls.map_or_else(String::new, |protocol| format!(" by STARTTLS in {protocol}"));
    let proxy = connection.proxy.as_ref().map_or_else(String::new, |proxy| format!(" through {proxy}"));
    let mut facts = vec![alpn, stapled, connection.key_proof.to_string(), connection.resumption.to_string()];
    facts.extend(connection.client_request.as_ref().map(ToString::to_string));
    facts.push(connection.timestamps.to_string());
    facts.extend(connection.asked_again.as_ref().map(|first| format!("{OLD_HELLO}, since {first}")));
    facts.extend(connection.completed.as_ref().err().map(ToString::to_string));
    facts.push(NOT_AUTHENTICATED.to_owned());
    format!("{} at {}{proxy}{starttls}: {}, {}", connection.host, connection.address, agreed.join(", "), facts.join("; "))
}
