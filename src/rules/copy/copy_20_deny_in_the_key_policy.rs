//! COPY-20: a Deny in the policy of a key can stop the copies of its own account.

use crate::domain::{Action, Field};
use crate::rules::{Access, Case, Confidence, Doubt, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-20",
    says: "A key policy that denies widely must exempt the account that owns the resources, or copies fail.",
    way_out: "Add the exemption to the statement.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Ok(to) = case.to_account() else { return };
    let source = case.source_key().flatten();
    let chosen = case.destination_key().filter(|chosen| source.is_none_or(|source| source.arn != chosen.arn));
    for (key, field) in [(source, Field::Snapshot), (chosen, Field::KmsKey)] {
        let Some(key) = key.filter(|key| key.arn.account() == Some(to)) else { continue };
        let Some(policies) = case.key_policies_if_readable(&key.arn) else { continue };
        let (key_words, words) = (key.label(), case.account_words(to));
        let message = match case.may_use(policies, key, to) {
            Access::Unknown {
                why: why @ (Doubt::Condition(..) | Doubt::NotPrincipal(_) | Doubt::DeniesSome(_)),
            } => {
                format!("Whether the policy of {key_words} lets {words} copy is not known: {why}.")
            }
            // What is denied for sure KMS-06 says.
            Access::Yes
            | Access::No { .. }
            | Access::Only { .. }
            | Access::Incomplete { .. }
            | Access::Unknown { .. } => continue,
        };
        case.warn(field, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_wide_deny_is_pointed_out() {
        // One that denies for sure is more than a warning.
        check("copy inst cmk +policy:shut", "KMS-06 error snapshot ~ Shut; no COPY-20");
        check("copy inst none kms-key=alias/dba +policy:shut", "KMS-06 error kms-key; no COPY-20");
        check("copy inst cmk +policy:admins-only", "COPY-20 warning snapshot ~ aws:PrincipalArn");
        check("copy inst cmk +policy:denied:222", "no COPY-20");
        check("copy inst cmk", "no COPY-20");
        check("copy inst cmk denied:kms:GetKeyPolicy", "no COPY-20; warned");
    }
}
