//! `DescribeDBSnapshotAttributes` and `DescribeDBClusterSnapshotAttributes`: whom a snapshot is shared with.

use crate::demo::state::State;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `DescribeDBSnapshotAttributes`.
pub(crate) fn instances(state: &State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `DescribeDBClusterSnapshotAttributes`.
pub(crate) fn clusters(state: &State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

/// Only the owner is answered. An automated snapshot is too, with nobody in its list (SHARE-01).
fn answer(state: &State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let identifier = call.params.required(kind.id_field())?;
    let snapshot = state.own_snapshot(call, kind, identifier).ok_or_else(|| {
        Refusal::not_found(kind.not_found(), format!("{} {identifier} not found.", kind.member()))
    })?;
    let mut xml = Xml::new();
    write(&mut xml, snapshot, state.shared_with(snapshot.arn()));
    Ok(xml)
}

/// Writes the attributes of a snapshot, as these operations and those that modify them answer.
pub(crate) fn write(xml: &mut Xml, snapshot: &Snapshot, shared_with: &[String]) {
    let attribute = snapshot.kind.pick("DBSnapshotAttribute", "DBClusterSnapshotAttribute");
    xml.element(&format!("{attribute}sResult"), |xml| {
        xml.text(snapshot.kind.id_field(), snapshot.id());
        xml.element(&format!("{attribute}s"), |xml| {
            xml.element(attribute, |xml| {
                xml.text("AttributeName", "restore");
                xml.texts("AttributeValues", "AttributeValue", shared_with);
            });
        });
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::trial::Trial;

    fn trial() -> Trial {
        Trial::of(&json!({
            "DBSnapshots": [{"DBSnapshotIdentifier": "a"}, {"DBSnapshotIdentifier": "rds:a-1"}],
            "DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "a"}],
            "SnapshotAttributes": {"arn:aws:rds:us-east-1:111111111111:snapshot:a": ["222222222222", "all"]}}))
    }

    #[tokio::test]
    async fn the_owner_reads_whom_a_snapshot_is_shared_with() {
        let trial = trial();
        let said = trial.rds("DescribeDBSnapshotAttributes", "DBSnapshotIdentifier=a").await;
        assert_eq!(said.text("AttributeName"), "restore");
        assert_eq!(said.texts("AttributeValue"), ["222222222222", "all"]);
        for unshared in ["DBSnapshotIdentifier=rds:a-1", "DBClusterSnapshotIdentifier=a"] {
            let kind = if unshared.contains("Cluster") { "DBCluster" } else { "DB" };
            let said = trial.rds(&format!("Describe{kind}SnapshotAttributes"), unshared).await;
            assert_eq!((said.status, said.texts("AttributeValue").len()), (200, 0));
        }
    }

    #[tokio::test]
    async fn nobody_else_does() {
        let arn = "DBSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:snapshot:a";
        assert_eq!(trial().rds("DescribeDBSnapshotAttributes", arn).await.status, 200);
        let said = trial().caller("222222222222").rds("DescribeDBSnapshotAttributes", arn).await;
        assert_eq!((said.status, said.code().as_str()), (404, "DBSnapshotNotFound"));
    }
}
