//! What to say of a fault: who was refused what, by what, in AWS's words, and what to do.

use crate::domain::{Fault, Inventory, ScopeState, SignIn};

use super::prose::{Block, Piece, Tone};
use super::tree::{Node, scope_state};

/// What a node is called.
pub(super) fn title(node: &Node, inventory: &Inventory) -> String {
    match node {
        Node::All => "All accounts".to_owned(),
        Node::Account(name) => {
            let entry = inventory.accounts().iter().find(|entry| entry.account.name == *name);
            let id = entry.and_then(crate::domain::AccountEntry::id);
            id.map_or_else(|| name.to_string(), |id| format!("{name} {id}"))
        }
        Node::Region(name, scope) => format!("{name} {} · {}", scope.account, scope.region),
    }
}

/// What is wrong with a node, or how far it is by now.
pub(super) fn blocks(node: &Node, inventory: &Inventory) -> Vec<Block> {
    let mut out = Vec::new();
    match fault_of(node, inventory) {
        Some(found) => {
            out.extend(who(node, inventory));
            out.extend(fault(found));
        }
        None => out.push(Block::Paragraph(vec![Piece::new(Tone::Good, now(node, inventory))])),
    }
    if let Node::Region(_, scope) = node
        && let Some(entry) = inventory.scope(scope).filter(|entry| entry.stale() > 0)
    {
        let stale = super::words::count(entry.stale(), "snapshot");
        let text = format!("Of those listed, {stale} come from an earlier reading.");
        out.push(Block::Blank);
        out.push(Block::Paragraph(vec![Piece::new(Tone::Doubt, text)]));
    }
    out
}

/// The same as plain text, for the clipboard.
pub(super) fn text(node: &Node, inventory: &Inventory) -> String {
    let mut out = title(node, inventory);
    for line in super::prose::lay_out(&blocks(node, inventory), 100) {
        out.push('\n');
        out.extend(line.into_iter().map(|piece| piece.text));
    }
    out
}

/// A fault, with everything that AWS said of it.
pub(super) fn fault(fault: &Fault) -> Vec<Block> {
    let field = |label: &str, tone: Tone, text: &dyn ToString| Block::Field {
        label: label.to_owned(),
        value: vec![Piece { text: text.to_string(), tone }],
    };
    let mut out = vec![field("What", Tone::Danger, &what(fault))];
    if let Some(policy) = fault.denied_by {
        out.push(field("Denied by", Tone::Plain, &policy.words()));
    }
    out.push(field("What to do", Tone::Strong, &fault.hint));
    out.push(Block::Blank);
    if let Some(code) = &fault.code {
        out.push(field("Code", Tone::Plain, code));
    }
    out.push(field("Message", Tone::Plain, &fault.message));
    if let Some(id) = &fault.request_id {
        out.push(field("Request id", Tone::Dim, id));
    }
    out
}

/// What happened, in one line: `DENIED: rds:DescribeDBSnapshots`.
fn what(fault: &Fault) -> String {
    match &fault.action {
        Some(action) => format!("{}: {action}", fault.class.word()),
        None => fault.class.word().to_owned(),
    }
}

/// Who was refused, where we are signed in.
fn who(node: &Node, inventory: &Inventory) -> Option<Block> {
    let entry = match node {
        Node::All => return None,
        Node::Account(name) | Node::Region(name, _) => {
            inventory.accounts().iter().find(|entry| entry.account.name == *name)?
        }
    };
    match &entry.sign_in {
        SignIn::In(identity) => Some(Block::field("Who", &identity.caller)),
        SignIn::Waiting | SignIn::Same(_) | SignIn::Failed(_) => None,
    }
}

/// The fault of a node, if it has one now.
pub(super) fn fault_of<'a>(node: &Node, inventory: &'a Inventory) -> Option<&'a Fault> {
    match node {
        Node::All => None,
        Node::Account(name) => {
            let entry = inventory.accounts().iter().find(|entry| entry.account.name == *name)?;
            match &entry.sign_in {
                SignIn::Failed(fault) => Some(fault),
                SignIn::Waiting | SignIn::In(_) | SignIn::Same(_) => None,
            }
        }
        Node::Region(_, scope) => match &inventory.scope(scope)?.state {
            ScopeState::Failed(fault) | ScopeState::Disabled(fault) => Some(fault),
            ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled | ScopeState::Complete => None,
        },
    }
}

/// How far a node is that has no fault.
fn now(node: &Node, inventory: &Inventory) -> String {
    let scope = match node {
        Node::All => return "Nothing is wrong here.".to_owned(),
        Node::Account(name) => {
            let entry = inventory.accounts().iter().find(|entry| entry.account.name == *name);
            return match entry.map(|entry| &entry.sign_in) {
                Some(SignIn::Waiting) => "Signing in…".to_owned(),
                Some(SignIn::In(identity)) => format!("Signed in as {}.", identity.caller),
                Some(SignIn::Same(id)) => format!("The account {id}, under another name."),
                Some(SignIn::Failed(_)) | None => String::new(),
            };
        }
        Node::Region(_, scope) => scope,
    };
    inventory.scope(scope).map_or_else(String::new, |entry| match &entry.state {
        ScopeState::Waiting => "It waits for its turn to be read.".to_owned(),
        ScopeState::Reading => "It is being read…".to_owned(),
        ScopeState::Throttled => {
            "AWS asks for fewer requests: it waits, and is read on by itself. Other tools use up the account's requests."
                .to_owned()
        }
        ScopeState::Complete => format!("It has been read: {}.", super::words::count(entry.rows, "snapshot")),
        ScopeState::Failed(_) | ScopeState::Disabled(_) => scope_state(entry).0,
    })
}
