//! What a server has to send for a target: the shortest valid path to a chosen store, without the anchor, as PEM.

use crate::analysis::{Analysis, Judgement, full_chain};
use crate::words::Labels;

/// The chain, or why there is none.
pub fn pem(analysis: &Analysis, target: &Judgement) -> Result<String, String> {
    let labels = Labels::new(&analysis.graph, &target.entities);
    let name = labels.certificate(&analysis.pool, &analysis.graph, target.target);
    match full_chain(target) {
        Some(chain) => Ok(chain.iter().map(|id| analysis.pool.certificate(*id).pem()).collect()),
        None => Err(format!("{name} has no valid path, so there is no chain to write")),
    }
}
