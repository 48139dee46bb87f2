//! The tree of accounts and regions, with how far each has been read.
//!
//! A node is named by what it stands for, so the cursor stays on it while the tree grows; what has
//! failed keeps its place and says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    AccountEntry, AccountId, Inventory, Region, Scope, ScopeEntry, ScopeState, Shown, SignIn, Tint,
};

use super::message::Which;
use super::prose::Tone;
use super::words::grouped;

/// What a line of the tree stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// Everything.
    All,
    /// The account of this name.
    Account(Shown),
    /// A region of the account of this name.
    Region(Shown, Scope),
}

/// One line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What it stands for.
    pub node: Node,
    /// Whether it can be folded, and is.
    pub fold: Fold,
    /// Its name.
    pub label: String,
    /// How the name looks.
    pub tone: Tone,
    /// The account's id, where there is one.
    pub id: Option<AccountId>,
    /// A count, or a word for its state.
    pub state: String,
    /// How the state looks.
    pub state_tone: Tone,
}

/// Whether a line hides others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// It has none beneath it.
    Leaf,
    /// Those beneath it are shown.
    Open,
    /// Those beneath it are hidden.
    Closed,
}

/// Where the tree's cursor is, and what is folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    at: Node,
    folded: BTreeSet<Shown>,
    offset: usize,
}

impl Default for Tree {
    fn default() -> Self {
        Self { at: Node::All, folded: BTreeSet::new(), offset: 0 }
    }
}

impl Tree {
    /// The node under the cursor.
    pub(super) fn node(&self) -> &Node {
        &self.at
    }

    /// The first line on the screen.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// All lines, folded ones left out.
    pub(super) fn branches(&self, inventory: &Inventory) -> Vec<Branch> {
        let mut of_account: BTreeMap<AccountId, Vec<(&Scope, &ScopeEntry)>> = BTreeMap::new();
        for (scope, entry) in inventory.scopes() {
            of_account.entry(scope.account).or_default().push((scope, entry));
        }
        let mut branches = vec![all(inventory)];
        for entry in inventory.accounts() {
            let signed_in = matches!(entry.sign_in, SignIn::In(_));
            let scopes = entry.id().filter(|_| signed_in).and_then(|id| of_account.get(&id));
            let name = &entry.account.name;
            let fold = match scopes {
                None => Fold::Leaf,
                Some(_) if self.folded.contains(name) => Fold::Closed,
                Some(_) => Fold::Open,
            };
            branches.push(account(entry, fold, scopes.map_or(&[], Vec::as_slice), inventory));
            if fold == Fold::Open {
                let regions = scopes.into_iter().flatten();
                branches.extend(regions.map(|(scope, state)| region(name, scope, state)));
            }
        }
        branches
    }

    /// Moves by lines; `true` when it is on another node now.
    pub(super) fn step(&mut self, lines: isize, inventory: &Inventory, height: usize) -> bool {
        let branches = self.branches(inventory);
        let index = self.index(&branches).saturating_add_signed(lines).min(branches.len() - 1);
        self.go(index, &branches, height)
    }

    /// Moves to a line; `true` when it is on another node now.
    pub(super) fn go(&mut self, index: usize, branches: &[Branch], height: usize) -> bool {
        let index = index.min(branches.len().saturating_sub(1));
        let Some(branch) = branches.get(index) else { return false };
        let moved = self.at != branch.node;
        self.at = branch.node.clone();
        let height = height.max(1);
        self.offset = self.offset.clamp((index + 1).saturating_sub(height), index);
        moved
    }

    /// Keeps the cursor on a line that there is, and on the screen.
    pub(super) fn fit(&mut self, inventory: &Inventory, height: usize) -> bool {
        let branches = self.branches(inventory);
        self.go(self.index(&branches), &branches, height)
    }

    /// Back to everything; `true` when it was elsewhere.
    pub(super) fn home(&mut self) -> bool {
        self.offset = 0;
        std::mem::replace(&mut self.at, Node::All) != Node::All
    }

    /// Folds or unfolds the account that the cursor is in; folding takes the cursor to it.
    pub(super) fn fold(&mut self, to: Fold) {
        let name = match &self.at {
            Node::All => return,
            Node::Account(name) | Node::Region(name, _) => name.clone(),
        };
        match to {
            Fold::Closed => {
                self.folded.insert(name.clone());
                self.at = Node::Account(name);
            }
            Fold::Open => {
                self.folded.remove(&name);
            }
            Fold::Leaf => {}
        }
    }

    /// The line that the cursor is on; that of its account when its own is folded away.
    pub(super) fn index(&self, branches: &[Branch]) -> usize {
        let find = |node: &Node| branches.iter().position(|branch| branch.node == *node);
        let account = match &self.at {
            Node::Region(name, _) => find(&Node::Account(name.clone())),
            Node::All | Node::Account(_) => None,
        };
        find(&self.at).or(account).unwrap_or(0)
    }
}

impl Node {
    /// What "read again" means for it.
    pub(super) fn which(&self) -> Which {
        match self {
            Self::All => Which::Everything,
            Self::Account(name) => Which::Account(name.clone()),
            Self::Region(_, scope) => Which::Scope(scope.clone()),
        }
    }

    /// The accounts and regions whose rows it stands for; `None` where it does not say.
    pub(super) fn narrows(
        &self,
        inventory: &Inventory,
    ) -> (Option<BTreeSet<AccountId>>, Option<BTreeSet<Region>>) {
        match self {
            Self::All => (None, None),
            Self::Account(name) => {
                let entry = inventory.accounts().iter().find(|entry| entry.account.name == *name);
                // An account that nobody could sign in to has no rows, whatever its id.
                (Some(entry.and_then(AccountEntry::id).into_iter().collect()), None)
            }
            Self::Region(_, scope) => (
                Some([scope.account].into_iter().collect()),
                Some([scope.region.clone()].into_iter().collect()),
            ),
        }
    }
}

fn all(inventory: &Inventory) -> Branch {
    Branch {
        node: Node::All,
        fold: Fold::Leaf,
        label: "all accounts".to_owned(),
        tone: Tone::Strong,
        id: None,
        state: grouped(inventory.len()),
        state_tone: Tone::Plain,
    }
}

fn account(
    entry: &AccountEntry,
    fold: Fold,
    scopes: &[(&Scope, &ScopeEntry)],
    inventory: &Inventory,
) -> Branch {
    let failed = scopes.iter().filter(|(_, scope)| matches!(scope.state, ScopeState::Failed(_))).count();
    let (state, state_tone) = match &entry.sign_in {
        SignIn::Waiting => ("signing in".to_owned(), Tone::Dim),
        SignIn::Failed(fault) => (fault.class.word().to_owned(), Tone::Danger),
        SignIn::Same(id) => {
            let first = inventory.account(*id).map(|first| format!("is {}", first.account.name));
            (first.unwrap_or_else(|| format!("is {id}")), Tone::Dim)
        }
        // What is hidden beneath a closed fold must not look well.
        SignIn::In(_) if fold == Fold::Closed && failed > 0 => (format!("{failed} failed"), Tone::Danger),
        SignIn::In(_) if fold == Fold::Closed => {
            (grouped(scopes.iter().map(|(_, scope)| scope.rows).sum()), Tone::Plain)
        }
        SignIn::In(_) => (String::new(), Tone::Plain),
    };
    Branch {
        node: Node::Account(entry.account.name.clone()),
        fold,
        label: entry.account.name.to_string(),
        tone: entry.account.tint.map_or(Tone::Strong, Tone::Tint),
        id: entry.id(),
        state,
        state_tone,
    }
}

fn region(name: &Shown, scope: &Scope, entry: &ScopeEntry) -> Branch {
    let (state, state_tone) = scope_state(entry);
    Branch {
        node: Node::Region(name.clone(), scope.clone()),
        fold: Fold::Leaf,
        label: scope.region.to_string(),
        tone: if matches!(entry.state, ScopeState::Disabled(_)) { Tone::Dim } else { Tone::Plain },
        id: None,
        state,
        state_tone,
    }
}

/// A scope's count, or the word for what keeps it from having one.
pub(super) fn scope_state(entry: &ScopeEntry) -> (String, Tone) {
    match &entry.state {
        ScopeState::Waiting => ("waiting".to_owned(), Tone::Dim),
        ScopeState::Reading if entry.rows == 0 => ("reading".to_owned(), Tone::Accent),
        ScopeState::Reading => (format!("{}…", grouped(entry.rows)), Tone::Accent),
        ScopeState::Throttled => ("throttled…".to_owned(), Tone::Doubt),
        ScopeState::Complete if entry.rows == 0 => ("0".to_owned(), Tone::Dim),
        ScopeState::Complete => (grouped(entry.rows), Tone::Plain),
        ScopeState::Failed(fault) => (fault.class.word().to_owned(), Tone::Danger),
        ScopeState::Disabled(_) => ("disabled".to_owned(), Tone::Dim),
    }
}

/// The colour that an account was given.
pub(super) fn tint_of(inventory: &Inventory, id: AccountId) -> Option<Tint> {
    inventory.account(id)?.account.tint
}
