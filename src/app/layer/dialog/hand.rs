//! What a dialog is handed when it opens, and what it hands over: commands and scripts.

use crate::domain::{Access, Action, Facts, Inventory};
use crate::input::Keymap;
use crate::plan::{Plan, Shell, commands, script};

use super::super::super::command::Command;
use super::super::super::message::Notice;
use super::super::super::words::count;
use super::super::Reply;
use super::spec;
use super::subject::Subject;

/// What holds for the whole program, and dialogs must know.
#[derive(Debug, Clone)]
pub(in super::super::super) struct Around {
    /// Whether changes may be made at all.
    pub(in super::super::super) access: Access,
    /// How the AWS CLI gets to each account.
    pub(in super::super::super) shell: Shell,
    /// The chords, where sentences name them.
    pub(in super::super::super) keymap: Keymap,
}

/// What is known of accounts before anything is asked.
pub(in super::super) fn facts_about(inventory: &Inventory) -> Facts {
    let ours = inventory.accounts().iter().filter_map(|entry| Some((entry.id()?, entry.account.clone())));
    let known = inventory.known().map(|(id, name)| (id, name.clone()));
    Facts::new(ours, known)
}

/// The plans as commands, for the clipboard.
pub(super) fn copied(plans: &[&Plan], shell: &Shell) -> Reply {
    let lines: Vec<String> = plans.iter().flat_map(|plan| commands(plan, shell)).collect();
    if lines.is_empty() {
        return Reply::Do(Command::Tell(Notice::bad("there is nothing to copy yet")));
    }
    let what = count(lines.len(), "command");
    Reply::Do(Command::Copy { what, text: lines.join("\n") })
}

/// The plans as one script, for a file that is named after what they do.
pub(super) fn saved(action: Action, subjects: &[Subject], plans: &[&Plan], shell: &Shell) -> Reply {
    let Some(first) = plans.first() else {
        return Reply::Do(Command::Tell(Notice::bad("there is nothing to save yet")));
    };
    let all = Plan {
        goal: match plans.len() {
            1 => first.goal.clone(),
            n => format!("{} {}", spec::title(action), count(n, "snapshot")),
        },
        steps: plans.iter().flat_map(|plan| plan.steps.clone()).collect(),
    };
    let of = match subjects {
        [one] => {
            let name = one.snapshot.arn.exact_name();
            name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
        }
        many => format!("{}-snapshots", many.len()),
    };
    let name = format!("snapdeck-{}-{of}.sh", action.name());
    Reply::Do(Command::SaveText { what: "the script".to_owned(), name, text: script(&all, shell) })
}
