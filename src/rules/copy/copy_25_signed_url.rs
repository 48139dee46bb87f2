//! COPY-25: between the GovCloud regions an encrypted copy needs a pre-signed URL.

use crate::domain::{Action, Field, Partition};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-25",
    says: "An encrypted copy between the two GovCloud regions needs a pre-signed URL; elsewhere none is needed.",
    way_out: "Nothing: it is signed with the call.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: PreSignedUrl",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let in_gov_cloud = case.source_region().partition() == Partition::GovCloud
        && case.to_region().partition() == Partition::GovCloud;
    if in_gov_cloud && case.crosses_regions() && case.copied_under_kms() == Some(true) {
        case.info(
            Field::ToRegion,
            "GovCloud wants a pre-signed URL with this call; it is made with the copy.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn gov_cloud_wants_a_signed_url() {
        check("copy inst cmk usgw1->usge1 kms-key=alias/dba", "COPY-25 info to-region; allowed");
        check("copy inst none usgw1->usge1", "no COPY-25");
        check("copy inst cmk use1->euw1 kms-key=alias/dba", "no COPY-25");
    }
}
