//! What a scope may still make (DescribeAccountAttributes).

use super::super::action::Action;
use super::super::clients::Clients;
use crate::domain::{Fault, Quotas};

/// The quotas of manual snapshots: used and most. One that AWS does not name stays unknown.
pub(super) async fn quotas(clients: &Clients) -> Result<Quotas, Fault> {
    let request = clients.rds().describe_account_attributes();
    let answer = clients.ask(Action::DescribeAccountAttributes, || request.clone().send()).await?;
    let quota = |name: &str| {
        let quota = answer.account_quotas().iter().find(|quota| quota.account_quota_name() == Some(name))?;
        Some((u64::try_from(quota.used()?).ok()?, u64::try_from(quota.max()?).ok()?))
    };
    Ok(Quotas {
        manual_snapshots: quota("ManualSnapshots"),
        manual_cluster_snapshots: quota("ManualClusterSnapshots"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::script::{self, signed_in};
    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question};
    use crate::ports::Cloud as _;

    use super::*;

    #[tokio::test]
    async fn used_and_most_are_told_of_both_kinds() {
        let fleet =
            json!({"AccountQuotas": [{"AccountQuotaName": "ManualSnapshots", "Used": 98, "Max": 110}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let quotas = Quotas { manual_snapshots: Some((98, 110)), manual_cluster_snapshots: Some((0, 100)) };
        assert_eq!(trial.ask(Question::Quotas(ours())).await, Ok(Answer::Quotas(quotas)));
    }

    #[tokio::test]
    async fn a_quota_that_is_not_named_is_unknown() {
        let (aws, _) = signed_in(|ask| {
            (ask.operation == "DescribeAccountAttributes").then(|| {
                let quota = "<AccountQuota><AccountQuotaName>ManualSnapshots</AccountQuotaName><Max>100</Max></AccountQuota>";
                script::Answer::xml(&ask.operation, &format!("<AccountQuotas>{quota}</AccountQuotas>"))
            })
        })
        .await;
        let unknown = Quotas { manual_snapshots: None, manual_cluster_snapshots: None };
        assert_eq!(aws.ask(&Question::Quotas(ours())).await, Ok(Answer::Quotas(unknown)));
    }
}
