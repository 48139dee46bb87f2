//! A fault as one line: what was refused, by what, and what to do.

use crate::domain::{Fault, FaultClass};

/// Why something failed, as `denied rds:DescribeDBSnapshots by a session policy`; without what to do.
pub(super) fn reason(fault: &Fault) -> String {
    let words = match fault.class {
        FaultClass::AccessDenied | FaultClass::ExplicitDeny => return denied(fault),
        FaultClass::ExpiredCredentials => "the credentials have expired",
        FaultClass::NoCredentials => "no credentials",
        FaultClass::RegionDisabled => "the region is not enabled",
        FaultClass::Throttled => "throttled",
        FaultClass::Unreachable => "no answer",
        FaultClass::InvalidResponse => "an answer that cannot be right",
        FaultClass::Other => "failed",
    };
    let action = fault.action.as_ref().map(|action| format!("{action}: ")).unwrap_or_default();
    let said = fault.to_string();
    format!("{action}{words}: {}", said.trim_end_matches('.'))
}

/// Why something failed and what to do, in one line.
pub(super) fn sentence(fault: &Fault) -> String {
    let reason = reason(fault);
    if fault.hint.is_empty() { reason } else { format!("{reason}. {}", fault.hint) }
}

fn denied(fault: &Fault) -> String {
    let action = fault.action.as_ref().map_or_else(|| "the call".to_owned(), ToString::to_string);
    match (fault.denied_by, fault.class) {
        (Some(policy), _) => format!("denied {action} by {}", policy.words()),
        (None, FaultClass::ExplicitDeny) => {
            format!("denied {action} explicitly, by a policy that AWS does not name")
        }
        (None, _) => format!("denied {action}: no policy allows it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DeniedBy;

    fn fault(class: FaultClass, denied_by: Option<DeniedBy>) -> Fault {
        Fault {
            class,
            code: Some("Code".into()),
            message: "It was not to be.".into(),
            action: Some("rds:DescribeDBSnapshots".into()),
            denied_by,
            request_id: None,
            remedy: None,
            hint: "Ask for it.".into(),
        }
    }

    #[test]
    fn a_denial_names_the_action_and_the_policy() {
        for (class, by, told) in [
            (
                FaultClass::ExplicitDeny,
                Some(DeniedBy::ServiceControl),
                "denied rds:DescribeDBSnapshots by a service control policy of the organisation. Ask for it.",
            ),
            (
                FaultClass::AccessDenied,
                None,
                "denied rds:DescribeDBSnapshots: no policy allows it. Ask for it.",
            ),
            (
                FaultClass::ExplicitDeny,
                None,
                "denied rds:DescribeDBSnapshots explicitly, by a policy that AWS does not name. Ask for it.",
            ),
        ] {
            assert_eq!(sentence(&fault(class, by)), told);
        }
    }

    #[test]
    fn any_other_failure_keeps_awss_words() {
        assert_eq!(
            sentence(&fault(FaultClass::Throttled, None)),
            "rds:DescribeDBSnapshots: throttled: Code: It was not to be. Ask for it."
        );
    }
}
