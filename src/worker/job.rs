//! One thread for each kind of job: a new job of a kind cancels its forerunner, and takes its place.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::Builder;

type Work = Box<dyn FnOnce(&AtomicBool) + Send>;

/// The jobs of one kind; their thread is there from the first one on.
#[derive(Debug)]
pub(super) struct JobsOfOneKind {
    kind: &'static str,
    mailbox: Option<Sender<(Work, Arc<AtomicBool>)>>,
    /// Of the newest job.
    cancelled: Arc<AtomicBool>,
}

impl JobsOfOneKind {
    pub fn of(kind: &'static str) -> Self {
        Self { kind, mailbox: None, cancelled: Arc::default() }
    }

    /// Cancels the job that is under way, and begins this one when that has ended. `task` is to look at its flag often, and to say
    /// nothing once it is set: another job speaks then. An error where the system refuses a thread.
    pub fn begin(&mut self, task: impl FnOnce(&AtomicBool) + Send + 'static) -> io::Result<()> {
        self.begin_on(Builder::new().name(self.kind.to_owned()), task)
    }

    fn begin_on(&mut self, thread: Builder, task: impl FnOnce(&AtomicBool) + Send + 'static) -> io::Result<()> {
        self.cancel();
        let cancelled = Arc::new(AtomicBool::new(false));
        self.cancelled = Arc::clone(&cancelled);
        if self.mailbox.is_none() {
            let (mailbox, inbox) = channel::<(Work, Arc<AtomicBool>)>();
            thread.spawn(move || {
                for (task, cancelled) in inbox {
                    if !cancelled.load(Ordering::Relaxed) {
                        task(&cancelled);
                    }
                }
            })?;
            self.mailbox = Some(mailbox);
        }
        let gone = |_| io::Error::other("its thread has ended");
        self.mailbox.as_ref().map_or(Ok(()), |mailbox| mailbox.send((Box::new(task), cancelled)).map_err(gone))
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl Drop for JobsOfOneKind {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Lets jobs of one kind be given up, but not two in a row.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// The job before was given up: this one is finished.
    gave_up: AtomicBool,
}

impl Turns {
    /// Does a job, which answers nothing where it was given up; it is told whether to.
    pub fn take<T>(&self, cancelled: &AtomicBool, job: impl FnOnce(&dyn Fn() -> bool) -> Option<T>) -> Option<T> {
        let must_finish = self.gave_up.load(Ordering::Relaxed);
        let done = job(&|| !must_finish && cancelled.load(Ordering::Relaxed));
        self.gave_up.store(done.is_none(), Ordering::Relaxed);
        done
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::Receiver;

    use super::*;

    /// The number of a job that has begun, and its thread.
    type Begun = (usize, std::thread::ThreadId);

    /// A job that is under way until it is cancelled; says so when it has begun.
    fn endless(jobs: &mut JobsOfOneKind, name: usize, said: &Sender<Begun>) {
        let said = said.clone();
        let task = move |cancelled: &AtomicBool| {
            said.send((name, std::thread::current().id())).unwrap();
            while !cancelled.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
        };
        jobs.begin(task).unwrap();
    }

    fn start() -> (JobsOfOneKind, Sender<Begun>, Receiver<Begun>) {
        let (said, heard) = channel();
        (JobsOfOneKind::of("test"), said, heard)
    }

    #[test]
    fn a_new_job_cancels_its_forerunner_and_all_have_one_thread() {
        let (mut jobs, said, heard) = start();
        let mut threads = Vec::new();
        for name in 0..3 {
            endless(&mut jobs, name, &said);
            let (begun, thread) = heard.recv().unwrap();
            assert_eq!(begun, name);
            threads.push(thread);
        }
        assert_eq!(threads, [threads[0]; 3]);
    }

    #[test]
    fn of_many_that_wait_only_the_newest_begins() {
        let (mut jobs, said, heard) = start();
        let (go, wait) = channel::<()>();
        let (begun, has_begun) = channel();
        jobs.begin(move |_| {
            begun.send(()).unwrap();
            wait.recv().unwrap();
        })
        .unwrap();
        // Before that it would be one of those that wait.
        has_begun.recv().unwrap();
        for name in 0..840 {
            endless(&mut jobs, name, &said);
        }
        go.send(()).unwrap();
        assert_eq!(heard.recv().unwrap().0, 839);
        assert!(heard.try_recv().is_err());
    }

    #[test]
    fn a_thread_that_is_refused_is_an_error_and_no_panic() {
        let (mut jobs, said, heard) = start();
        let refused = jobs.begin_on(Builder::new().stack_size(1 << 60), |_| {});
        assert!(refused.is_err());
        endless(&mut jobs, 1, &said);
        assert_eq!(heard.recv().unwrap().0, 1);
    }

    #[test]
    fn what_is_cancelled_ends_and_the_next_begins_anew() {
        let (mut jobs, said, heard) = start();
        endless(&mut jobs, 1, &said);
        heard.recv().unwrap();
        jobs.cancel();
        let (done, ended) = channel();
        jobs.begin(move |cancelled| done.send(cancelled.load(Ordering::Relaxed)).unwrap()).unwrap();
        assert_eq!(ended.recv(), Ok(false));
    }
    #[test]
    fn of_jobs_that_are_all_cancelled_every_other_one_is_finished() {
        let turns = Turns::default();
        let done = |cancelled: bool| turns.take(&AtomicBool::new(cancelled), |is_cancelled| (!is_cancelled()).then_some(())).is_some();
        assert_eq!([true, true, true, true].map(done), [false, true, false, true]);
        assert_eq!([false, true, false, true].map(done), [true, false, true, false]);
    }
}
