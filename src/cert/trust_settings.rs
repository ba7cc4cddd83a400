//! What did OpenSSL's `x509 -addtrust` and `-addreject` write behind a certificate (openssl-x509(1), "Trust Options"; CertAux of x_x509a.c)?

use super::escape;
use super::oid::dotted;
use super::reader::{OCTET_STRING, OID, Reader, SEQUENCE, constructed};

const UTF8_STRING: u8 = 0x0c;
/// `[0]`: the uses that are rejected. `[1]`: algorithms, which nothing writes.
const REJECTED: u8 = constructed(0);
const OTHER: u8 = constructed(1);

/// What a certificate is trusted and not trusted for, as its file says beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustSettings {
    /// Extended key usages, dotted; where there is a list, the certificate is an anchor for these only.
    pub trusted: Option<Vec<String>>,
    /// Extended key usages, dotted: for these the certificate is no anchor.
    pub rejected: Vec<String>,
    /// What it is called there, escaped.
    pub alias: Option<String>,
}

impl TrustSettings {
    /// Reads what stands behind a certificate in a block; an `Err` says in words what is wrong with it.
    pub fn from_der(der: &[u8]) -> Result<Self, String> {
        let mut settings = Self::default();
        let mut outer = Reader::new(der);
        if outer.is_empty() {
            return Ok(settings);
        }
        let mut fields = outer.sequence("trust settings")?;
        outer.finish("the trust settings")?;
        if let Some(uses) = fields.optional(SEQUENCE, "the trusted uses")? {
            settings.trusted = Some(oids(uses.content)?);
        }
        if let Some(uses) = fields.optional(REJECTED, "the rejected uses")? {
            settings.rejected = oids(uses.content)?;
        }
        if let Some(alias) = fields.optional(UTF8_STRING, "the alias")? {
            settings.alias = Some(escape(&String::from_utf8_lossy(alias.content)));
        }
        fields.optional(OCTET_STRING, "the key identifier")?;
        fields.optional(OTHER, "other algorithms")?;
        fields.finish("the trust settings' fields")?;
        Ok(settings)
    }

    /// Neither a use nor a rejection is in it.
    pub fn is_silent(&self) -> bool {
        self.trusted.is_none() && self.rejected.is_empty()
    }
}

fn oids(list: &[u8]) -> Result<Vec<String>, String> {
    let (mut list, mut out) = (Reader::new(list), Vec::new());
    while !list.is_empty() {
        out.push(dotted(list.expect(OID, "a use")?.content));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: [u8; 10] = [6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(content.len()).unwrap_or_default()][..], content].concat()
    }

    #[test]
    fn lists_and_alias_are_read_and_nothing_is_half_used() {
        let (trusted, rejected) = (element(SEQUENCE, &SERVER), element(REJECTED, &SERVER));
        let both = element(SEQUENCE, &[trusted.clone(), rejected.clone(), element(UTF8_STRING, b"a\x1b")].concat());
        let server = vec!["1.3.6.1.5.5.7.3.1".to_owned()];
        let expected = TrustSettings { trusted: Some(server.clone()), rejected: server, alias: Some(r"a\u{1b}".to_owned()) };
        assert_eq!(TrustSettings::from_der(&both), Ok(expected));
        assert_eq!(TrustSettings::from_der(b""), Ok(TrustSettings::default()));
        for bad in [
            element(SEQUENCE, &[rejected.clone(), trusted.clone()].concat()),
            element(SEQUENCE, &[rejected.clone(), rejected.clone()].concat()),
            element(SEQUENCE, &element(REJECTED, b"\x05\0")),
            [both.clone(), vec![0]].concat(),
            both[..both.len() - 1].to_vec(),
            b"abc".to_vec(),
        ] {
            assert!(TrustSettings::from_der(&bad).is_err(), "{bad:02x?}");
        }
    }
}
