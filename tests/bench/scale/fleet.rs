//! The fleets that are served, and what AWS would say of their snapshots, in order and in AWS's own XML.
//!
//! The same fleet is made each time. A list is ordered by identifier, so that manual snapshots lie on both sides of the
//! automated ones (`rds:...`) and no page tells of all databases: what is read ahead of a list has to find its way.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

/// Rows on a page.
pub(crate) const PAGE: usize = 100;

/// Every region that needs no opt-in.
pub(crate) const REGIONS: [&str; 17] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-north-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
];

/// Snapshots of the whole fleet.
pub(crate) const WHOLE: usize = 100_000;

/// Snapshots of its biggest scope.
const BIGGEST: usize = 8_800;

/// Snapshots of the one scope that is measured alone.
pub(crate) const ALONE: usize = 1_500;

/// Every fifth scope of the whole fleet has no snapshot.
const EMPTY_EVERY: usize = 5;

/// Automated snapshots of one database: as many days as RDS keeps at most.
const RETENTION: usize = 35;

/// Databases are called so, with a number.
const WORDS: [&str; 12] = [
    "billing",
    "catalog",
    "crm",
    "inventory",
    "ledger",
    "orders",
    "payments",
    "search",
    "sessions",
    "shipping",
    "users",
    "warehouse",
];

/// Which fleet is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// 100,000 snapshots, a third of them manual.
    Whole,
    /// The same without manual ones: there is no share state to be asked, and reading comes to an end.
    Automated,
    /// One scope.
    Alone,
    /// No snapshot at all.
    Bare,
}

impl Shape {
    const NAMES: [(Self, &'static str); 4] = [
        (Self::Whole, "whole"),
        (Self::Automated, "automated"),
        (Self::Alone, "alone"),
        (Self::Bare, "bare"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(shape, _)| *shape == self).map(|(_, name)| *name).expect("a name")
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, own)| *own == name).map(|(shape, _)| *shape)
    }

    /// How many snapshots there are in each account's regions, account by account.
    fn sizes(self, accounts: usize) -> Vec<usize> {
        let scopes = accounts * REGIONS.len();
        match self {
            Self::Bare => vec![0; scopes],
            Self::Alone => (0..scopes).map(|n| if n == 0 { ALONE } else { 0 }).collect(),
            Self::Whole | Self::Automated => sizes(scopes),
        }
    }

    fn manual(self, snapshots: usize) -> usize {
        if self == Self::Automated { 0 } else { snapshots * 3 / 10 }
    }
}

/// A hundred thousand snapshots over so many scopes: each is smaller than the one before, as `1 / n^0.8`, and the
/// rest goes evenly to those behind the first.
fn sizes(scopes: usize) -> Vec<usize> {
    let is_empty = |n: usize| n % EMPTY_EVERY == EMPTY_EVERY - 1;
    let curve = |n: usize| (BIGGEST as f64 / ((n + 1) as f64).powf(0.8)) as usize;
    let mut sizes: Vec<usize> = (0..scopes).map(|n| if is_empty(n) { 0 } else { curve(n) }).collect();
    let missing = WHOLE.checked_sub(sizes.iter().sum()).expect("a curve below the whole");
    let filled = sizes.iter().filter(|size| **size > 0).count() - 1;
    let rest = sizes.iter_mut().skip(1).filter(|size| **size > 0).enumerate();
    rest.for_each(|(n, size)| *size += missing / filled + usize::from(n < missing % filled));
    sizes
}

/// The id of an account by its number.
pub(crate) fn account(n: usize) -> String {
    format!("{:012}", 111_111_111_111 + n)
}

/// Instances or clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Instance,
    Cluster,
}

/// What of a list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// `SnapshotType`, where one is asked for.
    pub(crate) kind: Option<String>,
    /// Databases or engines, where they are asked for.
    pub(crate) of: Vec<String>,
}

/// A snapshot of a fleet.
#[derive(Debug)]
struct Entry {
    name: String,
    database: String,
    kind: &'static str,
    engine: Engine,
    number: usize,
}

/// An engine, its version and its licence.
type Engine = (&'static str, &'static str, &'static str);

const ENGINES: [Engine; 2] =
    [("mysql", "8.0.39", "general-public-license"), ("postgres", "16.4", "postgresql-license")];
const AURORA: Engine = ("aurora-mysql", "8.0.mysql_aurora.3.08.0", "aurora-mysql");

/// Every snapshot there is.
pub(crate) struct Fleet {
    lists: HashMap<(String, &'static str, Kind), Vec<Entry>>,
}

impl Fleet {
    pub(crate) fn new(shape: Shape, accounts: usize) -> Self {
        let scopes = (0..accounts).flat_map(|n| REGIONS.map(|region| (account(n), region)));
        let mut lists = HashMap::new();
        for ((account, region), snapshots) in scopes.zip(shape.sizes(accounts)) {
            let clusters = if shape == Shape::Alone { 0 } else { snapshots / 10 };
            for (kind, count) in [(Kind::Instance, snapshots - clusters), (Kind::Cluster, clusters)] {
                lists.insert((account.clone(), region, kind), list(shape, kind, count));
            }
        }
        Self { lists }
    }

    /// The pages of the longest list, asked for as it stands.
    pub(crate) fn longest_chain(&self) -> usize {
        self.lists.values().map(|list| list.len().div_ceil(PAGE).max(1)).max().unwrap_or(0)
    }

    /// The pages of all lists, asked for as they stand, an empty one counted as one.
    pub(crate) fn pages(&self) -> usize {
        // Each kind has two lists more: of AWS Backup, and of what others share. Both are empty here.
        self.lists.values().map(|list| list.len().div_ceil(PAGE).max(1) + 2).sum()
    }

    /// The databases of a place that have automated snapshots.
    pub(crate) fn databases(&self, (account, region): (&str, &str), kind: Kind) -> BTreeSet<&str> {
        let list = REGIONS
            .iter()
            .find(|own| **own == region)
            .and_then(|own| self.lists.get(&(account.to_owned(), *own, kind)));
        let automated = list.into_iter().flatten().filter(|entry| entry.kind == "automated");
        automated.map(|entry| &*entry.database).collect()
    }

    /// A page of a list from a marker on, how many rows it has, and the next marker.
    pub(crate) fn page(&self, place: (&str, &str), kind: Kind, part: &Part, from: usize) -> (String, usize) {
        let region = REGIONS.iter().find(|region| **region == place.1).copied().unwrap_or_default();
        let list = self.lists.get(&(place.0.to_owned(), region, kind)).map_or(&[][..], Vec::as_slice);
        let asked = list.iter().filter(|entry| {
            part.kind.as_deref().is_none_or(|kind| kind == entry.kind)
                && (part.of.is_empty()
                    || part.of.iter().any(|of| *of == entry.database || of == entry.engine.0))
        });
        let rows: Vec<&Entry> = asked.skip(from).take(PAGE + 1).collect();
        let (shown, more) = (&rows[..rows.len().min(PAGE)], rows.len() > PAGE);
        let (operation, lists) = match kind {
            Kind::Instance => ("DescribeDBSnapshots", "DBSnapshots"),
            Kind::Cluster => ("DescribeDBClusterSnapshots", "DBClusterSnapshots"),
        };
        let mut xml = String::with_capacity(2_000 * (shown.len() + 1));
        let _ = write!(
            xml,
            "<{operation}Response xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><{operation}Result>"
        );
        if more {
            let _ = write!(xml, "<Marker>{}</Marker>", from + PAGE);
        }
        let _ = write!(xml, "<{lists}>");
        for entry in shown {
            match kind {
                Kind::Instance => instance(&mut xml, place, entry),
                Kind::Cluster => cluster(&mut xml, place, entry),
            }
        }
        let _ = write!(
            xml,
            "</{lists}></{operation}Result><ResponseMetadata><RequestId>{:08x}-0000-4000-8000-000000000000\
             </RequestId></ResponseMetadata></{operation}Response>",
            from + shown.len()
        );
        (xml, shown.len())
    }
}

/// The snapshots of a kind, by identifier.
fn list(shape: Shape, kind: Kind, count: usize) -> Vec<Entry> {
    let manual = shape.manual(count);
    let automated = count - manual;
    let databases = automated.div_ceil(RETENTION).max(1);
    let cluster = kind == Kind::Cluster;
    let suffix = if cluster { "-cluster" } else { "" };
    let database = |n: usize| format!("{}-{:03}{suffix}", WORDS[n % WORDS.len()], n / WORDS.len());
    let entry = |of: usize, name: String, kind: &'static str, number: usize| {
        let engine = if cluster { AURORA } else { ENGINES[of % ENGINES.len()] };
        Entry { name, database: database(of), kind, engine, number }
    };
    let of_manual = (0..manual).map(|n| {
        let of = n % databases;
        entry(of, format!("{}-before-release-{}", database(of), n / databases), "manual", n)
    });
    let of_automated = (0..automated).map(|n| {
        let (of, day) = (n / RETENTION, n % RETENTION);
        let name = format!("rds:{}-2026-{:02}-{:02}-02-05", database(of), 10 + day / 28, day % 28 + 1);
        entry(of, name, "automated", n)
    });
    let mut list: Vec<Entry> = of_manual.chain(of_automated).collect();
    list.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    list
}

fn instance(xml: &mut String, (account, region): (&str, &str), entry: &Entry) {
    let Entry { name, database, kind, engine, number } = entry;
    let (day, size) = (number % 28 + 1, number % 4_000 + 20);
    let key = number % 3;
    // As AWS writes one, with the lists that most snapshots leave empty.
    let _ = write!(
        xml,
        "<DBSnapshot><DBSnapshotIdentifier>{name}</DBSnapshotIdentifier>\
         <DBInstanceIdentifier>{database}</DBInstanceIdentifier>\
         <SnapshotCreateTime>2026-10-{day:02}T02:05:31.281Z</SnapshotCreateTime>\
         <OriginalSnapshotCreateTime>2026-10-{day:02}T02:05:31.281Z</OriginalSnapshotCreateTime>\
         <SnapshotDatabaseTime>2026-10-{day:02}T02:05:12.000Z</SnapshotDatabaseTime>\
         <InstanceCreateTime>2024-03-11T09:12:44.102Z</InstanceCreateTime>\
         <Engine>{}</Engine><EngineVersion>{}</EngineVersion><LicenseModel>{}</LicenseModel>\
         <AllocatedStorage>{size}</AllocatedStorage><StorageType>gp3</StorageType><Iops>3000</Iops>\
         <StorageThroughput>125</StorageThroughput><Status>available</Status><Port>5432</Port>\
         <AvailabilityZone>{region}a</AvailabilityZone><VpcId>vpc-0a1b2c3d4e5f60718</VpcId>\
         <MasterUsername>dba</MasterUsername><SnapshotType>{kind}</SnapshotType>\
         <SnapshotTarget>region</SnapshotTarget><OptionGroupName>default:{database}</OptionGroupName>\
         <PercentProgress>100</PercentProgress><Encrypted>true</Encrypted>\
         <KmsKeyId>arn:aws:kms:{region}:{account}:key/{key:08x}-1a2b-4c3d-8e4f-0123456789ab</KmsKeyId>\
         <DBSnapshotArn>arn:aws:rds:{region}:{account}:snapshot:{name}</DBSnapshotArn>\
         <IAMDatabaseAuthenticationEnabled>false</IAMDatabaseAuthenticationEnabled>\
         <DedicatedLogVolume>false</DedicatedLogVolume><MultiTenant>false</MultiTenant>\
         <DbiResourceId>db-{:026}</DbiResourceId><ProcessorFeatures/>\
         <TagList><Tag><Key>env</Key><Value>prod</Value></Tag><Tag><Key>team</Key><Value>{}</Value></Tag></TagList>\
         </DBSnapshot>",
        engine.0,
        engine.1,
        engine.2,
        number / RETENTION,
        WORDS[number % WORDS.len()],
    );
}

fn cluster(xml: &mut String, (account, region): (&str, &str), entry: &Entry) {
    let Entry { name, database, kind, engine, number } = entry;
    let day = number % 28 + 1;
    let _ = write!(
        xml,
        "<DBClusterSnapshot><DBClusterSnapshotIdentifier>{name}</DBClusterSnapshotIdentifier>\
         <DBClusterIdentifier>{database}</DBClusterIdentifier>\
         <SnapshotCreateTime>2026-10-{day:02}T02:05:31.281Z</SnapshotCreateTime>\
         <ClusterCreateTime>2024-03-11T09:12:44.102Z</ClusterCreateTime>\
         <Engine>{}</Engine><EngineVersion>{}</EngineVersion>\
         <EngineMode>provisioned</EngineMode><LicenseModel>{}</LicenseModel>\
         <AllocatedStorage>1</AllocatedStorage><Status>available</Status><Port>0</Port>\
         <AvailabilityZones><AvailabilityZone>{region}a</AvailabilityZone><AvailabilityZone>{region}b</AvailabilityZone>\
         <AvailabilityZone>{region}c</AvailabilityZone></AvailabilityZones>\
         <VpcId>vpc-0a1b2c3d4e5f60718</VpcId><MasterUsername>dba</MasterUsername>\
         <SnapshotType>{kind}</SnapshotType><PercentProgress>100</PercentProgress>\
         <StorageEncrypted>true</StorageEncrypted>\
         <KmsKeyId>arn:aws:kms:{region}:{account}:key/{:08x}-1a2b-4c3d-8e4f-0123456789ab</KmsKeyId>\
         <DBClusterSnapshotArn>arn:aws:rds:{region}:{account}:cluster-snapshot:{name}</DBClusterSnapshotArn>\
         <IAMDatabaseAuthenticationEnabled>false</IAMDatabaseAuthenticationEnabled>\
         <DbClusterResourceId>cluster-{:026}</DbClusterResourceId>\
         <TagList><Tag><Key>env</Key><Value>prod</Value></Tag></TagList></DBClusterSnapshot>",
        engine.0,
        engine.1,
        engine.2,
        number % 3,
        number / RETENTION,
    );
}
