//! What is learned of AWS, taken in together: merging it into the list costs about the same for one row and for many.
//!
//! Share states arrive one by one, more than a thousand a second from a large fleet, and pages by the dozen. As frames
//! that nobody's hand has asked for are [`FRAME`] apart, nothing is seen later for being taken in no oftener; while
//! more has come than one message takes, nothing waits.

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until};

use super::FRAME;
use crate::domain::Report;

/// Rows that one message brings at most, so that a chord waits for no more than these.
const MOST: usize = 1_000;

/// The reports that came and were not taken in yet, in order.
pub(super) struct Reports {
    queue: UnboundedReceiver<Report>,
    /// The next one, taken out of the queue.
    first: Option<Report>,
    /// Before then none is taken in.
    due: Instant,
}

impl Reports {
    pub(super) fn new(queue: UnboundedReceiver<Report>) -> Self {
        Self { queue, first: None, due: Instant::now() }
    }

    /// Waits until there is something and it is time; nothing is lost if somebody stops waiting.
    pub(super) async fn next(&mut self) -> Option<Vec<Report>> {
        if self.first.is_none() {
            self.first = Some(self.queue.recv().await?);
        }
        sleep_until(self.due).await;
        Some(self.gather())
    }

    /// What is there, if it is time.
    pub(super) fn ready(&mut self) -> Option<Vec<Report>> {
        if self.due > Instant::now() {
            return None;
        }
        self.first = self.first.take().or_else(|| self.queue.try_recv().ok());
        self.first.is_some().then(|| self.gather())
    }

    fn gather(&mut self) -> Vec<Report> {
        let mut gathered = Vec::new();
        let mut rows = 0;
        while let Some(report) = self.first.take().or_else(|| self.queue.try_recv().ok()) {
            let own = match &report {
                Report::Page { rows, .. } => rows.len(),
                _ => 1,
            };
            if rows > 0 && rows + own > MOST {
                self.first = Some(report);
                return gathered;
            }
            rows += own;
            gathered.push(report);
        }
        self.due = Instant::now() + FRAME;
        gathered
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;
    use crate::domain::Round;
    use crate::domain::fixture::{scope, snapshot};

    fn page(rows: usize) -> Report {
        let rows = (0..rows).map(|n| snapshot(&scope(), &format!("s-{n}"))).collect();
        Report::Page { scope: scope(), round: Round(1), rows }
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_is_taken_in_at_once_and_those_that_follow_soon_together() {
        let (tell, queue) = unbounded_channel();
        let (mut reports, begun) = (Reports::new(queue), Instant::now());
        tell.send(page(1)).expect("a queue");
        assert_eq!((reports.next().await.map(|all| all.len()), begun.elapsed().is_zero()), (Some(1), true));
        (0..3).for_each(|_| tell.send(page(1)).expect("a queue"));
        assert_eq!(reports.ready(), None, "it is not time");
        assert_eq!(reports.next().await.map(|all| all.len()), Some(3));
        assert_eq!(begun.elapsed(), FRAME);
        drop(tell);
        assert_eq!(reports.next().await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn much_is_taken_in_piece_by_piece_and_without_waiting() {
        let (tell, queue) = unbounded_channel();
        let (mut reports, begun) = (Reports::new(queue), Instant::now());
        (0..25).for_each(|_| tell.send(page(100)).expect("a queue"));
        let mut taken = Vec::new();
        for _ in 0..2 {
            taken.push(reports.next().await.expect("reports").len());
        }
        taken.push(reports.ready().expect("the rest").len());
        assert_eq!((taken, begun.elapsed().is_zero()), (vec![10, 10, 5], true));
        tell.send(page(MOST * 2)).expect("a queue");
        assert_eq!(reports.next().await.map(|all| all.len()), Some(1), "a page is never cut");
    }
}
