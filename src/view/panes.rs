//! The three panes: tree, table, details.

use crate::app::layout::{Pane, Rect};
use crate::app::prose::{Piece, Tone, line_width};
use crate::app::{App, Branch, Edge, Fold, Head, Node, Shown};

use super::canvas::Canvas;

/// Draws accounts and regions with their states.
pub(super) fn tree(app: &App, canvas: &mut Canvas<'_>, rect: Rect) {
    frame(app, canvas, rect, Pane::Tree, &[Piece::new(Tone::Strong, "Scopes")], "");
    let inner = rect.inner();
    let (branches, at) = app.tree();
    for (n, branch) in (0u16..).zip(&branches) {
        let row = Rect::new(inner.x, inner.y + n, inner.width, 1);
        self::branch(canvas, row, branch);
        if at == Some(usize::from(n)) {
            under_cursor(app, canvas, row, Pane::Tree);
        }
    }
}

fn branch(canvas: &mut Canvas<'_>, row: Rect, branch: &Branch) {
    let end = row.x + row.width;
    let state = [Piece::new(branch.state_tone, &branch.state)];
    canvas.line_before(end, row.y, row.width, &state);
    let sign = match branch.fold {
        Fold::Leaf => "  ",
        Fold::Open => "▾ ",
        Fold::Closed => "▸ ",
    };
    let indent = if matches!(branch.node, Node::Region(..)) { " " } else { "" };
    let mut line =
        vec![Piece::new(Tone::Dim, format!("{sign}{indent}")), Piece::new(branch.tone, &branch.label)];
    let taken = u16::try_from(line_width(&state)).unwrap_or(u16::MAX);
    let gap = u16::from(taken > 0);
    let room = row.width.saturating_sub(taken + gap);
    if let Some(id) = branch.id {
        let id = Piece::new(Tone::Dim, format!("  {id}"));
        let both = u16::try_from(line_width(&line) + id.width()).unwrap_or(u16::MAX);
        if both <= room {
            line.push(id);
        }
    }
    canvas.line(row.x, row.y, room, &line);
}

/// Draws the snapshots that are on the screen, or why there are none.
pub(super) fn table(app: &App, canvas: &mut Canvas<'_>, rect: Rect) {
    frame(app, canvas, rect, Pane::Table, &app.table_title(), &app.table_foot());
    let inner = rect.inner();
    if let Some(lines) = app.emptiness(inner.width.saturating_sub(4)) {
        for (n, line) in (1u16..).zip(&lines).take(usize::from(inner.height.saturating_sub(1))) {
            canvas.line(inner.x + 2, inner.y + n, inner.width.saturating_sub(4), line);
        }
        return;
    }
    let page = app.table();
    for head in &page.heads {
        self::head(canvas, inner, head);
    }
    for (n, shown) in (1u16..).zip(&page.rows) {
        let row = Rect::new(inner.x, inner.y + n, inner.width, 1);
        self::row(canvas, row, &page.heads, shown);
        if shown.cursor {
            under_cursor(app, canvas, row, Pane::Table);
        }
    }
}

fn head(canvas: &mut Canvas<'_>, inner: Rect, head: &Head) {
    let mut title = vec![Piece::new(Tone::Dim, head.title)];
    let mut width = head.width;
    if let Some(direction) = head.sorted {
        let sign = match direction {
            crate::app::Direction::Ascending => "▲",
            crate::app::Direction::Descending => "▼",
        };
        let sign = Piece::new(Tone::Accent, sign);
        match head.edge {
            // It may take the blank that parts two columns, where there is one.
            Edge::Left => {
                title.push(sign);
                width = (width + 1).min(inner.width.saturating_sub(head.x));
            }
            Edge::Right => title.insert(0, sign),
        }
    }
    let x = inner.x + head.x;
    match head.edge {
        Edge::Left => {
            canvas.line(x, inner.y, width, &title);
        }
        Edge::Right => canvas.line_before(x + head.width, inner.y, head.width, &title),
    }
}

fn row(canvas: &mut Canvas<'_>, row: Rect, heads: &[Head], shown: &Shown) {
    let bar = if shown.cursor { "▌" } else { " " };
    let mark = if shown.marked { "●" } else { " " };
    let gutter = [
        Piece::new(Tone::Accent, format!("{bar}{mark}")),
        Piece::new(Tone::Dim, shown.kind),
        Piece::new(Tone::Doubt, shown.stale),
    ];
    canvas.line(row.x, row.y, row.width, &gutter);
    for (head, cell) in heads.iter().zip(&shown.cells) {
        let x = row.x + head.x;
        match head.edge {
            Edge::Left => {
                canvas.line(x, row.y, head.width, cell);
            }
            Edge::Right => canvas.line_before(x + head.width, row.y, head.width, cell),
        }
    }
}

/// Draws everything that is known of the snapshot under the cursor.
pub(super) fn details(app: &App, canvas: &mut Canvas<'_>, rect: Rect) {
    let (lines, foot) = app.details();
    frame(app, canvas, rect, Pane::Details, &[Piece::new(Tone::Strong, "Details")], &foot);
    let inner = rect.inner();
    for (n, line) in (0u16..).zip(&lines) {
        canvas.line(inner.x, inner.y + n, inner.width, line);
    }
}

fn frame(app: &App, canvas: &mut Canvas<'_>, rect: Rect, pane: Pane, title: &[Piece], foot: &str) {
    let palette = &canvas.look.palette;
    let style = if app.focus() == pane { palette.focus() } else { palette.border() };
    canvas.border(rect, style, title, foot);
}

fn under_cursor(app: &App, canvas: &mut Canvas<'_>, row: Rect, pane: Pane) {
    let palette = &canvas.look.palette;
    let style = if app.focus() == pane { palette.cursor() } else { palette.rest() };
    canvas.ground(row, style);
}
