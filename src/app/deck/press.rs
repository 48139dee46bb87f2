//! What chords do on the deck itself: moving, folding, marking, and going one step back.

use crate::domain::{ScopeState, SignIn};
use crate::input::Action;
use crate::query::Filter;

use super::super::columns::{Extent, FURTHEST};
use super::super::layout::{Layout, Pane, Zoom};
use super::super::signing::waiting;
use super::super::tree::{Fold, Limb, Node};
use super::{Choice, Deck};

impl Deck {
    /// Moves, folds, marks; whatever else an action means is not the deck's own.
    pub(in super::super) fn press(&mut self, action: Action) {
        match action {
            Action::NextPane => self.turn_to(next(self.focus)),
            Action::PreviousPane => self.turn_to(next(next(self.focus))),
            Action::PaneLeft => self.turn_to(left(self.focus)),
            Action::PaneRight => self.turn_to(right(self.focus)),
            Action::Zoom => {
                self.zoom = match self.zoom {
                    Zoom::Off => Zoom::On,
                    Zoom::On => Zoom::Off,
                };
            }
            Action::Wide => {
                self.extent = match self.extent {
                    Extent::Fitting => Extent::Wide { skipped: 0 },
                    Extent::Wide { .. } => Extent::Fitting,
                };
            }
            Action::Back => {
                self.back();
            }
            Action::Details => {
                self.cursor.pin();
                self.turn_to(Pane::Details);
            }
            Action::NextSnapshot => self.go_to(self.cursor.index() + 1),
            Action::PreviousSnapshot => self.go_to(self.cursor.index().saturating_sub(1)),
            Action::Open => self.turn_to(Pane::Table),
            action => match self.focus {
                Pane::Table => self.press_table(action),
                Pane::Tree => self.press_tree(action),
                Pane::Details => self.press_details(action),
            },
        }
        self.fit();
    }

    fn press_table(&mut self, action: Action) {
        let page = self.table_height().saturating_sub(1).max(1);
        let index = self.cursor.index();
        match action {
            Action::Up => self.go_to(index.saturating_sub(1)),
            Action::Down => self.go_to(index + 1),
            Action::PageUp => self.go_to(index.saturating_sub(page)),
            Action::PageDown => self.go_to(index + page),
            Action::Top => self.go_to(0),
            Action::Bottom => self.go_to(usize::MAX),
            Action::ScrollLeft => self.scroll_sideways(-1),
            Action::ScrollRight => self.scroll_sideways(1),
            Action::Mark => {
                let Some(id) = self.cursor.row() else { return };
                if !self.marks.remove(&id) {
                    self.marks.insert(id);
                }
                self.go_to(index + 1);
            }
            Action::MarkAll => {
                let rows = self.listing.rows();
                let all = rows.iter().all(|id| self.marks.contains(id));
                if all {
                    self.marks.clear();
                } else {
                    self.marks.extend(rows);
                }
            }
            _ => {}
        }
    }

    fn press_tree(&mut self, action: Action) {
        let height = self.tree_height();
        let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(isize::MAX);
        let lines = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            Action::Top => isize::MIN,
            Action::Bottom => isize::MAX,
            Action::Fold => return self.fold(Fold::Closed),
            Action::Unfold => return self.fold(Fold::Open),
            _ => return,
        };
        self.step_tree(lines);
    }

    /// Moves the tree's cursor by lines; the table follows.
    pub(in super::super) fn step_tree(&mut self, lines: isize) {
        let height = self.tree_height();
        if self.tree.step(lines, &self.inventory, height) {
            self.choose(Choice::Place);
        }
    }

    /// Scrolls the table; its cursor moves only to stay on the screen.
    pub(in super::super) fn scroll_table(&mut self, lines: isize) {
        let height = self.table_height();
        self.cursor.scroll(lines, &self.listing, height);
        self.fit();
    }

    fn press_details(&mut self, action: Action) {
        let page = self.details_height().saturating_sub(1).max(1);
        self.details_at = match action {
            Action::Up => self.details_at.saturating_sub(1),
            Action::Down => self.details_at + 1,
            Action::PageUp => self.details_at.saturating_sub(page),
            Action::PageDown => self.details_at + page,
            Action::Top => 0,
            // Fitting brings it back to the last line that there is.
            Action::Bottom => usize::MAX,
            _ => return,
        };
    }

    /// Moves the table's cursor.
    pub(in super::super) fn go_to(&mut self, index: usize) {
        let before = self.cursor.row();
        let height = self.table_height();
        self.cursor.move_to(index, &self.listing, height);
        if self.cursor.row() != before {
            self.details_at = 0;
        }
    }

    /// Folds or unfolds where the tree is.
    pub(in super::super) fn fold(&mut self, to: Fold) {
        self.tree.fold(to);
        self.choose(Choice::Place);
    }

    /// Gives a pane the focus.
    pub(in super::super) fn turn_to(&mut self, pane: Pane) {
        self.focus = pane;
    }

    /// The next thing that "back" would take back.
    pub(in super::super) fn next_back(&self) -> Option<Step> {
        if self.focus != Pane::Table {
            return Some(Step::Focus);
        }
        if !self.listing.filter().is_empty() {
            return Some(Step::Filter);
        }
        if *self.tree.node() != Node::All {
            return Some(Step::Place);
        }
        if !self.marks.is_empty() {
            return Some(Step::Marks);
        }
        (self.zoom == Zoom::On).then_some(Step::Zoom)
    }

    fn back(&mut self) {
        match self.next_back() {
            Some(Step::Focus) => self.turn_to(Pane::Table),
            Some(Step::Filter) => self.choose(Choice::Filter(Filter::default())),
            Some(Step::Place) => {
                self.tree.home();
                self.choose(Choice::Place);
            }
            Some(Step::Marks) => self.marks.clear(),
            Some(Step::Zoom) => self.zoom = Zoom::Off,
            None => {}
        }
    }

    fn scroll_sideways(&mut self, columns: isize) {
        if let Extent::Wide { skipped } = &mut self.extent {
            *skipped = skipped.saturating_add_signed(columns).min(FURTHEST);
        }
    }

    /// Whether an action would do something here and now; only what can do nothing is told apart.
    pub(in super::super) fn can(&self, action: Action) -> bool {
        let listed = self.listing.rows().len();
        match action {
            _ if action.is_of_the_row() => self.row().is_some(),
            _ if action.is_of_the_marked() => !self.these_ids().is_empty(),
            Action::ScrollLeft | Action::ScrollRight => self.extent != Extent::Fitting,
            Action::Save => listed > 0 || !self.marks.is_empty(),
            Action::NextSnapshot => self.cursor.index() + 1 < listed,
            Action::PreviousSnapshot => self.cursor.index() > 0,
            Action::Fold => self.fold_here() == Fold::Open,
            Action::Unfold => self.fold_here() == Fold::Closed,
            Action::Back => self.next_back().is_some(),
            Action::Zoom => self.zoom == Zoom::On || self.layout().is_some_and(|layout| several(&layout)),
            Action::SignIn => !waiting(self).is_empty(),
            Action::Sort => listed > 1,
            Action::Accounts => !self.inventory.accounts().is_empty(),
            Action::Regions => self.inventory.scopes().next().is_some(),
            _ => true,
        }
    }

    fn fold_here(&self) -> Fold {
        let limbs = self.tree.limbs(&self.inventory);
        match limbs[self.tree.index(&limbs)] {
            Limb::Region(..) => Fold::Open,
            limb => limb.fold(),
        }
    }

    /// Whether the tree is on something that could not be read.
    pub(in super::super) fn failed_here(&self) -> bool {
        match self.tree.node() {
            Node::All => false,
            Node::Account(name) => {
                let entry = self.inventory.accounts().iter().find(|entry| entry.account.name == *name);
                entry.is_some_and(|entry| matches!(entry.sign_in, SignIn::Failed(_)))
            }
            Node::Region(_, scope) => self.inventory.scope(scope).is_some_and(|entry| match entry.state {
                ScopeState::Failed(_) | ScopeState::Disabled(_) => true,
                ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled | ScopeState::Complete => {
                    false
                }
            }),
        }
    }
}

/// What "back" takes back, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Step {
    /// The focus returns to the table.
    Focus,
    /// The filter goes.
    Filter,
    /// The tree returns to everything.
    Place,
    /// The marks go.
    Marks,
    /// The other panes return.
    Zoom,
}

fn next(pane: Pane) -> Pane {
    match pane {
        Pane::Tree => Pane::Table,
        Pane::Table => Pane::Details,
        Pane::Details => Pane::Tree,
    }
}

fn left(pane: Pane) -> Pane {
    match pane {
        Pane::Tree | Pane::Table => Pane::Tree,
        Pane::Details => Pane::Table,
    }
}

fn right(pane: Pane) -> Pane {
    match pane {
        Pane::Tree => Pane::Table,
        Pane::Table | Pane::Details => Pane::Details,
    }
}

/// Whether more than one pane is on the screen.
fn several(layout: &Layout) -> bool {
    [layout.tree, layout.table, layout.details].iter().flatten().count() > 1
}
