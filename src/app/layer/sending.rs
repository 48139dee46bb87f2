//! Plans before they are sent: the exact requests, account by account, and what stands before sending them.
//!
//! What it shows is what is sent: the plans are those of the moment in which it opened. What makes public or deletes
//! needs a name typed; where nothing may be changed it ends in the commands to hand over.

use crate::domain::{AccountId, Argument, Inventory, Shown};
use crate::input::Action;
use crate::plan::{Choice, Plan, Purpose, STAMP, Step};

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::layout::Rect;
use super::super::line;
use super::super::message::Notice;
use super::super::prose::{Line, Piece, Tone};
use super::super::words::count;
use super::lines::{account_piece, place, put};
use super::{Entry, Press, Reply, Scroll, Sheet, whole};

/// Plans that are looked at before they are sent.
#[derive(Debug, Clone)]
pub(super) struct Sending {
    plans: Vec<Plan>,
    after: After,
    scroll: Scroll,
    gate: Gate,
    /// Why it is this plan, where another reaches the same.
    choice: Option<String>,
}

/// What becomes of what was needed on the way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Stays,
    IsTakenBack,
}

/// What stands before sending.
#[derive(Debug, Clone)]
pub(super) enum Gate {
    /// One chord.
    Open,
    /// A text that has to be typed.
    Typed { wanted: String, line: line::Line, to: &'static str },
    /// Nothing is sent from here, and why.
    Shut(Why),
}

#[derive(Debug, Clone)]
pub(super) enum Why {
    /// The whole program, or these accounts, are read-only; what can be done instead, where something can.
    ReadOnly(Vec<AccountId>, String),
    /// Several snapshots would become public at once.
    PublicAtOnce,
}

impl Gate {
    /// One that opens when this is typed.
    pub(super) fn typed(wanted: String, to: &'static str) -> Self {
        Self::Typed { wanted, line: line::Line::default(), to }
    }
}

impl Sending {
    pub(super) fn new(plans: Vec<Plan>, gate: Gate) -> Self {
        Self { plans, after: After::Stays, scroll: Scroll::default(), gate, choice: None }
    }

    /// The same, which says why it is this plan.
    pub(super) fn chosen(self, choice: Option<&Choice>) -> Self {
        Self { choice: choice.map(Choice::sentence), ..self }
    }

    pub(super) fn is_typed_in(&self) -> bool {
        matches!(self.gate, Gate::Typed { .. })
    }

    /// What is sent as things stand.
    pub(super) fn plans(&self) -> Vec<Plan> {
        let plans = self.plans.iter().cloned();
        match self.after {
            After::Stays => plans.collect(),
            After::IsTakenBack => plans.map(Plan::cleaning_up).collect(),
        }
    }

    pub(super) fn can(&self, action: Action, deck: &Deck) -> bool {
        match action {
            Action::Send => !matches!(self.gate, Gate::Shut(_)),
            Action::CleanUp => self.plans.iter().any(|plan| !plan.clean_up().is_empty()),
            _ => self.extent(deck).is_some_and(|(lines, height)| self.scroll.can(action, lines, height)),
        }
    }

    /// How many lines the requests have, and how many there is room for.
    fn extent(&self, deck: &Deck) -> Option<(usize, usize)> {
        let inner = whole(deck.layout()?.body).inner();
        let (width, height) = (usize::from(inner.width), usize::from(inner.height));
        let below = self.foot(width, height, &deck.inventory).len();
        Some((self.requests(width, &deck.inventory).len(), height.saturating_sub(below)))
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        let action = match (press, &mut self.gate) {
            (Press::Text(text), Gate::Typed { line, .. }) => {
                line.insert(text);
                return Reply::Stay;
            }
            (Press::Text(_), Gate::Open | Gate::Shut(_)) => return Reply::Stay,
            (Press::Action(action), _) => action,
        };
        match action {
            Action::Send => return self.send(),
            Action::CleanUp if self.can(action, deck) => {
                self.after = match self.after {
                    After::Stays => After::IsTakenBack,
                    After::IsTakenBack => After::Stays,
                };
                return Reply::Stay;
            }
            _ => {}
        }
        if let Gate::Typed { line, .. } = &mut self.gate
            && line.edit(action)
        {
            return Reply::Stay;
        }
        if let Some((lines, height)) = self.extent(deck) {
            self.scroll.press(action, lines, height);
        }
        Reply::Stay
    }

    fn send(&self) -> Reply {
        match &self.gate {
            Gate::Shut(_) => Reply::Do(Command::Tell(Notice::bad("nothing is sent from here"))),
            Gate::Typed { wanted, line, .. } if line.text().trim() != wanted => {
                let words = format!("nothing was sent: type {} first", Shown::from(wanted.as_str()));
                Reply::Do(Command::Tell(Notice::bad(words)))
            }
            Gate::Open | Gate::Typed { .. } => Reply::CloseAnd(Command::Send(self.plans())),
        }
    }

    pub(super) fn sheet(&self, title: String, area: Rect, inventory: &Inventory) -> Sheet {
        let inner = area.inner();
        let (width, height) = (usize::from(inner.width), usize::from(inner.height));
        let below = self.foot(width, height, inventory);
        let room = height.saturating_sub(below.len());
        let (mut lines, foot) = self.scroll.window(self.requests(width, inventory), room);
        lines.resize(room, Line::new());
        let entry = match &self.gate {
            Gate::Typed { line, .. } => {
                let (_, column) = line.window(width.saturating_sub(4));
                Some(Entry { line: (room + below.len()).saturating_sub(1), column: column + 3 })
            }
            Gate::Open | Gate::Shut(_) => None,
        };
        lines.extend(below);
        Sheet { title, foot, area, lines, at: None, entry }
    }

    /// Every request with its parameters.
    fn requests(&self, width: usize, inventory: &Inventory) -> Vec<Line> {
        let mut lines = Vec::new();
        for plan in &self.plans() {
            put(&mut lines, width, 1, &[Piece::new(Tone::Strong, &plan.goal)]);
            if let Some(choice) = &self.choice {
                put(&mut lines, width, 1, &[Piece::new(Tone::Dim, choice)]);
            }
            let all = plan.steps.len();
            for (step, n) in plan.steps.iter().zip(1..) {
                put_request(&mut lines, (n, all), step, width, inventory);
            }
            let after = plan.clean_up();
            if self.after == After::Stays && !after.is_empty() {
                put(&mut lines, width, 1, &[Piece::new(Tone::Heading, "Afterwards, if you like")]);
                for step in &after {
                    let mut line = place(&step.call.scope, inventory);
                    let call = step.call.operation.action();
                    line.push(Piece::plain(format!("  {call} {}", step.essentials)));
                    put(&mut lines, width, 3, &line);
                }
            }
            lines.push(Line::new());
        }
        lines
    }

    /// What stands beneath the requests, as far as it leaves a line for them; its last lines matter most.
    fn foot(&self, width: usize, height: usize, inventory: &Inventory) -> Vec<Line> {
        let mut below = self.below(width, inventory);
        let over = below.len().saturating_sub(height.saturating_sub(1).max(1));
        below.drain(..over);
        below
    }

    /// What there is to say beneath the requests: how they are sent, or why they are not.
    fn below(&self, width: usize, inventory: &Inventory) -> Vec<Line> {
        let mut lines = vec![Line::new()];
        if self.plans.iter().any(|plan| !plan.clean_up().is_empty()) {
            let words = match self.after {
                After::Stays => "What is needed on the way only stays.",
                After::IsTakenBack => "In the end what is needed on the way only is taken back.",
            };
            put(&mut lines, width, 1, &[Piece::new(Tone::Dim, words)]);
        }
        let mut say = |pieces: &[Piece]| put(&mut lines, width, 1, pieces);
        match &self.gate {
            Gate::Open => {
                let calls: usize = self.plans().iter().map(|plan| plan.steps.len()).sum();
                let words = match (calls, self.plans.len()) {
                    (n, 1) if n > 1 => {
                        format!("Enter sends {}, each when the one before is done.", count(n, "request"))
                    }
                    (n, _) => format!("Enter sends {}.", count(n, "request")),
                };
                say(&[Piece::new(Tone::Accent, words)]);
            }
            Gate::Typed { wanted, line, to } => {
                say(&[
                    Piece::plain("Type "),
                    Piece::new(Tone::Strong, Shown::from(wanted.as_str())),
                    Piece::plain(format!(" and press Enter to {to}")),
                ]);
                let (text, _) = line.window(width.saturating_sub(4));
                let right = line.text().trim() == wanted;
                let tone = if right { Tone::Danger } else { Tone::Plain };
                lines.push(vec![Piece::new(Tone::Accent, " > "), Piece::new(tone, text)]);
            }
            Gate::Shut(Why::ReadOnly(accounts, instead)) => {
                let mut line = vec![Piece::new(Tone::Doubt, "READ-ONLY"), Piece::plain(": nothing is sent")];
                for (n, id) in accounts.iter().enumerate() {
                    line.push(Piece::plain(if n == 0 { " in " } else { ", " }));
                    line.push(account_piece(*id, inventory));
                }
                line.push(Piece::plain(format!(".{instead}")));
                say(&line);
            }
            Gate::Shut(Why::PublicAtOnce) => say(&[
                Piece::new(Tone::Danger, "PUBLIC"),
                Piece::plain(": one snapshot at a time, each by its name. Mark one only."),
            ]),
        }
        lines
    }
}

fn put_request(
    lines: &mut Vec<Line>,
    (n, all): (usize, usize),
    step: &Step,
    width: usize,
    inventory: &Inventory,
) {
    lines.push(Line::new());
    let id = step.call.scope.account;
    let number = if all > 1 { format!("{n} of {all}  ") } else { String::new() };
    let mut head = vec![Piece::new(Tone::Accent, number)];
    head.extend(place(&step.call.scope, inventory));
    head.push(Piece::new(Tone::Dim, format!("  {id}")));
    head.push(Piece::new(Tone::Strong, format!("  {}", step.call.operation.action())));
    put(lines, width, 1, &head);
    let diff = step.policy_diff();
    let column = step.call.parameters.iter().map(|(name, _)| name.len()).max().unwrap_or(0) + 2;
    for (name, value) in &step.call.parameters {
        if diff.is_some() && *name == "Policy" {
            continue;
        }
        let mut line = vec![Piece::new(Tone::Dim, format!("{name:<column$}"))];
        line.push(Piece::plain(words(value)));
        // As much room as the ARN of a key needs at 80 columns.
        put(lines, width, 2, &line);
    }
    for (sign, tone, statements) in
        diff.iter().flat_map(|diff| [("+", Tone::Good, &diff.added), ("-", Tone::Danger, &diff.removed)])
    {
        for statement in statements {
            for (n, text) in statement.lines().enumerate() {
                let head = if n == 0 { format!("{sign} ") } else { "  ".to_owned() };
                put(lines, width, 3, &[Piece::new(tone, format!("{head}{}", Shown::from(text)))]);
            }
        }
    }
    if step.call.takes_a_stamp() {
        let words = format!("It is tagged {STAMP}, so that it is found again.");
        put(lines, width, 3, &[Piece::new(Tone::Dim, words)]);
    }
    put(lines, width, 3, &[Piece::new(Tone::Dim, &step.why)]);
    if step.purpose != Purpose::CleanUp {
        put(lines, width, 3, &[Piece::new(Tone::Dim, format!("To take it back: {}", step.way_back()))]);
    }
}

/// The value of a parameter, harmless to show.
fn words(value: &Argument) -> String {
    match value {
        Argument::Text(text) => Shown::from(text.as_str()).to_string(),
        Argument::Flag(flag) => flag.to_string(),
        Argument::Number(number) => number.to_string(),
        Argument::List(texts) => {
            texts.iter().map(|text| Shown::from(text.as_str()).to_string()).collect::<Vec<_>>().join(", ")
        }
        Argument::Tags(tags) => {
            tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect::<Vec<_>>().join(", ")
        }
        Argument::GrantNamed(name) => format!("the grant named {}", Shown::from(name.as_str())),
    }
}
