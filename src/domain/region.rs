//! Regions and partitions, and the catalogue of those that AWS has.
//!
//! The catalogue is data (assets/regions.tsv). A region that it does not know is still a region:
//! AWS adds some every year, and a snapshot may lie in one.

use std::fmt;
use std::sync::LazyLock;

use arcstr::ArcStr;

/// A region by its AWS name, as `us-east-1`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(ArcStr);

impl Region {
    /// Takes a region's name as AWS writes it.
    pub fn new(name: impl Into<ArcStr>) -> Self {
        Self(name.into())
    }

    /// The name as AWS writes it.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The partition it belongs to, by the catalogue or by its prefix.
    pub fn partition(&self) -> Partition {
        self.place().map_or_else(|| Partition::of_prefix(&self.0), |place| place.partition)
    }

    /// What the catalogue says of it; `None` for a region that is newer than the catalogue.
    pub fn place(&self) -> Option<&'static Place> {
        catalogue().iter().find(|place| place.name == self.0.as_str())
    }

    /// A short form for narrow columns: `us-east-1` is `use1`, `ap-southeast-2` is `apse2`.
    pub fn short(&self) -> String {
        let mut parts: Vec<&str> = self.0.split('-').collect();
        let number = parts.pop().unwrap_or_default();
        let mut short = String::new();
        for (n, part) in parts.iter().enumerate() {
            match (n, *part) {
                (0, part) => short.push_str(part),
                (_, "gov") => short.push('g'),
                (_, part) if part.starts_with("iso") => short.push_str(part),
                (_, "northeast") => short.push_str("ne"),
                (_, "northwest") => short.push_str("nw"),
                (_, "southeast") => short.push_str("se"),
                (_, "southwest") => short.push_str("sw"),
                (_, part) => short.extend(part.chars().next()),
            }
        }
        short + number
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::Shown::new(ArcStr::clone(&self.0)).fmt(f)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A partition of AWS: accounts, keys and copies never cross it (COPY-24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Partition {
    /// `aws`: the commercial regions.
    Aws,
    /// `aws-cn`: China.
    China,
    /// `aws-us-gov`: GovCloud.
    GovCloud,
    /// `aws-eusc`: the European Sovereign Cloud.
    EuSovereign,
    /// `aws-iso`.
    Iso,
    /// `aws-iso-b`.
    IsoB,
    /// `aws-iso-e`.
    IsoE,
    /// `aws-iso-f`.
    IsoF,
}

impl Partition {
    const ALL: [Self; 8] = [
        Self::Aws,
        Self::China,
        Self::GovCloud,
        Self::EuSovereign,
        Self::Iso,
        Self::IsoB,
        Self::IsoE,
        Self::IsoF,
    ];

    /// The partition of a name as ARNs write it.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.name() == name)
    }

    /// The name as ARNs write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::China => "aws-cn",
            Self::GovCloud => "aws-us-gov",
            Self::EuSovereign => "aws-eusc",
            Self::Iso => "aws-iso",
            Self::IsoB => "aws-iso-b",
            Self::IsoE => "aws-iso-e",
            Self::IsoF => "aws-iso-f",
        }
    }

    fn of_prefix(region: &str) -> Self {
        match region {
            r if r.starts_with("cn-") => Self::China,
            r if r.starts_with("us-gov-") => Self::GovCloud,
            r if r.starts_with("eusc-") => Self::EuSovereign,
            r if r.contains("-isob-") => Self::IsoB,
            r if r.contains("-isoe-") => Self::IsoE,
            r if r.contains("-isof-") => Self::IsoF,
            r if r.contains("-iso-") => Self::Iso,
            _ => Self::Aws,
        }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A region of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The name as AWS writes it.
    pub name: &'static str,
    /// The partition.
    pub partition: Partition,
    /// Whether an account has to enable it first.
    pub opt_in: bool,
    /// Where it is, in words.
    pub city: &'static str,
}

/// Every region known when this version was made, in the catalogue's order.
pub fn catalogue() -> &'static [Place] {
    static CATALOGUE: LazyLock<Vec<Place>> = LazyLock::new(|| {
        let lines = include_str!("../../assets/regions.tsv").lines();
        lines.filter(|line| !line.starts_with('#')).map(place_of).collect()
    });
    &CATALOGUE
}

fn place_of(line: &'static str) -> Place {
    let fields: Vec<&str> = line.split('\t').collect();
    let [name, partition, opt_in, city] = fields[..] else { panic!("BUG: assets/regions.tsv: {line}") };
    let partition =
        Partition::of_name(partition).expect("BUG: assets/regions.tsv names an unknown partition");
    Place { name, partition, opt_in: opt_in == "opt-in", city }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_reads_and_names_no_region_twice() {
        let mut names: Vec<_> = catalogue().iter().map(|p| p.name).collect();
        assert!(names.len() > 35);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), catalogue().len());
    }

    #[test]
    fn short_forms_are_as_long_as_needed_and_all_different() {
        let mut shorts: Vec<_> = catalogue().iter().map(|p| Region::new(p.name).short()).collect();
        assert!(shorts.contains(&"use1".to_owned()) && shorts.contains(&"apse2".to_owned()));
        shorts.sort_unstable();
        shorts.dedup();
        assert_eq!(shorts.len(), catalogue().len());
    }

    #[test]
    fn an_unknown_region_still_has_a_partition() {
        assert_eq!(Region::new("us-gov-north-9").partition(), Partition::GovCloud);
        assert_eq!(Region::new("mars-east-1").partition(), Partition::Aws);
    }
}
