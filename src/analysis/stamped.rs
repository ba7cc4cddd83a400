//! When was something signed, and what held then? Time stamps of the targets' signatures, and judging at their times.

use std::sync::Arc;

use super::budget::Budget;
use super::inputs::Analysis;
use super::judgement::Judgement;
use super::time_source::TimeSource;
use crate::cert::Time;
use crate::chain::CertificateId;
use crate::check::{PathVerdict, Policy, Purpose};
use crate::source::TimeStamp;

/// A time stamp of a target, and what held at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamped<'a> {
    /// What it says, and whether it is sound.
    pub stamp: &'a TimeStamp,
    /// Who stamped, where that certificate is loaded.
    pub authority: Option<CertificateId>,
    /// The target's verdict at the time; `None` where the stamp is not sound.
    pub then: Option<PathVerdict>,
    /// The verdict at the time on who stamped it, as one who stamps times; `None` where the stamp is not sound.
    pub of_authority: Option<PathVerdict>,
}

impl Analysis {
    /// The same with what says when something was signed. Who stamped a signature is not asked about, unless `named` targets are all that is.
    pub fn with_stamps(mut self, stamps: Vec<TimeStamp>, named: bool) -> Self {
        let stampers: Vec<_> = stamps.iter().filter(|stamp| stamp.signer.is_some()).filter_map(|stamp| stamp.authority).collect();
        let pool = &self.pool;
        let others: Vec<_> = self.targets.iter().copied().filter(|id| !stampers.contains(&pool.certificate(*id).sha256)).collect();
        if !named && !others.is_empty() {
            self.targets = others;
        }
        self.stamps = stamps.into();
        self
    }

    /// Judges at the time of the first target whose signature has a sound time stamp; where there is none, at the time as before.
    pub fn judge_at_signature(&mut self) {
        let of = |target: &CertificateId| {
            let sha256 = Some(self.pool.certificate(*target).sha256);
            self.stamps.iter().position(|stamp| stamp.subject() == sha256 && stamp.fault.is_none())
        };
        let place = self.targets.iter().find_map(of);
        self.time_source = place.map_or(TimeSource::NoStamp, TimeSource::Stamp);
        if let Some(stamp) = place.and_then(|place| self.stamps.get(place)) {
            self.policy.at = stamp.time;
        }
    }

    /// The time stamp that the judged time is from; none once another time was chosen.
    pub fn judged_by(&self) -> Option<&TimeStamp> {
        let TimeSource::Stamp(place) = self.time_source else { return None };
        self.stamps.get(place).filter(|stamp| stamp.time == self.policy.at)
    }

    /// Who stamped, where that certificate is loaded.
    pub fn stamper(&self, stamp: &TimeStamp) -> Option<CertificateId> {
        self.pool.find(&stamp.authority?)
    }

    /// The time stamps of what this certificate signed; for who made a token on its own, that token.
    pub fn stamps_of(&self, certificate: CertificateId) -> impl Iterator<Item = &TimeStamp> {
        let sha256 = self.pool.certificate(certificate).sha256;
        self.stamps.iter().filter(move |stamp| stamp.subject() == Some(sha256))
    }

    fn verdict_at(&self, at: Time, purpose: Option<Purpose>, target: CertificateId) -> PathVerdict {
        let policy =
            Policy { at, purpose, host: self.policy.host.clone().filter(|_| purpose == self.policy.purpose), ..self.policy.clone() };
        let analysis = Self { policy, ..self.clone() };
        Judgement::new(Arc::new(analysis), target, &Budget::first_look()).verdict
    }
}

impl Judgement {
    /// The time stamps of what the target signed, each with what held at its time: judged anew here, with the budget of a first look.
    pub fn stamped(&self) -> Vec<Stamped<'_>> {
        let analysis = &self.analysis;
        let of = |stamp| {
            let authority = analysis.stamper(stamp);
            let sound = Some(stamp).filter(|stamp| stamp.fault.is_none());
            let then = sound.map(|stamp| match stamp.time == analysis.policy.at {
                true => self.verdict,
                false => analysis.verdict_at(stamp.time, analysis.policy.purpose, self.target),
            });
            let stamper = sound.zip(authority);
            let of_authority = stamper.map(|(stamp, id)| analysis.verdict_at(stamp.time, Some(Purpose::TimeStamping), id));
            Stamped { stamp, authority, then, of_authority }
        };
        analysis.stamps_of(self.target).map(of).collect()
    }
}
