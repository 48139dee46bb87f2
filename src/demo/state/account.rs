//! One account, and one region of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fault::Fault;
use super::key::{Key, KeyName};
use super::listing::Listing;
use super::snapshot::{Shelf, SnapshotKind};
use crate::demo::record::Record;

/// An account.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    pub(crate) name: Option<String>,
    /// Does the fleet list it? If not, it only owns what others see, and nobody can sign in to it.
    pub(crate) listed: bool,
    pub(crate) regions: BTreeMap<String, Region>,
    /// Regions that the account has not opted in to.
    pub(crate) regions_disabled: BTreeSet<String>,
    /// Serial numbers of MFA devices of its users, to the code that is good.
    pub(crate) mfa_devices: BTreeMap<String, String>,
    /// The names of its roles that nobody assumes without a code.
    pub(crate) roles_with_mfa: BTreeSet<String>,
}

/// What an account has in one region.
#[derive(Debug, Clone, Default)]
pub(crate) struct Region {
    instance_snapshots: Shelf,
    cluster_snapshots: Shelf,
    pub(crate) keys: Vec<Key>,
    lists: HashMap<Listing, Vec<Record>>,
    pub(crate) faults: Vec<Fault>,
    /// By name of a quota: how many more are used than this region shows (a fleet may say 98 and hold 3).
    pub(crate) quota_offsets: HashMap<String, i64>,
}

impl Region {
    pub(crate) fn shelf(&self, kind: SnapshotKind) -> &Shelf {
        kind.pick(&self.instance_snapshots, &self.cluster_snapshots)
    }

    pub(crate) fn shelf_mut(&mut self, kind: SnapshotKind) -> &mut Shelf {
        kind.pick(&mut self.instance_snapshots, &mut self.cluster_snapshots)
    }

    /// The records of a list, in order of their ids.
    pub(crate) fn list(&self, listing: Listing) -> &[Record] {
        self.lists.get(&listing).map_or(&[], Vec::as_slice)
    }

    /// The record of a list that has that id, compared without case.
    pub(crate) fn find(&self, listing: Listing, id: &str) -> Option<&Record> {
        self.list(listing).iter().find(|record| listing.id(record).eq_ignore_ascii_case(id))
    }

    /// The record of a list that has that id, to change it.
    pub(crate) fn find_mut(&mut self, listing: Listing, id: &str) -> Option<&mut Record> {
        self.lists.get_mut(&listing)?.iter_mut().find(|record| listing.id(record).eq_ignore_ascii_case(id))
    }

    /// Puts a record into its place of a list; gives back the one that had its id.
    pub(crate) fn insert(&mut self, listing: Listing, record: Record) -> Option<Record> {
        let list = self.lists.entry(listing).or_default();
        match list.binary_search_by_key(&listing.key(&record), |present| listing.key(present)) {
            Ok(at) => Some(std::mem::replace(&mut list[at], record)),
            Err(at) => {
                list.insert(at, record);
                None
            }
        }
    }

    /// Takes a record out of a list.
    pub(crate) fn remove(&mut self, listing: Listing, id: &str) -> Option<Record> {
        let list = self.lists.get_mut(&listing)?;
        let at = list.iter().position(|record| listing.id(record).eq_ignore_ascii_case(id))?;
        Some(list.remove(at))
    }

    /// The record of any list that has that ARN.
    pub(crate) fn by_arn(&self, arn: &str) -> Option<&Record> {
        Listing::ALL
            .into_iter()
            .filter_map(|listing| Some((listing, listing.arn_field()?)))
            .flat_map(|(listing, field)| self.list(listing).iter().map(move |record| (record, field)))
            .find(|(record, field)| record.text(field) == Some(arn))
            .map(|(record, _)| record)
    }

    /// The key that a name means here.
    pub(crate) fn key(&self, name: &KeyName<'_>) -> Option<&Key> {
        self.keys.iter().find(|key| key.is(name))
    }

    /// The key that a name means here, to change it.
    pub(crate) fn key_mut(&mut self, name: &KeyName<'_>) -> Option<&mut Key> {
        self.keys.iter_mut().find(|key| key.is(name))
    }

    /// How many things count toward a quota; 0 for what this cloud does not hold.
    pub(crate) fn counted(&self, quota: &str) -> i64 {
        let count = match quota {
            "ManualSnapshots" => self.manual(SnapshotKind::Instance),
            "ManualClusterSnapshots" => self.manual(SnapshotKind::Cluster),
            "DBInstances" => self.list(Listing::DbInstances).len(),
            "DBClusters" => self.list(Listing::DbClusters).len(),
            "OptionGroups" => self.list(Listing::OptionGroups).len(),
            "DBParameterGroups" => self.list(Listing::DbParameterGroups).len(),
            "DBClusterParameterGroups" => self.list(Listing::DbClusterParameterGroups).len(),
            "DBSubnetGroups" => self.list(Listing::DbSubnetGroups).len(),
            _ => 0,
        };
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    /// Manual snapshots of a kind; those of AWS Backup do not count (COPY-43).
    fn manual(&self, kind: SnapshotKind) -> usize {
        self.shelf(kind).iter().filter(|snapshot| snapshot.snapshot_type() == "manual").count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_stays_in_order_and_holds_an_id_once() {
        let mut region = Region::default();
        let instance = |id: &str| Record::new(Listing::DbInstances.shape()).with("DBInstanceIdentifier", id);
        for id in ["c", "A", "b"] {
            assert_eq!(region.insert(Listing::DbInstances, instance(id)), None);
        }
        assert_eq!(region.insert(Listing::DbInstances, instance("B")), Some(instance("b")));
        let ids: Vec<_> =
            region.list(Listing::DbInstances).iter().map(|record| Listing::DbInstances.id(record)).collect();
        assert_eq!(ids, ["A", "B", "c"]);
        assert_eq!(region.remove(Listing::DbInstances, "a"), Some(instance("A")));
        assert_eq!(region.find(Listing::DbInstances, "a"), None);
        assert_eq!(region.counted("DBInstances"), 2);
    }
}
