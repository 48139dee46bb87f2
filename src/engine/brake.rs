//! What the user wants of a run that is being driven: that it goes on, pauses, or is given up.

use tokio::sync::watch;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// That it goes on.
    GoOn,
    /// That nothing more is sent for now.
    Pause,
    /// That nothing more is ever sent.
    Cancel,
}

/// The hand on a run: clones are the same.
#[derive(Debug, Clone)]
pub struct Brake(watch::Sender<Wish>);

impl Default for Brake {
    fn default() -> Self {
        Self(watch::Sender::new(Wish::GoOn))
    }
}

impl Brake {
    /// Says what is wanted from now on. A run that is given up stays so.
    pub fn wish(&self, wish: Wish) {
        self.0.send_if_modified(|own| {
            let changes = *own != wish && *own != Wish::Cancel;
            if changes {
                *own = wish;
            }
            changes
        });
    }

    /// What is wanted now.
    pub(super) fn wanted(&self) -> Wish {
        *self.0.borrow()
    }

    /// Waits until something else is wanted than that it goes on.
    pub(super) async fn pulled(&self) {
        let mut wishes = self.0.subscribe();
        // The sender is this brake itself: it cannot be gone.
        let _ = wishes.wait_for(|wish| *wish != Wish::GoOn).await;
    }
}
