//! COPY-06: the name of a copy is not taken where it is made.

use crate::domain::{Action, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-06",
    says: "The name must not be in use in the region and account where the copy is made; capital letters make no difference.",
    way_out: "Take another name.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: DBSnapshotAlreadyExists; CopyDBClusterSnapshot: DBClusterSnapshotAlreadyExistsFault",
    actions: &[Action::Copy, Action::Encrypt, Action::Share, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let kind = case.kind();
    for copy in case.made_copies() {
        let Some(there) = case.snapshots(copy.to.clone(), kind) else { continue };
        let Some(typed) = case.draft.text(copy.field) else { continue };
        if !there.names.contains(&typed.to_ascii_lowercase()) {
            continue;
        }
        let (name, account) = (Shown::from(typed), case.account_words(copy.to.account));
        let message = format!("{account} has a snapshot {name} in {} already.", copy.to.region);
        let free = case.free_name(copy.to, kind, typed);
        let fix = free.map(|free| Fix::set(format!("name it {free}"), copy.field, free));
        case.error(copy.field, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_name_is_used_once() {
        check("copy inst name=Orders", "COPY-06 error name -> name=Orders-2 ~ prod (111111111111)");
        check("copy inst use1->euw1 name=orders", "no COPY-06");
        check("copy inst use1->euw1 name=x +taken:x +taken:x-2", "COPY-06 error name -> name=x-3");
        check("share automated with=222 first-copy=x +taken:x", "COPY-06 error first-copy -> first-copy=x-2");
        check("copy inst", "no COPY-06; request");
        check("copy inst name=x", "no COPY-06");
    }
}
