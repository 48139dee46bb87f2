//! The describe operations of plain lists: what differs between them is data.
//!
//! All are paged, all take an id (name or ARN) and say so when it is not there.

use std::borrow::Cow;

use super::default_groups;
use super::engine_versions;
use super::filter::{self, Filters};
use super::page::{Page, write_marker};
use super::source_regions;
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::listing::Listing;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// One describe operation.
#[derive(Debug)]
pub(crate) struct DescribeList {
    listing: Listing,
    /// What the answer calls the list and a member of it.
    words: (&'static str, &'static str),
    /// The parameters that name one record, and the code if it is not there.
    ids: &'static [&'static str],
    not_found: &'static str,
    /// Parameters that narrow the list, each the name of a field.
    narrow: &'static [&'static str],
    /// Filters, each with the field it looks at.
    filters: &'static [(&'static str, &'static str)],
}

impl DescribeList {
    /// Answers a call.
    pub(crate) fn answer(&self, state: &State, call: &Call) -> Result<Xml, Refusal> {
        let params = &call.params;
        let page = Page::of(params)?;
        let filters = Filters::of(params, self.filters)?;
        let matches = |record: &Record| {
            let narrow = self.ids.iter().chain(self.narrow);
            narrow
                .filter_map(|name| Some((params.text(name)?, record.text(name).unwrap_or_default())))
                .all(|(value, present)| filter::means(value, present))
                && filters.match_all(record)
        };
        let mut records: Vec<Cow<'_, Record>> = self.records(state, call);
        if params.flag("DefaultOnly")?.unwrap_or_default() {
            engine_versions::keep_defaults(&mut records);
        }
        records.retain(|record| matches(record));
        if let Some(id) = self.ids.iter().find_map(|name| params.text(name))
            && records.is_empty()
        {
            return Err(Refusal::not_found(self.not_found, format!("{} {id} not found.", self.words.1)));
        }
        let rest = records.iter().skip_while(|record| {
            page.marker.is_some_and(|marker| self.listing.key(record).as_str() <= marker)
        });
        let (found, next) = page.fill(rest, |record| self.listing.key(record));
        let mut xml = Xml::new();
        xml.records(self.words.0, self.words.1, found.into_iter().map(Cow::as_ref));
        write_marker(&mut xml, next.as_deref());
        Ok(xml)
    }

    /// What the fleet has, and what AWS has where the fleet says nothing.
    fn records<'s>(&self, state: &'s State, call: &Call) -> Vec<Cow<'s, Record>> {
        let given = state.here(call).list(self.listing);
        let id = self.ids.iter().find_map(|name| call.params.text(name));
        match self.listing {
            Listing::DbEngineVersions if given.is_empty() => {
                engine_versions::usual(state.here(call)).into_iter().map(Cow::Owned).collect()
            }
            Listing::SourceRegions if given.is_empty() => {
                source_regions::usual(state, call).into_iter().map(Cow::Owned).collect()
            }
            Listing::OptionGroups | Listing::DbParameterGroups | Listing::DbClusterParameterGroups => {
                let unlisted = id.filter(|id| state.here(call).find(self.listing, id).is_none());
                let default = unlisted.and_then(|id| default_groups::named(self.listing, id, call));
                given.iter().map(Cow::Borrowed).chain(default.map(Cow::Owned)).collect()
            }
            _ => given.iter().map(Cow::Borrowed).collect(),
        }
    }
}

pub(crate) static OPTION_GROUPS: DescribeList = DescribeList {
    listing: Listing::OptionGroups,
    words: ("OptionGroupsList", "OptionGroup"),
    ids: &["OptionGroupName"],
    not_found: "OptionGroupNotFoundFault",
    narrow: &["EngineName", "MajorEngineVersion"],
    filters: &[],
};

pub(crate) static DB_PARAMETER_GROUPS: DescribeList = DescribeList {
    listing: Listing::DbParameterGroups,
    words: ("DBParameterGroups", "DBParameterGroup"),
    ids: &["DBParameterGroupName"],
    not_found: "DBParameterGroupNotFound",
    narrow: &[],
    filters: &[],
};

pub(crate) static DB_CLUSTER_PARAMETER_GROUPS: DescribeList = DescribeList {
    listing: Listing::DbClusterParameterGroups,
    words: ("DBClusterParameterGroups", "DBClusterParameterGroup"),
    ids: &["DBClusterParameterGroupName"],
    not_found: "DBParameterGroupNotFound",
    narrow: &[],
    filters: &[],
};

pub(crate) static DB_INSTANCES: DescribeList = DescribeList {
    listing: Listing::DbInstances,
    words: ("DBInstances", "DBInstance"),
    ids: &["DBInstanceIdentifier"],
    not_found: "DBInstanceNotFound",
    narrow: &[],
    filters: &[
        ("db-cluster-id", "DBClusterIdentifier"),
        ("db-instance-id", "DBInstanceIdentifier"),
        ("dbi-resource-id", "DbiResourceId"),
        ("engine", "Engine"),
    ],
};

pub(crate) static DB_CLUSTERS: DescribeList = DescribeList {
    listing: Listing::DbClusters,
    words: ("DBClusters", "DBCluster"),
    ids: &["DBClusterIdentifier"],
    not_found: "DBClusterNotFoundFault",
    narrow: &[],
    filters: &[
        ("clone-group-id", "CloneGroupId"),
        ("db-cluster-id", "DBClusterIdentifier"),
        ("db-cluster-resource-id", "DbClusterResourceId"),
        ("engine", "Engine"),
    ],
};

pub(crate) static DB_INSTANCE_AUTOMATED_BACKUPS: DescribeList = DescribeList {
    listing: Listing::DbInstanceAutomatedBackups,
    words: ("DBInstanceAutomatedBackups", "DBInstanceAutomatedBackup"),
    ids: &["DbiResourceId", "DBInstanceIdentifier", "DBInstanceAutomatedBackupsArn"],
    not_found: "DBInstanceAutomatedBackupNotFound",
    narrow: &[],
    filters: &[
        ("status", "Status"),
        ("db-instance-id", "DBInstanceIdentifier"),
        ("dbi-resource-id", "DbiResourceId"),
    ],
};

pub(crate) static DB_CLUSTER_AUTOMATED_BACKUPS: DescribeList = DescribeList {
    listing: Listing::DbClusterAutomatedBackups,
    words: ("DBClusterAutomatedBackups", "DBClusterAutomatedBackup"),
    ids: &["DbClusterResourceId", "DBClusterIdentifier"],
    not_found: "DBClusterAutomatedBackupNotFoundFault",
    narrow: &[],
    filters: &[
        ("status", "Status"),
        ("db-cluster-id", "DBClusterIdentifier"),
        ("db-cluster-resource-id", "DbClusterResourceId"),
    ],
};

pub(crate) static DB_SUBNET_GROUPS: DescribeList = DescribeList {
    listing: Listing::DbSubnetGroups,
    words: ("DBSubnetGroups", "DBSubnetGroup"),
    ids: &["DBSubnetGroupName"],
    not_found: "DBSubnetGroupNotFoundFault",
    narrow: &[],
    filters: &[],
};

pub(crate) static EXPORT_TASKS: DescribeList = DescribeList {
    listing: Listing::ExportTasks,
    words: ("ExportTasks", "ExportTask"),
    ids: &["ExportTaskIdentifier"],
    not_found: "ExportTaskNotFound",
    narrow: &["SourceArn", "SourceType"],
    filters: &[
        ("export-task-identifier", "ExportTaskIdentifier"),
        ("s3-bucket", "S3Bucket"),
        ("source-arn", "SourceArn"),
        ("status", "Status"),
    ],
};

pub(crate) static SOURCE_REGIONS: DescribeList = DescribeList {
    listing: Listing::SourceRegions,
    words: ("SourceRegions", "SourceRegion"),
    ids: &[],
    not_found: "",
    narrow: &["RegionName"],
    filters: &[],
};

pub(crate) static DB_ENGINE_VERSIONS: DescribeList = DescribeList {
    listing: Listing::DbEngineVersions,
    words: ("DBEngineVersions", "DBEngineVersion"),
    ids: &[],
    not_found: "",
    narrow: &["Engine", "EngineVersion", "DBParameterGroupFamily"],
    filters: &[
        ("db-parameter-group-family", "DBParameterGroupFamily"),
        ("engine", "Engine"),
        ("engine-version", "EngineVersion"),
        ("status", "Status"),
    ],
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::trial::Trial;

    fn trial() -> Trial {
        let instances: Vec<_> = (0..45)
            .map(|n| json!({"DBInstanceIdentifier": format!("db-{n:02}"), "Engine": if n % 2 == 0 { "mysql" } else { "postgres" },
                "DBClusterIdentifier": "ledger", "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "active"}]}))
            .collect();
        Trial::of(&json!({"DBInstances": instances, "OptionGroups": [
            {"OptionGroupName": "tde", "EngineName": "oracle-ee", "MajorEngineVersion": "19",
             "Options": [{"OptionName": "TDE", "Permanent": true, "Persistent": true}]}]}))
    }

    #[tokio::test]
    async fn a_list_is_paged_in_order_without_a_gap() {
        let trial = trial();
        let (mut all, mut marker) = (Vec::new(), String::new());
        loop {
            let said = trial.rds("DescribeDBInstances", &format!("MaxRecords=20&Marker={marker}")).await;
            all.extend(said.texts("DBInstanceIdentifier"));
            marker = said.text("Marker");
            if marker.is_empty() {
                break;
            }
        }
        let expected: Vec<String> = (0..45).map(|n| format!("db-{n:02}")).collect();
        assert_eq!(all, expected);
    }

    #[tokio::test]
    async fn one_is_found_by_name_or_arn_and_missed_by_its_own_code() {
        let trial = trial();
        for id in ["DB-07", "arn:aws:rds:us-east-1:111111111111:db:db-07"] {
            let said = trial.rds("DescribeDBInstances", &format!("DBInstanceIdentifier={id}")).await;
            assert_eq!(said.texts("DBInstanceIdentifier"), ["db-07"], "{id}");
        }
        let said = trial.rds("DescribeDBInstances", "DBInstanceIdentifier=gone").await;
        assert_eq!((said.status, said.code().as_str()), (404, "DBInstanceNotFound"));
        let said = trial.rds("DescribeExportTasks", "ExportTaskIdentifier=gone").await;
        assert_eq!(said.code(), "ExportTaskNotFound");
        assert_eq!(trial.rds("DescribeDBClusters", "").await.status, 200);
    }

    #[tokio::test]
    async fn filters_must_all_match_and_must_be_known() {
        let trial = trial();
        let engine = "Filters.Filter.1.Name=engine&Filters.Filter.1.Values.Value.1=postgres";
        let said = trial.rds("DescribeDBInstances", engine).await;
        assert_eq!(said.texts("DBInstanceIdentifier").len(), 22);
        let both =
            format!("{engine}&Filters.Filter.2.Name=db-cluster-id&Filters.Filter.2.Values.Value.1=other");
        assert_eq!(trial.rds("DescribeDBInstances", &both).await.texts("DBInstanceIdentifier").len(), 0);
        let said = trial.rds("DescribeDBInstances", &engine.replace("engine", "colour")).await;
        assert_eq!((said.status, said.code().as_str()), (400, "InvalidParameterValue"));
    }

    #[tokio::test]
    async fn default_groups_exist_though_nobody_made_them() {
        let trial = trial();
        let said = trial.rds("DescribeOptionGroups", "OptionGroupName=default:mysql-8-0").await;
        assert_eq!(
            (said.text("EngineName").as_str(), said.text("MajorEngineVersion").as_str()),
            ("mysql", "8.0")
        );
        let said = trial.rds("DescribeDBParameterGroups", "DBParameterGroupName=default.postgres16").await;
        assert_eq!(said.text("DBParameterGroupFamily"), "postgres16");
        assert_eq!(
            trial.rds("DescribeOptionGroups", "OptionGroupName=mine").await.code(),
            "OptionGroupNotFoundFault"
        );
        assert_eq!(trial.rds("DescribeOptionGroups", "").await.text("Permanent"), "true");
    }

    #[tokio::test]
    async fn a_region_copies_from_all_others_of_its_partition() {
        let said = trial().rds("DescribeSourceRegions", "").await.texts("RegionName");
        assert!(said.contains(&"eu-west-1".to_owned()));
        assert!(!said.contains(&"us-east-1".to_owned()) && !said.contains(&"us-gov-west-1".to_owned()));
    }
}
