//! The line at the top: how much has been read, and whose hands are on what.
//!
//! What has no room goes in the order of its weight; that something failed, and that the cursor is in
//! production, always stays.

use crate::domain::{Access, Coverage, SignIn, Standing};

use super::App;
use super::options::World;
use super::prose::{Line, Piece, Tone, line_width};
use super::tree::tint_of;
use super::words::count;

/// The line at the top: what stands left, and what stands right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// How much has been read.
    pub left: Line,
    /// Badges and identity.
    pub right: Line,
}

/// A part of the line, and when it goes: the lowest first.
struct Part(u8, Piece);

/// What stays however narrow the line is.
const ALWAYS: u8 = u8::MAX;

pub(super) fn header(app: &App) -> Header {
    let width = usize::from(app.deck.size.width);
    let coverage = app.deck.inventory.coverage();
    let mut left = reading(coverage);
    let mut right = badges(app);
    // Between two parts stand two blanks, and one at either end of the line.
    let wide = |parts: &[Part]| parts.iter().map(|part| part.1.width() + 2).sum::<usize>();
    while wide(&left) + wide(&right) + 2 > width {
        let lightest = left.iter().chain(&right).map(|part| part.0).min().filter(|weight| *weight < ALWAYS);
        let Some(lightest) = lightest else { break };
        left.retain(|part| part.0 != lightest);
        right.retain(|part| part.0 != lightest);
    }
    Header { left: joined(left), right: joined(right) }
}

/// What the terminal's window is called: the program, whose snapshot the cursor is on, and what is under way.
pub(super) fn window_title(app: &App) -> String {
    let mut parts = vec!["snapdeck".to_owned()];
    if app.badges.world == World::Demo {
        parts.push("DEMO".to_owned());
    }
    let row = app.deck.row();
    if let Some(entry) = row.and_then(|row| app.deck.inventory.account(row.snapshot.scope.account)) {
        let production = if entry.account.standing == Standing::Production { " PROD" } else { "" };
        parts.push(format!("{}{production}", entry.account.name));
    }
    match app.deck.jobs.under_way() {
        0 => {}
        n => parts.push(format!("{} under way", count(n, "job"))),
    }
    parts.join(" - ")
}

fn joined(parts: Vec<Part>) -> Line {
    let mut line = Line::new();
    for Part(_, piece) in parts {
        if line_width(&line) > 0 {
            line.push(Piece::plain("  "));
        }
        line.push(piece);
    }
    line
}

fn reading(coverage: Coverage) -> Vec<Part> {
    let mut parts = vec![Part(4, Piece::new(Tone::Strong, "snapdeck"))];
    let noun = if coverage.scopes == 1 { "scope" } else { "scopes" };
    let tone = if coverage.is_settled() { Tone::Plain } else { Tone::Accent };
    parts.push(Part(7, Piece::new(tone, format!("{}/{} {noun}", coverage.complete, coverage.scopes))));
    if coverage.accounts_waiting > 0 {
        let text = format!("signing in to {}", count(coverage.accounts_waiting, "account"));
        parts.push(Part(2, Piece::new(Tone::Accent, text)));
    }
    let failed = match (coverage.failed, coverage.accounts_failed) {
        (0, 0) => None,
        (scopes, 0) => Some(format!("{scopes} failed")),
        (0, accounts) => Some(format!("{} failed", count(accounts, "account"))),
        (scopes, accounts) => {
            Some(format!("{}, {} failed", count(scopes, "scope"), count(accounts, "account")))
        }
    };
    parts.extend(failed.map(|failed| Part(ALWAYS, Piece::new(Tone::Danger, failed))));
    parts.push(Part(8, Piece::plain(count(coverage.snapshots, "snapshot"))));
    parts
}

fn badges(app: &App) -> Vec<Part> {
    let mut parts = Vec::new();
    if app.badges.world == World::Demo {
        parts.push(Part(9, Piece::new(Tone::Accent, "DEMO")));
    }
    if let Some(endpoint) = &app.badges.endpoint {
        parts.push(Part(6, Piece::new(Tone::Doubt, crate::domain::Shown::from(endpoint.as_str()))));
    }
    let row = app.deck.row();
    let account = row.and_then(|row| app.deck.inventory.account(row.snapshot.scope.account));
    let here = account.map_or(Access::ReadWrite, |entry| entry.account.access);
    match (app.badges.access, here) {
        (Access::ReadWrite, Access::ReadWrite) => parts.push(Part(1, Piece::new(Tone::Dim, "READ-WRITE"))),
        (Access::ReadOnly, _) | (_, Access::ReadOnly) => {
            parts.push(Part(9, Piece::new(Tone::Good, "READ-ONLY")));
        }
    }
    if account.is_some_and(|entry| entry.account.standing == Standing::Production) {
        parts.push(Part(ALWAYS, Piece::new(Tone::Danger, "PROD")));
    }
    if let (Some(row), Some(entry)) = (row, account) {
        let who = match &entry.sign_in {
            SignIn::In(identity) => {
                format!("{}@{}", crate::domain::Shown::from(identity.short_caller()), entry.account.name)
            }
            SignIn::Waiting | SignIn::Same(_) | SignIn::Failed(_) => entry.account.name.to_string(),
        };
        let tone = tint_of(&app.deck.inventory, row.snapshot.scope.account).map_or(Tone::Plain, Tone::Tint);
        parts.push(Part(5, Piece::new(tone, who)));
        parts.push(Part(0, Piece::plain(&row.snapshot.scope.region)));
    }
    parts
}
