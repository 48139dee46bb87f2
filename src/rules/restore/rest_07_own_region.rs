//! REST-07: a snapshot is restored in its own region.

use crate::domain::{Action, Family, Field};
use crate::rules::case::copy::is_region;
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "REST-07",
    says: "A restore happens in the region of the snapshot.",
    way_out: "Copy it to the other region first, and restore the copy.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "RestoreDBInstanceFromDBSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() {
        return;
    }
    let (from, to) = (case.source_region(), case.to_region());
    if !is_region(&to) {
        let fix = Fix::clear(format!("stay in {from}"), Field::ToRegion);
        let message = format!("\"{to}\" is no region: a region is written as eu-west-1.");
        case.error(Field::ToRegion, message, Some(fix));
        return;
    }
    if from.partition() != to.partition() {
        let message = format!("{to} is in another partition of AWS than {from}: no snapshot crosses that.");
        case.error(Field::ToRegion, message, Some(Fix::outside("dump the data instead", Detour::Dump)));
        return;
    }
    let (Some(scope), Some(family)) = (case.destination(), case.family()) else { return };
    let message = format!("The snapshot lies in {from}: it is restored there, or copied to {to} first.");
    if family == Family::MultiAzCluster {
        let label = "restore it to an instance, and copy a snapshot of that";
        case.error(Field::ToRegion, message, Some(Fix::outside(label, Detour::RestoreAsInstance)));
        return;
    }
    let needs_key = case.draft.text(Field::FirstKey).is_none() && case.has_kms_key() == Some(true);
    let key = if needs_key { key_name::offer(case, Field::FirstKey, scope) } else { None };
    if !case.has_first_copy() {
        let name = case.first_copy_name();
        let fix = key.unwrap_or_else(|| Fix::outside("", Detour::CopyFirst));
        let fix = Fix { label: format!("copy it to {to} first, as {name}"), ..fix };
        case.error(Field::ToRegion, message, Some(fix.and(Field::FirstCopy, name).by(Detour::CopyFirst)));
    } else if needs_key && !case.crosses_accounts() {
        case.error(Field::FirstKey, format!("The snapshot is encrypted: its copy needs a key of {to}."), key);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn another_region_needs_a_copy_first() {
        check("restore none use1->euw1 db=x", "REST-07 error to-region -> first-copy=orders");
        check("restore cmk use1->euw1 db=x", "REST-07 error to-region -> first-key=alias/dba");
        check("restore cmk use1->euw1 db=x first-copy=y", "REST-07 error first-key -> first-key=alias/dba");
        check("restore cmk use1->euw1 db=x first-copy=y first-key=alias/dba", "no REST-07");
        check("restore clu none use1->euw1 db=x first-copy=y", "no REST-07");
        check("restore maz none use1->euw1 db=x class=db.r6gd.large", "REST-07 error to-region");
        check("restore none use1->usgw1 db=x", "REST-07 error to-region ~ partition");
        check("restore none use1->use1 db=x", "no REST-07");
        check_fixes("restore cmk use1->euw1 db=x");
        check_fixes("restore clu none use1->euw1 db=x");
        check_fixes("restore cmk use1->euw1 of:222 by:111 +share:111 +policy:admits:111 db=x");
    }
}
