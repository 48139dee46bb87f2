//! SHARE-09: a snapshot with TDE cannot be shared.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-09",
    says: "A snapshot whose option group has TDE cannot be shared.",
    way_out: "SQL Server: restore it, switch TDE off, take a new snapshot. Oracle: export or dump the data.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "share-encrypted-snapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.gives_access() {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    let by_group = matches!(case.source_options(), Some(SourceOptions::Group(group))
        if group.options.iter().any(|option| option.name.exact() == "TDE"));
    if !by_group && snapshot.tde_credential.is_none() {
        return;
    }
    let (message, label) = if snapshot.row.engine.exact().starts_with("sqlserver") {
        (
            "Its data is encrypted by TDE: it cannot be shared. TDE can be switched off in a restored database.",
            "restore it, switch TDE off, take a new snapshot of that",
        )
    } else {
        (
            "Its data is encrypted by TDE, which cannot be removed: it cannot be shared.",
            "dump the data instead",
        )
    };
    case.error(Field::Snapshot, message, Some(Fix::outside(label, Detour::Dump)));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn tde_forbids_sharing() {
        check("share sqlserver-ee og:tde with=222", "SHARE-09 error snapshot ~ switched off");
        check("share oracle-ee og:tde with=222", "SHARE-09 error snapshot ~ cannot be removed; no SHARE-10");
        check("share oracle-ee tde with=222", "SHARE-09 error snapshot");
        check("share oracle-ee og:timezone with=222", "no SHARE-09");
        check("share sqlserver-se og:backup-restore with=222", "no SHARE-09");
        check("share oracle-ee og:tde remove=222 +share:222", "no SHARE-09");
    }
}
