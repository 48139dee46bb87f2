//! Which profile of the AWS CLI leads to an account.

use std::collections::BTreeMap;

use crate::domain::{AccountId, Shown};

use super::Shell;

/// Which profile of the AWS CLI leads to an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Profiles {
    /// None: whatever the shell's environment says.
    #[default]
    Environment,
    /// The one that is called like the account.
    Named,
    /// These, by the account's name; the others have none.
    Listed(BTreeMap<Shown, String>),
}

impl Profiles {
    /// How the AWS CLI gets to these accounts.
    pub fn shell<'a>(
        &self,
        accounts: impl IntoIterator<Item = (AccountId, &'a Shown)>,
        endpoint: Option<String>,
    ) -> Shell {
        let profile = |(id, name): (AccountId, &Shown)| {
            let profile = match self {
                Self::Environment => None,
                Self::Named => Some(name.exact().to_owned()),
                Self::Listed(all) => all.get(name).cloned(),
            };
            Some((id, profile?))
        };
        Shell { profiles: accounts.into_iter().filter_map(profile).collect(), endpoint }
    }
}
