//! REST-16: Db2 needs its licence in a parameter group.

use crate::domain::{Action, Field, Shown};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-16",
    says: "Db2 under one's own licence needs a parameter group with the IBM site and customer id; from the Marketplace it needs a subscription.",
    way_out: "Choose that parameter group.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: LicenseModel",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if !snapshot.row.engine.exact().starts_with("db2-") {
        return;
    }
    let group = case.draft.text(Field::ParameterGroup).map(str::trim);
    let is_custom = group.is_some_and(|group| !group.starts_with("default."));
    match snapshot.license_model.as_ref().map(Shown::exact) {
        Some("marketplace-license") => {
            case.info(
                Field::Snapshot,
                "Its licence is of the AWS Marketplace: the account needs the subscription.",
            );
        }
        _ if is_custom => {}
        Some("bring-your-own-license") => case.error(
            Field::ParameterGroup,
            "Db2 under your own licence needs a parameter group with the IBM site and customer id.",
            None,
        ),
        _ => case.warn(
            Field::ParameterGroup,
            "Db2 may need a parameter group with the IBM site and customer id: its licence is not known.",
            None,
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn db2_needs_its_licence() {
        check("restore db2-se license:bring-your-own-license db=x", "REST-16 error parameter-group");
        check("restore db2-se license:bring-your-own-license db=x parameter-group=tuned", "no REST-16");
        check("restore db2-se license:marketplace-license db=x", "REST-16 info snapshot");
        check("restore db2-se db=x", "REST-16 warning parameter-group");
        check("restore mysql db=x", "no REST-16");
    }
}
