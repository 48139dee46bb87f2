//! REST-10: options that last go with every restore.

use crate::domain::{Action, Field, Kind, OptionGroup, Scope, Shown};
use crate::rules::case::options::is_default_group;
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

/// What the option group of the new instance has to be.
struct Wanted<'a> {
    engine: &'a Shown,
    version: &'a Shown,
    /// The options that the snapshot has for good.
    lasting: Vec<String>,
    /// The snapshot's own group.
    own: Option<&'a Shown>,
}

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    let (Some(source), Some(scope)) = (case.source_options(), case.destination()) else { return };
    let Some(snapshot) = case.snapshot() else { return };
    let group = match source {
        SourceOptions::Group(group) => Some(group),
        SourceOptions::Default | SourceOptions::Gone(_) | SourceOptions::Foreign(_) => None,
    };
    let Some(lasting) = case.must_keep() else { return };
    let wanted = Wanted {
        engine: &snapshot.row.engine,
        version: &snapshot.row.engine_version,
        lasting,
        own: group.map(|group| &group.name),
    };
    match (case.draft.text(Field::OptionGroup).map(str::trim), &source) {
        (Some(typed), _) => {
            judge_typed(case, typed, scope, &wanted);
            if let SourceOptions::Gone(group) | SourceOptions::Foreign(group) = &source {
                let typed = Shown::from(typed);
                let message = format!(
                    "Its option group {group} cannot be looked at: it may have options that {typed} lacks."
                );
                case.warn(Field::OptionGroup, message, None);
            }
        }
        (None, _) if !wanted.lasting.is_empty() => judge_none(case, scope, &wanted),
        (None, SourceOptions::Group(group)) => falls_back(case, group, scope, &wanted),
        (None, SourceOptions::Gone(group) | SourceOptions::Foreign(group)) => {
            let message = format!(
                "Its option group {group} cannot be looked at: it may have options that have to be kept."
            );
            case.warn(Field::OptionGroup, message, None);
        }
        (None, SourceOptions::Default) => {}
    }
}

fn judge_typed(case: &mut Case<'_>, typed: &str, scope: Scope, wanted: &Wanted<'_>) {
    let region = scope.region.clone();
    let Some(groups) = case.option_groups(scope) else { return };
    let there = groups.iter().find(|group| group.name.exact().eq_ignore_ascii_case(typed));
    let is_default = is_default_group(typed, wanted.engine.exact(), wanted.version.exact());
    let typed = Shown::from(typed);
    let message = match there.map(|group| wanted.flaw_of(group)) {
        None if is_default => match wanted.lasting.first() {
            Some(option) => format!("{typed} lacks {option}, which the snapshot has for good."),
            None => return,
        },
        None => format!("There is no option group {typed} in {region}."),
        Some(Some(flaw)) => format!("{typed} {flaw}."),
        Some(None) => return,
    };
    let fix = wanted.fix(groups);
    case.error(Field::OptionGroup, message, Some(fix));
}

/// No group is named, and there are options that need one.
fn judge_none(case: &mut Case<'_>, scope: Scope, wanted: &Wanted<'_>) {
    let Some(option) = wanted.lasting.first() else { return };
    let groups = case.option_groups(scope).unwrap_or_default();
    let message = format!(
        "The snapshot has {option} for good: name an option group that has it. AWS's texts disagree on the default."
    );
    case.error(Field::OptionGroup, message, Some(wanted.fix(groups)));
}

/// No group is named, and the snapshot's own is not the one that it will get.
fn falls_back(case: &mut Case<'_>, group: &OptionGroup, scope: Scope, wanted: &Wanted<'_>) {
    let groups = case.option_groups(scope).unwrap_or_default();
    let message = format!("Without an option group it gets the default one, not {}.", group.name);
    let same = groups.iter().find(|other| other.name == group.name && wanted.flaw_of(other).is_none());
    case.warn(Field::OptionGroup, message, same.map(name));
}

impl Wanted<'_> {
    /// Why a group cannot be that of the new instance, as the end of a sentence.
    fn flaw_of(&self, group: &OptionGroup) -> Option<String> {
        if let Some(option) = self.lasting.iter().find(|option| !group.has(option)) {
            Some(format!("lacks {option}, which the snapshot has for good"))
        } else if group.fits(self.engine.exact(), self.version.exact()) {
            None
        } else {
            let (engine, major) = (&group.engine, &group.major_version);
            Some(format!("is for {engine} {major}, and the snapshot of {} {}", self.engine, self.version))
        }
    }

    /// Names the snapshot's own group where it fits, else another that does.
    fn fix(&self, groups: &[OptionGroup]) -> Fix {
        let fits = |group: &&OptionGroup| self.flaw_of(group).is_none();
        let own = groups.iter().find(|group| Some(&group.name) == self.own).filter(fits);
        match own.or_else(|| groups.iter().find(fits)) {
            Some(group) if !group.name.exact().starts_with("default:") => name(group),
            _ if self.lasting.is_empty() => Fix::clear("use the default option group", Field::OptionGroup),
            _ => Fix::outside("create an option group with the same options there", Detour::OptionGroupFirst),
        }
    }
}

fn name(group: &OptionGroup) -> Fix {
    Fix::set(format!("use {}", group.name), Field::OptionGroup, group.name.exact())
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
        check("restore mysql db=x option-group=default:mysql-8-0", "no REST-10");
        check("restore mysql db=x option-group=default:mysql-5-7", "REST-10 error option-group");
        check(
            "restore oracle-ee og:tde db=x option-group=default:oracle-ee-19",
            "REST-10 error option-group -> option-group=tde ~ lacks TDE",
        );
        check("restore clu db=x option-group=nowhere", "no REST-10");
        check_fixes("restore oracle-ee og:tde db=x");
    }
}
