//! What the diagram is to draw of the target: its entities, their certificates, and the links between them.

use std::collections::{HashMap, HashSet};

use super::Explorer;
use crate::cert::{Certificate, ca_issuers};
use crate::chain::{CertificateId, EntityId, SignatureState};
use crate::check::{Finding, Place, Verdict, rule};
use crate::diagram::{BoxId, BoxKind, EdgeState, Mark, Sketch, SketchBox, SketchEdge, SketchSlot, SlotId};

/// Paths whose findings mark the slots; beyond these only what rules say of a certificate alone is shown.
const MARKED_PATHS: usize = 16;
/// A box with more slots than this is folded until the person unfolds it.
const FOLD_ABOVE: usize = 4;
/// Entities that are drawn; more would be a wall, not a picture.
pub(super) const MAX_ENTITIES: usize = 400;
/// Ids of boxes for missing issuers start here: above every entity's.
const MISSING: u32 = 1 << 31;

pub(super) fn sketch(explorer: &Explorer) -> Sketch {
    let analysis = explorer.analysis();
    let entities: Vec<EntityId> = explorer.target.entities.iter().copied().take(MAX_ENTITIES).collect();
    let in_view: HashSet<EntityId> = entities.iter().copied().collect();
    let on_paths: HashSet<CertificateId> = explorer.target.paths.iter().flat_map(|judged| &judged.path.certificates).copied().collect();
    let chosen = explorer.chosen_path().map(|path| path.certificates.as_slice()).unwrap_or_default();
    let findings = findings(explorer);

    let mut out = Sketch::default();
    let mut missing = Vec::new();
    for &entity in &entities {
        let mut slots = Vec::new();
        for &id in &analysis.graph.entity(entity).certificates {
            // A store's certificate that no path uses would only be in the way.
            if !on_paths.contains(&id) && !analysis.pool.entry(id).given {
                continue;
            }
            slots.push(slot(explorer, id, chosen, &findings));
            let mut steps = analysis.graph.steps(id).peekable();
            if steps.peek().is_none() && !analysis.graph.is_self_signed(id) {
                let (ghost, edge) = missing_issuer(explorer, id, chosen);
                missing.push(ghost);
                out.edges.push(edge);
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
    out.boxes.extend(merged(missing, &mut out.edges));
    out
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
            if finding.verdict <= Verdict::Caution && finding.rule != "signature" && finding.rule != "trust" {
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
    let certificate = analysis.pool.certificate(id);
    // A certificate that is on no path has been judged on none; its dates speak for themselves.
    let own = findings.get(&id).cloned().unwrap_or_default();
    let worst = own.iter().min_by_key(|finding| finding.verdict);
    let dates = dates(explorer, certificate);
    let (note, note_fails) = match worst {
        Some(finding) if finding.verdict == Verdict::Fail && finding.rule != "validity" => {
            (rule(finding.rule).map_or_else(String::new, |rule| rule.failure.to_owned()), true)
        }
        _ => dates.clone(),
    };
    let verdict = worst.map_or(Verdict::Pass, |finding| finding.verdict).min(if dates.1 { Verdict::Fail } else { Verdict::Pass });
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
        note_fails,
        self_signed: analysis.graph.is_self_signed(id),
        anchor: !analysis.trust.anchor_of(id).is_empty(),
        chosen: chosen.contains(&id),
    }
}

fn dates(explorer: &Explorer, certificate: &Certificate) -> (String, bool) {
    let at = explorer.analysis().policy.at;
    if at > certificate.not_after {
        (format!("EXPIRED {}", certificate.not_after.date()), true)
    } else if at < certificate.not_before {
        (format!("NOT BEFORE {}", certificate.not_before.date()), true)
    } else {
        (format!("to {}", certificate.not_after.date()), false)
    }
}

fn missing_issuer(explorer: &Explorer, id: CertificateId, chosen: &[CertificateId]) -> (SketchBox, SketchEdge) {
    let certificate = explorer.analysis().pool.certificate(id);
    let has_location = !ca_issuers(certificate).is_empty();
    let ghost = SketchBox {
        id: BoxId(MISSING + id.0),
        kind: BoxKind::Missing,
        title: certificate.issuer.label(),
        note: if has_location { "not loaded, see AIA".to_owned() } else { "not loaded".to_owned() },
        slots: Vec::new(),
        folded: false,
    };
    let is_end = chosen.last() == Some(&id);
    (ghost, SketchEdge { from: SlotId(id.0), to: BoxId(MISSING + id.0), state: EdgeState::Missing, chosen: is_end })
}

/// One ghost for each missing name.
fn merged(ghosts: Vec<SketchBox>, edges: &mut [SketchEdge]) -> Vec<SketchBox> {
    let mut out: Vec<SketchBox> = Vec::new();
    for ghost in ghosts {
        match out.iter().find(|known| known.title == ghost.title) {
            Some(known) => edges.iter_mut().filter(|edge| edge.to == ghost.id).for_each(|edge| edge.to = known.id),
            None => out.push(ghost),
        }
    }
    out
}
