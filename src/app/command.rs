//! What the user can order the application to do, and the words for it on the command line.
//!
//! Every word of the command line is declared once, with what may follow it; completion and mistakes
//! are derived from that.

use std::collections::BTreeSet;
use std::fmt;

use crate::domain::{
    AccountEntry, AccountId, Action, Code, Device, Inventory, NoSuchTheme, Region, Shown, SnapshotArn, Theme,
};
use crate::export::Format;
use crate::plan::Plan;
use crate::query::{self, Column, Direction, Filter, Order, View};

use super::deck::Choice;
use super::jobs::JobId;
use super::message::{Notice, Which};
use super::options::Mouse;

/// Something to be carried out by the application.
#[derive(Debug, Clone)]
pub(super) enum Command {
    /// Change what is listed.
    Choose(Choice),
    /// Read again.
    Refresh(Which),
    /// Put a text on the clipboard.
    Copy {
        /// What it is: "3 names".
        what: String,
        /// The exact text.
        text: String,
    },
    /// Write the marked rows, or the listed ones, to a file.
    Save {
        /// The file's name, as typed.
        name: String,
        /// The form.
        format: Format,
    },
    /// Write a text to a file.
    SaveText {
        /// What it is: "the script".
        what: String,
        /// The file's name.
        name: String,
        /// The text.
        text: String,
    },
    /// Tell the user something.
    Tell(Notice),
    /// Open the dialog of an action on the marked rows, else on the one under the cursor.
    OpenDialog(Action),
    /// Open the menu of actions.
    OpenMenu,
    /// Carry these plans out: what the last screen showed, and nothing else.
    Send(Vec<Plan>),
    /// Open the jobs.
    OpenJobs,
    /// Take a job up again that was cut short.
    Resume(JobId),
    /// Have a job pause.
    Pause(JobId),
    /// Ask whether a job is to be given up.
    OpenGiveUp(JobId),
    /// Give a job up.
    Cancel(JobId),
    /// Open what takes back what a job has done.
    OpenTakeBack(JobId),
    /// Go to a snapshot on the deck.
    Reveal(SnapshotArn),
    /// Put a job away that came to its end.
    PutAway(JobId),
    /// Wear another theme.
    Theme(Theme),
    /// Give the mouse to the terminal, or take it.
    Mouse(Mouse),
    /// Sign in to the account of this name, or to the first that waits for it.
    SignIn(Option<Shown>),
    /// Send a code to AWS, and sign in to these accounts with it.
    TakeCode {
        /// Of which device.
        device: Device,
        /// The code.
        code: Code,
        /// The accounts.
        accounts: Vec<Shown>,
    },
    /// Leave the question for the code of a device.
    LeaveShut(Device),
    /// Leave whatever is under way.
    Leave,
    /// Open the save dialog.
    OpenSave,
    /// Open the raw JSON of the row.
    OpenDocument,
    /// Open the row's page of the AWS console.
    OpenConsole,
    /// Open the help.
    OpenHelp,
    /// Leave; asks first while a job is under way.
    Quit,
}

/// What is wrong with a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mistake {
    /// There is no such command.
    Unknown(String),
    /// The command needs something after it.
    Missing(&'static str),
    /// What follows is not one of the words that may.
    NotOne {
        /// What was written.
        word: String,
        /// What it should have been: "a column".
        wanted: &'static str,
        /// What there is.
        there: Vec<String>,
    },
    /// There is no such theme.
    Theme(NoSuchTheme),
    /// The filter's own mistake.
    Filter(query::Mistake),
}

/// What may follow a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Nothing,
    View(View),
    Views,
    Theme,
    Mouse,
    Filter,
    Order,
    Accounts,
    Regions,
    File,
}

/// Every word, and what may follow it; the first ones are those that are named where a word is none of them.
const WORDS: [(&str, Rest); 30] = [
    ("view", Rest::Views),
    ("filter", Rest::Filter),
    ("sort", Rest::Order),
    ("region", Rest::Regions),
    ("account", Rest::Accounts),
    ("theme", Rest::Theme),
    ("save", Rest::File),
    ("quit", Rest::Nothing),
    ("mouse", Rest::Mouse),
    ("copy", Rest::Nothing),
    ("share", Rest::Nothing),
    ("encrypt", Rest::Nothing),
    ("restore", Rest::Nothing),
    ("export", Rest::Nothing),
    ("delete", Rest::Nothing),
    ("actions", Rest::Nothing),
    ("jobs", Rest::Nothing),
    ("refresh", Rest::Nothing),
    ("sign-in", Rest::Nothing),
    ("json", Rest::Nothing),
    ("help", Rest::Nothing),
    ("q", Rest::Nothing),
    ("all", Rest::View(View::All)),
    ("manual", Rest::View(View::Manual)),
    ("automated", Rest::View(View::Automated)),
    ("backup", Rest::View(View::Backup)),
    ("shared-with-me", Rest::View(View::SharedWithMe)),
    ("shared-out", Rest::View(View::SharedOut)),
    ("public", Rest::View(View::Public)),
    ("problems", Rest::View(View::Problems)),
];

/// How many of them are named where a word is none of them: the others Tab shows.
const NAMED: usize = 9;

/// Who has the mouse, by the words for it.
const MICE: [(&str, Mouse); 2] = [("on", Mouse::Deck), ("off", Mouse::Terminal)];

/// Reads a command line.
pub(super) fn parse(text: &str, inventory: &Inventory) -> Result<Command, Mistake> {
    let (word, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let rest = rest.trim();
    let unknown = || Mistake::Unknown(word.to_owned());
    let (name, takes) = WORDS.into_iter().find(|(name, _)| *name == word).ok_or_else(unknown)?;
    match takes {
        Rest::View(view) => Ok(Command::Choose(Choice::View(view))),
        Rest::Views => {
            let there = || View::ALL.map(View::name).to_vec();
            let view = View::of_name(rest).ok_or_else(|| not_one(rest, "a view", there()))?;
            Ok(Command::Choose(Choice::View(view)))
        }
        Rest::Theme if rest.is_empty() => Err(Mistake::Missing("a theme")),
        Rest::Theme => rest.parse().map(Command::Theme).map_err(Mistake::Theme),
        Rest::Mouse => {
            let named = MICE.into_iter().find(|(name, _)| *name == rest).map(|(_, mouse)| mouse);
            let mouse = named.ok_or_else(|| not_one(rest, "on or off", Vec::new()))?;
            Ok(Command::Mouse(mouse))
        }
        Rest::Filter => {
            Filter::parse(rest).map(|filter| Command::Choose(Choice::Filter(filter))).map_err(Mistake::Filter)
        }
        Rest::Order => order(rest).map(|order| Command::Choose(Choice::Order(order))),
        Rest::Accounts => accounts(rest, inventory).map(|set| Command::Choose(Choice::Accounts(set))),
        Rest::Regions => regions(rest, inventory).map(|set| Command::Choose(Choice::Regions(set))),
        Rest::File if rest.is_empty() => Ok(Command::OpenSave),
        Rest::File => Ok(Command::Save { name: rest.to_owned(), format: format_of(rest) }),
        Rest::Nothing => Ok(match name {
            "refresh" => Command::Refresh(Which::Everything),
            "sign-in" => Command::SignIn(None),
            "json" => Command::OpenDocument,
            "copy" => Command::OpenDialog(Action::Copy),
            "share" => Command::OpenDialog(Action::Share),
            "encrypt" => Command::OpenDialog(Action::Encrypt),
            "restore" => Command::OpenDialog(Action::Restore),
            "export" => Command::OpenDialog(Action::Export),
            "delete" => Command::OpenDialog(Action::Delete),
            "actions" => Command::OpenMenu,
            "jobs" => Command::OpenJobs,
            "help" => Command::OpenHelp,
            _ => Command::Quit,
        }),
    }
}

/// What the word at the end of a command line can be completed to.
pub(super) fn completions(text: &str, inventory: &Inventory) -> Vec<String> {
    let start = text.rfind(' ').map_or(0, |at| at + 1);
    let begun = &text[start..];
    let first = text.split(' ').next().unwrap_or_default();
    let takes = WORDS.into_iter().find(|(name, _)| *name == first).map(|(_, rest)| rest);
    let options: Vec<String> = match takes {
        _ if start == 0 => WORDS.into_iter().map(|(name, _)| name.to_owned()).collect(),
        Some(Rest::Order) if text[..start].split_whitespace().count() > 1 => {
            vec!["asc".to_owned(), "desc".to_owned()]
        }
        Some(Rest::Views) => View::ALL.into_iter().map(|view| view.name().to_owned()).collect(),
        Some(Rest::Theme) => Theme::names().map(str::to_owned).collect(),
        Some(Rest::Mouse) => MICE.into_iter().map(|(name, _)| name.to_owned()).collect(),
        Some(Rest::Order) => Column::ALL.into_iter().map(|column| column.name().to_owned()).collect(),
        Some(Rest::Accounts) => {
            let names = inventory.accounts().iter().map(|entry| entry.account.name.to_string());
            names.chain(["all".to_owned()]).collect()
        }
        Some(Rest::Regions) => {
            let names: BTreeSet<String> =
                inventory.scopes().map(|(scope, _)| scope.region.to_string()).collect();
            names.into_iter().chain(["all".to_owned()]).collect()
        }
        Some(Rest::Filter) => query::completions(begun, begun.len(), inventory),
        Some(Rest::Nothing | Rest::View(_) | Rest::File) | None => Vec::new(),
    };
    options.into_iter().filter(|option| option.starts_with(begun) && option != begun).collect()
}

/// The form that a file's name asks for: by its ending, else CSV.
pub(super) fn format_of(name: &str) -> Format {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match Format::of_name(&ending.to_ascii_lowercase()) {
        Some(Format::Table) | None => Format::Csv,
        Some(format) => format,
    }
}

fn order(rest: &str) -> Result<Order, Mistake> {
    let mut words = rest.split_whitespace();
    let column = words.next().ok_or(Mistake::Missing("a column"))?;
    let there = || Column::ALL.map(Column::name).to_vec();
    let by = Column::of_name(column).ok_or_else(|| not_one(column, "a column to sort by", there()))?;
    let direction = match words.next() {
        None | Some("asc") => Direction::Ascending,
        Some("desc") => Direction::Descending,
        Some(word) => return Err(not_one(word, "asc or desc", Vec::new())),
    };
    Ok(Order { by, direction })
}

/// A word that is not one of those that there are; where they are told already, none.
fn not_one<'a>(word: &str, wanted: &'static str, there: impl IntoIterator<Item = &'a str>) -> Mistake {
    let there = there.into_iter().map(str::to_owned).collect();
    match word {
        "" => Mistake::Missing(wanted),
        word => Mistake::NotOne { word: word.to_owned(), wanted, there },
    }
}

fn accounts(rest: &str, inventory: &Inventory) -> Result<Option<BTreeSet<AccountId>>, Mistake> {
    let there = inventory.accounts().iter().map(|entry| entry.account.name.to_string());
    chosen(rest, "an account that is signed in to", there, |word| {
        let named = |entry: &&AccountEntry| {
            entry.account.name.exact() == word || entry.id().is_some_and(|id| id.to_string() == word)
        };
        inventory.accounts().iter().find(named).and_then(AccountEntry::id)
    })
}

fn regions(rest: &str, inventory: &Inventory) -> Result<Option<BTreeSet<Region>>, Mistake> {
    let there: BTreeSet<String> = inventory.scopes().map(|(scope, _)| scope.region.to_string()).collect();
    chosen(rest, "a region that is read", there.into_iter(), |word| {
        let mut all = inventory.scopes().map(|(scope, _)| &scope.region);
        all.find(|region| region.name() == word || region.short() == word).cloned()
    })
}

fn chosen<T: Ord>(
    rest: &str,
    wanted: &'static str,
    there: impl Iterator<Item = String>,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Option<BTreeSet<T>>, Mistake> {
    if rest.is_empty() || rest == "all" {
        return Ok(None);
    }
    let there: Vec<String> = there.collect();
    let words = rest.split([' ', ',']).filter(|word| !word.is_empty());
    words
        .map(|word| find(word).ok_or_else(|| not_one(word, wanted, there.iter().map(String::as_str))))
        .collect::<Result<_, _>>()
        .map(Some)
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(word) if word.is_empty() => write!(f, "Tab shows the commands"),
            Self::Unknown(word) => {
                let named: Vec<&str> = WORDS.iter().take(NAMED).map(|(name, _)| *name).collect();
                write!(f, "no command \"{}\": {}, Tab for all", Shown::from(word.as_str()), named.join(" "))
            }
            Self::Missing(what) => write!(f, "it needs {what} after it: Tab shows them"),
            Self::NotOne { word, wanted, there } => {
                write!(f, "\"{}\" is not {wanted}", Shown::from(word.as_str()))?;
                if there.is_empty() { Ok(()) } else { write!(f, ": {}", there.join(", ")) }
            }
            Self::Theme(mistake) => mistake.fmt(f),
            Self::Filter(mistake) => mistake.fmt(f),
        }
    }
}

impl std::error::Error for Mistake {}
