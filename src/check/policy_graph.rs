//! Which certificate policies hold for a whole path: the graph of RFC 9618, whose size is bounded by what the certificates say,
//! where the tree of RFC 5280 6.1.2 (a) could be made to explode.

use std::collections::{BTreeMap, BTreeSet};

use super::PolicyInputs;
use crate::cert::{PolicyConstraints, PolicyInformation, PolicyMapping};

/// anyPolicy (RFC 5280 4.2.1.4).
pub(super) const ANY_POLICY: &str = "2.5.29.32.0";
/// Edges between policies of neighbouring certificates on one path; real ones have some tens.
pub(super) const MAX_EDGES_OF_PATH: usize = 100_000;

/// What a certificate says of policies; the anchor's, where it does not bind, is left out by the caller.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated {
    pub policies: Option<Vec<PolicyInformation>>,
    pub mappings: Option<Vec<PolicyMapping>>,
    pub constraints: Option<PolicyConstraints>,
    pub inhibit_any: Option<u32>,
    pub is_self_issued: bool,
}

impl Stated {
    /// No path can fail for what this says, where the policy requires none.
    pub(super) fn demands_nothing(&self) -> bool {
        self.mappings.is_none() && self.constraints.is_none()
    }

    /// RFC 5937 4: an anchor that says nothing of policies restricts none.
    pub(super) fn for_any_policy(mut self) -> Self {
        let any = || vec![PolicyInformation { policy: ANY_POLICY.to_owned(), qualifiers: Vec::new() }];
        self.policies.get_or_insert_with(any);
        self
    }
}

/// Where a path stops satisfying its policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// RFC 5280 6.1.3 (f): an explicit policy is required from here on, and none is left; the place counts from the anchor's side.
    NoneLeft { place: usize },
    /// RFC 5280 6.1.4 (a): anyPolicy is mapped.
    AnyMapped { place: usize },
    /// RFC 5280 6.1.5: no policy is left that the user accepts.
    NotAccepted { left: BTreeSet<String> },
    /// `MAX_EDGES_OF_PATH`.
    TooManyEdges,
    /// Whoever asked allows no more.
    NoMoreEdges,
}

/// A policy at one depth: which policies of the next certificate continue it, and which it continues.
#[derive(Debug, Clone, Default)]
struct Node {
    expected: BTreeSet<String>,
    parents: BTreeSet<String>,
}

/// The nodes of one depth, by policy.
type Level = BTreeMap<String, Node>;

/// The user-constrained policies (RFC 9618 5.4 (g)) of a path of certificates from below the anchor down to the target: dotted
/// OIDs, or anyPolicy.
pub(super) fn accepted(path: &[Stated], inputs: &PolicyInputs, may_take: &dyn Fn(usize) -> bool) -> Result<BTreeSet<String>, Refusal> {
    let count = path.len();
    let start = |now: bool| if now { 0 } else { count + 1 };
    let (mut explicit, mut mapping, mut any) = (start(inputs.require_explicit), start(inputs.inhibit_mapping), start(inputs.inhibit_any));
    let root = Node { expected: BTreeSet::from([ANY_POLICY.to_owned()]), parents: BTreeSet::new() };
    // `levels[i]` holds depth i; empty as a whole once no policy is left.
    let mut levels: Vec<Level> = vec![Level::from([(ANY_POLICY.to_owned(), root)])];
    let mut edges = 0;
    for (place, stated) in path.iter().enumerate() {
        let is_last = place + 1 == count;
        match &stated.policies {
            Some(policies) if !levels.is_empty() => {
                let counts_any = any > 0 || (!is_last && stated.is_self_issued);
                let level = grow(levels.last().unwrap_or(&Level::new()), policies, counts_any, &mut edges, may_take)?;
                levels.push(level);
                prune(&mut levels);
            }
            Some(_) => {}
            None => levels.clear(),
        }
        if explicit == 0 && levels.is_empty() {
            return Err(Refusal::NoneLeft { place });
        }
        if is_last {
            break;
        }
        if let Some(mappings) = &stated.mappings {
            if mappings.iter().any(|pair| pair.issuer_domain == ANY_POLICY || pair.subject_domain == ANY_POLICY) {
                return Err(Refusal::AnyMapped { place });
            }
            map(&mut levels, mappings, mapping > 0);
        }
        if !stated.is_self_issued {
            (explicit, mapping, any) = (explicit.saturating_sub(1), mapping.saturating_sub(1), any.saturating_sub(1));
        }
        let constraints = stated.constraints.unwrap_or_default();
        let lower = |value: usize, to: Option<u32>| to.map_or(value, |to| value.min(usize::try_from(to).unwrap_or(usize::MAX)));
        explicit = lower(explicit, constraints.require_explicit_policy);
        mapping = lower(mapping, constraints.inhibit_policy_mapping);
        any = lower(any, stated.inhibit_any);
    }
    explicit = explicit.saturating_sub(1);
    if path.last().and_then(|last| last.constraints).and_then(|constraints| constraints.require_explicit_policy) == Some(0) {
        explicit = 0;
    }
    let authority = authority_constrained(&levels);
    let accepted = match () {
        () if inputs.initial.is_empty() || inputs.initial.contains(ANY_POLICY) => authority.clone(),
        () if authority.contains(ANY_POLICY) => inputs.initial.clone(),
        () => authority.intersection(&inputs.initial).cloned().collect(),
    };
    if explicit == 0 && accepted.is_empty() { Err(Refusal::NotAccepted { left: authority }) } else { Ok(accepted) }
}

/// RFC 9618 5.2 (d): the policies of a certificate that continue one above it.
fn grow(
    above: &Level,
    policies: &[PolicyInformation],
    counts_any: bool,
    edges: &mut usize,
    may_take: &dyn Fn(usize) -> bool,
) -> Result<Level, Refusal> {
    let mut continued: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (policy, node) in above {
        *edges += node.expected.len();
        if *edges > MAX_EDGES_OF_PATH {
            return Err(Refusal::TooManyEdges);
        }
        if !may_take(node.expected.len()) {
            return Err(Refusal::NoMoreEdges);
        }
        for expected in &node.expected {
            continued.entry(expected).or_default().insert(policy.clone());
        }
    }
    let mut level = Level::new();
    let mut add = |policy: &str, parents: BTreeSet<String>| {
        let expected = BTreeSet::from([policy.to_owned()]);
        level.insert(policy.to_owned(), Node { expected, parents });
    };
    for information in policies.iter().filter(|information| information.policy != ANY_POLICY) {
        if let Some(parents) = continued.remove(information.policy.as_str()) {
            add(&information.policy, parents);
        } else if above.contains_key(ANY_POLICY) {
            add(&information.policy, BTreeSet::from([ANY_POLICY.to_owned()]));
        }
    }
    if counts_any && policies.iter().any(|information| information.policy == ANY_POLICY) {
        continued.into_iter().for_each(|(policy, parents)| add(policy, parents));
    }
    Ok(level)
}

/// RFC 9618 5.2 (d)(3): what no policy below continues is no policy of the path.
fn prune(levels: &mut Vec<Level>) {
    for depth in (1..levels.len()).rev() {
        let kept: BTreeSet<String> = levels[depth].values().flat_map(|node| node.parents.iter().cloned()).collect();
        levels[depth - 1].retain(|policy, _| kept.contains(policy));
    }
    if levels.iter().any(Level::is_empty) {
        levels.clear();
    }
}

/// RFC 9618 5.3 (b): a policy goes on under the names that it is mapped to; where mapping is inhibited, it ends here.
fn map(levels: &mut Vec<Level>, mappings: &[PolicyMapping], is_allowed: bool) {
    let mut targets: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for pair in mappings {
        targets.entry(&pair.issuer_domain).or_default().insert(pair.subject_domain.clone());
    }
    let Some(level) = levels.last_mut() else { return };
    let has_any = level.contains_key(ANY_POLICY);
    for (policy, expected) in targets {
        match level.get_mut(policy) {
            Some(_) if !is_allowed => {
                level.remove(policy);
            }
            Some(node) => node.expected = expected,
            None if is_allowed && has_any => {
                let parents = BTreeSet::from([ANY_POLICY.to_owned()]);
                level.insert(policy.to_owned(), Node { expected, parents });
            }
            None => {}
        }
    }
    prune(levels);
}

/// RFC 9618 5.4 (g)(1): the policies as the anchor calls them: those that come directly from anyPolicy, and anyPolicy where it
/// reaches the target.
fn authority_constrained(levels: &[Level]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for level in levels.iter().skip(1) {
        let introduced = level.iter().filter(|(policy, node)| *policy != ANY_POLICY && node.parents.contains(ANY_POLICY));
        out.extend(introduced.map(|(policy, _)| policy.clone()));
    }
    if levels.last().is_some_and(|level| level.contains_key(ANY_POLICY)) {
        out.insert(ANY_POLICY.to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(policies: &[&str], mappings: &[(&str, &str)]) -> Stated {
        let information = |policy: &&str| PolicyInformation { policy: (*policy).to_owned(), qualifiers: Vec::new() };
        let pair =
            |(issuer, subject): &(&str, &str)| PolicyMapping { issuer_domain: (*issuer).to_owned(), subject_domain: (*subject).to_owned() };
        Stated {
            policies: (!policies.is_empty()).then(|| policies.iter().map(information).collect()),
            mappings: (!mappings.is_empty()).then(|| mappings.iter().map(pair).collect()),
            ..Stated::default()
        }
    }

    fn words(found: Result<BTreeSet<String>, Refusal>) -> Vec<String> {
        found.unwrap().into_iter().collect()
    }

    fn explicit() -> PolicyInputs {
        PolicyInputs { require_explicit: true, ..PolicyInputs::default() }
    }

    #[test]
    fn a_policy_must_run_through_all() {
        let path = [stated(&["1.1", "1.2"], &[]), stated(&["1.2", "1.3"], &[])];
        assert_eq!(words(accepted(&path, &explicit(), &|_| true)), ["1.2"]);
        let path = [stated(&["1.1"], &[]), stated(&["1.2"], &[])];
        assert_eq!(accepted(&path, &explicit(), &|_| true), Err(Refusal::NoneLeft { place: 1 }));
        assert_eq!(words(accepted(&path, &PolicyInputs::default(), &|_| true)), Vec::<String>::new());
        let inputs = PolicyInputs { initial: BTreeSet::from(["1.9".to_owned()]), ..explicit() };
        let path = [stated(&["1.1"], &[]), stated(&["1.1"], &[])];
        assert_eq!(accepted(&path, &inputs, &|_| true), Err(Refusal::NotAccepted { left: BTreeSet::from(["1.1".to_owned()]) }));
    }

    #[test]
    fn any_policy_stands_for_each_unless_inhibited() {
        let path = [stated(&[ANY_POLICY], &[]), stated(&["1.1"], &[])];
        assert_eq!(words(accepted(&path, &explicit(), &|_| true)), ["1.1"]);
        let inhibited = PolicyInputs { inhibit_any: true, ..explicit() };
        assert_eq!(accepted(&path, &inhibited, &|_| true), Err(Refusal::NoneLeft { place: 0 }));
        let path = [stated(&[ANY_POLICY], &[]), stated(&[ANY_POLICY], &[])];
        assert_eq!(words(accepted(&path, &explicit(), &|_| true)), [ANY_POLICY]);
    }

    #[test]
    fn a_mapped_policy_keeps_the_name_that_the_anchor_knows() {
        let path = [stated(&["1.1"], &[("1.1", "2.1")]), stated(&["2.1"], &[])];
        assert_eq!(words(accepted(&path, &explicit(), &|_| true)), ["1.1"]);
        let inhibited = PolicyInputs { inhibit_mapping: true, ..explicit() };
        assert_eq!(accepted(&path, &inhibited, &|_| true), Err(Refusal::NoneLeft { place: 1 }));
        let path = [stated(&["1.1"], &[(ANY_POLICY, "2.1")]), stated(&["2.1"], &[])];
        assert_eq!(accepted(&path, &explicit(), &|_| true), Err(Refusal::AnyMapped { place: 0 }));
    }

    #[test]
    fn a_tree_made_to_explode_stays_small_or_ends_at_the_limit() {
        // Each policy is mapped to each: RFC 5280's tree would double with every certificate (RFC 9618 1.1).
        let names: Vec<String> = (0..2).map(|number| format!("1.{number}")).collect();
        let policies: Vec<&str> = names.iter().map(String::as_str).collect();
        let pairs: Vec<(&str, &str)> = policies.iter().flat_map(|from| policies.iter().map(|to| (*from, *to))).collect();
        let path = vec![stated(&policies, &pairs); 64];
        assert_eq!(words(accepted(&path, &explicit(), &|_| true)).len(), 2);

        let names: Vec<String> = (0..400).map(|number| format!("1.{number}")).collect();
        let policies: Vec<&str> = names.iter().map(String::as_str).collect();
        let pairs: Vec<(&str, &str)> = policies.iter().flat_map(|from| policies.iter().map(|to| (*from, *to))).collect();
        assert_eq!(accepted(&vec![stated(&policies, &pairs); 4], &explicit(), &|_| true), Err(Refusal::TooManyEdges));
        assert_eq!(accepted(&vec![stated(&policies, &pairs); 4], &explicit(), &|_| false), Err(Refusal::NoMoreEdges));
    }
}
