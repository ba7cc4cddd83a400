//! Where does a certificate depart from DER, or from the form that RFC 5280 gives it, though it can be read all the same?
//!
//! x509-parser reads what real certificates need; what it lets through is listed here when a rule asks, not when a file loads.

mod breach;
mod encoding;
mod form;
mod names;

use super::Certificate;

pub use breach::{Breach, Gravity, MAX_BREACHES};

impl Certificate {
    /// Departures from the distinguished encoding (X.690 8 to 11), and from how RFC 5280 4.1.2.5 writes times.
    pub fn encoding_breaches(&self) -> Vec<Breach> {
        encoding::breaches(self)
    }

    /// Departures from the structure of RFC 5280 4.1 and of the extensions of 4.2.
    pub fn form_breaches(&self) -> Vec<Breach> {
        form::breaches(self)
    }

    /// Departures of issuer and subject from RFC 5280 4.1.2.4, 4.1.2.6 and appendix A.
    pub fn name_breaches(&self) -> Vec<Breach> {
        names::breaches(self)
    }
}

#[cfg(test)]
mod tests {
    use super::breach::Breaches;
    use super::*;

    /// A real leaf, with most extensions that there are.
    fn leaf() -> Vec<u8> {
        let text = include_str!("../../samples/lets-encrypt-2026/leaf.pem");
        pem::parse(text).unwrap().into_contents()
    }

    #[test]
    fn a_real_leaf_breaks_nothing() {
        let certificate = Certificate::from_der(&leaf()).unwrap();
        assert_eq!(certificate.encoding_breaches(), []);
        assert_eq!(certificate.form_breaches(), []);
        assert_eq!(certificate.name_breaches(), []);
    }

    #[test]
    fn every_flipped_byte_is_looked_at_without_a_panic() {
        let der = leaf();
        let (mut read, mut broken, mut unread) = (0, 0, 0);
        for place in 0..der.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff, der[place] ^ 1, der[place] ^ 0x20] {
                let mut changed = der.clone();
                changed[place] = value;
                let Ok(certificate) = Certificate::from_der(&changed) else { continue };
                read += 1;
                let breaches = [certificate.encoding_breaches(), certificate.form_breaches(), certificate.name_breaches()].concat();
                broken += usize::from(!breaches.is_empty());
                assert!(breaches.iter().all(|breach| breach.offset < changed.len() && breach.to_string().is_ascii()), "{breaches:?}");
                unread += usize::from(certificate.embedded_timestamps().is_err());
                assert!(certificate.precertificate_part().is_none_or(|part| part.len() <= changed.len()));
                assert!(!crate::cert::key_words(&certificate).is_empty());
            }
        }
        assert!(read > 1_000 && broken > 100 && unread > 10, "{read} read, {broken} broken, {unread} without timestamps");
    }

    #[test]
    fn what_is_listed_has_a_bound() {
        let mut breaches = Breaches::default();
        (0..100).for_each(|offset| breaches.lapse(offset, "X.690 8.1", "nothing"));
        let breaches = breaches.into_list();
        assert_eq!((breaches.len(), breaches[3].to_string()), (MAX_BREACHES, "nothing at byte 3 (X.690 8.1)".to_owned()));
    }
}
