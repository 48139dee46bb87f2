//! How long a draft is under review, once every fact is known.

mod answers;

use divan::Bencher;
use jiff::Timestamp;
use snapdeck::domain::{
    Access, Account, AccountId, Action, Draft, Facts, Field, SnapshotArn, Standing, Tag, Value,
};
use snapdeck::rules::review;

use answers::answer;

fn main() {
    divan::main();
}

const ARN: &str = "arn:aws:rds:us-east-1:111111111111:snapshot:orders";

fn now() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().expect("a time")
}

fn account(id: &str) -> AccountId {
    id.parse().expect("an account id")
}

/// A copy into another account and region, a share with three accounts, and a restore.
fn drafts() -> [(&'static str, Draft); 3] {
    let arn: SnapshotArn = ARN.parse().expect("an ARN");
    let draft = |action| Draft::new(action, arn.clone(), arn.account());
    let text = |text: &str| Value::Text(text.to_owned());
    let copy = draft(Action::Copy)
        .with(Field::ToAccount, text("222222222222"))
        .with(Field::ToRegion, text("eu-west-1"))
        .with(Field::Name, text("orders-dr"))
        .with(Field::KmsKey, text("alias/dba"))
        .with(Field::OptionGroup, text("audited"))
        .with(Field::Tags, Value::Tags(vec![Tag { key: "env".into(), value: "prod".into() }]));
    let share = draft(Action::Share).with(
        Field::With,
        Value::List(["222222222222", "333333333333", "999999999999"].map(str::to_owned).to_vec()),
    );
    let restore = draft(Action::Restore)
        .with(Field::Db, text("orders-2"))
        .with(Field::SubnetGroup, text("data"))
        .with(Field::ParameterGroup, text("tuned"))
        .with(Field::OptionGroup, text("audited"));
    [("copy", copy), ("share", share), ("restore", restore)]
}

/// The facts that a review asks for, until it asks for no more.
fn facts(draft: &Draft) -> Facts {
    let ours =
        [("111111111111", "prod"), ("222222222222", "dr"), ("333333333333", "lab")].map(|(id, name)| {
            let id = account(id);
            let (access, standing) = (Access::ReadWrite, Standing::Ordinary);
            (id, Account { name: name.into(), id: Some(id), access, standing, tint: None })
        });
    let mut facts = Facts::new(ours, []);
    loop {
        let review = review(draft, &facts);
        if review.questions.is_empty() {
            assert!(!review.findings.is_empty(), "a review that says nothing measures nothing");
            return facts;
        }
        for question in review.questions {
            let answer = answer(&question);
            facts.learn(question, Ok(answer), now());
        }
    }
}

#[divan::bench(args = ["copy", "share", "restore"])]
fn reviewing(bencher: Bencher<'_, '_>, name: &str) {
    let (_, draft) = drafts().into_iter().find(|(own, _)| *own == name).expect("a draft");
    let facts = facts(&draft);
    bencher.bench_local(|| review(&draft, &facts));
}
