//! The extensions that say what a certificate may be used for, and what those below it may be: decoded when a rule asks.

use super::distribution::points;
use super::misread::{Fault, Misread};
use super::values::names::{alternative_names, name_constraints, purposes};
use super::values::policies::{certificate_policies, inhibit_any_policy, policy_constraints, policy_mappings};
use super::values::timestamps::timestamps;
use super::{
    Certificate, DistributionPoint, GeneralName, NameConstraints, PolicyConstraints, PolicyInformation, PolicyMapping, SignedTimestamp,
};

/// A value, `None` where the extension is absent; the error says why it cannot be read.
pub type Decoded<T> = Result<Option<T>, Misread>;

/// 1.3.6.1.4.1.11129.2.4.2.
const TIMESTAMP_LIST: &[u8] = &[0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2];

impl Certificate {
    /// RFC 5280 4.2.1.6.
    pub fn subject_alternative_names(&self) -> Decoded<Vec<GeneralName>> {
        self.decoded(&[0x55, 0x1d, 17], "subjectAltName", |value| alternative_names(value, "subjectAltName"))
    }

    /// RFC 5280 4.2.1.12: the purposes' OIDs, dotted.
    pub fn extended_key_usage(&self) -> Decoded<Vec<String>> {
        self.decoded(&[0x55, 0x1d, 37], "extKeyUsage", purposes)
    }

    /// RFC 5280 4.2.1.10.
    pub fn name_constraints(&self) -> Decoded<NameConstraints> {
        self.decoded(&[0x55, 0x1d, 30], "nameConstraints", name_constraints)
    }

    /// RFC 5280 4.2.1.13: at least one point.
    pub fn distribution_points(&self) -> Decoded<Vec<DistributionPoint>> {
        self.decoded(&[0x55, 0x1d, 31], "cRLDistributionPoints", |value| points(value, &self.issuer))
    }

    /// RFC 5280 4.2.1.4: at least one policy, none twice.
    pub fn certificate_policies(&self) -> Decoded<Vec<PolicyInformation>> {
        self.decoded(&[0x55, 0x1d, 32], "certificatePolicies", certificate_policies)
    }

    /// RFC 5280 4.2.1.5: at least one pair.
    pub fn policy_mappings(&self) -> Decoded<Vec<PolicyMapping>> {
        self.decoded(&[0x55, 0x1d, 33], "policyMappings", policy_mappings)
    }

    /// RFC 5280 4.2.1.11: not empty.
    pub fn policy_constraints(&self) -> Decoded<PolicyConstraints> {
        self.decoded(&[0x55, 0x1d, 36], "policyConstraints", policy_constraints)
    }

    /// RFC 5280 4.2.1.14: certificates that may follow before anyPolicy counts no more.
    pub fn inhibit_any_policy(&self) -> Decoded<u32> {
        self.decoded(&[0x55, 0x1d, 54], "inhibitAnyPolicy", inhibit_any_policy)
    }

    /// RFC 6962 3.3: the list that is embedded in the certificate.
    pub fn embedded_timestamps(&self) -> Decoded<Vec<SignedTimestamp>> {
        self.decoded(TIMESTAMP_LIST, "SignedCertificateTimestampList", timestamps)
    }

    /// RFC 5280 4.2: of two extensions of one kind readers pick one or the other, so neither is read.
    pub(super) fn decoded<'a, T>(
        &'a self,
        oid: &[u8],
        field: &'static str,
        read: impl FnOnce(&'a [u8]) -> Result<T, Misread>,
    ) -> Decoded<T> {
        let mut found = self.extensions.all.iter().filter(|extension| self.bytes(extension.oid) == oid);
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(extension), None) => read(self.bytes(extension.value)).map(Some),
            (Some(_), Some(_)) => Err(Misread::new(field, Fault::Duplicate)),
        }
    }
}
