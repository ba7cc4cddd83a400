//! Who is this program, where a server asks? A certificate chain and its key, read for one handshake and forgotten with it.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use zeroize::Zeroizing;

use super::TlsError;
use crate::cert::{Certificate, Origin, escape};
use crate::source::bytes;
use crate::source::input::ClientFiles;
use crate::source::whole_file::read_secret;

/// Bytes of a file with a chain or a key; a key of 16384 bits has 13 KB.
const MAX_IDENTITY: u64 = 1 << 20;

/// The chain as it is sent, the client's own certificate first, and what signs for it.
pub(super) struct Identity {
    pub chain: Vec<Certificate>,
    pub certified: Arc<CertifiedKey>,
}

pub(super) fn read(files: &ClientFiles) -> Result<Identity, TlsError> {
    let failed = |option: &'static str, path: &Path| {
        let path = escape(&path.to_string_lossy());
        move |reason: String| TlsError::Identity { option, path: path.clone(), reason }
    };
    let (no_chain, no_key) = (failed("--cert", &files.certificate), failed("--key", &files.key));
    // The chain may stand beside its key.
    let content = |path: &Path| read_secret(path, MAX_IDENTITY).map_err(|error| error.to_string());
    let batch = bytes::read(&content(&files.certificate).map_err(&no_chain)?, &|block| Origin::Stdin { block });
    let chain: Vec<Certificate> = batch.certificates.into_iter().map(|found| found.certificate).collect();
    let Some(own) = chain.first() else { return Err(no_chain("holds no certificate".to_owned())) };
    let pem = content(&files.key).map_err(&no_key)?;
    let key = Zeroizing::new(PrivateKeyDer::from_pem_slice(&pem).map_err(|_| no_key(not_a_key(&pem).to_owned()))?);
    let signing = any_supported_type(&key)
        .map_err(|_| no_key("a key that cannot sign here: RSA of 2048 to 4096 bits, P-256, P-384, P-521 and Ed25519 can".to_owned()))?;
    if signing.public_key().is_some_and(|key| key.as_ref() != own.bytes(own.spki)) {
        let path = escape(&files.certificate.to_string_lossy());
        return Err(no_key(format!("not the key of the first certificate in {path}")));
    }
    let sent = chain.iter().map(|certificate| CertificateDer::from(certificate.der().to_vec())).collect();
    Ok(Identity { certified: Arc::new(CertifiedKey::new(sent, signing)), chain })
}

fn not_a_key(pem: &[u8]) -> &'static str {
    let has = |words: &[u8]| pem.windows(words.len()).any(|window| window == words);
    if has(b"BEGIN ENCRYPTED PRIVATE KEY") || has(b"Proc-Type: 4,ENCRYPTED") {
        "the key is encrypted; `openssl pkey` writes it without"
    } else {
        "holds no private key in PEM (PRIVATE KEY, RSA PRIVATE KEY, EC PRIVATE KEY)"
    }
}
