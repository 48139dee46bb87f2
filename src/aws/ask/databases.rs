//! The instances and clusters of a scope (DescribeDBInstances, DescribeDBClusters).

use aws_sdk_rds::types::{self, DbCluster, DbInstance};

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::listing::FULL;
use super::super::pages;
use crate::domain::{Database, Fault, Kind, Shown, Tag};

/// Lists both, the instances first.
pub(super) async fn databases(clients: &Clients) -> Result<Vec<Database>, Fault> {
    let (instances, clusters) = tokio::join!(instances(clients), clusters(clients));
    let mut databases: Vec<Database> = instances?.iter().map(|from| instance(clients, from)).collect();
    databases.extend(clusters?.iter().map(|from| cluster(clients, from)));
    Ok(databases)
}

/// The names of those of a kind.
pub(in super::super) async fn names(clients: &Clients, kind: Kind) -> Result<Vec<String>, Fault> {
    let names: Vec<Option<String>> = match kind {
        Kind::Instance => {
            instances(clients).await?.into_iter().map(|from| from.db_instance_identifier).collect()
        }
        Kind::Cluster => {
            clusters(clients).await?.into_iter().map(|from| from.db_cluster_identifier).collect()
        }
    };
    Ok(names.into_iter().flatten().collect())
}

async fn instances(clients: &Clients) -> Result<Vec<DbInstance>, Fault> {
    let action = Action::DescribeDBInstances;
    pages::all(clients, action, |marker| {
        let request = clients.rds().describe_db_instances().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            Ok((page.db_instances.unwrap_or_default(), page.marker))
        }
    })
    .await
}

async fn clusters(clients: &Clients) -> Result<Vec<DbCluster>, Fault> {
    let action = Action::DescribeDBClusters;
    pages::all(clients, action, |marker| {
        let request = clients.rds().describe_db_clusters().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            Ok((page.db_clusters.unwrap_or_default(), page.marker))
        }
    })
    .await
}

fn instance(clients: &Clients, from: &DbInstance) -> Database {
    let (word, optional) = words(clients);
    let subnets = from.db_subnet_group();
    let parameters = from.db_parameter_groups().first();
    Database {
        kind: Kind::Instance,
        name: word(from.db_instance_identifier()),
        status: word(from.db_instance_status()),
        engine: word(from.engine()),
        class: optional(from.db_instance_class()),
        subnet_group: optional(subnets.and_then(|group| group.db_subnet_group_name())),
        parameter_group: optional(parameters.and_then(|group| group.db_parameter_group_name())),
        vpc: optional(subnets.and_then(|group| group.vpc_id())),
        tags: tags(clients, from.tag_list()),
    }
}

/// A cluster names its subnet group and not its VPC.
fn cluster(clients: &Clients, from: &DbCluster) -> Database {
    let (word, optional) = words(clients);
    Database {
        kind: Kind::Cluster,
        name: word(from.db_cluster_identifier()),
        status: word(from.status()),
        engine: word(from.engine()),
        class: optional(from.db_cluster_instance_class()),
        subnet_group: optional(from.db_subnet_group()),
        parameter_group: optional(from.db_cluster_parameter_group()),
        vpc: None,
        tags: tags(clients, from.tag_list()),
    }
}

fn tags(clients: &Clients, all: &[types::Tag]) -> Vec<Tag> {
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    all.iter().map(|tag| Tag { key: word(tag.key()), value: word(tag.value()) }).collect()
}

type Word<'a, T> = Box<dyn Fn(Option<&str>) -> T + 'a>;

fn words(clients: &Clients) -> (Word<'_, Shown>, Word<'_, Option<Shown>>) {
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    let optional =
        |text: Option<&str>| text.filter(|text| !text.is_empty()).map(|text| clients.words().word(text));
    (Box::new(word), Box::new(optional))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question};

    use super::*;

    #[tokio::test]
    async fn instances_and_clusters_tell_where_they_live() {
        let fleet = json!({
            "DBInstances": [{"DBInstanceIdentifier": "shop", "Engine": "mysql", "DBInstanceClass": "db.r6g.large",
                "DBInstanceStatus": "stopped", "DBSubnetGroup": {"DBSubnetGroupName": "data", "VpcId": "vpc-1"},
                "DBParameterGroups": [{"DBParameterGroupName": "tuned"}], "TagList": [{"Key": "env", "Value": "prod"}]}],
            "DBClusters": [{"DBClusterIdentifier": "clu", "Engine": "aurora-mysql", "Status": "available",
                "DBSubnetGroup": "data", "DBClusterParameterGroup": "wide",
                "TagList": [{"Key": "snapdeck:step", "Value": "r/1"}]}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let answer = trial.ask(Question::Databases(ours())).await;
        let Ok(Answer::Databases(databases)) = answer else { panic!("{answer:?}") };
        let shop = Database {
            kind: Kind::Instance,
            name: "shop".into(),
            status: "stopped".into(),
            engine: "mysql".into(),
            class: Some("db.r6g.large".into()),
            subnet_group: Some("data".into()),
            parameter_group: Some("tuned".into()),
            vpc: Some("vpc-1".into()),
            tags: vec![Tag { key: "env".into(), value: "prod".into() }],
        };
        let clu = Database {
            kind: Kind::Cluster,
            name: "clu".into(),
            status: "available".into(),
            engine: "aurora-mysql".into(),
            class: None,
            subnet_group: Some("data".into()),
            parameter_group: Some("wide".into()),
            vpc: None,
            tags: vec![Tag { key: "snapdeck:step".into(), value: "r/1".into() }],
        };
        assert_eq!(databases, [shop, clu]);
    }
}
