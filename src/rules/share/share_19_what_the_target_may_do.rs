//! SHARE-19: what another account can do with what was shared.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-19",
    says: "Another account may copy what was shared with it, and restore it directly unless it is an encrypted instance snapshot.",
    way_out: "Have it copied first, then restored.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot; aurora-share-snapshot",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance && !case.added().is_empty() && case.is_encrypted() == Some(true) {
        case.info(
            Field::With,
            "It is encrypted: the other account has to copy it under a key of its own before it can restore it.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_encrypted_instance_snapshot_is_copied_before_it_is_restored() {
        check("share cmk with=222", "SHARE-19 info with");
        check("share clu cmk with=222", "no SHARE-19");
        check("share none with=222", "no SHARE-19");
    }
}
