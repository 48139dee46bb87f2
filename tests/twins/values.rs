//! What could stand in the fields of a draft: right, wrong, and right elsewhere.

use snapdeck::domain::{Draft, Field, Value};

use super::dice::Dice;
use super::draft::{destination, list, tag};
use super::fleet::{self, Fleet, OURS, Place, STRANGER, THEIRS};

/// Something that could stand in a field.
pub(crate) fn value(dice: &mut Dice, fleet: &Fleet, draft: &Draft, field: Field) -> Value {
    let long = "a".repeat(*dice.pick(&[63, 64, 255, 256]));
    match field {
        Field::ToAccount => {
            any(dice, &[OURS[0], OURS[1], OURS[1], OURS[0], THEIRS, STRANGER, "12345", "1111 1111 1111"])
        }
        Field::ToRegion => {
            let others = ["us-west-2", "us-gov-west-1", "cn-north-1", "eu-west"];
            if dice.percent(60) { any(dice, &fleet.regions) } else { any(dice, &others) }
        }
        Field::Name | Field::Db => any(
            dice,
            &[
                "a-copy", "My-Copy", "my--copy", "copy-", "1copy", "my_copy", "rds:copy", "orders-0",
                "Orders-1", "orders", "shop-0", "SHOP", "shop", "copy-3", &long,
            ],
        ),
        Field::KmsKey => Value::Text(key(dice, fleet, draft)),
        Field::OptionGroup => any(
            dice,
            &[
                "audit",
                "audit-57",
                "bound",
                "tde",
                "TDE",
                "timezone",
                "timezone-ee",
                "sql-tde",
                "mirror",
                "native",
                "nowhere",
                "default:mysql-8-0",
                "default:oracle-ee-19",
                "default:mysql-5-7",
            ],
        ),
        Field::Tags => tags(dice),
        Field::With | Field::Remove => accounts(dice, fleet),
        Field::Visibility => any(dice, &["public", "public", "private", "open"]),
        Field::Class => any(dice, &["db.r6g.large", "db.t2.micro"]),
        Field::SubnetGroup => any(dice, &["net-one", "net-two", "net-three", "NET-TWO", "net-none"]),
        Field::SecurityGroups => list(&["sg-1", "sg-2"]),
        Field::ParameterGroup => any(
            dice,
            &[
                "pg-mysql8",
                "pg-mysql57",
                "pg-pg16",
                "pg-db2",
                "pg-db2",
                "pg-db2",
                "cpg-aurora",
                "cpg-apg16",
                "cpg-mysql8",
                "PG-MYSQL8",
                "pg-none",
                "default.mysql8.0",
                "default.mysql5.7",
                "default.aurora-mysql8.0",
            ],
        ),
        Field::EngineVersion => any(
            dice,
            &[
                "8.0.43",
                "8.4.7",
                "8.0.mysql_aurora.3.10.1",
                "5.7.mysql_aurora.2.11.2",
                "17.5",
                "16.9",
                "16.4",
                "9.9",
            ],
        ),
        Field::StorageType => {
            any(dice, &["gp3", "gp2", "io1", "io2", "standard", "aurora", "aurora-iopt1", "iopt1", "floppy"])
        }
        Field::Port => any(dice, &["3306", "1150", "1149", "65535", "65536", "0", "many", "-1"]),
        Field::CopyTags | Field::MultiAz | Field::PubliclyAccessible => Value::On,
        Field::Task | Field::Bucket | Field::Prefix | Field::Role | Field::Only => {
            of_an_export(dice, draft, field)
        }
        Field::Snapshot
        | Field::BucketRegion
        | Field::FirstCopy
        | Field::FirstKey
        | Field::ShareFirst
        | Field::KeyAccess
        | Field::Via
        | Field::RepairKey => unreachable!("BUG: no mutant changes it so"),
    }
}

/// The same for the fields that only an export has.
fn of_an_export(dice: &mut Dice, draft: &Draft, field: Field) -> Value {
    match field {
        Field::Task => any(dice, &["a-task", "export-0", "export-1", "export-9"]),
        Field::Bucket => {
            any(dice, &["lake", "s3://lake", "lake/folder", "arn:aws:s3:::lake", "lake-of-all", "no"])
        }
        Field::Prefix => any(dice, &["daily", "rds:daily", "a b\\c", "x/y"]),
        Field::Role => {
            let own = format!("arn:aws:iam::{}:role/other", draft.by);
            let user = format!("arn:aws:iam::{}:user/dba", draft.by);
            any(
                dice,
                &[
                    &own,
                    &user,
                    "exporter",
                    "arn:aws:iam::444444444444:role/x",
                    "arn:aws:iam::222222222222:role/x",
                    "arn:aws:iam::111111111111:role/",
                ],
            )
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
        _ => unreachable!("BUG: a field of an export"),
    }
}

fn any(dice: &mut Dice, texts: &[&str]) -> Value {
    Value::Text((*dice.pick(texts)).to_owned())
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
    let source =
        fleet::snapshot_of(&fleet.json, &draft.snapshot.exact()).and_then(|one| one["KmsKeyId"].as_str());
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
        10 => (*dice.pick(&["alias/none", "not a key", "arn:aws:kms:us-east-1", "arn:aws:s3:::lake"]))
            .to_owned(),
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
        3 => Value::List(
            (0..=usize::from(dice.percent(50)) + 19).map(|n| format!("{:012}", 600 + n)).collect(),
        ),
        4 => list(&["500000000001"]),
        5 => list(&[OURS[1], THEIRS]),
        _ => list(&[*dice.pick(&fleet.accounts)]),
    }
}
