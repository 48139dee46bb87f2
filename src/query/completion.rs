//! What the filter line can go on with: fields, and the values that a field has in the inventory.
//!
//! What is offered completes what stands before the cursor, and every whole term that is offered is understood.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::{Encryption, Inventory, Row, Tag, is_hidden};

use super::field::{Field, TextField};
use super::pattern::{Pattern, fold};
use super::token::term_start;

/// As many as a reader can take in.
const LIMIT: usize = 50;

/// The term that the cursor stands in, from its begin to the cursor: what a completion replaces.
pub fn word_at(text: &str, cursor: usize) -> Range<usize> {
    let cursor = text.floor_char_boundary(cursor);
    term_start(&text[..cursor])..cursor
}

/// What the term before the cursor ([`word_at`]) can be completed to, as whole terms; a field ends in its colon.
pub fn completions(text: &str, cursor: usize, inventory: &Inventory) -> Vec<String> {
    let typed = &text[word_at(text, cursor)];
    let (sign, typed) = typed.split_at(usize::from(typed.starts_with('!')));
    let Some((name, value)) = typed.split_once(':') else {
        let fields = Field::offered().filter(|field| field.starts_with(&fold(typed)));
        return fields.map(|field| format!("{sign}{field}:")).collect();
    };
    let Ok(field) = Field::of_name(name) else { return Vec::new() };
    let (before, last) =
        value.rsplit_once(',').map_or(("", value), |(before, last)| (&value[..=before.len()], last));
    let mut found = Found { prefix: fold(&last.replace('"', "")), values: BTreeSet::new(), tags: None };
    match field {
        Field::Choice(choice) => choice.offered().for_each(|word| found.offer(word)),
        Field::Measure(_) => {}
        Field::Tag => inventory.rows().for_each(|(_, row)| found.offer_tags(row)),
        Field::Text(field) => inventory.rows().for_each(|(_, row)| found.offer_texts(field, row, inventory)),
    }
    let whole = |value: String| format!("{sign}{name}:{before}{}", quoted(value));
    found.values.into_iter().take(LIMIT).map(whole).collect()
}

fn quoted(value: String) -> String {
    let plain = !value.contains(|c: char| c.is_whitespace() || c == ',');
    if plain { value } else { format!("\"{value}\"") }
}

/// Whether a value can stand in a filter: nothing hides in it, and no quote ends it early.
fn is_writable(value: &str) -> bool {
    !value.is_empty() && !value.contains('"') && !value.chars().any(is_hidden)
}

/// The values found so far that begin with what was typed.
struct Found {
    prefix: String,
    values: BTreeSet<String>,
    /// The tags that were looked at last: neighbours mostly have them in common.
    tags: Option<Arc<[Tag]>>,
}

impl Found {
    fn offer(&mut self, value: &str) {
        if self.fits(value) && !self.values.contains(value) && is_writable(value) {
            self.values.insert(value.to_owned());
        }
    }

    fn fits(&self, value: &str) -> bool {
        let begin = value.get(..self.prefix.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(&self.prefix))
            || (!value.is_ascii() && fold(value).starts_with(&self.prefix))
    }

    /// Keys at first; with the sign behind a key, its values.
    fn offer_tags(&mut self, row: &Row) {
        let tags = &row.snapshot.tags;
        if self.tags.as_ref().is_some_and(|before| Arc::ptr_eq(before, tags)) {
            return;
        }
        self.tags = Some(Arc::clone(tags));
        let key = self.prefix.split_once('=').map(|(key, _)| Pattern::new(key));
        for tag in tags.iter() {
            match &key {
                None => self.offer(tag.key.exact()),
                Some(key) if key.fits(tag.key.exact()) => {
                    self.offer(&format!("{}={}", tag.key.exact(), tag.value.exact()));
                }
                Some(_) => {}
            }
        }
    }

    fn offer_texts(&mut self, field: TextField, row: &Row, inventory: &Inventory) {
        let snapshot = &row.snapshot;
        let mut account = |id| match inventory.account_name(id) {
            Some(name) => self.offer(name.exact()),
            None => self.offer(&id.to_string()),
        };
        match field {
            TextField::Account => account(snapshot.scope.account),
            TextField::Owner => account(snapshot.owner()),
            TextField::With => snapshot.share.accounts().iter().copied().for_each(account),
            TextField::Name => self.offer(snapshot.arn.exact_name()),
            TextField::Arn => self.offer(&snapshot.arn.exact()),
            TextField::Db => self.offer(snapshot.source_db.exact()),
            TextField::Engine => self.offer(snapshot.engine.exact()),
            TextField::Version => self.offer(snapshot.engine_version.exact()),
            TextField::Region => self.offer(snapshot.scope.region.name()),
            TextField::Status => self.offer(snapshot.status.exact()),
            TextField::OptionGroup => snapshot.option_group.iter().for_each(|name| self.offer(name.exact())),
            TextField::Storage => snapshot.storage_type.iter().for_each(|name| self.offer(name.exact())),
            TextField::Key => {
                if let Encryption::Kms(arn) = &snapshot.encryption
                    && let Some(key) = inventory.key(arn)
                {
                    key.aliases
                        .iter()
                        .for_each(|alias| self.offer(alias.exact().trim_start_matches("alias/")));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyManager, KeyState};
    use crate::query::Filter;
    use crate::query::fixture::{Fleet, named};

    fn fleet() -> Fleet {
        let mut fleet = Fleet::new();
        fleet.read(
            "us-east-1",
            [
                named("a").tags(&[("env", "prod"), ("team", "x y")]).key("c"),
                named("b").tags(&[("env", "test")]).shared_with(&[2, 9]).cluster("aurora-mysql"),
            ],
        );
        fleet.learn_key("c", KeyManager::Customer, KeyState::Enabled, "alias/dba");
        fleet
    }

    #[test]
    fn fields_and_their_values_are_offered_from_what_is_there() {
        let fleet = fleet();
        let table: [(&str, &[&str]); 13] = [
            ("en", &["engine:", "enc:"]),
            ("orders !kin", &["!kind:"]),
            ("enc:aws", &["enc:aws-managed", "enc:aws-owned"]),
            ("enc:none,cu", &["enc:none,customer"]),
            ("Engine:AUR", &["Engine:aurora-mysql"]),
            ("account:", &["account:prod"]),
            ("with:", &["with:999999999999", "with:dr"]),
            ("tag:", &["tag:env", "tag:team"]),
            ("tag:env=", &["tag:env=prod", "tag:env=test"]),
            ("tag:team=", &["tag:\"team=x y\""]),
            ("!tag:\"team=x ", &["!tag:\"team=x y\""]),
            ("key:", &["key:dba"]),
            ("colour:", &[]),
        ];
        for (text, expect) in table {
            assert_eq!(completions(text, text.len(), &fleet.inventory), expect, "{text}");
        }
    }

    #[test]
    fn a_completion_replaces_what_stands_before_the_cursor() {
        let text = "orders enc:aw size:<5";
        assert_eq!(word_at(text, 13), 7..13);
        assert_eq!(completions(text, 13, &fleet().inventory).len(), 2);
        assert_eq!(word_at("é", 1), 0..0, "never within a character");
        assert_eq!(word_at("a", 99), 0..1);
        assert_eq!(word_at("x tag:\"a b", 10), 2..10, "a blank in quotes separates nothing");
    }

    #[test]
    fn whole_terms_that_are_offered_are_understood() {
        let fleet = fleet();
        for field in Field::offered() {
            for term in completions(&format!("{field}:"), field.len() + 1, &fleet.inventory) {
                assert!(Filter::parse(&term).is_ok(), "{term}");
            }
        }
    }
}
