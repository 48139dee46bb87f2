//! The reading of key policies: does this one let that caller do this?
//!
//! - Decides as IAM does, from the request alone: a condition on something the request does not carry
//!   is false, unless its operator is a negated one or ends in `IfExists`.
//! - What it cannot read admits nobody: an unknown operator satisfies no Allow and every Deny.
//! - It sees the key's side only. The caller's own IAM policies are taken to allow everything.

use serde_json::Value;

/// What a policy says about one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A statement allows it and none denies it.
    Allowed,
    /// A statement denies it, whatever the others say.
    Denied,
    /// No statement speaks of it.
    Silent,
}

/// Who asks, and in which circumstances.
#[derive(Clone, Debug)]
pub(crate) struct Request<'a> {
    /// The twelve digits of the account that calls.
    pub(crate) account: &'a str,
    /// The ARNs of the role or user that calls, where they are known.
    pub(crate) principals: &'a [String],
    /// The action in IAM's words, as `kms:CreateGrant`.
    pub(crate) action: &'a str,
    /// The key that is acted on.
    pub(crate) key_arn: &'a str,
    /// The condition keys that the request carries, each with its values.
    pub(crate) context: &'a [(&'a str, Vec<String>)],
}

/// Reads a key policy for one request (KMS-05, KMS-06, KMS-08).
pub(crate) fn judge(policy: &Value, request: &Request<'_>) -> Verdict {
    let mut verdict = Verdict::Silent;
    for statement in listed(&policy["Statement"]) {
        let denies = match statement["Effect"].as_str() {
            Some("Allow") => false,
            Some("Deny") => true,
            _ => continue,
        };
        let applies = names_principal(statement, request)
            && names_action(statement, request.action)
            && names_key(statement, request.key_arn)
            && conditions_hold(
                &statement["Condition"],
                request.context,
                if denies { Doubt::Holds } else { Doubt::Fails },
            );
        match (applies, denies) {
            (true, true) => return Verdict::Denied,
            (true, false) => verdict = Verdict::Allowed,
            (false, _) => {}
        }
    }
    verdict
}

/// Whether a principal element of a policy or the grantee of a grant stands for this caller.
///
/// The root of an account, or its bare number, stands for all of it; a role or a user only for itself (KMS-05).
pub(crate) fn stands_for(element: &str, account: &str, principals: &[String]) -> bool {
    if element == "*" || element == account {
        return true;
    }
    let is_root = element.strip_prefix("arn:").is_some_and(|rest| {
        let parts: Vec<&str> = rest.split(':').collect();
        matches!(parts[..], [_, "iam", "", owner, "root"] if owner == account)
    });
    is_root || principals.iter().any(|principal| principal == element)
}

/// Compares with `*` and `?` as wildcards.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    fn rest(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', tail @ ..] => (0..=text.len()).any(|skip| rest(tail, &text[skip..])),
            ['?', tail @ ..] => !text.is_empty() && rest(tail, &text[1..]),
            [first, tail @ ..] => text.first() == Some(first) && rest(tail, &text[1..]),
        }
    }
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    rest(&pattern, &text)
}

/// What a condition counts as when its operator is not one we read.
#[derive(Clone, Copy)]
enum Doubt {
    Holds,
    Fails,
}

fn names_principal(statement: &Value, request: &Request<'_>) -> bool {
    let stands = |value: &Value| match value {
        Value::String(everybody) => everybody == "*",
        Value::Object(kinds) => listed(kinds.get("AWS").unwrap_or(&Value::Null)).any(|element| {
            element.as_str().is_some_and(|text| stands_for(text, request.account, request.principals))
        }),
        _ => false,
    };
    match (statement.get("Principal"), statement.get("NotPrincipal")) {
        (Some(named), _) => stands(named),
        (None, Some(spared)) => !stands(spared),
        (None, None) => false,
    }
}

fn names_action(statement: &Value, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let any = |value: &Value| {
        listed(value)
            .any(|item| item.as_str().is_some_and(|item| matches(&item.to_ascii_lowercase(), &action)))
    };
    match (statement.get("Action"), statement.get("NotAction")) {
        (Some(named), _) => any(named),
        (None, Some(spared)) => !any(spared),
        (None, None) => false,
    }
}

/// A statement without `Resource` has no effect in a key policy.
fn names_key(statement: &Value, key_arn: &str) -> bool {
    listed(&statement["Resource"]).any(|item| item.as_str().is_some_and(|item| matches(item, key_arn)))
}

fn conditions_hold(conditions: &Value, context: &[(&str, Vec<String>)], doubt: Doubt) -> bool {
    let Value::Object(operators) = conditions else { return true };
    operators.iter().all(|(operator, tests)| {
        tests.as_object().is_some_and(|tests| {
            tests.iter().all(|(name, wanted)| {
                let carried = context
                    .iter()
                    .find(|(key, _)| key.eq_ignore_ascii_case(name))
                    .map(|(_, values)| &values[..]);
                holds(operator, &texts(wanted), carried, doubt)
            })
        })
    })
}

fn holds(operator: &str, wanted: &[String], carried: Option<&[String]>, doubt: Doubt) -> bool {
    let (set, operator) = match operator.split_once(':') {
        Some((set, operator)) => (Some(set), operator),
        None => (None, operator),
    };
    let (operator, if_exists) = match operator.strip_suffix("IfExists") {
        Some(operator) => (operator, true),
        None => (operator, false),
    };
    if operator == "Null" {
        return wanted.iter().any(|wanted| (wanted == "true") == carried.is_none());
    }
    let Some((negated, test)) = comparison(operator) else { return matches!(doubt, Doubt::Holds) };
    let Some(carried) = carried else { return if_exists || negated || set == Some("ForAllValues") };
    let one = |value: &String| wanted.iter().any(|wanted| test(wanted, value)) != negated;
    match set {
        Some("ForAllValues") => carried.iter().all(one),
        _ => carried.iter().any(one),
    }
}

type Test = fn(&str, &str) -> bool;

/// An operator as whether it is negated and how it compares; none for those whose keys no request of ours carries.
fn comparison(operator: &str) -> Option<(bool, Test)> {
    let equal: Test = |wanted, value| wanted == value;
    let equal_ignoring_case: Test = |wanted, value| wanted.eq_ignore_ascii_case(value);
    Some(match operator {
        "StringEquals" => (false, equal),
        "StringNotEquals" => (true, equal),
        "StringEqualsIgnoreCase" | "Bool" => (false, equal_ignoring_case),
        "StringNotEqualsIgnoreCase" => (true, equal_ignoring_case),
        "StringLike" | "ArnLike" | "ArnEquals" => (false, matches),
        "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (true, matches),
        "IpAddress" | "NumericEquals" | "DateEquals" | "NumericLessThan" | "NumericGreaterThan"
        | "DateLessThan" | "DateGreaterThan" => (false, |_, _| false),
        _ => return None,
    })
}

/// The members of a value that IAM lets be one thing or a list of them.
fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(items) => items.iter(),
        Value::Null => [].iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

fn texts(value: &Value) -> Vec<String> {
    listed(value)
        .map(|item| match item {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k";

    fn judged(statements: &Value, action: &str) -> Verdict {
        judged_as(statements, action, &["arn:aws:iam::222222222222:role/dba"])
    }

    fn judged_as(statements: &Value, action: &str, principals: &[&str]) -> Verdict {
        let mut context = vec![
            ("kms:CallerAccount", vec!["222222222222".to_owned()]),
            ("aws:PrincipalAccount", vec!["222222222222".to_owned()]),
            ("kms:ViaService", vec!["rds.us-east-1.amazonaws.com".to_owned()]),
        ];
        if action == "kms:CreateGrant" {
            context.push(("kms:GrantIsForAWSResource", vec!["true".to_owned()]));
        }
        let principals: Vec<String> = principals.iter().map(|arn| (*arn).to_owned()).collect();
        let request = Request {
            account: "222222222222",
            principals: &principals,
            action,
            key_arn: KEY,
            context: &context,
        };
        judge(&json!({ "Statement": statements }), &request)
    }

    #[track_caller]
    fn admits(principal: &Value, expect: Verdict) {
        let statements =
            json!([{"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}]);
        assert_eq!(judged(&statements, "kms:Decrypt"), expect, "{principal}");
    }

    #[test]
    fn an_account_is_admitted_by_its_root_its_number_or_everybody() {
        admits(&json!({"AWS": "arn:aws:iam::222222222222:root"}), Verdict::Allowed);
        admits(&json!({"AWS": ["111111111111", "222222222222"]}), Verdict::Allowed);
        admits(&json!("*"), Verdict::Allowed);
        admits(&json!({"AWS": "*"}), Verdict::Allowed);
        admits(&json!({"AWS": "arn:aws:iam::111111111111:root"}), Verdict::Silent);
        admits(&json!({"Service": "rds.amazonaws.com"}), Verdict::Silent);
    }

    #[test]
    fn a_role_is_admitted_alone() {
        let statements = json!([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222222222222:role/Backup"}, "Action": "kms:*", "Resource": "*"}]);
        let backup = ["arn:aws:iam::222222222222:role/Backup"];
        assert_eq!(judged_as(&statements, "kms:Decrypt", &backup), Verdict::Allowed);
        assert_eq!(judged(&statements, "kms:Decrypt"), Verdict::Silent);
        assert_eq!(judged_as(&statements, "kms:Decrypt", &[]), Verdict::Silent);
    }

    #[test]
    fn actions_take_wildcards_and_no_case() {
        let with = |action: &str| json!([{"Effect": "Allow", "Principal": "*", "Action": ["KMS:reencrypt*", action], "Resource": "*"}]);
        assert_eq!(judged(&with("kms:Describe?ey"), "kms:DescribeKey"), Verdict::Allowed);
        assert_eq!(judged(&with("kms:x"), "kms:ReEncryptFrom"), Verdict::Allowed);
        assert_eq!(
            judged(&with("kms:GenerateDataKey"), "kms:GenerateDataKeyWithoutPlaintext"),
            Verdict::Silent
        );
        let spared =
            json!([{"Effect": "Allow", "Principal": "*", "NotAction": "kms:CreateGrant", "Resource": "*"}]);
        assert_eq!(judged(&spared, "kms:CreateGrant"), Verdict::Silent);
        assert_eq!(judged(&spared, "kms:Decrypt"), Verdict::Allowed);
    }

    #[test]
    fn a_statement_without_resource_has_no_effect() {
        assert_eq!(
            judged(&json!([{"Effect": "Allow", "Principal": "*", "Action": "kms:*"}]), "kms:Decrypt"),
            Verdict::Silent
        );
        let own = json!({"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": KEY});
        assert_eq!(judged(&own, "kms:Decrypt"), Verdict::Allowed);
    }

    #[test]
    fn a_deny_wins_unless_it_spares_the_caller() {
        let but = |account: &str| {
            json!([
                {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"},
                {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
                 "Condition": {"StringNotEquals": {"aws:PrincipalAccount": account}}}
            ])
        };
        assert_eq!(judged(&but("111111111111"), "kms:Decrypt"), Verdict::Denied);
        assert_eq!(judged(&but("222222222222"), "kms:Decrypt"), Verdict::Allowed);
    }

    #[track_caller]
    fn under(condition: &Value, action: &str, expect: Verdict) {
        let statement = json!({"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": condition});
        assert_eq!(judged(&statement, action), expect, "{condition}");
    }

    #[test]
    fn a_grant_for_a_service_is_the_only_thing_that_its_condition_lets_through() {
        let condition = json!({"Bool": {"kms:GrantIsForAWSResource": true}});
        under(&condition, "kms:CreateGrant", Verdict::Allowed);
        under(&condition, "kms:Decrypt", Verdict::Silent);
    }

    #[test]
    fn a_condition_on_the_service_wants_this_service_in_this_region() {
        let via = |service: &str| json!({"StringEquals": {"kms:ViaService": ["s3.us-east-1.amazonaws.com", service]}});
        under(&via("rds.us-east-1.amazonaws.com"), "kms:Decrypt", Verdict::Allowed);
        under(&via("rds.eu-west-1.amazonaws.com"), "kms:Decrypt", Verdict::Silent);
        under(&via("ec2.us-east-1.amazonaws.com"), "kms:Decrypt", Verdict::Silent);
        under(&json!({"StringLike": {"kms:viaservice": "rds.*"}}), "kms:Decrypt", Verdict::Allowed);
    }

    #[test]
    fn what_the_request_does_not_carry_fails_unless_the_test_is_negated_or_optional() {
        under(&json!({"StringEquals": {"aws:SourceVpce": "vpce-1"}}), "kms:Decrypt", Verdict::Silent);
        under(&json!({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}), "kms:Decrypt", Verdict::Allowed);
        under(
            &json!({"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}),
            "kms:Decrypt",
            Verdict::Allowed,
        );
        under(&json!({"Null": {"aws:SourceVpce": "true"}}), "kms:Decrypt", Verdict::Allowed);
        under(&json!({"Null": {"aws:SourceVpce": "false"}}), "kms:Decrypt", Verdict::Silent);
    }

    #[test]
    fn an_operator_nobody_knows_admits_nobody() {
        under(
            &json!({"StringRhymes": {"kms:CallerAccount": "222222222222"}}),
            "kms:Decrypt",
            Verdict::Silent,
        );
    }
}
