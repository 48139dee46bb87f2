//! Spaces out looks: however many runs are followed in a scope, so many looks a second go there and no more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::domain::Scope;

/// How far two looks into one scope are apart: four a second, a third of what AWS's bucket refills.
const SPACE: Duration = Duration::from_millis(250);

/// The turnstiles of all scopes; clones are the same.
#[derive(Clone, Default)]
pub(super) struct Turnstile {
    next: Arc<Mutex<HashMap<Scope, Instant>>>,
}

impl Turnstile {
    /// Waits for a turn to look into a scope.
    pub(super) async fn pass(&self, scope: &Scope) {
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let free = next.entry(scope.clone()).or_insert_with(Instant::now);
            let turn = (*free).max(Instant::now());
            *free = turn + SPACE;
            turn
        };
        sleep_until(turn).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::scope;

    #[tokio::test(start_paused = true)]
    async fn one_goes_at_once_and_many_one_after_the_other() {
        let (turnstile, begun) = (Turnstile::default(), Instant::now());
        turnstile.pass(&scope()).await;
        assert_eq!(begun.elapsed(), Duration::ZERO);
        for _ in 0..40 {
            turnstile.clone().pass(&scope()).await;
        }
        assert_eq!(begun.elapsed(), SPACE * 40);
        let other = Scope { account: "222222222222".parse().expect("an id"), ..scope() };
        turnstile.pass(&other).await;
        assert_eq!(begun.elapsed(), SPACE * 40, "each scope has its own");
    }
}
