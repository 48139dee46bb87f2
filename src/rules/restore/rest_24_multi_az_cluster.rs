//! REST-24: a Multi-AZ DB cluster needs a class, and Iops with a storage type.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-24",
    says: "A Multi-AZ DB cluster is restored with an instance class, and with Iops whenever a storage type is given.",
    way_out: "Choose a class; leave the storage type out.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot: DBClusterInstanceClass, StorageType",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.family() != Some(Family::MultiAzCluster) {
        return;
    }
    if case.draft.text(Field::Class).is_none() {
        let message = "A Multi-AZ DB cluster needs an instance class, as db.r6gd.large.";
        case.error(Field::Class, message, None);
    }
    let has_iops = case.snapshot().is_some_and(|snapshot| snapshot.iops.is_some());
    if case.draft.text(Field::StorageType).is_some() && !has_iops {
        let fix = Fix::clear("leave the storage type out", Field::StorageType);
        let message = "A storage type needs Iops with it, and the snapshot has none.";
        case.error(Field::StorageType, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_multi_az_cluster_has_a_class_and_iops_with_its_storage() {
        check("restore maz db=x", "REST-24 error class");
        check("restore maz db=x class=db.r6gd.large", "no REST-24");
        check(
            "restore maz db=x class=db.r6gd.large storage-type=io1",
            "REST-24 error storage-type -> storage-type",
        );
        check("restore maz iops:3000 db=x class=db.r6gd.large storage-type=io1", "no REST-24");
        check("restore clu db=x", "no REST-24");
    }
}
