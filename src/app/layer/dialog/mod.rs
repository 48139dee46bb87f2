//! The dialogs: what is to be done with one snapshot or with many, judged while it is filled in.
//!
//! Invariants: what is on the screen follows from the form and the facts alone; a fact is asked once and never by
//! a keystroke of its own; nothing leaves but by the last screen, and there only what it shows.

mod affected;
mod before;
mod change;
mod findings;
mod form;
mod hand;
mod header;
mod items;
mod last;
mod outcome;
mod picker;
mod sheets;
mod spec;
mod subject;
mod values;

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{self, AccountId, Action, Draft, Facts, Fault, Field, Inventory, Question, Row};
use crate::input::{self, Context, Keymap};
use crate::plan::{Choice, Plan};
use crate::rules::{Severity, others, way};

use self::before::Before;

use self::form::Form;
pub(in super::super) use self::hand::Around;
pub(super) use self::hand::facts_about;
use self::hand::{copied, saved};
use self::last::Last;
use self::picker::{Picked, Picker};
use self::subject::{Claims, Subject};
use super::super::command::Command;
use super::super::deck::Deck;
use super::super::message::Notice;
use super::super::together::to_each;
use super::super::words::count;
use super::{Asks, Press, Reply, Scroll};

/// How many snapshots a dialog takes: all of them are judged at every keystroke.
pub(in super::super) const MOST: usize = 200;

/// A dialog.
#[derive(Debug, Clone)]
pub(in super::super) struct Dialog {
    asked: Action,
    subjects: Vec<Subject>,
    form: Form,
    facts: Facts,
    around: Around,
    focus: Field,
    undo: Vec<Before>,
    /// The field whose text is being typed: its keystrokes are one change.
    typing: Option<Field>,
    over: Over,
    /// Whether what will happen has all the room.
    whole_plan: bool,
    scroll: Scroll,
    ahead: Option<Ahead>,
}

/// What lies over the fields.
#[derive(Debug, Clone)]
enum Over {
    Nothing,
    Picker(Picker),
    Affected(Scroll),
    Last(Box<Last>),
}

/// What is known of other ways than the draft's own: where the ways out lead that are offered now, or, where nothing
/// blocks, why it is this plan and not another.
#[derive(Debug, Clone)]
struct Ahead {
    plan: Option<Plan>,
    choice: Option<Choice>,
    questions: Vec<Question>,
}

impl Asks for Dialog {
    fn questions(&self) -> BTreeSet<Question> {
        let judged = self.subjects.iter().flat_map(|subject| &subject.review.questions);
        let ahead = self.ahead.iter().flat_map(|ahead| &ahead.questions);
        let listed = match &self.over {
            Over::Picker(picker) => items::question(picker.source(), &self.subjects),
            Over::Nothing | Over::Affected(_) | Over::Last(_) => None,
        };
        // Who can read it is shown and can be taken from before the rules need to know: what was listed may be old.
        let readers = self.subjects.iter().filter_map(items::readers).filter(|_| self.asked == Action::Share);
        let unasked = |question: &Question| self.facts.get(question) == domain::Fact::Unasked;
        judged.chain(ahead).cloned().chain(listed).chain(readers).filter(unasked).collect()
    }

    fn learn(&mut self, question: Question, answer: Result<domain::Answer, Fault>, at: Timestamp) {
        let waits = |subject: &Subject| subject.review.questions.contains(&question);
        let waiting: Vec<bool> = self.subjects.iter().map(waits).collect();
        self.facts.learn(question, answer, at);
        self.settle_where(|n| waiting.get(n).copied().unwrap_or(true));
    }
}

impl Dialog {
    /// Opens the dialog of an action on these snapshots, at least one.
    pub(in super::super) fn new(
        action: Action,
        rows: &[&Row],
        inventory: &Inventory,
        around: Around,
    ) -> Self {
        let subjects = rows.iter().map(|row| Subject::new(action, row.snapshot.clone())).collect();
        let mut dialog = Self {
            asked: action,
            subjects,
            form: Form::default(),
            facts: facts_about(inventory),
            around,
            focus: Field::Snapshot,
            undo: Vec::new(),
            typing: None,
            over: Over::Nothing,
            whole_plan: false,
            scroll: Scroll::default(),
            ahead: None,
        };
        dialog.settle();
        dialog.focus = dialog.fields().first().copied().unwrap_or(Field::Snapshot);
        dialog
    }

    pub(super) fn context(&self) -> Context {
        match &self.over {
            Over::Picker(_) => Context::FormPicker,
            Over::Affected(_) => Context::Affected,
            Over::Last(last) if last.is_typed_in() => Context::LastTyped,
            Over::Last(_) => Context::Last,
            Over::Nothing if self.is_typed_in() => Context::FormText,
            Over::Nothing => Context::Form,
        }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck, keymap: &Keymap) -> Reply {
        match &mut self.over {
            Over::Nothing => self.press_form(press, deck, keymap),
            Over::Picker(picker) => {
                let items = items::items(picker.source(), &self.subjects, &self.facts, &deck.inventory);
                match picker.press(press, &items) {
                    Picked::Open => {}
                    Picked::Nothing => self.over = Over::Nothing,
                    Picked::These(texts) => {
                        let field = picker.field();
                        self.over = Over::Nothing;
                        self.pick(field, texts);
                    }
                }
                Reply::Stay
            }
            Over::Affected(_) => self.press_affected(press, deck),
            Over::Last(last) => {
                let last::Pressed { reply, leaves } = last.press(press, deck, &self.around.shell);
                if leaves {
                    self.over = Over::Nothing;
                }
                reply
            }
        }
    }

    fn press_form(&mut self, press: Press<'_>, deck: &Deck, keymap: &Keymap) -> Reply {
        use input::Action as A;
        let action = match press {
            Press::Text(text) => {
                self.type_in(text);
                return Reply::Stay;
            }
            Press::Action(action) => action,
        };
        match action {
            A::Back if self.whole_plan => self.whole_plan = false,
            A::Back => return Reply::Close,
            A::NextField => self.step(1),
            A::PreviousField => self.step(-1),
            A::Choose => self.choose(),
            A::Fix => self.take_next(),
            A::FixAll => self.take_all(),
            A::Undo => self.take_back(),
            A::Plan => self.whole_plan = !self.whole_plan,
            A::PageUp | A::PageDown => self.scroll_plan(action, deck, keymap),
            A::Affected if self.is_many() => self.over = Over::Affected(Scroll::default()),
            A::LeaveOut => return self.leave_out(),
            A::CopyCommands => return self.copy_commands(),
            A::SaveScript => return self.save_script(),
            A::Help => return Reply::Do(Command::OpenHelp),
            A::Review => return self.review(),
            action => self.edit(action),
        }
        Reply::Stay
    }

    /// Whether an action would do something here and now.
    pub(super) fn can(&self, action: input::Action, deck: &Deck) -> bool {
        use input::Action as A;
        match (&self.over, action) {
            (Over::Picker(picker), A::Toggle | A::ToggleAll) => picker.is_of_several(),
            (Over::Last(last), action) => last.can(action, deck),
            (Over::Affected(_) | Over::Nothing, A::LeaveOut) => self.can_leave_out(),
            (Over::Affected(scroll), action) => self.can_scroll(*scroll, action, deck),
            (Over::Nothing, A::Fix) => self.next_fix().is_some(),
            (Over::Nothing, A::FixAll) => self.fixes() > 1,
            (Over::Nothing, A::Undo) => !self.undo.is_empty(),
            (Over::Nothing, A::Affected) => self.is_many(),
            (Over::Nothing, A::CopyCommands | A::SaveScript) => self.plans().next().is_some(),
            (Over::Nothing, A::NextField | A::PreviousField) => self.stops().len() > 1,
            (Over::Nothing, A::Choose) if self.is_typed_in() => spec::names(self.focus).is_some(),
            (Over::Nothing, A::Choose) => self.focus != Field::Snapshot,
            _ => true,
        }
    }

    /// Whether text can be pasted here.
    pub(super) fn is_typed_in(&self) -> bool {
        spec::is_typed_in(self.focus)
    }

    fn is_many(&self) -> bool {
        self.subjects.len() > 1
    }

    /// The action whose fields are shown: what is done with all of them, else what was asked for.
    fn action(&self) -> Action {
        let mut actions = self.subjects.iter().map(|subject| subject.draft.action);
        let first = actions.next().unwrap_or(self.asked);
        if actions.all(|action| action == first) { first } else { self.asked }
    }

    /// The accounts that any of the snapshots is shared with.
    fn shared_with(&self) -> Vec<AccountId> {
        items::shared_with(&self.subjects, &self.facts)
    }

    /// The fields that are shown, in order.
    fn fields(&self) -> Vec<Field> {
        let action = self.action();
        let applies = |field: &Field| {
            self.subjects.iter().any(|subject| spec::has(action, &subject.snapshot, *field))
                && !(self.is_many() && spec::is_own(*field))
                && (*field != Field::Remove || self.form.holds(*field) || !self.shared_with().is_empty())
        };
        let is_in_use = |field: &Field| {
            let owned = |subject: &Subject| subject.own.contains_key(field);
            let named = |subject: &Subject| {
                let about = |finding: &crate::rules::Finding| {
                    finding.field == *field && finding.severity > Severity::Info
                };
                subject.review.findings.iter().any(about)
            };
            self.form.holds(*field) || self.subjects.iter().any(|subject| owned(subject) || named(subject))
        };
        let always = spec::fields(self.asked, action).iter();
        let long_way =
            spec::LONG_WAY.iter().filter(|field| action.fields().contains(field) && is_in_use(field));
        long_way.chain(always).copied().filter(applies).collect()
    }

    /// Where the focus can be: the fields, and the snapshot where something is said of it.
    fn stops(&self) -> Vec<Field> {
        let fields = self.fields();
        let top = fields.is_empty()
            || self.said().iter().any(|said| said.field == Field::Snapshot && said.can_be_mended());
        let top = top.then_some(Field::Snapshot);
        top.into_iter().chain(fields).collect()
    }

    fn step(&mut self, by: isize) {
        self.typing = None;
        let stops = self.stops();
        let at = stops.iter().position(|field| *field == self.focus).unwrap_or(0);
        let len = isize::try_from(stops.len()).unwrap_or(1).max(1);
        let next = (isize::try_from(at).unwrap_or(0) + by).rem_euclid(len);
        self.focus = stops.get(next.unsigned_abs()).copied().unwrap_or(Field::Snapshot);
    }

    /// Judges everything again.
    fn settle(&mut self) {
        self.settle_where(|_| true);
    }

    fn settle_where(&mut self, which: impl Fn(usize) -> bool) {
        let many = self.is_many();
        let (mut claims, mut drafted) = (Vec::new(), Vec::new());
        for (n, subject) in self.subjects.iter_mut().enumerate() {
            let is_drafted = which(n);
            if is_drafted {
                subject.fill_in(&self.form, &self.facts, Claims(many.then_some(&claims)));
            }
            if let (Some(to), Some(name)) = (&subject.derived.to, &subject.derived.name) {
                claims.push((to.clone(), name.to_ascii_lowercase()));
            }
            drafted.extend(is_drafted.then_some(subject));
        }
        let facts = &self.facts;
        to_each(drafted, |subject| subject.judge(facts));
        self.ahead = self.look_ahead();
        self.keep_the_focus();
    }

    /// What is known of other ways, for one snapshot.
    fn look_ahead(&self) -> Option<Ahead> {
        let [subject] = &self.subjects[..] else { return None };
        if let Some(plan) = &subject.plan {
            return Some(self.look_beside(plan, &subject.draft));
        }
        if self.fixes() == 0 {
            return None;
        }
        let review = way(&subject.draft, &self.facts).review;
        let plan = review.request.as_ref().map(|request| crate::plan::compile(request, &self.facts));
        Some(Ahead { plan, choice: None, questions: review.questions })
    }

    /// What another way to the same would take.
    fn look_beside(&self, plan: &Plan, draft: &Draft) -> Ahead {
        let mut ahead = Ahead { plan: None, choice: None, questions: vec![] };
        for other in others(draft, &self.facts) {
            let beside = other.request.map(|request| crate::plan::compile(&request, &self.facts));
            let between = |beside| Choice::between(plan, &beside, other.instead, other.but);
            ahead.choice = ahead.choice.or_else(|| beside.and_then(between));
            ahead.questions.extend(other.questions);
        }
        ahead
    }

    /// The plans of the snapshots that nothing blocks.
    fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.subjects.iter().filter_map(|subject| subject.plan.as_ref())
    }

    /// Goes to the last screen; else to what blocks.
    fn review(&mut self) -> Reply {
        let errors: usize = self.subjects.iter().map(Subject::errors).sum();
        if errors > 0 {
            let first = self.said().into_iter().find(|said| said.finding.severity == Severity::Error);
            let field = first.map_or(Field::Snapshot, |said| said.field);
            self.focus = if self.stops().contains(&field) { field } else { self.focus };
            self.whole_plan = false;
            let what = match count(errors, "thing") {
                one if errors == 1 => format!("{one} blocks"),
                several => format!("{several} block"),
            };
            return Reply::Do(Command::Tell(Notice::bad(what)));
        }
        if !self.questions().is_empty() {
            return Reply::Do(Command::Tell(Notice::bad("AWS is still being asked: in a moment")));
        }
        let plans: Vec<Plan> = self.plans().cloned().collect();
        if plans.len() < self.subjects.len() || plans.is_empty() {
            return Reply::Do(Command::Tell(Notice::bad("there is nothing to be done yet")));
        }
        let choice = self.ahead.as_ref().and_then(|ahead| ahead.choice.as_ref());
        let last = Last::new(self.asked, &self.subjects, (plans, choice), &self.facts, &self.around);
        self.over = Over::Last(Box::new(last));
        Reply::Stay
    }

    fn copy_commands(&self) -> Reply {
        let plans: Vec<&Plan> = self.plans().collect();
        copied(&plans, &self.around.shell)
    }

    fn save_script(&self) -> Reply {
        let plans: Vec<&Plan> = self.plans().collect();
        saved(self.asked, &self.subjects, &plans, &self.around.shell)
    }
}
