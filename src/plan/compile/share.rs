//! A change of who can read a snapshot, as steps.
//!
//! What is given is given to the first copy, where one is made; what is taken away is taken from the snapshot
//! itself. What takes a step back never gives anybody more than was there before.

use crate::domain::{AccountId, Answer, Fact, FirstCopy, KeyAccess, Question, Share, SnapshotArn};
use crate::plan::{Follow, Plan, Purpose, Step};

use super::calls::attribute;
use super::steps::{first_copy, let_use};
use super::words::Words;

/// What an attribute says of everybody.
const EVERYBODY: &str = "all";

/// The change.
pub(super) struct Change<'a> {
    pub(super) snapshot: &'a SnapshotArn,
    pub(super) add: &'a [AccountId],
    pub(super) remove: &'a [AccountId],
    pub(super) public: Option<bool>,
}

impl Change<'_> {
    pub(super) fn plan(
        &self,
        words: &Words<'_>,
        first: Option<&FirstCopy>,
        access: Option<&KeyAccess>,
    ) -> Plan {
        let at = self.snapshot.home();
        let mut steps = vec![];
        let given = match first {
            Some(first) => {
                steps.push(first_copy(self.snapshot, first, &at, words, Purpose::Goal));
                first.arn(self.snapshot.kind(), &at)
            }
            None => self.snapshot.clone(),
        };
        steps.extend(access.into_iter().flat_map(|access| let_use(words, access, Purpose::Goal)));
        let (add, remove) = (self.added(), self.removed());
        if given == *self.snapshot {
            let before = before(words, self.snapshot);
            steps.push(step(words, &given, add, remove, before));
        } else {
            if !add.is_empty() {
                steps.push(step(words, &given, add, vec![], Some(&Share::Private)));
            }
            if !remove.is_empty() {
                let before = before(words, self.snapshot);
                steps.push(step(words, self.snapshot, vec![], remove, before));
            }
        }
        Plan { goal: self.goal(words), steps }
    }

    fn added(&self) -> Vec<String> {
        let everybody = (self.public == Some(true)).then(|| EVERYBODY.to_owned());
        self.add.iter().map(ToString::to_string).chain(everybody).collect()
    }

    fn removed(&self) -> Vec<String> {
        let everybody = (self.public == Some(false)).then(|| EVERYBODY.to_owned());
        self.remove.iter().map(ToString::to_string).chain(everybody).collect()
    }

    fn goal(&self, words: &Words<'_>) -> String {
        let name = self.snapshot.name();
        match (self.public, self.add, self.remove) {
            (Some(true), [], []) => format!("Make {name} public"),
            (Some(false), [], []) => format!("Make {name} private"),
            (None, add, []) => format!("Share {name} with {}", words.accounts(add)),
            (None, [], remove) => format!("Stop sharing {name} with {}", words.accounts(remove)),
            (Some(true), ..) => format!("Make {name} public and change whom it is shared with"),
            (Some(false), ..) => format!("Make {name} private and change whom it is shared with"),
            (None, ..) => format!("Change whom {name} is shared with"),
        }
    }
}

/// Who could read it when it was last asked; `None` when that is not known.
fn before<'a>(words: &Words<'a>, snapshot: &SnapshotArn) -> Option<&'a Share> {
    match words.facts.get(&Question::Attributes(snapshot.home(), snapshot.clone())) {
        Fact::Known { value: Answer::Attributes(share), .. } => Some(share),
        Fact::Known { .. } | Fact::Unasked | Fact::Failed(_) => None,
    }
}

fn step(
    words: &Words<'_>,
    snapshot: &SnapshotArn,
    add: Vec<String>,
    remove: Vec<String>,
    before: Option<&Share>,
) -> Step {
    let had = |value: &String| match before {
        Some(Share::Public(_)) if value == EVERYBODY => Some(true),
        Some(Share::Unknown(_)) | None => None,
        Some(share) => Some(share.accounts().iter().any(|id| id.to_string() == *value)),
    };
    let give_back: Vec<String> = remove.iter().filter(|value| had(value) == Some(true)).cloned().collect();
    let take_back: Vec<String> = add.iter().filter(|value| had(value) != Some(true)).cloned().collect();
    let undo =
        (!give_back.is_empty() || !take_back.is_empty()).then(|| attribute(snapshot, give_back, take_back));
    let (why, rule) = why(words, &add, &remove);
    let list = |word: &str, values: &[String]| match values {
        [] => String::new(),
        values => format!(", {word} {}", values.join(", ")),
    };
    Step {
        essentials: format!("{}{}{}", snapshot.name(), list("add", &add), list("remove", &remove)),
        why,
        rule: Some(rule),
        follows: Follow::Nothing,
        undo,
        purpose: Purpose::Goal,
        grounds: vec![],
        gib: None,
        call: attribute(snapshot, add, remove),
    }
}

fn why(words: &Words<'_>, add: &[String], remove: &[String]) -> (String, &'static str) {
    let is_public = |values: &[String]| values.iter().any(|value| value == EVERYBODY);
    let accounts = |values: &[String]| {
        let ids: Vec<AccountId> = values.iter().filter_map(|value| value.parse().ok()).collect();
        words.accounts(&ids)
    };
    if is_public(add) {
        ("Every AWS account can read and copy it from then on.".to_owned(), "SHARE-22")
    } else if !add.is_empty() {
        (format!("Lets {} see and copy it.", accounts(add)), "SHARE-19")
    } else if is_public(remove) {
        ("Nobody sees it any more but the accounts that are named.".to_owned(), "SHARE-17")
    } else {
        (format!("{} can no longer see it; copies that it made stay.", accounts(remove)), "SHARE-18")
    }
}
