//! OG-08: a group of the same name may be another group.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "OG-08",
    says: "An option group of the same name in the destination may hold other options.",
    way_out: "Compare the options.",
    severity: Severity::Warning,
    confidence: Confidence::Inferred,
    source: "DescribeOptionGroups",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance || (!case.crosses_regions() && !case.crosses_accounts()) {
        return;
    }
    let (Some(SourceOptions::Group(own)), Some(Some(chosen))) = (case.source_options(), case.chosen_group())
    else {
        return;
    };
    let lacks = own.options.iter().find(|option| !chosen.has(option.name.exact()));
    let adds = chosen.options.iter().find(|option| !own.has(option.name.exact()));
    let difference = match (lacks, adds) {
        (Some(option), _) if !option.persistent && !option.permanent => format!("lacks {}", option.name),
        (None, Some(option)) => format!("has {} besides", option.name),
        // An option that lasts and is missing is COPY-33's and COPY-34's.
        (Some(_) | None, _) => return,
    };
    if own.name.exact().eq_ignore_ascii_case(chosen.name.exact()) {
        let message = format!("The option group {} there is another one: it {difference}.", chosen.name);
        case.warn(Field::OptionGroup, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_namesake_is_compared() {
        check(
            "copy mysql og:audit use1->euw1 +og-empty:audit@euw1 option-group=audit",
            "OG-08 warning option-group ~ lacks MARIADB_AUDIT_PLUGIN",
        );
        check("copy mysql og:audit use1->euw1 +og:audit@euw1 option-group=audit", "no OG-08");
        check("copy mysql og:audit use1->euw1 +og:plain@euw1 option-group=plain", "no OG-08");
        check("copy mysql og:audit option-group=audit", "no OG-08");
    }
}
