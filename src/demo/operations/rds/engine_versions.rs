//! The engine versions that a region offers where the fleet does not say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::demo::record::Record;
use crate::demo::shape::groups::DB_ENGINE_VERSION;
use crate::demo::state::account::Region;
use crate::demo::state::listing::Listing;

/// Engine, and its versions with the parameter group family of each; the last one is the default.
type Offer = (&'static str, &'static [(&'static str, &'static str)]);

const OFFERS: &[Offer] = &[
    (
        "aurora-mysql",
        &[
            ("8.0.mysql_aurora.3.04.4", "aurora-mysql8.0"),
            ("8.0.mysql_aurora.3.08.2", "aurora-mysql8.0"),
            ("8.0.mysql_aurora.3.10.1", "aurora-mysql8.0"),
        ],
    ),
    (
        "aurora-postgresql",
        &[
            ("14.18", "aurora-postgresql14"),
            ("15.13", "aurora-postgresql15"),
            ("16.9", "aurora-postgresql16"),
            ("17.5", "aurora-postgresql17"),
        ],
    ),
    ("custom-oracle-ee", &[("19.my_cev1", "custom-oracle-ee-19")]),
    ("custom-sqlserver-ee", &[("15.00.4430.1.v1", "custom-sqlserver-ee-15.0")]),
    ("db2-ae", &[("11.5.9.0.sb00063198.r1", "db2-ae-11.5")]),
    ("db2-se", &[("11.5.9.0.sb00063198.r1", "db2-se-11.5")]),
    ("docdb", &[("4.0.0", "docdb4.0"), ("5.0.0", "docdb5.0")]),
    ("mariadb", &[("10.6.22", "mariadb10.6"), ("10.11.13", "mariadb10.11"), ("11.4.7", "mariadb11.4")]),
    (
        "mysql",
        &[("8.0.42", "mysql8.0"), ("8.0.43", "mysql8.0"), ("8.4.6", "mysql8.4"), ("8.4.7", "mysql8.4")],
    ),
    ("neptune", &[("1.3.4.0", "neptune1.3"), ("1.4.5.1", "neptune1.4")]),
    ("oracle-ee", &[("19.0.0.0.ru-2025-10.rur-2025-10.r1", "oracle-ee-19")]),
    ("oracle-se2", &[("19.0.0.0.ru-2025-10.rur-2025-10.r1", "oracle-se2-19")]),
    (
        "postgres",
        &[
            ("14.19", "postgres14"),
            ("15.14", "postgres15"),
            ("16.4", "postgres16"),
            ("16.10", "postgres16"),
            ("17.6", "postgres17"),
        ],
    ),
    ("sqlserver-ee", &[("15.00.4430.1.v1", "sqlserver-ee-15.0"), ("16.00.4210.1.v1", "sqlserver-ee-16.0")]),
    ("sqlserver-ex", &[("15.00.4430.1.v1", "sqlserver-ex-15.0"), ("16.00.4210.1.v1", "sqlserver-ex-16.0")]),
    ("sqlserver-se", &[("15.00.4430.1.v1", "sqlserver-se-15.0"), ("16.00.4210.1.v1", "sqlserver-se-16.0")]),
    (
        "sqlserver-web",
        &[("15.00.4430.1.v1", "sqlserver-web-15.0"), ("16.00.4210.1.v1", "sqlserver-web-16.0")],
    ),
];

/// The usual versions, and those of databases that run in the region: what runs is offered.
pub(crate) fn usual(region: &Region) -> Vec<Record> {
    let mut versions = BTreeMap::new();
    for (engine, offered) in OFFERS {
        for (version, family) in *offered {
            versions.insert((*engine, *version), Some(*family));
        }
    }
    for listing in [Listing::DbInstances, Listing::DbClusters] {
        for database in region.list(listing) {
            if let (Some(engine), Some(version)) = (database.text("Engine"), database.text("EngineVersion")) {
                versions.entry((engine, version)).or_insert(None);
            }
        }
    }
    versions.into_iter().map(|((engine, version), family)| offer(engine, version, family)).collect()
}

/// Leaves only the version of each engine that a database gets if none is asked for; where the usual
/// one is not offered, that is the last one.
pub(crate) fn keep_defaults(versions: &mut Vec<Cow<'_, Record>>) {
    let text = |record: &Record, field: &str| record.text(field).unwrap_or_default().to_owned();
    let mut defaults = BTreeMap::new();
    for record in versions.iter() {
        let (engine, version) = (text(record, "Engine"), text(record, "EngineVersion"));
        let usual = default_of(&engine);
        let chosen: &mut String = defaults.entry(engine).or_default();
        if usual != Some(chosen.as_str()) {
            *chosen = version;
        }
    }
    versions.retain(|record| defaults.get(&text(record, "Engine")) == Some(&text(record, "EngineVersion")));
}

/// The version that an engine has where none is asked for.
pub(crate) fn default_of(engine: &str) -> Option<&'static str> {
    OFFERS.iter().find(|(offered, _)| *offered == engine)?.1.last().map(|(version, _)| *version)
}

fn offer(engine: &str, version: &str, family: Option<&str>) -> Record {
    let mut record = Record::new(&DB_ENGINE_VERSION)
        .with("Engine", engine)
        .with("EngineVersion", version)
        .with("DBEngineDescription", engine)
        .with("DBEngineVersionDescription", format!("{engine} {version}"))
        .with("Status", "available");
    if let Some(family) = family {
        let major = family.strip_prefix(engine).unwrap_or(family).trim_start_matches('-');
        // The families of SQL Server write 15.0 for what is 15.00 everywhere else.
        let major = if engine.contains("sqlserver") { format!("{major}0") } else { major.to_owned() };
        record.set("DBParameterGroupFamily", family);
        record.set("MajorEngineVersion", major);
    }
    record
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::demo::trial::Trial;

    #[tokio::test]
    async fn a_region_offers_the_usual_versions_and_those_that_run_there() {
        let trial = Trial::of(&json!({"DBInstances": [
            {"DBInstanceIdentifier": "old", "Engine": "mysql", "EngineVersion": "5.7.44"}]}));
        let said = trial.rds("DescribeDBEngineVersions", "Engine=mysql").await;
        assert_eq!(said.texts("EngineVersion"), ["5.7.44", "8.0.42", "8.0.43", "8.4.6", "8.4.7"]);
        let said = trial.rds("DescribeDBEngineVersions", "Engine=mysql&EngineVersion=5.6.10").await;
        assert_eq!((said.status, said.texts("EngineVersion").len()), (200, 0));
    }

    #[tokio::test]
    async fn the_default_is_one_version_an_engine() {
        let trial = Trial::of(&json!({}));
        let said = trial.rds("DescribeDBEngineVersions", "DefaultOnly=true&Engine=postgres").await;
        assert_eq!(said.texts("EngineVersion"), [default_of("postgres").expect("an offer")]);
        let given = Trial::of(&json!({"DBEngineVersions": [
            {"Engine": "postgres", "EngineVersion": "12.1"}, {"Engine": "postgres", "EngineVersion": "13.1"}]}));
        let said = given.rds("DescribeDBEngineVersions", "DefaultOnly=true").await;
        assert_eq!(said.texts("EngineVersion"), ["13.1"]);
    }
}
