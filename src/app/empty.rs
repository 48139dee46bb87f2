//! Why the table is empty: nothing to sign in with, nothing there, nothing left by a filter, or not read yet.
//!
//! "Empty" never looks like "failed", and "failed" never like "still reading".

use crate::domain::{Coverage, Fault, FaultClass, Inventory, Region, ScopeState, Shown, SignIn};
use crate::input::{Action, Context, Keymap};
use crate::query::View;

use super::deck::Deck;
use super::failure;
use super::prose::{Block, Piece, Tone};
use super::tree::Node;
use super::words::count;

/// Why nothing is listed.
pub(super) fn blocks(deck: &Deck, keymap: &Keymap) -> Vec<Block> {
    let inventory = &deck.inventory;
    let coverage = inventory.coverage();
    if let Some(fault) = failure::fault_of(deck.node(), inventory) {
        let mut out =
            vec![Block::heading(format!("{} could not be read", failure::title(deck.node(), inventory)))];
        out.push(Block::Blank);
        out.extend(failure::fault(fault));
        return out;
    }
    if !inventory.is_empty() {
        return hidden(deck, coverage, keymap);
    }
    if inventory.accounts().is_empty() && coverage.is_settled() && coverage.scopes == 0 {
        return vec![Block::heading("Looking for accounts…")];
    }
    if !coverage.is_settled() {
        return reading(coverage, keymap);
    }
    if coverage.scopes == 0 && coverage.accounts_failed > 0 {
        return no_account(inventory, keymap);
    }
    if coverage.complete == 0 {
        return nothing_read(inventory, coverage, keymap);
    }
    nothing_there(inventory, coverage, keymap)
}

fn reading(coverage: Coverage, keymap: &Keymap) -> Vec<Block> {
    let mut out = vec![Block::heading("Still reading")];
    if coverage.accounts_waiting > 0 {
        out.push(Block::text(format!("Signing in to {}.", count(coverage.accounts_waiting, "account"))));
    }
    if coverage.scopes > 0 {
        let text =
            format!("{} of {} read, no snapshot so far.", coverage.complete, count(coverage.scopes, "scope"));
        out.push(Block::text(text));
    }
    out.extend(gaps(coverage, keymap));
    out
}

/// Nobody could sign in anywhere: what stands in the way, and what to try.
fn no_account(inventory: &Inventory, keymap: &Keymap) -> Vec<Block> {
    let faults = || {
        inventory.accounts().iter().filter_map(|entry| match &entry.sign_in {
            SignIn::Failed(fault) => Some((&entry.account.name, fault)),
            SignIn::Waiting | SignIn::In(_) | SignIn::Same(_) => None,
        })
    };
    let is_shut = |fault: &Fault| fault.remedy.is_some();
    let without = faults().all(|(_, fault)| fault.class == FaultClass::NoCredentials && !is_shut(fault));
    let heading = if without { "No AWS credentials were found" } else { "No account could be signed in to" };
    let mut out = vec![Block::heading(heading), Block::Blank];
    for (name, fault) in faults() {
        out.push(Block::Paragraph(vec![
            Piece::new(Tone::Strong, format!("{name}  ")),
            Piece::new(Tone::Danger, fault.class.word()),
            Piece::plain(format!("  {fault}")),
        ]));
        if !fault.hint.is_empty() {
            out.push(Block::Paragraph(vec![Piece::plain(format!("  {}", fault.hint))]));
        }
    }
    out.push(Block::Blank);
    if faults().any(|(_, fault)| is_shut(fault)) {
        let sign_in = chord(keymap, Action::SignIn);
        out.push(Block::text(format!("{sign_in} signs in: it asks for the code, or runs the command.")));
    }
    if faults().all(|(_, fault)| is_shut(fault)) {
        return out;
    }
    let retry = chord(keymap, Action::Refresh);
    out.push(Block::text(format!("Try one of these in a shell, then {retry} here:")));
    let commands = [
        ("  aws sso login", "sign in through your company's portal"),
        ("  aws configure sso", "set such a sign-in up for the first time"),
        ("  aws configure", "enter an access key"),
        ("  snapdeck --demo", "look around without any account"),
        ("  snapdeck doctor", "see what works and what does not"),
    ];
    out.extend(commands.map(|(label, text)| Block::field(label, text)));
    out
}

/// Signed in, but no scope could be read.
fn nothing_read(inventory: &Inventory, coverage: Coverage, keymap: &Keymap) -> Vec<Block> {
    let mut out = vec![Block::heading("Nothing could be read"), Block::Blank];
    out.extend(gaps(coverage, keymap));
    let fault = inventory.scopes().find_map(|(_, entry)| match &entry.state {
        ScopeState::Failed(fault) => Some(fault),
        ScopeState::Waiting
        | ScopeState::Reading
        | ScopeState::Throttled
        | ScopeState::Complete
        | ScopeState::Disabled(_) => None,
    });
    if let Some(fault) = fault {
        out.push(Block::Blank);
        out.push(Block::text("The first of them:"));
        out.extend(failure::fault(fault));
    }
    out
}

/// Everything was read, and there is no snapshot.
fn nothing_there(inventory: &Inventory, coverage: Coverage, keymap: &Keymap) -> Vec<Block> {
    let mut out = vec![Block::heading("There are no snapshots"), Block::Blank];
    out.push(Block::text("These were read to their end:"));
    for entry in inventory.accounts() {
        let Some(id) = entry.id() else { continue };
        let read = inventory
            .scopes()
            .filter(|(scope, entry)| scope.account == id && entry.state == ScopeState::Complete);
        let regions: Vec<String> = read.map(|(scope, _)| scope.region.to_string()).collect();
        if !regions.is_empty() {
            out.push(Block::field(format!("  {} {id}", entry.account.name), regions.join(", ")));
        }
    }
    out.extend(gaps(coverage, keymap));
    if coverage.disabled > 0 {
        let text = format!("{} not enabled.", count(coverage.disabled, "region"));
        out.push(Block::Paragraph(vec![Piece::new(Tone::Dim, text)]));
    }
    out
}

/// There are snapshots, and what the user chose hides them all.
fn hidden(deck: &Deck, coverage: Coverage, keymap: &Keymap) -> Vec<Block> {
    let listing = &deck.listing;
    let mut out = vec![Block::heading("No snapshot is left"), Block::Blank];
    let mut say = |label: &str, value: String| out.push(Block::field(format!("  {label}"), value));
    if listing.view() != View::All {
        say("view", format!("{}   ({} shows all)", listing.view().title(), chord(keymap, Action::ViewAll)));
    }
    if !listing.filter().is_empty() {
        say(
            "filter",
            format!(
                "{}   ({} takes it away)",
                Shown::from(listing.filter().text()),
                chord(keymap, Action::Back)
            ),
        );
    }
    match deck.node() {
        Node::All => {}
        Node::Account(name) => say("account", name.to_string()),
        Node::Region(name, scope) => say("region", format!("{name} {}", scope.region)),
    }
    if let Some(accounts) = deck.picked_accounts() {
        let name = |id: &crate::domain::AccountId| {
            deck.inventory.account_name(*id).map_or_else(|| id.to_string(), ToString::to_string)
        };
        let names: Vec<String> = accounts.iter().map(name).collect();
        say(
            "accounts",
            format!("{}   ({} chooses others)", names.join(", "), chord(keymap, Action::Accounts)),
        );
    }
    if let Some(regions) = deck.picked_regions() {
        let names: Vec<String> = regions.iter().map(Region::to_string).collect();
        say("regions", format!("{}   ({} chooses others)", names.join(", "), chord(keymap, Action::Regions)));
    }
    out.push(Block::Blank);
    out.push(Block::text(format!("{} altogether.", count(coverage.snapshots, "snapshot"))));
    if !coverage.is_settled() {
        out.push(Block::Paragraph(vec![Piece::new(Tone::Doubt, "Not everything has been read yet.")]));
    }
    out.extend(gaps(coverage, keymap));
    out
}

/// What is missing because it could not be read.
fn gaps(coverage: Coverage, keymap: &Keymap) -> Option<Block> {
    let mut parts = Vec::new();
    if coverage.failed > 0 {
        parts.push(count(coverage.failed, "scope"));
    }
    if coverage.accounts_failed > 0 {
        parts.push(count(coverage.accounts_failed, "account"));
    }
    let text = format!(
        "{} could not be read: the tree ({}) says which, and why.",
        parts.join(" and "),
        chord(keymap, Action::PaneLeft)
    );
    (!parts.is_empty()).then(|| Block::Paragraph(vec![Piece::new(Tone::Danger, text)]))
}

/// The chord of an action on the deck.
fn chord(keymap: &Keymap, action: Action) -> String {
    keymap
        .chord(Context::Table, action)
        .map_or_else(|| format!(":{}", action.name()), |chord| chord.to_string())
}
