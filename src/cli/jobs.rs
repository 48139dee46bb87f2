//! `jobs`: the runs of this machine, one of them event by event, and as a record for others.

use std::io::Write;
use std::sync::Arc;

use crate::domain::harmless;
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

/// Words as Markdown shows them: nothing in them begins a tag, a link, an image or code, or ends a cell.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        if matches!(c, '<' | '`' | '[' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text as code, to the letter but for what hides.
fn verbatim(text: &str) -> String {
    let text = harmless(text);
    // Code ends at as many backticks as it begins with.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// A run as Markdown: who, when, what was sent with which parameters, and all that happened.
fn markdown(history: &History) -> String {
    let mut lines = vec![
        format!("# {}", words(&history.plan.goal)),
        String::new(),
        format!("- run {}, begun {:.0}", history.id, history.begun),
        format!(
            "- by {} on {}",
            words(&history.author.user.to_string()),
            words(&history.author.host.to_string())
        ),
    ];
    for (account, caller) in &history.author.callers {
        lines.push(format!("- in {account} as {}", words(&caller.to_string())));
    }
    lines.push(format!("- {}", standing(&history.entry(None))));
    let caller = |account| {
        let known = history.author.callers.iter().find(|(own, _)| *own == account);
        known.map(|(_, caller)| format!(" as {}", words(&caller.to_string()))).unwrap_or_default()
    };
    for (step, n) in history.plan.steps.iter().zip(1..) {
        let call = &step.call;
        lines.push(String::new());
        lines.push(format!("## {n}. {} in {}", call.operation.action(), call.scope));
        lines.push(String::new());
        lines.push(format!("{} {}", words(&step.essentials), words(&step.why)));
        lines.push(String::new());
        for (name, value) in &call.parameters {
            lines.push(format!("- {name}: {}", verbatim(&argument(value))));
        }
        let mut events = history.events.iter().filter(|event| event.step + 1 == n).peekable();
        if events.peek().is_some() {
            lines.extend(["", "| when | what | who |", "|---|---|---|"].map(str::to_owned));
        }
        for event in events {
            let words = words(&event.what.words());
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture::{fault, hostile};
    use crate::domain::{Argument, FaultClass, Shown, is_hidden};
    use crate::plan::{Author, Event, compile};
    use crate::rules::testing::cleared;

    fn history(text: &str) -> History {
        let (request, facts) = cleared("copy automated aws/rds to-account=222 use1->euw1 name=x");
        let mut plan = compile(&request, &facts);
        let shown = Shown::from(text).to_string();
        plan.goal.clone_from(&shown);
        for step in &mut plan.steps {
            (step.essentials, step.why) = (format!("It {shown}"), shown.clone());
            for (_, value) in &mut step.call.parameters {
                *value = Argument::Text(format!("v{text}"));
            }
        }
        let at = "2026-11-24T03:00:00Z".parse().expect("a time");
        let refused = Happening::Refused(fault(FaultClass::Other, text));
        let events = [Happening::Sending, refused].map(|what| Event { step: 0, at, what });
        let caller = (plan.steps[0].call.scope.account, text.into());
        let author = Author { user: text.into(), host: text.into(), callers: vec![caller] };
        History { id: RunId::new(at, 7), author, begun: at, plan, events: events.to_vec() }
    }

    #[test]
    fn words_and_code_hold_no_markdown_of_their_own() {
        assert_eq!(words("a|b <img> [x](y) `c`"), r"a\|b \<img> \[x](y) \`c\`");
        assert_eq!((verbatim("a"), verbatim("``a")), ("`a`".to_owned(), "``` ``a ```".to_owned()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn an_export_has_the_shape_of_a_plain_one(text in hostile()) {
            let (hostile, plain) = (markdown(&history(&text)), markdown(&history("plain")));
            prop_assert!(!hostile.chars().any(|c| c != '\n' && is_hidden(c)), "{hostile:?}");
            prop_assert_eq!(hostile.lines().count(), plain.lines().count(), "{}", hostile);
            for (line, plain) in hostile.lines().zip(plain.lines()) {
                let bars = |line: &str| line.replace(r"\|", "").matches('|').count();
                let is_row = plain.starts_with('|');
                prop_assert_eq!(line.starts_with('|'), is_row, "{}", line);
                prop_assert!(!is_row || bars(line) == bars(plain), "{}", line);
                prop_assert!(line.starts_with("- ") || !line.replace(r"\<", "").contains('<'), "{}", line);
            }
        }
    }
}
