//! KMS-03: only an enabled key works, and some keys can vanish by themselves.

use crate::domain::{Action, Field, KeyFacts};
use crate::rules::key_name;
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-03",
    says: "A key works only while it is enabled; imported key material can expire, and a key store can be unreachable.",
    way_out: "Enable the key; renew what it was imported from.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "KMS: KeyState, Origin, ValidTo",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    match case.source_key() {
        Some(Some(key)) if !key.is_usable() => {
            let words = format!("Its key {} {}", key.label(), key_name::state_words(&key.state));
            let fix = key_name::repair(case, key);
            unusable(case, &words, Some(fix));
        }
        Some(None) => unusable(case, "Its key is gone", None),
        Some(Some(_)) | None => {}
    }
    let chosen = [
        case.chosen_key().flatten().map(|key| (key, Field::KmsKey)),
        case.first_key().flatten().map(|key| (key, Field::FirstKey)),
    ];
    for (key, field) in chosen.into_iter().flatten() {
        if let Some(risk) = risk(key) {
            case.warn(field, format!("{} {risk}", key.label()), None);
        }
    }
}

/// The snapshot's own key does not work; of copies COPY-21 says so.
fn unusable(case: &mut Case<'_>, words: &str, fix: Option<Fix>) {
    let gives_access = case.gives_access();
    match case.draft.action {
        Action::Restore => case.error(Field::Snapshot, format!("{words}: it cannot be restored."), fix),
        // Sharing asks nothing of the key; what is shared is of no use.
        Action::Share if gives_access => {
            case.error(Field::Snapshot, format!("{words}: nobody could use it."), fix);
        }
        Action::Share | Action::Copy | Action::Encrypt | Action::Export | Action::Delete => {}
    }
}

/// How a key that works now can be lost, as the end of a sentence.
fn risk(key: &KeyFacts) -> Option<String> {
    match (key.origin.exact(), key.valid_to) {
        ("EXTERNAL", Some(until)) => Some(format!(
            "works until {} only, when its imported material expires.",
            until.strftime("%Y-%m-%d")
        )),
        ("AWS_CLOUDHSM" | "EXTERNAL_KEY_STORE", _) => {
            Some("works only while its key store can be reached.".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_dead_key_helps_nobody() {
        check("restore inst disabled db=x", "KMS-03 error snapshot ~ cannot be restored");
        check("share inst pending with=222", "KMS-03 error snapshot ~ nobody could use it");
        check("share inst pending remove=222 +share:222", "no KMS-03");
        check("copy inst disabled", "no KMS-03; COPY-21 error");
        check("restore inst updating db=x", "no KMS-03");
        check("restore inst cmk db=x", "no KMS-03");
    }

    #[test]
    fn a_key_that_can_vanish_is_pointed_out() {
        check("encrypt inst none kms-key=alias/imported", "KMS-03 warning kms-key ~ 2026-11-28");
        check("copy inst none use1->euw1 kms-key=alias/store", "KMS-03 warning kms-key ~ key store");
        check("share automated cmk with=222 first-copy=x first-key=alias/store", "KMS-03 warning first-key");
        check("encrypt inst none kms-key=alias/dba", "no KMS-03");
    }
}
