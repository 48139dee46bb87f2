//! Carrying commands out: what leaves the application as an effect, and what is opened.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::domain::{self, Access, Row, RowId, Scope, ScopeState, Shown, SignIn};
use crate::export::{self, Format};
use crate::input::Action;
use crate::plan::{Event, Orders, Plan, Shell, Shut};
use crate::query::View;

use super::App;
use super::command::Command;
use super::deck::Choice;
use super::jobs::{self, Job, JobId};
use super::layer::{
    Around, Dialog, Document, GiveUp, Help, JobsView, Layer, Leave, MOST, Menu, SaveDialog, TakeBack,
};
use super::layout::Pane;
use super::links::{console_url, describe_command};
use super::message::{Effect, Notice, Question, Which};
use super::options::{Mouse, World};
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
    /// A page of the console: its address.
    Open(String),
    /// A command that renews the credentials of these accounts.
    SignIn(Vec<Shown>),
    /// What a dialog or a menu wants to know of AWS.
    Fact(domain::Question),
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
            Action::SignIn => Some(Command::SignIn(self.account_here())),
            Action::CopyId => self.copy_of_these("name", |row| row.snapshot.arn.exact_name().to_owned()),
            Action::CopyArn => self.copy_of_these("ARN", |row| row.snapshot.arn.exact()),
            Action::CopyCommand => {
                let text = describe_command(&self.deck.row()?.snapshot);
                self.deck.cursor.pin();
                Some(Command::Copy { what: "the command".to_owned(), text })
            }
            Action::Console => Some(Command::OpenConsole),
            Action::Document => Some(Command::OpenDocument),
            Action::Save => Some(Command::OpenSave),
            Action::CopySnapshot => Some(Command::OpenDialog(domain::Action::Copy)),
            Action::ShareSnapshot => Some(Command::OpenDialog(domain::Action::Share)),
            Action::EncryptSnapshot => Some(Command::OpenDialog(domain::Action::Encrypt)),
            Action::RestoreSnapshot => Some(Command::OpenDialog(domain::Action::Restore)),
            Action::ExportSnapshot => Some(Command::OpenDialog(domain::Action::Export)),
            Action::DeleteSnapshot => Some(Command::OpenDialog(domain::Action::Delete)),
            Action::Menu => Some(Command::OpenMenu),
            Action::Jobs => Some(Command::OpenJobs),
            Action::Quit => Some(Command::Quit),
            Action::Mouse => Some(Command::Mouse(match self.mouse {
                Mouse::Deck => Mouse::Terminal,
                Mouse::Terminal => Mouse::Deck,
            })),
            _ => None,
        }
    }

    /// Does what was ordered.
    pub(super) fn carry_out(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Choose(choice) => self.deck.choose(choice),
            Command::Refresh(which) => {
                self.left_shut.clear();
                self.tell(Notice::good(format!("reading {} again", self.name_of(&which))));
                return vec![Effect::Refresh(which)];
            }
            Command::SignIn(account) => return self.sign_in(account.as_ref()),
            Command::TakeCode { device, code, accounts } => return self.take_code(device, code, accounts),
            Command::LeaveShut(device) => self.leave_shut(device),
            Command::Copy { what, text } => {
                let ticket = self.tickets.issue(Purpose::Copy(what));
                return vec![Effect::Copy { ticket, text }];
            }
            Command::Save { name, format } => return vec![self.save(name, format)],
            Command::SaveText { what, name, text } => {
                let ticket = self.tickets.issue(Purpose::Save(what));
                return vec![Effect::Save { ticket, name, text }];
            }
            Command::Tell(notice) => self.tell(notice),
            Command::OpenDialog(action) => self.open_dialog(action),
            Command::OpenMenu => self.open_menu(),
            Command::Send(plans) => return self.send(&plans),
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
            Command::OpenJobs => {
                self.open(Layer::Jobs(JobsView::default()));
                return vec![Effect::ReadJournal];
            }
            Command::PutAway(id) => {
                self.deck.jobs.put_away(id);
                self.settle_layers();
            }
            Command::Resume(id) => return self.drive(id),
            Command::Pause(id) => return vec![Effect::Pause(id)],
            Command::OpenGiveUp(id) => self.open(Layer::GiveUp(GiveUp::new(id))),
            Command::Cancel(id) => return self.cancel(id).into_iter().collect(),
            Command::OpenTakeBack(id) => self.open_take_back(id),
            Command::Reveal(arn) => self.reveal(&arn),
            Command::Theme(theme) => {
                self.tell(Notice::good(format!("theme {}", theme.name())));
                return vec![Effect::Theme(theme)];
            }
            Command::Mouse(mouse) => {
                self.mouse = mouse;
                self.tell(Notice::good(match mouse {
                    Mouse::Deck => "the deck has the mouse: clicks, the wheel, borders that are drawn",
                    Mouse::Terminal => "the terminal has the mouse: its own selection works",
                }));
                return vec![Effect::Mouse(mouse)];
            }
            Command::Quit => return self.leave(),
            Command::Leave => return vec![Effect::Quit],
        }
        Vec::new()
    }

    /// A text of each of these for the clipboard. It may be pasted into a shell, where a control character acts: what
    /// hides is written out. The command that [`Action::CopyCommand`] copies holds a name to the letter.
    fn copy_of_these(&mut self, one: &str, text: impl Fn(&Row) -> String) -> Option<Command> {
        let exact: Vec<String> = self.deck.these().into_iter().map(text).collect();
        let harmless: Vec<Cow<'_, str>> = exact.iter().map(|text| domain::harmless(text)).collect();
        let mut what = match exact.len() {
            0 => return None,
            1 => format!("the {one}"),
            n => count(n, one),
        };
        if exact != harmless {
            what.push_str(", with what hides written out");
        }
        let text = harmless.join("\n");
        self.deck.cursor.pin();
        Some(Command::Copy { what, text })
    }

    /// The rows that a dialog is to open on; says why where it is to open on none.
    fn rows_for_a_dialog(&mut self) -> Vec<RowId> {
        let rows = self.deck.these_ids();
        self.deck.cursor.pin();
        match rows.len() {
            0 => self.tell(Notice::bad("there is no snapshot under the cursor")),
            n if n > MOST => {
                let words = format!("{} marked: a dialog takes {MOST} at most", count(n, "snapshot"));
                self.tell(Notice::bad(words));
                return Vec::new();
            }
            _ => {}
        }
        rows
    }

    fn open_dialog(&mut self, action: domain::Action) {
        let ids = self.rows_for_a_dialog();
        let rows: Vec<&Row> = ids.iter().filter_map(|id| self.deck.inventory.row(*id)).collect();
        if !rows.is_empty() {
            let around =
                Around { access: self.badges.access, shell: self.shell(), keymap: self.keymap.clone() };
            let dialog = Dialog::new(action, &rows, &self.deck.inventory, around);
            self.open(Layer::Dialog(Box::new(dialog)));
        }
    }

    /// How the AWS CLI gets to the accounts that are signed in to.
    fn shell(&self) -> Shell {
        let ours = self.deck.inventory.accounts().iter();
        let ids = ours.filter_map(|entry| Some((entry.id()?, &entry.account.name)));
        self.profiles.shell(ids, self.badges.endpoint.clone())
    }

    fn send(&mut self, plans: &[Plan]) -> Vec<Effect> {
        self.deck.marks.clear();
        plans.iter().flat_map(|plan| self.start(plan)).collect()
    }

    /// Begins to carry a plan out.
    fn start(&mut self, plan: &Plan) -> Vec<Effect> {
        let job = self.deck.jobs.begin(plan);
        let effects = self.drive(job);
        if effects.is_empty() {
            // Nothing of it was sent: there is nothing to be told of it later.
            self.deck.jobs.drop(job);
        }
        self.settle_layers();
        effects
    }

    /// Whether anything may be changed in an account: nothing in one that is not ours.
    fn access(&self, account: domain::AccountId) -> Access {
        match self.deck.inventory.account(account) {
            Some(entry) if self.badges.access == Access::ReadWrite => entry.account.access,
            _ => Access::ReadOnly,
        }
    }

    /// Has a job driven on from where it is, unless one of its accounts is read-only.
    pub(super) fn drive(&mut self, id: JobId) -> Vec<Effect> {
        let inventory = &self.deck.inventory;
        let Some(job) = self.deck.jobs.get(id) else { return Vec::new() };
        let orders = match Orders::of(job.run.plan(), |account| self.access(account)) {
            Ok(orders) => orders,
            Err(Shut(account)) => {
                let name = inventory.account_name(account);
                let name = name.map_or_else(|| account.to_string(), ToString::to_string);
                self.tell(Notice::bad(format!("nothing was sent: {name} is read-only")));
                return Vec::new();
            }
        };
        let caller = |account: domain::AccountId| match &inventory.account(account)?.sign_in {
            SignIn::In(identity) => Some((account, identity.caller.clone())),
            SignIn::Waiting | SignIn::Same(_) | SignIn::Failed(_) => None,
        };
        let accounts: BTreeSet<_> = orders.steps().map(|step| step.call.scope.account).collect();
        let callers = accounts.into_iter().filter_map(caller).collect();
        let (run, begun) = (Box::new(job.run.clone()), job.kept);
        self.deck.jobs.go_on(id);
        vec![Effect::Run { job: id, begun, callers, run, orders }]
    }

    fn cancel(&mut self, id: JobId) -> Option<Effect> {
        let job = self.deck.jobs.get(id)?;
        Some(Effect::Cancel { job: id, begun: job.kept, run: Box::new(job.run.clone()) })
    }

    fn open_take_back(&mut self, id: JobId) {
        let Some(plan) = self.deck.jobs.get(id).and_then(Job::way_back) else { return };
        let shut = |account: &domain::AccountId| self.access(*account) == Access::ReadOnly;
        let accounts: BTreeSet<_> =
            plan.steps.iter().map(|step| step.call.scope.account).filter(shut).collect();
        self.open(Layer::TakeBack(Box::new(TakeBack::new(plan, accounts.into_iter().collect()))));
    }

    /// Goes to a snapshot on the deck, whatever hides it.
    fn reveal(&mut self, arn: &domain::SnapshotArn) {
        match self.deck.inventory.find(arn.account(), arn) {
            Some(row) => self.deck.reveal(row),
            None => self.tell(Notice::bad(format!("{} is not on the deck: r reads again", arn.name()))),
        }
    }

    /// Takes in what happened to a job; what it changed is read again.
    pub(super) fn learn_of_a_job(&mut self, job: JobId, event: Event) -> Vec<Effect> {
        self.dirty = true;
        // The clock comes by the minute; how long a job has taken is said in seconds.
        self.deck.tick(event.at.max(self.deck.now));
        let scopes = self.deck.jobs.learn(job, event);
        let read = scopes.into_iter().filter(|scope| jobs::is_read(scope, &self.deck.inventory));
        read.collect::<Vec<_>>().into_iter().filter_map(|scope| self.read_again(scope)).collect()
    }

    /// Reads a scope again; one that is being read is read once more when that is over, however many ask for it.
    fn read_again(&mut self, scope: Scope) -> Option<Effect> {
        let state = self.deck.inventory.scope(&scope).map(|entry| &entry.state);
        if matches!(state, Some(ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled)) {
            self.again.insert(scope);
            return None;
        }
        Some(Effect::Refresh(Which::Scope(scope)))
    }

    /// Reads a scope once more that was changed while it was being read.
    pub(super) fn read_once_more(&mut self, scope: &Scope) -> Option<Effect> {
        self.again.take(scope).map(|scope| Effect::Refresh(Which::Scope(scope)))
    }

    /// Goes on with the jobs that waited until somebody signed in to an account.
    pub(super) fn resume_jobs_of(&mut self, account: domain::AccountId) -> Vec<Effect> {
        let jobs = self.deck.jobs.waiting_for(account);
        jobs.into_iter().flat_map(|job| self.drive(job)).collect()
    }

    /// Leaves; asks first while a job is under way, once.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let was_asked = self.layers.iter().any(|layer| matches!(layer, Layer::Leave(_)));
        if self.deck.jobs.under_way() == 0 || was_asked {
            return vec![Effect::Quit];
        }
        self.open(Layer::Leave(Leave { is_kept: self.badges.world == World::Real }));
        Vec::new()
    }

    fn open_menu(&mut self) {
        let ids = self.rows_for_a_dialog();
        let rows: Vec<&Row> = ids.iter().filter_map(|id| self.deck.inventory.row(*id)).collect();
        if !rows.is_empty() {
            let menu = Menu::new(&rows, &self.deck.inventory);
            self.open(Layer::Menu(Box::new(menu)));
        }
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
        Some(Effect::Open { ticket: self.tickets.issue(Purpose::Open(url.clone())), url })
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
