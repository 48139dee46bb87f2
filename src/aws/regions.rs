//! Which regions of an account are read.

use crate::domain::{Partition, Region, RegionChoice, catalogue};

/// The regions of a choice, for a caller of this partition whose profile is at home in this region.
pub(super) fn regions(choice: &RegionChoice, partition: Partition, home: Option<&Region>) -> Vec<Region> {
    let of_partition = |opt_in_too: bool| -> Vec<Region> {
        let places = catalogue().iter().filter(|place| place.partition == partition);
        places.filter(|place| opt_in_too || !place.opt_in).map(|place| Region::new(place.name)).collect()
    };
    let mut regions = match choice {
        RegionChoice::Named(regions) => return regions.clone(),
        RegionChoice::All => of_partition(true),
        RegionChoice::Default => of_partition(false),
    };
    let missing = |home: &&Region| home.partition() == partition && !regions.contains(home);
    if let Some(home) = home.filter(missing) {
        regions.push(home.clone());
    }
    regions
}

/// Where a caller who names no region signs in: the first region of the partition.
pub(super) fn first(partition: Partition) -> Region {
    let place = catalogue().iter().find(|place| place.partition == partition);
    Region::new(place.expect("BUG: the catalogue has a partition without regions").name)
}

/// Where a caller signs in when this region hangs: another one that is read, else another one of the partition; none
/// that needs an opt-in.
pub(super) fn another(choice: &RegionChoice, not: &Region) -> Region {
    let is_sure = |region: &&Region| {
        *region != not
            && region.partition() == not.partition()
            && region.place().is_some_and(|place| !place.opt_in)
    };
    let named = match choice {
        RegionChoice::Named(regions) => regions.iter().find(is_sure).cloned(),
        RegionChoice::All | RegionChoice::Default => None,
    };
    let all = catalogue().iter().map(|place| Region::new(place.name));
    named.or_else(|| all.into_iter().find(|region| is_sure(&region))).unwrap_or_else(|| not.clone())
}

/// The partition of an ARN, where it is one that is known.
pub(super) fn partition_of(arn: &str) -> Option<Partition> {
    Partition::of_name(arn.split(':').nth(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_default_opt_in_regions_are_left_out_unless_one_is_home() {
        let plain = regions(&RegionChoice::Default, Partition::Aws, None);
        assert_eq!(plain.len(), 17);
        assert!(!plain.contains(&Region::new("ap-east-1")));
        let home = Region::new("ap-east-1");
        let with_home = regions(&RegionChoice::Default, Partition::Aws, Some(&home));
        assert_eq!(with_home.len(), 18);
        let foreign = Region::new("cn-north-1");
        assert_eq!(regions(&RegionChoice::Default, Partition::Aws, Some(&foreign)), plain);
    }

    #[test]
    fn all_means_all_of_the_partition() {
        let all = regions(&RegionChoice::All, Partition::Aws, None);
        assert!(all.contains(&Region::new("ap-east-1")) && !all.contains(&Region::new("cn-north-1")));
        assert_eq!(regions(&RegionChoice::All, Partition::GovCloud, None).len(), 2);
    }

    #[test]
    fn another_region_is_one_that_is_read_and_surely_enabled() {
        let named = RegionChoice::Named(["us-east-1", "ap-east-1", "eu-west-1"].map(Region::new).to_vec());
        assert_eq!(another(&named, &Region::new("us-east-1")).name(), "eu-west-1");
        assert_ne!(another(&RegionChoice::All, &Region::new("us-east-1")).name(), "us-east-1");
        assert_eq!(
            another(&named, &Region::new("eusc-de-east-1")).name(),
            "eusc-de-east-1",
            "there is no other"
        );
    }

    #[test]
    fn every_partition_has_a_first_region() {
        assert_eq!(first(Partition::Aws).name(), "us-east-1");
        assert_eq!(partition_of("arn:aws-us-gov:iam::1:role/x"), Some(Partition::GovCloud));
        assert_eq!(first(Partition::EuSovereign).name(), "eusc-de-east-1");
    }
}
