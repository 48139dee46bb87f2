//! OG-05: the option group of a copy is there, and for the same engine and major version.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::case::options::is_default_group;
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "OG-05",
    says: "The option group must exist in the destination, for the same engine and major version.",
    way_out: "Choose another one.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "CopyDBSnapshot: OptionGroupName",
    actions: &[Action::Copy],
    yields_to: &["COPY-31"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    let Some(typed) = case.draft.text(Field::OptionGroup).map(str::trim) else { return };
    let (Some(found), Some(snapshot)) = (case.chosen_group(), case.snapshot()) else { return };
    let (engine, version) = (&snapshot.row.engine, &snapshot.row.engine_version);
    let region = case.to_region();
    let message = match found {
        None if is_default_group(typed, engine.exact(), version.exact()) => return,
        None => format!("There is no option group {} in {region}.", Shown::from(typed)),
        Some(group) if !group.fits(engine.exact(), version.exact()) => {
            format!(
                "{} is for {} {}; the snapshot is of {engine} {version}.",
                group.name, group.engine, group.major_version
            )
        }
        Some(_) => return,
    };
    let options = case.must_keep().unwrap_or_default();
    let fix = match case.choose_group(&options) {
        Some(fix) if !fix.edits.is_empty() => fix,
        _ if options.is_empty() => Fix::clear("take the default one", Field::OptionGroup),
        _ => Fix::outside(format!("create an option group in {region} first"), Detour::OptionGroupFirst),
    };
    case.error(Field::OptionGroup, message, Some(fix));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn the_option_group_is_there_and_fits() {
        check(
            "copy mysql option-group=nowhere",
            "OG-05 error option-group -> option-group ~ no option group nowhere",
        );
        check(
            "copy mysql use1->euw1 +og:audit@euw1 option-group=nowhere",
            "OG-05 error option-group -> option-group=audit",
        );
        check(
            "copy mysql use1->euw1 +og:other-engine@euw1 option-group=other-engine",
            "OG-05 error option-group ~ sqlserver-web",
        );
        check(
            "copy mysql use1->euw1 +og:other-version@euw1 option-group=other-version",
            "OG-05 error option-group ~ 1.0",
        );
        check(
            "copy oracle-ee og:tde use1->euw1 option-group=nowhere",
            "OG-05 error option-group; no COPY-33",
        );
        check("copy mysql use1->euw1 +og:audit@euw1 option-group=AUDIT", "no OG-05; request");
        check("copy mysql option-group=default:mysql-8-0", "no OG-05; request");
        check("copy mysql", "no OG-05");
    }

    #[test]
    fn another_group_is_offered() {
        check_fixes("copy mysql option-group=nowhere");
        check_fixes("copy oracle-ee og:tde use1->euw1 +og:tde@euw1 option-group=nowhere");
    }
}
