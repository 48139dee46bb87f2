//! What will happen as things stand: the steps in order, or where the ways out would lead.

use crate::domain::Inventory;
use crate::plan::{Plan, Step};

use super::super::super::prose::{Line, Piece, Tone};
use super::super::super::words::count;
use super::super::Asks as _;
use super::super::lines::{place, put};
use super::Dialog;

impl Dialog {
    /// The steps as lines.
    pub(super) fn outcome(&self, width: usize, inventory: &Inventory) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.is_many() {
            self.put_many(&mut lines, width, inventory);
            return lines;
        }
        if let Some(plan) = self.plans().next() {
            put_plan(&mut lines, plan, width, inventory);
            put_clean_up(&mut lines, plan, width);
            return lines;
        }
        match self.ahead.as_ref().and_then(|ahead| ahead.plan.as_ref()) {
            Some(plan) => {
                put(&mut lines, width, 1, &[Piece::new(Tone::Heading, "With every way out taken:")]);
                put_plan(&mut lines, plan, width, inventory);
                put_clean_up(&mut lines, plan, width);
            }
            None if !self.questions().is_empty() => {
                put(&mut lines, width, 1, &[Piece::new(Tone::Dim, "checking…")]);
            }
            None => put(&mut lines, width, 1, &[Piece::new(Tone::Dim, "Nothing yet.")]),
        }
        lines
    }

    fn put_many(&self, lines: &mut Vec<Line>, width: usize, inventory: &Inventory) {
        let blocked = self.subjects.iter().filter(|subject| subject.errors() > 0).count();
        let waiting = self.subjects.iter().filter(|one| one.plan.is_none() && one.errors() == 0).count();
        if blocked > 0 {
            let words = format!("{} blocked", count(blocked, "snapshot"));
            put(lines, width, 1, &[Piece::new(Tone::Danger, words)]);
        }
        if waiting > 0 {
            let words = format!("{} not known yet", count(waiting, "snapshot"));
            put(lines, width, 1, &[Piece::new(Tone::Dim, words)]);
        }
        for plan in self.plans() {
            if let [step] = &plan.steps[..] {
                put_step(lines, None, step, width, inventory);
            } else {
                put(lines, width, 1, &[Piece::new(Tone::Heading, &plan.goal)]);
                put_plan(lines, plan, width, inventory);
            }
        }
    }
}

fn put_plan(lines: &mut Vec<Line>, plan: &Plan, width: usize, inventory: &Inventory) {
    for (step, n) in plan.steps.iter().zip(1..) {
        put_step(lines, Some(n), step, width, inventory);
        put(lines, width, 5, &[Piece::new(Tone::Dim, &step.why)]);
    }
}

fn put_step(lines: &mut Vec<Line>, n: Option<usize>, step: &Step, width: usize, inventory: &Inventory) {
    let number = n.map_or_else(String::new, |n| format!("{n} "));
    let mut head = vec![Piece::new(Tone::Accent, number)];
    head.extend(place(&step.call.scope, inventory));
    head.push(Piece::new(Tone::Strong, format!("  {}", step.title())));
    put(lines, width, 1, &head);
    put(lines, width, 3, &[Piece::plain(&step.essentials)]);
}

fn put_clean_up(lines: &mut Vec<Line>, plan: &Plan, width: usize) {
    let left = plan.clean_up().len();
    if left > 0 {
        let words =
            format!("Afterwards {} can be taken back; the last screen shows how.", count(left, "step"));
        put(lines, width, 1, &[Piece::new(Tone::Dim, words)]);
    }
}
