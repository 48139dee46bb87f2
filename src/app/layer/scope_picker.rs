//! The lists of accounts and of regions to show; typing narrows them, Space chooses.
//!
//! Nothing chosen means that all are shown. What has failed keeps its place in the list and says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Inventory, Region, ScopeState, SignIn, middle_cut};
use crate::input::Action;

use super::super::command::Command;
use super::super::deck::{Choice, Deck};
use super::super::layout::{Rect, Size};
use super::super::line::Line;
use super::super::prose::{self, Piece, Tone, line_width};
use super::super::words::count;
use super::{Entry, Press, Reply, Sheet};

/// A list of accounts or of regions.
#[derive(Debug, Clone)]
pub(in super::super) struct ScopePicker {
    subject: Subject,
    filter: Line,
    chosen: BTreeSet<String>,
    at: usize,
}

/// What is chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Subject {
    Accounts,
    Regions,
}

/// One line of the list; `name` is exact and tells it from the others.
struct Item {
    name: String,
    label: String,
    detail: String,
    state: (String, Tone),
    can_be_chosen: bool,
}

impl ScopePicker {
    /// Opens a list on what is chosen.
    pub(in super::super) fn new(subject: Subject, deck: &Deck) -> Self {
        let chosen = match subject {
            Subject::Accounts => {
                let ids = deck.picked_accounts();
                let picked =
                    deck.inventory.accounts().iter().filter(|entry| {
                        ids.is_some_and(|ids| entry.id().is_some_and(|id| ids.contains(&id)))
                    });
                picked.map(|entry| entry.account.name.exact().to_owned()).collect()
            }
            Subject::Regions => {
                deck.picked_regions().into_iter().flatten().map(|region| region.name().to_owned()).collect()
            }
        };
        Self { subject, filter: Line::default(), chosen, at: 0 }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        let options = self.options(&deck.inventory);
        let last = options.len().saturating_sub(1);
        self.at = self.at.min(last);
        match press {
            Press::Text(text) => {
                self.filter.insert(text);
                self.at = 0;
            }
            Press::Action(Action::ChoiceUp) => self.at = self.at.saturating_sub(1),
            Press::Action(Action::ChoiceDown) => self.at = (self.at + 1).min(last),
            Press::Action(Action::Toggle) => self.toggle(options.get(self.at)),
            Press::Action(Action::ToggleAll) => {
                let choosable = || options.iter().filter(|option| option.can_be_chosen);
                let all = choosable().all(|option| self.chosen.contains(&option.name));
                for option in choosable() {
                    if all {
                        self.chosen.remove(&option.name);
                    } else {
                        self.chosen.insert(option.name.clone());
                    }
                }
            }
            Press::Action(Action::Accept) => {
                // Who typed a name and chose nothing means the one that the name led to.
                if self.chosen.is_empty() && !self.filter.text().is_empty() {
                    self.toggle(options.get(self.at));
                }
                return Reply::CloseAnd(Command::Choose(self.choice(&deck.inventory)));
            }
            Press::Action(Action::Back) => return Reply::Close,
            Press::Action(action) => {
                self.filter.edit(action);
                self.at = 0;
            }
        }
        Reply::Stay
    }

    /// Chooses one of the lines that the sheet shows, or takes it out; the topmost is typed in.
    pub(in super::super) fn point(&mut self, line: usize, shown: usize, deck: &Deck) {
        let options = self.options(&deck.inventory);
        let at = self.at.min(options.len().saturating_sub(1));
        let first = (at + 1).saturating_sub(shown.saturating_sub(1).max(1));
        let Some(line) = line.checked_sub(1).map(|line| first + line) else { return };
        if let Some(option) = options.get(line) {
            self.at = line;
            self.toggle(Some(option));
        }
    }

    pub(super) fn sheet(&self, body: Rect, deck: &Deck) -> Sheet {
        let options = self.options(&deck.inventory);
        let height = u16::try_from(options.len()).unwrap_or(u16::MAX).saturating_add(3).max(8);
        let area = body.centred(Size { width: 74, height });
        let room = usize::from(area.inner().height).saturating_sub(1).max(1);
        let at = self.at.min(options.len().saturating_sub(1));
        let first = (at + 1).saturating_sub(room);
        let (typed, column) = self.filter.window(usize::from(area.inner().width).saturating_sub(3));
        let mut lines = vec![vec![Piece::new(Tone::Accent, "/ "), Piece::plain(typed)]];
        lines.extend(
            options
                .iter()
                .skip(first)
                .take(room)
                .map(|option| self.line(option, usize::from(area.inner().width))),
        );
        if options.is_empty() {
            lines.push(vec![Piece::new(Tone::Doubt, " none of that name")]);
        }
        let (title, one) = match self.subject {
            Subject::Accounts => ("Accounts", "account"),
            Subject::Regions => ("Regions", "region"),
        };
        let foot = match self.chosen.len() {
            0 => "none chosen: all are shown".to_owned(),
            n => format!("{} chosen", count(n, one)),
        };
        Sheet {
            title: title.to_owned(),
            foot,
            area,
            lines,
            at: (!options.is_empty()).then_some(1 + at - first),
            entry: Some(Entry { line: 0, column: column + 2 }),
        }
    }

    fn line(&self, option: &Item, width: usize) -> prose::Line {
        let boxed = match (option.can_be_chosen, self.chosen.contains(&option.name)) {
            (false, _) => "    ",
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
        };
        let mut line = vec![
            Piece::new(Tone::Accent, format!(" {boxed}")),
            Piece::plain(format!("{:<16} ", option.label)),
            Piece::new(Tone::Dim, format!("{:<15} ", option.detail)),
            Piece::new(option.state.1, &option.state.0),
        ];
        // Where there is no room for all, the state matters more than what only explains the name.
        if line_width(&line) > width {
            line.remove(2);
        }
        let left = line_width(&line[..2]);
        if line_width(&line) > width {
            line[2].text = middle_cut(&line[2].text, width.saturating_sub(left));
        }
        line
    }

    fn toggle(&mut self, option: Option<&Item>) {
        let Some(option) = option.filter(|option| option.can_be_chosen) else { return };
        if !self.chosen.remove(&option.name) {
            self.chosen.insert(option.name.clone());
        }
    }

    fn choice(&self, inventory: &Inventory) -> Choice {
        let some = !self.chosen.is_empty();
        match self.subject {
            Subject::Accounts => {
                let picked =
                    inventory.accounts().iter().filter(|e| self.chosen.contains(e.account.name.exact()));
                Choice::Accounts(some.then(|| picked.filter_map(crate::domain::AccountEntry::id).collect()))
            }
            Subject::Regions => {
                let regions = self.chosen.iter().map(|name| Region::new(name.as_str()));
                Choice::Regions(some.then(|| regions.collect()))
            }
        }
    }

    /// What the typed text leaves.
    fn options(&self, inventory: &Inventory) -> Vec<Item> {
        let all = match self.subject {
            Subject::Accounts => accounts(inventory),
            Subject::Regions => regions(inventory),
        };
        let typed = self.filter.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let admits = |option: &Item| {
            let text = format!("{} {}", option.label, option.detail).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        all.into_iter().filter(admits).collect()
    }
}

fn accounts(inventory: &Inventory) -> Vec<Item> {
    let mut rows: BTreeMap<_, usize> = BTreeMap::new();
    for (scope, entry) in inventory.scopes() {
        *rows.entry(scope.account).or_default() += entry.rows;
    }
    let option = |entry: &crate::domain::AccountEntry| {
        let state = match &entry.sign_in {
            SignIn::Waiting => ("signing in".to_owned(), Tone::Dim),
            SignIn::Failed(fault) => (fault.class.word().to_owned(), Tone::Danger),
            SignIn::Same(_) => ("another name of an account".to_owned(), Tone::Dim),
            SignIn::In(identity) => {
                (count(rows.get(&identity.account).copied().unwrap_or(0), "snapshot"), Tone::Plain)
            }
        };
        Item {
            name: entry.account.name.exact().to_owned(),
            label: entry.account.name.to_string(),
            detail: entry.id().map_or_else(String::new, |id| id.to_string()),
            state,
            can_be_chosen: matches!(entry.sign_in, SignIn::In(_)),
        }
    };
    inventory.accounts().iter().map(option).collect()
}

fn regions(inventory: &Inventory) -> Vec<Item> {
    #[derive(Default)]
    struct Sum {
        rows: usize,
        failed: usize,
        reading: usize,
        disabled: usize,
        scopes: usize,
    }
    let mut sums: BTreeMap<&Region, Sum> = BTreeMap::new();
    for (scope, entry) in inventory.scopes() {
        let sum = sums.entry(&scope.region).or_default();
        sum.scopes += 1;
        sum.rows += entry.rows;
        match entry.state {
            ScopeState::Failed(_) => sum.failed += 1,
            ScopeState::Disabled(_) => sum.disabled += 1,
            ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled => sum.reading += 1,
            ScopeState::Complete => {}
        }
    }
    let option = |(region, sum): (&Region, Sum)| {
        let mut state = (count(sum.rows, "snapshot"), Tone::Plain);
        if sum.failed == sum.scopes && sum.rows == 0 {
            state = (format!("{} failed", sum.failed), Tone::Danger);
        } else if sum.failed > 0 {
            state = (format!("{}, {} of {} failed", state.0, sum.failed, sum.scopes), Tone::Danger);
        } else if sum.disabled == sum.scopes {
            state = ("disabled".to_owned(), Tone::Dim);
        } else if sum.reading > 0 {
            state = (format!("{}, reading", state.0), Tone::Accent);
        }
        Item {
            name: region.name().to_owned(),
            label: region.to_string(),
            detail: region.place().map_or_else(String::new, |place| place.city.to_owned()),
            state,
            can_be_chosen: true,
        }
    };
    sums.into_iter().map(option).collect()
}
