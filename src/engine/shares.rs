//! Which share states are still to be asked, one queue a scope: what is on the screen comes first.
//!
//! An ARN is in a queue at most once, and one that was asked is not asked again until it is forgotten.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::domain::{Scope, SnapshotArn};

/// The questions of all scopes.
#[derive(Debug, Default)]
pub(super) struct ShareQueue {
    scopes: HashMap<Scope, Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    next: VecDeque<SnapshotArn>,
    taken: HashSet<SnapshotArn>,
    workers: usize,
}

impl ShareQueue {
    /// Adds questions behind those that wait already.
    pub(super) fn push(&mut self, scope: &Scope, arns: impl IntoIterator<Item = SnapshotArn>) {
        let waiting = self.scopes.entry(scope.clone()).or_default();
        for arn in arns {
            if waiting.taken.insert(arn.clone()) {
                waiting.next.push_back(arn);
            }
        }
    }

    /// Puts questions in front, new ones and such as wait already; answered ones are left alone.
    pub(super) fn hurry(&mut self, scope: &Scope, arns: &[SnapshotArn]) {
        let waiting = self.scopes.entry(scope.clone()).or_default();
        for arn in arns.iter().rev() {
            let new = waiting.taken.insert(arn.clone());
            let place = waiting.next.iter().position(|other| other == arn);
            if let Some(place) = place {
                waiting.next.remove(place);
            }
            if new || place.is_some() {
                waiting.next.push_front(arn.clone());
            }
        }
    }

    /// Forgets that these were asked, so that they can be asked again.
    pub(super) fn forget(&mut self, scope: &Scope) {
        if let Some(waiting) = self.scopes.get_mut(scope) {
            let next: HashSet<_> = waiting.next.iter().cloned().collect();
            waiting.taken = next;
        }
    }

    /// Admits one more worker for a scope, if there is work and fewer than `most` are at it.
    pub(super) fn hire(&mut self, scope: &Scope, most: usize) -> bool {
        let Some(waiting) = self.scopes.get_mut(scope) else { return false };
        let hired = !waiting.next.is_empty() && waiting.workers < most;
        waiting.workers += usize::from(hired);
        hired
    }

    /// The next question of a scope; with `None` the worker is dismissed.
    pub(super) fn take(&mut self, scope: &Scope) -> Option<SnapshotArn> {
        let waiting = self.scopes.get_mut(scope)?;
        let next = waiting.next.pop_front();
        if next.is_none() {
            waiting.workers -= 1;
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Region};

    fn arn(scope: &Scope, name: &str) -> SnapshotArn {
        SnapshotArn::new(&scope.region, scope.account, Kind::Instance, name)
    }

    #[test]
    fn what_is_looked_at_comes_first_and_nothing_is_asked_twice() {
        let scope =
            Scope { account: "111111111111".parse().expect("an id"), region: Region::new("us-east-1") };
        let mut queue = ShareQueue::default();
        queue.push(&scope, ["a", "b", "c"].map(|n| arn(&scope, n)));
        assert!(queue.hire(&scope, 1) && !queue.hire(&scope, 1));
        queue.hurry(&scope, &[arn(&scope, "c"), arn(&scope, "z")]);
        let mut order = Vec::new();
        while let Some(next) = queue.take(&scope) {
            order.push(next.exact_name().to_owned());
        }
        assert_eq!(order, ["c", "z", "a", "b"]);
        queue.push(&scope, [arn(&scope, "a")]);
        queue.hurry(&scope, &[arn(&scope, "b")]);
        assert!(!queue.hire(&scope, 1), "all of them were asked");
        queue.forget(&scope);
        queue.push(&scope, [arn(&scope, "a")]);
        assert!(queue.hire(&scope, 1));
    }
}
