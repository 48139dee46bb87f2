//! Copies under way. Those of one source database stand in line, one behind the other.
//!
//! Only the first of a line works; the others show no progress (COPY-42). Time is seconds of work,
//! told from outside, so the lines need no clock.

use std::collections::{BTreeMap, VecDeque};

/// All work that goes on.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    at: f64,
    lines: BTreeMap<String, VecDeque<Job>>,
}

/// Work on one snapshot.
#[derive(Debug)]
struct Job {
    target: String,
    seconds: f64,
    done: f64,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It works, and so much is done: 0 to 99.
    Percent(u8),
    /// It is done.
    Finished,
}

impl Lines {
    /// Puts work on `target` (an ARN) at the end of a line.
    pub(crate) fn join(&mut self, line: String, target: String, seconds: f64, done: f64) {
        self.lines.entry(line).or_default().push_back(Job { target, seconds, done });
    }

    /// Takes work out of its line; those behind it move up.
    pub(crate) fn leave(&mut self, target: &str) {
        self.lines.retain(|_, line| {
            line.retain(|job| job.target != target);
            !line.is_empty()
        });
    }

    /// The targets that work or wait.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &str> {
        self.lines.values().flatten().map(|job| job.target.as_str())
    }

    /// Lets time pass to `now` and says what has come of it.
    pub(crate) fn advance(&mut self, now: f64) -> Vec<(String, Progress)> {
        let passed = now - std::mem::replace(&mut self.at, now);
        let mut news = Vec::new();
        self.lines.retain(|_, line| {
            let mut left = passed;
            while let Some(first) = line.front_mut() {
                let missing = first.seconds - first.done;
                if left < missing {
                    first.done += left;
                    news.push((first.target.clone(), Progress::Percent(percent(first))));
                    return true;
                }
                left -= missing;
                news.extend(line.pop_front().map(|done| (done.target, Progress::Finished)));
            }
            false
        });
        news
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 100, clamped")]
fn percent(job: &Job) -> u8 {
    (job.done / job.seconds * 100.0).clamp(0.0, 99.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_line_waits_for_the_first() {
        let mut lines = Lines::default();
        lines.join("db".into(), "a".into(), 10.0, 0.0);
        lines.join("db".into(), "b".into(), 10.0, 0.0);
        lines.join("other".into(), "c".into(), 4.0, 0.0);
        assert_eq!(
            lines.advance(5.0),
            [("a".into(), Progress::Percent(50)), ("c".into(), Progress::Finished)]
        );
        assert_eq!(
            lines.advance(12.0),
            [("a".into(), Progress::Finished), ("b".into(), Progress::Percent(20))]
        );
        assert_eq!(lines.advance(20.0), [("b".into(), Progress::Finished)]);
        assert_eq!(lines.targets().count(), 0);
    }

    #[test]
    fn whoever_leaves_the_line_lets_the_next_one_work() {
        let mut lines = Lines::default();
        lines.join("db".into(), "a".into(), 10.0, 0.0);
        lines.join("db".into(), "b".into(), 10.0, 0.0);
        lines.leave("a");
        assert_eq!(lines.advance(1.0), [("b".into(), Progress::Percent(10))]);
    }

    #[test]
    fn work_begun_before_goes_on_from_there() {
        let mut lines = Lines::default();
        lines.join("db".into(), "a".into(), 10.0, 9.0);
        assert_eq!(lines.advance(0.5), [("a".into(), Progress::Percent(95))]);
        assert_eq!(lines.advance(1.0), [("a".into(), Progress::Finished)]);
    }
}
