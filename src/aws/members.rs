//! Who is to be signed in: the accounts of the setup, each with its login and its regions.

use std::collections::HashSet;

use super::profiles::{Profiles, account_of_role};
use crate::domain::{Access, Account, AccountSource, Login, RegionChoice, Setup, Shown, Standing};

/// An account, how it is signed in to, and what is read there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) account: Account,
    pub(super) entry: Entry,
    pub(super) regions: RegionChoice,
}

/// How an account is signed in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// With the default chain.
    Chain,
    /// As the settings say.
    Login(Login),
}

/// The accounts of a setup, in the order in which they are shown; a name occurs once.
pub(super) fn members(setup: &Setup, profiles: &Profiles) -> Vec<Member> {
    let of_profile = |name: String| Member {
        account: plain(&name, profiles),
        entry: Entry::Login(Login::Profile(name)),
        regions: setup.regions.clone(),
    };
    let mut members: Vec<Member> = match &setup.accounts {
        AccountSource::DefaultChain => vec![Member {
            // The environment's keys come before the profile, so its account would be a wild guess.
            account: Account { id: None, ..plain(profiles.selected(), profiles) },
            entry: Entry::Chain,
            regions: setup.regions.clone(),
        }],
        AccountSource::Profiles(names) => names.iter().cloned().map(of_profile).collect(),
        AccountSource::AllProfiles => profiles.names().into_iter().map(of_profile).collect(),
        AccountSource::Listed(listed) => listed
            .iter()
            .map(|one| {
                let guess = match &one.login {
                    Login::Profile(name) => profiles.account(name),
                    Login::Role { arn, .. } => account_of_role(arn),
                };
                Member {
                    account: Account { id: one.account.id.or(guess), ..one.account.clone() },
                    entry: Entry::Login(one.login.clone()),
                    regions: one.regions.clone().unwrap_or_else(|| setup.regions.clone()),
                }
            })
            .collect(),
    };
    if setup.access == Access::ReadOnly {
        for member in &mut members {
            member.account.access = Access::ReadOnly;
        }
    }
    let mut seen = HashSet::<Shown>::new();
    members.into_iter().filter(|member| seen.insert(member.account.name.clone())).collect()
}

fn plain(name: &str, profiles: &Profiles) -> Account {
    Account {
        name: name.into(),
        id: profiles.account(name),
        access: Access::ReadWrite,
        standing: Standing::Ordinary,
        tint: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ListedAccount;

    fn setup(accounts: AccountSource) -> Setup {
        let access = Access::ReadWrite;
        Setup { accounts, access, regions: RegionChoice::Default, endpoint: None, known: Vec::new() }
    }

    #[test]
    fn a_profile_named_twice_is_one_account() {
        let names = ["a", "b", "a"].map(str::to_owned).to_vec();
        let members = members(&setup(AccountSource::Profiles(names)), &Profiles::none());
        let names: Vec<_> = members.iter().map(|m| m.account.name.to_string()).collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn read_only_is_read_only_wherever_the_accounts_come_from() {
        let login = Login::Profile("a".into());
        let listed = ListedAccount { account: plain("a", &Profiles::none()), login, regions: None };
        for accounts in [
            AccountSource::DefaultChain,
            AccountSource::Profiles(vec!["a".into()]),
            AccountSource::Listed(vec![listed]),
        ] {
            let setup = Setup { access: Access::ReadOnly, ..setup(accounts) };
            let members = members(&setup, &Profiles::none());
            assert_eq!(members.len(), 1);
            assert_eq!(members[0].account.access, Access::ReadOnly);
        }
    }

    #[test]
    fn the_default_chain_is_one_account_under_the_name_of_the_profile() {
        let members = members(&setup(AccountSource::DefaultChain), &Profiles::none());
        assert_eq!(members.len(), 1);
        assert_eq!((members[0].account.name.exact(), &members[0].entry), ("default", &Entry::Chain));
    }

    #[test]
    fn a_listed_account_keeps_its_own_regions_and_is_guessed_from_its_role() {
        let login = Login::Role {
            arn: "arn:aws:iam::222222222222:role/ro".into(),
            source_profile: None,
            external_id: None,
        };
        let account = plain("prod", &Profiles::none());
        let regions = Some(RegionChoice::All);
        let listed = AccountSource::Listed(vec![ListedAccount { account, login, regions }]);
        let members = members(&setup(listed), &Profiles::none());
        assert_eq!(members[0].account.id.map(|id| id.to_string()).as_deref(), Some("222222222222"));
        assert_eq!(members[0].regions, RegionChoice::All);
    }
}
