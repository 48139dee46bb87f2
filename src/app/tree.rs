//! The tree of accounts and regions, with how far each has been read.
//!
//! A node is named by what it stands for, so the cursor stays on it while the tree grows; what has
//! failed keeps its place and says so.

use std::collections::BTreeSet;

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

/// A line of the tree before it is put into words, which is for those on the screen only.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limb<'a> {
    /// Everything.
    All,
    /// An account, and what it hides.
    Account(&'a AccountEntry, Fold, Hidden),
    /// A region of the account of this name.
    Region(&'a Shown, &'a Scope, &'a ScopeEntry),
}

/// What lies beneath a closed fold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hidden {
    rows: usize,
    failed: usize,
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
    pub(super) fn limbs<'a>(&self, inventory: &'a Inventory) -> Vec<Limb<'a>> {
        let all: Vec<(&Scope, &ScopeEntry)> = inventory.scopes().collect();
        let of = |id: AccountId| {
            let start = all.partition_point(|(scope, _)| scope.account < id);
            let many = all[start..].partition_point(|(scope, _)| scope.account == id);
            &all[start..start + many]
        };
        let mut limbs = vec![Limb::All];
        for entry in inventory.accounts() {
            let signed_in = matches!(entry.sign_in, SignIn::In(_));
            let scopes = entry.id().filter(|_| signed_in).map_or(&[][..], of);
            let name = &entry.account.name;
            let fold = match scopes {
                [] => Fold::Leaf,
                _ if self.folded.contains(name) => Fold::Closed,
                _ => Fold::Open,
            };
            let hidden = if fold == Fold::Closed { Hidden::of(scopes) } else { Hidden::default() };
            limbs.push(Limb::Account(entry, fold, hidden));
            if fold == Fold::Open {
                limbs.extend(scopes.iter().map(|(scope, state)| Limb::Region(name, scope, state)));
            }
        }
        limbs
    }

    /// Moves by lines; `true` when it is on another node now.
    pub(super) fn step(&mut self, lines: isize, inventory: &Inventory, height: usize) -> bool {
        let limbs = self.limbs(inventory);
        let index = self.index(&limbs).saturating_add_signed(lines).min(limbs.len() - 1);
        self.go(index, &limbs, height)
    }

    /// Moves to a line; `true` when it is on another node now.
    pub(super) fn go(&mut self, index: usize, limbs: &[Limb<'_>], height: usize) -> bool {
        let index = index.min(limbs.len().saturating_sub(1));
        let Some(limb) = limbs.get(index) else { return false };
        let moved = !limb.is(&self.at);
        if moved {
            self.at = limb.node();
        }
        let height = height.max(1);
        self.offset = self.offset.clamp((index + 1).saturating_sub(height), index);
        moved
    }

    /// Keeps the cursor on a line that there is, and on the screen.
    pub(super) fn fit(&mut self, inventory: &Inventory, height: usize) -> bool {
        let limbs = self.limbs(inventory);
        self.go(self.index(&limbs), &limbs, height)
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
    pub(super) fn index(&self, limbs: &[Limb<'_>]) -> usize {
        let own = limbs.iter().position(|limb| limb.is(&self.at));
        let account = || match &self.at {
            Node::Region(of, _) => limbs
                .iter()
                .position(|limb| matches!(limb, Limb::Account(entry, ..) if entry.account.name == *of)),
            Node::All | Node::Account(_) => None,
        };
        own.or_else(account).unwrap_or(0)
    }
}

impl Limb<'_> {
    /// Whether it stands for a node.
    fn is(self, node: &Node) -> bool {
        match (self, node) {
            (Self::All, Node::All) => true,
            (Self::Account(entry, ..), Node::Account(name)) => entry.account.name == *name,
            (Self::Region(name, scope, _), Node::Region(of, at)) => scope == at && name == of,
            (Self::All | Self::Account(..) | Self::Region(..), _) => false,
        }
    }

    /// What it stands for.
    pub(super) fn node(self) -> Node {
        match self {
            Self::All => Node::All,
            Self::Account(entry, ..) => Node::Account(entry.account.name.clone()),
            Self::Region(name, scope, _) => Node::Region(name.clone(), scope.clone()),
        }
    }

    /// Whether it hides others.
    pub(super) fn fold(self) -> Fold {
        match self {
            Self::Account(_, fold, _) => fold,
            Self::All | Self::Region(..) => Fold::Leaf,
        }
    }

    /// The line in words.
    pub(super) fn branch(self, inventory: &Inventory) -> Branch {
        match self {
            Self::All => all(inventory),
            Self::Account(entry, fold, hidden) => account(entry, fold, hidden, inventory),
            Self::Region(name, scope, entry) => region(name, scope, entry),
        }
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

impl Hidden {
    fn of(scopes: &[(&Scope, &ScopeEntry)]) -> Self {
        let failed = scopes.iter().filter(|(_, scope)| matches!(scope.state, ScopeState::Failed(_))).count();
        Self { rows: scopes.iter().map(|(_, scope)| scope.rows).sum(), failed }
    }
}

fn account(entry: &AccountEntry, fold: Fold, hidden: Hidden, inventory: &Inventory) -> Branch {
    let (state, state_tone) = match &entry.sign_in {
        SignIn::Waiting => ("signing in".to_owned(), Tone::Dim),
        SignIn::Failed(fault) => (fault.class.word().to_owned(), Tone::Danger),
        SignIn::Same(id) => {
            let first = inventory.account(*id).map(|first| format!("is {}", first.account.name));
            (first.unwrap_or_else(|| format!("is {id}")), Tone::Dim)
        }
        // What is hidden beneath a closed fold must not look well.
        SignIn::In(_) if hidden.failed > 0 => (format!("{} failed", hidden.failed), Tone::Danger),
        SignIn::In(_) if fold == Fold::Closed => (grouped(hidden.rows), Tone::Plain),
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
