//! How are several inputs read, servers among them? Servers wait at the same time, a few at once; files are read meanwhile.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::{io, thread};

use super::batch::Batch;
use super::file::{ReadLimits, read_bounded, read_stdin};
use super::input::Input;
use super::step::Step;
use super::tls::{TlsError, handshake};
use super::{bytes, folder};
use crate::cert::Origin;

/// Servers that are asked at once. Each is a thread that mostly waits, one that looks a name up, and an open file, of which macOS gives
/// a process 256.
pub const MAX_SERVERS_AT_ONCE: usize = 16;

/// Reads one input, whatever its kind. Only a server is an `Err`: what is wrong with files is in the batch's problems.
pub fn read(input: &Input, limits: &ReadLimits, progress: &dyn Fn(Step), cancelled: &AtomicBool) -> Result<Batch, TlsError> {
    match input {
        Input::Path(path) => Ok(folder::read_until(cancelled, path, limits, progress)),
        Input::Stdin => Ok(read_stdin(limits)),
        Input::Kept(content) => Ok(bytes::read(content, &|block| Origin::Stdin { block })),
        Input::Pasted(text) => Ok(bytes::read(text.as_bytes(), &|block| Origin::Pasted { block })),
        Input::Server(server) => handshake(server, progress, cancelled),
    }
}

/// Standard input to its end as an input that can be read again; as it is where it cannot be read, which reading it then says.
pub fn keep_stdin(limits: &ReadLimits) -> Input {
    read_bounded(io::stdin().lock(), limits.file).map_or(Input::Stdin, |content| Input::Kept(content.into()))
}

/// Reads all of `inputs`; the results stand in their order. `progress` hears of each step where there is one server, else of how many are
/// done.
pub fn read_all(inputs: &[&Input], limits: &ReadLimits, progress: &dyn Fn(Step), cancelled: &AtomicBool) -> Vec<Result<Batch, TlsError>> {
    let places: Vec<usize> = (0..inputs.len()).filter(|place| is_server(inputs, *place)).collect();
    if places.len() < 2 {
        return inputs.iter().map(|input| read(input, limits, progress, cancelled)).collect();
    }
    let mut results: Vec<Option<Result<Batch, TlsError>>> = inputs.iter().map(|_| None).collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, inbox) = channel();
        for _ in 0..places.len().min(MAX_SERVERS_AT_ONCE) {
            let (sender, next, places) = (sender.clone(), &next, &places);
            let work = move || {
                while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                    if let Some(Input::Server(server)) = inputs.get(place) {
                        drop(sender.send((place, handshake(server, &|_| (), cancelled))));
                    }
                }
            };
            // Where the system gives no more threads, those that there are do it all, or this one does below.
            if thread::Builder::new().name("server".to_owned()).spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        drop(sender);
        for (place, input) in inputs.iter().enumerate().filter(|(place, _)| !is_server(inputs, *place)) {
            results[place] = Some(read(input, limits, progress, cancelled));
        }
        let of = places.len();
        progress(Step::Together { done: 0, of });
        for (done, (place, result)) in inbox.into_iter().enumerate() {
            results[place] = Some(result);
            progress(Step::Together { done: done + 1, of });
        }
    });
    let read_now = |(input, result): (&&Input, Option<_>)| result.unwrap_or_else(|| read(input, limits, progress, cancelled));
    inputs.iter().zip(results).map(read_now).collect()
}

fn is_server(inputs: &[&Input], place: usize) -> bool {
    matches!(inputs.get(place), Some(Input::Server(_)))
}
