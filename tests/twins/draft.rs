//! Drafts about a fleet: one that should be possible, and the same with one thing changed.

use snapdeck::domain::{AccountId, Action, Draft, Field, Kind, SnapshotArn, Tag, Value};

use super::dice::Dice;
use super::fleet::{self, Fleet, OURS};
use super::values;

/// A draft that means well, about some snapshot of a fleet.
pub(crate) fn base(dice: &mut Dice, fleet: &Fleet) -> Draft {
    let (snapshot, by) = chosen(dice, fleet);
    let action = dice.weigh(&[
        (38, Action::Copy),
        (19, Action::Share),
        (9, Action::Encrypt),
        (19, Action::Restore),
        (10, Action::Export),
        (5, Action::Delete),
    ]);
    let mut draft = Draft::new(action, snapshot, by);
    let source = fleet::snapshot_of(&fleet.json, &draft.snapshot.exact()).expect("BUG: of the fleet").clone();
    let encrypted = !source["KmsKeyId"].is_null();
    let clustered = draft.kind() == Kind::Cluster;
    match action {
        Action::Copy => {
            let region = dice.pick(&fleet.regions);
            if dice.percent(50) {
                set(&mut draft, Field::ToRegion, region);
            }
            if dice.percent(30) {
                let to = *dice.pick(&fleet.accounts[..fleet.accounts.len() - 1]);
                set(&mut draft, Field::ToAccount, to);
            }
            if dice.percent(50) {
                set(&mut draft, Field::Name, "a-copy");
            }
            let moves = draft.text(Field::ToRegion).is_some_and(|to| to != draft.snapshot.region())
                || destination(&draft) != draft.snapshot.account().to_string();
            if (encrypted && moves) || (!clustered && dice.percent(30)) {
                set(&mut draft, Field::KmsKey, "alias/dba");
            }
            let group = source["OptionGroupName"].as_str().filter(|name| !name.starts_with("default:"));
            if let Some(group) = group.filter(|_| moves && dice.percent(80)) {
                set(&mut draft, Field::OptionGroup, group);
            }
            if dice.percent(15) {
                draft.set(Field::CopyTags, Value::On);
            }
            if dice.percent(15) {
                draft.set(Field::Tags, Value::Tags(vec![tag("team", "dba")]));
            }
        }
        Action::Share => {
            let other = dice.pick(&fleet.accounts);
            draft.set(Field::With, list(&[other]));
        }
        Action::Encrypt => set(&mut draft, Field::KmsKey, "alias/dba"),
        Action::Restore => restore(dice, fleet, &mut draft, &source),
        Action::Export => {
            for (field, text) in
                [(Field::Task, "a-task"), (Field::Bucket, "lake"), (Field::KmsKey, "alias/dba")]
            {
                set(&mut draft, field, text);
            }
            let role = format!("arn:aws:iam::{}:role/exporter", draft.by);
            set(&mut draft, Field::Role, &role);
        }
        Action::Delete => {}
    }
    draft
}

fn restore(dice: &mut Dice, fleet: &Fleet, draft: &mut Draft, source: &serde_json::Value) {
    set(draft, Field::Db, "restored");
    let clustered = draft.kind() == Kind::Cluster;
    let engine = source["Engine"].as_str().unwrap_or_default();
    let multi_az = clustered && matches!(engine, "mysql" | "postgres");
    if dice.percent(20) {
        set(draft, Field::ToAccount, fleet.accounts[dice.below(fleet.accounts.len() - 1)]);
    }
    if multi_az {
        set(draft, Field::Class, "db.r6gd.large");
    }
    if clustered && dice.percent(60) {
        set(draft, Field::EngineVersion, source["EngineVersion"].as_str().unwrap_or_default());
    }
    if clustered && !multi_az && dice.percent(50) {
        set(draft, Field::KmsKey, "alias/dba");
    }
    if dice.percent(40) {
        set(draft, Field::SubnetGroup, if clustered { "net-three" } else { "net-two" });
    }
    if dice.percent(30) {
        draft.set(Field::SecurityGroups, list(&["sg-1"]));
    }
    if engine.starts_with("db2") && dice.percent(70) {
        set(draft, Field::ParameterGroup, "pg-db2");
    } else if dice.percent(25) {
        set(draft, Field::ParameterGroup, if clustered { "cpg-aurora" } else { "pg-mysql8" });
    }
    let group = source["OptionGroupName"].as_str().filter(|name| !name.starts_with("default:"));
    if let Some(group) = group.filter(|_| dice.percent(80)) {
        set(draft, Field::OptionGroup, group);
    }
    if engine == "mysql" && !clustered && dice.percent(30) {
        set(draft, Field::OptionGroup, "bound");
        let network = *dice.pick(&["net-two", "net-three"]);
        set(draft, Field::SubnetGroup, network);
    }
}

/// A snapshot, and who looks at it: its owner where that is one of ours, else whom it is shared with.
fn chosen(dice: &mut Dice, fleet: &Fleet) -> (SnapshotArn, AccountId) {
    let (arn, seen_by) = dice.pick(&fleet.snapshots);
    let snapshot: SnapshotArn = arn.parse().expect("BUG: the fleet has ARNs");
    if OURS.contains(&snapshot.account().to_string().as_str()) {
        let owner = snapshot.account();
        return (snapshot, owner);
    }
    (snapshot, dice.pick(seen_by).parse().expect("BUG: an id"))
}

/// The same draft about another snapshot, or with another value in one field, or without one.
pub(crate) fn mutant(dice: &mut Dice, fleet: &Fleet, base: &Draft) -> Draft {
    if dice.percent(35) {
        let (snapshot, by) = chosen(dice, fleet);
        let mut draft = Draft::new(base.action, snapshot, by);
        for field in base.action.fields() {
            if let Some(value) = base.value(*field) {
                draft.set(*field, value.clone());
            }
        }
        return draft;
    }
    let mut draft = base.clone();
    // The first steps of a plan are no part of the action as asked.
    let asked = base.action.fields().iter().copied().filter(|field| !Field::OF_A_PLAN.contains(field));
    let fields: Vec<Field> = asked.collect();
    if fields.is_empty() {
        return draft;
    }
    // What was typed is changed as often as all the rest.
    let typed: Vec<Field> = fields.iter().copied().filter(|field| base.value(*field).is_some()).collect();
    let among = if typed.is_empty() || dice.percent(50) { &fields } else { &typed };
    let field = *dice.pick(among);
    if field == Field::BucketRegion {
        // What is typed here is true: such a bucket's name tells the cloud the same.
        let region = *dice.pick(&fleet.regions);
        if !region.starts_with("cn-") {
            set(&mut draft, field, region);
            set(&mut draft, Field::Bucket, &format!("lake-{region}"));
        }
        return draft;
    }
    if draft.value(field).is_some() && dice.percent(30) {
        draft.clear(field);
    } else {
        let value = values::value(dice, fleet, &draft, field);
        draft.set(field, value);
    }
    draft
}

/// The account that the draft's result belongs to, as typed.
pub(crate) fn destination(draft: &Draft) -> String {
    let typed = draft.text(Field::ToAccount).and_then(|text| text.parse::<AccountId>().ok());
    typed.unwrap_or(draft.by).to_string()
}

pub(crate) fn set(draft: &mut Draft, field: Field, text: &str) {
    draft.set(field, Value::Text(text.to_owned()));
}

pub(crate) fn list(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

pub(crate) fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}
