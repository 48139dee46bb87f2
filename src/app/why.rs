//! Why a chord does nothing here and now, in a few words.

use crate::input::{Action, Chord, Context, Keymap};

use super::message::Notice;
use super::prose::Tone;

/// Why an action that means something here cannot be done now; nothing where its place says so already.
pub(super) fn why_not(action: Action) -> Option<Notice> {
    let words = match action {
        _ if action.is_of_the_row() || action.is_of_the_marked() => "there is no snapshot under the cursor",
        Action::Save => "there is nothing to save",
        Action::NextSnapshot => "this is the last snapshot of the table",
        Action::PreviousSnapshot => "this is the first snapshot of the table",
        Action::ScrollLeft | Action::ScrollRight => "every column is there: the table is not wide",
        Action::Fold => "there is nothing to fold here",
        Action::Unfold => "there is nothing to unfold here",
        Action::Zoom => "this pane is alone already",
        Action::Sort => "there is nothing to sort",
        Action::Accounts => "no account is known yet",
        Action::Regions => "no region is known yet",
        Action::Back => "there is nothing to go back from",
        Action::Complete => "there is nothing to complete it to",
        Action::Older => "there is no line before this one",
        Action::CopyAll => "there is nothing to copy yet",
        Action::Fix => "no way out is offered here",
        Action::FixAll => "there are no several ways out to take",
        Action::Undo => "nothing was changed yet",
        Action::Affected => "it is about one snapshot only",
        Action::LeaveOut => "there is no snapshot to leave out",
        Action::CopyCommands | Action::SaveScript => "there are no commands to hand over",
        Action::Choose => "there is nothing to choose from: it is typed",
        Action::CleanUp => "nothing is needed on the way only",
        Action::Toggle | Action::ToggleAll => "one is chosen here, with the one that the cursor is on",
        Action::Resume
        | Action::Pause
        | Action::GiveUp
        | Action::TakeBack
        | Action::Reveal
        | Action::Events
        | Action::PutAway => return Some(doubt(format!("this job is not one to {}", action.label()))),
        _ => return None,
    };
    Some(doubt(words))
}

/// What is said of a chord that means nothing here.
pub(super) fn meaningless(keymap: &Keymap, context: Context, chord: Chord) -> Notice {
    let help = keymap.chord(context, Action::Help);
    let more = help.map_or_else(String::new, |help| format!(": {help} shows what does"));
    doubt(format!("{chord} does nothing here{more}"))
}

fn doubt(words: impl Into<crate::domain::Shown>) -> Notice {
    Notice { tone: Tone::Doubt, text: words.into() }
}
