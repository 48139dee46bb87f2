//! COPY-24: no copy crosses the partitions of AWS.

use crate::domain::{Action, Field};
use crate::rules::case::copy::is_region;
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-24",
    says: "A snapshot is never copied to another partition.",
    way_out: "Dump the data and load it there.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let (Some(from), to) = (case.draft.snapshot.partition(), case.to_region()) else { return };
    if is_region(&to) && to.partition() != from {
        let message = format!(
            "{to} is of the partition {}, the snapshot of {from}: no copy crosses that.",
            to.partition()
        );
        case.error(Field::ToRegion, message, Some(Fix::outside("dump the data instead", Detour::Dump)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_partition_is_never_left() {
        check("copy inst none usgw1->use1", "COPY-24 error to-region ~ aws-us-gov");
        check("copy inst cmk use1->cnn1", "COPY-24 error to-region; no COPY-12");
        check("copy inst none usgw1->usge1", "no COPY-24; request");
        check("copy inst none use1->euw1", "no COPY-24");
    }
}
