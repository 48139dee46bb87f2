//! Which share states are still to be asked, for each scope: what is on the screen, and all others after that.
//!
//! An ARN waits at most once, and one that was asked is not asked again until it is forgotten.

use std::collections::{HashMap, VecDeque};

use crate::domain::{Scope, SnapshotArn};

/// For whom a share state is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Haste {
    /// Somebody looks at it.
    Seen,
    /// Somebody may look at it later.
    Unseen,
}

/// The questions of all scopes.
#[derive(Debug, Default)]
pub(super) struct ShareQueue {
    scopes: HashMap<Scope, Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    /// Whether each one still waits, or was asked.
    waits: HashMap<SnapshotArn, bool>,
    seen: Lane,
    unseen: Lane,
}

/// Questions in order, among them such as do not wait any more, and how many are at it.
#[derive(Debug, Default)]
struct Lane {
    next: VecDeque<SnapshotArn>,
    workers: usize,
}

impl ShareQueue {
    /// Adds questions behind those that wait already.
    pub(super) fn push(&mut self, scope: &Scope, arns: impl IntoIterator<Item = SnapshotArn>) {
        let waiting = self.scopes.entry(scope.clone()).or_default();
        for arn in arns {
            if !waiting.waits.contains_key(&arn) {
                waiting.waits.insert(arn.clone(), true);
                waiting.unseen.next.push_back(arn);
            }
        }
    }

    /// Asks these before others, new ones and such as wait already; answered ones are left alone.
    pub(super) fn hurry(&mut self, scope: &Scope, arns: &[SnapshotArn]) {
        let waiting = self.scopes.entry(scope.clone()).or_default();
        for arn in arns.iter().rev() {
            if *waiting.waits.entry(arn.clone()).or_insert(true) {
                waiting.seen.next.push_front(arn.clone());
            }
        }
    }

    /// Forgets that these were asked, so that they can be asked again.
    pub(super) fn forget(&mut self, scope: &Scope) {
        if let Some(waiting) = self.scopes.get_mut(scope) {
            waiting.waits.retain(|_, waits| *waits);
        }
    }

    /// Admits one more worker for a scope, if there is work and fewer than `most` are at it.
    pub(super) fn hire(&mut self, scope: &Scope, haste: Haste, most: usize) -> bool {
        let Some(waiting) = self.scopes.get_mut(scope) else { return false };
        let has_work = waiting.tidy(haste);
        let lane = waiting.lane(haste);
        let hired = has_work && lane.workers < most;
        lane.workers += usize::from(hired);
        hired
    }

    /// The next question of a scope; with `None` the worker is dismissed.
    pub(super) fn take(&mut self, scope: &Scope, haste: Haste) -> Option<SnapshotArn> {
        let waiting = self.scopes.get_mut(scope)?;
        waiting.tidy(haste);
        let lane = waiting.lane(haste);
        let next = lane.next.pop_front();
        match &next {
            Some(arn) => _ = waiting.waits.insert(arn.clone(), false),
            None => lane.workers -= 1,
        }
        next
    }
}

impl Waiting {
    fn lane(&mut self, haste: Haste) -> &mut Lane {
        match haste {
            Haste::Seen => &mut self.seen,
            Haste::Unseen => &mut self.unseen,
        }
    }

    /// Drops what the other lane has taken meanwhile from the head of this one; whether anything is left.
    fn tidy(&mut self, haste: Haste) -> bool {
        let lane = match haste {
            Haste::Seen => &mut self.seen,
            Haste::Unseen => &mut self.unseen,
        };
        while lane.next.pop_front_if(|arn| self.waits.get(arn) != Some(&true)).is_some() {}
        !lane.next.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Region};

    const MANY: usize = 9;

    fn scope() -> Scope {
        Scope { account: "111111111111".parse().expect("an id"), region: Region::new("us-east-1") }
    }

    fn arns<const N: usize>(names: [&str; N]) -> [SnapshotArn; N] {
        let scope = scope();
        names.map(|name| SnapshotArn::new(&scope.region, scope.account, Kind::Instance, name))
    }

    /// What a worker of a lane is given until it is dismissed.
    fn all(queue: &mut ShareQueue, haste: Haste) -> Vec<String> {
        let scope = scope();
        let hired = queue.hire(&scope, haste, MANY);
        std::iter::from_fn(|| hired.then(|| queue.take(&scope, haste)).flatten())
            .map(|arn| arn.exact_name().to_owned())
            .collect()
    }

    #[test]
    fn what_is_looked_at_has_workers_of_its_own_and_nothing_is_asked_twice() {
        let (scope, mut queue) = (scope(), ShareQueue::default());
        queue.push(&scope, arns(["a", "b", "c"]));
        assert!(queue.hire(&scope, Haste::Unseen, 1) && !queue.hire(&scope, Haste::Unseen, 1));
        queue.hurry(&scope, &arns(["c", "z"]));
        assert_eq!(queue.take(&scope, Haste::Unseen), Some(arns(["a"])[0].clone()));
        assert_eq!(all(&mut queue, Haste::Seen), ["c", "z"]);
        assert_eq!(queue.take(&scope, Haste::Unseen), Some(arns(["b"])[0].clone()));
        assert_eq!(queue.take(&scope, Haste::Unseen), None, "c was asked by the other lane");
        queue.push(&scope, arns(["a"]));
        queue.hurry(&scope, &arns(["b"]));
        assert!(all(&mut queue, Haste::Seen).is_empty() && all(&mut queue, Haste::Unseen).is_empty());
        queue.forget(&scope);
        queue.push(&scope, arns(["a"]));
        assert_eq!(all(&mut queue, Haste::Unseen), ["a"]);
    }

    #[test]
    fn what_waits_is_not_forgotten_and_what_is_looked_at_again_comes_first() {
        let (scope, mut queue) = (scope(), ShareQueue::default());
        queue.hurry(&scope, &arns(["a", "b"]));
        queue.hurry(&scope, &arns(["c", "b"]));
        queue.forget(&scope);
        assert_eq!(all(&mut queue, Haste::Seen), ["c", "b", "a"]);
    }
}
