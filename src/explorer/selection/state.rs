//! What is looked at, and what is sought.

use super::found::Search;
use crate::cert::Time;
use crate::chain::CertificateId;
use crate::check::{Place, RuleId};
use crate::explorer::jobs::renumbering::Renumbering;

/// Where the person is.
#[derive(Debug, Clone)]
pub(in crate::explorer) struct Selection {
    /// Index into the target's paths.
    pub(super) chosen: usize,
    /// The path to choose once it is listed: a first look does not list every one.
    sought: Option<Vec<CertificateId>>,
    pub(super) focus: CertificateId,
    /// To be compared with.
    pub(super) marked: Option<CertificateId>,
    /// The target that was looked at before a certificate that is none was explained.
    pub(super) left: Option<CertificateId>,
    /// The failing check that was gone to last.
    pub(super) failure: Option<(RuleId, Place)>,
    /// The person has moved: the focus no longer follows the first failure.
    pub(super) moved: bool,
    /// The judged time before anyone moved it.
    at_start: Time,
    /// Certificates that the person made anchors, or no longer anchors, and which of the two.
    anchors: Vec<(CertificateId, bool)>,
    pub(super) search: Search,
}

impl Selection {
    pub(in crate::explorer) fn new(focus: CertificateId, at_start: Time) -> Self {
        Self {
            chosen: 0,
            sought: None,
            focus,
            marked: None,
            left: None,
            failure: None,
            moved: false,
            at_start,
            anchors: Vec::new(),
            search: Search::default(),
        }
    }

    /// Looks at a new target; nobody has moved since.
    pub(in crate::explorer) fn start_at(&mut self, target: CertificateId) {
        (self.focus, self.moved, self.failure, self.sought) = (target, false, None, None);
    }

    /// Another certificate is explained in this target's stead.
    pub(in crate::explorer) fn leave(&mut self, target: CertificateId) {
        self.left = Some(target);
    }

    /// Chooses this path as soon as it is listed.
    pub(in crate::explorer) fn seek(&mut self, path: Option<Vec<CertificateId>>) {
        self.sought = path;
    }

    /// The same, unless another is sought.
    pub(in crate::explorer) fn seek_at_least(&mut self, path: Option<Vec<CertificateId>>) {
        self.sought = self.sought.take().or(path);
    }

    /// Whether a path is to be chosen that is not listed yet.
    pub(in crate::explorer) fn is_seeking(&self) -> bool {
        self.sought.is_some()
    }

    pub(super) fn sought(&self) -> Option<&[CertificateId]> {
        self.sought.as_deref()
    }

    pub(super) fn choose(&mut self, path: usize) {
        (self.chosen, self.sought) = (path, None);
    }

    /// Looks at another certificate, though the person did not ask for it.
    pub(in crate::explorer) fn drift_to(&mut self, certificate: CertificateId) {
        self.focus = certificate;
    }

    /// Looks at another certificate because the person went there.
    pub(in crate::explorer) fn move_to(&mut self, certificate: CertificateId) {
        (self.focus, self.moved) = (certificate, true);
    }

    /// The judged time, where the person moved it there.
    pub(in crate::explorer) fn moved_time(&self, at: Time) -> Option<Time> {
        (at != self.at_start).then_some(at)
    }

    /// Certificates that the person made anchors, or no longer anchors, and which of the two: a store may hold others when it is read
    /// again.
    pub(in crate::explorer) fn anchors_by_hand(&self) -> &[(CertificateId, bool)] {
        &self.anchors
    }

    pub(super) fn decide_anchor(&mut self, certificate: CertificateId, is_anchor: bool) {
        self.anchors.retain(|(anchor, _)| *anchor != certificate);
        self.anchors.push((certificate, is_anchor));
    }

    pub(in crate::explorer) fn forget_hits(&mut self) {
        self.search.hits.clear();
    }

    /// All of it by the numbers of what was read anew; what is gone is left out.
    pub(in crate::explorer) fn renumber(&mut self, numbers: &Renumbering, at_start: Time) {
        let of = |id: CertificateId| numbers.certificate(id);
        self.at_start = at_start;
        self.focus = of(self.focus).unwrap_or(CertificateId(0));
        self.marked = self.marked.and_then(of);
        self.left = self.left.and_then(of);
        self.anchors = self.anchors.iter().filter_map(|(id, is_anchor)| Some((of(*id)?, *is_anchor))).collect();
        self.failure = self.failure.and_then(|(rule, place)| Some((rule, numbers.place(place)?)));
        self.search.renumber(numbers);
    }
}
