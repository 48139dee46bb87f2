//! The way from a draft that something blocks to one that can be carried out: the ways out, taken one after the other.

use crate::domain::{Action, Draft, Facts, Field, Value};

use super::{Detour, Finding, Fix, Review, Severity, derived, review};

/// How often ways out are taken: each may bring up the next.
const ROUNDS: usize = 12;

/// Where a draft leads when every way out is taken that is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The draft then.
    pub draft: Draft,
    /// What the rules say of it; its questions are those that the way hangs on.
    pub review: Review,
    /// What was taken, in order.
    pub taken: Vec<Taken>,
}

/// A way out that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The rule that asked for it.
    pub rule: &'static str,
    /// What it does, in a few words.
    pub label: String,
}

impl Fix {
    /// Whether it can be taken by changing the draft; others are somebody else's to go.
    pub fn can_be_taken(&self) -> bool {
        !self.edits.is_empty() || self.detour == Some(Detour::RestoreWithKey)
    }

    /// The draft after it: another action where the snapshot has to be restored instead.
    #[must_use]
    pub fn taken_on(&self, draft: &Draft) -> Draft {
        let mut after = draft.clone();
        if self.detour == Some(Detour::RestoreWithKey) {
            after = Draft::new(Action::Restore, draft.snapshot.clone(), draft.by);
            for field in Action::Restore.fields() {
                if let Some(value) = draft.value(*field) {
                    after.set(*field, value.clone());
                }
            }
        }
        self.apply(&mut after);
        after
    }
}

/// Takes every way out that errors and warnings offer, as far as what is known leads. None is taken twice, so that two
/// that undo each other come to an end.
pub fn way(draft: &Draft, facts: &Facts) -> Way {
    let mut way = Way { draft: draft.clone(), review: review(draft, facts), taken: Vec::new() };
    let mut done: Vec<(&'static str, Field)> = Vec::new();
    for _ in 0..ROUNDS {
        let is_open = |finding: &&Finding| {
            finding.severity > Severity::Info && !done.contains(&(finding.rule, finding.field))
        };
        let open = way.review.findings.iter().filter(is_open);
        let fixes = open
            .filter_map(|finding| Some((finding, finding.fix.as_ref().filter(|fix| fix.can_be_taken())?)));
        // What lies between changes what there is to be mended.
        let Some((finding, fix)) = fixes.min_by_key(|(_, fix)| !fix.leads_over()) else { break };
        done.push((finding.rule, finding.field));
        way.taken.push(Taken { rule: finding.rule, label: fix.label.clone() });
        let mut draft = fix.taken_on(&way.draft);
        if draft.action == Action::Restore
            && draft.text(Field::Db).is_none()
            && let Some(name) = derived(&draft, facts, |_, _| false).name
        {
            draft.set(Field::Db, Value::Text(name));
        }
        way.review = review(&draft, facts);
        way.draft = draft;
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Via;
    use crate::rules::testing::drafted_along;

    fn taken(line: &str) -> Vec<&'static str> {
        let (draft, facts) = drafted_along(line, |draft, facts| way(draft, facts).review.questions);
        let way = way(&draft, &facts);
        assert!(way.review.request.is_some(), "{line}: {:?}", way.review.findings);
        way.taken.iter().map(|taken| taken.rule).collect()
    }

    #[test]
    fn the_long_way_is_found_from_where_things_stand() {
        assert_eq!(taken("copy cmk to-region=euw1"), ["COPY-12"]);
        assert_eq!(taken("share automated aws/rds with=222"), ["SHARE-01", "SHARE-06", "SHARE-08"]);
        assert_eq!(taken("encrypt none name=x"), ["ENC-01"]);
        assert_eq!(taken("encrypt clu none")[0], "ENC-03");
    }

    #[test]
    fn what_lies_between_is_settled_before_what_it_changes() {
        let to_dr = "use1->euw1 to-account=222";
        assert_eq!(taken(&format!("copy docdb automated aws/rds {to_dr}"))[0], "COPY-23");
        assert_eq!(taken(&format!("copy maz automated aws/rds {to_dr}"))[0], "COPY-30");
    }

    #[test]
    fn two_copies_are_found_whoever_asks() {
        for asker in ["by:111", "by:222"] {
            let line = format!("copy docdb automated aws/rds {asker} use1->euw1 to-account=222");
            let (draft, facts) = drafted_along(&line, |draft, facts| way(draft, facts).review.questions);
            let end = way(&draft, &facts);
            assert_eq!(end.draft.via().map(Via::name), Some("region"), "{line}");
            assert!(end.review.request.is_some(), "{line}: {:#?}", end.review.findings);
        }
    }

    #[test]
    fn the_goal_is_the_same_at_the_end_of_the_way() {
        for (line, region) in [
            ("copy docdb none use1->euw1 to-account=222", "eu-west-1"),
            ("copy neptune cmk of:999 by:111 use1->euw1", "eu-west-1"),
        ] {
            let (draft, facts) = drafted_along(line, |draft, facts| way(draft, facts).review.questions);
            let end = way(&draft, &facts).draft;
            assert_eq!(end.text(Field::ToRegion), Some(region), "{line}");
        }
    }

    #[test]
    fn what_needs_nothing_is_left_as_it_is() {
        let (draft, facts) =
            drafted_along("copy none name=x", |draft, facts| way(draft, facts).review.questions);
        let way = way(&draft, &facts);
        assert_eq!((way.draft, way.taken), (draft, vec![]));
    }
}
