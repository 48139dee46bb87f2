//! The snapshots of a dialog one by one, with what is said of each.

use crate::domain::Shown;
use crate::input::Action;
use crate::rules::Severity;

use super::super::super::deck::Deck;
use super::super::super::layout::Rect;
use super::super::super::prose::{Line, Piece, Tone};
use super::super::super::words::count;
use super::super::lines::put_hanging;
use super::super::{Press, Scroll, Sheet, whole};
use super::findings::Said;
use super::sheets::finding_lines;
use super::{Dialog, Over, Reply};

impl Dialog {
    pub(super) fn press_affected(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        let Press::Action(action) = press else { return Reply::Stay };
        match action {
            Action::Back => self.over = Over::Nothing,
            Action::LeaveOut => {
                let reply = self.leave_out();
                if !self.is_many() {
                    self.over = Over::Nothing;
                }
                return reply;
            }
            action => {
                let Some((lines, height)) = self.affected_extent(deck) else { return Reply::Stay };
                if let Over::Affected(scroll) = &mut self.over {
                    scroll.press(action, lines, height);
                }
            }
        }
        Reply::Stay
    }

    /// Whether the list would move.
    pub(super) fn can_scroll(&self, scroll: Scroll, action: Action, deck: &Deck) -> bool {
        self.affected_extent(deck).is_some_and(|(lines, height)| scroll.can(action, lines, height))
    }

    /// How many lines the list has, and how many there is room for.
    fn affected_extent(&self, deck: &Deck) -> Option<(usize, usize)> {
        let inner = whole(deck.layout()?.body).inner();
        let lines = self.affected_lines(usize::from(inner.width)).len();
        Some((lines, usize::from(inner.height)))
    }

    pub(super) fn affected_sheet(&self, area: Rect, scroll: Scroll) -> Sheet {
        let inner = area.inner();
        let lines = self.affected_lines(usize::from(inner.width));
        let (lines, foot) = scroll.window(lines, usize::from(inner.height));
        let title = count(self.subjects.len(), "snapshot");
        Sheet { title, foot, area, lines, at: None, entry: None }
    }

    /// The blocked ones first, each with its findings.
    fn affected_lines(&self, width: usize) -> Vec<Line> {
        let mut order: Vec<usize> = (0..self.subjects.len()).collect();
        order.sort_by_key(|n| self.subjects[*n].errors() == 0);
        let mut lines = Vec::new();
        for n in order {
            let subject = &self.subjects[n];
            let (tone, word) = match (subject.errors(), &subject.plan) {
                (0, Some(_)) => (Tone::Good, "ready"),
                (0, None) => (Tone::Dim, "not known yet"),
                _ => (Tone::Danger, "blocked"),
            };
            let mut head = vec![
                Piece::new(Tone::Strong, subject.snapshot.arn.name()),
                Piece::plain(format!("  {}  ", subject.snapshot.scope.region)),
                Piece::new(tone, word),
            ];
            if let Some(name) = &subject.derived.name {
                head.push(Piece::new(Tone::Dim, format!("  as {}", Shown::from(name.as_str()))));
            }
            put_hanging(&mut lines, width, 1, 3, &head);
            for finding in &subject.review.findings {
                if finding.severity > Severity::Info {
                    let said = Said { finding, field: finding.field, of: vec![n] };
                    lines.extend(finding_lines(&said, 1, width));
                }
            }
        }
        lines
    }
}
