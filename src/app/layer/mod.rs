//! What lies over the deck, each a small machine of its own: prompts, pickers, texts.
//!
//! A layer answers a chord with a [`Reply`] and touches nothing outside itself; every one of them can
//! be left with Esc.

mod code;
mod command_line;
mod dialog;
mod document;
mod failure;
mod filter_line;
mod give_up;
mod help;
mod jobs;
mod leave;
mod lines;
mod link;
mod menu;
mod save;
mod scope_picker;
mod sending;
mod sort_picker;
mod take_back;

pub(super) use code::CodeDialog;
pub(super) use command_line::CommandLine;
pub(super) use dialog::{Around, Dialog, MOST};
pub(super) use document::{Document, State};
pub(super) use failure::Failure;
pub(super) use filter_line::FilterLine;
pub(super) use give_up::GiveUp;
pub(super) use help::Help;
pub(super) use jobs::JobsView;
pub(super) use leave::Leave;
pub(super) use link::Link;
pub(super) use menu::Menu;
pub(super) use save::SaveDialog;
pub(super) use scope_picker::{ScopePicker, Subject};
pub(super) use sort_picker::{SortPicker, by, direction_word};
pub(super) use take_back::TakeBack;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{Answer, Fault, Question};
use crate::input::{Action, Chord, Context, Keymap};

use super::command::Command;
use super::deck::Deck;
use super::layout::{Rect, Size};
use super::line;
use super::prose::Line;

/// Something over the deck.
#[derive(Debug, Clone)]
pub(super) enum Layer {
    Filter(FilterLine),
    Command(CommandLine),
    Sort(SortPicker),
    Pick(ScopePicker),
    Save(SaveDialog),
    Code(CodeDialog),
    Help(Help),
    Link(Link),
    Document(Document),
    Failure(Failure),
    Menu(Box<Menu>),
    Dialog(Box<Dialog>),
    Jobs(JobsView),
    Leave(Leave),
    GiveUp(GiveUp),
    TakeBack(Box<TakeBack>),
}

/// What a layer makes of a chord.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// It stays.
    Stay,
    /// It goes.
    Close,
    /// It stays, and wants something done.
    Do(Command),
    /// It goes, and wants something done.
    CloseAnd(Command),
}

/// A chord as a layer sees it: its meaning there, else what it types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press<'a> {
    /// It means something.
    Action(Action),
    /// It types text.
    Text(&'a str),
}

/// What a layer looks like: the same for all that are not prompts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is.
    pub title: String,
    /// What stands in the lower border: where one is in a long text.
    pub foot: String,
    /// Where it is, border included.
    pub area: Rect,
    /// The lines on the screen.
    pub lines: Vec<Line>,
    /// The line that the cursor is on.
    pub at: Option<usize>,
    /// A line that is typed in, and where it stands.
    pub entry: Option<Entry>,
}

/// A line that is typed in on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which line of the sheet.
    pub line: usize,
    /// The column of the cursor.
    pub column: usize,
}

/// A line that is typed in at the foot of the screen, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// What stands before it.
    pub sign: char,
    /// What is typed.
    pub line: line::Line,
    /// What is beneath it: a mistake, proposals, or how to go on.
    pub below: Line,
}

/// A layer that judges by facts, and wants to know some.
pub(super) trait Asks {
    /// What is to be asked of AWS before more can be said.
    fn questions(&self) -> BTreeSet<Question>;

    /// Takes in an answer.
    fn learn(&mut self, question: Question, answer: Result<Answer, Fault>, at: Timestamp);
}

impl Layer {
    /// Where chords go while it is in front.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Filter(_) => Context::FilterLine,
            Self::Command(_) => Context::CommandLine,
            Self::Sort(_) => Context::SortPicker,
            Self::Pick(_) => Context::ScopePicker,
            Self::Save(_) => Context::SaveDialog,
            Self::Code(_) => Context::Code,
            Self::Help(layer) if layer.is_typed_in() => Context::HelpSearch,
            Self::Help(_) => Context::Help,
            Self::Link(_) => Context::Link,
            Self::Document(_) => Context::Document,
            Self::Failure(_) => Context::Failure,
            Self::Menu(_) => Context::Menu,
            Self::Dialog(layer) => layer.context(),
            Self::Jobs(_) => Context::Jobs,
            Self::Leave(_) => Context::Leave,
            Self::GiveUp(_) => Context::GiveUp,
            Self::TakeBack(layer) if layer.is_typed_in() => Context::LastTyped,
            Self::TakeBack(_) => Context::Last,
        }
    }

    /// Takes in a chord.
    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck, keymap: &Keymap) -> Reply {
        match self {
            Self::Filter(layer) => layer.press(press, deck),
            Self::Command(layer) => layer.press(press, deck),
            Self::Sort(layer) => layer.press(press),
            Self::Pick(layer) => layer.press(press, deck),
            Self::Save(layer) => layer.press(press),
            Self::Code(layer) => layer.press(press),
            Self::Help(layer) => layer.press(press, deck, keymap),
            Self::Link(layer) => layer.press(press),
            Self::Document(layer) => layer.press(press, deck),
            Self::Failure(layer) => layer.press(press, deck),
            Self::Menu(layer) => layer.press(press),
            Self::Dialog(layer) => layer.press(press, deck, keymap),
            Self::Jobs(layer) => layer.press(press, deck),
            Self::Leave(_) => Leave::press(press),
            Self::GiveUp(layer) => layer.press(press, deck),
            Self::TakeBack(layer) => layer.press(press, deck),
        }
    }

    /// What it looks like, the lowest sheet first; none for a prompt.
    pub(super) fn sheets(&self, deck: &Deck, keymap: &Keymap) -> Vec<Sheet> {
        let Some(body) = deck.layout().map(|layout| layout.body) else { return Vec::new() };
        match self {
            Self::Dialog(layer) => layer.sheets(body, deck, keymap),
            other => other.sheet(body, deck, keymap).into_iter().collect(),
        }
    }

    fn sheet(&self, body: Rect, deck: &Deck, keymap: &Keymap) -> Option<Sheet> {
        match self {
            Self::Filter(_) | Self::Command(_) | Self::Dialog(_) => None,
            Self::Menu(layer) => Some(layer.sheet(body, keymap)),
            Self::Jobs(layer) => Some(layer.sheet(body, deck)),
            Self::Leave(layer) => Some(layer.sheet(body, deck)),
            Self::GiveUp(layer) => Some(layer.sheet(body, deck)),
            Self::TakeBack(layer) => Some(layer.sheet(body, deck)),
            Self::Sort(layer) => Some(layer.sheet(body)),
            Self::Pick(layer) => Some(layer.sheet(body, deck)),
            Self::Save(layer) => Some(layer.sheet(body)),
            Self::Code(layer) => Some(layer.sheet(body)),
            Self::Help(layer) => Some(layer.sheet(body, keymap)),
            Self::Link(layer) => Some(layer.sheet(body)),
            Self::Document(layer) => Some(layer.sheet(body)),
            Self::Failure(layer) => Some(layer.sheet(body, deck)),
        }
    }

    /// What it looks like at the foot of the screen; `None` for all but prompts.
    pub(super) fn prompt(&self) -> Option<Prompt> {
        match self {
            Self::Filter(layer) => Some(layer.prompt()),
            Self::Command(layer) => Some(layer.prompt()),
            Self::Sort(_)
            | Self::Pick(_)
            | Self::Save(_)
            | Self::Code(_)
            | Self::Help(_)
            | Self::Link(_)
            | Self::Document(_)
            | Self::Failure(_)
            | Self::Menu(_)
            | Self::Dialog(_)
            | Self::Jobs(_)
            | Self::Leave(_)
            | Self::GiveUp(_)
            | Self::TakeBack(_) => None,
        }
    }

    /// What an action is called as things stand, where that is not what its context calls it.
    pub(super) fn label(&self, action: Action) -> Option<&'static str> {
        match self {
            Self::Jobs(jobs) => jobs.label(action),
            _ => None,
        }
    }

    /// Whether an action would do something here and now.
    pub(super) fn can(&self, action: Action, deck: &Deck) -> bool {
        match self {
            Self::Filter(layer) => layer.can(action),
            Self::Command(layer) => layer.can(action),
            Self::Document(layer) => layer.can(action),
            Self::Dialog(layer) => layer.can(action, deck),
            Self::Jobs(layer) => layer.can(action, deck),
            Self::TakeBack(layer) => layer.can(action, deck),
            Self::Failure(layer) => layer.can(action, deck),
            Self::Sort(_)
            | Self::Pick(_)
            | Self::Save(_)
            | Self::Code(_)
            | Self::Help(_)
            | Self::Link(_)
            | Self::Menu(_)
            | Self::Leave(_)
            | Self::GiveUp(_) => true,
        }
    }

    /// The layer as one that wants to know things of AWS, where it does.
    pub(super) fn asking(&mut self) -> Option<&mut dyn Asks> {
        match self {
            Self::Menu(layer) => Some(&mut **layer),
            Self::Dialog(layer) => Some(&mut **layer),
            Self::Filter(_)
            | Self::Command(_)
            | Self::Sort(_)
            | Self::Pick(_)
            | Self::Save(_)
            | Self::Code(_)
            | Self::Help(_)
            | Self::Link(_)
            | Self::Document(_)
            | Self::Failure(_)
            | Self::Jobs(_)
            | Self::Leave(_)
            | Self::GiveUp(_)
            | Self::TakeBack(_) => None,
        }
    }

    /// Takes in pasted text, where text is typed.
    pub(super) fn paste(&mut self, text: &str, deck: &Deck, keymap: &Keymap) -> Reply {
        if self.context().is_typed_in() { self.press(Press::Text(text), deck, keymap) } else { Reply::Stay }
    }
}

/// What a chord is to the layer of a context.
pub(super) fn press_of<'a>(
    keymap: &Keymap,
    context: Context,
    chord: Chord,
    typed: &'a mut String,
) -> Option<Press<'a>> {
    if let Some(action) = keymap.action(context, chord) {
        return Some(Press::Action(action));
    }
    let c = chord.typed().filter(|_| context.is_typed_in())?;
    typed.push(c);
    Some(Press::Text(typed))
}

/// Where one is in a text that is longer than its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Scroll(usize);

impl Scroll {
    /// Moves; `false` when the action is not one of moving.
    pub(super) fn press(&mut self, action: Action, lines: usize, height: usize) -> bool {
        let page = height.saturating_sub(1).max(1);
        let last = lines.saturating_sub(height);
        self.0 = match action {
            Action::Up => self.0.saturating_sub(1),
            Action::Down => self.0 + 1,
            Action::PageUp => self.0.saturating_sub(page),
            Action::PageDown => self.0 + page,
            Action::Top => 0,
            Action::Bottom => last,
            _ => return false,
        };
        self.0 = self.0.min(last);
        true
    }

    /// Whether an action would move, where it is one of moving by a page.
    pub(super) fn can(self, action: Action, lines: usize, height: usize) -> bool {
        match action {
            Action::PageUp => self.0 > 0 && lines > height,
            Action::PageDown => self.0 + height < lines,
            _ => true,
        }
    }

    /// The lines on the screen, and where they are among all.
    pub(super) fn window(self, lines: Vec<Line>, height: usize) -> (Vec<Line>, String) {
        let total = lines.len();
        let start = self.0.min(total.saturating_sub(height));
        let shown: Vec<Line> = lines.into_iter().skip(start).take(height).collect();
        let foot = if total > height {
            format!("{}-{} of {total}", start + 1, start + shown.len())
        } else {
            String::new()
        };
        (shown, foot)
    }
}

/// The place of a text that wants the whole body.
pub(super) fn whole(body: Rect) -> Rect {
    body.centred(Size { width: 120, height: body.height })
}
