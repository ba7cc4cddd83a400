//! Writes the PEM files of the made samples: `cargo run --example make-samples`, or those that are named behind it.
//!
//! Names, dates and serial numbers are fixed; keys are fresh in each run and never written. The texts (`case.toml`) are written by hand.

#[path = "make/rules.rs"]
mod rules;

use std::error::Error;
use std::fs;
use std::path::Path;

use pem::{EncodeConfig, LineEnding, Pem};
use rcgen::{
    BasicConstraints, CertificateParams, CrlDistributionPoint, CustomExtension, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use ring::digest::{SHA256, digest};
use time::macros::format_description;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
type Day = (i32, u8, u8);
type Maker = fn() -> Result<()>;

/// The sample's maker by its name; those of the rules are named `rule-` and the rule's id.
const MADE: &[(&str, Maker)] = &[
    ("first-cross-sign", first_cross_sign),
    ("partitions", partitions),
    ("bad-signature", bad_signature),
    ("expired-root", expired_root),
    ("missing-issuer", missing_issuer),
    ("same-name-other-key", same_name_other_key),
    ("bridge", bridge),
];

fn main() -> Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let of_rules = rules::RULES.iter().map(|(rule, make)| (format!("rule-{rule}"), make));
    let all: Vec<_> = MADE.iter().map(|(name, make)| ((*name).to_owned(), make)).chain(of_rules).collect();
    if let Some(unknown) = named.iter().find(|name| all.iter().all(|(known, _)| known != *name)) {
        return Err(format!("no made sample is named {unknown}").into());
    }
    all.into_iter().filter(|(name, _)| named.is_empty() || named.contains(name)).try_for_each(|(_, make)| make())
}

fn first_cross_sign() -> Result<()> {
    let (sep21, mar24) = (Entity::root("Example Trust", "Root Sep21")?, Entity::root("Example Trust", "Root Mar24")?);
    let z1 = Entity::issuing("Example Trust", "Z1")?;
    let www = Entity::server("www.example.com")?;
    let z1_by_sep21 = z1.issued_by(&sep21, 0x2101, (2021, 9, 15), (2026, 9, 15))?;
    let z1_by_mar24 = z1.issued_by(&mar24, 0x2401, (2024, 3, 15), (2029, 3, 15))?;
    write("first-cross-sign/leaf.pem", &[www.issued_by(&z1, 0x5A01, (2026, 1, 15), (2027, 1, 15))?])?;
    write("first-cross-sign/z1.pem", &[z1_by_sep21, z1_by_mar24])?;
    let sep21_self = sep21.issued_by(&sep21, 0x2100, (2021, 9, 1), (2026, 10, 1))?;
    write("first-cross-sign/roots.pem", &[sep21_self, mar24.issued_by(&mar24, 0x2400, (2024, 3, 1), (2044, 3, 1))?])
}

fn partitions() -> Result<()> {
    let east = Entity::root("Cloud East", "Cloud East Root")?.publishing_at("east.internal")?;
    let west = Entity::root("Cloud West", "Cloud West Root")?.publishing_at("west.internal")?;
    let (from, to) = ((2026, 1, 15), (2027, 1, 15));
    write("partitions/orders-east.pem", &[Entity::server("orders.east.internal")?.issued_by(&east, 0xE002, from, to)?])?;
    write("partitions/orders-west.pem", &[Entity::server("orders.west.internal")?.issued_by(&west, 0x1702, from, to)?])?;
    let east_by_west = east.issued_by(&west, 0x1701, (2026, 1, 5), (2029, 1, 5))?;
    write("partitions/cross-signs.pem", &[east_by_west, west.issued_by(&east, 0xE001, (2026, 1, 5), (2031, 1, 5))?])?;
    write("partitions/east-root.pem", &[east.issued_by(&east, 0xE000, (2025, 1, 1), (2045, 1, 1))?])?;
    write("partitions/west-root.pem", &[west.issued_by(&west, 0x1700, (2025, 7, 1), (2045, 7, 1))?])
}

fn bad_signature() -> Result<()> {
    let (root, issuing) = (Entity::root("Shop Test", "Shop Root")?, Entity::issuing("Shop Test", "Shop Issuing CA")?);
    let mut leaf = Entity::server("shop.test")?.issued_by(&issuing, 0x0B03, (2026, 1, 15), (2027, 1, 15))?;
    // The last octet of a certificate is the last of ECDSA's `s`: another number, the same encoding.
    if let Some(last) = leaf.der.last_mut() {
        *last ^= 1;
    }
    write("bad-signature/leaf.pem", &[leaf])?;
    write("bad-signature/issuing.pem", &[issuing.issued_by(&root, 0x0B02, (2025, 1, 15), (2030, 1, 15))?])?;
    write("bad-signature/root.pem", &[root.issued_by(&root, 0x0B01, (2025, 1, 1), (2045, 1, 1))?])
}

fn expired_root() -> Result<()> {
    let (root, issuing) = (Entity::root("Clock Test", "Clock Root 2016")?, Entity::issuing("Clock Test", "Clock Issuing CA")?);
    let leaf = Entity::server("clock.test")?.issued_by(&issuing, 0x0E03, (2026, 1, 15), (2027, 1, 15))?;
    write("expired-root/leaf.pem", &[leaf])?;
    write("expired-root/issuing.pem", &[issuing.issued_by(&root, 0x0E02, (2024, 4, 1), (2029, 4, 1))?])?;
    write("expired-root/root.pem", &[root.issued_by(&root, 0x0E01, (2016, 4, 1), (2026, 4, 1))?])
}

fn missing_issuer() -> Result<()> {
    let root = Entity::root("Harbor Test", "Harbor Root")?.publishing_at("harbor.test")?;
    let (issuing, unrelated) = (Entity::issuing("Harbor Test", "Harbor Issuing CA A")?, Entity::root("Island Test", "Island Root")?);
    let leaf = Entity::server("harbor.test")?.issued_by(&issuing, 0x0A03, (2026, 1, 15), (2027, 1, 15))?;
    write("missing-issuer/leaf.pem", &[leaf])?;
    write("missing-issuer/issuing-a.pem", &[issuing.issued_by(&root, 0x0A02, (2025, 1, 15), (2030, 1, 15))?])?;
    write("missing-issuer/unrelated-root.pem", &[unrelated.issued_by(&unrelated, 0x0A11, (2025, 1, 1), (2045, 1, 1))?])
}

fn same_name_other_key() -> Result<()> {
    let root = Entity::root("Twin Test", "Twin Root")?;
    let (old, new) = (Entity::issuing("Twin Test", "Twin Issuing CA")?, Entity::issuing("Twin Test", "Twin Issuing CA")?);
    let mut leaf = Entity::server("twin.test")?;
    leaf.params.use_authority_key_identifier_extension = false;
    write("same-name-other-key/leaf.pem", &[leaf.issued_by(&new, 0x0C04, (2026, 1, 15), (2027, 1, 15))?])?;
    let old = old.issued_by(&root, 0x0C02, (2025, 2, 1), (2028, 2, 1))?;
    write("same-name-other-key/issuing.pem", &[old, new.issued_by(&root, 0x0C03, (2026, 1, 2), (2029, 1, 2))?])?;
    write("same-name-other-key/root.pem", &[root.issued_by(&root, 0x0C01, (2025, 1, 1), (2045, 1, 1))?])
}

/// A CA that fourteen others have signed: two of them are trusted, the certificates of three have expired, one root is not there.
fn bridge() -> Result<()> {
    const TRUSTED: [char; 2] = ['B', 'H'];
    const EXPIRED: [char; 3] = ['C', 'F', 'K'];
    const ABSENT: char = 'G';
    let bridge = Entity::root("Agency Test", "Bridge CA")?;
    let (mut crossed, mut trusted, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (place, letter) in (0_u64..).zip('A'..='N') {
        let agency = Entity::root("Agency Test", &format!("Agency {letter}"))?;
        let year = 2027 + i32::try_from(place % 5)?;
        let to = if EXPIRED.contains(&letter) { (2024, 2, 1) } else { (year, 1, 1) };
        crossed.push(bridge.issued_by(&agency, 0xB100 + place, (2020, 1, 1), to)?);
        let own = agency.issued_by(&agency, 0xB200 + place, (2018, 1, 1), (2038, 1, 1))?;
        match letter {
            ABSENT => {}
            letter if TRUSTED.contains(&letter) => trusted.push(own),
            _ => others.push(own),
        }
    }
    write("bridge/leaf.pem", &[Entity::server("bridge.test")?.issued_by(&bridge, 0xB001, (2026, 1, 15), (2027, 1, 15))?])?;
    write("bridge/bridge.pem", &crossed)?;
    write("bridge/agencies.pem", &others)?;
    write("bridge/trusted.pem", &trusted)
}

/// A name and a key, with what every certificate of it says, and what an issuer writes into the certificates of others.
struct Entity {
    key: KeyPair,
    name: String,
    params: CertificateParams,
    crl: Vec<CrlDistributionPoint>,
    authority_information: Vec<CustomExtension>,
}

impl Entity {
    fn root(organization: &str, common_name: &str) -> Result<Self> {
        Self::authority(organization, common_name, BasicConstraints::Unconstrained)
    }

    /// A CA that may issue to servers but not to other CAs.
    fn issuing(organization: &str, common_name: &str) -> Result<Self> {
        Self::authority(organization, common_name, BasicConstraints::Constrained(0))
    }

    fn authority(organization: &str, common_name: &str, constraints: BasicConstraints) -> Result<Self> {
        let mut entity = Self::new(&[(DnType::OrganizationName, "O", organization), (DnType::CommonName, "CN", common_name)], Vec::new())?;
        entity.params.is_ca = IsCa::Ca(constraints);
        entity.params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(entity)
    }

    fn server(host: &str) -> Result<Self> {
        let mut entity = Self::new(&[(DnType::CommonName, "CN", host)], vec![host.to_owned()])?;
        entity.params.is_ca = IsCa::ExplicitNoCa;
        entity.params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        entity.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        Ok(entity)
    }

    fn new(name: &[(DnType, &str, &str)], hosts: Vec<String>) -> Result<Self> {
        let mut params = CertificateParams::new(hosts)?;
        params.distinguished_name = rcgen::DistinguishedName::new();
        for (kind, _, value) in name {
            params.distinguished_name.push(kind.clone(), *value);
        }
        params.use_authority_key_identifier_extension = true;
        let name = name.iter().map(|(_, short, value)| format!("{short} = {value}")).collect::<Vec<_>>().join(", ");
        Ok(Self { key: KeyPair::generate()?, name, params, crl: Vec::new(), authority_information: Vec::new() })
    }

    /// From now on the certificates it issues say where its CRL, its OCSP responder and its own certificate are.
    fn publishing_at(mut self, domain: &str) -> Result<Self> {
        self.crl = vec![CrlDistributionPoint { uris: vec![format!("http://crl.{domain}/root.crl")] }];
        // RFC 5280 4.2.2.1: accessMethod id-ad-ocsp (1.3.6.1.5.5.7.48.1) or id-ad-caIssuers (.2), accessLocation [6] URI.
        let mut places = Vec::new();
        for (method, url) in [(1, format!("http://ocsp.{domain}")), (2, format!("http://pki.{domain}/root.cer"))] {
            let method = tlv(0x06, &[0x2B, 6, 1, 5, 5, 7, 48, method])?;
            places.extend(tlv(0x30, &[method, tlv(0x86, url.as_bytes())?].concat())?);
        }
        let content = tlv(0x30, &places)?;
        self.authority_information = vec![CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], content)];
        Ok(self)
    }

    fn issued_by(&self, issuer: &Entity, serial: u64, from: Day, to: Day) -> Result<Certificate> {
        let mut params = self.params.clone();
        params.serial_number = Some(serial.into());
        (params.not_before, params.not_after) = (date_time_ymd(from.0, from.1, from.2), date_time_ymd(to.0, to.1, to.2));
        if !std::ptr::eq(self, issuer) {
            params.crl_distribution_points = issuer.crl.clone();
            params.custom_extensions.extend(issuer.authority_information.iter().cloned());
        }
        let day = format_description!("[month repr:short] [day padding:space] [hour]:[minute]:[second] [year] GMT");
        let (not_before, not_after) = (params.not_before.format(day)?, params.not_after.format(day)?);
        let about = format!("# subject={}\n# issuer={}\n# notBefore={not_before}\n# notAfter={not_after}\n", self.name, issuer.name);
        let der = params.signed_by(&self.key, &Issuer::from_params(&issuer.params, &issuer.key))?.der().to_vec();
        Ok(Certificate { der, about })
    }
}

struct Certificate {
    der: Vec<u8>,
    /// The comment above the PEM block, in the words of `openssl x509 -subject -issuer -dates`.
    about: String,
}

/// Writes `samples/<place>`.
fn write(place: &str, certificates: &[Certificate]) -> Result<()> {
    let blocks = certificates.iter().map(|Certificate { der, about }| {
        let print = digest(&SHA256, der).as_ref().iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(":");
        let block = pem::encode_config(&Pem::new("CERTIFICATE", der.as_slice()), EncodeConfig::new().set_line_ending(LineEnding::LF));
        format!("{about}# sha256 Fingerprint={print}\n{block}")
    });
    write_text(place, &blocks.collect::<Vec<_>>().join("\n"))
}

/// Writes `samples/<place>`.
fn write_text(place: &str, text: &str) -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(place);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}

/// One DER value of up to 65,535 octets.
fn tlv(tag: u8, content: &[u8]) -> Result<Vec<u8>> {
    let [high, low] = u16::try_from(content.len())?.to_be_bytes();
    let head = match (high, low) {
        (0, 0..0x80) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    Ok([head.as_slice(), content].concat())
}
