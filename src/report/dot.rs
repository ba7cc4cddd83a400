//! The graph for Graphviz and for Mermaid: a box for each name and key with its certificates in it, an edge for each signature.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::listing::Listing;
use crate::analysis::{Analysis, Judgement};
use crate::cert::Name;
use crate::chain::{CertificateId, End, EntityId, Link, SignatureState};
use crate::check::{PathVerdict, RuleId, Verdict};
use crate::words::{end_of_validity, key_identifier_words};

/// What both languages say, in words of neither.
struct GraphText<'a> {
    analysis: &'a Analysis,
    listing: Listing,
    listed: HashSet<CertificateId>,
    entities: HashSet<EntityId>,
    /// On a valid path of some target.
    valid: HashSet<CertificateId>,
    /// The rules that blame a certificate: signatures are told by the edges, trust by the stores.
    failing: HashMap<CertificateId, BTreeSet<RuleId>>,
    /// What the issuers are called that are not loaded, and whom each issued: paths end there.
    missing: Vec<(String, Vec<CertificateId>)>,
}

impl<'a> GraphText<'a> {
    fn new(analysis: &'a Analysis, targets: &[Judgement]) -> Self {
        let judged = targets.iter().flat_map(|target| &target.paths).filter(|judged| judged.verdict == PathVerdict::Valid);
        let valid = judged.flat_map(|judged| judged.path.certificates.iter().copied()).collect();
        let listing = Listing::new(analysis, targets);
        let (listed, entities) = (listing.certificates.iter().copied().collect(), listing.entities.iter().copied().collect());
        let mut failing: HashMap<CertificateId, BTreeSet<RuleId>> = HashMap::new();
        for finding in targets.iter().flat_map(Judgement::failures).map(|failure| &failure.finding) {
            if !matches!(finding.rule, RuleId::Signature | RuleId::Trust) {
                failing.entry(finding.blamed()).or_default().insert(finding.rule);
            }
        }
        // What is on no path of any target says of itself what is wrong.
        let on_paths: HashSet<CertificateId> =
            targets.iter().flat_map(|target| &target.paths).flat_map(|judged| judged.path.certificates.iter().copied()).collect();
        for id in listing.certificates.iter().filter(|id| !on_paths.contains(id)) {
            let mark = targets.first().map(|target| target.mark(*id)).and_then(|mark| mark.finding);
            let failed = mark.filter(|finding| finding.verdict == Verdict::Fail);
            failing.entry(*id).or_default().extend(failed.map(|finding| finding.rule));
        }
        let missing = missing_issuers(analysis, targets);
        Self { analysis, listing, listed, entities, valid, failing, missing }
    }

    fn certificates(&self, entity: EntityId) -> impl Iterator<Item = CertificateId> + '_ {
        self.analysis.graph.entity(entity).certificates.iter().copied().filter(|id| self.listed.contains(id))
    }

    /// Issuer, end, and what fails of it: the lines of a certificate's box.
    fn lines(&self, id: CertificateId) -> Vec<String> {
        let (pool, graph) = (&self.analysis.pool, &self.analysis.graph);
        let stores: Vec<&str> = self.analysis.trust.names(self.analysis.trust.anchor_of(id)).collect();
        let mut lines = vec![self.listing.labels.issuer(pool, graph, id), end_of_validity(pool.certificate(id))];
        if !stores.is_empty() {
            lines.push(format!("anchor of {}", stores.join(", ")));
        }
        lines.extend(self.failing.get(&id).into_iter().flatten().map(|rule| format!("FAILS {rule}")));
        lines
    }

    /// From a certificate to the first one drawn of its issuer; self-signatures are in the words.
    fn edges(&self) -> impl Iterator<Item = (CertificateId, EntityId, CertificateId, SignatureState)> + '_ {
        let graph = &self.analysis.graph;
        let drawn = |link: &Link| self.entities.contains(&link.entity);
        self.listing.certificates.iter().flat_map(move |id| {
            graph.links_of(*id).filter(drawn).filter_map(move |link| {
                let is_own = graph.entity_of(*id) == link.entity;
                let first = self.certificates(link.entity).next().filter(|_| !is_own)?;
                Some((*id, link.entity, first, link.signature))
            })
        })
    }

    fn is_heavy(&self, id: CertificateId, entity: EntityId) -> bool {
        self.valid.contains(&id) && self.certificates(entity).any(|issuer| self.valid.contains(&issuer))
    }
}

/// The issuers of all certificates that a path ends at for want of one, in the order of the paths; where two are called the same, by
/// their whole names.
fn missing_issuers(analysis: &Analysis, targets: &[Judgement]) -> Vec<(String, Vec<CertificateId>)> {
    /// Its name, its key identifier where that tells it apart, and what it issued.
    type MissingIssuer<'a> = (&'a Name, Option<&'a [u8]>, Vec<CertificateId>);
    let ends = targets.iter().flat_map(|target| &target.paths).filter(|judged| judged.path.end == End::MissingIssuer);
    let mut found: Vec<MissingIssuer<'_>> = Vec::new();
    let mut places = HashMap::new();
    // A certificate has one issuer.
    let mut known: HashSet<CertificateId> = HashSet::new();
    for id in ends.filter_map(|judged| judged.path.certificates.last().copied()).filter(|id| known.insert(*id)) {
        let certificate = analysis.pool.certificate(id);
        let (issuer, key) = (&certificate.issuer, certificate.authority_key());
        // Beside CAs of its name it is told by its key.
        let key = key.filter(|_| analysis.graph.namesakes_of_issuer(id).next().is_some());
        let place = *places.entry((issuer.canonical(), key)).or_insert(found.len());
        match found.get_mut(place) {
            Some((.., issued)) => issued.push(id),
            None => found.push((issuer, key, vec![id])),
        }
    }
    let mut bearers: HashMap<String, HashSet<&[u8]>> = HashMap::new();
    found.iter().for_each(|(name, ..)| {
        bearers.entry(name.label()).or_default().insert(name.canonical());
    });
    let called = |name: &Name| if bearers.get(&name.label()).is_some_and(|names| names.len() == 1) { name.label() } else { name.rfc4514() };
    let with_key = |key: &[u8]| format!(" (key identifier {})", key_identifier_words(key));
    found.iter().map(|(name, key, issued)| (called(name) + &key.map_or_else(String::new, with_key), issued.clone())).collect()
}

/// For `dot -Tsvg`: roots on top, siblings side by side in one frame.
pub fn dot(analysis: &Analysis, targets: &[Judgement]) -> String {
    let picture = GraphText::new(analysis, targets);
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = "digraph crossroots {\n  rankdir=BT;\n  compound=true;\n  node [shape=box];\n".to_owned();
    for entity in &picture.listing.entities {
        let title = picture.listing.labels.entity(&analysis.graph, *entity);
        out.push_str(&format!("  subgraph cluster_{} {{\n    label={};\n", entity.0, quoted(&title)));
        for id in picture.certificates(*entity) {
            let weight = if picture.valid.contains(&id) { ", penwidth=2" } else { "" };
            let fails = if picture.failing.get(&id).is_some_and(|rules| !rules.is_empty()) { ", color=red" } else { "" };
            let label: Vec<String> = picture.lines(id).iter().map(|line| quoted(line).trim_matches('"').to_owned()).collect();
            out.push_str(&format!("    c{} [label=\"{}\"{weight}{fails}];\n", id.0, label.join("\\n")));
        }
        out.push_str("  }\n");
    }
    for (id, entity, issuer, signature) in picture.edges() {
        let style = match signature {
            SignatureState::Good if picture.is_heavy(id, entity) => ", penwidth=2",
            SignatureState::Good => "",
            SignatureState::Bad => ", style=dashed, color=red, label=\"BAD SIGNATURE\"",
            SignatureState::Unchecked | SignatureState::Unsupported(_) => ", style=dotted, label=\"not checked\"",
        };
        out.push_str(&format!("  c{} -> c{} [lhead=cluster_{}{style}];\n", id.0, issuer.0, entity.0));
    }
    for (place, (name, issued)) in picture.missing.iter().enumerate() {
        let label = quoted(name);
        let label = label.trim_matches('"');
        out.push_str(&format!("  missing{place} [label=\"{label}\\nNOT LOADED\", style=dashed];\n"));
        issued.iter().for_each(|id| out.push_str(&format!("  c{} -> missing{place} [style=dashed];\n", id.0)));
    }
    out.push_str("}\n");
    out
}

/// For Markdown that draws Mermaid.
pub fn mermaid(analysis: &Analysis, targets: &[Judgement]) -> String {
    let picture = GraphText::new(analysis, targets);
    // Mermaid reads entities of its own in quoted text.
    let quoted = |text: &str| format!("\"{}\"", text.replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;"));
    let mut out = "flowchart BT\n".to_owned();
    for entity in &picture.listing.entities {
        let title = picture.listing.labels.entity(&analysis.graph, *entity);
        out.push_str(&format!("  subgraph e{}[{}]\n", entity.0, quoted(&title)));
        for id in picture.certificates(*entity) {
            let label: Vec<String> = picture.lines(id).iter().map(|line| quoted(line).trim_matches('"').to_owned()).collect();
            out.push_str(&format!("    c{}[\"{}\"]\n", id.0, label.join("<br>")));
        }
        out.push_str("  end\n");
    }
    for (id, entity, _, signature) in picture.edges() {
        let arrow = match signature {
            SignatureState::Good if picture.is_heavy(id, entity) => "==>",
            SignatureState::Good => "-->",
            SignatureState::Bad => "-. BAD SIGNATURE .->",
            SignatureState::Unchecked | SignatureState::Unsupported(_) => "-. not checked .->",
        };
        out.push_str(&format!("  c{} {arrow} e{}\n", id.0, entity.0));
    }
    for (place, (name, issued)) in picture.missing.iter().enumerate() {
        let label = quoted(name);
        let label = label.trim_matches('"');
        out.push_str(&format!("  missing{place}[\"{label}<br>NOT LOADED\"]\n  style missing{place} stroke-dasharray: 4 4\n"));
        issued.iter().for_each(|id| out.push_str(&format!("  c{} -.-> missing{place}\n", id.0)));
    }
    out
}
