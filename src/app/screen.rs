//! What is on the screen, read off the application: everything that drawing needs, and nothing that it decides.

use crate::domain::Inventory;
use crate::input::{Action, Context};

use super::deck::Deck;
use super::header::{self, Header};
use super::layer::{Prompt, Sheet};
use super::layout::{Layout, Pane, Size};
use super::options::Mouse;
use super::page::{self, Page};
use super::prose::{self, Line};
use super::tree::Branch;
use super::{App, Notice, empty};

/// A chord that works here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The chord.
    pub chord: String,
    /// What it does, in a word or two.
    pub label: &'static str,
}

/// What could be different on the screen after something was learned.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    header: Header,
    title: Line,
    page: Page,
    details: Vec<Line>,
}

impl App {
    /// The size of the screen.
    pub fn size(&self) -> Size {
        self.deck.size
    }

    /// What the terminal's window is called; harmless.
    pub fn window_title(&self) -> String {
        header::window_title(self)
    }

    /// Who has the mouse.
    pub fn mouse(&self) -> Mouse {
        self.mouse
    }

    /// Where everything is; `None` when the screen is too small for anything.
    pub fn layout(&self) -> Option<Layout> {
        self.deck.layout()
    }

    /// Everything that is known of AWS.
    pub fn inventory(&self) -> &Inventory {
        &self.deck.inventory
    }

    /// The pane that has the focus.
    pub fn focus(&self) -> Pane {
        self.deck.focus
    }

    /// The line at the top.
    pub fn header(&self) -> Header {
        header::header(self)
    }

    /// The table: visible rows only.
    pub fn table(&self) -> Page {
        page::page(&self.deck)
    }

    /// What the table's border says.
    pub fn table_title(&self) -> Line {
        page::title(&self.deck)
    }

    /// What the table's lower border says.
    pub fn table_foot(&self) -> String {
        page::foot(&self.deck)
    }

    /// Why the table is empty, laid out to a width; `None` when it is not.
    pub fn emptiness(&self, width: u16) -> Option<Vec<Line>> {
        let blocks = self.deck.listing.is_empty().then(|| empty::blocks(&self.deck, &self.keymap))?;
        Some(prose::lay_out(&blocks, usize::from(width)))
    }

    /// The tree's visible lines, and which of them the cursor is on.
    pub fn tree(&self) -> (Vec<Branch>, Option<usize>) {
        let Deck { tree, inventory, .. } = &self.deck;
        let limbs = tree.limbs(inventory);
        let at = tree.index(&limbs).checked_sub(tree.offset());
        let visible = limbs.into_iter().skip(tree.offset()).take(self.deck.tree_height());
        (visible.map(|limb| limb.branch(inventory)).collect(), at)
    }

    /// The visible lines of the details, and what their lower border says.
    pub fn details(&self) -> (Vec<Line>, String) {
        let (lines, height) = (self.deck.details_lines(), self.deck.details_height());
        let (total, start) = (lines.len(), self.deck.details_at);
        let shown: Vec<Line> = lines.into_iter().skip(start).take(height).collect();
        let foot = if total > height {
            format!("{}-{} of {total}", start + 1, start + shown.len())
        } else {
            String::new()
        };
        (shown, foot)
    }

    /// The line that is typed in at the foot of the screen.
    pub fn prompt(&self) -> Option<Prompt> {
        self.layers.last().and_then(super::layer::Layer::prompt)
    }

    /// The line of jobs, laid out to a width.
    pub fn strip(&self, width: u16) -> Line {
        let chord = self
            .keymap
            .chord(Context::Table, Action::Jobs)
            .map_or_else(String::new, |chord| chord.to_string());
        self.deck.jobs.strip(&chord, self.deck.now, usize::from(width))
    }

    /// The sheets that lie over the deck, the lowest first.
    pub fn sheets(&self) -> Vec<Sheet> {
        self.layers.iter().flat_map(|layer| layer.sheets(&self.deck, &self.keymap)).collect()
    }

    /// What the user is told until the next chord.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The chords that are worth knowing here and now, the most useful first.
    pub fn hints(&self) -> Vec<Hint> {
        let context = self.context();
        let can = |action| match self.layers.last() {
            Some(layer) => layer.can(action, &self.deck),
            None => self.deck.can(action),
        };
        let hint = |action: crate::input::Action| {
            let chord = self.keymap.chord(context, action)?.to_string();
            let own = self.layers.last().and_then(|layer| layer.label(action));
            Some(Hint { chord, label: own.unwrap_or_else(|| context.label(action)) })
        };
        context.hinted().iter().copied().filter(|action| can(*action)).filter_map(hint).collect()
    }

    pub(super) fn picture(&self) -> Picture {
        Picture {
            header: self.header(),
            title: self.table_title(),
            page: self.table(),
            details: self.deck.details_lines(),
        }
    }
}
