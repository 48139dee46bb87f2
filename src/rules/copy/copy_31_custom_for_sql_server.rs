//! COPY-31: RDS Custom for SQL Server is copied to another region of its account only.

use crate::domain::{Action, Field};
use crate::rules::key_name;
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-31",
    says: "An RDS Custom for SQL Server snapshot is copied to another region of the same account only, under a key, without an option group.",
    way_out: "Choose another region and a key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "custom-copying-snapshot-sqlserver",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if !snapshot.row.engine.exact().starts_with("custom-sqlserver-") {
        return;
    }
    if case.crosses_accounts() {
        let message = "RDS Custom for SQL Server is not copied to another account.";
        case.error(Field::ToAccount, message, None);
    } else if !case.crosses_regions() {
        let field = if case.draft.action == Action::Encrypt { Field::Snapshot } else { Field::ToRegion };
        case.error(field, "RDS Custom for SQL Server is copied to another region only.", None);
    } else if case.draft.text(Field::KmsKey).is_none() && case.copied_under_kms() == Some(false) {
        let fix = case.destination().and_then(|to| key_name::offer(case, Field::KmsKey, to));
        case.error(Field::KmsKey, "A copy of RDS Custom for SQL Server needs a key.", fix);
    }
    if case.draft.text(Field::OptionGroup).is_some() {
        let fix = Fix::clear("leave it out", Field::OptionGroup);
        case.error(
            Field::OptionGroup,
            "A copy of RDS Custom for SQL Server takes no option group.",
            Some(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn custom_for_sql_server_changes_its_region_only() {
        check("copy custom-sqlserver-ee cmk", "COPY-31 error to-region");
        check("copy custom-sqlserver-ee cmk to-account=222 +share:222", "COPY-31 error to-account");
        check(
            "copy custom-sqlserver-ee cmk use1->euw1 kms-key=alias/dba option-group=x",
            "COPY-31 error option-group -> option-group; no OG-05",
        );
        check("copy custom-sqlserver-ee none use1->euw1", "COPY-31 error kms-key -> kms-key=alias/dba");
        check("copy custom-sqlserver-ee cmk use1->euw1 kms-key=alias/dba", "no COPY-31; request");
        check("copy sqlserver-ee cmk", "no COPY-31");
    }
}
