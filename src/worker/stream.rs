//! Signatures checked in the background, told as they come.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::check::check_links;
use crate::chain::{CertificateId, Graph, Pool};
use crate::explorer::Message;

/// Checks what is above `target` on all cores; every round is a message, and the end is one.
pub(super) fn check(sender: &Sender<Message>, request: u64, pool: Arc<Pool>, mut graph: Graph, target: CertificateId) {
    let sender = sender.clone();
    std::thread::spawn(move || {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let budgets = check_links(&pool, &mut graph, &[target], threads, &mut |results| {
            let told = sender.send(Message::Checked { request, results: results.to_vec() });
            if told.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let stopped = budgets.iter().map(|budget| format!("{} checks for one name, the rest unchecked", budget.limit)).collect();
        drop(sender.send(Message::CheckedAll { request, stopped }));
    });
}
