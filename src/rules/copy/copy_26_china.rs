//! COPY-26: whether a copy crosses the regions of China is for the destination to say.

use crate::domain::{Action, Field, Partition};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-26",
    says: "By the guide nothing is copied between the regions of China; DescribeSourceRegions has the last word.",
    way_out: "Copy in the same region, or dump the data.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; DescribeSourceRegions",
    actions: &[Action::Copy],
    yields_to: &["COPY-24"],
    check,
};

fn check(case: &mut Case<'_>) {
    let (from, to) = (case.source_region(), case.to_region());
    if !case.crosses_regions() || from.partition() != Partition::China || to.partition() != Partition::China {
        return;
    }
    let Some(scope) = case.destination() else { return };
    match case.can_copy_from(scope, &from) {
        Some(false) => {
            let fix = Fix::outside("dump the data instead", Detour::Dump);
            case.error(Field::ToRegion, format!("{to} takes no copies from {from}."), Some(fix));
        }
        Some(true) => {
            let message = format!(
                "{to} offers copies from {from}, though the guide says that there are none in China."
            );
            case.info(Field::ToRegion, message);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_destination_says_whether_china_is_crossed() {
        check("copy inst none cnn1->cnnw1 +no-source-regions", "COPY-26 error to-region");
        check("copy inst none cnn1->cnnw1", "COPY-26 info to-region; allowed");
        check("copy inst none cnn1->cnn1 +no-source-regions", "no COPY-26");
        check("copy inst none use1->euw1 +no-source-regions", "no COPY-26");
    }
}
