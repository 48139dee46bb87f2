//! Where everything is on a screen of some size: pure arithmetic, for drawing and for the mouse.
//!
//! Panes never overlap and never leave the screen. What has no room is not squeezed: the details go
//! first, then the tree, and a pane without a place is shown alone while it has the focus.

/// The smallest screen that can show anything of use.
pub const SMALLEST: Size = Size { width: 40, height: 8 };

/// From this width on the tree stands beside the table.
const WITH_TREE: u16 = 120;

/// From this width on the details stand there too.
const WITH_DETAILS: u16 = 150;

/// The least that each pane is drawn to.
const LEAST_TREE: u16 = 16;
const LEAST_TABLE: u16 = 60;
const LEAST_DETAILS: u16 = 24;

/// The size of a screen in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A part of the screen in cells; `x` and `y` count from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rect {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A pane of the deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// Accounts and regions.
    Tree,
    /// Snapshots.
    Table,
    /// The snapshot under the cursor.
    Details,
}

/// The border between two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// To the right of the tree.
    Tree,
    /// To the left of the details.
    Details,
}

/// How wide panes were drawn, border included; what nobody drew is as wide as is good for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Widths {
    /// The tree.
    pub tree: Option<u16>,
    /// The details.
    pub details: Option<u16>,
}

/// How panes share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zoom {
    /// As many panes as there is room for.
    #[default]
    Off,
    /// The focused pane alone.
    On,
}

/// What stands between the panes and the hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Foot {
    /// Nothing.
    #[default]
    Closed,
    /// A line that is typed in, and one beneath it for what it has to say.
    Prompt,
}

/// Whether the line of jobs is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strip {
    /// There is no job.
    #[default]
    Hidden,
    /// Above the hints.
    Shown,
}

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The line at the top.
    pub header: Rect,
    /// The tree, borders included.
    pub tree: Option<Rect>,
    /// The table, borders included.
    pub table: Option<Rect>,
    /// The details, borders included.
    pub details: Option<Rect>,
    /// The prompt's two lines.
    pub prompt: Option<Rect>,
    /// The line of jobs.
    pub strip: Option<Rect>,
    /// Everything between header and the lines at the bottom: where layers are drawn.
    pub body: Rect,
    /// The line at the bottom.
    pub hints: Rect,
}

impl Rect {
    /// A rectangle from its corner and its size.
    pub fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self { x, y, width, height }
    }

    /// What a border of one cell leaves.
    #[must_use]
    pub fn inner(self) -> Self {
        let (width, height) = (self.width.saturating_sub(2), self.height.saturating_sub(2));
        Self { x: self.x.saturating_add(1), y: self.y.saturating_add(1), width, height }
    }

    /// Whether a cell lies in it.
    pub fn contains(self, col: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&col)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }

    /// A rectangle of at most this size in its middle.
    #[must_use]
    pub fn centred(self, size: Size) -> Self {
        let (width, height) = (size.width.min(self.width), size.height.min(self.height));
        let (x, y) = (self.x + (self.width - width) / 2, self.y + (self.height - height) / 2);
        Self { x, y, width, height }
    }
}

impl Layout {
    /// Lays a screen out; `None` when it is smaller than [`SMALLEST`].
    pub fn of(
        size: Size,
        focus: Pane,
        (zoom, widths): (Zoom, Widths),
        foot: Foot,
        strip: Strip,
    ) -> Option<Self> {
        let Size { width, height } = size;
        if width < SMALLEST.width || height < SMALLEST.height {
            return None;
        }
        let below = match foot {
            Foot::Closed => 0,
            Foot::Prompt => 2,
        };
        let jobs = match strip {
            Strip::Hidden => 0,
            Strip::Shown => 1,
        };
        let body = Rect::new(0, 1, width, height - 2 - jobs);
        let panes = Rect::new(0, 1, width, body.height - below);
        let prompt = (below > 0).then(|| Rect::new(0, panes.y + panes.height, width, below));
        let (tree, table, details) = share_out(panes, focus, zoom, widths);
        Some(Self {
            header: Rect::new(0, 0, width, 1),
            tree,
            table,
            details,
            prompt,
            strip: (jobs > 0).then(|| Rect::new(0, height - 2, width, 1)),
            body,
            hints: Rect::new(0, height - 1, width, 1),
        })
    }

    /// Where a pane is, if it is on the screen.
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::Tree => self.tree,
            Pane::Table => self.table,
            Pane::Details => self.details,
        }
    }

    /// The border between panes that a cell lies on.
    pub fn border_at(&self, col: u16, row: u16) -> Option<Border> {
        let ends = |rect: Option<Rect>| rect.map(|rect| (rect.x, rect.x + rect.width - 1));
        let rows = self.pane_at(col, row)?;
        let (tree, table, details) = (ends(self.tree), ends(self.table), ends(self.details));
        let is = |edge: Option<u16>| edge == Some(col);
        match rows {
            Pane::Tree if is(tree.map(|ends| ends.1)) => (table.or(details)).map(|_| Border::Tree),
            Pane::Table if is(table.map(|ends| ends.0)) => tree.map(|_| Border::Tree),
            Pane::Table if is(table.map(|ends| ends.1)) => details.map(|_| Border::Details),
            Pane::Details if is(details.map(|ends| ends.0)) && table.is_some() => Some(Border::Details),
            Pane::Details if is(details.map(|ends| ends.0)) => tree.map(|_| Border::Tree),
            Pane::Tree | Pane::Table | Pane::Details => None,
        }
    }

    /// The pane that a cell lies in.
    pub fn pane_at(&self, col: u16, row: u16) -> Option<Pane> {
        let under = |pane: &Pane| self.pane(*pane).is_some_and(|rect| rect.contains(col, row));
        [Pane::Tree, Pane::Table, Pane::Details].into_iter().find(under)
    }
}

fn share_out(
    panes: Rect,
    focus: Pane,
    zoom: Zoom,
    widths: Widths,
) -> (Option<Rect>, Option<Rect>, Option<Rect>) {
    let alone = zoom == Zoom::On || panes.width < WITH_TREE;
    let only = |pane: Pane| (focus == pane).then_some(panes);
    if alone {
        return (only(Pane::Tree), only(Pane::Table), only(Pane::Details));
    }
    let part = |x: u16, width: u16| Some(Rect::new(x, panes.y, width, panes.height));
    // Wide enough for the longest region beside the longest word for what can be wrong with it.
    let tree = widths.tree.unwrap_or(29).clamp(LEAST_TREE, panes.width - LEAST_TABLE);
    if panes.width < WITH_DETAILS {
        let rest = part(tree, panes.width - tree);
        return match focus {
            Pane::Details => (part(0, tree), None, rest),
            Pane::Tree | Pane::Table => (part(0, tree), rest, None),
        };
    }
    let tree = tree.min(panes.width - LEAST_TABLE - LEAST_DETAILS);
    let details = widths.details.unwrap_or((panes.width / 4).clamp(36, 72));
    let details = details.clamp(LEAST_DETAILS, panes.width - tree - LEAST_TABLE);
    let table = panes.width - tree - details;
    (part(0, tree), part(tree, table), part(tree + table, details))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn panes(width: u16, focus: Pane) -> Vec<Pane> {
        let layout = Layout::of(
            Size { width, height: 30 },
            focus,
            (Zoom::Off, Widths::default()),
            Foot::Closed,
            Strip::Hidden,
        )
        .expect("room");
        [Pane::Tree, Pane::Table, Pane::Details].into_iter().filter(|p| layout.pane(*p).is_some()).collect()
    }

    #[test]
    fn panes_fold_away_as_the_screen_gets_narrower() {
        assert_eq!(panes(150, Pane::Table), [Pane::Tree, Pane::Table, Pane::Details]);
        assert_eq!(panes(120, Pane::Table), [Pane::Tree, Pane::Table]);
        assert_eq!(panes(120, Pane::Details), [Pane::Tree, Pane::Details]);
        assert_eq!(panes(80, Pane::Table), [Pane::Table]);
        assert_eq!(panes(80, Pane::Tree), [Pane::Tree]);
    }

    proptest! {
        #[test]
        fn every_cell_of_a_screen_belongs_to_one_part(
            width in 0u16..500,
            height in 0u16..200,
            focus in prop::sample::select(vec![Pane::Tree, Pane::Table, Pane::Details]),
            zoomed: bool,
            typing: bool,
            working: bool,
            tree in prop::option::of(0u16..600),
            details in prop::option::of(0u16..600),
        ) {
            let zoom = if zoomed { Zoom::On } else { Zoom::Off };
            let foot = if typing { Foot::Prompt } else { Foot::Closed };
            let strip = if working { Strip::Shown } else { Strip::Hidden };
            let Some(layout) = Layout::of(Size { width, height }, focus, (zoom, Widths { tree, details }), foot, strip) else {
                prop_assert!(width < SMALLEST.width || height < SMALLEST.height);
                return Ok(());
            };
            let parts = [Some(layout.header), layout.tree, layout.table, layout.details, layout.prompt, layout.strip, Some(layout.hints)];
            let cells: u32 = parts.iter().flatten().map(|r| u32::from(r.width) * u32::from(r.height)).sum();
            prop_assert_eq!(cells, u32::from(width) * u32::from(height));
            for (col, row) in [(0, 0), (width - 1, height - 1), (width / 2, height / 2), (width / 3, height - 2)] {
                prop_assert_eq!(parts.iter().flatten().filter(|r| r.contains(col, row)).count(), 1);
            }
            prop_assert!(layout.pane(focus).is_some());
        }
    }
}
