//! REST-10: options that last go with every restore.

use crate::domain::{Action, Field, GroupOption, Kind, OptionGroup, Shown};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "REST-10",
    says: "A restore gets the default option group where none is named; a snapshot with persistent or permanent options needs a group that has them.",
    way_out: "Name an option group with the same options.",
    severity: Severity::Error,
    confidence: Confidence::Conflict,
    source: "USER_RestoreFromSnapshot; USER_WorkingWithOptionGroups",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    let (Some(source), Some(scope)) = (case.source_options(), case.destination()) else { return };
    let lasting: Vec<&GroupOption> = match &source {
        SourceOptions::Group(group) => group.options.iter().filter(|o| o.persistent || o.permanent).collect(),
        SourceOptions::Default | SourceOptions::Gone(_) | SourceOptions::Foreign(_) => vec![],
    };
    match (case.draft.text(Field::OptionGroup), &source) {
        (Some(typed), _) => {
            let Some(groups) = case.option_groups(scope.clone()) else { return };
            let there = groups.iter().find(|group| group.name.exact().eq_ignore_ascii_case(typed.trim()));
            let typed = Shown::from(typed.trim());
            let message = match there {
                None => format!("There is no option group {typed} in {}.", scope.region),
                Some(group) => match unfit(case, group, &lasting) {
                    Some(flaw) => format!("{typed} {flaw}."),
                    None => return,
                },
            };
            let fix = fitting(groups, &source, &lasting);
            case.error(Field::OptionGroup, message, Some(fix));
        }
        (None, SourceOptions::Group(group)) => {
            let groups = case.option_groups(scope).unwrap_or_default();
            if let Some(option) = lasting.first() {
                let message = format!(
                    "The snapshot has {} for good: name an option group that has it. AWS's texts disagree on the default.",
                    option.name
                );
                case.error(Field::OptionGroup, message, Some(fitting(groups, &source, &lasting)));
            } else {
                let message = format!("Without an option group it gets the default one, not {}.", group.name);
                let fix = there(groups, &group.name).map(name);
                case.warn(Field::OptionGroup, message, fix);
            }
        }
        (None, SourceOptions::Gone(group) | SourceOptions::Foreign(group)) => {
            let message = format!(
                "Its option group {group} cannot be looked at: it may have options that have to be kept."
            );
            case.warn(Field::OptionGroup, message, None);
        }
        (None, SourceOptions::Default) => {}
    }
}

/// Why a group cannot be that of the new instance, as the end of a sentence.
fn unfit(case: &mut Case<'_>, group: &OptionGroup, lasting: &[&GroupOption]) -> Option<String> {
    if let Some(option) = lasting.iter().find(|option| !has(group, option)) {
        return Some(format!("lacks {}, which the snapshot has for good", option.name));
    }
    let engine = &case.snapshot()?.row.engine;
    if group.engine != *engine {
        return Some(format!("is for {}, and the snapshot of {engine}", group.engine));
    }
    let major = case.version_there()??.major.as_ref()?;
    (group.major_version != *major)
        .then(|| format!("is for {engine} {}, and the new instance of {major}", group.major_version))
}

fn has(group: &OptionGroup, option: &GroupOption) -> bool {
    group.options.iter().any(|other| other.name == option.name)
}

fn there<'a>(groups: &'a [OptionGroup], name: &Shown) -> Option<&'a OptionGroup> {
    groups.iter().find(|group| group.name == *name)
}

fn name(group: &OptionGroup) -> Fix {
    Fix::set(format!("use {}", group.name), Field::OptionGroup, group.name.exact())
}

/// The snapshot's own group where it exists, else one for the same engine that has what has to be kept.
fn fitting(groups: &[OptionGroup], source: &SourceOptions<'_>, lasting: &[&GroupOption]) -> Fix {
    let SourceOptions::Group(own) = source else {
        return Fix::clear("use the default option group", Field::OptionGroup);
    };
    let fits = |group: &&OptionGroup| {
        group.engine == own.engine
            && group.major_version == own.major_version
            && lasting.iter().all(|option| has(group, option))
    };
    let same = there(groups, &own.name).filter(fits);
    match same.or_else(|| groups.iter().find(fits)) {
        Some(group) => name(group),
        None => Fix::outside("create an option group with the same options there", Detour::OptionGroupFirst),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn options_that_last_need_a_group_that_has_them() {
        check("restore oracle-ee og:tde db=x", "REST-10 error option-group -> option-group=tde");
        check(
            "restore oracle-ee og:tde db=x option-group=plain +og:plain@use1",
            "REST-10 error option-group -> option-group=tde ~ lacks TDE",
        );
        check("restore oracle-ee og:tde db=x option-group=tde", "no REST-10");
        check("restore mysql og:audit db=x", "REST-10 warning option-group -> option-group=audit");
        check("restore mysql og:audit db=x option-group=audit", "no REST-10");
        check("restore mysql og:gone db=x", "REST-10 warning option-group ~ gone");
        check(
            "restore mysql db=x option-group=nowhere",
            "REST-10 error option-group -> option-group ~ no option group",
        );
        check(
            "restore mysql db=x option-group=other-engine +og:other-engine@use1",
            "REST-10 error option-group ~ sqlserver-web",
        );
        check(
            "restore mysql db=x option-group=other-version +og:other-version@use1",
            "REST-10 error option-group ~ 1.0",
        );
        check("restore mysql db=x", "no REST-10");
        check("restore clu db=x option-group=nowhere", "no REST-10");
        check_fixes("restore oracle-ee og:tde db=x");
    }
}
