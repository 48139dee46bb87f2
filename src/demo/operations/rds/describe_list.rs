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
        write_marker(&mut xml, next.as_deref());
        xml.records(self.words.0, self.words.1, found.into_iter().map(Cow::as_ref));
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
