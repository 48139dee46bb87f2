//! REST-21: the first reads of a restored instance are slow.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-21",
    says: "The volumes of a restored instance load in the background; the first reads are slow.",
    way_out: "Read what matters once before it is used.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_RestoreFromSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance {
        case.info(Field::Db, "It is available before its data is loaded: the first reads are slow.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_instance_loads_after_it_is_available() {
        check("restore db=x", "REST-21 info db");
        check("restore clu db=x", "no REST-21");
    }
}
