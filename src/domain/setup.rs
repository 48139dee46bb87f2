//! What is to be read: the command line, the settings file and the environment, merged and parsed.

use super::{Access, Account, AccountId, Region, Shown};

/// Which accounts and regions are read, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The accounts.
    pub accounts: AccountSource,
    /// Whether changes may be made in any of them, whatever is said of each.
    pub access: Access,
    /// The regions, for accounts that name none of their own.
    pub regions: RegionChoice,
    /// An endpoint for all services instead of AWS's own.
    pub endpoint: Option<String>,
    /// Names of accounts that are not ours.
    pub known: Vec<(AccountId, Shown)>,
}

/// Where the accounts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountSource {
    /// The SDK's default chain: environment, default profile, container, instance.
    DefaultChain,
    /// These profiles of the AWS config files.
    Profiles(Vec<String>),
    /// Every profile of the AWS config files.
    AllProfiles,
    /// The accounts of the settings file.
    Listed(Vec<ListedAccount>),
}

/// An account of the settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAccount {
    /// What is said of it.
    pub account: Account,
    /// How it is signed in to.
    pub login: Login,
    /// Its regions; `None` for those of the setup.
    pub regions: Option<RegionChoice>,
}

/// How an account is signed in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// With a profile of the AWS config files.
    Profile(String),
    /// By assuming a role (STS AssumeRole).
    Role {
        /// The role's ARN.
        arn: String,
        /// The profile that assumes it; `None` for the default chain.
        source_profile: Option<String>,
        /// The external id that the role's trust policy asks for.
        external_id: Option<String>,
    },
}

/// Which regions are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionChoice {
    /// Those of the partition that need no opt-in, and the profile's own.
    Default,
    /// All of the partition; one that is not enabled is "disabled", not "failed".
    All,
    /// These.
    Named(Vec<Region>),
}
