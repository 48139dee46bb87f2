//! `CopyDBClusterSnapshot`: Aurora, Neptune and `DocumentDB`; no option groups here (COPY-36).

use super::copying;
use crate::demo::judge::names::{self, CLUSTER_SNAPSHOT};
use crate::demo::judge::quota;
use crate::demo::judge::source::{self, Family, Source};
use crate::demo::state::State;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

const KIND: SnapshotKind = SnapshotKind::Cluster;

/// Begins a copy and answers it as `copying`.
///
/// A shared `DocumentDB` snapshot crosses regions here: the texts disagree about it (COPY-23).
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let params = &call.params;
    let source = Source::find(state, call, KIND, params.required("SourceDBClusterSnapshotIdentifier")?)?;
    let given = params.required("TargetDBClusterSnapshotIdentifier")?;
    let id = names::new_identifier("TargetDBClusterSnapshotIdentifier", given, CLUSTER_SNAPSHOT)?;
    source.require_available()?;
    // COPY-30 names no code: the snapshot is of a kind that the operation cannot take.
    if source::family(&source.snapshot) == Family::MultiAzCluster {
        return Err(source::bad_state(
            KIND,
            "Snapshots of Multi-AZ DB clusters cannot be copied.".to_owned(),
        ));
    }
    copying::refuse_deprecated_public(state, call, &source)?;
    let protection = copying::protection(state, call, &source)?;
    if state.here(call).shelf(KIND).get(&id).is_some() {
        return Err(Refusal::new(
            "DBClusterSnapshotAlreadyExistsFault",
            format!(
                "Cannot create the cluster snapshot because one with the identifier {id} already exists."
            ),
        ));
    }
    quota::room_for_copy(state, call, KIND)?;
    quota::room_for_snapshot(state, call, KIND)?;
    copying::begin(state, call, &source, &id, &protection, |_| {})
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::world::{AWAY, Answer, HOME, OTHER, OWNER, World, arn, cluster_arn, key};

    async fn copy(world: &World, who: &str, region: &str, source: &str, more: &[(&str, &str)]) -> Answer {
        let params =
            [("SourceDBClusterSnapshotIdentifier", source), ("TargetDBClusterSnapshotIdentifier", "copy")];
        let params: Vec<_> =
            params.into_iter().filter(|(name, _)| !more.iter().any(|(more, _)| more == name)).collect();
        world.rds(who, region, "CopyDBClusterSnapshot", &[&params[..], more].concat()).await
    }

    async fn code(who: &str, region: &str, source: &str, more: &[(&str, &str)]) -> String {
        copy(&World::new(), who, region, source, more).await.code()
    }

    #[tokio::test]
    async fn names_are_shorter_than_those_of_instances() {
        let name = |length: usize| "a".repeat(length);
        assert_eq!(
            code(OWNER, HOME, "aurora", &[("TargetDBClusterSnapshotIdentifier", &name(63))]).await,
            "ok"
        );
        let code_of_64 =
            code(OWNER, HOME, "aurora", &[("TargetDBClusterSnapshotIdentifier", &name(64))]).await;
        assert_eq!(code_of_64, "InvalidParameterValue");
        let taken = [("TargetDBClusterSnapshotIdentifier", "Neptune")];
        assert_eq!(code(OWNER, HOME, "aurora", &taken).await, "DBClusterSnapshotAlreadyExistsFault");
        assert_eq!(code(OWNER, HOME, "nowhere", &[]).await, "DBClusterSnapshotNotFoundFault");
        assert_eq!(code(OWNER, HOME, "rds:aurora-auto", &[]).await, "ok");
        assert_eq!(code(OWNER, HOME, &arn("plain"), &[]).await, "InvalidParameterValue");
        // An instance snapshot of that name is no obstacle.
        assert_eq!(
            code(OWNER, HOME, "aurora", &[("TargetDBClusterSnapshotIdentifier", "plain")]).await,
            "ok"
        );
    }

    #[tokio::test]
    async fn a_cluster_snapshot_without_a_key_is_not_encrypted_by_copying() {
        let with_key = [("KmsKeyId", "alias/cmk")];
        for source in ["aurora", "neptune", "docdb"] {
            assert_eq!(code(OWNER, HOME, source, &with_key).await, "InvalidParameterCombination", "{source}");
            assert_eq!(code(OWNER, HOME, source, &[]).await, "ok", "{source}");
        }
        assert_eq!(code(OWNER, AWAY, &cluster_arn("aurora"), &[]).await, "ok");
    }

    #[tokio::test]
    async fn a_key_of_aws_is_no_obstacle_and_none_of_ours() {
        let plain = copy(&World::new(), OWNER, AWAY, &cluster_arn("aurora-owned"), &[]).await.ok();
        assert_eq!(plain.text("StorageEncryptionType"), Some("sse-rds"));
        assert_eq!(plain.text("StorageEncrypted"), Some("false"));
        let keyed =
            copy(&World::new(), OWNER, AWAY, &cluster_arn("aurora-owned"), &[("KmsKeyId", "alias/own")])
                .await
                .ok();
        assert_eq!(keyed.text("StorageEncryptionType"), Some("sse-kms"));
        assert_eq!(code(OTHER, AWAY, &cluster_arn("aurora-owned"), &[]).await, "ok");
    }

    #[tokio::test]
    async fn an_encrypted_one_crosses_account_and_region_in_one_step_with_a_key() {
        let source = cluster_arn("aurora-cmk");
        assert_eq!(code(OTHER, AWAY, &source, &[]).await, "InvalidParameterValue");
        assert_eq!(code(OTHER, HOME, &source, &[]).await, "InvalidParameterValue");
        let copy = copy(&World::new(), OTHER, AWAY, &source, &[("KmsKeyId", "alias/own")]).await.ok();
        assert_eq!(copy.text("SourceDBClusterSnapshotArn"), Some(&*source));
        assert_eq!(copy.text("KmsKeyId"), Some(&*key(OTHER, AWAY, "own")));
        assert_eq!(code(OWNER, HOME, "aurora-cmk", &[]).await, "ok");
        assert_eq!(code(OTHER, AWAY, &cluster_arn("docdb"), &[]).await, "ok");
    }

    #[tokio::test]
    async fn a_multi_az_cluster_is_not_copied() {
        assert_eq!(code(OWNER, HOME, "maz", &[]).await, "InvalidDBClusterSnapshotStateFault");
    }

    #[tokio::test]
    async fn five_copies_run_into_a_region_and_no_sixth() {
        let world = World::with(|world| {
            let snapshots: Vec<_> = (0..4)
                .map(|n| json!({"DBClusterSnapshotIdentifier": format!("c{n}"), "Status": "copying", "AllocatedStorage": 9999}))
                .collect();
            world["accounts"][OWNER]["regions"][AWAY]["DBClusterSnapshots"] = json!(snapshots);
        });
        copy(&world, OWNER, AWAY, &cluster_arn("aurora"), &[]).await.ok();
        let next = [("TargetDBClusterSnapshotIdentifier", "next")];
        copy(&world, OWNER, AWAY, &cluster_arn("aurora"), &next).await.refused("SnapshotQuotaExceeded");
        let instance =
            [("SourceDBSnapshotIdentifier", &*arn("plain")), ("TargetDBSnapshotIdentifier", "copy")];
        world.rds(OWNER, AWAY, "CopyDBSnapshot", &instance).await.ok();
    }
}
