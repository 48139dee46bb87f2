//! KMS-12: another account can use a key only where it has enabled the key's region.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-12",
    says: "A key admits another account only if that account has enabled the region of the key.",
    way_out: "Enable the region in that account.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "KMS: key-policy-modifying-external-accounts",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let region = case.source_region();
    if !region.place().is_some_and(|place| place.opt_in) || case.copied_under_kms() != Some(true) {
        return;
    }
    let (field, takers) = match case.taker() {
        Some(taker) => (Field::ToAccount, vec![taker]),
        None => (Field::With, case.added()),
    };
    for taker in takers {
        let words = case.account_words(taker);
        case.warn(
            field,
            format!("{words} can use the key only if it has enabled {region}, an opt-in region."),
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_opt_in_region_has_to_be_enabled_on_both_sides() {
        check("share inst cmk ape1 with=222 +policy:admits:222", "KMS-12 warning with ~ ap-east-1");
        check(
            "copy inst cmk ape1->use1 to-account=222 +share:222 kms-key=alias/dba",
            "KMS-12 warning to-account",
        );
        check("share inst none ape1 with=222", "no KMS-12");
        check("share inst cmk with=222", "no KMS-12");
        check("copy inst cmk ape1", "no KMS-12");
    }
}
