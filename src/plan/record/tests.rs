//! Plans of every kind, generated ones, and every event: written, read back, and broken.

#![cfg(test)]

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::domain::{
    AccountId, DeniedBy, Fault, FaultClass, KeyArn, KeyState, Kind, Region, Scope, SnapshotArn, Tag,
};
use crate::plan::{
    Argument, Author, Call, Event, Follow, Ground, Happening, History, Identity, Operation, Plan, Purpose,
    Receipt, Sight, Step, compile,
};
use crate::rules::testing::cleared;

/// Requests whose plans hold, together, every kind of call and parameter that plans are made of.
const LINES: [&str; 17] = [
    "copy pending use1->euw1 kms-key=alias/dba name=x",
    "copy docdb cmk via=region to-account=222 use1->euw1 name=x",
    "share maz aws/rds with=222",
    "copy use1->euw1 name=Orders-EU kms-key=alias/dba cmk copy-tags=on tag=env=prod",
    "copy clu cmk use1->euw1 kms-key=alias/dba name=x copy-tags=on",
    "copy oracle-ee og:tde use1->euw1 name=x option-group=tde +og:tde@euw1",
    "copy automated aws/rds to-account=222 use1->euw1 name=x",
    "share cmk with=222,333 key-access=grant",
    "share with=222,333 remove=444,999 +share:222,999",
    "share clu visibility=private +share:public",
    "share aws/rds with=222 remove=999 +share:999 first-copy=y first-key=alias/dba",
    "restore db=x class=db.r6g.large port=5432 security-group=sg-1,sg-2 multi-az=on",
    "restore clu cmk to-account=222 db=x kms-key=alias/dba",
    "restore cmk to-account=222 db=x",
    "export postgres task=t bucket=b prefix=p role=arn:aws:iam::111111111111:role/x kms-key=alias/dba only=a.b",
    "delete clu",
    "delete",
];

fn any_shown() -> impl Strategy<Value = Shown> {
    any::<String>().prop_map(Shown::from)
}

/// A sentence as plans have them: of parts that were made harmless.
fn any_words() -> impl Strategy<Value = String> {
    any_shown().prop_map(|shown| shown.to_string())
}

fn any_account() -> impl Strategy<Value = AccountId> {
    (0_u64..1_000_000_000_000).prop_map(|id| format!("{id:012}").parse().expect("an account id"))
}

fn any_argument() -> impl Strategy<Value = Argument> {
    let tag = (any_shown(), any_shown()).prop_map(|(key, value)| Tag { key, value });
    prop_oneof![
        any::<String>().prop_map(Argument::Text),
        any::<bool>().prop_map(Argument::Flag),
        any::<i64>().prop_map(Argument::Number),
        vec(any::<String>(), 0..4).prop_map(Argument::List),
        vec(tag, 0..4).prop_map(Argument::Tags),
        any::<String>().prop_map(Argument::GrantNamed),
    ]
}

fn any_call() -> impl Strategy<Value = Call> {
    (
        any_scope(),
        select(&Operation::ALL[..]),
        vec((select(&["KmsKeyId", "Tags", "Policy", "CopyTags", "Name"][..]), any_argument()), 0..5),
    )
        .prop_map(|(scope, operation, parameters)| Call { scope, operation, parameters })
}

fn any_follow() -> impl Strategy<Value = Follow> {
    let arn = (any_account(), "[a-zA-Z:-]{1,9}", any::<bool>()).prop_map(|(account, name, is_cluster)| {
        let kind = if is_cluster { Kind::Cluster } else { Kind::Instance };
        Follow::Snapshot(SnapshotArn::new(&Region::new("eu-west-1"), account, kind, &name))
    });
    prop_oneof![
        Just(Follow::Nothing),
        arn,
        any::<String>().prop_map(Follow::Instance),
        any::<String>().prop_map(Follow::Cluster),
        any::<String>().prop_map(Follow::Export),
    ]
}

fn any_scope() -> impl Strategy<Value = Scope> {
    (any_account(), any::<String>())
        .prop_map(|(account, region)| Scope { account, region: Region::new(region) })
}

fn any_ground() -> impl Strategy<Value = Ground> {
    let arn = || {
        any_account().prop_map(|id| SnapshotArn::new(&Region::new("eu-west-1"), id, Kind::Cluster, "orders"))
    };
    let key = || Just("arn:aws:kms:eu-west-1:111111111111:key/cmk".parse::<KeyArn>().expect("an ARN"));
    let seen = (option::of(any_time()), option::of(key()))
        .prop_map(|(created, key)| Identity::Seen { created, key });
    let between = (any_time(), any_time()).prop_map(|(from, to)| Identity::MadeBetween(from, to));
    let stamped = any::<String>().prop_map(Identity::Stamped);
    let is = prop_oneof![Just(Identity::Made), seen, between, stamped];
    prop_oneof![
        (any_scope(), arn(), is).prop_map(|(seen_by, arn, is)| Ground::Snapshot { seen_by, arn, is }),
        arn().prop_map(Ground::FreeSnapshot),
        (any_scope(), select(&[Kind::Instance, Kind::Cluster][..]), any::<String>())
            .prop_map(|(scope, kind, name)| Ground::FreeDatabase(scope, kind, name)),
        (any_scope(), any::<String>(), option::of(any::<String>())).prop_map(|(seen_by, name, stamp)| {
            Ground::OwnDatabase { seen_by, kind: Kind::Instance, name, stamp }
        }),
        (any_scope(), key()).prop_map(|(scope, key)| Ground::Key(scope, key)),
        (any_scope(), key(), any::<String>()).prop_map(|(scope, key, was)| Ground::KeyWas(
            scope,
            key,
            KeyState::of(&was)
        )),
        (key(), any::<String>()).prop_map(|(key, policy)| Ground::Policy(key, policy)),
    ]
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    (-377_705_023_200_i64..253_402_207_200, 0..1_000_000_000)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).expect("a time"))
}

fn any_step() -> impl Strategy<Value = Step> {
    let rule = option::of(select(&["COPY-08", "KMS-17"][..]));
    let purpose = select(&[Purpose::Goal, Purpose::Way, Purpose::CleanUp][..]);
    let rest = (vec(any_ground(), 0..3), option::of(any::<u32>()));
    (any_call(), any_words(), any_words(), rule, any_follow(), option::of(any_call()), purpose, rest)
        .prop_map(|(call, essentials, why, rule, follows, undo, purpose, (grounds, gib))| Step {
            call,
            essentials,
            why,
            rule,
            follows,
            undo,
            purpose,
            grounds,
            gib,
        })
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let generated = (any_words(), vec(any_step(), 0..4)).prop_map(|(goal, steps)| Plan { goal, steps });
    let compiled = select(&LINES[..]).prop_map(compiled);
    prop_oneof![generated, compiled]
}

fn compiled(line: &str) -> Plan {
    let (request, facts) = cleared(line);
    compile(&request, &facts)
}

fn any_fault() -> impl Strategy<Value = Fault> {
    let kinds = [
        DeniedBy::Identity,
        DeniedBy::Resource,
        DeniedBy::Boundary,
        DeniedBy::Session,
        DeniedBy::ServiceControl,
        DeniedBy::ResourceControl,
        DeniedBy::VpcEndpoint,
    ];
    let optional = || option::of(any_shown());
    let denied_by = option::of(select(kinds.to_vec()));
    (
        select(FaultClass::ALL.to_vec()),
        optional(),
        any_shown(),
        optional(),
        denied_by,
        optional(),
        any_shown(),
    )
        .prop_map(|(class, code, message, action, denied_by, request_id, hint)| Fault {
            class,
            code,
            message,
            action,
            denied_by,
            request_id,
            remedy: None,
            hint,
        })
}

fn any_happening() -> impl Strategy<Value = Happening> {
    let receipt = (option::of(any_shown()), option::of(any_shown()))
        .prop_map(|(request_id, made)| Receipt { request_id, made });
    let sight =
        (any_shown(), option::of(any::<u8>())).prop_map(|(status, percent)| Sight { status, percent });
    prop_oneof![
        Just(Happening::Sending),
        receipt.prop_map(Happening::Taken),
        any_fault().prop_map(Happening::Refused),
        any_fault().prop_map(Happening::Unsure),
        sight.prop_map(Happening::Seen),
        Just(Happening::Missed),
        any_fault().prop_map(Happening::Blind),
        Just(Happening::Reached),
        any_shown().prop_map(Happening::Lost),
        any_shown().prop_map(Happening::Held),
        any_shown().prop_map(Happening::Changed),
        any_shown().prop_map(Happening::Unclear),
        any_fault().prop_map(Happening::Shut),
        select(
            &[
                Happening::Paused,
                Happening::Resumed,
                Happening::Cancelled,
                Happening::Retried,
                Happening::NotFound
            ][..]
        ),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    (any::<usize>(), any_time(), any_happening()).prop_map(|(step, at, what)| Event { step, at, what })
}

fn any_author() -> impl Strategy<Value = Author> {
    (any_shown(), any_shown(), vec((any_account(), any_shown()), 0..3))
        .prop_map(|(user, host, callers)| Author { user, host, callers })
}

fn event() -> Event {
    Event {
        step: 2,
        at: "2026-11-24T03:15:02.5Z".parse().expect("a time"),
        what: Happening::Seen(Sight { status: "copying".into(), percent: Some(40) }),
    }
}

#[track_caller]
fn refuses<T: Record + fmt::Debug>(text: &str, said: &str) {
    let bad = T::from_record(text).expect_err("a text that is no record");
    assert_eq!(bad.to_string(), said, "{text}");
}

#[test]
fn every_plan_that_is_compiled_is_read_back_equal() {
    for line in LINES {
        let plan = compiled(line);
        assert_eq!(Plan::from_record(&plan.to_record()), Ok(plan), "{line}");
    }
}

#[test]
fn an_event_is_one_short_line_with_its_version() {
    let text =
        r#"{"v":1,"step":2,"at":"2026-11-24T03:15:02.5Z","what":"seen","status":"copying","percent":40}"#;
    assert_eq!(event().to_record(), text);
}

#[test]
fn a_plan_is_one_line_in_the_words_of_the_api() {
    let text = compiled("delete").to_record();
    assert_eq!(
        text,
        concat!(
            r#"{"v":1,"goal":"Delete orders","steps":[{"call":{"account":"111111111111","region":"us-east-1","#,
            r#""operation":"DeleteDBSnapshot","parameters":[["DBSnapshotIdentifier","orders"]]},"#,
            r#""essentials":"orders","why":"The snapshot is not needed any more; this is for good.","#,
            r#""follows":null,"purpose":"goal","grounds":[{"account":"111111111111","region":"us-east-1","#,
            r#""snapshot":"arn:aws:rds:us-east-1:111111111111:snapshot:orders","is":"seen","#,
            r#""created":"2026-11-24T03:00:00Z"}]}]}"#,
        )
    );
}

#[test]
fn a_history_is_read_back_equal() {
    let history = History {
        id: "261124-031502-k3f".parse().expect("an id"),
        author: Author { user: "ann".into(), host: "desk".into(), callers: vec![] },
        begun: event().at,
        plan: compiled("share automated aws/rds with=222"),
        events: vec![event(), event()],
    };
    assert_eq!(History::from_record(&history.to_record()), Ok(history));
    refuses::<History>(r#"{"v":1,"run":"x"}"#, "events: it is missing");
}

#[test]
fn another_version_is_named_and_not_guessed_at() {
    let text = event().to_record();
    refuses::<Event>(
        &text.replace("\"v\":1", "\"v\":2"),
        "v: version 2 of the record is not known here: this program is older",
    );
    refuses::<Event>(&text.replace("\"v\":1,", ""), "v: it is missing");
    refuses::<Event>(&text.replace("\"v\":1", "\"v\":\"1\""), "v: it is not a version");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let text = compiled("copy clu cmk use1->euw1 kms-key=alias/dba name=x copy-tags=on").to_record();
    refuses::<Plan>("", "it is not JSON at byte 0");
    refuses::<Plan>("[]", "it is not an object");
    refuses::<Plan>(&text[..text.len() - 1], &format!("it is not JSON at byte {}", text.len() - 1));
    let broken = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} in {text}");
        text.replacen(from, to, 1)
    };
    for (from, to, said) in [
        (
            "CopyDBClusterSnapshot",
            "Copy",
            "steps[0].call.operation: it is not an operation that is known here",
        ),
        ("\"region\":", "\"realm\":", "steps[0].call.realm: it does not belong there"),
        ("\"region\":", "\"account\":", "steps[0].call.account: it does not belong there"),
        (
            "\"follows\":{\"snapshot\":\"",
            "\"follows\":{\"snapshot\":\"x",
            "steps[0].follows.snapshot: it is not the ARN of a snapshot",
        ),
        ("\"goal\":\"", "\"goal\":\"\\u001b", "goal: it is not a text without hidden characters"),
        (
            "[\"KmsKeyId\"",
            "[\"Kms Key\"",
            "steps[0].call.parameters[2][0]: it is not the name of a parameter",
        ),
    ] {
        refuses::<Plan>(&broken(from, to), said);
    }
}

proptest! {
    #[test]
    fn a_plan_is_read_back_equal(plan in any_plan()) {
        let text = plan.to_record();
        prop_assert!(!text.chars().any(crate::domain::is_hidden));
        prop_assert_eq!(Plan::from_record(&text), Ok(plan));
    }

    #[test]
    fn a_step_is_read_back_equal(step in any_step()) {
        prop_assert_eq!(Step::from_record(&step.to_record()), Ok(step));
    }

    #[test]
    fn an_event_is_read_back_equal(event in any_event()) {
        prop_assert_eq!(Event::from_record(&event.to_record()), Ok(event));
    }

    #[test]
    fn an_author_is_read_back_equal(author in any_author()) {
        prop_assert_eq!(Author::from_record(&author.to_record()), Ok(author));
    }

    #[test]
    fn a_text_cut_short_is_no_event(event in any_event(), at in any::<Index>()) {
        let text = event.to_record();
        let cut = text.char_indices().map(|(at, _)| at).nth(at.index(text.chars().count())).unwrap_or(0);
        prop_assert!(Event::from_record(&text[..cut]).is_err());
    }

    #[test]
    fn whatever_a_changed_text_is_read_as_is_read_back_equal(
        event in any_event(), at in any::<Index>(), to in any::<char>()
    ) {
        let mut text: Vec<char> = event.to_record().chars().collect();
        let at = at.index(text.len());
        prop_assume!(text[at] != to);
        text[at] = to;
        let text: String = text.into_iter().collect();
        if let Ok(other) = Event::from_record(&text) {
            prop_assert_eq!(Event::from_record(&other.to_record()), Ok(other));
        }
    }
}
