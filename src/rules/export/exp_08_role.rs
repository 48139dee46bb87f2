//! EXP-08: a role that RDS can take on and that may write to the bucket.

use crate::domain::{AccountId, Action, Field, Shown};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-08",
    says: "The role must trust export.rds.amazonaws.com and may write to the bucket.",
    way_out: "Give the role s3:PutObject*, GetObject*, ListBucket, DeleteObject* and GetBucketLocation.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "StartExportTask: IamRoleArn; IamRoleMissingPermissions",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(role) = case.draft.text(Field::Role).map(str::trim) else { return };
    let parts: Vec<&str> = role.splitn(6, ':').collect();
    let account: Option<AccountId> = match parts[..] {
        ["arn", _, "iam", "", account, resource]
            if resource.strip_prefix("role/").is_some_and(|name| !name.is_empty()) =>
        {
            account.parse().ok()
        }
        _ => None,
    };
    let exports = case.draft.by;
    match account {
        None => {
            let message = format!("\"{}\" is not the ARN of an IAM role.", Shown::from(role));
            case.error(Field::Role, message, None);
        }
        Some(account) if account != exports => {
            let message = format!(
                "The role is of {}; {} can hand over roles of its own only.",
                case.account_words(account),
                case.account_words(exports)
            );
            case.error(Field::Role, message, None);
        }
        Some(_) => case.info(
            Field::Role,
            "Not looked at: it has to trust export.rds.amazonaws.com and may write to the bucket.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_role_is_one_and_ours() {
        check("export postgres role=export", "EXP-08 error role");
        check("export postgres role=arn:aws:iam::111111111111:user/me", "EXP-08 error role");
        check(
            "export postgres role=arn:aws:iam::222222222222:role/export",
            "EXP-08 error role ~ dr (222222222222)",
        );
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-08 info role",
        );
    }
}
