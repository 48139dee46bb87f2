//! The fields of the filter language: their names, and the words that some of them take.
//!
//! A name stands here once; the reader, the suggestions and the completions all take it from here.

use super::mistake::suggestion;
use super::pattern::{Pattern, has_wildcard};

/// A field of the filter language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// One text of a row, or several.
    Text(TextField),
    /// One of a few words.
    Choice(Choice),
    /// A quantity that can be compared.
    Measure(Measure),
    /// A tag: its key, or its key and value.
    Tag,
}

/// The fields that hold a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextField {
    Name,
    Arn,
    Db,
    Engine,
    Version,
    Key,
    With,
    Account,
    Owner,
    Region,
    Status,
    OptionGroup,
    Storage,
}

/// The fields that hold one of a few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Type,
    Kind,
    Family,
    Enc,
    Share,
    Origin,
    Is,
}

/// The fields that hold a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// The age of the data.
    Age,
    /// The time of the data.
    Data,
    /// When the snapshot was made.
    Created,
    /// The size.
    Size,
}

/// Every field with its names, the first of them the one that is suggested.
const FIELDS: [(Field, &[&str]); 25] = [
    (Field::Text(TextField::Name), &["name", "id"]),
    (Field::Text(TextField::Arn), &["arn"]),
    (Field::Text(TextField::Db), &["db", "source", "source-db"]),
    (Field::Text(TextField::Engine), &["engine"]),
    (Field::Text(TextField::Version), &["version"]),
    (Field::Choice(Choice::Type), &["type"]),
    (Field::Choice(Choice::Kind), &["kind"]),
    (Field::Choice(Choice::Family), &["family"]),
    (Field::Choice(Choice::Enc), &["enc", "encryption"]),
    (Field::Text(TextField::Key), &["key", "kms"]),
    (Field::Choice(Choice::Share), &["share", "shared"]),
    (Field::Text(TextField::With), &["with"]),
    (Field::Choice(Choice::Origin), &["origin"]),
    (Field::Text(TextField::Account), &["account"]),
    (Field::Text(TextField::Owner), &["owner"]),
    (Field::Text(TextField::Region), &["region"]),
    (Field::Text(TextField::Status), &["status"]),
    (Field::Measure(Measure::Age), &["age"]),
    (Field::Measure(Measure::Data), &["data", "date"]),
    (Field::Measure(Measure::Created), &["created"]),
    (Field::Measure(Measure::Size), &["size"]),
    (Field::Text(TextField::OptionGroup), &["option-group", "options"]),
    (Field::Text(TextField::Storage), &["storage"]),
    (Field::Tag, &["tag"]),
    (Field::Choice(Choice::Is), &["is"]),
];

impl Field {
    /// The field of a name; else what to say of the name.
    pub(super) fn of_name(name: &str) -> Result<Self, String> {
        let name = name.to_ascii_lowercase().replace('_', "-");
        if let Some((field, _)) = FIELDS.iter().find(|(_, names)| names.contains(&name.as_str())) {
            return Ok(*field);
        }
        let names = FIELDS.iter().flat_map(|(_, names)| names.iter().copied());
        Err(match suggestion(&name, names) {
            Some(meant) => format!("unknown field \"{name}\": did you mean \"{meant}\"?"),
            None => format!("unknown field \"{name}\"; put quotes around a word with a colon"),
        })
    }

    /// The names that are offered, one a field.
    pub(super) fn offered() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(_, names)| names[0])
    }

    /// The name that it is called by.
    pub(super) fn name(self) -> &'static str {
        let named = FIELDS.iter().find(|(field, _)| *field == self);
        named.map(|(_, names)| names[0]).expect("BUG: a field of the filter language has no name")
    }
}

impl Choice {
    /// The words of the field, each with others for the same.
    fn words(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Self::Type => &[("manual", &[]), ("automated", &["auto"]), ("awsbackup", &["backup"])],
            Self::Kind => &[("instance", &[]), ("cluster", &[])],
            Self::Family => &[
                ("rds", &[]),
                ("aurora", &[]),
                ("multi-az-cluster", &[]),
                ("neptune", &[]),
                ("documentdb", &["docdb"]),
                ("rds-custom", &["custom"]),
            ],
            Self::Enc => &[
                ("none", &["unencrypted"]),
                ("aws-owned", &["awsown", "sse-rds"]),
                ("aws-managed", &["aws/rds", "default"]),
                ("customer", &["cmk"]),
                ("unknown", &[]),
            ],
            Self::Share => {
                &[("private", &[]), ("shared", &[]), ("public", &[]), ("n/a", &["na", "-"]), ("unknown", &[])]
            }
            Self::Origin => &[("own", &[]), ("shared", &[]), ("public", &[])],
            Self::Is => &[("problem", &[]), ("stale", &[]), ("mine", &[]), ("foreign", &[])],
        }
    }

    /// The words that a value stands for, as rows spell them; else what to say of the value.
    pub(super) fn understand(self, value: &str) -> Result<Vec<&'static str>, String> {
        let pattern = Pattern::new(value);
        let meant = |(word, others): &(&'static str, &'static [&'static str])| {
            let fits = pattern.fits(word) || others.iter().any(|other| pattern.fits(other));
            fits.then_some(*word)
        };
        let found: Vec<_> = self.words().iter().filter_map(meant).collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let (field, shown) = (Field::Choice(self).name(), crate::domain::Shown::from(value));
        let all = self
            .words()
            .iter()
            .flat_map(|(word, others)| std::iter::once(*word).chain(others.iter().copied()));
        Err(if let Some(meant) = suggestion(value, all).filter(|_| !has_wildcard(value)) {
            format!("unknown value \"{shown}\" of {field}: did you mean \"{meant}\"?")
        } else {
            // The value stands beside it wherever it is read; that all words fit on a line matters more.
            let known: Vec<_> = self.offered().collect();
            let (last, others) = known.split_last().expect("BUG: a field takes no word at all");
            format!("{field} is {} or {last}", others.join(", "))
        })
    }

    /// The words that are offered.
    pub(super) fn offered(self) -> impl Iterator<Item = &'static str> {
        self.words().iter().map(|(word, _)| *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<_> = FIELDS.iter().flat_map(|(_, names)| *names).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn a_word_with_wildcards_stands_for_all_that_it_fits() {
        assert_eq!(Choice::Enc.understand("aws-*"), Ok(vec!["aws-owned", "aws-managed"]));
        assert_eq!(Choice::Enc.understand("CMK"), Ok(vec!["customer"]));
        assert!(
            Choice::Enc
                .understand("x*")
                .is_err_and(|say| say == "enc is none, aws-owned, aws-managed, customer or unknown")
        );
    }
}
