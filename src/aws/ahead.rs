//! What is read ahead of a long list, so that its rows come sooner than page after page.
//!
//! Where a page begins is known only with the page before. Parts of a list can be asked for at the same time, though:
//! manual snapshots engine by engine, and automated ones database by database. Which engines and databases there are,
//! the rows tell that came so far, those of the parts included; and the databases that still are, AWS, if it is asked.
//! What was read ahead decides nothing, and takes no more than its share of the bucket.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::listing::Part;
use crate::domain::Snapshot;

/// Pages that are read ahead for each page of the list itself, so that little is asked in vain of one that ends soon.
const FOR_EACH: u32 = 8;
/// Pages after which it is too late: the list needs what is left in its bucket for itself.
const EARLY: u32 = 4;
/// Pages that are read ahead of one list at most: the bucket belongs to the list itself.
pub(super) const MOST: u32 = 24;
/// Databases that are asked for at once: RDS keeps 35 automated snapshots of one at most, so that two fill a page.
const DATABASES: usize = 2;

/// A list, as far as it matters for what is read ahead of it.
#[derive(Debug)]
pub(super) struct Ahead {
    state: Mutex<State>,
    news: Notify,
}

#[derive(Debug)]
struct State {
    /// Pages of the list itself that have another one behind them.
    pages: u32,
    is_long: bool,
    /// Pages that were read ahead.
    spent: u32,
    engines: Met,
    databases: Met,
}

/// Names in the order in which they were met, and how many of them were asked for.
#[derive(Debug, Default)]
struct Met {
    names: Vec<String>,
    known: HashSet<String>,
    asked: usize,
    /// Whether the last rows had a name that was not known before: more are likely to come.
    grows: bool,
}

impl Default for Ahead {
    fn default() -> Self {
        let (engines, databases) = (Met::default(), Met::default());
        let state = State { pages: 0, is_long: false, spent: 0, engines, databases };
        Self { state: Mutex::new(state), news: Notify::new() }
    }
}

impl Ahead {
    /// Takes note of a page of the list itself that has another one behind it, and of whether little else is read now.
    pub(super) fn turn(&self, is_quiet: bool) {
        let mut state = self.state();
        state.pages += 1;
        state.is_long |= is_quiet && state.pages <= EARLY;
        drop(state);
        self.news.notify_waiters();
    }

    /// Takes note of what rows of the list, or of a part of it, tell.
    pub(super) fn learn(&self, rows: &[Snapshot], part: &Part) {
        let mut state = self.state();
        state.engines.meet(rows.iter().map(|row| row.engine.exact()));
        // What was asked for by its databases tells of no other ones.
        if !matches!(part, Part::AutomatedOf(_)) {
            state.databases.meet(rows.iter().map(|row| row.source_db.exact()));
        }
        drop(state);
        self.news.notify_waiters();
    }

    /// Takes note of all databases that there are now; whoever asks for parts knows no more of them by waiting.
    pub(super) fn know(&self, databases: &[String]) {
        let mut state = self.state();
        state.databases.meet(databases.iter().map(String::as_str));
        state.databases.grows = false;
        drop(state);
        self.news.notify_waiters();
    }

    /// Takes a page from what may be read ahead; waits for the list where it is too far ahead of it. False if nothing
    /// is left.
    pub(super) async fn spend(&self) -> bool {
        self.wait(|state| {
            let is_over = state.spent == MOST;
            let may = !is_over && state.spent < state.pages * FOR_EACH;
            state.spent += u32::from(may);
            (is_over || may).then_some(may)
        })
        .await
    }

    /// Waits until the list is long. It is as soon as there is a second page, but for where much else is read: reading
    /// ahead would only hold that up.
    pub(super) async fn is_long(&self) {
        self.wait(|state| state.is_long.then_some(())).await;
    }

    /// Waits for the next part of manual snapshots.
    pub(super) async fn manual(&self) -> Part {
        self.wait(|state| Some(Part::ManualOf(state.engines.next(1)?.swap_remove(0)))).await
    }

    /// Waits for the next part of automated snapshots.
    pub(super) async fn automated(&self) -> Part {
        self.wait(|state| state.databases.next(DATABASES).map(Part::AutomatedOf)).await
    }

    async fn wait<T>(&self, found: impl Fn(&mut State) -> Option<T>) -> T {
        loop {
            // Made before looking, so that what comes meanwhile wakes it.
            let news = self.news.notified();
            let mut news = std::pin::pin!(news);
            news.as_mut().enable();
            if let Some(found) = found(&mut self.state()) {
                return found;
            }
            news.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Names and counts are whole after every change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Met {
    fn meet<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        let before = self.names.len();
        for name in names.filter(|name| !name.is_empty()) {
            if !self.known.contains(name) {
                self.known.insert(name.to_owned());
                self.names.push(name.to_owned());
            }
        }
        self.grows = self.names.len() > before;
    }

    /// The next names that were not asked for, so many at a time and fewer only when no more are likely to come; `None`
    /// when there are none.
    fn next(&mut self, most: usize) -> Option<Vec<String>> {
        let left = &self.names[self.asked..];
        if left.len() < most && self.grows {
            return None;
        }
        let next = left[..left.len().min(most)].to_vec();
        self.asked += next.len();
        (!next.is_empty()).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;
    use crate::domain::fixture::{scope, snapshot};

    fn rows(databases: &[&str]) -> Vec<Snapshot> {
        let row = |name: &&str| Snapshot { source_db: (*name).into(), ..snapshot(&scope(), name) };
        databases.iter().map(row).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn databases_are_asked_for_in_pairs_and_a_lone_one_when_no_more_seem_to_come() {
        let of =
            |names: &[&str]| Some(Part::AutomatedOf(names.iter().map(|name| (*name).to_owned()).collect()));
        let list = Ahead::default();
        let next = async || timeout(Duration::from_secs(9), list.automated()).await.ok();
        list.learn(&rows(&["a", "b", "c"]), &Part::Own);
        assert_eq!(next().await, of(&["a", "b"]));
        list.learn(&rows(&["a", "b"]), &of(&["a", "b"]).expect("a part"));
        assert_eq!(next().await, None, "what was asked for by name tells of no others");
        list.learn(&rows(&["b", "c", "d"]), &Part::Own);
        assert_eq!(next().await, of(&["c", "d"]));
        list.learn(&rows(&["e"]), &Part::Own);
        list.learn(&rows(&["e"]), &Part::Own);
        assert_eq!(next().await, of(&["e"]));
        list.know(&["a", "f", "g", "h"].map(str::to_owned));
        assert_eq!(next().await, of(&["f", "g"]));
        assert_eq!(next().await, of(&["h"]), "there are no others");
    }
}
