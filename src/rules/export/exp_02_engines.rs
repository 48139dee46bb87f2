//! EXP-02: which engines can be exported.

use crate::domain::{Action, Family, Field, Kind};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-02",
    says: "MySQL, MariaDB, PostgreSQL and Aurora snapshots can be exported, not those of other engines, of Serverless v1, of Outposts or on magnetic storage.",
    way_out: "Dump the data with the engine's own tools.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ExportSnapshot; StartExportTask",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let (row, engine) = (&snapshot.row, &snapshot.row.engine);
    let says = |word: &Option<crate::domain::Shown>, wanted: &str| {
        word.as_ref().is_some_and(|word| word.exact() == wanted)
    };
    let message = match row.family {
        Family::Rds if !["mysql", "mariadb", "postgres"].contains(&engine.exact()) => {
            format!("{engine} cannot be exported to S3.")
        }
        Family::RdsCustom => "RDS Custom cannot be exported to S3.".to_owned(),
        Family::Neptune => "Neptune cannot be exported to S3.".to_owned(),
        Family::DocumentDb => "DocumentDB cannot be exported to S3.".to_owned(),
        Family::Aurora if says(&snapshot.engine_mode, "serverless") => {
            "Serverless v1 cannot be exported to S3.".to_owned()
        }
        Family::Rds if says(&snapshot.snapshot_target, "outposts") => {
            "A snapshot on an Outpost cannot be exported to S3.".to_owned()
        }
        _ if row.kind() == Kind::Instance && says(&row.storage_type, "standard") => {
            "Its storage is magnetic: such a snapshot cannot be exported to S3.".to_owned()
        }
        Family::Rds | Family::Aurora | Family::MultiAzCluster => return,
    };
    case.error(Field::Snapshot, message, Some(Fix::outside("dump the data instead", Detour::Dump)));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_the_open_engines_are_exported() {
        check(
            "export mysql storage:standard task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot ~ magnetic",
        );
        check(
            "export oracle-ee task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot ~ oracle-ee",
        );
        check(
            "export sqlserver-se task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot",
        );
        check(
            "export custom-oracle-ee task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot",
        );
        check(
            "export docdb task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot; no EXP-13",
        );
        check(
            "export clu mode:serverless task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot ~ Serverless",
        );
        check(
            "export postgres target:outposts task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-02 error snapshot",
        );
        check(
            "export maz postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-02",
        );
        check(
            "export mariadb task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-02",
        );
        check(
            "export clu task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-02",
        );
    }
}
