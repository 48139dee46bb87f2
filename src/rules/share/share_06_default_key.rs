//! SHARE-06: a snapshot under the default key cannot be used by another account.

use crate::domain::{Action, EncryptionClass, Field, Scope};
use crate::rules::kms::{self, Candidate};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-06",
    says: "A snapshot that is encrypted with the default key aws/rds cannot be shared.",
    way_out: "Copy it under a customer key and share the copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "share-encrypted-snapshot; Overview.Encryption",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-12"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.added().is_empty() || case.shared_encryption() != Some(EncryptionClass::AwsManaged) {
        return;
    }
    let home = case.home();
    let message =
        "The default key aws/rds works in its own account only: nobody else could use the snapshot.";
    let field = if case.has_first_copy() { Field::FirstKey } else { Field::Snapshot };
    let fix = re_encrypt(case, home);
    case.error(field, message, fix);
}

/// Copies first, under a customer key of the snapshot's region; `None` while it is not known which serves best.
fn re_encrypt(case: &mut Case<'_>, home: Scope) -> Option<Fix> {
    let Some(best @ Candidate { key, .. }) = kms::best(case, home, None)? else {
        return Some(Fix::outside("create a customer key, then copy under it", Detour::ReEncryptFirst));
    };
    let name = case.first_copy_name();
    let label = format!("encrypt a copy with {}{}", key.label(), best.merit(case));
    let fix = Fix::set(label, Field::FirstKey, key.handle());
    Some(fix.and(Field::FirstCopy, name).by(Detour::ReEncryptFirst))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn under_the_default_key_only_a_copy_under_another_is_shared() {
        check("share aws/rds with=222", "SHARE-06 error snapshot -> first-key=alias/dba");
        check("share aws/rds with=222", "SHARE-06 error snapshot -> first-copy=orders-copy");
        check("share automated aws/rds with=222 first-copy=x", "SHARE-06 error first-key -> first-copy=x");
        check("share aws/rds with=222 first-copy=x first-key=alias/dba", "no SHARE-06");
        check("share cmk with=222 first-copy=x first-key=alias/aws/rds", "SHARE-06 error first-key");
        check("share cmk with=222", "no SHARE-06");
        check("share clu sse-rds with=222", "no SHARE-06");
        check("share aws/rds remove=222", "no SHARE-06");
        check_fixes("share aws/rds with=222");
        check_fixes("share clu aws/rds with=222");
    }
}
