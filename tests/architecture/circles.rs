//! Which files lead back to themselves: strongly connected components of more than one file.

use std::collections::{BTreeMap, BTreeSet};

/// Each circle as its files, in order. Reachability by walking suffices for some hundred files.
pub fn circles(edges: &BTreeSet<(String, String)>) -> Vec<Vec<String>> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(from).or_default().push(to);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|from| (*from, reach(from, &next))).collect();
    let mut out: BTreeSet<Vec<String>> = BTreeSet::new();
    for (file, those) in reached.iter().filter(|(file, those)| those.contains(*file)) {
        let back = those.iter().filter(|other| reached.get(**other).is_some_and(|those| those.contains(file)));
        out.insert(back.map(|file| (*file).to_owned()).collect());
    }
    out.into_iter().collect()
}

fn reach<'a>(from: &'a str, next: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut out = BTreeSet::new();
    let mut left = vec![from];
    while let Some(file) = left.pop() {
        left.extend(next.get(file).into_iter().flatten().filter(|other| out.insert(**other)));
    }
    out
}
