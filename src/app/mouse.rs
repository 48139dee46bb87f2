//! What clicks and the wheel do: the same arithmetic that draws says what was hit.

use crate::input::{Action, Turn};

use super::App;
use super::deck::Choice;
use super::layer::{Layer, Press, by};
use super::layout::{Border, Layout, Pane};
use super::message::Effect;
use super::tree::Fold;
use super::{Sheet, page};

/// How many lines one notch of the wheel moves.
const NOTCH: isize = 3;

impl App {
    pub(super) fn click(&mut self, col: u16, row: u16) -> Vec<Effect> {
        self.grip = None;
        if let Some(layer) = self.layers.last() {
            let sheets = layer.sheets(&self.deck, &self.keymap);
            if let Some(Layer::Dialog(dialog)) = self.layers.last_mut() {
                // A click beside it closes no dialog: what was filled in would be lost.
                let reply = dialog.click(col, row, &self.deck, &self.keymap);
                return self.reply(reply);
            }
            return match sheets.last() {
                Some(sheet) => self.click_sheet(sheet, col, row),
                None => Vec::new(),
            };
        }
        let Some(layout) = self.layout() else { return Vec::new() };
        self.grip = layout.border_at(col, row);
        if self.grip.is_some() {
            return Vec::new();
        }
        match layout.pane_at(col, row) {
            Some(Pane::Table) => self.click_table(&layout, col, row),
            Some(Pane::Tree) => self.click_tree(&layout, col, row),
            Some(Pane::Details) => self.deck.turn_to(Pane::Details),
            None => {}
        }
        Vec::new()
    }

    /// Draws the border that the mouse has hold of to a column.
    pub(super) fn drag(&mut self, col: u16) {
        let Some(layout) = self.layout() else { return };
        let widths = &mut self.deck.widths;
        match self.grip {
            Some(Border::Tree) => widths.tree = Some(col.saturating_add(1)),
            Some(Border::Details) => widths.details = Some(layout.body.width.saturating_sub(col)),
            None => return,
        }
        self.deck.fit();
    }

    pub(super) fn wheel(&mut self, col: u16, row: u16, turn: Turn) {
        let (lines, action) = match turn {
            Turn::Up => (-NOTCH, Action::Up),
            Turn::Down => (NOTCH, Action::Down),
        };
        if let Some(layer) = self.layers.last_mut() {
            // Only texts are scrolled: a wheel must not choose from a list, nor leaf through a history.
            let page = match action {
                Action::Up => Action::PageUp,
                _ => Action::PageDown,
            };
            if let Layer::Dialog(_) = layer {
                // What will happen is scrolled, or the last screen: never the fields.
                layer.press(Press::Action(page), &self.deck, &self.keymap);
            }
            if let Layer::Help(_) | Layer::Document(_) | Layer::Failure(_) | Layer::Jobs(_) = layer {
                for _ in 0..NOTCH {
                    layer.press(Press::Action(action), &self.deck, &self.keymap);
                }
            }
            return;
        }
        match self.layout().and_then(|layout| layout.pane_at(col, row)) {
            Some(Pane::Table) => self.deck.scroll_table(lines),
            Some(Pane::Tree) => self.deck.step_tree(lines),
            Some(Pane::Details) => {
                self.deck.details_at = self.deck.details_at.saturating_add_signed(lines);
                self.deck.fit();
            }
            None => {}
        }
    }

    fn click_sheet(&mut self, sheet: &Sheet, col: u16, row: u16) -> Vec<Effect> {
        if !sheet.area.contains(col, row) {
            self.close();
            return Vec::new();
        }
        let inner = sheet.area.inner();
        if !inner.contains(col, row) {
            return Vec::new();
        }
        let line = usize::from(row - inner.y);
        match self.layers.last_mut() {
            Some(Layer::Sort(picker)) if sheet.at == Some(line) => {
                let reply = picker.take();
                return self.reply(reply);
            }
            Some(Layer::Sort(picker)) => picker.point(line, sheet.lines.len()),
            Some(Layer::Menu(menu)) if sheet.at == Some(line) => {
                let reply = menu.press(Press::Action(Action::Accept));
                return self.reply(reply);
            }
            Some(Layer::Menu(menu)) => {
                menu.point(sheet, line);
            }
            Some(Layer::Jobs(view)) => view.point(line, &self.deck),
            Some(Layer::Pick(picker)) => picker.point(line, sheet.lines.len(), &self.deck),
            _ => {}
        }
        Vec::new()
    }

    fn click_table(&mut self, layout: &Layout, col: u16, row: u16) {
        self.deck.turn_to(Pane::Table);
        let Some(inner) =
            layout.table.map(super::layout::Rect::inner).filter(|inner| inner.contains(col, row))
        else {
            return;
        };
        let x = col - inner.x;
        match usize::from(row - inner.y).checked_sub(1) {
            None => {
                let hit = page::placed(&self.deck).into_iter().find(|c| (c.x..=c.x + c.width).contains(&x));
                if let Some(column) = hit.and_then(|column| column.field.order()) {
                    let order = by(column, self.deck.listing.order());
                    self.deck.choose(Choice::Order(order));
                }
            }
            Some(line) => {
                let index = self.deck.cursor.offset() + line;
                if index < self.deck.listing.rows().len() {
                    self.deck.go_to(index);
                }
            }
        }
        self.deck.fit();
    }

    fn click_tree(&mut self, layout: &Layout, col: u16, row: u16) {
        self.deck.turn_to(Pane::Tree);
        let Some(inner) =
            layout.tree.map(super::layout::Rect::inner).filter(|inner| inner.contains(col, row))
        else {
            return;
        };
        let limbs = self.deck.tree.limbs(&self.deck.inventory);
        let line = self.deck.tree.offset() + usize::from(row - inner.y);
        let Some(fold) = limbs.get(line).map(|limb| limb.fold()) else { return };
        let height = self.deck.tree_height();
        if self.deck.tree.go(line, &limbs, height) {
            self.deck.choose(Choice::Place);
        }
        // The triangle folds; the name only chooses.
        if col - inner.x < 2 {
            match fold {
                Fold::Open => self.deck.fold(Fold::Closed),
                Fold::Closed => self.deck.fold(Fold::Open),
                Fold::Leaf => {}
            }
        }
        self.deck.fit();
    }
}
