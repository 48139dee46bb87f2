//! COPY-33: a snapshot with TDE crosses regions only with an option group that has TDE.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-33",
    says: "A snapshot with TDE is copied to another region only with an option group there that has TDE.",
    way_out: "Choose or create an option group in the destination region with the same engine, major version and TDE.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: OptionGroupName",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.crosses_regions() {
        judge_options(case, |option| option == "TDE");
    }
}

/// Says which options the copy would lose; COPY-34 is the same for those that are not TDE.
pub(super) fn judge_options(case: &mut Case<'_>, mine: impl Fn(&str) -> bool) {
    if case.kind() != Kind::Instance {
        return;
    }
    let Some(options) = case.must_keep() else { return };
    let group = match case.draft.text(Field::OptionGroup).map(str::trim) {
        None => None,
        Some(typed) => match case.chosen_group() {
            Some(Some(group)) => Some(group),
            // A default group has no options.
            Some(None) if typed.starts_with("default:") => None,
            // Not known yet, or not there, which OG-05 says.
            Some(None) | None => return,
        },
    };
    let lost = |option: &&String| mine(option) && group.is_none_or(|group| !group.has(option));
    let Some(option) = options.iter().find(lost) else { return };
    let fix = case.choose_group(&options);
    let option = Shown::from(option.as_str());
    let region = case.to_region();
    let message = match group {
        None => format!(
            "The snapshot has {option} for good: the copy needs an option group of {region} that has it."
        ),
        Some(group) => format!("The snapshot has {option} for good, and {} lacks it.", group.name),
    };
    case.error(Field::OptionGroup, message, fix);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn tde_takes_its_option_group_along() {
        check("copy oracle-ee og:tde use1->euw1", "COPY-33 error option-group; no COPY-34");
        check(
            "copy oracle-ee og:tde use1->euw1 +og:tde@euw1",
            "COPY-33 error option-group -> option-group=tde",
        );
        check("copy oracle-ee og:tde use1->euw1 +og:tde@euw1 option-group=tde", "no COPY-33; request");
        check(
            "copy oracle-ee og:tde use1->euw1 +og:plain@euw1 option-group=plain",
            "COPY-33 error option-group ~ plain lacks it",
        );
        check("copy sqlserver-ee tde use1->euw1", "COPY-33 error option-group");
        check("copy oracle-ee og:tde", "no COPY-33; allowed; request");
        check("copy oracle-ee use1->euw1", "no COPY-33");
        check("copy sqlserver-se og:backup-restore use1->euw1", "no COPY-33");
    }

    #[test]
    fn the_group_that_is_offered_will_do() {
        check_fixes("copy oracle-ee og:tde use1->euw1 +og:plain@euw1 +og:tde@euw1");
    }
}
