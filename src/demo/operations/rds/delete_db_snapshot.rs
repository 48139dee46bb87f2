//! `DeleteDBSnapshot` and `DeleteDBClusterSnapshot`.

use crate::demo::judge::source;
use crate::demo::state::State;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `DeleteDBSnapshot`.
pub(crate) fn instance(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `DeleteDBClusterSnapshot`.
pub(crate) fn cluster(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

/// Deletes a manual snapshot of the caller; of one that is being copied, the copy ends (COPY-49).
fn answer(state: &mut State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let identifier = call.params.required(kind.id_field())?;
    // What another account shares is not found, as far as deleting goes (DEL-04).
    let snapshot = state.own_snapshot(call, kind, identifier).ok_or_else(|| {
        Refusal::not_found(kind.not_found(), format!("{} not found: {identifier}", kind.member()))
    })?;
    check(snapshot)?;
    let arn = snapshot.arn().to_owned();
    let mut gone = forget(state, &arn).expect("BUG: the snapshot was there a moment ago");
    gone.record.set("Status", "deleted");
    let mut xml = Xml::new();
    xml.record(kind.member(), &gone.record);
    Ok(xml)
}

/// Takes a snapshot away, whatever its type, and what depends on it.
pub(crate) fn forget(state: &mut State, arn: &str) -> Option<Snapshot> {
    fail_copies_of(state, arn);
    state.sources.remove(arn);
    state.remove_snapshot(arn)
}

/// Manual (DEL-01, DEL-03), and in a state to go: `available`, or a copy under way (DEL-02).
fn check(snapshot: &Snapshot) -> Result<(), Refusal> {
    let kind = snapshot.kind;
    if snapshot.snapshot_type() != "manual" {
        let message =
            kind.pick("automated snapshots cannot be deleted.", "Only manual snapshots may be deleted.");
        return Err(source::bad_state(kind, message.to_owned()));
    }
    match snapshot.status() {
        "available" | "copying" => Ok(()),
        status => Err(source::bad_state(
            kind,
            format!("{} {} cannot be deleted while it is {status}.", kind.member(), snapshot.id()),
        )),
    }
}

/// Copies that still read the snapshot will never be whole (COPY-41).
fn fail_copies_of(state: &mut State, source: &str) {
    let unfinished: Vec<String> = state
        .lines
        .targets()
        .filter(|target| origin(state, target).as_deref() == Some(source))
        .map(str::to_owned)
        .collect();
    for target in unfinished {
        state.lines.leave(&target);
        if let Some(copy) = state.snapshot_mut(&target) {
            copy.record.set("Status", "failed");
        }
    }
}

/// Where a copy comes from: as its beginning here noted it, or as the fleet says.
fn origin(state: &State, copy: &str) -> Option<String> {
    let noted = state.sources.get(copy).map(String::as_str);
    let told = || {
        let copy = state.snapshot(copy).filter(|copy| copy.status() == "copying")?;
        copy.record.text(copy.kind.pick("SourceDBSnapshotIdentifier", "SourceDBClusterSnapshotArn"))
    };
    noted.or_else(told).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::demo::world::{AWAY, Answer, HOME, OTHER, OWNER, World, arn, cluster_arn};

    async fn delete(world: &World, who: &str, snapshot: &str) -> Answer {
        world.rds(who, HOME, "DeleteDBSnapshot", &[("DBSnapshotIdentifier", snapshot)]).await
    }

    async fn copy(world: &World, who: &str, region: &str, source: &str, target: &str) -> Answer {
        let params = [("SourceDBSnapshotIdentifier", source), ("TargetDBSnapshotIdentifier", target)];
        world.rds(who, region, "CopyDBSnapshot", &params).await
    }

    async fn status(world: &World, who: &str, region: &str, snapshot: &str) -> String {
        let seen = world.rds(who, region, "DescribeDBSnapshots", &[("DBSnapshotIdentifier", snapshot)]).await;
        seen.text("Status").map_or_else(|| seen.code(), str::to_owned)
    }

    #[tokio::test]
    async fn only_own_manual_snapshots_are_deleted() {
        let world = World::new();
        delete(&world, OWNER, "rds:auto").await.refused("InvalidDBSnapshotState");
        delete(&world, OWNER, "awsbackup:job-1").await.refused("InvalidDBSnapshotState");
        delete(&world, OWNER, "creating").await.refused("InvalidDBSnapshotState");
        delete(&world, OWNER, "nowhere").await.refused("DBSnapshotNotFound");
        delete(&world, OTHER, &arn("plain")).await.refused("DBSnapshotNotFound");
        delete(&world, OWNER, "failed").await.refused("InvalidDBSnapshotState");
        assert_eq!(delete(&world, OWNER, "Private").await.ok().text("Status"), Some("deleted"));
        delete(&world, OWNER, "private").await.refused("DBSnapshotNotFound");
    }

    #[tokio::test]
    async fn clusters_have_their_own_codes() {
        let world = World::new();
        let delete = |name| {
            let world = &world;
            async move {
                world
                    .rds(OWNER, HOME, "DeleteDBClusterSnapshot", &[("DBClusterSnapshotIdentifier", name)])
                    .await
            }
        };
        delete("rds:aurora-auto").await.refused("InvalidDBClusterSnapshotStateFault");
        delete("nowhere").await.refused("DBClusterSnapshotNotFoundFault");
        delete("plain").await.refused("DBClusterSnapshotNotFoundFault");
        delete("maz").await.ok();
        let copied = [
            ("SourceDBClusterSnapshotIdentifier", &*cluster_arn("maz")),
            ("TargetDBClusterSnapshotIdentifier", "x"),
        ];
        world
            .rds(OWNER, HOME, "CopyDBClusterSnapshot", &copied)
            .await
            .refused("DBClusterSnapshotNotFoundFault");
    }

    #[tokio::test(start_paused = true)]
    async fn a_shared_one_goes_and_its_copies_stay() {
        let world = World::new();
        copy(&world, OTHER, HOME, &arn("plain"), "mine").await.ok();
        tokio::time::advance(Duration::from_secs(11)).await;
        delete(&world, OWNER, "plain").await.ok();
        assert_eq!(status(&world, OTHER, HOME, "mine").await, "available");
        copy(&world, OTHER, HOME, &arn("plain"), "again").await.refused("DBSnapshotNotFound");
    }

    #[tokio::test(start_paused = true)]
    async fn a_copy_fails_when_its_source_is_deleted_under_it() {
        let world = World::new();
        copy(&world, OWNER, HOME, "plain", "here").await.ok();
        copy(&world, OTHER, AWAY, &arn("plain"), "there").await.ok();
        copy(&world, OWNER, AWAY, &arn("public"), "unrelated").await.ok();
        tokio::time::advance(Duration::from_secs(5)).await;
        delete(&world, OWNER, "plain").await.ok();
        tokio::time::advance(Duration::from_mins(1)).await;
        assert_eq!(status(&world, OWNER, HOME, "here").await, "failed");
        assert_eq!(status(&world, OTHER, AWAY, "there").await, "failed");
        assert_eq!(status(&world, OWNER, AWAY, "unrelated").await, "available");
    }

    #[tokio::test(start_paused = true)]
    async fn deleting_a_copy_under_way_cancels_it_and_lets_the_next_one_work() {
        let world = World::new();
        copy(&world, OWNER, HOME, "plain", "first").await.ok();
        copy(&world, OWNER, HOME, "plain", "second").await.ok();
        tokio::time::advance(Duration::from_secs(4)).await;
        delete(&world, OWNER, "first").await.ok();
        assert_eq!(status(&world, OWNER, HOME, "first").await, "DBSnapshotNotFound");
        tokio::time::advance(Duration::from_secs(11)).await;
        assert_eq!(status(&world, OWNER, HOME, "second").await, "available");
        copy(&world, OWNER, HOME, "plain", "first").await.ok();
    }
}
