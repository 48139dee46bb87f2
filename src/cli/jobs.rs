//! `jobs`: the runs of this machine, one of them event by event, and as a record for others.

use std::io::Write;
use std::sync::Arc;

use crate::domain::Shown;
use crate::export::JsonObject;
use crate::plan::{Entry, Happening, History, Record as _, RunId, Standing};
use crate::ports::{Journal, JournalError};

use super::argument::argument;
use super::{Console, Exit, ReportFormat};

/// How many runs a list shows.
const MOST: usize = 200;

/// What is asked of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jobs {
    /// `jobs`, `jobs list`.
    List(ReportFormat),
    /// `jobs show RUN`.
    Show(RunId),
    /// `jobs export RUN`: Markdown for people, or JSON.
    Export(RunId, ReportFormat),
}

/// Prints what the journal holds.
pub async fn jobs<O: Write, E: Write>(
    journal: Arc<dyn Journal>,
    wanted: Jobs,
    mut console: Console<O, E>,
) -> Exit {
    match page(&*journal, wanted).await {
        Ok(text) => {
            let written = console.out().write_all(text.as_bytes()).and_then(|()| console.out().flush());
            console.ending(written, Exit::Done)
        }
        Err(error) => {
            console.complain(&error.to_string());
            if matches!(error, JournalError::Unknown(_)) { Exit::Usage } else { Exit::Failed }
        }
    }
}

async fn page(journal: &dyn Journal, wanted: Jobs) -> Result<String, JournalError> {
    Ok(match wanted {
        Jobs::List(format) => {
            let entries = journal.list(MOST).await?;
            match format {
                ReportFormat::Json => list_json(&entries),
                ReportFormat::Table if entries.is_empty() => "no run was begun yet\n".to_owned(),
                ReportFormat::Table => entries.iter().map(|entry| entry_line(entry) + "\n").collect(),
            }
        }
        Jobs::Show(id) | Jobs::Export(id, ReportFormat::Table) => markdown(&journal.load(id).await?),
        Jobs::Export(id, ReportFormat::Json) => journal.load(id).await?.to_record() + "\n",
    })
}

/// How far a run is, in a word or two.
fn standing(entry: &Entry) -> String {
    match entry.standing {
        None => "unreadable".to_owned(),
        Some(Standing::Done) => "done".to_owned(),
        Some(Standing::Stopped(n)) => format!("failed at step {} of {}", n + 1, entry.steps),
        Some(Standing::Paused(n)) => format!("paused at step {} of {}", n + 1, entry.steps),
        Some(Standing::Cancelled(n)) => format!("given up at step {} of {}", n + 1, entry.steps),
        Some(Standing::UnderWay(n)) => match &entry.holder {
            Some(holder) => format!("step {} of {}, by {holder}", n + 1, entry.steps),
            None => format!("cut short at step {} of {}", n + 1, entry.steps),
        },
    }
}

fn entry_line(entry: &Entry) -> String {
    format!("{}  {:.0}  {}  {}", entry.id, entry.begun, standing(entry), entry.goal)
}

fn list_json(entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        let mut object = JsonObject::begin();
        object
            .text("run", &entry.id.to_string())
            .text("goal", entry.goal.exact())
            .time("begun", Some(entry.begun))
            .time("last", entry.last)
            .number("steps", Some(entry.steps))
            .text("state", &standing(entry));
        object.end()
    };
    let lines: Vec<String> = entries.iter().map(|entry| format!("\n{}", line(entry))).collect();
    format!("{{\"runs\": [{}]}}\n", lines.join(","))
}

/// A run as Markdown: who, when, what was sent with which parameters, and all that happened.
fn markdown(history: &History) -> String {
    let mut lines = vec![
        format!("# {}", Shown::from(history.plan.goal.as_str())),
        String::new(),
        format!("- run {}, begun {:.0}", history.id, history.begun),
        format!("- by {} on {}", history.author.user, history.author.host),
    ];
    for (account, caller) in &history.author.callers {
        lines.push(format!("- in {account} as {caller}"));
    }
    lines.push(format!("- {}", standing(&history.entry(None))));
    let caller = |account| {
        let known = history.author.callers.iter().find(|(own, _)| *own == account);
        known.map(|(_, caller)| format!(" as {caller}")).unwrap_or_default()
    };
    for (step, n) in history.plan.steps.iter().zip(1..) {
        let call = &step.call;
        lines.push(String::new());
        lines.push(format!("## {n}. {} in {}", call.operation.action(), call.scope));
        lines.push(String::new());
        lines.push(format!("{} {}", step.essentials, step.why));
        lines.push(String::new());
        for (name, value) in &call.parameters {
            lines.push(format!("- {name}: `{}`", Shown::from(argument(value).as_str())));
        }
        let mut events = history.events.iter().filter(|event| event.step + 1 == n).peekable();
        if events.peek().is_some() {
            lines.extend(["", "| when | what | who |", "|---|---|---|"].map(str::to_owned));
        }
        for event in events {
            // A bar would end the cell.
            let words = event.what.words().replace('|', "\\|");
            let who = match event.what {
                Happening::Sending => caller(call.scope.account),
                _ => String::new(),
            };
            lines.push(format!("| {:.0} | {words} |{who} |", event.at));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
