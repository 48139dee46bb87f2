//! Carrying commands out: what leaves the application as an effect, and what is opened.

use crate::domain::Row;
use crate::export::{self, Format};
use crate::input::Action;
use crate::query::View;

use super::App;
use super::command::Command;
use super::deck::Choice;
use super::layer::{Document, Help, Layer, SaveDialog};
use super::layout::Pane;
use super::links::{console_url, describe_command};
use super::message::{Effect, Notice, Question, Which};
use super::words::count;

/// What a ticket is out for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The raw JSON on the topmost layer.
    Document,
    /// A text for the clipboard: what it is.
    Copy(String),
    /// A file: what is in it.
    Save(String),
    /// A page of the console.
    Open,
}

impl App {
    /// The command that an action stands for; `None` for what the deck does by itself.
    pub(super) fn order(&mut self, action: Action) -> Option<Command> {
        let view = |view| Some(Command::Choose(Choice::View(view)));
        match action {
            Action::ViewAll => view(View::All),
            Action::ViewManual => view(View::Manual),
            Action::ViewAutomated => view(View::Automated),
            Action::ViewBackup => view(View::Backup),
            Action::ViewSharedWithMe => view(View::SharedWithMe),
            Action::ViewSharedOut => view(View::SharedOut),
            Action::ViewPublic => view(View::Public),
            Action::ViewProblems => view(View::Problems),
            Action::Refresh => Some(Command::Refresh(match self.deck.focus {
                Pane::Tree => self.deck.node().which(),
                Pane::Table | Pane::Details => Which::Everything,
            })),
            Action::CopyId => self.copy_of_these("name", |row| row.snapshot.arn.exact_name().to_owned()),
            Action::CopyArn => self.copy_of_these("ARN", |row| row.snapshot.arn.exact().to_owned()),
            Action::CopyCommand => {
                let text = describe_command(&self.deck.row()?.snapshot);
                self.deck.cursor.pin();
                Some(Command::Copy { what: "the command".to_owned(), text })
            }
            Action::Console => Some(Command::OpenConsole),
            Action::Document => Some(Command::OpenDocument),
            Action::Save => Some(Command::OpenSave),
            Action::Quit => Some(Command::Quit),
            _ => None,
        }
    }

    /// Does what was ordered.
    pub(super) fn carry_out(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Choose(choice) => self.deck.choose(choice),
            Command::Refresh(which) => {
                self.tell(Notice::good(format!("reading {} again", self.name_of(&which))));
                return vec![Effect::Refresh(which)];
            }
            Command::Copy { what, text } => {
                let ticket = self.tickets.issue(Purpose::Copy(what));
                return vec![Effect::Copy { ticket, text }];
            }
            Command::Save { name, format } => return vec![self.save(name, format)],
            Command::OpenSave if self.deck.can(Action::Save) => {
                self.open(Layer::Save(SaveDialog::new(&self.deck)));
            }
            Command::OpenSave => self.tell(Notice::bad("there is nothing to save")),
            Command::OpenDocument => return self.open_document().into_iter().collect(),
            Command::OpenConsole => return self.open_console().into_iter().collect(),
            Command::OpenHelp => {
                let help = Help::new(self.context());
                self.open(Layer::Help(help));
            }
            Command::Quit => return vec![Effect::Quit],
        }
        Vec::new()
    }

    fn copy_of_these(&mut self, one: &str, text: impl Fn(&Row) -> String) -> Option<Command> {
        let texts: Vec<String> = self.deck.these().into_iter().map(text).collect();
        self.deck.cursor.pin();
        let what = match texts.len() {
            0 => return None,
            1 => format!("the {one}"),
            n => count(n, one),
        };
        Some(Command::Copy { what, text: texts.join("\n") })
    }

    fn open_document(&mut self) -> Option<Effect> {
        let row = self.deck.row()?;
        let (scope, arn) = (row.snapshot.scope.clone(), row.snapshot.arn.clone());
        self.deck.cursor.pin();
        self.open(Layer::Document(Document::new(arn.clone())));
        let ticket = self.tickets.issue(Purpose::Document);
        Some(Effect::Ask(ticket, Question::Document { scope, arn }))
    }

    fn open_console(&mut self) -> Option<Effect> {
        let url = console_url(&self.deck.row()?.snapshot);
        self.deck.cursor.pin();
        let Some(url) = url else {
            self.tell(Notice::bad("the console of this partition has no address that is known here"));
            return None;
        };
        Some(Effect::Open { ticket: self.tickets.issue(Purpose::Open), url })
    }

    fn save(&mut self, name: String, format: Format) -> Effect {
        let inventory = &self.deck.inventory;
        let marked = !self.deck.marks.is_empty();
        let rows: Vec<&Row> = if marked {
            self.deck.these()
        } else {
            self.deck.listing.rows().iter().filter_map(|id| inventory.row(*id)).collect()
        };
        let what = count(rows.len(), "snapshot");
        let mut text = String::new();
        match format {
            Format::Table => text = export::table(rows, inventory, self.deck.now, None),
            Format::Csv => {
                text.push_str(&export::csv_header());
                for row in rows {
                    text.push_str("\r\n");
                    text.push_str(&export::csv_line(row, inventory));
                }
                text.push_str("\r\n");
            }
            Format::Ndjson => {
                for row in rows {
                    text.push_str(&export::snapshot_json(row, inventory));
                    text.push('\n');
                }
            }
            Format::Json => {
                export::document(rows, inventory, &mut text).expect("BUG: writing to a String failed");
            }
        }
        let ticket = self.tickets.issue(Purpose::Save(what));
        Effect::Save { ticket, name, text }
    }

    fn name_of(&self, which: &Which) -> String {
        match which {
            Which::Everything => "everything".to_owned(),
            Which::Account(name) => name.to_string(),
            Which::Scope(scope) => {
                let name = self.deck.inventory.account_name(scope.account);
                format!(
                    "{} {}",
                    name.map_or_else(|| scope.account.to_string(), ToString::to_string),
                    scope.region
                )
            }
        }
    }
}
