//! What an action is to reach, as the command line says it: the same words for every command that takes an action.
//!
//! An option is named as its field, and its text goes into the draft as it was typed: what is wrong with it is
//! for the rules to say, with a way out. Only what cannot be a draft at all is a usage error.

mod arguments;
mod snapshot;

use crate::domain::{AccountId, Action, Draft, Field, Region, SnapshotArn, Value};

pub(super) use arguments::GoalArguments;
pub use snapshot::NamedSnapshot;

/// An action on a snapshot that has not been looked for yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The action.
    pub action: Action,
    /// The snapshot, as it was named.
    pub snapshot: NamedSnapshot,
    /// What was typed into the fields.
    pub values: Vec<(Field, Value)>,
}

impl Goal {
    /// The text of a field, if one was typed.
    pub(super) fn text(&self, field: Field) -> Option<&str> {
        self.values.iter().find_map(|(typed, value)| match value {
            Value::Text(text) if *typed == field => Some(text.as_str()),
            _ => None,
        })
    }

    /// The region of the snapshot, where it was named by its ARN.
    pub(super) fn region(&self) -> Option<Region> {
        match &self.snapshot {
            NamedSnapshot::Arn(arn) => Some(Region::new(arn.region())),
            NamedSnapshot::Name(_) => None,
        }
    }

    /// The draft of it, once it is known which snapshot is meant and who looks at it.
    pub(super) fn draft(&self, snapshot: SnapshotArn, by: AccountId) -> Draft {
        let draft = Draft::new(self.action, snapshot, by);
        self.values.iter().fold(draft, |draft, (field, value)| draft.with(*field, value.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::arguments::Arguments;
    use crate::cli::invocation::{Command, Invocation};

    fn goal(line: &str) -> Result<Goal, clap::Error> {
        let words = ["snapdeck", "check"].into_iter().chain(line.split_whitespace());
        match Invocation::read(words)?.command {
            Command::Check(check) => Ok(check.goal),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_option_is_a_field_of_its_action_and_the_other_way_round() {
        let command = Arguments::command();
        let globals: BTreeSet<_> =
            command.get_arguments().map(|argument| argument.get_id().clone()).collect();
        let check = command.find_subcommand("check").expect("check");
        for action in Action::ALL {
            let own = check.find_subcommand(action.name()).expect("every action");
            let options = own.get_arguments().filter(|argument| !globals.contains(argument.get_id()));
            let options: BTreeSet<&str> = options.filter_map(clap::Arg::get_long).collect();
            // The rest of the long way is the planner's.
            let is_typed = |field: &&Field| **field == Field::KeyAccess || !Field::OF_A_PLAN.contains(field);
            let fields = action.fields().iter().filter(is_typed);
            let named = fields.flat_map(|field| match field {
                Field::Visibility => vec!["public", "private"],
                field => vec![field.name()],
            });
            let named: BTreeSet<&str> = named.chain(["snapshot"]).collect();
            assert_eq!(options, named, "{}", action.name());
        }
    }

    #[test]
    fn what_was_typed_goes_into_the_draft_as_it_is() {
        let goal =
            goal("copy --snapshot orders --to-account 12 --to-region us_1 --copy-tags --tag a=b=c --tag d=");
        let goal = goal.expect("a goal");
        let snapshot: SnapshotArn =
            "arn:aws:rds:us-east-1:111111111111:snapshot:orders".parse().expect("an ARN");
        let draft = goal.draft(snapshot.clone(), snapshot.account());
        assert_eq!(draft.text(Field::ToAccount), Some("12"));
        assert_eq!(goal.text(Field::ToRegion), Some("us_1"));
        assert!(draft.is_on(Field::CopyTags));
        let tags: Vec<_> = draft.tags(Field::Tags).iter().map(|t| (t.key.exact(), t.value.exact())).collect();
        assert_eq!(tags, [("a", "b=c"), ("d", "")]);
    }

    #[test]
    fn lists_are_repeated_or_joined_by_commas() {
        let goal =
            goal("share --snapshot s --with 1,22222222222 --with 3 --remove 4 --private").expect("a goal");
        let list = |texts: &[&str]| Value::List(texts.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(
            goal.values,
            [
                (Field::With, list(&["1", "22222222222", "3"])),
                (Field::Remove, list(&["4"])),
                (Field::Visibility, Value::Text("private".to_owned())),
            ]
        );
    }

    #[test]
    fn public_is_who_reads_a_snapshot_and_who_reaches_a_database() {
        let shared = goal("share --snapshot s --public").expect("a goal").values;
        assert_eq!(shared, [(Field::Visibility, Value::Text("public".to_owned()))]);
        let restored = goal("restore --snapshot s --db x --public --multi-az").expect("a goal").values;
        assert!(restored.contains(&(Field::PubliclyAccessible, Value::On)));
        assert!(goal("share --snapshot s --public --private").is_err());
    }

    #[test]
    fn what_cannot_be_a_draft_is_a_usage_error() {
        for line in [
            "copy",
            "copy --snapshot",
            "copy --snapshot s --name=",
            "share --snapshot s --with 1,,2",
            "copy --snapshot s --tag k",
            "delete --snapshot s --name x",
            "delete --snapshot s --key-access grant",
            "encrypt --snapshot s --kms-key k --key-access grant",
            "share --snapshot s --with 1 --key-access both",
            "export --snapshot arn:aws:s3:::bucket",
            "upgrade --snapshot s",
            "",
        ] {
            assert_eq!(goal(line).expect_err(line).exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn global_options_stand_anywhere_around_the_action() {
        let read = |line: &str| Invocation::read(line.split(' ')).expect(line);
        let before = read("snapdeck --demo --profile a,b check --format json delete --snapshot s");
        for line in [
            "snapdeck check --demo --profile a,b --format json delete --snapshot s",
            "snapdeck check delete --snapshot s --demo --profile a,b --format json",
            "snapdeck --profile a check --profile b delete --demo --snapshot s --format json",
        ] {
            assert_eq!(read(line), before, "{line}");
        }
    }
}
