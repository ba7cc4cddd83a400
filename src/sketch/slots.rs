//! What is looked at, and what a certificate's slot says of it: its sign, how long it is valid or what fails, where it came from, which
//! stores trust it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::analysis::Judgement;
use crate::cert::{Origin, hex};
use crate::chain::{CertificateId, EntityId, Path, SignatureState};
use crate::check::Verdict;
use crate::diagram::{Mark, SketchSlot, SlotId};
use crate::words::{Labels, end_of_validity, failure_words};

/// Hexadecimal digits of a serial number that a slot shows; certificate authorities' own are random from the first on.
const SERIAL_DIGITS: usize = 12;

/// A judgement, and what of it a person chose to see.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// What is drawn.
    pub judgement: &'a Judgement,
    /// What entities and certificates are called.
    pub labels: &'a Labels,
    /// The path that is drawn heavy.
    pub chosen: Option<&'a Path>,
    /// Boxes of many slots that the person unfolded, or folded.
    pub unfolded: &'a BTreeMap<EntityId, bool>,
    /// Whether the others of them are unfolded.
    pub crowds_open: bool,
}

impl Look<'_> {
    pub(super) fn is_unfolded(&self, entity: EntityId) -> bool {
        self.unfolded.get(&entity).copied().unwrap_or(self.crowds_open)
    }
}

pub(super) fn slot(look: &Look<'_>, id: CertificateId, chosen: &[CertificateId], kept: &HashSet<CertificateId>) -> SketchSlot {
    let analysis = look.judgement.analysis.as_ref();
    let mark = look.judgement.mark(id);
    let verdict = mark.verdict;
    let failing = mark.finding.as_deref().filter(|finding| finding.verdict == Verdict::Fail);
    let (mut note, mut note_fails) = match failing {
        Some(finding) => (failure_words(finding), true),
        None => (end_of_validity(analysis.pool.certificate(id)), false),
    };
    // An anchor is a name and a key, whoever signed it: there the rules do not object.
    if verdict == Verdict::Fail && has_broken_own_signature(look, id) {
        (note, note_fails) = ("BAD SIGNATURE".to_owned(), true);
    }
    SketchSlot {
        id: SlotId(id.0),
        mark: match verdict {
            Verdict::Fail => Mark::Fail,
            Verdict::Unknown => Mark::Unknown,
            Verdict::Caution => Mark::Caution,
            Verdict::Pass | Verdict::NotApplicable => Mark::Pass,
        },
        label: look.labels.issuer(&analysis.pool, &analysis.graph, id),
        note,
        detail: detail(look, id),
        badge: badge(look, id),
        note_fails,
        self_signed: analysis.graph.is_self_signed(id),
        anchor: !analysis.trust.anchor_of(id).is_empty(),
        stores: stores(look, id),
        chosen: chosen.contains(&id),
        kept: kept.contains(&id),
    }
}

/// Where it came from, and its serial number: what two siblings of one issuer differ in.
fn detail(look: &Look<'_>, id: CertificateId) -> String {
    let analysis = &look.judgement.analysis;
    let origins = &analysis.pool.entry(id).origins;
    let from = origins.iter().min().map_or_else(String::new, Origin::short);
    let copies = copies(origins).map(|copies| format!(" {copies}")).unwrap_or_default();
    let certificate = analysis.pool.certificate(id);
    let serial = hex(certificate.bytes(certificate.serial));
    let shown: String = serial.chars().take(SERIAL_DIGITS).collect();
    let more = if shown.len() < serial.len() { "…" } else { "" };
    format!("{from}{copies} · {shown}{more}")
}

/// Where it came from, in a word: its place in the handshake, `aia`; that a file or a store had it is not worth one.
fn badge(look: &Look<'_>, id: CertificateId) -> String {
    let origins = &look.judgement.analysis.pool.entry(id).origins;
    let word = match origins.iter().map(Origin::outermost).min() {
        Some(Origin::Server { position, .. }) => format!("srv {position}"),
        Some(Origin::Client { position, .. }) => format!("own {position}"),
        Some(Origin::Aia { .. }) => "aia".to_owned(),
        Some(Origin::Ocsp { .. }) => "ocsp".to_owned(),
        Some(Origin::Pasted { .. }) => "pasted".to_owned(),
        Some(Origin::File { .. } | Origin::Stdin { .. } | Origin::Sample { .. } | Origin::Store { .. } | Origin::Entry { .. }) | None => {
            String::new()
        }
    };
    let parts = [word, copies(origins).unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `=2 files`: the very same certificate was found more than once. What a store or an OCSP response brings along is no copy.
fn copies(origins: &[Origin]) -> Option<String> {
    let places: Vec<&Origin> =
        origins.iter().filter(|origin| !matches!(origin.outermost(), Origin::Store { .. } | Origin::Ocsp { .. })).collect();
    if places.len() < 2 {
        return None;
    }
    let files: Option<BTreeSet<&str>> = places
        .iter()
        .map(|origin| match origin.outermost() {
            Origin::File { path, .. } => Some(path.as_str()),
            _ => None,
        })
        .collect();
    Some(match files.map(|files| files.len()) {
        Some(1) => format!("={} blocks", places.len()),
        Some(count) if count == places.len() => format!("={count} files"),
        _ => format!("={} places", places.len()),
    })
}

/// A certificate that names itself as its issuer, whose key did not sign it, and for which there is no other candidate.
pub(super) fn has_broken_own_signature(look: &Look<'_>, id: CertificateId) -> bool {
    let graph = &look.judgement.analysis.graph;
    let own = graph.link_between(id, graph.entity_of(id));
    own.is_some_and(|link| link.signature == SignatureState::Bad && !link.is_contradicted()) && graph.steps(id).next().is_none()
}

/// The stores that it is an anchor of; none are named where only one is loaded.
fn stores(look: &Look<'_>, id: CertificateId) -> Vec<String> {
    let trust = &look.judgement.analysis.trust;
    if trust.stores().len() < 2 {
        return Vec::new();
    }
    trust.names(trust.anchor_of(id)).map(str::to_owned).collect()
}
