//! An account that somebody signs in to: its SDK configuration, and whether its credentials still hold.
//!
//! One configuration and one identity cache serve all regions of an account: a role is assumed
//! once, not once a region. Nothing in the SDK drops cached credentials that AWS calls expired, so
//! a session whose [`Badge`] was refused is left behind, and the next sign-in makes a new one.

use std::sync::Arc;
use std::time::Duration;

use aws_config::identity::IdentityCache;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::ProvideCredentials as _;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::action::Action;
use super::badge::{Badge, Signing};
use super::call::Caller;
use super::guard::{Guard, Protocol};
use super::members::{Entry, Member};
use super::pace::Pace;
use super::process;
use super::profiles::Profiles;
use super::regions;
use super::wallet::{Ground, Wallet};
use crate::domain::{Fault, Identity, Login, Partition, Region, RegionChoice};

/// How often a call is made when AWS or the network fails, the first time counted.
pub(super) const TRIES: u32 = 5;

/// How long one attempt of a call may take.
const ATTEMPT: Duration = Duration::from_secs(14);

/// How long a call may take, all its attempts together: who hangs is told within half a minute.
const OPERATION: Duration = Duration::from_secs(29);

/// How long signing in may take in one region, before it is tried in another one.
const SIGN_IN: Duration = Duration::from_secs(10);

/// The time limits of what is called to sign in.
fn signing_in() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(3))
        .operation_attempt_timeout(SIGN_IN / 2)
        .operation_timeout(SIGN_IN)
        .build()
}

/// In which region an account is signed in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Its own, or the first that is read.
    Home,
    /// Another one: that one hangs.
    Elsewhere,
}

/// An account being signed in to, with the credentials of one sign-in.
pub(super) struct Session {
    pub(super) member: Member,
    pub(super) sdk: SdkConfig,
    pub(super) badge: Badge,
    /// The region of the profile or the environment.
    home: Option<Region>,
    pace: Arc<Pace>,
}

/// What every session is made from.
pub(super) struct Means<'a> {
    pub(super) wallet: &'a Wallet,
    pub(super) http: &'a SharedHttpClient,
    pub(super) endpoint: Option<&'a str>,
    pub(super) profiles: &'a Profiles,
}

impl Session {
    /// Prepares an account; nothing is sent to AWS but, on an instance without a region, a question for it.
    pub(super) async fn open(member: Member, means: &Means<'_>, at: Where) -> Self {
        let (mut sdk, home) = means.sdk(&member).await;
        if at == Where::Elsewhere {
            let here = sdk.region().map_or_else(|| away(&member), |region| Region::new(region.as_ref()));
            let region = regions::another(&member.regions, &here);
            sdk = sdk.into_builder().region(aws_config::Region::new(region.name().to_owned())).build();
        }
        let quick = sdk.clone().into_builder().timeout_config(signing_in()).build();
        let ground = Ground { profiles: means.profiles, sdk: &quick };
        let provider = means.wallet.provider(&member.entry, &ground).await;
        let sdk = sdk
            .into_builder()
            .credentials_provider(provider)
            .identity_cache(IdentityCache::lazy().load_timeout(process::LIMIT).build())
            .build();
        let badge = Badge::new(means.signing(&member.entry));
        Self { member, sdk, badge, home, pace: Arc::new(Pace::new()) }
    }

    /// Asks AWS who we are (STS GetCallerIdentity, regional endpoint), and tells which regions are read.
    pub(super) async fn identity(&self) -> Result<Identity, Fault> {
        self.credentials().await?;
        let config = aws_sdk_sts::config::Builder::from(&self.sdk)
            .timeout_config(signing_in())
            .interceptor(Guard::new(Protocol::Query, Arc::clone(&self.pace)))
            .build();
        let sts = aws_sdk_sts::Client::from_conf(config);
        let caller = Caller { badge: &self.badge, pace: &self.pace, scope: None };
        let answer = caller.ask(Action::GetCallerIdentity, || sts.get_caller_identity().send()).await?;
        let site = caller.site(Action::GetCallerIdentity);
        let account = answer.account().and_then(|id| id.parse().ok());
        let account = account.ok_or_else(|| site.invalid("STS names no account"))?;
        let arn = answer.arn().unwrap_or_default();
        let partition = regions::partition_of(arn).unwrap_or(self.region().partition());
        Ok(Identity {
            name: self.member.account.name.clone(),
            account,
            caller: arn.into(),
            regions: regions::regions(&self.member.regions, partition, self.home.as_ref()),
        })
    }

    /// Fetches the credentials, so that no call has to wait for somebody or something that gives them.
    async fn credentials(&self) -> Result<(), Fault> {
        let Some(provider) = self.sdk.credentials_provider() else { return Ok(()) };
        let Err(error) = provider.provide_credentials().await else { return Ok(()) };
        let caller = Caller { badge: &self.badge, pace: &self.pace, scope: None };
        let fault = caller.site(Action::GetCallerIdentity).shut(&error);
        self.badge.learn(&fault);
        Err(fault)
    }

    fn region(&self) -> Region {
        self.sdk
            .region()
            .map_or_else(|| regions::first(Partition::Aws), |region| Region::new(region.as_ref()))
    }
}

impl Means<'_> {
    /// The configuration without credentials, and the region that is the account's home.
    async fn sdk(&self, member: &Member) -> (SdkConfig, Option<Region>) {
        let times = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(3))
            .operation_attempt_timeout(ATTEMPT)
            .operation_timeout(OPERATION)
            .build();
        let retries = RetryConfig::standard().with_max_attempts(TRIES);
        if self.wallet.fixed.is_some() {
            let region = away(member);
            let sdk = SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .http_client(self.http.clone())
                .timeout_config(times)
                .retry_config(retries)
                .time_source(SharedTimeSource::new(SystemTimeSource::new()))
                .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
                .region(aws_config::Region::new(region.name().to_owned()));
            let mut sdk = sdk;
            sdk.set_endpoint_url(self.endpoint.map(str::to_owned));
            return (sdk.build(), None);
        }
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(self.http.clone())
            .timeout_config(times)
            .retry_config(retries)
            .profile_files(self.wallet.files.clone())
            .no_credentials();
        let profile = profile_of(&member.entry);
        if let Some(name) = profile {
            loader = loader.profile_name(name);
        }
        if let Some(url) = self.endpoint {
            loader = loader.endpoint_url(url);
        }
        let name = profile.unwrap_or(self.profiles.selected());
        let home = of_environment().or_else(|| self.profiles.region(name));
        // Only an instance's own role has nothing here that names a region: there the SDK asks the
        // instance. Anywhere else that question would only cost seconds.
        let of_instance = matches!(member.entry, Entry::Chain)
            && std::env::var_os("AWS_ACCESS_KEY_ID").is_none()
            && !self.profiles.has(name);
        let region = home.clone().or_else(|| (!of_instance).then(|| away(member)));
        let region = region.map(|region| aws_config::Region::new(region.name().to_owned()));
        if let Some(region) = &region {
            loader = loader.region(region.clone());
        }
        let is_shared = !of_instance && !self.profiles.changes_calls(name);
        let load = Box::pin(loader.load());
        let sdk = if is_shared { self.wallet.plain(load).await } else { load.await };
        let region = region.or(sdk.region().cloned());
        let told = region.map(|region| Region::new(region.as_ref()));
        let region = told.clone().unwrap_or_else(|| away(member));
        let region = aws_config::Region::new(region.name().to_owned());
        (sdk.into_builder().region(region).build(), home.or(told.filter(|_| of_instance)))
    }

    fn signing(&self, entry: &Entry) -> Signing {
        let of_source = |profile: Option<&str>| match profile {
            _ if self.wallet.fixed.is_some() => Signing::Fixed,
            Some(name) => self.profiles.signing(name),
            None if self.profiles.has(self.profiles.selected()) => {
                self.profiles.signing(self.profiles.selected())
            }
            None => Signing::Chain,
        };
        match entry {
            Entry::Login(Login::Role { arn, source_profile, .. }) => {
                let source = Box::new(of_source(source_profile.as_deref()));
                Signing::Role { arn: arn.clone(), source }
            }
            // The environment's keys come before any profile.
            Entry::Chain if std::env::var_os("AWS_ACCESS_KEY_ID").is_some() => Signing::Chain,
            Entry::Chain | Entry::Login(Login::Profile(_)) => of_source(profile_of(entry)),
        }
    }
}

fn profile_of(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Chain => None,
        Entry::Login(Login::Profile(name)) => Some(name),
        Entry::Login(Login::Role { source_profile, .. }) => source_profile.as_deref(),
    }
}

fn of_environment() -> Option<Region> {
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.is_empty()).map(Region::new)
}

/// Where an account without a region of its own signs in: a region that is read and needs no opt-in,
/// else the first one of the partition of its role.
fn away(member: &Member) -> Region {
    let partition = match &member.entry {
        Entry::Login(Login::Role { arn, .. }) => regions::partition_of(arn),
        Entry::Chain | Entry::Login(Login::Profile(_)) => None,
    };
    let named = match &member.regions {
        RegionChoice::Named(named) => {
            named.iter().find(|region| region.place().is_some_and(|place| !place.opt_in))
        }
        RegionChoice::Default | RegionChoice::All => None,
    };
    let named = named.filter(|region| partition.is_none_or(|partition| partition == region.partition()));
    named.cloned().unwrap_or_else(|| regions::first(partition.unwrap_or(Partition::Aws)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Access, Account, Standing};

    fn member(entry: Entry, regions: RegionChoice) -> Member {
        let account = Account {
            name: "a".into(),
            id: None,
            access: Access::ReadWrite,
            standing: Standing::Ordinary,
            tint: None,
        };
        Member { account, entry, regions }
    }

    #[test]
    fn an_account_signs_in_where_it_is_surely_enabled() {
        let named =
            |names: &[&str]| RegionChoice::Named(names.iter().map(|name| Region::new(*name)).collect());
        let role = |arn: &str| {
            Entry::Login(Login::Role { arn: arn.into(), source_profile: None, external_id: None })
        };
        for (entry, regions, wanted) in [
            (Entry::Chain, RegionChoice::Default, "us-east-1"),
            (Entry::Chain, named(&["ap-east-1", "eu-west-1"]), "eu-west-1"),
            (Entry::Chain, named(&["ap-east-1"]), "us-east-1"),
            (role("arn:aws-us-gov:iam::1:role/x"), RegionChoice::All, "us-gov-east-1"),
            (role("arn:aws-cn:iam::1:role/x"), named(&["eu-west-1"]), "cn-north-1"),
        ] {
            assert_eq!(away(&member(entry, regions)).name(), wanted);
        }
    }
}
