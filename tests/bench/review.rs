//! How long a draft is under review, once every fact is known.

use divan::Bencher;
use jiff::Timestamp;
use snapdeck::domain::{
    Access, Account, AccountId, Action, Answer, Draft, Encryption, EngineVersion, Facts, Family, Field,
    Grant, GroupOption, KeyArn, KeyFacts, KeyManager, KeyPolicies, KeyState, OptionGroup, Origin,
    ParameterGroup, Policy, Question, Quotas, Region, Scope, Share, Snapshot, SnapshotArn, SnapshotFacts,
    SnapshotType, SnapshotsThere, Standing, Status, SubnetGroup, Tag, Value,
};
use snapdeck::rules::review;

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

fn answer(question: &Question) -> Answer {
    match question {
        Question::Snapshot(scope, arn) => Answer::Snapshot(Some(Box::new(snapshot(scope, arn)))),
        Question::Attributes(..) => Answer::Attributes(Share::Accounts([account("222222222222")].into())),
        Question::Key(scope, _) => Answer::Key(Some(key(scope, 0))),
        Question::Keys(scope) => Answer::Keys((0..20).map(|n| key(scope, n)).collect()),
        Question::KeyPolicy(..) => Answer::KeyPolicy(policies()),
        Question::OptionGroups(_) => Answer::OptionGroups((0..20).map(option_group).collect()),
        Question::Snapshots(..) => Answer::Snapshots(SnapshotsThere {
            names: (0..100).map(|n| format!("orders-{n}")).collect(),
            ..SnapshotsThere::default()
        }),
        Question::Quotas(_) => Answer::Quotas(Quotas {
            manual_snapshots: Some((98, 100)),
            manual_cluster_snapshots: Some((3, 100)),
        }),
        Question::SourceRegions(_) => {
            Answer::SourceRegions(["us-east-1", "eu-west-1"].map(Region::new).into())
        }
        Question::EngineVersion(..) => Answer::EngineVersion(Some(version())),
        Question::DefaultVersion(..) => Answer::DefaultVersion(Some(version())),
        Question::Databases(_) => Answer::Databases(vec![]),
        Question::SubnetGroups(_) => Answer::SubnetGroups(vec![SubnetGroup {
            name: "data".into(),
            vpc: Some("vpc-1".into()),
            zones: 3,
        }]),
        Question::ParameterGroups(..) => {
            Answer::ParameterGroups(vec![ParameterGroup { name: "tuned".into(), family: "mysql8.0".into() }])
        }
        Question::ExportTasks(_) => Answer::ExportTasks(vec![]),
    }
}

fn version() -> EngineVersion {
    EngineVersion {
        version: "8.0.40".into(),
        major: Some("8.0".into()),
        family: "mysql8.0".into(),
        available: true,
    }
}

fn option_group(n: usize) -> OptionGroup {
    OptionGroup {
        name: if n == 19 { "audited".into() } else { format!("group-{n}").into() },
        engine: "mysql".into(),
        major_version: "8.0".into(),
        vpc: None,
        options: vec![GroupOption {
            name: "MARIADB_AUDIT_PLUGIN".into(),
            persistent: false,
            permanent: false,
        }],
    }
}

fn key(scope: &Scope, n: usize) -> KeyFacts {
    let arn = format!("arn:aws:kms:{}:{}:key/{n}", scope.region, scope.account);
    KeyFacts {
        arn: arn.parse().expect("a key ARN"),
        manager: KeyManager::Customer,
        state: KeyState::Enabled,
        spec: "SYMMETRIC_DEFAULT".into(),
        usage: "ENCRYPT_DECRYPT".into(),
        origin: "AWS_KMS".into(),
        valid_to: None,
        replicas: vec![],
        aliases: vec![format!("alias/key-{n}").into()],
    }
}

/// A long policy, of a team that adds a statement for everybody: the one that matters comes last.
fn policies() -> KeyPolicies {
    let statement = |n: usize| {
        let id = if n == 39 { 222_222_222_222 } else { 400_000_000_000 + n };
        format!(
            r#"{{"Sid":"Allow{n}","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{id}:root"}},"Action":["kms:CreateGrant","kms:DescribeKey","kms:Decrypt","kms:Encrypt","kms:ReEncrypt*","kms:GenerateDataKey*"],"Resource":"*"}}"#
        )
    };
    let statements: Vec<String> = (0..40).map(statement).collect();
    let default = Policy::parse(&format!(r#"{{"Statement":[{}]}}"#, statements.join(",")));
    let grant = |n: usize| Grant {
        id: format!("grant-{n}").into(),
        grantee: "rds.us-east-1.amazonaws.com".into(),
        operations: vec!["Decrypt".into(), "CreateGrant".into()],
        constrained: true,
    };
    KeyPolicies { default, aws_ram: None, grants: Ok((0..50).map(grant).collect()) }
}

fn snapshot(scope: &Scope, arn: &SnapshotArn) -> SnapshotFacts {
    let key: KeyArn = "arn:aws:kms:us-east-1:111111111111:key/0".parse().expect("a key ARN");
    let row = Snapshot {
        scope: scope.clone(),
        arn: arn.clone(),
        family: Family::Rds,
        engine: "mysql".into(),
        engine_version: "8.0.40".into(),
        source_db: "orders".into(),
        snapshot_type: SnapshotType::Manual,
        origin: Origin::Own,
        status: Status::Available,
        progress: Some(100),
        created_at: Some(now()),
        data_at: Some(now()),
        size_gib: Some(500),
        encryption: Encryption::Kms(key),
        share: Share::Private,
        option_group: Some("audited".into()),
        storage_type: Some("gp3".into()),
        source_snapshot: None,
        tags: [].into(),
    };
    SnapshotFacts {
        row,
        tde_credential: None,
        snapshot_target: Some("region".into()),
        engine_mode: None,
        license_model: None,
        iops: None,
    }
}

#[divan::bench(args = ["copy", "share", "restore"])]
fn reviewing(bencher: Bencher<'_, '_>, name: &str) {
    let (_, draft) = drafts().into_iter().find(|(own, _)| *own == name).expect("a draft");
    let facts = facts(&draft);
    bencher.bench_local(|| review(&draft, &facts));
}
