//! REST-13: without a storage type an instance gets gp3.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-13",
    says: "A restored instance gets gp3 where no storage type is chosen; io1 and io2 need Iops, and magnetic storage is being retired.",
    way_out: "Name the storage type of the source.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: StorageType; CHAP_Storage",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

/// The other storage types of instances, as far as they are known.
const TYPES: [&str; 2] = ["gp2", "gp3"];

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    match case.draft.text(Field::StorageType).map(str::trim) {
        Some("standard") => {
            let fix = Fix::set("use gp3", Field::StorageType, "gp3");
            case.warn(Field::StorageType, "Magnetic storage is being retired.", Some(fix));
        }
        Some(typed @ ("io1" | "io2")) => {
            // They come along with the snapshot; nothing else tells how many.
            if case.snapshot().is_some_and(|snapshot| snapshot.iops.is_none()) {
                let fix = Fix::set("use gp3", Field::StorageType, "gp3");
                let message = format!("{typed} needs Iops with it, and the snapshot has none.");
                case.error(Field::StorageType, message, Some(fix));
            }
        }
        Some(typed @ ("aurora" | "aurora-iopt1" | "iopt1")) => {
            let fix = Fix::set("use gp3", Field::StorageType, "gp3");
            case.error(Field::StorageType, format!("{typed} is no storage type of an instance."), Some(fix));
        }
        Some(typed) if !TYPES.contains(&typed) => {
            let message = format!("{} is no storage type that is known here.", Shown::from(typed));
            case.warn(Field::StorageType, message, Some(Fix::set("use gp3", Field::StorageType, "gp3")));
        }
        Some(_) => {}
        None => {
            let Some(source) = case.snapshot().and_then(|snapshot| snapshot.row.storage_type.as_ref()) else {
                return;
            };
            if !["gp3", "standard"].contains(&source.exact()) {
                let fix = Fix::set(format!("keep {source}"), Field::StorageType, source.exact());
                let message = format!("Without a storage type it gets gp3; the source had {source}.");
                case.warn(Field::StorageType, message, Some(fix));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_storage_type_is_kept_only_when_it_is_named() {
        check("restore db=x storage:io2", "REST-13 warning storage-type -> storage-type=io2");
        check("restore db=x storage:gp3", "no REST-13");
        check("restore db=x storage:io2 iops:3000 storage-type=io2", "no REST-13");
        check(
            "restore db=x storage-type=standard",
            "REST-13 warning storage-type -> storage-type=gp3 ~ retired",
        );
        check("restore db=x storage-type=fast", "REST-13 warning storage-type");
        check("restore db=x storage-type=io1", "REST-13 error storage-type -> storage-type=gp3 ~ Iops");
        check("restore db=x storage-type=aurora", "REST-13 error storage-type -> storage-type=gp3");
        check("restore clu db=x", "no REST-13");
    }
}
