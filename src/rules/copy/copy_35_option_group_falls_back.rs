//! COPY-35: without an option group a copy in another region falls back to the default one.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "COPY-35",
    says: "A copy in another region without an option group is restored with the default one.",
    way_out: "Choose an option group of the destination region.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy],
    yields_to: &["COPY-33", "COPY-34"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions()
        || case.kind() != Kind::Instance
        || case.draft.text(Field::OptionGroup).is_some()
    {
        return;
    }
    let Some(SourceOptions::Group(group)) = case.source_options() else { return };
    let options: Vec<String> = group.options.iter().map(|option| option.name.exact().to_owned()).collect();
    let fix = case.choose_group(&options);
    let message =
        format!("Without an option group a restore of the copy gets the default one, not {}.", group.name);
    case.warn(Field::OptionGroup, message, fix);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_default_option_group_is_pointed_out() {
        check("copy mysql og:audit use1->euw1", "COPY-35 warning option-group");
        check(
            "copy mysql og:audit use1->euw1 +og:audit@euw1",
            "COPY-35 warning option-group -> option-group=audit",
        );
        check("copy mysql og:audit use1->euw1 +og:audit@euw1 option-group=audit", "no COPY-35");
        check("copy oracle-ee og:tde use1->euw1", "no COPY-35; COPY-33 error");
        check("copy mysql og:audit", "no COPY-35");
        check("copy mysql use1->euw1", "no COPY-35");
    }
}
