//! The facts that the rules ask for: one question, the calls that answer it, one answer.
//!
//! - A list is read to its end; a chain of pages that goes in a circle is a fault.
//! - "There is no such thing" is an answer, told by AWS's own code; everything else that AWS
//!   refuses is a fault. Nothing that could not be learned is answered as absent or as zero.
//! - Somebody waits at a form: AWS is given fewer tries than when a scope is read.

mod absence;
pub(super) mod databases;
mod engine_versions;
mod export_tasks;
mod groups;
mod key_policy;
mod keys;
mod option_groups;
mod quotas;
mod snapshot;
mod snapshots_there;
mod source_regions;

use super::clients::Clients;
use super::keys::KeyRing;
use super::share;
use crate::domain::{Answer, Fault, Kind, Question};

/// How often a call is made when AWS fails inside: two waits, of about a second and two at most.
const TRIES: u32 = 3;

/// Answers one question of the rules.
pub(super) async fn ask(clients: &Clients, ring: &KeyRing, question: &Question) -> Result<Answer, Fault> {
    let clients = &clients.with_tries(TRIES);
    Ok(match question {
        Question::Snapshot(_, arn) => Answer::Snapshot(snapshot::snapshot(clients, arn).await?.map(Box::new)),
        Question::Attributes(_, arn) => Answer::Attributes(share::share(clients, arn).await?),
        Question::Key(_, name) => Answer::Key(keys::key(clients, ring, name).await?),
        Question::Keys(_) => Answer::Keys(keys::keys(clients, ring).await?),
        Question::KeyPolicy(_, key) => Answer::KeyPolicy(key_policy::policies(clients, key).await?),
        Question::OptionGroups(_) => Answer::OptionGroups(option_groups::option_groups(clients).await?),
        Question::Snapshots(_, kind) => Answer::Snapshots(snapshots_there::there(clients, *kind).await?),
        Question::Quotas(_) => Answer::Quotas(quotas::quotas(clients).await?),
        Question::SourceRegions(_) => Answer::SourceRegions(source_regions::source_regions(clients).await?),
        Question::EngineVersion(_, engine, version) => {
            Answer::EngineVersion(engine_versions::one(clients, engine, version).await?)
        }
        Question::DefaultVersion(_, engine) => {
            Answer::DefaultVersion(engine_versions::default(clients, engine).await?)
        }
        Question::Databases(_) => Answer::Databases(databases::databases(clients).await?),
        Question::SubnetGroups(_) => Answer::SubnetGroups(groups::of_subnets(clients).await?),
        Question::ParameterGroups(_, Kind::Instance) => {
            Answer::ParameterGroups(groups::of_instance_parameters(clients).await?)
        }
        Question::ParameterGroups(_, Kind::Cluster) => {
            Answer::ParameterGroups(groups::of_cluster_parameters(clients).await?)
        }
        Question::ExportTasks(_) => Answer::ExportTasks(export_tasks::export_tasks(clients).await?),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use std::time::Duration;

    use super::super::script::{self, signed_in};
    use super::super::trial::{Trial, ours};
    use crate::domain::{FaultClass, KeyArn, SnapshotArn};
    use crate::ports::Cloud as _;

    use super::*;

    fn every() -> Vec<Question> {
        let arn: SnapshotArn = "arn:aws:rds:us-east-1:111111111111:snapshot:orders".parse().expect("an ARN");
        let key: KeyArn = "arn:aws:kms:us-east-1:111111111111:key/k1".parse().expect("an ARN");
        vec![
            Question::Snapshot(ours(), arn.clone()),
            Question::Attributes(ours(), arn),
            Question::Key(ours(), "alias/dba".into()),
            Question::Keys(ours()),
            Question::KeyPolicy(ours(), key),
            Question::OptionGroups(ours()),
            Question::Snapshots(ours(), Kind::Instance),
            Question::Snapshots(ours(), Kind::Cluster),
            Question::Quotas(ours()),
            Question::SourceRegions(ours()),
            Question::EngineVersion(ours(), "mysql".into(), "8.4.6".into()),
            Question::DefaultVersion(ours(), "mysql".into()),
            Question::Databases(ours()),
            Question::SubnetGroups(ours()),
            Question::ParameterGroups(ours(), Kind::Instance),
            Question::ParameterGroups(ours(), Kind::Cluster),
            Question::ExportTasks(ours()),
        ]
    }

    async fn fleet() -> Trial {
        let fleet = json!({
            "DBSnapshots": [{"DBSnapshotIdentifier": "orders"}],
            "Keys": [{"KeyMetadata": {"KeyId": "k1"}, "Aliases": ["alias/dba"]}]});
        Trial::of(&fleet, &json!({})).await
    }

    #[tokio::test]
    async fn every_question_is_answered_and_what_it_costs_is_known() {
        let trial = fleet().await;
        let mut costs = Vec::new();
        for question in every() {
            trial.ask(question.clone()).await.unwrap_or_else(|fault| panic!("{question:?}: {fault}"));
            costs.push(trial.operations().join(" "));
        }
        assert_eq!(
            costs,
            [
                "DescribeDBSnapshots",
                "DescribeDBSnapshotAttributes",
                "DescribeKey ListAliases",
                "DescribeKey ListAliases ListKeys",
                "GetKeyPolicy GetKeyPolicy ListGrants",
                "DescribeOptionGroups",
                "DescribeDBSnapshots DescribeDBSnapshots",
                "DescribeDBClusterSnapshots DescribeDBClusterSnapshots",
                "DescribeAccountAttributes",
                "DescribeSourceRegions",
                "DescribeDBEngineVersions",
                "DescribeDBEngineVersions",
                "DescribeDBClusters DescribeDBInstances",
                "DescribeDBSubnetGroups",
                "DescribeDBParameterGroups",
                "DescribeDBClusterParameterGroups",
                "DescribeExportTasks",
            ]
        );
    }

    #[tokio::test]
    async fn a_denied_question_names_the_permission_that_would_tell() {
        for question in every() {
            let (aws, _) = signed_in(|ask| match ask.operation.as_str() {
                "GetCallerIdentity" => None,
                rds if rds.starts_with("Describe") && rds != "DescribeKey" => {
                    Some(script::Answer::error("AccessDenied", "no"))
                }
                _ => Some(script::Answer::json_error("AccessDeniedException", "no")),
            })
            .await;
            let fault = aws.ask(&question).await.expect_err("a fault");
            assert_eq!(fault.class, FaultClass::AccessDenied, "{question:?}");
            assert_eq!(fault.action.expect("an action").exact(), question.permission(), "{question:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_cloud_that_fails_inside_is_given_up_within_seconds() {
        for body in ["", "<html>Internal Server Error</html>"] {
            for question in every() {
                let (aws, log) = signed_in(move |ask| {
                    let answer = script::Answer { status: 500, ..script::Answer::body(body) };
                    (ask.operation != "GetCallerIdentity").then_some(answer)
                })
                .await;
                let start = tokio::time::Instant::now();
                let fault = aws.ask(&question).await.expect_err("a fault");
                assert!(fault.class.is_transient(), "{question:?}: {fault:?}");
                assert!(start.elapsed() <= Duration::from_secs(4), "{question:?}: {:?}", start.elapsed());
                let log = log.lock().expect("a log");
                let most = log.iter().filter(|ask| ask.operation == log[0].operation).count();
                assert!(most <= 2 * TRIES as usize, "{question:?}: {most} calls");
            }
        }
    }

    #[tokio::test]
    async fn a_list_is_read_to_its_end_and_one_in_a_circle_is_a_fault() {
        let group = |name: &str, marker: &str| {
            let group = format!("<OptionGroup><OptionGroupName>{name}</OptionGroupName></OptionGroup>");
            let list = format!("<OptionGroupsList>{group}</OptionGroupsList><Marker>{marker}</Marker>");
            script::Answer::xml("DescribeOptionGroups", &list)
        };
        let question = Question::OptionGroups(ours());
        let (aws, log) = signed_in(move |ask| match (ask.operation.as_str(), ask.get("Marker")) {
            ("DescribeOptionGroups", "") => Some(group("a", "m")),
            ("DescribeOptionGroups", _) => Some(group("b", "")),
            _ => None,
        })
        .await;
        let Ok(Answer::OptionGroups(groups)) = aws.ask(&question).await else { panic!("groups") };
        assert_eq!(groups.iter().map(|group| group.name.exact()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(log.lock().expect("a log").iter().all(|ask| ask.get("MaxRecords") == "100"));
        let (aws, _) =
            signed_in(move |ask| (ask.operation != "GetCallerIdentity").then(|| group("a", "m"))).await;
        assert_eq!(aws.ask(&question).await.expect_err("a fault").class, FaultClass::InvalidResponse);
    }
}
