//! A dialog on the screen: its fields with what is said of them, what will happen, and what lies over both.

use std::ops::Range;

use crate::domain::{Action, Field, Inventory, middle_cut};
use crate::input::{self, Keymap};
use crate::rules::{Finding, Severity};

use super::super::super::deck::Deck;
use super::super::super::layout::Rect;
use super::super::super::line;
use super::super::super::prose::{self, Block, Line, Piece, Tone, line_width};
use super::super::super::words::count;
use super::super::{Asks as _, Entry, Sheet, whole};
use super::findings::Said;
use super::spec::{label, title};
use super::{Dialog, Over, Reply, items};

/// From this width on what will happen stands beside the fields.
const BESIDE: u16 = 110;

/// The column where values begin.
const VALUES: usize = 13;

/// The fields as lines, before it is known which of them have room.
#[derive(Default)]
struct Drawn {
    lines: Vec<Line>,
    /// Each field, with what is said of it.
    stops: Vec<(Field, Range<usize>)>,
    entry: Option<Entry>,
    /// How many lines there are before what is only good to know.
    needed: usize,
}

impl Dialog {
    /// The sheets of it, the lowest first.
    pub(in super::super) fn sheets(&self, body: Rect, deck: &Deck, keymap: &Keymap) -> Vec<Sheet> {
        let inventory = &deck.inventory;
        if let Over::Last(last) = &self.over {
            return vec![last.sheet(whole(body), inventory)];
        }
        let (form, plan) = self.areas(body, inventory, keymap);
        let mut sheets = Vec::new();
        sheets.extend(plan.map(|area| self.plan_sheet(area, inventory)));
        sheets.extend(form.map(|area| self.form_sheet(area, inventory, keymap)));
        match &self.over {
            Over::Picker(picker) => {
                let items = items::items(picker.source(), &self.subjects, &self.facts, inventory);
                sheets.push(picker.sheet(body, &items));
            }
            Over::Affected(scroll) => sheets.push(self.affected_sheet(whole(body), *scroll)),
            Over::Nothing | Over::Last(_) => {}
        }
        sheets
    }

    /// Where the fields are and where what will happen is.
    fn areas(&self, body: Rect, inventory: &Inventory, keymap: &Keymap) -> (Option<Rect>, Option<Rect>) {
        let Rect { x, y, width, height } = body;
        if self.whole_plan {
            return (None, Some(body));
        }
        if width >= BESIDE {
            let left = (width * 55 / 100).min(100);
            let right = Rect::new(x + left, y, width - left, height);
            return (Some(Rect::new(x, y, left, height)), Some(right));
        }
        let inner = usize::from(width.saturating_sub(2));
        let lines = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        // Two for the border, one for the line that tells how things stand.
        let wanted = lines(self.drawn(inner, inventory, keymap).needed).saturating_add(3);
        let plan = lines(self.outcome(inner, inventory).len()).saturating_add(2);
        let least = (height / 3).max(4);
        let below = plan.min(least.max(height.saturating_sub(wanted))).min(height.saturating_sub(6));
        if below < 3 {
            return (Some(body), None);
        }
        let above = height - below;
        (Some(Rect::new(x, y, width, above)), Some(Rect::new(x, y + above, width, below)))
    }

    /// What it is called: what was asked for, and what is done instead where that is something else.
    fn title(&self) -> &'static str {
        match (self.asked, self.action()) {
            (Action::Encrypt, Action::Restore) => "Restore under a key",
            (_, action) => title(action),
        }
    }

    fn form_sheet(&self, area: Rect, inventory: &Inventory, keymap: &Keymap) -> Sheet {
        let inner = area.inner();
        let drawn = self.drawn(usize::from(inner.width), inventory, keymap);
        let height = usize::from(inner.height).saturating_sub(1);
        let offset = self.offset(&drawn, height);
        let total = drawn.lines.len();
        let mut lines: Vec<Line> = drawn.lines.into_iter().skip(offset).take(height).collect();
        lines.resize(height, Line::new());
        lines.push(self.standing(usize::from(inner.width)));
        let stop = drawn.stops.iter().find(|(field, _)| *field == self.focus);
        let at = stop.map(|(_, range)| range.start).and_then(|start| start.checked_sub(offset));
        let entry = drawn.entry.and_then(|entry| {
            Some(Entry { line: entry.line.checked_sub(offset).filter(|line| *line < height)?, ..entry })
        });
        let foot = if total > height {
            format!("{}-{} of {total}", offset + 1, (offset + height).min(total))
        } else {
            String::new()
        };
        Sheet { title: self.title().to_owned(), foot, area, lines, at: at.filter(|at| *at < height), entry }
    }

    /// The first line on the screen: the focused field is there with what is said of it.
    fn offset(&self, drawn: &Drawn, height: usize) -> usize {
        let stop = drawn.stops.iter().find(|(field, _)| *field == self.focus);
        let Some((_, range)) = stop else { return 0 };
        // What is good to know is come to from the last field: nothing else leads there.
        let is_last = drawn.stops.last().is_some_and(|(field, _)| *field == self.focus);
        let end = if is_last { drawn.lines.len() } else { range.end };
        end.saturating_sub(height).min(range.start)
    }

    fn drawn(&self, width: usize, inventory: &Inventory, keymap: &Keymap) -> Drawn {
        let said = self.said();
        let mut drawn = Drawn::default();
        let head = self.head(inventory);
        drawn.lines = aligned(&head, width);
        let next = self.next_fix().map(|(finding, _)| finding);
        let chord = keymap.chord(self.context(), input::Action::Fix).map(|chord| chord.to_string());
        let means = Offered { next: next.as_ref(), chord: chord.as_deref().unwrap_or("fix") };
        let end = drawn.lines.len();
        drawn.stops.push((Field::Snapshot, 0..end));
        self.put_findings(&mut drawn, Field::Snapshot, &said, width, &means);
        for field in self.fields() {
            if field == Field::Snapshot {
                continue;
            }
            let start = drawn.lines.len();
            if start == end {
                drawn.lines.push(Line::new());
            }
            let start = drawn.lines.len().max(start);
            self.put_field(&mut drawn, field, width, inventory);
            drawn.stops.push((field, start..drawn.lines.len()));
            self.put_findings(&mut drawn, field, &said, width, &means);
        }
        drawn.needed = drawn.lines.len();
        put_good_to_know(&mut drawn, &said, width);
        drawn
    }

    fn put_field(&self, drawn: &mut Drawn, field: Field, width: usize, inventory: &Inventory) {
        let name = Piece::new(Tone::Dim, format!(" {:<1$}", label(field), VALUES - 1));
        let room = width.saturating_sub(VALUES + 1).max(1);
        if field == self.focus && self.is_typed_in() && matches!(self.over, Over::Nothing) {
            let line = if self.form.holds(field) {
                self.form.line(field)
            } else {
                line::Line::new(self.proposed(field).unwrap_or_default())
            };
            let mark = self.form.mended.contains(&field).then(|| Piece::new(Tone::Accent, "  changed"));
            let taken = mark.as_ref().map_or(0, Piece::width);
            let (text, column) = line.window(room.saturating_sub(taken).max(1));
            drawn.entry = Some(Entry { line: drawn.lines.len(), column: VALUES + column });
            drawn.lines.push([name, Piece::plain(text)].into_iter().chain(mark).collect());
            return;
        }
        let mut name = Some(name);
        for value in self.shown(field, inventory) {
            for part in prose::wrap(&value, room) {
                let first = name.take().unwrap_or_else(|| Piece::plain(" ".repeat(VALUES)));
                drawn.lines.push([vec![first], part].concat());
            }
        }
    }

    /// What is said of a field, warnings and worse, with the ways out.
    fn put_findings(
        &self,
        drawn: &mut Drawn,
        field: Field,
        said: &[Said<'_>],
        width: usize,
        means: &Offered<'_>,
    ) {
        let all = self.subjects.len();
        for one in said.iter().filter(|one| one.field == field && one.finding.severity > Severity::Info) {
            drawn.lines.extend(finding_lines(one, all, width));
            let Some(fix) = &one.finding.fix else { continue };
            let is_next = one.can_be_mended() && means.next.is_some_and(|next| next == one.finding);
            let (sign, tone) = match (one.can_be_mended(), is_next) {
                (true, true) => (means.chord, Tone::Accent),
                (true, false) => ("or", Tone::Dim),
                (false, _) => ("way out", Tone::Dim),
            };
            let head = Piece::new(tone, format!("         {sign}: "));
            let room = width.saturating_sub(head.width()).max(1);
            let indent = Piece::plain(" ".repeat(head.width()));
            let mut head = Some(head);
            for part in prose::wrap(&[Piece::plain(&fix.label)], room) {
                drawn.lines.push([vec![head.take().unwrap_or_else(|| indent.clone())], part].concat());
            }
        }
        if let Some((_, range)) = drawn.stops.iter_mut().find(|(stop, _)| *stop == field) {
            range.end = drawn.lines.len();
        }
    }

    /// One line for how things stand; what is asked is cut before what is wrong.
    fn standing(&self, width: usize) -> Line {
        let questions = self.questions();
        let (errors, warnings) = (self.number_of(Severity::Error), self.number_of(Severity::Warning));
        let mut line = vec![Piece::plain(" ")];
        let mut counts = Vec::new();
        if errors > 0 {
            counts.push(count(errors, "error"));
        }
        if warnings > 0 {
            counts.push(count(warnings, "warning"));
        }
        if let Some(first) = questions.first() {
            let facts = count(questions.len(), "fact");
            let wrong = if errors > 0 { format!("; {}", counts.join(", ")) } else { String::new() };
            let wrong = Piece::new(Tone::Danger, wrong);
            let room = width.saturating_sub(wrong.width() + 1);
            let checking = middle_cut(&format!("checking… {facts}: {}", first.words()), room);
            line.extend([Piece::new(Tone::Accent, checking), wrong]);
            return line;
        }
        let ready = self.plans().count() == self.subjects.len();
        line.push(match (errors, ready) {
            (0, true) if warnings == 0 => Piece::new(Tone::Good, "ready"),
            (0, true) => Piece::new(Tone::Good, format!("ready, {}", counts.join(", "))),
            (0, false) => Piece::new(Tone::Doubt, "nothing to be done yet"),
            _ => Piece::new(Tone::Danger, format!("{}: not ready", counts.join(", "))),
        });
        line
    }

    fn plan_sheet(&self, area: Rect, inventory: &Inventory) -> Sheet {
        let inner = area.inner();
        let lines = self.outcome(usize::from(inner.width), inventory);
        let (lines, foot) = self.scroll.window(lines, usize::from(inner.height));
        Sheet { title: "What will happen".to_owned(), foot, area, lines, at: None, entry: None }
    }

    pub(super) fn scroll_plan(&mut self, action: input::Action, deck: &Deck, keymap: &Keymap) {
        let Some(layout) = deck.layout() else { return };
        let (_, plan) = self.areas(layout.body, &deck.inventory, keymap);
        let Some(inner) = plan.map(Rect::inner) else { return };
        let lines = self.outcome(usize::from(inner.width), &deck.inventory).len();
        self.scroll.press(action, lines, usize::from(inner.height));
    }

    /// Takes in a click.
    pub(in super::super::super) fn click(
        &mut self,
        col: u16,
        row: u16,
        deck: &Deck,
        keymap: &Keymap,
    ) -> Reply {
        let Some(body) = deck.layout().map(|layout| layout.body) else { return Reply::Stay };
        if let Over::Picker(picker) = &mut self.over {
            let items = items::items(picker.source(), &self.subjects, &self.facts, &deck.inventory);
            let sheet = picker.sheet(body, &items);
            let inner = sheet.area.inner();
            if !sheet.area.contains(col, row) {
                self.over = Over::Nothing;
            } else if inner.contains(col, row) {
                let line = usize::from(row - inner.y);
                if sheet.at == Some(line) {
                    let chord =
                        if picker.is_of_several() { input::Action::Toggle } else { input::Action::Accept };
                    return self.press(super::Press::Action(chord), deck, keymap);
                }
                picker.point(line, sheet.lines.len(), &items);
            }
            return Reply::Stay;
        }
        if !matches!(self.over, Over::Nothing) {
            return Reply::Stay;
        }
        let (Some(area), _) = self.areas(body, &deck.inventory, keymap) else { return Reply::Stay };
        let inner = area.inner();
        if !inner.contains(col, row) {
            return Reply::Stay;
        }
        let drawn = self.drawn(usize::from(inner.width), &deck.inventory, keymap);
        let offset = self.offset(&drawn, usize::from(inner.height).saturating_sub(1));
        let line = usize::from(row - inner.y) + offset;
        let hit = drawn.stops.iter().find(|(_, range)| range.contains(&line)).map(|(field, _)| *field);
        match hit.filter(|field| self.stops().contains(field)) {
            Some(field) if field == self.focus => self.choose(),
            Some(field) => self.turn_to(field),
            None => {}
        }
        Reply::Stay
    }

    fn turn_to(&mut self, field: Field) {
        self.typing = None;
        self.focus = field;
    }
}

/// Which way out the chord takes.
struct Offered<'a> {
    next: Option<&'a Finding>,
    chord: &'a str,
}

/// A sentence behind its severity, with the rule's id, and of how many it holds.
pub(super) fn finding_lines(one: &Said<'_>, all: usize, width: usize) -> Vec<Line> {
    let (word, tone) = match one.finding.severity {
        Severity::Error => ("ERROR", Tone::Danger),
        Severity::Warning => ("WARN", Tone::Doubt),
        Severity::Info => ("info", Tone::Dim),
    };
    let mut text = vec![Piece::plain(&one.finding.message)];
    if all > 1 {
        text.push(Piece::new(Tone::Strong, format!(" {} of {all}", one.of.len())));
    }
    text.push(Piece::new(Tone::Dim, format!(" {}", one.finding.rule)));
    let mut head = Some(Piece::new(tone, format!("  {word:<6} ")));
    let room = width.saturating_sub(10).max(1);
    let part = |part| {
        let head = head.take().unwrap_or_else(|| Piece::plain("         "));
        [vec![head], part].concat()
    };
    prose::wrap(&text, room).into_iter().map(part).collect()
}

fn put_good_to_know(drawn: &mut Drawn, said: &[Said<'_>], width: usize) {
    let mut infos = said.iter().filter(|one| one.finding.severity == Severity::Info).peekable();
    if infos.peek().is_none() {
        return;
    }
    drawn.lines.push(Line::new());
    drawn.lines.push(vec![Piece::new(Tone::Heading, " Good to know")]);
    for one in infos {
        let text = [
            Piece::new(Tone::Dim, &one.finding.message),
            Piece::new(Tone::Dim, format!(" {}", one.finding.rule)),
        ];
        for part in prose::wrap(&text, width.saturating_sub(4).max(1)) {
            drawn.lines.push([vec![Piece::plain("  ")], part].concat());
        }
    }
}

/// Blocks with their values in the column of the fields' values.
fn aligned(blocks: &[Block], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        let Block::Field { label, value } = block else { continue };
        let mut head = Some(Piece::new(Tone::Dim, format!(" {label:<0$}", VALUES - 1)));
        for part in prose::wrap(value, width.saturating_sub(VALUES + 1).max(1)) {
            let head = head.take().unwrap_or_else(|| Piece::plain(" ".repeat(VALUES)));
            lines.push([vec![head], part].concat());
        }
    }
    debug_assert!(
        lines.iter().all(|line| line_width(line) <= width.max(VALUES + 1)),
        "BUG: a line that is too wide"
    );
    lines
}
