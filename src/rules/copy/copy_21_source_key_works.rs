//! COPY-21: the key of the source works when it is copied.

use crate::domain::{Action, Field};
use crate::rules::key_name;
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-21",
    says: "A snapshot whose key is disabled, waits for deletion or is deleted cannot be copied.",
    way_out: "Enable the key; cancelling a deletion leaves it disabled, so enable it then.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "KMSKeyNotAccessibleFault; KMS: CancelKeyDeletion",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    match case.source_key() {
        Some(Some(key)) if !key.is_usable() => {
            let message = format!(
                "Its key {} {}: it cannot be copied.",
                key.label(),
                key_name::state_words(&key.state)
            );
            let fix = key_name::repair(case, key);
            case.error(Field::Snapshot, message, Some(fix));
        }
        Some(None) => {
            case.error(Field::Snapshot, "Its key is gone: nobody can read it any more.", None);
        }
        Some(Some(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn under_a_dead_key_nothing_is_copied() {
        check("copy inst disabled", "COPY-21 error snapshot ~ disabled");
        check("copy clu pending use1->euw1 kms-key=alias/dba", "COPY-21 error snapshot ~ deleted");
        check("encrypt inst importing kms-key=alias/dba", "COPY-21 error snapshot ~ PendingImport");
        check("copy inst updating", "no COPY-21");
        check("copy inst cmk", "no COPY-21");
        check("copy inst none", "no COPY-21");
    }
}
