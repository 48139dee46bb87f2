//! Lines that several layers are made of.

use crate::domain::{AccountId, Inventory, Scope, Standing};

use super::super::prose::{self, Line, Piece, Tone};
use super::super::tree::tint_of;

/// An account and a region, with the account's colour and whether a change there hurts.
pub(super) fn place(scope: &Scope, inventory: &Inventory) -> Line {
    let mut line = vec![account_piece(scope.account, inventory), Piece::plain(format!(" {}", scope.region))];
    let hurts =
        inventory.account(scope.account).is_some_and(|entry| entry.account.standing == Standing::Production);
    if hurts {
        line.push(Piece::new(Tone::Danger, " PROD"));
    }
    line
}

pub(super) fn account_piece(id: AccountId, inventory: &Inventory) -> Piece {
    let tone = tint_of(inventory, id).map_or(Tone::Strong, Tone::Tint);
    Piece::new(tone, inventory.account_name(id).map_or_else(|| id.to_string(), ToString::to_string))
}

/// Puts a paragraph, indented.
pub(super) fn put(lines: &mut Vec<Line>, width: usize, indent: usize, pieces: &[Piece]) {
    put_hanging(lines, width, indent, indent, pieces);
}

/// Puts a paragraph whose first line is indented less than the others.
pub(super) fn put_hanging(
    lines: &mut Vec<Line>,
    width: usize,
    first: usize,
    others: usize,
    pieces: &[Piece],
) {
    let mut indent = first;
    for part in prose::wrap(pieces, width.saturating_sub(others + 1).max(1)) {
        lines.push([vec![Piece::plain(" ".repeat(indent))], part].concat());
        indent = others;
    }
}
