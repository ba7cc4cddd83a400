//! What a certificate is to be used for (RFC 5280 4.2.1.12).

/// One row for each purpose that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    Any,
    Server,
    Client,
    Email,
    CodeSigning,
    TimeStamping,
    OcspSigning,
}

/// What a purpose is called, and what it needs.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    pub purpose: Purpose,
    /// As the command line and the report have it.
    pub word: &'static str,
    /// The extended key usage, dotted; `None`: none is needed.
    pub oid: Option<&'static str>,
    /// Named bits of keyUsage (RFC 5280 4.2.1.3) of which the target's key needs one, where it has that extension.
    pub key_usage: u16,
}

const DIGITAL_SIGNATURE: u16 = 1;
const NON_REPUDIATION: u16 = 1 << 1;
const KEY_ENCIPHERMENT: u16 = 1 << 2;
const KEY_AGREEMENT: u16 = 1 << 4;

/// The bits are those that RFC 5280 4.2.1.12 calls consistent with each purpose.
pub const PURPOSES: &[Needs] = &[
    Needs { purpose: Purpose::Any, word: "any", oid: None, key_usage: 0 },
    Needs {
        purpose: Purpose::Server,
        word: "server",
        oid: Some("1.3.6.1.5.5.7.3.1"),
        key_usage: DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT,
    },
    Needs { purpose: Purpose::Client, word: "client", oid: Some("1.3.6.1.5.5.7.3.2"), key_usage: DIGITAL_SIGNATURE | KEY_AGREEMENT },
    Needs {
        purpose: Purpose::Email,
        word: "email",
        oid: Some("1.3.6.1.5.5.7.3.4"),
        key_usage: DIGITAL_SIGNATURE | NON_REPUDIATION | KEY_ENCIPHERMENT | KEY_AGREEMENT,
    },
    Needs { purpose: Purpose::CodeSigning, word: "code-signing", oid: Some("1.3.6.1.5.5.7.3.3"), key_usage: DIGITAL_SIGNATURE },
    Needs {
        purpose: Purpose::TimeStamping,
        word: "time-stamping",
        oid: Some("1.3.6.1.5.5.7.3.8"),
        key_usage: DIGITAL_SIGNATURE | NON_REPUDIATION,
    },
    Needs {
        purpose: Purpose::OcspSigning,
        word: "ocsp-signing",
        oid: Some("1.3.6.1.5.5.7.3.9"),
        key_usage: DIGITAL_SIGNATURE | NON_REPUDIATION,
    },
];

impl Purpose {
    /// The row of this purpose.
    pub fn needs(self) -> &'static Needs {
        PURPOSES.iter().find(|needs| needs.purpose == self).unwrap_or(&PURPOSES[0])
    }

    /// The word of the command line and the report.
    pub fn word(self) -> &'static str {
        self.needs().word
    }

    /// The purpose of a word.
    pub fn named(word: &str) -> Option<Self> {
        PURPOSES.iter().find(|needs| needs.word == word).map(|needs| needs.purpose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_one_row() {
        use Purpose as P;
        for purpose in [P::Any, P::Server, P::Client, P::Email, P::CodeSigning, P::TimeStamping, P::OcspSigning] {
            assert_eq!(PURPOSES.iter().filter(|needs| needs.purpose == purpose).count(), 1, "{purpose:?}");
            assert_eq!(Purpose::named(purpose.word()), Some(purpose));
        }
    }
}
