//! What lies around the snapshots of the small world: databases, subnet and parameter groups, export tasks.

use crate::domain::{Database, ExportTask, Kind, ParameterGroup, Shown, SubnetGroup};

use super::World;
use super::engines::major;

impl World {
    pub(super) fn databases(&self) -> Vec<Database> {
        let database = |kind: Kind, name: &str| Database {
            kind,
            name: name.into(),
            status: "available".into(),
            engine: self.engine.as_str().into(),
            class: Some("db.r6g.large".into()),
            subnet_group: Some("data".into()),
            parameter_group: Some("tuned".into()),
            vpc: Some("vpc-1".into()),
            tags: vec![],
        };
        let instances = self.all("+db:").map(|name| database(Kind::Instance, name));
        instances.chain(self.all("+cluster:").map(|name| database(Kind::Cluster, name))).collect()
    }

    pub(super) fn subnet_groups(&self) -> Vec<SubnetGroup> {
        let group = |word: &str| {
            let mut parts = word.split(':');
            SubnetGroup {
                name: parts.next().unwrap_or_default().into(),
                zones: parts.next().map_or(3, |n| n.parse().expect("a number of zones")),
                vpc: Some(parts.next().unwrap_or("vpc-1").into()),
            }
        };
        ["data:3:vpc-1"].into_iter().chain(self.all("+subnets:")).map(group).collect()
    }

    pub(super) fn parameter_groups(&self) -> Vec<ParameterGroup> {
        let family = format!("{}{}", self.engine, major(&self.engine, self.engine_version()));
        let tuned = ParameterGroup { name: "tuned".into(), family: family.into() };
        let more = self.all("+parameters:").map(|word| word.split_once(':').expect("NAME:FAMILY"));
        let more = more.map(|(name, family)| ParameterGroup { name: name.into(), family: family.into() });
        [tuned].into_iter().chain(more).collect()
    }

    pub(super) fn export_tasks(&self) -> Vec<ExportTask> {
        let task = |id: &str, source: Shown, status: &str| ExportTask {
            id: id.into(),
            source,
            bucket: "exports".into(),
            status: status.into(),
        };
        let elsewhere = || Shown::from("arn:aws:rds:us-east-1:111111111111:snapshot:other");
        let named = self.all("+task:").map(|word| word.split_once(':').unwrap_or((word, "COMPLETE")));
        let named = named.map(|(id, status)| task(id, elsewhere(), status));
        let of_it = self.says("+export-of-it").then(|| task("nightly", self.arn().text(), "IN_PROGRESS"));
        named.chain(of_it).collect()
    }
}
