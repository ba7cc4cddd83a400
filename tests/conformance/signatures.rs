//! Is every correct signature good, and no flipped one?

use crossroots::cert::{Certificate, Origin};
use crossroots::chain::{Graph, Pool, SignatureState};
use crossroots::source::{Found, ReadLimits, read_path};

use crate::corpus::corpus;

fn self_check(der: &[u8]) -> Option<SignatureState> {
    let mut pool = Pool::default();
    let id = pool.add(Certificate::from_der(der).ok()?, Origin::Stdin { block: None });
    let graph = Graph::new(&pool);
    let link = graph.link_range(id).map(crossroots::chain::LinkId).next()?;
    Some(graph.check(&pool, link))
}

/// What nothing here can judge, by file: curves that no crate counts on. An unexpected success fails, too.
const UNSUPPORTED_SIGNATURES: &[&str] = &[
    "ec-brainpoolp512r1-sha224.pem",
    "ec-brainpoolp512r1-sha256.pem",
    "ec-brainpoolp512r1-sha384.pem",
    "ec-brainpoolp512r1-sha512.pem",
    "ec-secp192k1-sha1.pem",
];

#[test]
fn no_correct_signature_is_called_bad_and_no_flipped_one_good() {
    let Some(folder) = corpus("signatures") else { return };
    let (mut good, mut unsupported) = (0, Vec::new());
    for Found { certificate, origin, .. } in read_path(&folder, &ReadLimits::default()).certificates {
        if !certificate.is_self_issued() {
            continue;
        }
        match self_check(certificate.der()) {
            Some(SignatureState::Good) => good += 1,
            Some(SignatureState::Unsupported(_)) => {
                let Origin::File { path, .. } = &origin else { panic!("{origin}") };
                unsupported.push(path.rsplit('/').next().unwrap().to_owned());
            }
            other => panic!("{origin}: {other:?}"),
        }
        let mut flipped = certificate.der().to_vec();
        *flipped.last_mut().unwrap() ^= 1;
        assert_ne!(self_check(&flipped), Some(SignatureState::Good), "{origin}, last bit flipped");
    }
    unsupported.sort_unstable();
    assert_eq!(unsupported, UNSUPPORTED_SIGNATURES);
    assert_eq!(good, 100);
}
