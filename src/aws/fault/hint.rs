//! What to do about a fault, in one sentence.

use super::super::badge::Signing;
use crate::domain::{DeniedBy, FaultClass, Scope};

/// The hint for a fault.
pub(super) fn hint(
    class: FaultClass,
    by: Option<DeniedBy>,
    action: &str,
    scope: Option<&Scope>,
    signing: &Signing,
) -> String {
    match class {
        FaultClass::AccessDenied | FaultClass::ExplicitDeny => denied(by, action, scope, signing),
        FaultClass::ExpiredCredentials | FaultClass::NoCredentials => signing.again(),
        FaultClass::RegionDisabled => match scope {
            Some(scope) => {
                format!("Enable {} in account {}, or leave the region out.", scope.region, scope.account)
            }
            None => "Enable the region in the account, or choose another one.".to_owned(),
        },
        FaultClass::Throttled => {
            "Other tools use up the account's requests: wait a little, then refresh.".to_owned()
        }
        FaultClass::Unreachable => "Check the network, the proxy and the endpoint, then refresh.".to_owned(),
        FaultClass::InvalidResponse => {
            "Refresh; if it stays, look for a proxy between here and AWS.".to_owned()
        }
        FaultClass::Other => "See what AWS says, then refresh.".to_owned(),
    }
}

fn denied(by: Option<DeniedBy>, action: &str, scope: Option<&Scope>, signing: &Signing) -> String {
    let place = scope.map(|scope| format!(" in account {}", scope.account)).unwrap_or_default();
    match (by, signing) {
        (Some(by), _) if by.is_organisation() => {
            format!(
                "The organisation's policy denies {action}: an administrator of the organisation has to allow it."
            )
        }
        (Some(DeniedBy::VpcEndpoint), _) => {
            format!("Ask for {action} in the policy of the VPC endpoint, or use another network.")
        }
        (Some(DeniedBy::Resource), _) if action.starts_with("kms:") => {
            format!("Ask the owner of the key for {action} in its key policy.")
        }
        (Some(by @ (DeniedBy::Boundary | DeniedBy::Session)), _) => {
            format!("Ask for {action}{place} in {}.", by.words())
        }
        (_, Signing::Role { arn, .. }) if action == "sts:AssumeRole" => {
            format!("Ask that the trust policy of {arn}, and your own, allow sts:AssumeRole.")
        }
        _ => format!("Ask for {action}{place}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_cannot_be_assumed_names_the_role() {
        let source = Box::new(Signing::Sso { profile: "base".into() });
        let arn = "arn:aws:iam::222222222222:role/ro".to_owned();
        let role = Signing::Role { arn, source };
        let told = |class| hint(class, None, "sts:AssumeRole", None, &role);
        let refused = told(FaultClass::AccessDenied);
        assert!(refused.contains("role/ro"), "{refused}");
        let expired = told(FaultClass::ExpiredCredentials);
        assert_eq!(expired, "Sign in again: aws sso login --profile base");
    }
}
