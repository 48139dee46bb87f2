//! EXP-01: an export needs five things.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity, key_name, names};

pub(super) const RULE: Rule = Rule {
    id: "EXP-01",
    says: "An export needs a task name, a snapshot, a bucket, a role and a key.",
    way_out: "Give all five; the key encrypts the exported files, also those of an unencrypted snapshot.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "StartExportTask",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let is_missing =
        |case: &Case<'_>, field| case.draft.text(field).is_none_or(|text| text.trim().is_empty());
    if is_missing(case, Field::Task) {
        let name = names::legal(case.draft.snapshot.exact_name(), 60);
        let fix = Fix::set(format!("name it {name}"), Field::Task, name);
        case.error(Field::Task, "The export needs a name.", Some(fix));
    }
    if is_missing(case, Field::Bucket) {
        case.error(Field::Bucket, "The export needs a bucket to write to.", None);
    }
    if is_missing(case, Field::Role) {
        case.error(Field::Role, "The export needs the ARN of a role that may write to the bucket.", None);
    }
    if is_missing(case, Field::KmsKey) {
        let Some(scope) = case.destination() else { return };
        let fix = key_name::offer(case, Field::KmsKey, scope);
        let message = "The export needs a key for its files, whether the snapshot is encrypted or not.";
        case.error(Field::KmsKey, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn all_five_are_asked_for_also_of_an_unencrypted_snapshot() {
        check(
            "export postgres automated none task=t bucket=b role=arn:aws:iam::111111111111:role/export",
            "EXP-01 error kms-key -> kms-key=alias/dba; EXP-04 info snapshot",
        );
        check(
            "export postgres",
            "EXP-01 error task -> task=orders; EXP-01 error bucket; EXP-01 error role; EXP-01 error kms-key",
        );
        check("export postgres bucket=␣ task=t", "EXP-01 error bucket");
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-01",
        );
    }
}
