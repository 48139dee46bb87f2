//! Accounts of ours, reached by roles as `--demo` reaches them: for the tests over the demo cloud.

use snapdeck::domain::{
    Access, Account, AccountSource, ListedAccount, Login, RegionChoice, Setup, Shown, Standing,
};

/// A setup of these accounts, by name and id, in these regions.
pub(crate) fn setup<'a>(
    accounts: impl IntoIterator<Item = (&'a str, &'a str)>,
    regions: RegionChoice,
    access: Access,
) -> Setup {
    let listed = |(name, id): (&str, &str)| ListedAccount {
        account: Account {
            name: Shown::from(name),
            id: id.parse().ok(),
            access: Access::ReadWrite,
            standing: Standing::Ordinary,
            tint: None,
        },
        login: Login::Role {
            arn: format!("arn:aws:iam::{id}:role/snapdeck"),
            source_profile: None,
            external_id: None,
        },
        regions: None,
    };
    let accounts = AccountSource::Listed(accounts.into_iter().map(listed).collect());
    Setup { accounts, regions, endpoint: None, access, known: Vec::new() }
}
