//! What is known of the signatures of a graph's links, in a byte each.

use std::ops::Range;

use super::{CertificateId, LinkId, SignatureState};

/// What is known of signatures: a byte a link, since a hostile set has a million of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Checked {
    /// By link: `UNCHECKED`, `GOOD`, `BAD`, or from `UNSUPPORTED` on the place in `reasons`.
    states: Vec<u8>,
    reasons: Vec<&'static str>,
    /// By certificate: the link that holds.
    holds: Vec<Option<LinkId>>,
    /// Issuer names whose checks were used up.
    pub(super) cut: Vec<CheckBudget>,
}

/// The signature checks for one issuer name were used up; further links of its certificates stay unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckBudget {
    /// Checks that were allowed.
    pub limit: usize,
    /// The first certificate of that issuer with a link that was not checked.
    pub at: CertificateId,
}

const UNCHECKED: u8 = 0;
const GOOD: u8 = 1;
const BAD: u8 = 2;
const UNSUPPORTED: u8 = 3;

impl Checked {
    /// Nothing is known of so many links, of so many certificates.
    pub(super) fn new(links: usize, certificates: usize) -> Self {
        Self { states: vec![UNCHECKED; links], reasons: Vec::new(), holds: vec![None; certificates], cut: Vec::new() }
    }

    pub(super) fn has_unchecked(&self, links: Range<u32>) -> bool {
        self.states_of(links).contains(&UNCHECKED)
    }

    pub(super) fn has_refuted(&self, links: Range<u32>) -> bool {
        self.states_of(links).contains(&BAD)
    }

    pub(super) fn all_refuted(&self, links: Range<u32>) -> bool {
        self.states_of(links).iter().all(|state| *state == BAD)
    }

    fn states_of(&self, links: Range<u32>) -> &[u8] {
        self.states.get(links.start as usize..links.end as usize).unwrap_or_default()
    }

    /// The link of a certificate that holds.
    pub(super) fn holding(&self, certificate: CertificateId) -> Option<LinkId> {
        self.holds.get(certificate.index()).copied().flatten()
    }

    /// What is known of a link.
    pub(super) fn of(&self, link: LinkId) -> SignatureState {
        match self.states.get(link.index()).copied().unwrap_or(UNCHECKED) {
            UNCHECKED => SignatureState::Unchecked,
            GOOD => SignatureState::Good,
            BAD => SignatureState::Bad,
            other => SignatureState::Unsupported(self.reasons.get(usize::from(other - UNSUPPORTED)).copied().unwrap_or_default()),
        }
    }

    pub(super) fn record(&mut self, link: LinkId, certificate: CertificateId, signature: SignatureState) {
        let state = match signature {
            SignatureState::Unchecked => UNCHECKED,
            SignatureState::Good => GOOD,
            SignatureState::Bad => BAD,
            SignatureState::Unsupported(why) => self.place_of(why),
        };
        let Some(known) = self.states.get_mut(link.index()) else { return };
        *known = state;
        if let Some(holds) = self.holds.get_mut(certificate.index()) {
            match signature {
                SignatureState::Good => *holds = Some(holds.map_or(link, |known| known.min(link))),
                _ => *holds = holds.filter(|known| *known != link),
            }
        }
    }

    /// There are some ten reasons in all; were there more, the last would stand for the rest.
    fn place_of(&mut self, why: &'static str) -> u8 {
        let place = self.reasons.iter().position(|known| *known == why).unwrap_or_else(|| {
            if self.reasons.len() < usize::from(u8::MAX - UNSUPPORTED) {
                self.reasons.push(why);
            }
            self.reasons.len() - 1
        });
        u8::try_from(place).unwrap_or(u8::MAX - UNSUPPORTED) + UNSUPPORTED
    }
}
