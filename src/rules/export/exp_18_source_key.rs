//! EXP-18: the key of the snapshot can be used.

use super::key_access::judge_use;
use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Need, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "EXP-18",
    says: "The key of the snapshot must be usable by the account that exports.",
    way_out: "Enable the key, or copy the snapshot under another.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "StartExportTask: KMSKeyNotAccessibleFault",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let key = match case.source_key() {
        Some(Some(key)) => key,
        Some(None) => {
            case.error(Field::Snapshot, "Its key is gone: nobody can read it any more.", None);
            return;
        }
        None => return,
    };
    if key.can_encrypt() {
        judge_use(case, Field::Snapshot, key, Need::Snapshot);
        return;
    }
    let message = format!(
        "Its key {} {}: the snapshot cannot be read.",
        key.label(),
        key_name::state_words(&key.state)
    );
    let fix = key_name::repair(case, key);
    case.error(Field::Snapshot, message, Some(fix));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_key_of_the_snapshot_works() {
        check(
            "export postgres disabled task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-18 error snapshot ~ disabled",
        );
        check(
            "export postgres pending task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-18 error snapshot",
        );
        check(
            "export postgres aws/rds of:222 by:111 +share:111 task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-18 error snapshot ~ default key",
        );
        check(
            "export postgres aws/rds task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-18",
        );
        check(
            "export postgres cmk task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-18",
        );
    }
}
