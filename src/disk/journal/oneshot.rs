//! One value on its way from a thread to a future.
//!
//! The future ends in any case: with the value, or with nothing when the sender was dropped without sending.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

enum State<T> {
    Awaited(Option<Waker>),
    Ended(Option<T>),
}

type Shared<T> = Arc<Mutex<State<T>>>;

/// Sends the value.
pub(super) struct Sender<T>(Shared<T>);

/// Waits for it.
pub(super) struct Receiver<T>(Shared<T>);

pub(super) fn oneshot<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Mutex::new(State::Awaited(None)));
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

/// Nothing in here can panic while it is locked.
fn lock<T>(shared: &Shared<T>) -> MutexGuard<'_, State<T>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Sender<T> {
    pub(super) fn send(self, value: T) {
        end(&self.0, Some(value));
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        end(&self.0, None);
    }
}

/// Ends the wait, unless it has ended already.
fn end<T>(shared: &Shared<T>, value: Option<T>) {
    let mut state = lock(shared);
    if let State::Awaited(waker) = &mut *state {
        let waker = waker.take();
        *state = State::Ended(value);
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        match &mut *lock(&self.0) {
            State::Ended(value) => Poll::Ready(value.take()),
            State::Awaited(waker) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_value_arrives_from_another_thread() {
        let (sender, receiver) = oneshot();
        let thread = std::thread::spawn(move || sender.send(7));
        assert_eq!(receiver.await, Some(7));
        thread.join().expect("ended");
    }

    #[tokio::test]
    async fn a_wait_ends_when_nobody_can_send_any_more() {
        let (sender, receiver) = oneshot::<u8>();
        let thread = std::thread::spawn(move || drop(sender));
        assert_eq!(receiver.await, None);
        thread.join().expect("ended");
    }
}
