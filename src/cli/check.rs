//! `check`: whether AWS would allow an action as things stand, why not, and what would work; it changes nothing.
//!
//! What could not be learned is told by name and is never taken for a yes: the findings say which answer hangs on it.

mod json;
mod table;

pub(super) use json::finding as finding_json;
pub(super) use table::Page;

use std::io::Write;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::{Draft, Facts, Field, Question, Region, Shown};
use crate::ports::Cloud;
use crate::rules::{Review, Verdict};

use super::draft::begun;
use super::{Check, Console, Exit, Hour, ReportFormat, fault};

/// Judges the action and prints the verdict.
///
/// Ends with [`Exit::Blocked`] where a rule blocks it, with [`Exit::Failed`] where nothing could be learned, and
/// with [`Exit::Usage`] where the snapshot's name is none's or several's.
pub async fn check<O: Write, E: Write>(
    cloud: Arc<dyn Cloud>,
    check: &Check,
    hour: Hour,
    mut console: Console<O, E>,
) -> Exit {
    console.progress("asking AWS ...".to_owned());
    let judged = judge(cloud, check, &hour, &mut console).await;
    console.wipe();
    let judged = match judged {
        Ok(judged) => judged,
        Err(exit) => return exit,
    };
    let text = match check.format {
        ReportFormat::Json => json::object(&judged) + "\n",
        ReportFormat::Table => table::page(&judged, &hour.zone, console.width(), console.paint()),
    };
    let end = match judged.review.verdict() {
        Verdict::Blocked => Exit::Blocked,
        Verdict::Warned | Verdict::Allowed => Exit::Done,
    };
    let written = console.out().write_all(text.as_bytes()).and_then(|()| console.out().flush());
    console.ending(written, end)
}

/// A draft and what was found, with how much is known.
pub(super) struct Judged {
    pub(super) draft: Draft,
    pub(super) review: Review,
    pub(super) facts: Facts,
    /// What could not be learned, in order.
    missing: Vec<String>,
    /// How many facts were learned, and when the oldest of them.
    learned: usize,
    since: Option<Timestamp>,
}

async fn judge<O: Write, E: Write>(
    cloud: Arc<dyn Cloud>,
    check: &Check,
    hour: &Hour,
    console: &mut Console<O, E>,
) -> Result<Judged, Exit> {
    let (mut inquiry, draft) = begun(cloud, &check.goal, hour, console).await?;
    let review = inquiry.judge(&draft).await;
    let judged = Judged::new(draft, review, inquiry.facts().clone());
    if judged.learned == 0
        && !judged.missing.is_empty()
        && let Err(refused) = inquiry.identity(judged.draft.by).await
    {
        let who = judged.facts.account_words(judged.draft.by);
        console.complain(&format!("{who}: {}", fault::sentence(&refused)));
        return Err(Exit::Failed);
    }
    Ok(judged)
}

impl Judged {
    pub(super) fn new(draft: Draft, review: Review, facts: Facts) -> Self {
        // Where else its name was looked for says nothing of the draft.
        let counts = |question: &Question| match question {
            Question::Snapshot(_, arn) => *arn == draft.snapshot,
            _ => true,
        };
        let (mut failed, mut times) = (Vec::new(), Vec::new());
        for (question, answer) in facts.asked().filter(|(question, _)| counts(question)) {
            match answer {
                Ok(at) => times.push(at),
                Err(fault) => failed.push((question, fault)),
            }
        }
        failed.sort_by_key(|(question, _)| *question);
        let mut missing: Vec<String> = Vec::new();
        for (question, fault) in failed {
            let scope = question.scope();
            let name = facts.account_name(scope.account).map(|name| format!("{name} ")).unwrap_or_default();
            let why = fault.code.as_ref().map_or_else(|| fault.class.name().to_owned(), ToString::to_string);
            let what = format!("{} in {name}{scope}: {why}", question.permission());
            if !missing.contains(&what) {
                missing.push(what);
            }
        }
        let (learned, since) = (times.len(), times.into_iter().min());
        Self { draft, review, facts, missing, learned, since }
    }

    /// What is judged, in a few words: the action, the snapshot, and from where to where.
    pub(super) fn subject(&self) -> String {
        let Draft { action, snapshot, .. } = &self.draft;
        let (action, name, owner) =
            (action.name(), snapshot.name(), self.facts.account_words(snapshot.account()));
        let from = format!("{action} {name} of {owner}, {}", Region::new(snapshot.region()));
        let typed = |field| self.draft.text(field).map(str::trim);
        let account = typed(Field::ToAccount).map(|text| match text.parse() {
            Ok(id) => self.facts.account_words(id),
            Err(_) => Shown::from(text).to_string(),
        });
        let region = typed(Field::ToRegion).map(|text| Shown::from(text).to_string());
        let to: Vec<String> = [account, region].into_iter().flatten().collect();
        if to.is_empty() { from } else { format!("{from} to {}", to.join(", ")) }
    }
}

#[cfg(test)]
pub(super) mod tests;
