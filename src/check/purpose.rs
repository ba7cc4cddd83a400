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
    C2paManifest,
    C2paTimeStamping,
    RcsMlsClient,
}

/// Where no other purpose may stand beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    Nowhere,
    OnTarget,
    Everywhere,
}

/// What a purpose is called, and what it needs.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    pub purpose: Purpose,
    /// As the command line and the report have it.
    pub word: &'static str,
    /// Extended key usages, dotted, of which one is needed; empty: none is.
    pub any_of: &'static [&'static str],
    /// CAs above the target are held to it, too, where they have an extended key usage.
    pub nested: bool,
    pub alone: Alone,
    /// Extended key usages that do not belong beside it in a target.
    pub prohibited: &'static [&'static str],
    /// Their presence is a failure, not a caution.
    pub prohibits: bool,
    /// Named bits of keyUsage (RFC 5280 4.2.1.3) of which the target's key needs one, where it has that extension.
    pub key_usage: u16,
    /// Of these, bits that serve older versions of the protocol only.
    pub key_usage_old: u16,
    /// That none of them is set is a failure whatever the policy.
    pub key_usage_decides: bool,
    /// The extension is needed, with just these bits.
    pub key_usage_exactly: bool,
    /// Bits that the target's key must not have.
    pub key_usage_barred: u16,
    /// Key usage must be there and critical.
    pub key_usage_critical: bool,
    /// Extended key usage must be there and critical.
    pub critical: bool,
}

/// anyExtendedKeyUsage.
pub const ANY_PURPOSE: &str = "2.5.29.37.0";
const SERVER: &str = "1.3.6.1.5.5.7.3.1";
const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";
const EMAIL: &str = "1.3.6.1.5.5.7.3.4";
const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";
/// RFC 9336.
const DOCUMENT_SIGNING: &str = "1.3.6.1.5.5.7.3.36";
/// GSMA RCC.16.
const RCS_MLS_CLIENT: &str = "2.23.146.2.1.3";

const DIGITAL_SIGNATURE: u16 = 1;
const NON_REPUDIATION: u16 = 1 << 1;
const KEY_ENCIPHERMENT: u16 = 1 << 2;
const KEY_AGREEMENT: u16 = 1 << 4;
const KEY_CERT_SIGN: u16 = 1 << 5;
const CRL_SIGN: u16 = 1 << 6;

const fn needs(purpose: Purpose, word: &'static str, any_of: &'static [&'static str], key_usage: u16) -> Needs {
    Needs {
        purpose,
        word,
        any_of,
        nested: true,
        alone: Alone::Nowhere,
        prohibited: &[],
        prohibits: false,
        key_usage,
        key_usage_old: 0,
        key_usage_decides: false,
        key_usage_exactly: false,
        key_usage_barred: 0,
        key_usage_critical: false,
        critical: false,
    }
}

/// The bits are those that RFC 5280 4.2.1.12 calls consistent with each purpose.
pub const PURPOSES: &[Needs] = &[
    needs(Purpose::Any, "any", &[], 0),
    Needs {
        prohibited: &[CODE_SIGNING, TIME_STAMPING, OCSP_SIGNING],
        key_usage_old: KEY_ENCIPHERMENT | KEY_AGREEMENT,
        key_usage_decides: true,
        ..needs(Purpose::Server, "server", &[SERVER], DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT)
    },
    Needs {
        prohibited: &[CODE_SIGNING, TIME_STAMPING, OCSP_SIGNING],
        key_usage_old: KEY_AGREEMENT,
        key_usage_decides: true,
        ..needs(Purpose::Client, "client", &[CLIENT], DIGITAL_SIGNATURE | KEY_AGREEMENT)
    },
    needs(Purpose::Email, "email", &[EMAIL], DIGITAL_SIGNATURE | NON_REPUDIATION | KEY_ENCIPHERMENT | KEY_AGREEMENT),
    // CA/Browser Forum Code Signing BR 7.1.2.3 (e), (f).
    Needs {
        prohibited: &[ANY_PURPOSE, SERVER],
        prohibits: true,
        key_usage_barred: KEY_CERT_SIGN | CRL_SIGN,
        key_usage_critical: true,
        ..needs(Purpose::CodeSigning, "code-signing", &[CODE_SIGNING], DIGITAL_SIGNATURE)
    },
    // RFC 3161 2.3; CA/Browser Forum Code Signing BR 7.1.2.3 (e).
    Needs {
        alone: Alone::OnTarget,
        critical: true,
        key_usage_barred: KEY_CERT_SIGN | CRL_SIGN,
        ..needs(Purpose::TimeStamping, "time-stamping", &[TIME_STAMPING], DIGITAL_SIGNATURE | NON_REPUDIATION)
    },
    needs(Purpose::OcspSigning, "ocsp-signing", &[OCSP_SIGNING], DIGITAL_SIGNATURE | NON_REPUDIATION),
    // C2PA 2.1 14.5.1: CAs are not held to it.
    Needs {
        nested: false,
        prohibited: &[ANY_PURPOSE, TIME_STAMPING, OCSP_SIGNING],
        prohibits: true,
        ..needs(Purpose::C2paManifest, "c2pa-manifest", &[EMAIL, DOCUMENT_SIGNING], DIGITAL_SIGNATURE)
    },
    Needs {
        nested: false,
        prohibited: &[ANY_PURPOSE, EMAIL, DOCUMENT_SIGNING, OCSP_SIGNING],
        prohibits: true,
        ..needs(Purpose::C2paTimeStamping, "c2pa-time-stamping", &[TIME_STAMPING], DIGITAL_SIGNATURE | NON_REPUDIATION)
    },
    Needs {
        alone: Alone::Everywhere,
        key_usage_exactly: true,
        ..needs(Purpose::RcsMlsClient, "rcs-mls-client", &[RCS_MLS_CLIENT], DIGITAL_SIGNATURE)
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
        let usual = [P::Any, P::Server, P::Client, P::Email, P::CodeSigning, P::TimeStamping, P::OcspSigning];
        for purpose in usual.into_iter().chain([P::C2paManifest, P::C2paTimeStamping, P::RcsMlsClient]) {
            assert_eq!(PURPOSES.iter().filter(|needs| needs.purpose == purpose).count(), 1, "{purpose:?}");
            assert_eq!(Purpose::named(purpose.word()), Some(purpose));
        }
    }
}
