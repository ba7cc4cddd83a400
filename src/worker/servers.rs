//! Several servers asked at once, a bounded number at a time; what each brought, in the order they were named.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use super::load::Asked;
use crate::source::{self, Batch, Input, Limits, Step, TlsError};

/// Handshakes at a time: most of each is waiting, and a list of hosts is often one machine's.
const MAX_AT_ONCE: usize = 16;

/// The outcome of each server among `inputs`, by its place; nothing where there are fewer than two, which need no threads.
pub(super) fn ask_all(inputs: &[Asked], progress: &dyn Fn(Step), cancelled: &AtomicBool) -> HashMap<usize, Result<Batch, TlsError>> {
    let servers: Vec<(usize, &Input)> = inputs
        .iter()
        .enumerate()
        .filter_map(|(place, asked)| Some((place, asked.input.as_ref().ok()?)))
        .filter(|(_, input)| is_server(input))
        .collect();
    if servers.len() < 2 {
        return HashMap::new();
    }
    let (next, total) = (AtomicUsize::new(0), servers.len());
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..total.min(MAX_AT_ONCE) {
            let (sender, next, servers) = (sender.clone(), &next, &servers);
            let work = move || {
                while let Some((place, input)) = servers.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = source::read(input, &Limits::default(), &|_| {}, cancelled);
                    if sender.send((*place, outcome)).is_err() {
                        return;
                    }
                }
            };
            // Where the system gives no more threads, those that there are do it all; what is left over then is asked one by one.
            if std::thread::Builder::new().name("server".to_owned()).spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        drop(sender);
        let mut out = HashMap::with_capacity(total);
        for (place, outcome) in receiver {
            out.insert(place, outcome);
            progress(Step::Answered { done: out.len(), total });
        }
        out
    })
}

fn is_server(input: &Input) -> bool {
    matches!(input, Input::Server(_))
}
