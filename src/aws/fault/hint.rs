//! What to do about a fault, in one sentence.

use super::Site;
use crate::domain::{DeniedBy, FaultClass};

/// How an account is signed in to, as far as it matters for signing in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::aws) enum Signing {
    /// The SDK's default chain.
    Chain,
    /// A profile with keys of its own.
    Profile { profile: String },
    /// A profile with IAM Identity Center.
    Sso { profile: String },
    /// A profile with `aws login`.
    Console { profile: String },
    /// A profile with a credential process.
    Process { profile: String },
    /// A role, assumed with other credentials.
    Role { arn: String, source: Box<Signing>, mfa: Mfa },
    /// Fixed credentials inside the process.
    Fixed,
}

/// Whether a profile asks for a one-time password, which nobody can type into the SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::aws) enum Mfa {
    /// `mfa_serial` is set.
    Asked,
    /// It is not.
    NotAsked,
}

impl Signing {
    fn again(&self) -> String {
        match self {
            Self::Chain => {
                "Sign in again (aws login, or aws sso login), or set fresh credentials in the environment."
                    .to_owned()
            }
            Self::Profile { profile } => format!("Put fresh credentials into profile {profile}."),
            Self::Sso { profile } => format!("Sign in again: aws sso login --profile {profile}"),
            Self::Console { profile } => format!("Sign in again: aws login --profile {profile}"),
            Self::Process { profile } => {
                format!("Run the credential_process of profile {profile} by hand and see what it says.")
            }
            Self::Role { source, .. } => source.again(),
            Self::Fixed => "Choose other credentials for the cloud inside the process.".to_owned(),
        }
    }
}

/// The hint for a fault.
pub(super) fn hint(class: FaultClass, by: Option<DeniedBy>, action: &str, site: &Site<'_>) -> String {
    match class {
        FaultClass::AccessDenied | FaultClass::ExplicitDeny => denied(by, action, site),
        FaultClass::ExpiredCredentials | FaultClass::NoCredentials => site.signing.again(),
        FaultClass::RegionDisabled => match site.scope {
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

fn denied(by: Option<DeniedBy>, action: &str, site: &Site<'_>) -> String {
    if let (Signing::Role { mfa: Mfa::Asked, .. }, "sts:AssumeRole") = (site.signing, action) {
        return "The profile asks for MFA, which cannot be typed here: use a session made by aws sts get-session-token.".to_owned();
    }
    let place = site.scope.map(|scope| format!(" in account {}", scope.account)).unwrap_or_default();
    match (by, site.signing) {
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
    use super::super::Action;
    use super::*;

    #[test]
    fn a_role_that_cannot_be_assumed_names_the_role() {
        let source = Box::new(Signing::Sso { profile: "base".into() });
        let arn = "arn:aws:iam::222222222222:role/ro".to_owned();
        let signing = Signing::Role { arn: arn.clone(), source: source.clone(), mfa: Mfa::NotAsked };
        let site = Site { action: Action::GetCallerIdentity, scope: None, signing: &signing };
        let told = hint(FaultClass::AccessDenied, None, "sts:AssumeRole", &site);
        assert!(told.contains("role/ro"), "{told}");
        let told = hint(FaultClass::ExpiredCredentials, None, "sts:GetCallerIdentity", &site);
        assert_eq!(told, "Sign in again: aws sso login --profile base");
        let signing = Signing::Role { arn, source, mfa: Mfa::Asked };
        let site = Site { signing: &signing, ..site };
        assert!(hint(FaultClass::AccessDenied, None, "sts:AssumeRole", &site).contains("MFA"));
    }
}
