//! From the SDK's errors to faults: what went wrong, in AWS's words and in ours.
//!
//! A refusal is told by its code; a call that never reached AWS by the chain of its causes, since
//! a failed AssumeRole, an expired SSO session and a dead network all arrive as "dispatch failure".
//! No fault carries a secret: see [`redact`].

mod denial;
mod hint;
mod redact;

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::RequestId;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use self::denial::Denial;
use self::redact::redact;
use super::action::Action;
use super::badge::Signing;
use super::guard::THROTTLING;
use super::mfa::CodeNeeded;
use crate::domain::{DeniedBy, Device, Fault, FaultClass, Remedy, Scope};

/// Where something went wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    /// What was called.
    pub(super) action: Action,
    /// The scope, once its account has signed in.
    pub(super) scope: Option<&'a Scope>,
    /// How the account is signed in to.
    pub(super) signing: &'a Signing,
}

/// What an error says, before it is a fault.
struct Finding {
    class: FaultClass,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
    action: String,
    denied_by: Option<DeniedBy>,
    /// The device whose code is wanted.
    device: Option<Device>,
}

impl Site<'_> {
    /// The fault of a call.
    pub(super) fn fault<E>(&self, error: &SdkError<E, HttpResponse>) -> Fault
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let request_id = error.request_id().map(str::to_owned);
        let finding = match error {
            SdkError::ServiceError(refused) => {
                let status = refused.raw().status().as_u16();
                self.refusal(refused.err(), status, self.action)
            }
            SdkError::TimeoutError(_) => {
                self.finding(FaultClass::Unreachable, "AWS did not answer within the time limit".into())
            }
            SdkError::DispatchFailure(failure) => self.dispatch(failure.as_connector_error()),
            SdkError::ResponseError(broken) => {
                let causes = causes(error.source().unwrap_or(&SilentError));
                let status = broken.raw().status().as_u16();
                self.finding(FaultClass::InvalidResponse, format!("{causes} (HTTP status {status})"))
            }
            _ => self.finding(FaultClass::Other, causes(error)),
        };
        self.judge(Finding { request_id: finding.request_id.clone().or(request_id), ..finding })
    }

    /// The fault of an answer that the SDK took and that cannot be right all the same.
    pub(super) fn invalid(&self, why: &str) -> Fault {
        self.judge(self.finding(FaultClass::InvalidResponse, why.to_owned()))
    }

    /// The fault of credentials that cannot even be looked for.
    pub(super) fn no_credentials(&self, why: &str) -> Fault {
        self.judge(self.finding(FaultClass::NoCredentials, why.to_owned()))
    }

    /// The fault of credentials that could not be had.
    pub(super) fn shut(&self, error: &CredentialsError) -> Fault {
        self.judge(self.causes_of(error))
    }

    fn finding(&self, class: FaultClass, message: String) -> Finding {
        let action = self.action.name().to_owned();
        Finding { class, code: None, message, request_id: None, action, denied_by: None, device: None }
    }

    fn refusal(&self, error: &impl ProvideErrorMetadata, status: u16, action: Action) -> Finding {
        let code = error.code().map(str::to_owned);
        let message = error.message().unwrap_or_default();
        let Some(code) = code else {
            let class = if status == 429 { FaultClass::Throttled } else { FaultClass::InvalidResponse };
            return self.finding(class, format!("an answer with HTTP status {status} that is not AWS's"));
        };
        let mut finding = self.finding(class_of(&code, status), message.to_owned());
        action.name().clone_into(&mut finding.action);
        if finding.class == FaultClass::AccessDenied {
            let denial = Denial::read(message);
            if denial.explicit {
                finding.class = FaultClass::ExplicitDeny;
            }
            finding.denied_by = denial.by;
            finding.action = denial.action.unwrap_or(finding.action);
        }
        if finding.message.is_empty() {
            finding.message = format!("AWS gives no reason (HTTP status {status})");
        }
        finding.code = Some(code);
        finding.request_id = error.meta().request_id().map(str::to_owned);
        finding
    }

    fn dispatch(&self, failure: Option<&ConnectorError>) -> Finding {
        let Some(failure) = failure else {
            return self.finding(FaultClass::Unreachable, "the request could not be sent".into());
        };
        self.causes_of(failure)
    }

    /// What the causes of something that was never sent say: a refused AssumeRole, no credentials, a dead network.
    fn causes_of(&self, failure: &(dyn Error + 'static)) -> Finding {
        let chain = || chain(failure);
        if let Some(needed) = chain().find_map(|cause| cause.downcast_ref::<CodeNeeded>()) {
            let finding = self.finding(FaultClass::NoCredentials, needed.to_string());
            let action = Action::AssumeRole.name().to_owned();
            return Finding { device: Some(needed.device.clone()), action, ..finding };
        }
        let refused = chain().find_map(|cause| {
            let refused = cause.downcast_ref::<AssumeRoleError>()?;
            refused.code().map(|_| self.refusal(refused, 403, Action::AssumeRole))
        });
        if let Some(refused) = refused {
            return refused;
        }
        let words = causes(failure);
        let Some(credentials) = chain().find_map(|cause| cause.downcast_ref::<CredentialsError>()) else {
            return self.finding(FaultClass::Unreachable, words);
        };
        self.finding(class_of_credentials(credentials, &words), words)
    }

    /// Takes into account where it happened, and says what to do.
    fn judge(&self, mut finding: Finding) -> Fault {
        let disabled = finding.code.as_deref().is_some_and(|code| REGION_CODES.contains(&code));
        let optional = |scope: &Scope| scope.region.place().is_none_or(|place| place.opt_in);
        if disabled && self.scope.is_some_and(optional) {
            finding.class = FaultClass::RegionDisabled;
        }
        let (hint, remedy) = match finding.device {
            Some(device) => {
                let hint = format!("Type the code of {}: snapdeck asks for it on a terminal.", device.serial);
                (hint, Some(Box::new(Remedy::Code(device))))
            }
            None => (
                hint::hint(finding.class, finding.denied_by, &finding.action, self.scope, self.signing),
                self.signing.remedy().filter(|_| finding.class.needs_sign_in()).map(Box::new),
            ),
        };
        Fault {
            class: finding.class,
            code: finding.code.map(Into::into),
            message: redact(&finding.message).into(),
            action: Some(finding.action.into()),
            denied_by: finding.denied_by,
            request_id: finding.request_id.map(Into::into),
            remedy,
            hint: hint.into(),
        }
    }
}

/// What AWS says in a region that the account has not enabled, though the credentials are good elsewhere (LIST-18).
const REGION_CODES: [&str; 6] = [
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "AuthFailure",
    "OptInRequired",
    "InvalidAccessKeyId",
    "InvalidToken",
];

fn class_of(code: &str, status: u16) -> FaultClass {
    match code {
        "AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation" | "NotAuthorized" => {
            FaultClass::AccessDenied
        }
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" | "TokenRefreshRequired" => {
            FaultClass::ExpiredCredentials
        }
        "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException" => FaultClass::NoCredentials,
        "RegionDisabledException" => FaultClass::RegionDisabled,
        code if REGION_CODES.contains(&code) => FaultClass::NoCredentials,
        code if THROTTLING.contains(&code) || status == 429 => FaultClass::Throttled,
        _ => FaultClass::Other,
    }
}

/// Credentials that could not be had: expired, refused, unreachable, or simply not there.
fn class_of_credentials(error: &CredentialsError, words: &str) -> FaultClass {
    let words = words.to_ascii_lowercase();
    let says = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if says(&["expired", "reauthenticate", "session token not found or invalid", "unauthorizedexception"]) {
        FaultClass::ExpiredCredentials
    } else if says(&["forbiddenexception", "accessdenied", "no access"]) {
        FaultClass::AccessDenied
    } else if matches!(error, CredentialsError::ProviderTimedOut(_))
        || says(&["dns error", "timed out", "timeout", "connection refused", "tcp connect"])
    {
        FaultClass::Unreachable
    } else {
        FaultClass::NoCredentials
    }
}

/// An error and its causes in one line, each said once, the SDK's empty phrases left out.
pub(super) fn causes(error: &(dyn Error + 'static)) -> String {
    const EMPTY: [&str; 7] = [
        "dispatch failure",
        "response error",
        "other",
        "service error",
        "unhandled error",
        "an error occurred while loading credentials",
        "unexpected credentials error",
    ];
    let mut line = String::new();
    for cause in chain(error) {
        let words = cause.to_string();
        let said = line.contains(&words) || words.starts_with("interceptor");
        if said || words.is_empty() || EMPTY.contains(&words.as_str()) {
            continue;
        }
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&words);
    }
    if line.is_empty() { "no reason was given".to_owned() } else { line }
}

/// An error, its cause, the cause's cause...
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| (**error).source())
}

/// Stands in where the SDK names no cause.
#[derive(Debug)]
struct SilentError;

impl std::fmt::Display for SilentError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl Error for SilentError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Region;

    fn scope(region: &str) -> Scope {
        Scope { account: "111111111111".parse().expect("an id"), region: Region::new(region) }
    }

    fn fault_in(region: &str, code: &str, message: &str) -> Fault {
        let metadata = aws_smithy_types::error::ErrorMetadata::builder().code(code).message(message).build();
        let scope = scope(region);
        let signing = Signing::Sso { profile: "prod".into() };
        let site = Site { action: Action::DescribeDBSnapshots, scope: Some(&scope), signing: &signing };
        let error = AssumeRoleError::generic(metadata);
        site.judge(site.refusal(&error, 403, site.action))
    }

    #[test]
    fn each_code_has_its_class() {
        for (code, class) in [
            ("AccessDenied", FaultClass::AccessDenied),
            ("AccessDeniedException", FaultClass::AccessDenied),
            ("UnauthorizedOperation", FaultClass::AccessDenied),
            ("ExpiredToken", FaultClass::ExpiredCredentials),
            ("ExpiredTokenException", FaultClass::ExpiredCredentials),
            ("RequestExpired", FaultClass::ExpiredCredentials),
            ("InvalidClientTokenId", FaultClass::NoCredentials),
            ("UnrecognizedClientException", FaultClass::NoCredentials),
            ("SignatureDoesNotMatch", FaultClass::NoCredentials),
            ("Throttling", FaultClass::Throttled),
            ("ThrottlingException", FaultClass::Throttled),
            ("RequestLimitExceeded", FaultClass::Throttled),
            ("SlowDown", FaultClass::Throttled),
            ("DBSnapshotNotFound", FaultClass::Other),
        ] {
            assert_eq!(fault_in("us-east-1", code, "x").class, class, "{code}");
        }
    }

    #[test]
    fn bad_credentials_in_an_opt_in_region_mean_that_it_is_not_enabled() {
        for code in ["InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "OptInRequired"] {
            assert_eq!(fault_in("ap-east-1", code, "x").class, FaultClass::RegionDisabled, "{code}");
            assert_eq!(fault_in("mars-east-1", code, "x").class, FaultClass::RegionDisabled, "{code}");
            assert_eq!(fault_in("eu-west-1", code, "x").class, FaultClass::NoCredentials, "{code}");
        }
        assert_eq!(fault_in("ap-east-1", "SignatureDoesNotMatch", "x").class, FaultClass::NoCredentials);
        assert_eq!(fault_in("ap-east-1", "ExpiredToken", "x").class, FaultClass::ExpiredCredentials);
    }

    #[test]
    fn a_denial_tells_the_action_the_policy_and_whom_to_ask() {
        let fault = fault_in(
            "us-east-1",
            "AccessDenied",
            "User: arn:aws:sts::111111111111:assumed-role/ro/dba is not authorized to perform: \
             rds:DescribeDBSnapshots with an explicit deny in a service control policy",
        );
        assert_eq!(fault.class, FaultClass::ExplicitDeny);
        assert_eq!(fault.denied_by, Some(DeniedBy::ServiceControl));
        assert!(fault.hint.to_string().contains("administrator of the organisation"), "{}", fault.hint);
        let fault = fault_in("us-east-1", "AccessDenied", "no");
        assert_eq!(fault.class, FaultClass::AccessDenied);
        assert_eq!(fault.hint.to_string(), "Ask for rds:DescribeDBSnapshots in account 111111111111.");
    }

    #[test]
    fn expired_sso_names_the_command_that_renews_it() {
        let fault =
            fault_in("us-east-1", "ExpiredToken", "The security token included in the request is expired");
        assert_eq!(fault.hint.to_string(), "Sign in again: aws sso login --profile prod");
        let words = ["aws", "sso", "login", "--profile", "prod"].map(str::to_owned).to_vec();
        assert_eq!(fault.remedy.as_deref(), Some(&Remedy::Command(words)));
    }

    #[test]
    fn causes_are_said_once_and_empty_phrases_not_at_all() {
        let error = ConnectorError::other(
            Box::new(CredentialsError::provider_error("the SSO token has expired and cannot be refreshed")),
            None,
        );
        let signing = Signing::Chain;
        let site = Site { action: Action::GetCallerIdentity, scope: None, signing: &signing };
        let finding = site.dispatch(Some(&error));
        assert_eq!(finding.message, "the SSO token has expired and cannot be refreshed");
        assert_eq!(finding.class, FaultClass::ExpiredCredentials);
    }
}
