//! `DescribeAccountAttributes`.

use crate::demo::state::State;
use crate::demo::state::listing::{Listing, QUOTAS};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers every quota with what is used of it now.
#[expect(clippy::unnecessary_wraps, reason = "the registry wants all operations alike")]
pub(crate) fn answer(state: &State, call: &Call) -> Result<Xml, Refusal> {
    let given = state.here(call).list(Listing::AccountQuotas).iter();
    let unusual = given
        .filter_map(|quota| quota.text("AccountQuotaName"))
        .filter(|name| QUOTAS.iter().all(|(usual, _)| usual != name));
    let mut xml = Xml::new();
    xml.element("AccountQuotas", |xml| {
        for name in QUOTAS.iter().map(|(usual, _)| *usual).chain(unusual) {
            let quota = state.quota(&call.account, &call.region, name);
            xml.element("AccountQuota", |xml| {
                xml.text("AccountQuotaName", name)
                    .text("Used", &quota.used.to_string())
                    .text("Max", &quota.max.to_string());
            });
        }
    });
    Ok(xml)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::trial::Trial;

    async fn quota(trial: &Trial, name: &str) -> (String, String) {
        let said = trial.rds("DescribeAccountAttributes", "").await;
        let at =
            said.texts("AccountQuotaName").iter().position(|present| present == name).expect("that quota");
        (said.texts("Used")[at].clone(), said.texts("Max")[at].clone())
    }

    #[tokio::test]
    async fn manual_snapshots_count_and_those_of_aws_backup_do_not() {
        let trial = Trial::of(&json!({
            "DBSnapshots": [{"DBSnapshotIdentifier": "a"}, {"DBSnapshotIdentifier": "awsbackup:job-1"},
                {"DBSnapshotIdentifier": "rds:a-1"}],
            "DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "a"}, {"DBClusterSnapshotIdentifier": "b"}]}));
        assert_eq!(quota(&trial, "ManualSnapshots").await, ("1".into(), "100".into()));
        assert_eq!(quota(&trial, "ManualClusterSnapshots").await, ("2".into(), "100".into()));
    }

    #[tokio::test]
    async fn a_fleet_may_say_more_than_it_shows() {
        let trial = Trial::of(&json!({
            "DBSnapshots": [{"DBSnapshotIdentifier": "a"}],
            "AccountQuotas": [{"AccountQuotaName": "ManualSnapshots", "Used": 98, "Max": 110},
                {"AccountQuotaName": "ManualClusterSnapshots", "Max": 7}, {"AccountQuotaName": "Novel", "Used": 1, "Max": 2}]}));
        assert_eq!(quota(&trial, "ManualSnapshots").await, ("98".into(), "110".into()));
        assert_eq!(quota(&trial, "ManualClusterSnapshots").await, ("0".into(), "7".into()));
        assert_eq!(quota(&trial, "Novel").await, ("1".into(), "2".into()));
    }
}
