//! DEL-05: who else loses it.

use crate::domain::{Action, Field, Share, SnapshotType};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-05",
    says: "A shared or public snapshot can be deleted; the others lose it, and their copies stay.",
    way_out: "Let them copy it first.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_DeleteSnapshot",
    actions: &[Action::Delete],
    yields_to: &["DEL-02", "DEL-04"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type != SnapshotType::Manual {
        return;
    }
    let message = match case.share() {
        Some(Share::Public(_)) => {
            "It is public: every account loses it. Copies that were made stay.".to_owned()
        }
        Some(Share::Accounts(ids)) => {
            let names: Vec<String> = ids.iter().map(|id| case.account_words(*id)).collect();
            format!("It is shared with {}, who lose it. Copies that were made stay.", names.join(", "))
        }
        Some(Share::Private | Share::NotShareable | Share::Unknown(_)) | None => return,
    };
    case.warn(Field::Snapshot, message, None);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn who_loses_it_is_named() {
        check("delete +share:public,222", "DEL-05 warning snapshot ~ public; warned");
        check("delete +share:222,999", "DEL-05 warning snapshot ~ dr (222222222222), 999999999999");
        check("delete manual", "no DEL-05");
        check("delete automated", "no DEL-05");
    }
}
