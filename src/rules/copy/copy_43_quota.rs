//! COPY-43: the quota of manual snapshots has room for the copy.

use crate::domain::{Action, Field, Kind, Scope};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-43",
    says: "A region holds so many manual snapshots of each kind, 100 unless raised; those of AWS Backup do not count.",
    way_out: "Delete what is not needed, or ask for more.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CHAP_Limits; DescribeAccountAttributes; SnapshotQuotaExceeded",
    actions: &[Action::Copy, Action::Encrypt, Action::Share, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let mut places: Vec<(Scope, u64)> = vec![];
    for copy in case.made_copies() {
        let known = places.iter().position(|(scope, _)| *scope == copy.to);
        let earlier = known.map_or(0, |at| places[at].1);
        let Some(quotas) = case.quotas(copy.to.clone()) else { continue };
        let quota = match case.kind() {
            Kind::Instance => quotas.manual_snapshots,
            Kind::Cluster => quotas.manual_cluster_snapshots,
        };
        let Some((used, most)) = quota else { continue };
        if used + earlier >= most {
            let words = case.account_words(copy.to.account);
            let message = format!(
                "{words} has {used} of {most} manual snapshots in {}: there is no room for one more.",
                copy.to.region
            );
            let fix = Fix::outside("delete snapshots there, or ask for a higher quota", Detour::Quota);
            let field = if copy.field == Field::Name { Field::ToRegion } else { copy.field };
            case.error(field, message, Some(fix));
        }
        places.push((copy.to, earlier + 1));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_full_region_takes_no_copy() {
        check("copy inst +quota:100/100", "COPY-43 error to-region ~ 100 of 100");
        check("copy clu use1->euw1 +quota:100/100", "COPY-43 error to-region");
        check("copy inst +quota:98/100", "no COPY-43; request");
        check("copy inst +quota:150/200", "no COPY-43");
        check("share automated with=222 first-copy=x +quota:100/100", "COPY-43 error first-copy");
        check("share manual with=222 +quota:100/100", "no COPY-43");
    }
    #[test]
    fn a_quota_that_cannot_be_read_blocks_nothing_and_a_permission_is_named_where_it_helps() {
        check(
            "copy inst denied:rds:DescribeAccountAttributes",
            "COPY-43 warning snapshot ~ The permission rds:DescribeAccountAttributes; request",
        );
        check(
            "copy inst garbled:rds:DescribeAccountAttributes",
            "COPY-43 warning snapshot ~ rds:DescribeAccountAttributes in account prod (111111111111) failed; request",
        );
    }
}
