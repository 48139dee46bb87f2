//! The last screen: the exact requests, account by account, and the only way out of a dialog that sends anything.
//!
//! What it shows is what is sent: the plans are those of the moment in which it opened. Making public and deleting
//! need a name typed; where nothing may be changed it ends in the commands to hand over.

use std::collections::BTreeSet;

use crate::domain::{Access, AccountId, Action, Argument, Facts, Inventory, Shown};
use crate::input;
use crate::plan::{Plan, Shell, Step};

use super::super::super::command::Command;
use super::super::super::deck::Deck;
use super::super::super::layout::Rect;
use super::super::super::line;
use super::super::super::message::Notice;
use super::super::super::prose::{Line, Piece, Tone};
use super::super::super::words::count;
use super::super::{Entry, Press, Reply, Scroll, Sheet, whole};
use super::hand::{Around, copied, saved};
use super::lines::{account_piece, place, put};
use super::spec;
use super::subject::Subject;

/// The last screen.
#[derive(Debug, Clone)]
pub(super) struct Last {
    action: Action,
    subjects: Vec<Subject>,
    plans: Vec<Plan>,
    scroll: Scroll,
    gate: Gate,
}

/// What stands before sending.
#[derive(Debug, Clone)]
enum Gate {
    /// One chord.
    Open,
    /// A text that has to be typed.
    Typed { wanted: String, line: line::Line, to: &'static str },
    /// Nothing is sent from here, and why.
    Shut(Why),
}

#[derive(Debug, Clone)]
enum Why {
    /// The whole program, or these accounts, are read-only.
    ReadOnly(Vec<AccountId>),
    /// Several snapshots would become public at once.
    PublicAtOnce,
}

/// What comes of a chord.
pub(super) struct Pressed {
    pub(super) reply: Reply,
    /// Back to the fields.
    pub(super) leaves: bool,
}

impl Last {
    pub(super) fn new(
        action: Action,
        subjects: &[Subject],
        plans: Vec<Plan>,
        facts: &Facts,
        around: &Around,
    ) -> Self {
        let gate = gate(action, subjects, &plans, facts, around);
        Self { action, subjects: subjects.to_vec(), plans, scroll: Scroll::default(), gate }
    }

    pub(super) fn is_typed_in(&self) -> bool {
        matches!(self.gate, Gate::Typed { .. })
    }

    pub(super) fn can(&self, action: input::Action, deck: &Deck) -> bool {
        if action == input::Action::Send {
            return !matches!(self.gate, Gate::Shut(_));
        }
        self.extent(deck).is_some_and(|(lines, height)| self.scroll.can(action, lines, height))
    }

    /// How many lines the requests have, and how many there is room for.
    fn extent(&self, deck: &Deck) -> Option<(usize, usize)> {
        let inner = whole(deck.layout()?.body).inner();
        let (width, height) = (usize::from(inner.width), usize::from(inner.height));
        let below = self.foot(width, height, &deck.inventory).len();
        Some((self.requests(width, &deck.inventory).len(), height.saturating_sub(below)))
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck, shell: &Shell) -> Pressed {
        use input::Action as A;
        let stay = |reply| Pressed { reply, leaves: false };
        let action = match (press, &mut self.gate) {
            (Press::Text(text), Gate::Typed { line, .. }) => {
                line.insert(text);
                return stay(Reply::Stay);
            }
            (Press::Text(_), Gate::Open | Gate::Shut(_)) => return stay(Reply::Stay),
            (Press::Action(action), _) => action,
        };
        let plans: Vec<&Plan> = self.plans.iter().collect();
        match action {
            A::Back => return Pressed { reply: Reply::Stay, leaves: true },
            A::CopyCommands => return stay(copied(&plans, shell)),
            A::SaveScript => return stay(saved(self.action, &self.subjects, &plans, shell)),
            A::Send => return stay(self.send()),
            _ => {}
        }
        if let Gate::Typed { line, .. } = &mut self.gate
            && line.edit(action)
        {
            return stay(Reply::Stay);
        }
        if let Some((lines, height)) = self.extent(deck) {
            self.scroll.press(action, lines, height);
        }
        stay(Reply::Stay)
    }

    fn send(&self) -> Reply {
        match &self.gate {
            Gate::Shut(_) => Reply::Do(Command::Tell(Notice::bad("nothing is sent from here"))),
            Gate::Typed { wanted, line, .. } if line.text().trim() != wanted => {
                let words = format!("nothing was sent: type {} first", Shown::from(wanted.as_str()));
                Reply::Do(Command::Tell(Notice::bad(words)))
            }
            Gate::Open | Gate::Typed { .. } => Reply::CloseAnd(Command::Send(self.plans.clone())),
        }
    }

    pub(super) fn sheet(&self, area: Rect, inventory: &Inventory) -> Sheet {
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
        let title = format!("Last look · {}", spec::title(self.action));
        Sheet { title, foot, area, lines, at: None, entry }
    }

    /// Every request with its parameters.
    fn requests(&self, width: usize, inventory: &Inventory) -> Vec<Line> {
        let mut lines = Vec::new();
        for plan in &self.plans {
            put(&mut lines, width, 1, &[Piece::new(Tone::Strong, &plan.goal)]);
            let all = plan.steps.len();
            for (step, n) in plan.steps.iter().zip(1..) {
                put_request(&mut lines, (n, all), step, width, inventory);
            }
            let after = plan.clean_up();
            if !after.is_empty() {
                put(&mut lines, width, 1, &[Piece::new(Tone::Heading, "Afterwards, if you like")]);
                for step in &after {
                    let mut line = place(&step.call.scope, inventory);
                    line.push(Piece::plain(format!(
                        "  {} {}",
                        step.call.operation.action(),
                        step.essentials
                    )));
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
        let mut say = |pieces: &[Piece]| put(&mut lines, width, 1, pieces);
        match &self.gate {
            Gate::Open => {
                let calls: usize = self.plans.iter().map(|plan| plan.steps.len()).sum();
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
            Gate::Shut(Why::ReadOnly(accounts)) => {
                let mut line = vec![Piece::new(Tone::Doubt, "READ-ONLY"), Piece::plain(": nothing is sent")];
                for (n, id) in accounts.iter().enumerate() {
                    line.push(Piece::plain(if n == 0 { " in " } else { ", " }));
                    line.push(account_piece(*id, inventory));
                }
                line.push(Piece::plain(
                    ". Hand the commands to somebody who may: C copies them, ctrl-s saves a script.",
                ));
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

fn gate(action: Action, subjects: &[Subject], plans: &[Plan], facts: &Facts, around: &Around) -> Gate {
    let steps = || plans.iter().flat_map(|plan| &plan.steps);
    let shut = |id: &AccountId| {
        around.access == Access::ReadOnly
            || facts.account(*id).is_none_or(|account| account.access == Access::ReadOnly)
    };
    let read_only: BTreeSet<AccountId> = steps().map(|step| step.call.scope.account).filter(shut).collect();
    if !read_only.is_empty() {
        return Gate::Shut(Why::ReadOnly(read_only.into_iter().collect()));
    }
    let public = subjects.iter().any(Subject::is_made_public);
    if public && subjects.len() > 1 {
        return Gate::Shut(Why::PublicAtOnce);
    }
    let (to, verb) = match (action, public) {
        (Action::Delete, _) => ("delete for good:", "delete"),
        (_, true) => ("make it PUBLIC:", "publish"),
        _ => return Gate::Open,
    };
    let wanted = match subjects {
        [one] => one.snapshot.arn.exact_name().to_owned(),
        many => format!("{verb} {}", many.len()),
    };
    Gate::Typed { wanted, line: line::Line::default(), to }
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
    put(lines, width, 3, &[Piece::new(Tone::Dim, &step.why)]);
    put(lines, width, 3, &[Piece::new(Tone::Dim, format!("To take it back: {}", step.way_back()))]);
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
