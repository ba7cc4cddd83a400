//! The endpoints that paths depend on, for a report on what was fetched.

use crate::analysis::{Analysis, EndpointOf, Judgement};
use crate::words::{Labels, reach_words};

/// Lines of the section: each certificate with its paths, its endpoints below it. Nothing where nothing was fetched.
pub(super) fn lines(analysis: &Analysis, labels: &Labels, targets: &[Judgement]) -> Vec<String> {
    let mut out = Vec::new();
    if analysis.reachability.is_empty() {
        return out;
    }
    for target in targets {
        let endpoints = target.endpoints();
        let of = labels.certificate(&analysis.pool, &analysis.graph, target.target);
        for own in endpoints.chunk_by(|one, next| one.certificate == next.certificate) {
            let Some(EndpointOf { certificate, paths, .. }) = own.first() else { continue };
            let name = labels.certificate(&analysis.pool, &analysis.graph, *certificate);
            let of = if targets.len() > 1 { format!(" of {of}") } else { String::new() };
            out.push(format!("{name}, on {}{of}", paths_words(paths)));
            out.extend(
                own.iter().map(|one| format!("  {:4} {}  {}", one.endpoint.kind.label(), one.endpoint.place(), reach_words(&one.reach))),
            );
        }
    }
    if out.is_empty() {
        out.push("the certificates of the paths name none".to_owned());
    }
    out
}

/// "path 1", "paths 1 to 3, 5".
fn paths_words(paths: &[usize]) -> String {
    let runs = paths.chunk_by(|one, next| one + 1 == *next).filter_map(|run| Some((run.first()? + 1, run.last()? + 1)));
    let words: Vec<String> = runs
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    format!("{} {}", if paths.len() == 1 { "path" } else { "paths" }, words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_in_runs() {
        assert_eq!(paths_words(&[0]), "path 1");
        assert_eq!(paths_words(&[0, 1]), "paths 1, 2");
        assert_eq!(paths_words(&[0, 1, 2, 4, 6, 7]), "paths 1 to 3, 5, 7, 8");
    }
}
