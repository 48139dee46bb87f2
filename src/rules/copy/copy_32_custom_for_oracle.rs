//! COPY-32: RDS Custom for Oracle is not copied.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-32",
    says: "An RDS Custom for Oracle snapshot cannot be copied.",
    way_out: "Restore it, or move the data with the tools of Oracle.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.engine.exact().starts_with("custom-oracle-") {
        let fix = Fix::outside("dump the data instead", Detour::Dump);
        case.error(Field::Snapshot, "A snapshot of RDS Custom for Oracle cannot be copied.", Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn custom_for_oracle_is_not_copied() {
        check("copy custom-oracle-ee cmk", "COPY-32 error snapshot");
        check("copy oracle-ee cmk", "no COPY-32");
        check("copy custom-sqlserver-ee cmk use1->euw1 kms-key=alias/dba", "no COPY-32");
    }
}
