//! What is a certificate of a PKCS#12 file called, and what is it for?

use super::super::found::Role;
use crate::cert::escape;

/// What the certificate at this place is called in its file.
pub(super) fn entry(friendly_name: Option<&str>, place: usize) -> String {
    friendly_name.map_or_else(|| format!("certificate {}", place + 1), |alias| format!("alias {}", escape(alias)))
}

/// What a bag says: Java marks what it trusts, and the certificate of a key has the key's identifier.
pub(super) fn role(is_trusted: bool, has_keys: bool, is_of_key: bool) -> Role {
    match (is_trusted, has_keys, is_of_key) {
        (true, ..) => Role::Trusted,
        (_, false, _) => Role::Plain,
        (_, _, true) => Role::Own,
        _ => Role::Chain,
    }
}
