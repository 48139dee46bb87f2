//! The DB subnet groups and parameter groups of a scope.

use std::collections::BTreeSet;

use aws_sdk_rds::types::Subnet;

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::listing::FULL;
use super::super::pages;
use crate::domain::{Fault, ParameterGroup, SubnetGroup};

/// The subnet groups (DescribeDBSubnetGroups).
pub(super) async fn of_subnets(clients: &Clients) -> Result<Vec<SubnetGroup>, Fault> {
    let action = Action::DescribeDBSubnetGroups;
    let groups = pages::all(clients, action, |marker| {
        let request = clients.rds().describe_db_subnet_groups().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            Ok((page.db_subnet_groups.unwrap_or_default(), page.marker))
        }
    });
    let group = |group: aws_sdk_rds::types::DbSubnetGroup| SubnetGroup {
        name: clients.words().word(group.db_subnet_group_name().unwrap_or_default()),
        vpc: group.vpc_id().filter(|vpc| !vpc.is_empty()).map(|vpc| clients.words().word(vpc)),
        zones: group.subnets().iter().filter_map(zone).collect::<BTreeSet<_>>().len(),
    };
    Ok(groups.await?.into_iter().map(group).collect())
}

fn zone(subnet: &Subnet) -> Option<&str> {
    subnet.subnet_availability_zone()?.name()
}

/// The parameter groups of instances (DescribeDBParameterGroups).
pub(super) async fn of_instance_parameters(clients: &Clients) -> Result<Vec<ParameterGroup>, Fault> {
    let action = Action::DescribeDBParameterGroups;
    let groups = pages::all(clients, action, |marker| {
        let request = clients.rds().describe_db_parameter_groups().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            Ok((page.db_parameter_groups.unwrap_or_default(), page.marker))
        }
    });
    let groups = groups.await?;
    let group =
        groups.iter().map(|group| (group.db_parameter_group_name(), group.db_parameter_group_family()));
    Ok(group.map(|(name, family)| parameter_group(clients, name, family)).collect())
}

/// The parameter groups of clusters (DescribeDBClusterParameterGroups).
pub(super) async fn of_cluster_parameters(clients: &Clients) -> Result<Vec<ParameterGroup>, Fault> {
    let action = Action::DescribeDBClusterParameterGroups;
    let groups = pages::all(clients, action, |marker| {
        let request =
            clients.rds().describe_db_cluster_parameter_groups().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            Ok((page.db_cluster_parameter_groups.unwrap_or_default(), page.marker))
        }
    });
    let groups = groups.await?;
    let group = groups
        .iter()
        .map(|group| (group.db_cluster_parameter_group_name(), group.db_parameter_group_family()));
    Ok(group.map(|(name, family)| parameter_group(clients, name, family)).collect())
}

fn parameter_group(clients: &Clients, name: Option<&str>, family: Option<&str>) -> ParameterGroup {
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    ParameterGroup { name: word(name), family: word(family) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Kind, Question};

    use super::*;

    #[tokio::test]
    async fn a_subnet_group_covers_each_zone_once() {
        let subnet =
            |id: &str, zone: &str| json!({"SubnetIdentifier": id, "SubnetAvailabilityZone": {"Name": zone}});
        let fleet = json!({"DBSubnetGroups": [{"DBSubnetGroupName": "data", "VpcId": "vpc-1",
            "Subnets": [subnet("s-1", "us-east-1a"), subnet("s-2", "us-east-1b"), subnet("s-3", "us-east-1a")]}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let answer = trial.ask(Question::SubnetGroups(ours())).await;
        let Ok(Answer::SubnetGroups(groups)) = answer else { panic!("{answer:?}") };
        assert_eq!(groups, [SubnetGroup { name: "data".into(), vpc: Some("vpc-1".into()), zones: 2 }]);
    }

    #[tokio::test]
    async fn parameter_groups_of_instances_and_of_clusters_are_not_mixed() {
        let fleet = json!({
            "DBParameterGroups": [{"DBParameterGroupName": "tuned", "DBParameterGroupFamily": "mysql8.0"}],
            "DBClusterParameterGroups": [
                {"DBClusterParameterGroupName": "wide", "DBParameterGroupFamily": "aurora-mysql8.0"}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        for (kind, name, family) in
            [(Kind::Instance, "tuned", "mysql8.0"), (Kind::Cluster, "wide", "aurora-mysql8.0")]
        {
            let answer = trial.ask(Question::ParameterGroups(ours(), kind)).await;
            let Ok(Answer::ParameterGroups(groups)) = answer else { panic!("{answer:?}") };
            assert_eq!(groups, [ParameterGroup { name: name.into(), family: family.into() }]);
        }
    }
}
