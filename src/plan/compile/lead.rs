//! What comes before a copy or a restore: the copy that is made first, the change of a key, and the sharing.
//!
//! A copy is given away by the owner, so its first copy is the owner's; a restore takes what it was given, so
//! its first copy belongs to whoever restores.

use crate::domain::{AccountId, Argument, FirstCopy, KeyAccess, KeyArn, Scope, SnapshotArn};
use crate::plan::{Follow, Purpose, Step};

use super::calls::attribute;
use super::steps::{first_copy, let_use};
use super::words::Words;

/// What comes before the action itself.
pub(super) struct Lead<'a> {
    pub(super) snapshot: &'a SnapshotArn,
    pub(super) first: Option<&'a FirstCopy>,
    pub(super) share: Option<AccountId>,
    pub(super) access: Option<&'a KeyAccess>,
}

impl Lead<'_> {
    /// The owner makes the first copy, and gives that away; with what is copied in the end.
    pub(super) fn given_away(
        &self,
        words: &Words<'_>,
        result_key: Option<&KeyArn>,
    ) -> (Vec<Step>, SnapshotArn) {
        let mut steps = vec![];
        let mut given = self.snapshot.clone();
        if let Some(first) = self.first {
            let step = first_copy(self.snapshot, first, &self.snapshot.home(), words, Purpose::Way);
            given = first.arn(self.snapshot.kind(), &self.snapshot.home());
            steps.push(step);
        }
        self.open(words, &given, result_key, &mut steps);
        (steps, given)
    }

    /// The owner gives the snapshot away, and who restores copies it first; with what is restored in the end.
    pub(super) fn taken(
        &self,
        words: &Words<'_>,
        to: &Scope,
        parameters: &[(&'static str, Argument)],
    ) -> (Vec<Step>, SnapshotArn) {
        let mut steps = vec![];
        let named = parameters.iter().find(|(name, _)| *name == "KmsKeyId").map(|(_, value)| value);
        let named = match named {
            Some(Argument::Text(arn)) => arn.parse().ok(),
            _ => None,
        };
        let result_key = self.first.map_or(named, |first| first.key.clone());
        self.open(words, self.snapshot, result_key.as_ref(), &mut steps);
        let Some(first) = self.first else { return (steps, self.snapshot.clone()) };
        steps.push(first_copy(self.snapshot, first, to, words, Purpose::Way));
        (steps, first.arn(self.snapshot.kind(), to))
    }

    /// Lets the taker use the key and read the snapshot.
    fn open(
        &self,
        words: &Words<'_>,
        given: &SnapshotArn,
        result_key: Option<&KeyArn>,
        steps: &mut Vec<Step>,
    ) {
        if let Some(access) = self.access {
            // A result that stays under the key needs it for as long as it lives (COPY-15).
            let stays = result_key.is_none_or(|key| *key == access.key);
            steps.extend(let_use(words, access, if stays { Purpose::Goal } else { Purpose::Way }));
        }
        if let Some(taker) = self.share {
            let ids = vec![taker.to_string()];
            steps.push(Step {
                call: attribute(given, ids.clone(), vec![]),
                essentials: format!("{}, with {}", given.name(), words.account(taker)),
                why: format!("Only then does {} see it.", words.account(taker)),
                rule: Some("COPY-08"),
                follows: Follow::Nothing,
                undo: Some(attribute(given, vec![], ids)),
                purpose: Purpose::Way,
                grounds: vec![],
                gib: None,
            });
        }
    }
}
