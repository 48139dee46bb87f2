//! OG-02: of an option group a copy keeps the name alone.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "OG-02",
    says: "Option groups belong to one region of one account; a copy elsewhere keeps only the name.",
    way_out: "Create the group in the destination and name it.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_WorkingWithOptionGroups",
    actions: &[Action::Copy],
    yields_to: &["COPY-34"],
    check,
};

fn check(case: &mut Case<'_>) {
    // Across regions COPY-35 says so.
    if !case.crosses_accounts() || case.crosses_regions() || case.draft.text(Field::OptionGroup).is_some() {
        return;
    }
    let group = match case.source_options() {
        Some(SourceOptions::Group(group)) => group.name.clone(),
        Some(SourceOptions::Default | SourceOptions::Gone(_) | SourceOptions::Foreign(_)) | None => return,
    };
    let message =
        format!("The option group {group} stays behind: a restore of the copy gets the default one.");
    let fix = case.choose_group(&[]);
    case.warn(Field::OptionGroup, message, fix);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_option_group_belongs_to_its_account() {
        check("copy mysql og:audit to-account=222 +share:222", "OG-02 warning option-group ~ audit");
        check("copy oracle-se2 og:timezone to-account=222 +share:222", "no OG-02; COPY-34 error");
        check("copy mysql og:audit to-account=222 use1->euw1 +share:222", "no OG-02; COPY-35 warning");
        check("copy mysql to-account=222 +share:222", "no OG-02");
        check("copy mysql og:audit", "no OG-02");
    }
}
