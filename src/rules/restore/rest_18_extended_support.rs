//! REST-18: an old major version costs Extended Support.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-18",
    says: "A restore of an old MySQL or PostgreSQL major version enrols it in paid Extended Support.",
    way_out: "Upgrade after the restore.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: EngineLifecycleSupport",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

/// Major versions past their standard support in November 2026.
const PAST: [(&str, &[&str]); 4] = [
    ("mysql", &["5.7", "8.0"]),
    ("postgres", &["11", "12", "13"]),
    ("aurora-mysql", &["5.7"]),
    ("aurora-postgresql", &["11", "12", "13"]),
];

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let Some(version) = case.version_text() else { return };
    let engine = &snapshot.row.engine;
    let Some((_, majors)) = PAST.iter().find(|(past, _)| *past == engine.exact()) else { return };
    let is_of = |major: &&&str| {
        version.strip_prefix(**major).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if let Some(major) = majors.iter().find(is_of) {
        let message =
            format!("{engine} {major} is past its standard support: RDS charges Extended Support for it.");
        case.warn(Field::EngineVersion, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_old_major_costs_money() {
        check("restore mysql v5.7.44 db=x", "REST-18 warning engine-version ~ 5.7");
        check("restore postgres v12.20 db=x", "REST-18 warning engine-version");
        check("restore clu v5.7.mysql_aurora.2.07.0 db=x", "no REST-18");
        check("restore mysql v8.4.3 db=x", "no REST-18");
        check("restore postgres v16.4 db=x", "no REST-18");
        check("restore mariadb db=x", "no REST-18");
    }
}
