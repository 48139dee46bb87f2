//! EXP-06: the key of an export is symmetric, usable, and in the region.

use super::key_access::judge_use;
use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, KeyFault, NamedKey, Need, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "EXP-06",
    says: "The key of an export is symmetric, enabled and in the region of the snapshot; another account's is given by its ARN.",
    way_out: "Choose such a key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "StartExportTask: KmsKeyId; USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for named in NamedKey::of(case).filter(|named| named.field == Field::KmsKey) {
        let (key, region) = (named.shown(), &named.scope.region);
        let Some(fault) = named.fault(case) else {
            if let Some(key) = case.destination_key() {
                judge_use(case, Field::KmsKey, key, Need::Export);
            }
            continue;
        };
        let mut repair = None;
        let message = match fault {
            KeyFault::Malformed => {
                format!("\"{key}\" is no key: give an id, an alias, or the ARN of either.")
            }
            KeyFault::Elsewhere(other) => {
                format!("The key lives in {other}; the export needs one of {region}.")
            }
            KeyFault::NotThere => {
                format!("There is no key {key} in {region}; a key of another account is given by its ARN.")
            }
            KeyFault::NotSymmetric(key) => {
                format!("{} is of the kind {}: an export takes symmetric keys only.", key.label(), key.spec)
            }
            KeyFault::NotUsable(key) => {
                repair = Some(key_name::repair(case, key));
                format!("{} {}: it cannot be used.", key.label(), key_name::state_words(&key.state))
            }
        };
        let fix = named.other_key(case).or(repair);
        case.error(Field::KmsKey, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_key_of_an_export_can_be_used() {
        check(
            "export postgres kms-key=alias/off",
            "EXP-06 error kms-key -> kms-key=alias/dba ~ disabled; no ENC-11",
        );
        check("export postgres kms-key=alias/sign", "EXP-06 error kms-key ~ RSA_2048");
        check("export postgres kms-key=cmk@euw1", "EXP-06 error kms-key ~ eu-west-1");
        check("export postgres kms-key=alias/nobody", "EXP-06 error kms-key ~ by its ARN");
        check("export postgres kms-key=my␣key", "EXP-06 error kms-key ~ is no key");
        check(
            "export postgres kms-key=cmk@222:use1",
            "EXP-06 error kms-key ~ prod (111111111111) may not use",
        );
        check("export postgres kms-key=cmk@222:use1 +policy:admits:111", "no EXP-06");
        check("export postgres kms-key=cmk@222:use1 +policy:vpce:111", "EXP-06 warning kms-key ~ not known");
        check("export postgres kms-key=alias/dba", "no EXP-06");
    }
}
