//! What changes a dialog: typing, choosing, taking ways out, and taking all of that back.

use std::collections::BTreeMap;

use crate::domain::{Draft, Field, Value};
use crate::input;
use crate::rules::way;

use super::super::super::message::Notice;
use super::super::super::words::count;
use super::before::Before;
use super::picker::Picker;
use super::spec::Control;
use super::{Command, Dialog, Over, Reply, spec};

/// How many changes can be taken back.
const CHANGES: usize = 100;

impl Dialog {
    /// Keeps how things are, so that the change that comes can be taken back.
    fn keep(&mut self) {
        self.typing = None;
        let before = Before { form: self.form.clone(), subjects: self.subjects.clone(), focus: self.focus };
        self.undo.push(before);
        if self.undo.len() > CHANGES {
            self.undo.remove(0);
        }
    }

    /// Keeps how things are, once for all that is typed into a field.
    fn keep_before_typing(&mut self) {
        if self.typing != Some(self.focus) {
            self.keep();
            self.typing = Some(self.focus);
        }
    }

    pub(super) fn take_back(&mut self) {
        let Some(Before { form, subjects, focus }) = self.undo.pop() else { return };
        (self.form, self.subjects, self.focus, self.typing) = (form, subjects, focus, None);
        self.settle();
    }

    pub(super) fn type_in(&mut self, text: &str) {
        if !self.is_typed_in() {
            return;
        }
        let (field, fresh) = (self.focus, !self.form.holds(self.focus));
        self.keep_before_typing();
        // What is pasted stands for itself; what is typed goes on from what was proposed.
        let is_pasted = text.chars().nth(1).is_some();
        let before =
            if fresh && is_pasted { String::new() } else { self.proposed(field).unwrap_or_default() };
        self.form.insert(field, &before, text);
        self.share_out(field);
    }

    pub(super) fn edit(&mut self, action: input::Action) {
        if !self.is_typed_in() {
            return;
        }
        let field = self.focus;
        let before = self.proposed(field).unwrap_or_default();
        let (mut form, was) = (self.form.clone(), self.form.line(field));
        if form.edit(field, &before, action) && (form.line(field) != was || !self.form.holds(field)) {
            self.keep_before_typing();
            self.form = form;
            self.share_out(field);
        }
    }

    /// What stands in a field before anybody has touched it.
    pub(super) fn proposed(&self, field: Field) -> Option<String> {
        match (field, &self.subjects[..]) {
            (Field::Name | Field::Db | Field::Task, [subject]) if !self.form.holds(field) => {
                subject.derived.name.clone()
            }
            _ => None,
        }
    }

    /// What is filled in now holds for all of them.
    fn share_out(&mut self, field: Field) {
        for subject in &mut self.subjects {
            subject.own.remove(&field);
        }
        self.settle();
    }

    pub(super) fn choose(&mut self) {
        let field = self.focus;
        if field == Field::Snapshot {
            return;
        }
        match spec::control(field) {
            Control::Switch => {
                self.keep();
                self.form.turn(field);
                self.share_out(field);
            }
            Control::Word(words) => {
                self.keep();
                let now = self.form.line(field);
                let at = words.iter().position(|(value, _)| *value == now.text()).unwrap_or(0);
                self.form.put_text(field, words[(at + 1) % words.len()].0);
                self.share_out(field);
            }
            Control::One(source) => {
                self.over = Over::Picker(Picker::one(field, source, self.form.line(field).text()));
            }
            Control::Several(source) => {
                self.over = Over::Picker(Picker::several(field, source, self.form.several(field)));
            }
            Control::Text | Control::Texts | Control::Tags => {
                if let Some(source) = spec::names(field) {
                    let held = self.form.line(field);
                    self.over = Over::Picker(Picker::one(field, source, held.text()));
                }
            }
        }
    }

    /// Takes what was picked. The focus stays: the next field may be one that is typed in.
    pub(super) fn pick(&mut self, field: Field, texts: Vec<String>) {
        self.keep();
        match spec::control(field) {
            Control::Several(_) => self.form.put_several(field, texts),
            _ => self.form.put_text(field, texts.first().map_or("", String::as_str)),
        }
        self.share_out(field);
    }

    /// Takes the way out that is offered first.
    pub(super) fn take_next(&mut self) {
        let Some((finding, of)) = self.next_fix() else { return };
        self.keep();
        for n in of {
            let subject = &self.subjects[n];
            let same = |other: &&crate::rules::Finding| {
                (other.rule, other.field, &other.message) == (finding.rule, finding.field, &finding.message)
            };
            let fix = subject.review.findings.iter().find(same).and_then(|finding| finding.fix.as_ref());
            if let Some(fix) = fix {
                let draft = fix.taken_on(&subject.draft);
                self.adopt(n, &draft);
            }
        }
        self.settle();
    }

    /// Takes every way out, as far as what is known leads.
    pub(super) fn take_all(&mut self) {
        if self.fixes() == 0 {
            return;
        }
        self.keep();
        for n in 0..self.subjects.len() {
            let draft = way(&self.subjects[n].draft, &self.facts).draft;
            self.adopt(n, &draft);
        }
        self.settle();
    }

    /// Takes over what a draft says: for one snapshot into the fields, for one of several as its own.
    fn adopt(&mut self, n: usize, draft: &Draft) {
        let many = self.is_many();
        let subject = &mut self.subjects[n];
        let old = subject.draft.clone();
        subject.action = draft.action;
        for field in draft.action.fields() {
            let (before, after) = (old.value(*field), draft.value(*field));
            // A field that only this action has was empty before, whatever the other made of it.
            let before = before.filter(|_| old.action.fields().contains(field));
            if before == after {
                continue;
            }
            if many {
                own(&mut subject.own, *field, after);
            } else {
                self.form.mend(*field, after);
            }
        }
    }

    /// Where the old place is gone, the focus goes to what is to be mended next, else to what was changed; never to a
    /// field that is typed in: the next chord may be the one that mends, and would be a letter there.
    pub(super) fn keep_the_focus(&mut self) {
        if self.stops().contains(&self.focus) {
            return;
        }
        let mut fields = self.fields();
        fields.retain(|field| !spec::is_typed_in(*field));
        let said = self.said();
        let open = |field: &&Field| said.iter().any(|one| one.field == **field && one.can_be_mended());
        let changed = |field: &&Field| self.form.mended.contains(*field);
        let to = fields.iter().find(open).or_else(|| fields.iter().find(changed)).or(fields.first());
        self.focus = to.copied().unwrap_or(Field::Snapshot);
    }

    pub(super) fn can_leave_out(&self) -> bool {
        let blocked = self.subjects.iter().filter(|subject| subject.errors() > 0).count();
        self.is_many() && blocked > 0 && blocked < self.subjects.len()
    }

    /// Leaves out the snapshots that cannot be done.
    pub(super) fn leave_out(&mut self) -> Reply {
        if !self.can_leave_out() {
            return Reply::Stay;
        }
        self.keep();
        let all = self.subjects.len();
        self.subjects.retain(|subject| subject.errors() == 0);
        self.settle();
        let left_out = all - self.subjects.len();
        let words = format!("{} left out: undo brings them back", count(left_out, "snapshot"));
        Reply::Do(Command::Tell(Notice::good(words)))
    }
}

fn own(values: &mut BTreeMap<Field, Value>, field: Field, value: Option<&Value>) {
    // An own empty text is told apart from none: it takes the shared one away.
    let value = value.cloned().unwrap_or(Value::Text(String::new()));
    values.insert(field, value);
}
