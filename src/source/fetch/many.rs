//! How are many documents fetched at once, and given up in time? Each has a thread of its own, a few at a time.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{FetchError, Fetched, Fetcher, MAX_AT_ONCE, Reach, Wanted};

/// Longest wait without a look at the flag that cancels.
const SLICE: Duration = Duration::from_millis(50);
/// What a fetch has beyond its own timeout before it is given up: only the system's resolver takes longer.
const GRACE: Duration = Duration::from_millis(500);

/// What is to be told while things are fetched.
#[derive(Debug)]
pub enum Told {
    /// This URL, escaped, is about to be followed for that one.
    Following(usize, String),
    /// That one is done.
    Done(usize, Box<Fetched>),
}

enum FetchStep {
    Following(String),
    Done(Box<Fetched>),
}

/// Fetches all of `wanted`, by its places; `tell` hears of each. Every one is told as done, but for those that `cancelled` left over; then
/// the client's run is over too.
pub fn fetch_all(client: &Arc<Fetcher>, wanted: &[Wanted], cancelled: &AtomicBool, tell: &mut dyn FnMut(Told)) {
    let (sender, inbox) = channel();
    let mut waiting: VecDeque<usize> = (0..wanted.len()).collect();
    let mut running: HashMap<usize, Instant> = HashMap::new();
    let unreachable = |why: FetchError, since: Duration| {
        let ms = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        Box::new(Fetched { reach: Reach::Unreachable { why, ms }, brought: None })
    };
    while !(cancelled.load(Ordering::Relaxed) || waiting.is_empty() && running.is_empty()) {
        while running.len() < MAX_AT_ONCE
            && let Some(place) = waiting.pop_front()
        {
            let Some(one) = wanted.get(place).cloned() else { continue };
            let (client, sender) = (Arc::clone(client), sender.clone());
            let work = move || {
                let told = |url: String| drop(sender.send((place, FetchStep::Following(url))));
                let fetched = client.fetch(&one, &told);
                drop(sender.send((place, FetchStep::Done(Box::new(fetched)))));
            };
            match thread::Builder::new().name("fetch".to_owned()).spawn(work) {
                Ok(_) => drop(running.insert(place, Instant::now())),
                Err(error) => {
                    let reason = FetchError::Exchange { reason: crate::cert::escape(&error.to_string()) };
                    tell(Told::Done(place, unreachable(reason, Duration::ZERO)));
                }
            }
        }
        match inbox.recv_timeout(SLICE) {
            // What was given up has nothing to say any more.
            Ok((place, _)) if !running.contains_key(&place) => {}
            Ok((place, FetchStep::Following(url))) => tell(Told::Following(place, url)),
            Ok((place, FetchStep::Done(fetched))) => {
                running.remove(&place);
                tell(Told::Done(place, fetched));
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        let most = client.timeout.saturating_add(GRACE);
        let mut late: Vec<usize> = running.iter().filter(|(_, since)| since.elapsed() > most).map(|(place, _)| *place).collect();
        late.sort_unstable();
        for place in late {
            let since = running.remove(&place).map_or(most, |since| since.elapsed());
            tell(Told::Done(place, unreachable(FetchError::TimedOut(client.timeout), since)));
        }
    }
    if cancelled.load(Ordering::Relaxed) {
        client.give_up();
    }
}
