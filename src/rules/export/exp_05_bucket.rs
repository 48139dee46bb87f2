//! EXP-05: the bucket lies in the region of the snapshot.

use crate::domain::{Action, Field, Region, Shown};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-05",
    says: "The bucket must lie in the region of the snapshot; it may be another account's.",
    way_out: "Choose a bucket of that region.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "StartExportTask: S3BucketName",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(bucket) = case.draft.text(Field::Bucket).map(str::trim) else { return };
    let region = case.source_region();
    if bucket.contains(['/', ':']) {
        let bare = bucket.rsplit_once("://").map_or(bucket, |(_, rest)| rest);
        let bare = bare.rsplit_once(":::").map_or(bare, |(_, rest)| rest);
        let bare = bare.split('/').next().unwrap_or_default();
        let fix = (!bare.is_empty() && !bare.contains(':'))
            .then(|| Fix::set(format!("use {}", Shown::from(bare)), Field::Bucket, bare));
        let message = format!("\"{}\" is no bucket: give its name alone.", Shown::from(bucket));
        case.error(Field::Bucket, message, fix);
        return;
    }
    // The names that S3 gave out in its first years are freer than those of today.
    let is_taken = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    if !bucket.chars().all(is_taken) {
        let message = format!(
            "\"{}\" is no bucket: a name has no other letters than a-z, 0-9, hyphens and dots.",
            Shown::from(bucket)
        );
        case.error(Field::Bucket, message, None);
        return;
    }
    match case.draft.text(Field::BucketRegion).map(|text| Region::new(text.trim())) {
        Some(other) if other != region => {
            let message =
                format!("The bucket lies in {other}, the snapshot in {region}: both must be in one region.");
            let fix =
                Fix::outside("copy the snapshot there first, or choose another bucket", Detour::CopyFirst);
            case.error(Field::Bucket, message, Some(fix));
        }
        Some(_) => {}
        None => case
            .info(Field::Bucket, format!("The bucket has to lie in {region}; where it lies is not known.")),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_bucket_lies_where_the_snapshot_lies() {
        check("export postgres bucket=b bucket-region=euw1", "EXP-05 error bucket ~ eu-west-1");
        check("export postgres bucket=s3://b/prefix", "EXP-05 error bucket -> bucket=b");
        check("export postgres bucket=arn:aws:s3:::b", "EXP-05 error bucket -> bucket=b");
        check("export postgres bucket=b", "EXP-05 info bucket");
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-05",
        );
    }
}
