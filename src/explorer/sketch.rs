//! What the diagram is to draw of the target: its entities, their certificates, and the links between them.

use std::collections::{HashMap, HashSet};

use super::Explorer;
use crate::cert::{Name, Origin, hex};
use crate::chain::{CertificateId, EntityId, SignatureState};
use crate::check::{Finding, Place, Value, Verdict, rule};
use crate::diagram::{BoxId, BoxKind, EdgeState, Mark, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};

/// Paths whose findings mark the slots; beyond these only what rules say of a certificate alone is shown.
const MARKED_PATHS: usize = 16;
/// Hexadecimal digits of a serial number that a slot shows; certificate authorities' own are random from the first on.
const SERIAL_DIGITS: usize = 12;
/// A box with more slots than this is folded until the person unfolds it.
const FOLD_ABOVE: usize = 4;
/// Entities that are drawn; more would be a wall, not a picture.
const MAX_ENTITIES: usize = 400;
/// Ids of boxes for missing issuers start here: above every entity's.
const MISSING: u32 = 1 << 31;

pub(super) fn sketch(explorer: &Explorer) -> Sketch {
    let analysis = explorer.analysis();
    let entities = explorer.drawn_entities();
    let in_view: HashSet<EntityId> = entities.iter().copied().collect();
    let on_paths: HashSet<CertificateId> = explorer.target.paths.iter().flat_map(|judged| &judged.path.certificates).copied().collect();
    let chosen = explorer.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
    let findings = findings(explorer);

    let mut out = Sketch::default();
    let mut ghosts = Ghosts::default();
    for &entity in &entities {
        let mut slots = Vec::new();
        for &id in &analysis.graph.entity(entity).certificates {
            // A store's certificate that no path uses would only be in the way.
            if !on_paths.contains(&id) && !analysis.pool.entry(id).given {
                continue;
            }
            slots.push(slot(explorer, id, chosen, &findings));
            let mut steps = analysis.graph.steps(id).peekable();
            if steps.peek().is_none() && !analysis.graph.is_self_signed(id) && !has_broken_own_signature(explorer, id) {
                let is_end = chosen.last() == Some(&id);
                out.edges.push(SketchEdge { from: SlotId(id.0), to: ghosts.of(explorer, id), state: EdgeState::Missing, chosen: is_end });
            }
            for link in steps.filter(|link| in_view.contains(&link.entity)) {
                let is_chosen = chosen.windows(2).any(|pair| pair[0] == id && analysis.graph.entity_of(pair[1]) == link.entity);
                out.edges.push(SketchEdge {
                    from: SlotId(id.0),
                    to: BoxId(link.entity.0),
                    state: state(link.signature),
                    chosen: is_chosen,
                });
            }
        }
        slots.sort_by_key(|slot: &SketchSlot| (!slot.anchor, !slot.self_signed));
        let is_target = entity == analysis.graph.entity_of(explorer.target.certificate);
        out.boxes.push(SketchBox {
            id: BoxId(entity.0),
            kind: if is_target { BoxKind::Target } else { BoxKind::Entity },
            title: explorer.labels.entity(&analysis.graph, entity),
            note: String::new(),
            folded: slots.len() > FOLD_ABOVE && !explorer.unfolded.contains(&entity),
            slots,
        });
    }
    out.boxes.extend(ghosts.boxes.into_iter().map(|(_, ghost)| ghost));
    out
}

impl Explorer {
    /// The entities that are drawn: those of the chosen path, or of all.
    fn drawn_entities(&self) -> Vec<EntityId> {
        let graph = &self.analysis().graph;
        let chosen = self.chosen_path().filter(|_| self.only_chosen);
        let own = chosen.map(|path| path.certificates.iter().map(|id| graph.entity_of(*id)).collect::<HashSet<_>>());
        let all = self.target.entities.iter().copied();
        all.filter(|entity| own.as_ref().is_none_or(|own| own.contains(entity))).take(MAX_ENTITIES).collect()
    }

    /// How many entities the picture leaves out.
    pub(super) fn left_out(&self) -> usize {
        self.target.entities.len() - self.drawn_entities().len()
    }
}

fn state(signature: SignatureState) -> EdgeState {
    match signature {
        SignatureState::Good => EdgeState::Good,
        SignatureState::Bad => EdgeState::Bad,
        SignatureState::Unchecked => EdgeState::Unchecked,
        SignatureState::Unsupported(_) => EdgeState::Unsupported,
    }
}

/// What the rules say on the paths that are looked at for marks, the chosen one first, signatures left out: those stand on
/// the edges.
fn findings(explorer: &Explorer) -> HashMap<CertificateId, Vec<Finding>> {
    let chosen = explorer.chosen_path();
    let others = explorer.target.paths.iter().map(|judged| &judged.path).filter(|path| Some(*path) != chosen);
    let mut out: HashMap<CertificateId, Vec<Finding>> = HashMap::new();
    for path in chosen.into_iter().chain(others).take(MARKED_PATHS) {
        for finding in explorer.analysis().findings(path) {
            if finding.verdict <= Verdict::Caution
                && !finding.is_for_want_of_data()
                && finding.rule != "signature"
                && finding.rule != "trust"
            {
                out.entry(blamed(&finding)).or_default().push(finding);
            }
        }
    }
    out
}

/// Rules about what an issuer may do speak of a link and blame the issuer.
fn blamed(finding: &Finding) -> CertificateId {
    match finding.place {
        Place::Link { issuer, .. } if matches!(finding.rule, "basic-constraints" | "key-usage") => issuer,
        place => place.certificate(),
    }
}

fn slot(explorer: &Explorer, id: CertificateId, chosen: &[CertificateId], findings: &HashMap<CertificateId, Vec<Finding>>) -> SketchSlot {
    let analysis = explorer.analysis();
    // What is on no path that was looked at is judged on its own.
    let own = findings.get(&id).cloned().unwrap_or_else(|| analysis.certificate_findings(id));
    let worst = own.iter().min_by_key(|finding| finding.verdict);
    let mut verdict = worst.map_or(Verdict::Pass, |finding| finding.verdict);
    let failing = worst.filter(|finding| finding.verdict == Verdict::Fail);
    let (mut note, mut note_fails) = match failing {
        Some(finding) => (failure_note(finding), true),
        None => (format!("to {}", analysis.pool.certificate(id).not_after.date()), false),
    };
    if has_broken_own_signature(explorer, id) {
        (verdict, note, note_fails) = (Verdict::Fail, "BAD SIGNATURE".to_owned(), true);
    }
    SketchSlot {
        id: SlotId(id.0),
        mark: match verdict {
            Verdict::Fail => Mark::Fail,
            Verdict::Unknown => Mark::Unknown,
            Verdict::Caution => Mark::Caution,
            Verdict::Pass | Verdict::NotApplicable => Mark::Pass,
        },
        label: explorer.labels.issuer(&analysis.pool, &analysis.graph, id),
        note,
        detail: detail(explorer, id),
        note_fails,
        self_signed: analysis.graph.is_self_signed(id),
        anchor: !analysis.trust.anchor_of(id).is_empty(),
        chosen: chosen.contains(&id),
    }
}

/// Where it came from, and its serial number: what two siblings of one issuer differ in.
fn detail(explorer: &Explorer, id: CertificateId) -> String {
    let analysis = explorer.analysis();
    let origins = &analysis.pool.entry(id).origins;
    let from = origins.iter().min().map_or_else(String::new, Origin::short);
    let certificate = analysis.pool.certificate(id);
    let serial = hex(certificate.bytes(certificate.serial));
    let shown: String = serial.chars().take(SERIAL_DIGITS).collect();
    let more = if shown.len() < serial.len() { "…" } else { "" };
    format!("{from} · {shown}{more}")
}

/// A certificate that names itself as its issuer, whose key did not sign it, and for which there is no other candidate.
fn has_broken_own_signature(explorer: &Explorer, id: CertificateId) -> bool {
    let graph = &explorer.analysis().graph;
    let own = graph.link_between(id, graph.entity_of(id));
    own.is_some_and(|link| link.signature == SignatureState::Bad) && graph.steps(id).next().is_none()
}

/// What fails, in the two or three words that a slot has room for; of a validity window its date.
fn failure_note(finding: &Finding) -> String {
    let fact = |name: &str| finding.facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value);
    if finding.rule == "revocation" {
        return match fact("revoked_at") {
            Some(Value::Time(date)) => format!("REVOKED {}", date.date()),
            _ => "REVOCATION UNKNOWN".to_owned(),
        };
    }
    match (fact("state"), fact("not_before"), fact("not_after")) {
        (Some(Value::Word("expired")), _, Some(Value::Time(end))) => format!("EXPIRED {}", end.date()),
        (Some(_), Some(Value::Time(begin)), _) => format!("NOT BEFORE {}", begin.date()),
        _ => rule(finding.rule).map_or_else(String::new, |rule| rule.failure.to_owned()),
    }
}

/// Ghosts for issuers that are not loaded: one for each name.
#[derive(Default)]
struct Ghosts {
    boxes: Vec<(Name, SketchBox)>,
}

impl Ghosts {
    /// The box for the issuer of a certificate.
    fn of(&mut self, explorer: &Explorer, id: CertificateId) -> BoxId {
        let certificate = explorer.analysis().pool.certificate(id);
        if let Some((_, known)) = self.boxes.iter().find(|(name, _)| *name == certificate.issuer) {
            return known.id;
        }
        let label = certificate.issuer.label();
        // Another missing issuer may bear the same common name; then the whole name tells them apart.
        let is_taken = self.boxes.iter().any(|(_, known)| known.title == label);
        let ghost = SketchBox {
            id: BoxId(MISSING + id.0),
            kind: BoxKind::Missing,
            title: if is_taken { certificate.issuer.to_string() } else { label },
            note: if certificate.extensions.has_ca_issuers { "not loaded, see AIA" } else { "not loaded" }.to_owned(),
            slots: Vec::new(),
            folded: false,
        };
        self.boxes.push((certificate.issuer.clone(), ghost));
        BoxId(MISSING + id.0)
    }
}
