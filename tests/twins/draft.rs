//! Drafts about a fleet: one that should be possible, and the same with one thing changed.

use snapdeck::domain::{AccountId, Action, Draft, Field, Kind, SnapshotArn, Tag, Value};

use super::dice::Dice;
use super::fleet::{self, Fleet, OURS, Place, STRANGER, THEIRS};

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
    let source = fleet::snapshot_of(&fleet.json, draft.snapshot.exact()).expect("BUG: of the fleet").clone();
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
            for (field, text) in [(Field::Task, "a-task"), (Field::Bucket, "lake"), (Field::KmsKey, "alias/dba")] {
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
    let planned = [Field::FirstCopy, Field::FirstKey, Field::ShareFirst, Field::KeyAccess];
    let fields: Vec<Field> =
        base.action.fields().iter().copied().filter(|field| !planned.contains(field)).collect();
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
        let value = value(dice, fleet, &draft, field);
        draft.set(field, value);
    }
    draft
}

/// Something that could stand in a field.
fn value(dice: &mut Dice, fleet: &Fleet, draft: &Draft, field: Field) -> Value {
    let long = "a".repeat(*dice.pick(&[63, 64, 255, 256]));
    let any = |dice: &mut Dice, texts: &[&str]| Value::Text((*dice.pick(texts)).to_owned());
    match field {
        Field::ToAccount => any(dice, &[OURS[0], OURS[1], OURS[1], OURS[0], THEIRS, STRANGER, "12345", "1111 1111 1111"]),
        Field::ToRegion => {
            let others = ["us-west-2", "us-gov-west-1", "cn-north-1", "eu-west"];
            if dice.percent(60) { any(dice, &fleet.regions) } else { any(dice, &others) }
        }
        Field::Name | Field::Db => any(
            dice,
            &["a-copy", "My-Copy", "my--copy", "copy-", "1copy", "my_copy", "rds:copy", "orders-0", "Orders-1", "orders",
                "shop-0", "SHOP", "shop", "copy-3", &long],
        ),
        Field::KmsKey => Value::Text(key(dice, fleet, draft)),
        Field::OptionGroup => any(
            dice,
            &["audit", "audit-57", "bound", "tde", "TDE", "timezone", "timezone-ee", "sql-tde", "mirror", "native", "nowhere",
                "default:mysql-8-0", "default:oracle-ee-19", "default:mysql-5-7"],
        ),
        Field::CopyTags | Field::MultiAz | Field::PubliclyAccessible => Value::On,
        Field::Tags => tags(dice),
        Field::With | Field::Remove => accounts(dice, fleet),
        Field::Visibility => any(dice, &["public", "public", "private", "open"]),
        Field::Class => any(dice, &["db.r6g.large", "db.t2.micro"]),
        Field::SubnetGroup => any(dice, &["net-one", "net-two", "net-three", "NET-TWO", "net-none"]),
        Field::SecurityGroups => list(&["sg-1", "sg-2"]),
        Field::ParameterGroup => any(
            dice,
            &["pg-mysql8", "pg-mysql57", "pg-pg16", "pg-db2", "pg-db2", "pg-db2", "cpg-aurora", "cpg-apg16", "cpg-mysql8", "PG-MYSQL8", "pg-none",
                "default.mysql8.0", "default.mysql5.7", "default.aurora-mysql8.0"],
        ),
        Field::EngineVersion => any(
            dice,
            &["8.0.43", "8.4.7", "8.0.mysql_aurora.3.10.1", "5.7.mysql_aurora.2.11.2", "17.5", "16.9", "16.4", "9.9"],
        ),
        Field::StorageType => {
            any(dice, &["gp3", "gp2", "io1", "io2", "standard", "aurora", "aurora-iopt1", "iopt1", "floppy"])
        }
        Field::Port => any(dice, &["3306", "1150", "1149", "65535", "65536", "0", "many", "-1"]),
        Field::Task => any(dice, &["a-task", "export-0", "export-1", "export-9"]),
        Field::Bucket => any(dice, &["lake", "s3://lake", "lake/folder", "arn:aws:s3:::lake", "lake-of-all", "no"]),
        Field::Prefix => any(dice, &["daily", "rds:daily", "a b\\c", "x/y"]),
        Field::Role => {
            let own = format!("arn:aws:iam::{}:role/other", draft.by);
            let user = format!("arn:aws:iam::{}:user/dba", draft.by);
            any(dice, &[&own, &user, "exporter", "arn:aws:iam::444444444444:role/x", "arn:aws:iam::222222222222:role/x",
                "arn:aws:iam::111111111111:role/"])
        }
        Field::Only => match dice.below(7) {
            0 => list(&["shop"]),
            1 => list(&["shop.orders", "shop.lines"]),
            2 => list(&["shop.public.orders"]),
            3 => list(&["shop-1"]),
            4 => list(&["a.b.c.d"]),
            5 => list(&["shop..x"]),
            _ => Value::List((0..900).map(|n| format!("t{n:0>240}")).collect()),
        },
        Field::Snapshot | Field::BucketRegion | Field::FirstCopy | Field::FirstKey | Field::ShareFirst | Field::KeyAccess => Value::On,
    }
}

/// A key by one of its names: of the place where the result is made, of another account, of another region.
fn key(dice: &mut Dice, fleet: &Fleet, draft: &Draft) -> String {
    let account = destination(draft);
    let region = draft.text(Field::ToRegion).unwrap_or(draft.snapshot.region());
    let ids = ["own", "default", "key-0", "key-1", "key-2", "key-3", "mrk-1"];
    let there_are = fleet.json["accounts"][&account]["regions"][region]["Keys"].as_array();
    let id = match there_are {
        Some(keys) if dice.percent(75) => {
            dice.pick(keys)["KeyMetadata"]["KeyId"].as_str().expect("BUG: an id").to_owned()
        }
        _ => (*dice.pick(&ids)).to_owned(),
    };
    let id = id.as_str();
    let source = fleet::snapshot_of(&fleet.json, draft.snapshot.exact()).and_then(|one| one["KmsKeyId"].as_str());
    if let Some(same) = source.filter(|_| dice.percent(15)) {
        return same.to_owned();
    }
    if dice.percent(10) {
        let region = *dice.pick(&[region, draft.snapshot.region()]);
        return Place { account: &account, region }.key("mrk-1");
    }
    let other = *dice.pick(&fleet.accounts);
    let there = *dice.pick(&fleet.regions);
    let here = Place { account: &account, region };
    let alias = |place: Place<'_>| {
        format!("arn:{}:kms:{}:{}:alias/{id}", place.partition(), place.region, place.account)
    };
    match dice.below(12) {
        0 => id.to_owned(),
        1 | 2 => format!("alias/{id}"),
        3 => here.key(id),
        4 | 5 => Place { account: other, ..here }.key(id),
        6 => Place { region: there, ..here }.key(if dice.percent(40) { "mrk-1" } else { id }),
        7 => alias(here),
        8 => alias(Place { account: other, ..here }),
        9 => "alias/aws/rds".to_owned(),
        10 => (*dice.pick(&["alias/none", "not a key", "arn:aws:kms:us-east-1", "arn:aws:s3:::lake"])).to_owned(),
        _ => here.key("gone"),
    }
}

fn tags(dice: &mut Dice) -> Value {
    let one = |key: &str, value: &str| vec![tag(key, value)];
    Value::Tags(match dice.below(8) {
        0 => one("team", "dba"),
        1 => one("aws:cloudformation:stack-name", "shop"),
        2 => one("RDS:x", "y"),
        3 => one(&"k".repeat(129), ""),
        4 => one("k", &"v".repeat(257)),
        5 => one("k", "{brace}"),
        6 => (0..51).map(|n| tag(&format!("k{n}"), "")).collect(),
        _ => (0..50).map(|n| tag(&format!("k{n}"), "größe")).collect(),
    })
}

fn accounts(dice: &mut Dice, fleet: &Fleet) -> Value {
    match dice.below(8) {
        0 => list(&["12345"]),
        1 => list(&["222 222 222 222"]),
        2 => list(&[OURS[0]]),
        3 => Value::List((0..=usize::from(dice.percent(50)) + 19).map(|n| format!("{:012}", 600 + n)).collect()),
        4 => list(&["500000000001"]),
        5 => list(&[OURS[1], THEIRS]),
        _ => list(&[*dice.pick(&fleet.accounts)]),
    }
}

/// The account that the draft's result belongs to, as typed.
fn destination(draft: &Draft) -> String {
    let typed = draft.text(Field::ToAccount).and_then(|text| text.parse::<AccountId>().ok());
    typed.unwrap_or(draft.by).to_string()
}

fn set(draft: &mut Draft, field: Field, text: &str) {
    draft.set(field, Value::Text(text.to_owned()));
}

fn list(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.into(), value: value.into() }
}

/// The draft as it is typed on the command line.
pub(crate) fn line(draft: &Draft) -> String {
    let quoted = |text: &str| {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/=+@,".contains(&byte));
        if plain && !text.is_empty() { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
    };
    let mut line = format!("snapdeck check {} --snapshot {}", draft.action.name(), draft.snapshot.exact());
    for field in draft.action.fields() {
        let name = field.name();
        line += &match draft.value(*field) {
            None => String::new(),
            Some(Value::Text(text)) if *field == Field::Visibility => format!(" --{text}"),
            Some(Value::Text(text)) => format!(" --{name} {}", quoted(text)),
            Some(Value::On) => format!(" --{name}"),
            Some(Value::List(texts)) => texts.iter().map(|text| format!(" --{name} {}", quoted(text))).collect(),
            Some(Value::Tags(tags)) => {
                let pair = |tag: &Tag| quoted(&format!("{}={}", tag.key.exact(), tag.value.exact()));
                tags.iter().map(|tag| format!(" --{name} {}", pair(tag))).collect()
            }
        };
    }
    if line.len() > 2000 {
        line.truncate(2000);
        line += " ...";
    }
    line
}
