//! The names that a report gives: `c1` and `e1`, counted in the order of its lists.

use std::fmt;
use std::num::NonZeroU32;

use serde::{Serialize, Serializer};

use crate::chain::{CertificateId, EntityId};

/// Written as text; empty where the report does not list what is named.
#[derive(Debug, Clone, Copy)]
pub struct Id {
    kind: char,
    number: Option<NonZeroU32>,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number.map_or(Ok(()), |number| write!(f, "{}{number}", self.kind))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Ten digits hold any number; this is written for every certificate of every path.
        let mut text = [0; 11];
        let (mut from, mut left) = (text.len(), self.number.map_or(0, NonZeroU32::get));
        let mut push = |byte: u8| {
            from = from.saturating_sub(1);
            text[from] = byte;
        };
        while left > 0 {
            push(b'0' + u8::try_from(left % 10).unwrap_or_default());
            left /= 10;
        }
        if self.number.is_some() {
            push(u8::try_from(self.kind).unwrap_or_default());
        }
        serializer.serialize_str(std::str::from_utf8(&text[from..]).unwrap_or_default())
    }
}

#[derive(Debug)]
pub struct Ids {
    /// By index of the certificate, of the entity.
    certificates: Vec<Option<NonZeroU32>>,
    entities: Vec<Option<NonZeroU32>>,
}

impl Ids {
    pub fn new(certificates: &[CertificateId], entities: &[EntityId]) -> Self {
        let certificates = numbers(certificates.iter().map(|id| id.index()));
        Self { certificates, entities: numbers(entities.iter().map(|id| id.index())) }
    }

    pub fn certificate(&self, id: CertificateId) -> Id {
        Id { kind: 'c', number: self.certificates.get(id.index()).copied().flatten() }
    }

    pub fn entity(&self, id: EntityId) -> Id {
        Id { kind: 'e', number: self.entities.get(id.index()).copied().flatten() }
    }

    /// Whether the report lists this certificate.
    pub fn has(&self, id: CertificateId) -> bool {
        self.certificate(id).number.is_some()
    }

    /// Whether it lists this entity.
    pub fn has_entity(&self, id: EntityId) -> bool {
        self.entity(id).number.is_some()
    }
}

/// At each index that is listed its number, counted from 1.
fn numbers(listed: impl Iterator<Item = usize> + Clone) -> Vec<Option<NonZeroU32>> {
    let mut out = vec![None; listed.clone().max().map_or(0, |last| last + 1)];
    for (number, index) in (1..).zip(listed) {
        out[index] = NonZeroU32::new(number);
    }
    out
}
