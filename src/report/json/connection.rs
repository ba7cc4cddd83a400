//! A connection in the shape of `schema`.

use super::schema::{ClientRequest, Connection, CountOrWord, KeyProof, Timestamps};
use crate::source::{self, Handshake, Resumption, TimestampCount};

pub(super) fn connection(handshake: &Handshake) -> Connection {
    let source::Timestamps { embedded, ocsp, handshake: extension } = &handshake.timestamps;
    Connection {
        host: handshake.host.clone(),
        port: handshake.port,
        address: handshake.address.to_string(),
        server_name: handshake.server_name.clone(),
        version: handshake.version.clone(),
        cipher_suite: handshake.cipher_suite.clone(),
        group: handshake.group.clone(),
        proxy: handshake.proxy.clone(),
        starttls: handshake.starttls,
        alpn: handshake.alpn.clone(),
        stapled_ocsp: handshake.stapled_ocsp.as_ref().map(Vec::len),
        key_proof: key_proof(&handshake.key_proof),
        resumption: match handshake.resumption {
            Resumption::Offered => "offered",
            Resumption::NotOffered => "not-offered",
            Resumption::NotSeen => "not-seen",
        },
        client_request: handshake.client_request.as_ref().map(|request| ClientRequest {
            authorities: request.authorities.iter().map(ToString::to_string).collect(),
            unreadable: request.unreadable,
            answered: request.answered,
        }),
        timestamps: Timestamps { embedded: listed(embedded), ocsp: listed(ocsp), handshake: listed(extension) },
        asked_again: handshake.asked_again.as_ref().map(ToString::to_string),
        error: handshake.completed.as_ref().err().map(ToString::to_string),
    }
}

fn key_proof(proof: &source::KeyProof) -> KeyProof {
    use source::KeyProof as P;
    let (state, scheme, reason) = match proof {
        P::Given { scheme } => ("given", Some(scheme.clone()), None),
        P::Wrong { scheme } => ("wrong", Some(scheme.clone()), None),
        P::NotJudged { reason } => ("not-judged", None, Some(reason.clone())),
        P::NotSeen { reason } => ("not-seen", None, Some((*reason).to_owned())),
    };
    KeyProof { state, scheme, reason }
}

fn listed(listed: &TimestampCount) -> CountOrWord {
    match listed {
        TimestampCount::NotAsked => CountOrWord::Word("not-asked"),
        TimestampCount::Absent => CountOrWord::Word("absent"),
        TimestampCount::Found(count) => CountOrWord::Count(*count),
        TimestampCount::Unreadable(_) => CountOrWord::Word("unreadable"),
    }
}
