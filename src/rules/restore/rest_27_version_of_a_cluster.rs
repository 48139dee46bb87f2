//! REST-27: the region offers the engine version, and no Serverless v1.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-27",
    says: "A cluster is not restored to an engine version past its standard support, nor as Serverless v1.",
    way_out: "Choose a newer compatible version.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "aurora-restore-snapshot; DescribeDBEngineVersions",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Cluster {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.engine_mode.as_ref().is_some_and(|mode| mode.exact() == "serverless") {
        let message = "Serverless v1 is gone: the new cluster is provisioned or Serverless v2.";
        case.warn(Field::Snapshot, message, None);
    }
    let Some(offered) = case.version_there() else { return };
    if offered.is_some_and(|offered| offered.available) {
        return;
    }
    let (engine, region) = (&snapshot.row.engine, case.to_region());
    let Some(version) = case.version_text().map(Shown::from) else {
        case.error(Field::Snapshot, format!("{region} does not offer {engine} any more."), None);
        return;
    };
    let Some(scope) = case.destination() else { return };
    let default = case.default_version(scope, engine.exact()).flatten();
    let newer = default.filter(|default| default.available && default.version != version);
    let fix = newer.map(|default| {
        Fix::set(format!("use {}", default.version), Field::EngineVersion, default.version.exact())
    });
    let message = match offered {
        None => format!("{region} does not offer {engine} {version}: choose a newer compatible version."),
        Some(_) => format!("{engine} {version} is past its support in {region}: choose a newer one."),
    };
    case.error(Field::EngineVersion, message, fix);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_cluster_version_that_is_gone_becomes_a_newer_one() {
        check("restore clu v5.7.mysql_aurora.2.07.0 +deprecated db=x", "REST-27 error engine-version");
        check("restore clu +no-version db=x engine-version=8.0.1", "REST-27 error engine-version");
        check("restore clu v5.7.mysql_aurora.2.07.0 +no-version db=x", "no REST-27");
        check("restore clu mode:serverless db=x", "REST-27 warning snapshot");
        check("restore clu db=x", "no REST-27");
        check("restore inst +no-version db=x", "no REST-27");
    }
}
