//! What people call a certificate: its common name, else the name that it is for.

use super::{Certificate, GeneralName};

/// The type of a common name as an attribute has it: OBJECT IDENTIFIER 2.5.4.3.
const COMMON_NAME: [u8; 5] = [6, 3, 0x55, 4, 3];

impl Certificate {
    /// The common name; where there is none, the first alternative name of what is no CA or has no name, else what the subject says.
    /// Escaped.
    pub fn label(&self) -> String {
        self.alternative_label().unwrap_or_else(|| self.subject.label())
    }

    /// The first alternative name (RFC 5280 4.2.1.6) that people write, where the subject does not say what to call it: servers' certificates of
    /// one organisation all have its name, and those of short life have none.
    pub fn alternative_label(&self) -> Option<String> {
        if self.subject.der().windows(COMMON_NAME.len()).any(|window| window == COMMON_NAME) {
            return None;
        }
        let is_ca = self.extensions.basic_constraints.is_some_and(|found| found.ca);
        if is_ca && !self.subject.is_empty() {
            return None;
        }
        let names = self.subject_alternative_names().ok().flatten()?;
        let is_written = |name: &&GeneralName| {
            matches!(name, GeneralName::Dns(_) | GeneralName::Email(_) | GeneralName::Uri(_) | GeneralName::Address(_))
        };
        names.iter().find(is_written).map(ToString::to_string).filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, KeyPair, SanType};

    use super::*;

    fn label(attributes: &[(DnType, &str)], names: Vec<SanType>, is_ca: IsCa) -> String {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        attributes.iter().for_each(|(kind, value)| params.distinguished_name.push(kind.clone(), *value));
        (params.subject_alt_names, params.is_ca) = (names, is_ca);
        Certificate::from_der(params.self_signed(&KeyPair::generate().unwrap()).unwrap().der()).unwrap().label()
    }

    #[test]
    fn a_certificate_is_called_by_its_common_name_or_else_by_what_it_is_for() {
        let dns = || vec![SanType::DnsName("a.shop.test".try_into().unwrap()), SanType::DnsName("b.shop.test".try_into().unwrap())];
        let ca = || IsCa::Ca(BasicConstraints::Unconstrained);
        let organisation = [(DnType::OrganizationName, "Shop Ltd")];
        let both = [(DnType::OrganizationName, "Shop Ltd"), (DnType::CommonName, "shop")];
        assert_eq!(label(&both, dns(), IsCa::NoCa), "shop");
        assert_eq!(label(&organisation, dns(), IsCa::NoCa), "a.shop.test");
        assert_eq!(label(&[], dns(), IsCa::NoCa), "a.shop.test");
        assert_eq!(label(&organisation, dns(), ca()), "Shop Ltd");
        assert_eq!(label(&[], dns(), ca()), "a.shop.test");
        assert_eq!(label(&organisation, Vec::new(), IsCa::NoCa), "Shop Ltd");
        assert_eq!(label(&[], Vec::new(), IsCa::NoCa), "(empty name)");
        assert_eq!(label(&[], vec![SanType::URI("spiffe://a.test/b".try_into().unwrap())], IsCa::NoCa), "spiffe://a.test/b");
        assert_eq!(label(&[], vec![SanType::IpAddress([192, 0, 2, 7].into())], IsCa::NoCa), "192.0.2.7");
        assert_eq!(
            label(
                &[],
                vec![SanType::OtherName((vec![1, 2, 3], "x".into())), SanType::Rfc822Name("a@b.test".try_into().unwrap())],
                IsCa::NoCa
            ),
            "a@b.test"
        );
    }
}
