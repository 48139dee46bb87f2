//! What a case knows of option groups: which options a copy has to keep, and which groups would do.

use crate::domain::{Field, GroupOption, OptionGroup, Scope, Via};
use crate::rules::{Detour, Fix};

use super::{Case, SourceOptions};

impl<'a> Case<'a> {
    /// The options of the snapshot that last: persistent or permanent ones, and TDE by its credential.
    pub(crate) fn must_keep(&mut self) -> Option<Vec<String>> {
        let by_credential = self.snapshot()?.tde_credential.is_some();
        let mut all: Vec<String> = match self.source_options()? {
            SourceOptions::Group(group) => group
                .options
                .iter()
                .filter(|option| lasts(option))
                .map(|o| o.name.exact().to_owned())
                .collect(),
            SourceOptions::Default | SourceOptions::Gone(_) | SourceOptions::Foreign(_) => vec![],
        };
        if by_credential && !all.iter().any(|option| option == "TDE") {
            all.push("TDE".to_owned());
        }
        Some(all)
    }

    /// The option group that was chosen, where the copy is made. `None` inside: there is none of that name.
    pub fn chosen_group(&mut self) -> Option<Option<&'a OptionGroup>> {
        let name = self.draft.text(Field::OptionGroup)?.trim();
        let to = self.destination()?;
        Some(self.option_groups(to)?.iter().find(|group| group.name.exact().eq_ignore_ascii_case(name)))
    }

    /// A custom option group of a scope for the snapshot's engine and major version that has some options.
    pub(crate) fn group_with(&mut self, scope: Scope, options: &[String]) -> Option<&'a OptionGroup> {
        let snapshot = self.snapshot()?;
        let (engine, version) = (snapshot.row.engine.exact(), snapshot.row.engine_version.exact());
        let groups = self.option_groups(scope)?;
        groups.iter().find(|group| {
            !group.name.exact().starts_with("default:")
                && group.fits(engine, version)
                && options.iter().all(|option| group.has(option))
        })
    }

    /// The way out of what a snapshot of a Multi-AZ DB cluster cannot do: a snapshot of an instance can, which is
    /// taken here where the owner is one of ours. What is taken away from others is taken from itself.
    pub(crate) fn as_instance(&self, label: &str) -> Fix {
        let can_be_taken = self.is_ours(self.owner()) && self.draft.list(Field::Remove).is_empty();
        if can_be_taken {
            Fix::set(label, Field::Via, Via::Instance.name()).by(Detour::RestoreAsInstance)
        } else {
            Fix::outside(label, Detour::RestoreAsInstance)
        }
    }

    /// The fix that chooses an option group with some options, or says to create one.
    pub(crate) fn choose_group(&mut self, options: &[String]) -> Option<Fix> {
        let to = self.destination()?;
        Some(match self.group_with(to.clone(), options) {
            Some(group) => Fix::set(
                format!("use the option group {}", group.name),
                Field::OptionGroup,
                group.name.exact(),
            ),
            None => Fix::outside(
                format!("create an option group in {} first", to.region),
                Detour::OptionGroupFirst,
            ),
        })
    }
}

/// Whether a name is that of the default option group of an engine in a version, as `default:mysql-8-0`: it is there
/// wherever its engine is, listed or not, and has no options.
pub(crate) fn is_default_group(name: &str, engine: &str, version: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let major = name.strip_prefix("default:").and_then(|rest| rest.strip_prefix(engine)?.strip_prefix('-'));
    major.is_some_and(|major| is_major(&major.replace('-', "."), version))
}

fn is_major(major: &str, version: &str) -> bool {
    version.strip_prefix(major).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl OptionGroup {
    /// Whether it is for an engine in a version (OG-05).
    pub(crate) fn fits(&self, engine: &str, version: &str) -> bool {
        self.engine.exact() == engine && is_major(self.major_version.exact(), version)
    }

    /// Whether it has an option.
    pub(crate) fn has(&self, option: &str) -> bool {
        self.options.iter().any(|own| own.name.exact() == option)
    }
}

fn lasts(option: &GroupOption) -> bool {
    option.persistent || option.permanent
}
