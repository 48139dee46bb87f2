//! What AWS says to the questions of the rules: a team with 20 keys and long policies, where most things work.

use snapdeck::domain::{
    Answer, Encryption, EngineVersion, Family, Grant, GroupOption, KeyFacts, KeyManager, KeyPolicies,
    KeyState, OptionGroup, Origin, ParameterGroup, Policy, Question, Quotas, Region, Scope, Share, Snapshot,
    SnapshotArn, SnapshotFacts, SnapshotType, SnapshotsThere, Status, SubnetGroup,
};

use crate::now;

/// What AWS says to a question of the rules.
pub(crate) fn answer(question: &Question) -> Answer {
    match question {
        Question::Snapshot(scope, arn) => Answer::Snapshot(Some(Box::new(snapshot(scope, arn)))),
        Question::Attributes(..) => {
            Answer::Attributes(Share::Accounts(["222222222222".parse().expect("an account id")].into()))
        }
        Question::Key(scope, _) => Answer::Key(Some(key(scope, 0))),
        Question::Keys(scope) => Answer::Keys((0..20).map(|n| key(scope, n)).collect()),
        Question::KeyPolicy(scope, _) => Answer::KeyPolicy(policies(scope)),
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

/// A long policy, of a team that adds a statement for everybody: those that matter come last.
fn policies(scope: &Scope) -> KeyPolicies {
    let statement = |n: usize| {
        let id = match n {
            38 => scope.account.to_string(),
            39 => "222222222222".to_owned(),
            n => (400_000_000_000 + n).to_string(),
        };
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
    let key = format!("arn:aws:kms:{}:{}:key/0", arn.region(), arn.account());
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
        created_at: now().into(),
        data_at: now().into(),
        size_gib: Some(500),
        encryption: Encryption::Kms(key.parse().expect("a key ARN")),
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
