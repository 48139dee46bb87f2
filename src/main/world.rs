//! AWS as the program is to see it: the real one, or the demo cloud behind the same SDK.

use std::sync::Arc;

use color_eyre::eyre::{Report, WrapErr as _};
use jiff::Timestamp;
use snapdeck::aws::{Aws, Link, Roots};
use snapdeck::cli::{self, Command, Demo, Invocation, UsageError};
use snapdeck::demo::{self, Fleet};
use snapdeck::disk::{self, Folders, Settings};
use snapdeck::domain::{
    Access, Account, AccountSource, ListedAccount, Login, Region, RegionChoice, Shown, Standing,
};
use snapdeck::engine::Keeper;
use snapdeck::plan::Profiles;
use snapdeck::ports::{Cloud, Journal};
use snapdeck::runtime::Clock;

/// AWS, and the time there.
pub(crate) struct World {
    pub(crate) cloud: Arc<dyn Cloud>,
    pub(crate) clock: Clock,
    /// The endpoint that takes AWS's place, and whether it is the demo cloud.
    pub(crate) endpoint: Option<String>,
    pub(crate) demo: bool,
    /// How the AWS CLI gets to the accounts.
    pub(crate) profiles: Profiles,
}

/// Why there is no world to look at.
pub(crate) enum Unusable {
    Usage(UsageError),
    Other(Report),
}

impl World {
    /// The world that the command line and the settings ask for. Nothing is asked of it yet.
    pub(crate) fn of(invocation: &Invocation, settings: &Settings) -> Result<Self, Unusable> {
        let Some(demo) = &invocation.options.demo else {
            let setup = invocation.setup(settings).map_err(Unusable::Usage)?;
            let endpoint = setup.endpoint.clone().or_else(endpoint_of_environment);
            let profiles = profiles(&setup.accounts);
            // The deck asks by itself.
            let ask = match invocation.command {
                Command::Deck => None,
                _ => cli::ask_on_terminal(),
            };
            let cloud = Arc::new(Aws::new(setup, Link::Network(roots()?)).asking(ask));
            return Ok(Self { cloud, clock: Arc::new(Timestamp::now), endpoint, demo: false, profiles });
        };
        let fleet = fleet(match demo {
            Demo::BuiltIn => None,
            Demo::Fleet(path) => Some(path),
        })
        .map_err(Unusable::Other)?;
        let access_key_id = format!("AKIA{}", fleet.caller());
        let setup = invocation.setup(&accounts_of(&fleet, settings)).map_err(Unusable::Usage)?;
        let cloud = Arc::new(demo::Cloud::new(fleet, 1.0));
        let (clock, answering) = (Arc::clone(&cloud), cloud);
        let wire = Arc::new(move |ask| {
            let cloud = Arc::clone(&answering);
            Box::pin(async move { cloud.answer(ask).await }) as _
        });
        let cloud = Arc::new(Aws::new(setup, Link::InProcess { wire, access_key_id }));
        let clock = Arc::new(move || clock.now());
        Ok(Self { cloud, clock, endpoint: None, demo: true, profiles: Profiles::Environment })
    }
}

impl World {
    /// Who drives runs there. Runs of the demo cloud are not written down: it ends with the program.
    pub(crate) fn keeper(&self, folders: &Folders) -> Result<Keeper, Report> {
        let journal: Option<Arc<dyn Journal>> = if self.demo {
            None
        } else {
            Some(Arc::new(disk::Journal::new(&folders.data).wrap_err("the journal cannot be used")?))
        };
        let who = (disk::user(), disk::host());
        Ok(Keeper::new(Arc::clone(&self.cloud), Arc::clone(&self.clock), journal, who))
    }
}

/// How the AWS CLI gets to the accounts of a setup: a role of the settings has no profile of its own.
fn profiles(accounts: &AccountSource) -> Profiles {
    match accounts {
        AccountSource::DefaultChain => Profiles::Environment,
        AccountSource::Profiles(_) | AccountSource::AllProfiles => Profiles::Named,
        AccountSource::Listed(all) => {
            let profile = |listed: &ListedAccount| match &listed.login {
                Login::Profile(profile) => Some((listed.account.name.clone(), profile.clone())),
                Login::Role { .. } => None,
            };
            Profiles::Listed(all.iter().filter_map(profile).collect())
        }
    }
}

/// Reads a fleet, or takes the built-in one.
pub(crate) fn fleet(file: Option<&std::path::PathBuf>) -> Result<Fleet, Report> {
    let Some(file) = file else { return Ok(Fleet::built_in()) };
    let text = std::fs::read_to_string(file)
        .wrap_err_with(|| format!("the fleet {} cannot be read", file.display()))?;
    Fleet::parse(&text).wrap_err_with(|| format!("the fleet {} cannot be used", file.display()))
}

/// The settings of a demo: the accounts that the fleet names, reached by roles, and the user's own taste.
fn accounts_of(fleet: &Fleet, settings: &Settings) -> Settings {
    let named = fleet.accounts().filter_map(|account| account.name.map(|name| (name.to_owned(), account)));
    let accounts = named.map(|(name, account)| {
        let regions =
            account.regions.iter().chain(&account.regions_disabled).map(|region| Region::new(*region));
        let standing = if name == "prod" { Standing::Production } else { Standing::Ordinary };
        ListedAccount {
            account: Account {
                name: Shown::from(name),
                id: account.id.parse().ok(),
                access: Access::ReadWrite,
                standing,
                tint: None,
            },
            login: Login::Role {
                arn: format!("arn:aws:iam::{}:role/snapdeck", account.id),
                source_profile: None,
                external_id: None,
            },
            regions: Some(RegionChoice::Named(regions.collect())),
        }
    });
    Settings { accounts: accounts.collect(), regions: None, ..settings.clone() }
}

/// Whose certificates are trusted: those of `AWS_CA_BUNDLE`, as with the AWS CLI, else those of this machine.
fn roots() -> Result<Roots, Unusable> {
    let Some(file) = std::env::var_os("AWS_CA_BUNDLE").filter(|file| !file.is_empty()) else {
        return Ok(Roots::of_machine());
    };
    let name = std::path::Path::new(&file).display().to_string();
    let read = std::fs::read(&file).wrap_err_with(|| format!("AWS_CA_BUNDLE: {name} cannot be read"));
    let roots = read.and_then(|pem| {
        Roots::of_bundle(pem).wrap_err_with(|| format!("AWS_CA_BUNDLE: {name} cannot be used"))
    });
    roots.map_err(Unusable::Other)
}

/// The endpoint that the SDK takes from the environment.
fn endpoint_of_environment() -> Option<String> {
    ["AWS_ENDPOINT_URL_RDS", "AWS_ENDPOINT_URL"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|url| !url.is_empty()))
}
