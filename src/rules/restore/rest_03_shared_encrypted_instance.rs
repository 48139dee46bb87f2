//! REST-03: a shared encrypted instance snapshot is copied before it is restored.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "REST-03",
    says: "An encrypted instance snapshot of another account cannot be restored; a copy under a key of one's own can.",
    way_out: "Copy it under a key of the account that restores, then restore the copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance || !case.crosses_accounts() || case.has_kms_key() != Some(true) {
        return;
    }
    let Some(to) = case.destination() else { return };
    let key = key_name::offer(case, Field::FirstKey, to);
    if !case.has_first_copy() {
        let name = case.first_copy_name();
        let fix = key.unwrap_or_else(|| Fix::outside("create a customer key", Detour::CopyFirst));
        let fix = Fix { label: format!("copy it first, as {name}"), ..fix };
        let message =
            "An encrypted instance snapshot of another account cannot be restored; a copy of it can.";
        case.error(Field::Snapshot, message, Some(fix.and(Field::FirstCopy, name).by(Detour::CopyFirst)));
    } else if case.draft.text(Field::FirstKey).is_none() {
        let message = "The copy of another account's encrypted snapshot needs a key of your own.";
        case.error(Field::FirstKey, message, key);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn an_encrypted_instance_snapshot_of_another_account_is_copied_first() {
        check("restore cmk of:222 by:111 +share:111 db=x", "REST-03 error snapshot -> first-key=alias/dba");
        check("restore cmk of:222 by:111 +share:111 db=x", "REST-03 error snapshot -> first-copy=orders");
        check(
            "restore cmk of:222 by:111 +share:111 db=x first-copy=y",
            "REST-03 error first-key -> first-key=alias/dba",
        );
        check("restore cmk of:222 by:111 +share:111 db=x first-copy=y first-key=alias/dba", "no REST-03");
        check("restore none of:222 by:111 +share:111 db=x", "no REST-03");
        check("restore clu cmk of:222 by:111 +share:111 db=x", "no REST-03");
        check("restore cmk db=x", "no REST-03");
        check_fixes("restore cmk of:222 by:111 +share:111 +policy:admits:111 db=x");
    }
}
