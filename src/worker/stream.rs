//! Signatures checked in the background, the nearest to the target first.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::chain::{CertificateId, LinkId, Pool, SignatureState, check_signature};
use crate::explorer::{CheckJob, Message};

/// How long answers are gathered before they are sent on, so that the screen is drawn at most so often.
const GATHERED: Duration = Duration::from_millis(30);

pub(super) fn check(sender: &Sender<Message>, generation: u64, pool: Arc<Pool>, jobs: Vec<CheckJob>) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    let shared = Arc::new(Shared { pool, jobs, next: AtomicUsize::new(0), settled: Mutex::new(HashSet::new()) });
    for _ in 0..threads {
        let (shared, sender) = (Arc::clone(&shared), sender.clone());
        std::thread::spawn(move || shared.work(generation, &sender));
    }
}

struct Shared {
    pool: Arc<Pool>,
    jobs: Vec<CheckJob>,
    next: AtomicUsize,
    /// Certificates whose signer is found: one signature is made by one key, so no other candidate needs a check.
    settled: Mutex<HashSet<CertificateId>>,
}

impl Shared {
    fn work(&self, generation: u64, sender: &Sender<Message>) {
        let mut results: Vec<(LinkId, SignatureState)> = Vec::new();
        let mut since = Instant::now();
        while let Some(job) = self.jobs.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            results.push((job.link, self.answer(job)));
            if since.elapsed() >= GATHERED {
                since = Instant::now();
                if sender.send(Message::Checked { generation, results: std::mem::take(&mut results) }).is_err() {
                    return;
                }
            }
        }
        if !results.is_empty() {
            drop(sender.send(Message::Checked { generation, results }));
        }
    }

    fn answer(&self, job: &CheckJob) -> SignatureState {
        let settled = |set: &Mutex<HashSet<CertificateId>>| set.lock().map(|set| set.contains(&job.certificate)).unwrap_or(false);
        if settled(&self.settled) {
            return SignatureState::Unchecked;
        }
        let state = check_signature(self.pool.certificate(job.certificate), self.pool.certificate(job.holder));
        if state == SignatureState::Good
            && let Ok(mut settled) = self.settled.lock()
        {
            settled.insert(job.certificate);
        }
        state
    }
}
