//! What a region offers, as far as operations that change depend on it: engine versions and their families.

use super::engine_versions;
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::listing::Listing;
use crate::demo::wire::call::Call;

/// Whether `DescribeDBEngineVersions` lists that version of an engine where the call is made.
pub(crate) fn version(state: &State, call: &Call, engine: &str, version: &str) -> bool {
    status(state, call, engine, version).is_some()
}

/// Whether it lists that version as one that new databases may have.
pub(crate) fn supported(state: &State, call: &Call, engine: &str, version: &str) -> bool {
    status(state, call, engine, version).as_deref() == Some("available")
}

/// The status of a version that is listed.
fn status(state: &State, call: &Call, engine: &str, version: &str) -> Option<String> {
    let is_it = |offer: &&Record| {
        offer.text("Engine") == Some(engine) && offer.text("EngineVersion") == Some(version)
    };
    let status = |offer: &Record| offer.text("Status").unwrap_or("available").to_owned();
    match state.here(call).list(Listing::DbEngineVersions) {
        [] => engine_versions::usual(state.here(call)).iter().find(is_it).map(status),
        listed => listed.iter().find(is_it).map(status),
    }
}

/// The version that an engine gets where none is asked for (REST-25).
pub(crate) fn default_version(state: &State, call: &Call, engine: &str) -> Option<String> {
    let usual = engine_versions::default_of(engine);
    let mut versions: Vec<&str> = match state.here(call).list(Listing::DbEngineVersions) {
        [] => usual.into_iter().collect(),
        listed => listed
            .iter()
            .filter(|offer| offer.text("Engine") == Some(engine))
            .filter_map(|offer| offer.text("EngineVersion"))
            .collect(),
    };
    // The usual one where it is offered, else the last: as `DescribeDBEngineVersions` says when asked for defaults.
    versions.sort_unstable_by_key(|version| Some(*version) == usual);
    versions.pop().map(str::to_owned)
}

/// The parameter group family of an engine version, as `mysql8.0` or `oracle-ee-19`.
pub(crate) fn family(engine: &str, version: &str) -> String {
    let mut numbers = version.split('.');
    let major = numbers.next().unwrap_or_default();
    let minor = numbers.next().unwrap_or_default();
    match engine.trim_start_matches("custom-").split('-').next().unwrap_or_default() {
        "postgres" => format!("{engine}{major}"),
        "aurora" if engine == "aurora-postgresql" => format!("{engine}{major}"),
        "oracle" => format!("{engine}-{major}"),
        "sqlserver" => format!("{engine}-{major}.0"),
        "db2" => format!("{engine}-{major}.{minor}"),
        _ => format!("{engine}{major}.{minor}"),
    }
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn a_family_is_engine_and_major_version_as_each_engine_counts_them() {
        for (engine, version, expect) in [
            ("mysql", "8.0.43", "mysql8.0"),
            ("mariadb", "10.11.9", "mariadb10.11"),
            ("postgres", "16.4", "postgres16"),
            ("aurora-mysql", "8.0.mysql_aurora.3.08.0", "aurora-mysql8.0"),
            ("aurora-postgresql", "16.4", "aurora-postgresql16"),
            ("oracle-se2", "19.0.0.0.ru-2025-10.rur-2025-10.r1", "oracle-se2-19"),
            ("sqlserver-ee", "15.00.4430.1.v1", "sqlserver-ee-15.0"),
            ("db2-se", "11.5.9.0.sb00063198.r1", "db2-se-11.5"),
            ("neptune", "1.3.4.0", "neptune1.3"),
            ("docdb", "5.0.0", "docdb5.0"),
        ] {
            assert_eq!(family(engine, version), expect);
        }
    }
}
