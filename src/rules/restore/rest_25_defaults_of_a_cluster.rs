//! REST-25: what a new cluster gets when nothing is chosen.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-25",
    says: "A restored cluster gets the region's default engine version, the storage type aurora, the default security group and parameter group where none is chosen.",
    way_out: "Name the version and the storage type of the snapshot.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot: EngineVersion, StorageType",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Cluster {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    let Some(scope) = case.destination() else { return };
    let version = &snapshot.row.engine_version;
    if case.draft.text(Field::EngineVersion).is_none() {
        let default = case.default_version(scope, snapshot.row.engine.exact()).flatten();
        if let Some(default) = default.filter(|default| default.version != *version) {
            let message =
                format!("Without a version it gets {}; the snapshot is of {version}.", default.version);
            let fix = Fix::set(format!("keep {version}"), Field::EngineVersion, version.exact());
            case.warn(Field::EngineVersion, message, Some(fix));
        }
    }
    let storage = snapshot.row.storage_type.as_ref().filter(|storage| storage.exact() == "aurora-iopt1");
    if let (Some(storage), None) = (storage, case.draft.text(Field::StorageType)) {
        let fix = Fix::set(format!("keep {storage}"), Field::StorageType, storage.exact());
        let message = format!("Without a storage type it gets aurora; the source had {storage}.");
        case.warn(Field::StorageType, message, Some(fix));
    }
    judge_storage(case);
    if case.draft.text(Field::SubnetGroup).is_none() {
        case.warn(Field::SubnetGroup, "Without a subnet group it is put into the default VPC.", None);
    }
    if case.draft.list(Field::SecurityGroups).is_empty() {
        let message = "Without security groups it gets the default one of its VPC.";
        case.warn(Field::SecurityGroups, message, None);
    }
    if case.draft.text(Field::ParameterGroup).is_none() {
        let message = "Without a parameter group it gets the default one of its engine.";
        case.warn(Field::ParameterGroup, message, None);
    }
}

/// Aurora has two storage types of its own, and so have its siblings; of a Multi-AZ DB cluster REST-24 speaks too.
fn judge_storage(case: &mut Case<'_>) {
    let Some(typed) = case.draft.text(Field::StorageType).map(str::trim) else { return };
    let Some(family) = case.family() else { return };
    let own = family.storage_types();
    if own.contains(&typed) {
        return;
    }
    let fix = Fix::clear("take the default one", Field::StorageType);
    if ["gp2", "gp3", "io1", "io2", "standard", "iopt1", "aurora", "aurora-iopt1"].contains(&typed) {
        let message = format!("{typed} is no storage type of such a cluster: it has {}.", own.join(", "));
        case.error(Field::StorageType, message, Some(fix));
    } else {
        let message = format!("{} is no storage type that is known here.", Shown::from(typed));
        case.warn(Field::StorageType, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_cluster_keeps_its_version_and_storage_only_when_they_are_named() {
        check(
            "restore clu v8.0.mysql_aurora.3.04.0 db=x",
            "REST-25 warning engine-version -> engine-version=8.0.mysql_aurora.3.04.0",
        );
        check(
            "restore clu storage:aurora-iopt1 db=x",
            "REST-25 warning storage-type -> storage-type=aurora-iopt1",
        );
        check(
            "restore clu db=x engine-version=8.0.mysql_aurora.3.08.0 storage-type=aurora subnet-group=data security-group=sg-1 parameter-group=tuned",
            "no REST-25",
        );
        check("restore inst db=x", "no REST-25");
    }
}
