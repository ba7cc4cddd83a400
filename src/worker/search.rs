//! Which certificates have a text? Looked through on a thread, given up as soon as another text is typed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use crate::chain::{CertificateId, Pool};
use crate::explorer::{Hit, Message, find};

/// Certificates that are looked through before what was found is told.
const AT_ONCE: usize = 200;

pub(super) fn search(
    sender: &Sender<Message>,
    ticket: u64,
    cancelled: &AtomicBool,
    pool: &Pool,
    wanted: &str,
    among: Option<Vec<CertificateId>>,
) {
    let ids = among.unwrap_or_else(|| pool.ids().collect());
    let mut parts = ids.chunks(AT_ONCE).peekable();
    let tell = |hits: Vec<Hit>, done: bool| sender.send(Message::Found { ticket, hits, done }).is_ok();
    if parts.peek().is_none() {
        tell(Vec::new(), true);
    }
    while let Some(part) = parts.next() {
        let hit = |id: &CertificateId| {
            let (field, value) = find(pool.certificate(*id), wanted)?;
            Some(Hit { certificate: *id, field, value })
        };
        let hits = part.iter().take_while(|_| !cancelled.load(Ordering::Relaxed)).filter_map(hit).collect();
        if cancelled.load(Ordering::Relaxed) || !tell(hits, parts.peek().is_none()) {
            return;
        }
    }
}
