//! Which certificates have a text? Looked through on a thread, given up as soon as another text is typed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use crate::chain::{CertificateId, Pool};
use crate::explorer::{Hit, Message, find};

/// Certificates that are looked through before what was found is told.
const AT_ONCE: usize = 200;

pub(super) fn search(
    sender: &Sender<Message>,
    ticket: u64,
    newest: Arc<AtomicU64>,
    pool: Arc<Pool>,
    wanted: String,
    among: Option<Vec<CertificateId>>,
) {
    newest.store(ticket, Ordering::Relaxed);
    let sender = sender.clone();
    std::thread::spawn(move || {
        let ids = among.unwrap_or_else(|| pool.ids().collect());
        let mut parts = ids.chunks(AT_ONCE).peekable();
        let tell = |hits: Vec<Hit>, done: bool| sender.send(Message::Found { ticket, hits, done }).is_ok();
        if parts.peek().is_none() {
            tell(Vec::new(), true);
        }
        while let Some(part) = parts.next() {
            let hit = |id: &CertificateId| {
                let (field, value) = find(pool.certificate(*id), &wanted)?;
                Some(Hit { certificate: *id, field, value })
            };
            let hits = part.iter().filter_map(hit).collect();
            if newest.load(Ordering::Relaxed) != ticket || !tell(hits, parts.peek().is_none()) {
                return;
            }
        }
    });
}
