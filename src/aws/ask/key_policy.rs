//! The policies and grants of a key, asked of its owner (KMS GetKeyPolicy, ListGrants).

use aws_sdk_kms::types::{GrantConstraints, GrantListEntry, GrantOperation};

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::grants;
use super::absence::is_not_there;
use crate::domain::{Fault, Grant, KeyArn, KeyPolicies, Policy};

/// Reads both policies (KMS-10) and the grants. Grants that cannot be listed leave the policies
/// known: they may only admit somebody whom the policies do not.
pub(super) async fn policies(clients: &Clients, key: &KeyArn) -> Result<KeyPolicies, Fault> {
    let (default, aws_ram, grants) =
        tokio::join!(policy(clients, key, "default"), policy(clients, key, "AWS_RAM"), grants(clients, key));
    let aws_ram = match aws_ram {
        Ok(text) => Some(Policy::parse(&text)),
        Err(fault) if is_not_there(&fault, &["NotFoundException"]) => None,
        Err(fault) => return Err(fault),
    };
    Ok(KeyPolicies { default: Policy::parse(&default?), aws_ram, grants })
}

async fn policy(clients: &Clients, key: &KeyArn, name: &str) -> Result<String, Fault> {
    let request = clients.kms().get_key_policy().key_id(key.exact()).policy_name(name);
    let answer = clients.ask(Action::GetKeyPolicy, || request.clone().send()).await?;
    answer.policy.ok_or_else(|| clients.invalid(Action::GetKeyPolicy, "an answer without a policy"))
}

async fn grants(clients: &Clients, key: &KeyArn) -> Result<Vec<Grant>, Fault> {
    let entries = grants::of_key(clients, key.exact()).await?;
    Ok(entries.iter().map(|entry| grant(clients, entry)).collect())
}

fn grant(clients: &Clients, from: &GrantListEntry) -> Grant {
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    Grant {
        id: from.grant_id().unwrap_or_default().into(),
        grantee: word(from.grantee_principal().or(from.grantee_service_principal())),
        operations: from.operations().iter().map(GrantOperation::as_str).map(|o| word(Some(o))).collect(),
        constrained: from.constraints().is_some_and(constrains),
    }
}

/// An empty list of constraints is none.
fn constrains(constraints: &GrantConstraints) -> bool {
    let contexts = [constraints.encryption_context_subset(), constraints.encryption_context_equals()];
    contexts.into_iter().flatten().any(|context| !context.is_empty()) || constraints.source_arn().is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::script::{self, signed_in};
    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, FaultClass, Question};
    use crate::ports::Cloud as _;

    use super::*;

    fn arn(id: &str) -> KeyArn {
        format!("arn:aws:kms:us-east-1:111111111111:key/{id}").parse().expect("an ARN")
    }

    #[tokio::test]
    async fn both_policies_and_the_grants_are_read() {
        let policy = |account: &str| json!({"Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "kms:*", "Resource": "*"}]});
        let fleet = json!({"Keys": [
            {"KeyMetadata": {"KeyId": "k1"}, "Policy": policy("222222222222"), "PolicyAwsRam": policy("333333333333"),
                "Grants": [
                    {"GrantId": "g1", "GranteePrincipal": "arn:aws:iam::222222222222:root", "Operations": ["Decrypt"],
                        "Constraints": {"EncryptionContextSubset": {"aws:rds:db-id": "db-1"}}},
                    {"GrantId": "g2", "GranteePrincipal": "arn:aws:iam::222222222222:root",
                        "Operations": ["Decrypt", "CreateGrant"]}]},
            {"KeyMetadata": {"KeyId": "k2"}}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let policies = async |id: &str| match trial.ask(Question::KeyPolicy(ours(), arn(id))).await {
            Ok(Answer::KeyPolicy(policies)) => policies,
            other => panic!("{other:?}"),
        };
        let one = policies("k1").await;
        let statements = |policy: &Result<Policy, _>| policy.as_ref().map(|one| one.statements.clone()).ok();
        let wanted = |account| statements(&Policy::parse(&policy(account).to_string()));
        assert_eq!(statements(&one.default), wanted("222222222222"));
        assert_eq!(one.aws_ram.as_ref().and_then(statements), wanted("333333333333"));
        let grants = one.grants.expect("grants");
        let told: Vec<_> = grants.iter().map(|g| (g.id.exact(), g.operations.len(), g.constrained)).collect();
        assert_eq!(told, [("g1", 1, true), ("g2", 2, false)]);
        let other = policies("k2").await;
        assert!(other.default.is_ok() && other.aws_ram.is_none() && other.grants == Ok(vec![]));
    }

    #[tokio::test]
    async fn only_not_found_means_that_there_is_no_second_policy() {
        let asked = |code: &'static str| async move {
            let (aws, _) = signed_in(move |ask| match ask.operation.as_str() {
                "GetKeyPolicy" if ask.holds("AWS_RAM") => Some(script::Answer::json_error(code, "no")),
                "GetKeyPolicy" => Some(script::Answer::body(r#"{"Policy": "{ not JSON"}"#)),
                "ListGrants" => Some(script::Answer::json_error("AccessDeniedException", "no")),
                _ => None,
            })
            .await;
            aws.ask(&Question::KeyPolicy(ours(), arn("k1"))).await
        };
        let Ok(Answer::KeyPolicy(policies)) = asked("NotFoundException").await else { panic!("policies") };
        assert!(policies.default.is_err() && policies.aws_ram.is_none());
        assert_eq!(policies.grants.expect_err("a fault").class, FaultClass::AccessDenied);
        let fault = asked("AccessDeniedException").await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::AccessDenied);
    }
}
