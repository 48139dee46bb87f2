//! COPY-27: the destination lists the regions that it takes copies from.

use crate::domain::{Action, Field};
use crate::rules::case::copy::is_region;
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-27",
    says: "DescribeSourceRegions, asked of the destination, says which regions it takes copies from.",
    way_out: "Choose another region, or enable it.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "DescribeSourceRegions",
    actions: &[Action::Copy],
    yields_to: &["COPY-24", "COPY-26"],
    check,
};

fn check(case: &mut Case<'_>) {
    let (from, to) = (case.source_region(), case.to_region());
    if !case.crosses_regions() {
        return;
    }
    if !is_region(&to) {
        let fix = Fix::clear(format!("stay in {from}"), Field::ToRegion);
        case.error(
            Field::ToRegion,
            format!("\"{to}\" is no region: a region is written as eu-west-1."),
            Some(fix),
        );
        return;
    }
    let Some(scope) = case.destination() else { return };
    if from.partition() == to.partition() && case.lists_other_sources(scope, &from) == Some(true) {
        let message = format!("{to} does not list {from} among the regions that it takes copies from.");
        case.error(Field::ToRegion, message, None);
    } else if to.place().is_none() {
        case.warn(
            Field::ToRegion,
            format!("{to} is no region that is known here; it may be a new one."),
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_region_has_to_be_one_and_to_take_the_copy() {
        check("copy inst none to-region=mars", "COPY-27 error to-region -> to-region ~ is no region");
        check("copy inst none to-region=EU-WEST-1", "COPY-27 error to-region");
        check("copy inst none to-region=eu-west-9", "COPY-27 warning to-region ~ new one");
        check("copy inst none use1->euw1 +not-from:use1", "COPY-27 error to-region ~ does not list");
        check("copy inst none use1->euw1 +no-source-regions", "no COPY-27");
        check("copy inst none use1->euw1", "no COPY-27");
        check("copy inst none", "no COPY-27");
    }
}
