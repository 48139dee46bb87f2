//! SHARE-11: a copy of a shared snapshot with Timezone or OLS needs an option group that has them.

use super::share_10_persistent_options::SHAREABLE;
use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-11",
    says: "An Oracle snapshot with Timezone or OLS can be shared, and its copies need an option group with the same options.",
    way_out: "Have the other account create such an option group first.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-09", "SHARE-10"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.gives_access() {
        return;
    }
    let Some(SourceOptions::Group(group)) = case.source_options() else { return };
    let option = group
        .options
        .iter()
        .find(|option| (option.persistent || option.permanent) && SHAREABLE.contains(&option.name.exact()));
    if let Some(option) = option {
        let message = format!(
            "It has the option {}: whoever copies it must name an option group of theirs that has it too.",
            option.name
        );
        case.warn(Field::With, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn timezone_and_ols_are_a_word_to_the_copier() {
        check("share oracle-se2 og:timezone with=222", "SHARE-11 warning with ~ Timezone; no SHARE-10");
        check("share oracle-se2 og:ols with=222", "SHARE-11 warning with");
        check("share oracle-se2 og:plain with=222", "no SHARE-11");
        check("share mysql og:audit with=222", "no SHARE-11");
        check("share oracle-se2 og:timezone remove=222 +share:222", "no SHARE-11");
    }
}
