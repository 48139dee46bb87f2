//! A call to halt, from a thread to whoever waits.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use futures_util::task::AtomicWaker;

/// Called once, heard by one waiter, before or after it begins to wait.
#[derive(Clone, Default)]
pub(super) struct Halt(Arc<Bell>);

#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    waiter: AtomicWaker,
}

impl Halt {
    /// Calls.
    pub(super) fn call(&self) {
        self.0.rung.store(true, Ordering::Release);
        self.0.waiter.wake();
    }

    /// Waits for the call.
    pub(super) async fn called(&self) {
        poll_fn(|context| {
            // Registered before it is looked at: a call in between wakes the waiter.
            self.0.waiter.register(context.waker());
            if self.0.rung.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_call_is_heard_before_and_after_the_waiting_begins() {
        let halt = Halt::default();
        let caller = std::thread::spawn({
            let halt = halt.clone();
            move || halt.call()
        });
        halt.called().await;
        caller.join().expect("called");
        halt.called().await;
    }
}
