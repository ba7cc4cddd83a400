//! Signatures checked in the background, told as they come.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::check::check_links;
use crate::chain::{CertificateId, Graph, Pool};
use crate::explorer::Message;

/// How long answers are gathered before they are told: each telling has every path judged anew.
const GATHERED: Duration = Duration::from_millis(100);

/// Checks what is above `targets` on all cores and tells of it as it goes; gives up when `newest` is another request.
pub(super) fn check(
    sender: &Sender<Message>,
    request: u64,
    newest: Arc<AtomicU64>,
    pool: Arc<Pool>,
    mut graph: Graph,
    targets: Vec<CertificateId>,
) {
    let sender = sender.clone();
    std::thread::spawn(move || {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (mut gathered, mut since) = (Vec::new(), Instant::now());
        let budgets = check_links(&pool, &mut graph, &targets, threads, &mut |results| {
            gathered.extend_from_slice(results);
            if newest.load(Ordering::Relaxed) != request {
                return ControlFlow::Break(());
            }
            if since.elapsed() < GATHERED {
                return ControlFlow::Continue(());
            }
            since = Instant::now();
            let told = sender.send(Message::Checked { request, results: std::mem::take(&mut gathered) });
            if told.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        drop(sender.send(Message::Checked { request, results: gathered }));
        let stopped = budgets.iter().map(|budget| format!("{} checks for one name, the rest unchecked", budget.limit)).collect();
        drop(sender.send(Message::CheckedAll { request, stopped }));
    });
}
