//! The menu of what can be done with a snapshot, the impossible with its reason.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{self, Action, Draft, Facts, Fault, Field, Inventory, Question, Row, Snapshot, Value};
use crate::input::{self, Context, Keymap};
use crate::rules::{Finding, Fix, Review, Severity, review};

use super::super::command::Command;
use super::super::layout::{Rect, Size};
use super::super::prose::{self, Line, Piece, Tone};
use super::super::words::count;
use super::dialog::facts_about;
use super::{Asks, Press, Reply, Sheet};

/// What has a dialog, and the chord's meaning that opens it.
const OFFERED: [(Action, input::Action); 6] = [
    (Action::Copy, input::Action::CopySnapshot),
    (Action::Share, input::Action::ShareSnapshot),
    (Action::Encrypt, input::Action::EncryptSnapshot),
    (Action::Restore, input::Action::RestoreSnapshot),
    (Action::Export, input::Action::ExportSnapshot),
    (Action::Delete, input::Action::DeleteSnapshot),
];

/// The menu.
#[derive(Debug, Clone)]
pub(in super::super) struct Menu {
    snapshots: Vec<Snapshot>,
    facts: Facts,
    at: usize,
    /// For each action, what is said of each snapshot before anything is filled in.
    reviews: [Vec<Review>; OFFERED.len()],
}

impl Asks for Menu {
    fn questions(&self) -> BTreeSet<Question> {
        self.reviews.iter().flatten().flat_map(|review| review.questions.iter().cloned()).collect()
    }

    fn learn(&mut self, question: Question, answer: Result<domain::Answer, Fault>, at: Timestamp) {
        self.facts.learn(question, answer, at);
        self.settle();
    }
}

impl Menu {
    /// Opens the menu on these snapshots, at least one.
    pub(in super::super) fn new(rows: &[&Row], inventory: &Inventory) -> Self {
        let snapshots = rows.iter().map(|row| row.snapshot.clone()).collect();
        let mut menu = Self { snapshots, facts: facts_about(inventory), at: 0, reviews: Default::default() };
        menu.settle();
        menu
    }

    fn settle(&mut self) {
        for (reviews, (action, _)) in self.reviews.iter_mut().zip(OFFERED) {
            let judge = |snapshot: &Snapshot| {
                let mut draft = Draft::new(action, snapshot.arn.clone(), snapshot.scope.account);
                if action == Action::Share {
                    // What forbids sharing is said where somebody gets access.
                    let others =
                        self.facts.accounts().map(|(id, _)| *id).filter(|id| *id != snapshot.owner());
                    let somebody = others.min().map(|id| id.to_string());
                    draft.set(Field::With, Value::List(somebody.into_iter().collect()));
                }
                review(&draft, &self.facts)
            };
            *reviews = self.snapshots.iter().map(judge).collect();
        }
    }

    pub(in super::super) fn press(&mut self, press: Press<'_>) -> Reply {
        let Press::Action(action) = press else { return Reply::Stay };
        let last = OFFERED.len() - 1;
        match action {
            input::Action::Up => self.at = self.at.saturating_sub(1),
            input::Action::Down => self.at = (self.at + 1).min(last),
            input::Action::Top => self.at = 0,
            input::Action::Bottom => self.at = last,
            input::Action::Accept => return Reply::CloseAnd(Command::OpenDialog(OFFERED[self.at].0)),
            input::Action::Back => return Reply::Close,
            action => {
                if let Some((asked, _)) = OFFERED.iter().find(|(_, own)| *own == action) {
                    return Reply::CloseAnd(Command::OpenDialog(*asked));
                }
            }
        }
        Reply::Stay
    }

    /// Puts the cursor on the action of a line of the sheet; `false` where none is.
    pub(in super::super) fn point(&mut self, sheet: &Sheet, line: usize) -> bool {
        let inner = sheet.area.inner();
        let parts = self.lines(usize::from(inner.width), &Keymap::default());
        let line = line + self.offset(&parts, usize::from(inner.height));
        let Some(n) = parts.iter().rposition(|(start, _)| *start <= line) else { return false };
        self.at = n;
        true
    }

    pub(super) fn sheet(&self, body: Rect, keymap: &Keymap) -> Sheet {
        let width = 76.min(body.width);
        let parts = self.lines(usize::from(width.saturating_sub(2)), keymap);
        let total: usize = parts.iter().map(|(_, lines)| lines.len()).sum();
        let height = u16::try_from(total + 2).unwrap_or(u16::MAX);
        let title = match &self.snapshots[..] {
            [one] => format!("Actions · {}", one.arn.name()),
            many => format!("Actions · {}", count(many.len(), "snapshot")),
        };
        let area = body.centred(Size { width, height });
        let room = usize::from(area.inner().height);
        let offset = self.offset(&parts, room);
        let at = parts.get(self.at).map(|(start, _)| start - offset);
        let lines = parts.into_iter().flat_map(|(_, lines)| lines).skip(offset).take(room).collect();
        Sheet { title, foot: String::new(), area, lines, at, entry: None }
    }

    /// The first line on the screen: the action under the cursor is there, its first line in any case.
    fn offset(&self, parts: &[(usize, Vec<Line>)], room: usize) -> usize {
        let Some((start, lines)) = parts.get(self.at) else { return 0 };
        (start + lines.len()).saturating_sub(room).min(*start)
    }

    /// The lines of each action, and where they begin.
    fn lines(&self, width: usize, keymap: &Keymap) -> Vec<(usize, Vec<Line>)> {
        let mut out = Vec::new();
        let mut start = 0;
        for ((action, own), reviews) in OFFERED.into_iter().zip(&self.reviews) {
            let chord = keymap.chord(Context::Table, own).map_or_else(String::new, |chord| chord.to_string());
            let head = [
                Piece::new(Tone::Accent, format!(" {chord:<2} ")),
                Piece::new(Tone::Strong, format!("{:<9}", action.name())),
            ];
            let indent = Piece::plain(" ".repeat(prose::line_width(&head)));
            let mut head = Some(head.to_vec());
            let mut lines = Vec::new();
            for part in prose::wrap(&self.words(reviews), width.saturating_sub(indent.width() + 1)) {
                lines.push([head.take().unwrap_or_else(|| vec![indent.clone()]), part].concat());
            }
            let next = start + lines.len();
            out.push((start, lines));
            start = next;
        }
        out
    }

    /// Whether it can be done, and why not.
    fn words(&self, reviews: &[Review]) -> Line {
        if reviews.iter().any(|review| !review.questions.is_empty()) {
            return vec![Piece::new(Tone::Dim, "checking…")];
        }
        let reasons: Vec<&Finding> = reviews.iter().filter_map(hindrance).collect();
        let Some(first) = reasons.first() else { return vec![Piece::new(Tone::Good, "can be done")] };
        let mut line = Line::new();
        if self.snapshots.len() > 1 {
            line.push(Piece::new(
                Tone::Strong,
                format!("{} of {} not: ", reasons.len(), self.snapshots.len()),
            ));
        }
        match &first.fix {
            Some(fix) if fix.can_be_taken() => {
                line.push(Piece::new(Tone::Doubt, "the long way: "));
                line.push(Piece::plain(&fix.label));
            }
            fix => {
                line.push(Piece::new(Tone::Danger, "cannot: "));
                line.push(Piece::plain(&first.message));
                if let Some(fix) = fix {
                    line.push(Piece::plain(format!(" Way out: {}.", fix.label)));
                }
            }
        }
        line.push(Piece::new(Tone::Dim, format!(" {}", first.rule)));
        line
    }
}

/// What stands against an action whatever is filled in; what no dialog can mend comes first.
fn hindrance(review: &Review) -> Option<&Finding> {
    let errors = || {
        let about =
            |finding: &&Finding| finding.severity == Severity::Error && finding.field == Field::Snapshot;
        review.findings.iter().filter(about)
    };
    let is_final = |finding: &&Finding| !finding.fix.as_ref().is_some_and(Fix::can_be_taken);
    errors().find(is_final).or_else(|| errors().next())
}
