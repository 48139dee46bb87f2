//! COPY-37: io2 volumes are copied to regions that have them.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-37",
    says: "A snapshot of io2 storage is copied only to regions with io2 Block Express.",
    way_out: "Choose a region that offers io2.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if case.crosses_regions()
        && snapshot.row.storage_type.as_ref().is_some_and(|storage| storage.exact() == "io2")
    {
        let message = format!(
            "Whether {} has io2 Block Express, which this snapshot needs, is not known.",
            case.to_region()
        );
        case.warn(Field::ToRegion, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn io2_is_not_everywhere() {
        check("copy inst storage:io2 use1->euw1", "COPY-37 warning to-region ~ eu-west-1");
        check("copy inst storage:io2", "no COPY-37");
        check("copy inst storage:io1 use1->euw1", "no COPY-37");
    }
}
