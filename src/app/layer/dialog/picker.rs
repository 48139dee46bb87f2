//! A list that a field is chosen from; typing narrows it, and what is on no list can be typed.

use std::collections::BTreeSet;

use crate::domain::{Field, Shown, middle_cut};
use crate::input::Action;

use super::super::super::layout::{Rect, Size};
use super::super::super::line::Line;
use super::super::super::prose::{Piece, Tone};
use super::super::{Entry, Press, Sheet};
use super::items::{Item, Items};
use super::spec::{self, Source};

/// A list over the fields.
#[derive(Debug, Clone)]
pub(super) struct Picker {
    field: Field,
    source: Source,
    filter: Line,
    at: usize,
    /// What is taken of several; `None` where one is.
    chosen: Option<BTreeSet<String>>,
    /// What the field held when the list opened.
    held: String,
}

/// What comes of a chord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Picked {
    /// It stays open.
    Open,
    /// It closes, and nothing changes.
    Nothing,
    /// It closes, and the field holds these.
    These(Vec<String>),
}

/// A line of the list: something known, or what was typed.
enum Choice<'a> {
    Item(&'a Item),
    Typed(String),
    /// Nothing, for a field that holds something.
    Empty,
}

impl Picker {
    /// A list of which one is chosen.
    pub(super) fn one(field: Field, source: Source, held: &str) -> Self {
        Self { field, source, filter: Line::default(), at: 0, chosen: None, held: held.to_owned() }
    }

    /// A list of which several are chosen.
    pub(super) fn several(field: Field, source: Source, held: &[String]) -> Self {
        let chosen = Some(held.iter().cloned().collect());
        Self { field, source, filter: Line::default(), at: 0, chosen, held: String::new() }
    }

    pub(super) fn field(&self) -> Field {
        self.field
    }

    pub(super) fn source(&self) -> Source {
        self.source
    }

    pub(super) fn is_of_several(&self) -> bool {
        self.chosen.is_some()
    }

    pub(super) fn press(&mut self, press: Press<'_>, items: &Items) -> Picked {
        let choices = self.choices(items);
        let last = choices.len().saturating_sub(1);
        let at = self.at.min(last);
        match press {
            // What cannot be part of any value narrows nothing.
            Press::Action(Action::Toggle) if !self.is_of_several() => {}
            Press::Action(Action::Toggle) => {
                if let Some(value) = choices.get(at).map(Choice::value) {
                    let typed = matches!(choices.get(at), Some(Choice::Typed(_)));
                    self.toggle(value);
                    if typed {
                        self.filter = Line::default();
                        self.at = 0;
                    }
                }
            }
            Press::Action(Action::ToggleAll) => {
                let all: Vec<String> = choices.iter().map(Choice::value).collect();
                if let Some(chosen) = &mut self.chosen {
                    let whole = all.iter().all(|value| chosen.contains(value));
                    for value in all {
                        if whole {
                            chosen.remove(&value);
                        } else {
                            chosen.insert(value);
                        }
                    }
                }
            }
            Press::Action(Action::ChoiceUp) => self.at = at.saturating_sub(1),
            Press::Action(Action::ChoiceDown) => self.at = (at + 1).min(last),
            Press::Action(Action::Accept) => {
                let under = choices.get(at).map(Choice::value);
                let Some(chosen) = &mut self.chosen else {
                    return under.map_or(Picked::Nothing, |value| Picked::These(vec![value]));
                };
                // Who typed and chose nothing by itself means the one that the typing led to.
                if !self.filter.text().trim().is_empty()
                    && let Some(value) = under
                {
                    chosen.insert(value);
                }
                return Picked::These(chosen.iter().cloned().collect());
            }
            Press::Action(Action::Back) => return Picked::Nothing,
            Press::Action(action) => {
                if self.filter.edit(action) {
                    self.at = 0;
                }
            }
            Press::Text(text) => {
                self.filter.insert(text);
                self.at = 0;
            }
        }
        Picked::Open
    }

    /// Puts the cursor on a line of the sheet.
    pub(super) fn point(&mut self, line: usize, lines: usize, items: &Items) {
        let choices = self.choices(items).len();
        let rows = lines.saturating_sub(1);
        let start = self.at.min(choices.saturating_sub(1)).saturating_sub(rows.saturating_sub(1));
        if let Some(row) = line.checked_sub(1).filter(|row| start + row < choices) {
            self.at = start + row;
        }
    }

    fn toggle(&mut self, value: String) {
        let Some(chosen) = &mut self.chosen else { return };
        if !chosen.remove(&value) {
            chosen.insert(value);
        }
    }

    fn choices<'a>(&self, items: &'a Items) -> Vec<Choice<'a>> {
        let typed = self.filter.text().trim();
        let words: Vec<String> = typed.to_lowercase().split_whitespace().map(ToOwned::to_owned).collect();
        let admits = |item: &&Item| {
            let text = format!("{} {} {}", item.label, item.detail, item.state.0).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut all: Vec<Choice<'a>> = items.items.iter().filter(admits).map(Choice::Item).collect();
        let is_listed = items.items.iter().any(|item| item.value == typed);
        if !typed.is_empty() && !is_listed {
            all.push(Choice::Typed(typed.to_owned()));
        }
        if typed.is_empty() {
            // What was typed into the field before is on no list, and must stay to be seen and taken out.
            let held = self
                .chosen
                .iter()
                .flatten()
                .filter(|value| !items.items.iter().any(|item| item.value == **value));
            all.extend(held.cloned().map(Choice::Typed));
            if self.chosen.is_none() && !self.held.is_empty() {
                all.push(Choice::Empty);
            }
        }
        all
    }

    pub(super) fn sheet(&self, body: Rect, items: &Items) -> Sheet {
        let choices = self.choices(items);
        let at = self.at.min(choices.len().saturating_sub(1));
        let wanted = choices.len() + usize::from(items.gap.is_some()) + 3;
        let height = u16::try_from(wanted.max(6)).unwrap_or(u16::MAX);
        let area = body.centred(Size { width: 76, height: height.min(body.height.saturating_sub(2)) });
        let inner = area.inner();
        let (width, room) = (usize::from(inner.width), usize::from(inner.height).saturating_sub(1));
        let (typed, column) = self.filter.window(width.saturating_sub(10));
        let mut lines = vec![vec![Piece::new(Tone::Dim, " filter "), Piece::plain(typed)]];
        let start = at.saturating_sub(room.saturating_sub(1));
        let longest = choices.iter().map(|choice| choice.label().chars().count()).max().unwrap_or(0);
        let label = longest.clamp(8, (width / 2).clamp(8, 34));
        for choice in choices.iter().skip(start).take(room) {
            lines.push(self.line(choice, width, label));
        }
        if let Some((text, tone)) = &items.gap {
            lines.extend(super::super::super::prose::wrap(&[Piece::new(*tone, format!(" {text}"))], width));
        }
        lines.truncate(room + 1);
        let at = (!choices.is_empty()).then(|| at - start + 1);
        let foot = if choices.len() > room {
            format!("{} of {}", at.unwrap_or(0) + start, choices.len())
        } else {
            String::new()
        };
        let title = spec::label(self.field).to_owned();
        Sheet { title, foot, area, lines, at, entry: Some(Entry { line: 0, column: column + 8 }) }
    }

    fn line(&self, choice: &Choice<'_>, width: usize, label: usize) -> Vec<Piece> {
        let mark = match &self.chosen {
            Some(chosen) if chosen.contains(&choice.value()) => Piece::new(Tone::Accent, " [x] "),
            Some(_) => Piece::new(Tone::Dim, " [ ] "),
            None if choice.value() == self.held => Piece::new(Tone::Accent, " > "),
            None => Piece::plain("   "),
        };
        match choice {
            Choice::Item(item) => {
                let left = width.saturating_sub(mark.width() + label + 5);
                let state = Piece::new(item.state.1, middle_cut(&item.state.0, left));
                let rest = width.saturating_sub(mark.width() + label + 2 + state.width() + 3);
                let name = middle_cut(&item.label, label);
                let detail = middle_cut(&item.detail, rest);
                vec![
                    mark,
                    Piece::plain(format!("{name:<label$}  ")),
                    Piece::new(Tone::Dim, format!("{detail:<rest$}  ")),
                    state,
                ]
            }
            Choice::Typed(text) => {
                let sign = Piece::new(Tone::Doubt, "  as typed");
                let room = width.saturating_sub(mark.width() + sign.width() + 1);
                let text = middle_cut(&Shown::from(text.as_str()).to_string(), room);
                vec![mark, Piece::plain(text), sign]
            }
            Choice::Empty => vec![mark, Piece::new(Tone::Dim, "leave it empty")],
        }
    }
}

impl Choice<'_> {
    fn value(&self) -> String {
        match self {
            Self::Item(item) => item.value.clone(),
            Self::Typed(text) => text.clone(),
            Self::Empty => String::new(),
        }
    }

    fn label(&self) -> &str {
        match self {
            Self::Item(item) => &item.label,
            Self::Typed(_) | Self::Empty => "",
        }
    }
}
