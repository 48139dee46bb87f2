//! Why an account or a region could not be read, and what to do; it follows a new attempt.

use crate::domain::Shown;
use crate::input::Action;

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::failure;
use super::super::layout::{Rect, Size};
use super::super::prose::{Line, lay_out};
use super::super::signing::waiting;
use super::super::tree::Node;
use super::{Press, Reply, Scroll, Sheet};

/// Why something could not be read.
#[derive(Debug, Clone)]
pub(in super::super) struct Failure {
    node: Node,
    scroll: Scroll,
}

impl Failure {
    /// Opens on a node of the tree.
    pub(in super::super) fn new(node: Node) -> Self {
        Self { node, scroll: Scroll::default() }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        let Press::Action(action) = press else { return Reply::Stay };
        match action {
            Action::Back => return Reply::Close,
            Action::Retry => return Reply::Do(Command::Refresh(self.node.which())),
            Action::SignIn if self.can(action, deck) => {
                return Reply::CloseAnd(Command::SignIn(self.account().cloned()));
            }
            Action::CopyAll => {
                let text = failure::text(&self.node, &deck.inventory);
                return Reply::Do(Command::Copy { what: "the failure".to_owned(), text });
            }
            action => {
                if let Some(layout) = deck.layout() {
                    let lines = self.lines(deck, usize::from(width(layout.body)));
                    let height = usize::from(area(layout.body, lines.len()).inner().height);
                    self.scroll.press(action, lines.len(), height);
                }
            }
        }
        Reply::Stay
    }

    /// Whether an action would do something here and now.
    pub(super) fn can(&self, action: Action, deck: &Deck) -> bool {
        action != Action::SignIn || waiting(deck).iter().any(|(name, _)| self.account() == Some(name))
    }

    fn account(&self) -> Option<&Shown> {
        match &self.node {
            Node::All => None,
            Node::Account(name) | Node::Region(name, _) => Some(name),
        }
    }

    pub(super) fn sheet(&self, body: Rect, deck: &Deck) -> Sheet {
        let lines = self.lines(deck, usize::from(width(body)));
        let area = area(body, lines.len());
        let (lines, foot) = self.scroll.window(lines, usize::from(area.inner().height));
        Sheet { title: failure::title(&self.node, &deck.inventory), foot, area, lines, at: None, entry: None }
    }

    fn lines(&self, deck: &Deck, width: usize) -> Vec<Line> {
        lay_out(&failure::blocks(&self.node, &deck.inventory), width)
    }
}

fn width(body: Rect) -> u16 {
    body.centred(Size { width: 78, height: body.height }).inner().width
}

fn area(body: Rect, lines: usize) -> Rect {
    let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    body.centred(Size { width: 78, height })
}
