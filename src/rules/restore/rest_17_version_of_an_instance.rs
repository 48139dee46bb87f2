//! REST-17: the region offers the engine version.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-17",
    says: "A snapshot of an engine version that is no longer supported is upgraded before it is restored.",
    way_out: "Upgrade the snapshot, or a copy of it.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot; DescribeDBEngineVersions",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    let (engine, version) = (&snapshot.row.engine, &snapshot.row.engine_version);
    // RestoreDBInstanceFromDBSnapshot has no EngineVersion.
    let typed = case.draft.text(Field::EngineVersion).map(str::trim);
    if let Some(other) = typed.filter(|typed| *typed != version.exact()) {
        let fix = Fix::clear("restore it in the version of the snapshot", Field::EngineVersion);
        let message = format!(
            "An instance is restored in the version of its snapshot, {version}, not {}.",
            Shown::from(other)
        );
        case.error(Field::EngineVersion, message, Some(fix));
        return;
    }
    let Some(offered) = case.version_there() else { return };
    let region = case.to_region();
    match offered {
        None => {
            let fix = Fix::outside("upgrade the snapshot, or a copy of it", Detour::UpgradeFirst);
            let message = format!("{region} does not offer {engine} {version} any more.");
            case.error(Field::Snapshot, message, Some(fix));
        }
        Some(offered) if !offered.available => {
            let message = format!("{engine} {version} is deprecated in {region}: AWS may refuse it.");
            case.warn(Field::EngineVersion, message, None);
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_version_that_is_gone_is_upgraded_first() {
        check("restore db=x +no-version", "REST-17 error snapshot");
        check(
            "restore db=x +no-version engine-version=9.9",
            "REST-17 error engine-version -> engine-version",
        );
        check("restore db=x +deprecated", "REST-17 warning engine-version");
        check("restore clu db=x +no-version", "no REST-17");
        check("restore db=x", "no REST-17");
    }
}
