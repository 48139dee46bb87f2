//! The options that a snapshot cannot be without, and the groups that must bring them (COPY-33, COPY-34,
//! SHARE-09, SHARE-10, REST-10, OG-05).
//!
//! A snapshot holds the *name* of an option group. Where the group of that name is gone, only its
//! `TdeCredentialArn` still tells of options, and the rest is taken not to be there.

use crate::demo::record::Record;

/// The names of the persistent and permanent options that cling to a snapshot.
pub(crate) fn clinging(snapshot: &Record, group: Option<&Record>) -> Vec<String> {
    let mut names: Vec<String> = group
        .map_or(&[][..], |group| group.many("Options"))
        .iter()
        .filter(|option| option.flag("Persistent") || option.flag("Permanent"))
        .filter_map(|option| option.text("OptionName"))
        .map(str::to_owned)
        .collect();
    if snapshot.text("TdeCredentialArn").is_some() && !names.iter().any(|name| name == "TDE") {
        names.push("TDE".to_owned());
    }
    names
}

/// The first clinging option for which a snapshot cannot be shared: any but Oracle's `Timezone` and `OLS`.
pub(crate) fn unshareable<'n>(engine: &str, clinging: &'n [String]) -> Option<&'n str> {
    let travels = |name: &str| engine.contains("oracle") && matches!(name, "Timezone" | "OLS");
    clinging.iter().map(String::as_str).find(|name| !travels(name))
}

/// Why a group does not fit a snapshot; each operation has its own code for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// There is no group of that name.
    Missing,
    /// It is for another engine or major version.
    Engine,
    /// It does not have an option that clings to the snapshot.
    Lacks(String),
}

/// Whether a group fits a snapshot: same engine, same major version, and every option that clings to it.
pub(crate) fn check(
    name: &str,
    group: Option<&Record>,
    snapshot: &Record,
    clinging: &[String],
) -> Result<(), Misfit> {
    let engine = snapshot.text("Engine").unwrap_or_default();
    let version = snapshot.text("EngineVersion").unwrap_or_default();
    let Some(group) = group else {
        return match clinging.first() {
            _ if !is_default(name, engine, version) => Err(Misfit::Missing),
            Some(option) => Err(Misfit::Lacks(option.clone())),
            None => Ok(()),
        };
    };
    let major = group.text("MajorEngineVersion").unwrap_or_default();
    if group.text("EngineName") != Some(engine) || !is_major(major, version) {
        return Err(Misfit::Engine);
    }
    let brings =
        |wanted: &str| group.many("Options").iter().any(|option| option.text("OptionName") == Some(wanted));
    match clinging.iter().find(|wanted| !brings(wanted)) {
        Some(missing) => Err(Misfit::Lacks(missing.clone())),
        None => Ok(()),
    }
}

impl Misfit {
    /// The sentence for a group of that name.
    pub(crate) fn message(&self, name: &str) -> String {
        match self {
            Self::Missing => format!("The option group {name} does not exist."),
            Self::Engine => format!("The option group {name} is for another engine or major version."),
            Self::Lacks(option) => {
                format!(
                    "The option group {name} does not have the option {option}, which the snapshot requires."
                )
            }
        }
    }
}

/// A default group, as `default:mysql-8-0`, exists wherever its engine does, listed or not.
fn is_default(name: &str, engine: &str, version: &str) -> bool {
    name.strip_prefix("default:")
        .and_then(|rest| rest.strip_prefix(engine)?.strip_prefix('-'))
        .is_some_and(|major| is_major(&major.replace('-', "."), version))
}

fn is_major(major: &str, version: &str) -> bool {
    version.strip_prefix(major).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::shape::groups::{OPTION, OPTION_GROUP};
    use crate::demo::shape::snapshots::DB_SNAPSHOT;

    fn group(engine: &str, major: &str, options: &[(&str, bool)]) -> Record {
        let options: Vec<Record> = options
            .iter()
            .map(|(name, persistent)| {
                Record::new(&OPTION).with("OptionName", *name).with("Persistent", *persistent)
            })
            .collect();
        Record::new(&OPTION_GROUP)
            .with("EngineName", engine)
            .with("MajorEngineVersion", major)
            .with("Options", options)
    }

    fn snapshot(engine: &str, version: &str) -> Record {
        Record::new(&DB_SNAPSHOT).with("Engine", engine).with("EngineVersion", version)
    }

    #[test]
    fn only_persistent_and_permanent_options_cling() {
        let group = group("sqlserver-ee", "15.00", &[("TDE", true), ("SQLSERVER_BACKUP_RESTORE", false)]);
        assert_eq!(clinging(&snapshot("sqlserver-ee", "15.00.4385.2.v1"), Some(&group)), ["TDE"]);
        assert!(clinging(&snapshot("sqlserver-ee", "15.00.4385.2.v1"), None).is_empty());
        let with_wallet = snapshot("oracle-ee", "19.0.0.0").with("TdeCredentialArn", "arn");
        assert_eq!(clinging(&with_wallet, None), ["TDE"]);
    }

    #[test]
    fn timezone_and_ols_travel_with_oracle_and_nothing_else_does() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(unshareable("oracle-se2", &names(&["Timezone", "OLS"])), None);
        assert_eq!(unshareable("oracle-ee", &names(&["Timezone", "TDE"])), Some("TDE"));
        assert_eq!(unshareable("sqlserver-ee", &names(&["TDE"])), Some("TDE"));
        assert_eq!(unshareable("sqlserver-ee", &names(&["Timezone"])), Some("Timezone"));
        assert_eq!(unshareable("mysql", &[]), None);
    }

    #[test]
    fn a_group_fits_by_engine_major_version_and_options() {
        let snapshot = snapshot("oracle-ee", "19.0.0.0.ru-2026-07.rur-2026-07.r1");
        let tde = ["TDE".to_owned()];
        let fits = |group: &Record, needed: &[String]| check("g", Some(group), &snapshot, needed).is_ok();
        assert!(fits(&group("oracle-ee", "19", &[("TDE", true)]), &tde));
        assert!(!fits(&group("oracle-ee", "19", &[("OEM", false)]), &tde));
        assert!(!fits(&group("oracle-ee", "21", &[("TDE", true)]), &tde));
        assert!(!fits(&group("oracle-se2", "19", &[("TDE", true)]), &tde));
        assert!(fits(&group("oracle-ee", "19", &[]), &[]));
    }

    #[test]
    fn a_default_group_is_there_without_being_listed_and_brings_nothing() {
        let mysql = snapshot("mysql", "8.0.39");
        assert!(check("default:mysql-8-0", None, &mysql, &[]).is_ok());
        assert!(check("default:mysql-8-4", None, &mysql, &[]).is_err());
        assert!(check("default:mysql-8-0", None, &mysql, &["X".to_owned()]).is_err());
        assert!(check("nowhere", None, &mysql, &[]).is_err());
        assert!(check("default:oracle-ee-19", None, &snapshot("oracle-ee", "19.0.0.0"), &[]).is_ok());
        assert!(check("default:oracle-ee-1", None, &snapshot("oracle-ee", "19.0.0.0"), &[]).is_err());
    }
}
