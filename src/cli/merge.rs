//! The command line over the settings: what is read, and how the deck looks and behaves.
//!
//! The command line wins over the settings. A name given with `--profile` is an account of the
//! settings first, and a profile of the AWS config files only when no account is named so.

use std::fmt;

use crate::disk::{Settings, nearest};
use crate::domain::{
    Access, Account, AccountSource, ListedAccount, Login, RegionChoice, Setup, Shown, Standing, Theme,
};
use crate::query::{Filter, Order, View};

use super::invocation::{Invocation, Options, WhichAccounts};
use super::value;

/// How the deck looks and behaves, beyond what it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Preferences {
    /// Whether changes may be made anywhere at all.
    pub access: Access,
    /// The filter that the deck opens with.
    pub filter: Filter,
    /// The fixed view that it opens with.
    pub view: View,
    /// The order that it opens with.
    pub order: Order,
    /// Whether it takes the mouse.
    pub mouse: bool,
    /// The theme.
    pub theme: Theme,
    /// Whether only ASCII is drawn.
    pub ascii: bool,
}

/// Why the command line and the settings make no sense together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsageError {
    /// The demo cloud has no account of this name.
    NoSuchAccount {
        /// The name.
        name: Shown,
        /// The names that it has.
        known: Vec<Shown>,
    },
    /// What the settings say of the deck's first screen has a mistake.
    Opening {
        /// The entry.
        entry: &'static str,
        /// What it says.
        text: Shown,
        /// What is wrong with it.
        mistake: String,
    },
}

impl Invocation {
    /// What is read. In a demo the settings are those of its fleet, and no AWS profile exists.
    pub fn setup(&self, settings: &Settings) -> Result<Setup, UsageError> {
        let Options { accounts, regions, endpoint, .. } = &self.options;
        let mut accounts = match accounts {
            WhichAccounts::AllProfiles if self.options.demo.is_none() => AccountSource::AllProfiles,
            WhichAccounts::Settings | WhichAccounts::AllProfiles if settings.accounts.is_empty() => {
                AccountSource::DefaultChain
            }
            WhichAccounts::Settings | WhichAccounts::AllProfiles => {
                AccountSource::Listed(settings.accounts.clone())
            }
            WhichAccounts::Named(names) => self.named(names, settings)?,
        };
        if let AccountSource::Listed(listed) = &mut accounts {
            for entry in listed {
                if regions.is_some() {
                    entry.regions = None;
                }
                if self.access(settings) == Access::ReadOnly {
                    entry.account.access = Access::ReadOnly;
                }
            }
        }
        let regions = regions.clone().or_else(|| settings.regions.clone());
        Ok(Setup {
            accounts,
            access: self.access(settings),
            regions: regions.unwrap_or(RegionChoice::Default),
            endpoint: endpoint.clone(),
            known: settings.known.clone(),
        })
    }

    /// How the deck looks and behaves.
    pub fn preferences(&self, settings: &Settings) -> Result<Preferences, UsageError> {
        let Options { filter, theme, ascii, .. } = &self.options;
        let filter = match filter {
            Some(filter) => filter.clone(),
            None => opening("filter", settings.filter.as_ref(), |text| {
                Filter::parse(text).map_err(|mistake| mistake.to_string())
            })?,
        };
        let view = opening("view", settings.view.as_ref(), |text| {
            View::of_name(text)
                .ok_or_else(|| format!("the views are {}", View::ALL.map(View::name).join(", ")))
        })?;
        let order = opening("sort", settings.sort.as_ref(), |text| {
            value::order(text).map_err(|mistake| mistake.to_string())
        })?;
        Ok(Preferences {
            access: self.access(settings),
            filter,
            view,
            order,
            mouse: settings.mouse.unwrap_or(true),
            theme: theme.or(settings.theme).unwrap_or(Theme::AUTO),
            ascii: ascii.or(settings.ascii).unwrap_or(false),
        })
    }

    fn access(&self, settings: &Settings) -> Access {
        self.options.access.or(settings.access).unwrap_or(Access::ReadWrite)
    }

    /// The accounts of these names; they are profiles all only when the settings name none of them.
    fn named(&self, names: &[String], settings: &Settings) -> Result<AccountSource, UsageError> {
        let listed = |name: &str| settings.accounts.iter().find(|entry| entry.account.name.exact() == name);
        if self.options.demo.is_some() {
            let known = || settings.accounts.iter().map(|entry| entry.account.name.clone()).collect();
            let entries = names.iter().map(|name| {
                let missing = || UsageError::NoSuchAccount { name: name.as_str().into(), known: known() };
                listed(name).cloned().ok_or_else(missing)
            });
            return Ok(AccountSource::Listed(entries.collect::<Result<_, _>>()?));
        }
        if !names.iter().any(|name| listed(name).is_some()) {
            return Ok(AccountSource::Profiles(names.to_vec()));
        }
        let entries = names.iter().map(|name| listed(name).cloned().unwrap_or_else(|| profile(name)));
        Ok(AccountSource::Listed(entries.collect()))
    }
}

/// What an entry of the settings says, else what holds without it.
fn opening<T: Default>(
    entry: &'static str,
    text: Option<&Shown>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, UsageError> {
    let Some(text) = text else { return Ok(T::default()) };
    read(text.exact()).map_err(|mistake| UsageError::Opening { entry, text: text.clone(), mistake })
}

/// A profile of the AWS config files, beside accounts of the settings.
fn profile(name: &str) -> ListedAccount {
    ListedAccount {
        account: Account {
            name: name.into(),
            id: None,
            access: Access::ReadWrite,
            standing: Standing::Ordinary,
            tint: None,
        },
        login: Login::Profile(name.to_owned()),
        regions: None,
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchAccount { name, known } => {
                write!(f, "the demo cloud has no account \"{name}\": ")?;
                if let Some(meant) = nearest(name.exact(), known.iter().map(Shown::exact)) {
                    return write!(f, "did you mean \"{}\"?", Shown::from(meant));
                }
                let names: Vec<_> = known.iter().map(ToString::to_string).collect();
                write!(f, "it has {}", names.join(", "))
            }
            Self::Opening { entry, text, mistake } => {
                write!(f, "the {entry} \"{text}\" of the settings has a mistake: {mistake}")
            }
        }
    }
}

impl std::error::Error for UsageError {}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::domain::Region;
    use crate::query::Column;

    const SETTINGS: &str = "
regions = [\"eu-west-1\"]
theme = \"light\"
[[accounts]]
name = \"prod\"
profile = \"prod-dba\"
regions = \"all\"
production = true
[[accounts]]
name = \"staging\"
role_arn = \"arn:aws:iam::222222222222:role/dba\"
[known]
vendor = \"333333333333\"
";

    fn settings(text: &str) -> Settings {
        Settings::parse(text, Path::new("config.toml")).expect("settings").settings
    }

    fn invocation(line: &str) -> Invocation {
        Invocation::read(std::iter::once("snapdeck").chain(line.split_whitespace())).expect(line)
    }

    fn setup(line: &str) -> Setup {
        invocation(line).setup(&settings(SETTINGS)).expect(line)
    }

    /// The accounts as `name(regions)`, `!` before one that is read only.
    fn told(source: &AccountSource) -> Vec<String> {
        let AccountSource::Listed(listed) = source else { panic!("listed accounts, not {source:?}") };
        let tell = |entry: &ListedAccount| {
            let mark = if entry.account.access == Access::ReadOnly { "!" } else { "" };
            format!("{mark}{}({:?})", entry.account.name, entry.regions)
        };
        listed.iter().map(tell).collect()
    }

    #[test]
    fn nothing_given_reads_what_the_settings_list() {
        let setup = setup("");
        assert_eq!(told(&setup.accounts), ["prod(Some(All))", "staging(None)"]);
        assert_eq!(setup.regions, RegionChoice::Named(vec![Region::new("eu-west-1")]));
        assert_eq!(setup.known.len(), 1);
    }

    #[test]
    fn nothing_anywhere_is_the_default_chain_in_the_default_regions() {
        let setup = invocation("").setup(&Settings::default()).expect("a setup");
        assert_eq!((setup.accounts, setup.regions), (AccountSource::DefaultChain, RegionChoice::Default));
    }

    #[test]
    fn a_name_is_an_account_of_the_settings_first_and_a_profile_else() {
        assert_eq!(told(&setup("--profile staging").accounts), ["staging(None)"]);
        assert_eq!(setup("--profile other").accounts, AccountSource::Profiles(vec!["other".into()]));
        assert_eq!(told(&setup("--profile other,prod").accounts), ["other(None)", "prod(Some(All))"]);
        assert_eq!(setup("--all-profiles").accounts, AccountSource::AllProfiles);
    }

    #[test]
    fn regions_of_the_command_line_win_over_those_of_an_account() {
        let setup = setup("--region us-east-1");
        assert_eq!(told(&setup.accounts), ["prod(None)", "staging(None)"]);
        assert_eq!(setup.regions, RegionChoice::Named(vec![Region::new("us-east-1")]));
    }

    #[test]
    fn read_only_is_read_only_in_every_account() {
        assert_eq!(told(&setup("--read-only").accounts), ["!prod(Some(All))", "!staging(None)"]);
        let preferences = invocation("").preferences(&settings("read_only = true")).expect("preferences");
        assert_eq!(preferences.access, Access::ReadOnly);
    }

    #[test]
    fn read_only_reaches_accounts_that_the_settings_do_not_name() {
        for line in ["--read-only", "--read-only --all-profiles", "--read-only --profile x"] {
            let setup = invocation(line).setup(&settings("")).expect("a setup");
            assert_eq!(setup.access, Access::ReadOnly, "{line}");
        }
        assert_eq!(invocation("").setup(&settings("")).expect("a setup").access, Access::ReadWrite);
        let of_settings = invocation("").setup(&settings("read_only = true")).expect("a setup");
        assert_eq!(of_settings.access, Access::ReadOnly);
    }

    #[test]
    fn a_demo_knows_the_accounts_of_its_fleet_alone() {
        assert_eq!(told(&setup("--demo --profile prod").accounts), ["prod(Some(All))"]);
        assert_eq!(told(&setup("--demo --all-profiles").accounts), ["prod(Some(All))", "staging(None)"]);
        let error = |line| invocation(line).setup(&settings(SETTINGS)).expect_err("no account").to_string();
        assert_eq!(
            error("--demo --profile prdo"),
            "the demo cloud has no account \"prdo\": did you mean \"prod\"?"
        );
        assert_eq!(error("--demo --profile x"), "the demo cloud has no account \"x\": it has prod, staging");
    }

    #[test]
    fn the_command_line_wins_over_the_settings_look() {
        let settings = settings("theme = \"light\"\nascii = true");
        let preferences = invocation("--theme dark").preferences(&settings).expect("preferences");
        assert_eq!((preferences.theme.name(), preferences.ascii), ("dark", true));
    }

    #[test]
    fn what_the_deck_opens_with_is_judged_when_the_settings_are_read() {
        let opens = |text: &str| {
            let preferences = invocation("").preferences(&settings(text)).map_err(|error| error.to_string());
            preferences.map(|p| (p.view, p.order.by, p.mouse))
        };
        let text = "view = \"problems\"\nsort = \"size:desc\"\nmouse = false";
        assert_eq!(opens(text), Ok((View::Problems, Column::Size, false)));
        assert_eq!(opens(""), Ok((View::All, Order::default().by, true)));
        for (text, says) in [
            ("view = \"mine\"", "the view \"mine\" of the settings has a mistake: the views are all, manual"),
            ("sort = \"colour\"", "the sort \"colour\" of the settings has a mistake: there is no column"),
            ("filter = \"enc:nonee\"", "the filter \"enc:nonee\" of the settings has a mistake: "),
        ] {
            let mistake = opens(text).expect_err(text);
            assert!(mistake.starts_with(says), "{mistake}");
        }
    }
}
