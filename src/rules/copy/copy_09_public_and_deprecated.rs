//! COPY-09: a public snapshot of a deprecated engine version is of no use.

use crate::domain::{Action, Field, Origin, Share};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-09",
    says: "Public snapshots of deprecated engine versions can be neither copied nor restored.",
    way_out: "Ask the owner to upgrade it and to share it again.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot.Public",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if !is_public_only(case, snapshot.row.origin) {
        return;
    }
    let (engine, version) = (&snapshot.row.engine, &snapshot.row.engine_version);
    let Some(there) = case.destination() else { return };
    let Some(offered) = case.engine_version(there, engine.exact(), version.exact()) else { return };
    if offered.is_none_or(|offered| !offered.available) {
        let owner = case.account_words(case.owner());
        let fix = Fix::outside(format!("ask {owner} to upgrade it"), Detour::UpgradeFirst);
        let message = format!("{engine} {version} is deprecated: a public snapshot of it cannot be used.");
        case.error(Field::Snapshot, message, Some(fix));
    }
}

/// Whether the account that acts has it because everybody has.
fn is_public_only(case: &mut Case<'_>, origin: Origin) -> bool {
    let Some(taker) = case.taker() else { return false };
    origin == Origin::Public
        || matches!(case.share(), Some(Share::Public(accounts)) if !accounts.contains(&taker))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_public_snapshot_of_an_old_version_cannot_be_used() {
        check("copy inst of:999 as-public +deprecated", "COPY-09 error snapshot ~ mysql 8.0.40");
        check("restore inst db=x of:999 as-public +no-version", "COPY-09 error snapshot");
        check("copy inst of:999 as-public", "no COPY-09");
        check("copy inst of:999 +deprecated", "no COPY-09");
        check("copy inst +deprecated", "no COPY-09");
    }
}
