//! What a denial says between its lines: the action, and which kind of policy denied it.

use crate::domain::DeniedBy;

/// A denial, as far as AWS explains it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Denial {
    /// The action that was denied; not always the operation that was called.
    pub(super) action: Option<String>,
    /// Whether a policy denies it, or none allows it.
    pub(super) explicit: bool,
    /// The kind of policy.
    pub(super) by: Option<DeniedBy>,
}

impl Denial {
    /// Reads AWS's message: `... is not authorized to perform: ACTION on resource: ARN because no
    /// identity-based policy allows the ACTION action`, or `... with an explicit deny in a ...`.
    pub(super) fn read(message: &str) -> Self {
        let action = after(message, "not authorized to perform: ")
            .and_then(|rest| rest.split_whitespace().next())
            .map(|word| word.trim_end_matches(['.', ',']).to_owned())
            .filter(|word| word.contains(':'));
        let explicit = after(message, "with an explicit deny");
        // An explicit denial without a kind says nothing, whatever else the message names.
        let by = explicit.or_else(|| after(message, "because no ")).and_then(kind);
        Self { action, explicit: explicit.is_some(), by }
    }
}

fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

fn kind(rest: &str) -> Option<DeniedBy> {
    let rest = rest.to_ascii_lowercase();
    let kinds = [
        ("identity-based polic", DeniedBy::Identity),
        ("resource-based polic", DeniedBy::Resource),
        ("permissions boundary", DeniedBy::Boundary),
        ("session polic", DeniedBy::Session),
        ("service control polic", DeniedBy::ServiceControl),
        ("resource control polic", DeniedBy::ResourceControl),
        ("vpc endpoint polic", DeniedBy::VpcEndpoint),
    ];
    let first = kinds.iter().filter_map(|(words, kind)| rest.find(words).map(|at| (at, *kind)));
    first.min_by_key(|(at, _)| *at).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_policy_and_the_action_are_read_from_the_message() {
        let who = "User: arn:aws:iam::111111111111:user/dba is not authorized to perform: kms:DescribeKey";
        for (end, explicit, by) in [
            ("with an explicit deny in a service control policy", true, Some(DeniedBy::ServiceControl)),
            ("with an explicit deny in a resource control policy", true, Some(DeniedBy::ResourceControl)),
            ("with an explicit deny in an identity-based policy", true, Some(DeniedBy::Identity)),
            ("with an explicit deny in a VPC endpoint policy", true, Some(DeniedBy::VpcEndpoint)),
            ("with an explicit deny", true, None),
            (
                "because no identity-based policy allows the kms:DescribeKey action",
                false,
                Some(DeniedBy::Identity),
            ),
            (
                "because no resource-based policy allows the kms:DescribeKey action",
                false,
                Some(DeniedBy::Resource),
            ),
            (
                "because no permissions boundary allows the kms:DescribeKey action",
                false,
                Some(DeniedBy::Boundary),
            ),
            ("because no session policy allows the kms:DescribeKey action", false, Some(DeniedBy::Session)),
            ("", false, None),
        ] {
            let message = format!("{who} on resource: arn:aws:kms:us-east-1:111111111111:key/1 {end}");
            let wanted = Denial { action: Some("kms:DescribeKey".into()), explicit, by };
            assert_eq!(Denial::read(&message), wanted, "{end}");
        }
    }

    #[test]
    fn a_message_without_reasons_claims_none() {
        let nothing = Denial { action: None, explicit: false, by: None };
        assert_eq!(Denial::read("Access Denied"), nothing);
        assert_eq!(Denial::read("is not authorized to perform: "), nothing);
    }
}
