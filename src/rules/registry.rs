//! Every rule, in the order of the manual.

use super::{Rule, copy, delete, encrypt, export, groups, kms, restore, share};

/// Every rule, in the order of the manual.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        copy::RULES,
        share::RULES,
        encrypt::RULES,
        restore::RULES,
        export::RULES,
        delete::RULES,
        groups::RULES,
        kms::RULES,
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_of_one_rule_and_every_rule_can_be_looked_up() {
        let mut ids: Vec<_> = rules().map(|rule| rule.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for rule in rules() {
            assert!(
                rule.says.ends_with('.') && !rule.source.is_empty() && !rule.actions.is_empty(),
                "{}",
                rule.id
            );
            assert!(
                rule.yields_to.iter().all(|to| ids.contains(to)),
                "{} yields to a rule that is none",
                rule.id
            );
        }
    }

    #[test]
    fn the_manual_leaves_no_number_of_its_sections_out() {
        for (section, last) in [
            ("COPY", 51),
            ("SHARE", 26),
            ("ENC", 15),
            ("REST", 37),
            ("EXP", 18),
            ("DEL", 11),
            ("OG", 9),
            ("KMS", 17),
        ] {
            let ids: Vec<_> = rules().map(|rule| rule.id).filter(|id| id.starts_with(section)).collect();
            let all: Vec<_> = (1..=last).map(|n| format!("{section}-{n:02}")).collect();
            assert_eq!(ids, all);
        }
    }
}
