//! A thread that works with a store, one thing after the other, and tells futures how it went.
//!
//! What was asked for is done even when nobody waits for it any more; dropping the worker waits for it.

use std::io;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use super::oneshot::oneshot;
use super::store::Store;
use crate::ports::Pending;

type Job = Box<dyn FnOnce(&mut Store) + Send>;

/// The thread, and the way to it.
pub(super) struct Worker {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread.
    pub(super) fn new(mut store: Store) -> io::Result<Self> {
        let (sender, jobs) = mpsc::channel::<Job>();
        let work = move || jobs.into_iter().for_each(|job| job(&mut store));
        let thread = thread::Builder::new().name("journal".to_owned()).spawn(work)?;
        Ok(Self { jobs: Some(sender), thread: Some(thread) })
    }

    /// Asks for something to be done; it is under way from now on.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Store) -> T + Send + 'static,
    ) -> Pending<'static, T> {
        let (sender, receiver) = oneshot();
        let job: Job = Box::new(move |store| sender.send(job(store)));
        let jobs = self.jobs.as_ref().expect("BUG: a worker that was dropped is asked");
        // A thread that is gone drops the job, and with it the sender: the wait ends below.
        let _ = jobs.send(job);
        Box::pin(async { receiver.await.expect("BUG: the journal's thread ended early") })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // It panicked, and whoever waited knows.
            let _ = thread.join();
        }
    }
}
