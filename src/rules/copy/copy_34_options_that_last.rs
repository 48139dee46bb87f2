//! COPY-34: options that last go with every copy to another region or account.

use super::copy_33_tde_across_regions::judge_options;
use crate::domain::{Action, Field, Shown};
use crate::rules::{Case, Confidence, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "COPY-34",
    says: "A snapshot with persistent or permanent options is copied to another region or account only with an option group there that has them.",
    way_out: "Choose or create such an option group in the destination.",
    severity: Severity::Error,
    confidence: Confidence::Observed,
    source: "cloud-custodian #4955; USER_ShareSnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() && !case.crosses_accounts() {
        return;
    }
    // Across regions TDE is COPY-33's; a shared snapshot with TDE does not exist.
    judge_options(case, |option| option != "TDE");
    let unseen = match case.source_options() {
        Some(SourceOptions::Gone(name) | SourceOptions::Foreign(name)) => name,
        Some(SourceOptions::Default | SourceOptions::Group(_)) | None => return,
    };
    let message = match case.draft.text(Field::OptionGroup) {
        None => {
            format!(
                "Its option group {unseen} cannot be looked at: it may have options that the copy has to keep."
            )
        }
        Some(typed) => format!(
            "Its option group {unseen} cannot be looked at: it may have options that {} lacks.",
            Shown::from(typed.trim())
        ),
    };
    case.warn(Field::OptionGroup, message, None);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_lasts_goes_along() {
        check("copy oracle-se2 og:timezone use1->euw1", "COPY-34 error option-group ~ Timezone");
        check(
            "copy oracle-se2 og:both use1->euw1 +og:timezone@euw1 +og:both@euw1",
            "COPY-34 error option-group -> option-group=both",
        );
        check("copy oracle-se2 og:timezone to-account=222 +share:222", "COPY-34 error option-group");
        check("copy oracle-se2 og:timezone of:999", "COPY-34 warning option-group ~ timezone");
        check("copy mysql og:gone use1->euw1", "COPY-34 warning option-group ~ gone");
        check("copy oracle-se2 og:timezone", "no COPY-34; request");
        check("copy mysql og:audit use1->euw1", "no COPY-34");
        check("copy mysql use1->euw1", "no COPY-34");
    }
}
