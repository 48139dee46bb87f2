//! What stands behind the name of a field: what it holds, what that is, or what it means that it holds nothing.

use crate::domain::{
    AccountId, Action, Answer, Fact, Field, Inventory, KeyManager, KeyState, Question, Shown, Value,
};

use super::super::super::prose::{Line, Piece, Tone};
use super::super::super::tree::tint_of;
use super::super::super::words::count;
use super::Dialog;
use super::items::account;
use super::spec::{Control, control, empty};

impl Dialog {
    /// The value of a field that is not typed in, or that has not the focus; a line each.
    pub(super) fn shown(&self, field: Field, inventory: &Inventory) -> Vec<Line> {
        let mut lines = match control(field) {
            Control::Switch => vec![vec![if self.form.holds(field) {
                Piece::new(Tone::Accent, "yes")
            } else {
                Piece::new(Tone::Dim, "no")
            }]],
            Control::Word(words) => {
                let held = self.form.line(field);
                let (value, word) =
                    words.iter().find(|(value, _)| *value == held.text()).unwrap_or(&words[0]);
                let tone = match *value {
                    "" => Tone::Dim,
                    "public" => Tone::Danger,
                    _ => Tone::Accent,
                };
                vec![vec![Piece::new(tone, word)]]
            }
            Control::Several(_) => self.accounts_of(field, inventory),
            Control::Text | Control::Texts | Control::Tags | Control::One(_) => {
                let held = self.form.line(field);
                if held.text().is_empty() {
                    vec![self.nothing(field, inventory)]
                } else {
                    vec![self.described(field, held.text(), inventory)]
                }
            }
        };
        if let (Some(own), Some(first)) = (self.owned(field), lines.first_mut()) {
            first.push(own);
        }
        if let (true, Some(first)) = (self.form.mended.contains(&field), lines.first_mut()) {
            first.push(Piece::new(Tone::Accent, "  changed"));
        }
        lines
    }

    fn accounts_of(&self, field: Field, inventory: &Inventory) -> Vec<Line> {
        let texts = self.form.several(field);
        if texts.is_empty() {
            return vec![vec![Piece::new(Tone::Dim, empty(field))]];
        }
        let line = |text: &String| match text.trim().parse::<AccountId>() {
            Ok(id) => {
                let item = account(id, inventory);
                let tone = tint_of(inventory, id).map_or(Tone::Plain, Tone::Tint);
                vec![
                    Piece::new(tone, format!("{} ", item.label)),
                    Piece::plain(format!("{id} ")),
                    Piece::new(item.state.1, item.state.0),
                ]
            }
            Err(_) => vec![Piece::new(Tone::Danger, Shown::from(text.as_str()))],
        };
        texts.iter().map(line).collect()
    }

    /// What an empty field comes to.
    fn nothing(&self, field: Field, inventory: &Inventory) -> Line {
        let one = match &self.subjects[..] {
            [one] => Some(one),
            _ => None,
        };
        let text = match (field, one) {
            (Field::ToAccount, Some(one)) => {
                let id = one.draft.by;
                let name = inventory.account_name(id).map_or_else(|| id.to_string(), ToString::to_string);
                format!("{name} {id}, as now")
            }
            (Field::ToRegion, Some(one)) => format!("{}, as now", one.snapshot.scope.region),
            (Field::ToAccount | Field::ToRegion, None) => "each where it is".to_owned(),
            (Field::Name | Field::Db | Field::Task, Some(one)) => match &one.derived.name {
                Some(name) => {
                    return vec![
                        Piece::plain(Shown::from(name.as_str())),
                        Piece::new(Tone::Dim, "  proposed"),
                    ];
                }
                None => String::new(),
            },
            (Field::KmsKey, _) if matches!(self.asked, Action::Copy | Action::Restore) => {
                "as the snapshot has it".to_owned()
            }
            (Field::FirstKey, _) => "as the snapshot has it".to_owned(),
            (field, _) => empty(field).to_owned(),
        };
        vec![Piece::new(Tone::Dim, text)]
    }

    /// What a field holds, and what is known of that.
    fn described(&self, field: Field, text: &str, inventory: &Inventory) -> Line {
        let mut line = vec![Piece::plain(Shown::from(text))];
        match field {
            Field::ToAccount => {
                if let Ok(id) = text.trim().parse() {
                    let item = account(id, inventory);
                    let tone = tint_of(inventory, id).map_or(Tone::Plain, Tone::Tint);
                    return vec![
                        Piece::new(tone, format!("{} ", item.label)),
                        Piece::plain(format!("{id} ")),
                        Piece::new(item.state.1, item.state.0),
                    ];
                }
            }
            Field::KmsKey | Field::FirstKey => line.extend(self.about_key(field, text)),
            Field::ToRegion => {
                let place = crate::domain::Region::new(text).place();
                line.extend(place.map(|place| Piece::new(Tone::Dim, format!("  {}", place.city))));
            }
            _ => {}
        }
        line
    }

    fn about_key(&self, field: Field, text: &str) -> Option<Piece> {
        let derived = &self.subjects.first()?.derived;
        let scope = if field == Field::KmsKey { derived.to.clone()? } else { derived.first.clone()? };
        let region = scope.region.clone();
        Some(match self.facts.get(&Question::Key(scope, text.trim().to_owned())) {
            Fact::Known { value: Answer::Key(Some(key)), .. } => {
                let (tone, state) = match &key.state {
                    KeyState::Enabled => (Tone::Dim, "enabled".to_owned()),
                    KeyState::Disabled => (Tone::Danger, "disabled".to_owned()),
                    KeyState::PendingDeletion => (Tone::Danger, "will be deleted".to_owned()),
                    KeyState::Other(word) => (Tone::Doubt, word.to_string()),
                };
                let manager = match key.manager {
                    KeyManager::Aws => "default key",
                    KeyManager::Customer => "customer key",
                };
                Piece::new(tone, format!("  {manager}, {state}, {region}"))
            }
            Fact::Known { .. } => Piece::new(Tone::Danger, format!("  not there in {region}")),
            Fact::Failed(_) => Piece::new(Tone::Doubt, "  not known: AWS did not say"),
            Fact::Unasked => Piece::new(Tone::Dim, "  checking…"),
        })
    }

    /// That some of several have a value of their own.
    fn owned(&self, field: Field) -> Option<Piece> {
        let own: Vec<&Value> = self.subjects.iter().filter_map(|subject| subject.own.get(&field)).collect();
        let first = own.first()?;
        let same = own.iter().all(|value| value == first);
        let what = match first {
            Value::Text(text) if same && text.is_empty() => "none".to_owned(),
            Value::Text(text) if same => Shown::from(text.as_str()).to_string(),
            Value::On => "yes".to_owned(),
            _ => "one each".to_owned(),
        };
        Some(Piece::new(Tone::Accent, format!("  changed for {}: {what}", count(own.len(), "snapshot"))))
    }
}
