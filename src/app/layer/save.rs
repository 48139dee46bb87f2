//! The dialog that saves what is listed, or what is marked, to a file.

use crate::export::Format;
use crate::input::Action;

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::layout::{Rect, Size};
use super::super::line::Line;
use super::super::prose::{Piece, Tone};
use super::super::words::count;
use super::{Entry, Press, Reply, Sheet};

/// The forms that a file can have here; a table is for eyes.
const FORMS: [Format; 3] = [Format::Csv, Format::Json, Format::Ndjson];

/// The save dialog.
#[derive(Debug, Clone)]
pub(in super::super) struct SaveDialog {
    name: Line,
    format: Format,
    what: String,
}

impl SaveDialog {
    /// Opens the dialog with a name that tells view and day apart.
    pub(in super::super) fn new(deck: &Deck) -> Self {
        let day = deck.now.to_zoned_datetime(deck.zone.clone()).strftime("%Y-%m-%d").to_string();
        let view = deck.listing.view().name();
        let what = match deck.marks.len() {
            0 => format!("{} of the table", count(deck.listing.rows().len(), "snapshot")),
            n => format!("{}, the marked ones", count(n, "snapshot")),
        };
        Self { name: Line::new(format!("snapdeck-{view}-{day}.csv")), format: Format::Csv, what }
    }

    pub(super) fn press(&mut self, press: Press<'_>) -> Reply {
        match press {
            Press::Text(text) => self.name.insert(text),
            Press::Action(Action::Accept) if self.name.text().trim().is_empty() => {}
            Press::Action(Action::Accept) => {
                let name = self.name.text().trim().to_owned();
                return Reply::CloseAnd(Command::Save { name, format: self.format });
            }
            Press::Action(Action::Back) => return Reply::Close,
            Press::Action(Action::NextFormat) => self.next_format(),
            Press::Action(action) => {
                self.name.edit(action);
            }
        }
        Reply::Stay
    }

    pub(super) fn sheet(&self, body: Rect) -> Sheet {
        let area = body.centred(Size { width: 66, height: 7 });
        let label = |text: &str| Piece::new(Tone::Dim, format!(" {text:<8}"));
        let (typed, column) = self.name.window(usize::from(area.inner().width).saturating_sub(10));
        let mut forms = vec![label("Format")];
        for format in FORMS {
            let tone = if format == self.format { Tone::Accent } else { Tone::Dim };
            let boxed = if format == self.format {
                format!("[{}] ", format.name())
            } else {
                format!(" {}  ", format.name())
            };
            forms.push(Piece::new(tone, boxed));
        }
        let mut lines = vec![
            vec![label("Save"), Piece::plain(&self.what)],
            vec![label("File"), Piece::plain(typed)],
            forms,
            Vec::new(),
            vec![Piece::new(Tone::Dim, " No file is overwritten.")],
        ];
        // On a low screen the air goes before the words.
        let rows = usize::from(area.inner().height);
        lines.retain(|line| rows >= 5 || !line.is_empty());
        lines.truncate(rows);
        let entry = Some(Entry { line: 1, column: column + 9 });
        Sheet { title: "Save the view".to_owned(), foot: String::new(), area, lines, at: None, entry }
    }

    /// The next form; the name's ending goes with it when it was that of the last one.
    fn next_format(&mut self) {
        let at = FORMS.iter().position(|format| *format == self.format).unwrap_or(0);
        let next = FORMS[(at + 1) % FORMS.len()];
        if let Some(stem) = self.name.text().strip_suffix(&format!(".{}", self.format.name())) {
            self.name = Line::new(format!("{stem}.{}", next.name()));
        }
        self.format = next;
    }
}
