//! Every way up from a target: a depth-first search that never enters a dead end (RFC 4158 2.4 and 5.2).

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::components::{Components, components};
use super::count::{self, Count};
use super::outlook::Outlooks;
use super::{CertificateId, EntityId, Graph, Pool, StoreSet, Trust};

/// Certificates on one path; OpenSSL's default depth (X509_VERIFY_PARAM, 100).
pub const DEFAULT_MAX_DEPTH: usize = 100;
/// Paths that are listed for one target; more than a person or a tool reads. The count goes on where it can.
pub const MAX_LISTED: usize = 1_000;
/// Steps of the search for one target, a bound on time: about a second.
pub const MAX_STEPS: usize = 2_000_000;
/// Paths that end in a loop are only shown where a target has no other, as examples.
const MAX_LISTED_LOOPS: usize = 16;

/// What a path ends at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// An anchor of a chosen store.
    Anchor,
    /// Self-signed, but in no chosen store.
    SelfSigned,
    /// No certificate of its issuer's name is loaded.
    MissingIssuer,
    /// Every issuer is on the path already (RFC 4158 5.2: same name and same key).
    Loop,
    /// The depth limit.
    Limit,
}

/// The target first, then one certificate of each entity up to the end.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// From the target upward.
    pub certificates: Vec<CertificateId>,
    /// The chosen stores of which the last certificate is the first anchor on this path.
    pub stores: StoreSet,
    /// Why it goes no further.
    pub end: End,
}

/// A limit that ended the search early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stop {
    /// More than this many paths exist; the rest is not listed.
    Listed(usize),
    /// So many steps were taken.
    Steps(usize),
    /// Paths of more certificates were not followed.
    Depth(usize),
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Likeliest issuers and shortest ways first.
    pub listed: Vec<Path>,
    /// Distinct paths that end at an anchor of some chosen store.
    pub count: Count,
    /// Paths that end self-signed in no store, or at a missing issuer.
    pub other: Count,
    /// Every limit that was reached.
    pub stopped: Vec<Stop>,
    /// What it cost: ten for a step of the search, one for a link above the target.
    pub cost: usize,
}

/// Paths that were listed, where nobody asks how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathListing {
    /// Likeliest issuers and shortest ways first.
    pub listed: Vec<Path>,
    /// Every limit that was reached.
    pub stopped: Vec<Stop>,
    /// What it cost: ten for a step of the search, one for a link above the target.
    pub cost: usize,
}

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Certificates on a path.
    pub depth: usize,
    /// Paths that are listed; the rest is counted.
    pub listed: usize,
    /// Steps of the search.
    pub steps: usize,
    /// Entities that issue one another in circles up to which the paths among them are counted, as long as the tables for that are small.
    pub counted: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: DEFAULT_MAX_DEPTH, listed: MAX_LISTED, steps: MAX_STEPS, counted: usize::MAX }
    }
}

/// The paths of `target`, likeliest issuers and shortest ways first; always the same for the same pool, links and trust.
pub fn paths(pool: &Pool, graph: &Graph, trust: &Trust, target: CertificateId, limits: Limits) -> Paths {
    let components = components(graph, target);
    let PathListing { listed, stopped, cost } = search(pool, graph, trust, target, &components, limits);
    let (mut count, mut other) = count::count(graph, trust, &components, target, limits.counted);
    let too_long = count::longest(graph, &components) > limits.depth;
    for (count, found) in [(&mut count, listed_with(&listed, |end| end == End::Anchor)), (&mut other, listed_with(&listed, is_other))] {
        if too_long {
            *count = Count { value: found, exact: stopped.is_empty() };
        } else if !count.exact {
            *count = Count { value: count.value.max(found), exact: stopped.is_empty() };
        }
    }
    Paths { listed, count, other, stopped, cost }
}

/// The same paths without their number, which may take longer to find out than to list them.
pub fn list_paths(pool: &Pool, graph: &Graph, trust: &Trust, target: CertificateId, limits: Limits) -> PathListing {
    search(pool, graph, trust, target, &components(graph, target), limits)
}

fn search(pool: &Pool, graph: &Graph, trust: &Trust, target: CertificateId, components: &Components, limits: Limits) -> PathListing {
    let mut search = PathSearch::new(pool, graph, trust, components, limits);
    search.visit(target, StoreSet::default());
    let mut steps = search.steps;
    if search.listed.is_empty() {
        // Nothing leads to an end: the loops that it leads to instead are shown, and what stopped the first search stays said.
        let stopped = std::mem::take(&mut search.stopped);
        search.loops_only = true;
        search.steps = 0;
        search.visit(target, StoreSet::default());
        stopped.into_iter().for_each(|stop| search.stop(stop));
        steps = steps.saturating_add(search.steps);
    }
    let PathSearch { listed, stopped, .. } = search;
    PathListing { listed, stopped, cost: steps.saturating_mul(10).saturating_add(links_within(graph, components)) }
}

fn links_within(graph: &Graph, components: &Components) -> usize {
    let entities = components.members.iter().flatten();
    entities.flat_map(|entity| &graph.entity(*entity).certificates).map(|id| graph.links_of(*id).len()).sum()
}

fn is_other(end: End) -> bool {
    matches!(end, End::SelfSigned | End::MissingIssuer)
}

fn listed_with(listed: &[Path], wanted: impl Fn(End) -> bool) -> u128 {
    listed.iter().map(|path| u128::from(wanted(path.end))).sum()
}

struct PathSearch<'a> {
    pool: &'a Pool,
    graph: &'a Graph,
    trust: &'a Trust,
    limits: Limits,
    all: StoreSet,
    certificates: Vec<CertificateId>,
    on_path: HashSet<EntityId>,
    order: HashMap<EntityId, Vec<CertificateId>>,
    outlooks: Outlooks<'a>,
    steps: usize,
    loops_only: bool,
    listed: Vec<Path>,
    stopped: Vec<Stop>,
}

impl<'a> PathSearch<'a> {
    fn new(pool: &'a Pool, graph: &'a Graph, trust: &'a Trust, components: &'a Components, limits: Limits) -> Self {
        Self {
            pool,
            graph,
            trust,
            limits,
            all: trust.all(),
            certificates: Vec::new(),
            on_path: HashSet::default(),
            order: HashMap::default(),
            outlooks: Outlooks::new(graph, trust, components),
            steps: 0,
            loops_only: false,
            listed: Vec::new(),
            stopped: Vec::new(),
        }
    }

    /// Puts `certificate` on the path and looks at every way on; `reached` are the stores that an anchor below is in.
    fn visit(&mut self, certificate: CertificateId, reached: StoreSet) {
        self.steps += 1;
        if self.steps > self.limits.steps {
            self.stop(Stop::Steps(self.limits.steps));
        }
        if self.is_stopped() {
            return;
        }
        let entity = self.graph.entity_of(certificate);
        self.certificates.push(certificate);
        self.on_path.insert(entity);
        self.extend(certificate, reached);
        self.on_path.remove(&entity);
        self.certificates.pop();
    }

    fn extend(&mut self, certificate: CertificateId, reached: StoreSet) {
        let new = self.trust.anchor_of(certificate).without(reached);
        let reached = reached.union(new);
        if !new.is_empty() {
            self.emit(End::Anchor, new);
            if reached == self.all {
                return;
            }
        }
        let steps: Vec<EntityId> = self.graph.steps(certificate).map(|link| link.entity).collect();
        if reached.is_empty() && self.graph.is_self_signed(certificate) {
            self.emit(End::SelfSigned, StoreSet::default());
        } else if reached.is_empty() && steps.is_empty() {
            self.emit(End::MissingIssuer, StoreSet::default());
        }
        let mut only_loops = !steps.is_empty();
        let mut too_deep = false;
        for entity in steps {
            if self.on_path.contains(&entity) {
                continue;
            }
            only_loops = false;
            if self.certificates.len() >= self.limits.depth {
                too_deep = true;
                continue;
            }
            for next in self.ordered(entity) {
                if self.is_stopped() {
                    return;
                }
                if self.loops_only || self.leads_to_an_end(next, reached) {
                    self.visit(next, reached);
                }
            }
        }
        if too_deep {
            self.stop(Stop::Depth(self.limits.depth));
            if reached.is_empty() {
                self.emit(End::Limit, StoreSet::default());
            }
        }
        if only_loops && self.loops_only {
            self.emit(End::Loop, StoreSet::default());
        }
    }

    fn emit(&mut self, end: End, stores: StoreSet) {
        let limit = if self.loops_only { MAX_LISTED_LOOPS } else { self.limits.listed };
        if self.listed.len() >= limit {
            self.stop(Stop::Listed(limit));
            return;
        }
        self.listed.push(Path { certificates: self.certificates.clone(), stores, end });
    }

    fn stop(&mut self, stop: Stop) {
        if !self.stopped.contains(&stop) {
            self.stopped.push(stop);
        }
    }

    /// The depth limit ends one way up; the others end the search.
    fn is_stopped(&self) -> bool {
        self.stopped.iter().any(|stop| !matches!(stop, Stop::Depth(_)))
    }

    /// An entity's certificates: anchors, then self-signed ones, which end soonest (RFC 4158 3.5), then the newest.
    fn ordered(&mut self, entity: EntityId) -> Vec<CertificateId> {
        let (pool, graph, trust) = (self.pool, self.graph, self.trust);
        let order = self.order.entry(entity).or_insert_with(|| {
            let mut certificates = graph.entity(entity).certificates.clone();
            certificates.sort_by_cached_key(|id| {
                let certificate = pool.certificate(*id);
                (trust.anchor_of(*id).is_empty(), !graph.is_self_signed(*id), std::cmp::Reverse(certificate.not_before), certificate.sha256)
            });
            certificates
        });
        order.clone()
    }

    /// Whether some end can be reached from `certificate` without entering an entity of the path again.
    fn leads_to_an_end(&mut self, certificate: CertificateId, reached: StoreSet) -> bool {
        let (steps, limit) = (&mut self.steps, self.limits.steps);
        let step = || {
            *steps += 1;
            *steps <= limit
        };
        // Not known where there are no more steps; the visit that follows notices the limit.
        self.outlooks.leads_to_an_end(certificate, reached, &self.on_path, step).unwrap_or(true)
    }
}
