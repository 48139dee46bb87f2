//! Where credentials come from, and those that are kept: the bases with which roles are assumed.
//!
//! The SDK caches what a role gives, not what assumes it: twenty roles over one credential process
//! would run it twenty times. A base is therefore kept here, once for all its roles, until shortly
//! before it expires. Roles and credential processes of profiles are taken out of the SDK's hands,
//! which would send AssumeRole past a chosen endpoint, and would lend the process the terminal's
//! input; everything else is the SDK's.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::identity::IdentityCache;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_runtime::env_config::file::EnvConfigFiles;

use tokio::sync::OnceCell;

use super::members::Entry;
use super::mfa::{MfaProvider, Purse};
use super::process::ProcessProvider;
use super::profiles::{Profiles, Role, Way};
use crate::domain::{Device, Login};

/// Credentials are fetched again this long before they expire.
const EARLY: Duration = Duration::from_mins(5);

/// Roles over roles are followed this deep; the SDK reports what is a loop.
const DEEPEST: u8 = 8;

/// The credentials of the program's accounts.
pub(super) struct Wallet {
    /// A fixed access key id, for a cloud inside the process.
    pub(super) fixed: Option<String>,
    pub(super) files: EnvConfigFiles,
    /// The configuration of all accounts whose profiles say nothing of calls: each holds everything that is in the files,
    /// so that two hundred of their own would hold it two hundred times.
    plain: OnceCell<SdkConfig>,
    bases: Mutex<HashMap<Option<String>, Kept>>,
    /// What the codes of MFA devices have bought.
    purses: Mutex<HashMap<Device, Purse>>,
}

/// What providers of credentials need to know.
pub(super) struct Ground<'a> {
    pub(super) profiles: &'a Profiles,
    /// Client, endpoint, region and time limits for STS.
    pub(super) sdk: &'a SdkConfig,
}

impl Wallet {
    pub(super) fn new(fixed: Option<String>, files: EnvConfigFiles) -> Self {
        Self { fixed, files, plain: OnceCell::new(), bases: Mutex::default(), purses: Mutex::default() }
    }

    /// The configuration of an account whose profile says nothing of calls, but for its region: loaded for the first one.
    pub(super) async fn plain(&self, load: impl Future<Output = SdkConfig>) -> SdkConfig {
        self.plain.get_or_init(|| load).await.clone()
    }

    /// What the codes of a device have bought, and the code that is to be tried next.
    pub(super) fn purse(&self, device: &Device) -> Purse {
        let mut purses = self.purses.lock().unwrap_or_else(PoisonError::into_inner);
        purses.entry(device.clone()).or_insert_with(|| Purse::new(device.clone())).clone()
    }

    /// The credentials of an account, each fetched once until shortly before they end.
    pub(super) async fn provider(&self, entry: &Entry, ground: &Ground<'_>) -> SharedCredentialsProvider {
        SharedCredentialsProvider::new(Kept::new(self.provider_of(entry, ground).await))
    }

    async fn provider_of(&self, entry: &Entry, ground: &Ground<'_>) -> SharedCredentialsProvider {
        match entry {
            Entry::Chain => self.source(None, ground, 0).await,
            Entry::Login(Login::Profile(name)) => self.source(Some(name), ground, 0).await,
            Entry::Login(Login::Role { arn, source_profile, external_id }) => {
                let role = Role {
                    arn: arn.clone(),
                    source: source_profile.clone(),
                    external_id: external_id.clone(),
                    session_name: None,
                    seconds: None,
                    device: None,
                };
                self.role(&role, ground, 0).await
            }
        }
    }

    /// Forgets what this login uses; a session that a code has bought only where it was refused, and has not been
    /// bought since.
    pub(super) fn forget(&self, entry: &Entry, profiles: &Profiles, refused: Option<Instant>) {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        let mut source = match entry {
            Entry::Login(Login::Role { source_profile, .. }) => {
                bases.remove(source_profile);
                source_profile.clone()
            }
            Entry::Login(Login::Profile(name)) => Some(name.clone()),
            Entry::Chain => Some(profiles.selected().to_owned()),
        };
        for _ in 0..DEEPEST {
            let Some(Way::Role(role)) = source.as_deref().map(|name| profiles.way(name)) else { break };
            bases.remove(&role.source);
            if let (Some(device), Some(refused)) = (&role.device, refused) {
                self.purse(device).forget(refused);
            }
            source = role.source;
        }
    }

    fn kept(&self, role: &Role) -> Option<Kept> {
        self.bases.lock().unwrap_or_else(PoisonError::into_inner).get(&role.source).cloned()
    }

    /// Keeps a base, unless somebody else was faster: there must be one only.
    fn keep(&self, role: &Role, made: Kept) -> Kept {
        let mut bases = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        bases.entry(role.source.clone()).or_insert(made).clone()
    }

    /// The credentials of a profile, or of the default chain.
    fn source<'a>(&'a self, profile: Option<&'a str>, ground: &'a Ground<'_>, depth: u8) -> Providing<'a> {
        Box::pin(async move {
            if let Some(key) = &self.fixed {
                let fixed = Credentials::new(key, "in-process", None, None, "snapdeck");
                return SharedCredentialsProvider::new(fixed);
            }
            // The environment's keys come first in the default chain.
            let of_environment = profile.is_none() && std::env::var_os("AWS_ACCESS_KEY_ID").is_some();
            let name = profile.unwrap_or(ground.profiles.selected());
            match ground.profiles.way(name) {
                Way::Role(role) if !of_environment && depth < DEEPEST => {
                    self.role(&role, ground, depth + 1).await
                }
                Way::Process(line) if !of_environment => {
                    SharedCredentialsProvider::new(ProcessProvider { profile: name.into(), line })
                }
                Way::Role(_) | Way::Process(_) | Way::Sdk => self.of_sdk(profile, ground).await,
            }
        })
    }

    async fn of_sdk(&self, profile: Option<&str>, ground: &Ground<'_>) -> SharedCredentialsProvider {
        let mut surroundings = ProviderConfig::without_region().with_region(ground.sdk.region().cloned());
        if let Some(client) = ground.sdk.http_client() {
            surroundings = surroundings.with_http_client(client);
        }
        // SSO, web identity and the instance's service are given up as soon as AWS itself.
        if let Some(times) = ground.sdk.timeout_config() {
            surroundings = surroundings.with_timeout_config(times.clone());
        }
        match profile {
            // Not the chain: there the environment's keys would win over a profile that was asked for.
            Some(name) => SharedCredentialsProvider::new(
                ProfileFileCredentialsProvider::builder()
                    .configure(&surroundings)
                    .profile_files(self.files.clone())
                    .profile_name(name)
                    .build(),
            ),
            None => SharedCredentialsProvider::new(
                DefaultCredentialsChain::builder().configure(surroundings).build().await,
            ),
        }
    }

    async fn role(&self, role: &Role, ground: &Ground<'_>, depth: u8) -> SharedCredentialsProvider {
        let base = if let Some(base) = self.kept(role) {
            base
        } else {
            let made = Kept::new(self.source(role.source.as_deref(), ground, depth).await);
            self.keep(role, made)
        };
        let region = super::regions::partition_of(&role.arn)
            .filter(|partition| region_of(ground.sdk).is_none_or(|region| region.partition() != *partition))
            .map(|partition| Region::new(super::regions::first(partition).name().to_owned()));
        let session_name = role.session_name.as_deref().unwrap_or("snapdeck");
        if let Some(device) = &role.device {
            let mut sdk =
                ground.sdk.clone().into_builder().credentials_provider(SharedCredentialsProvider::new(base));
            if let Some(region) = region {
                sdk = sdk.region(region);
            }
            let sdk = sdk.identity_cache(IdentityCache::no_cache()).build();
            let request = aws_sdk_sts::Client::new(&sdk)
                .assume_role()
                .role_arn(&role.arn)
                .role_session_name(session_name)
                .set_external_id(role.external_id.clone())
                .set_duration_seconds(role.seconds.and_then(|seconds| i32::try_from(seconds).ok()));
            return SharedCredentialsProvider::new(MfaProvider { purse: self.purse(device), request });
        }
        let mut assume =
            AssumeRoleProvider::builder(&role.arn).configure(ground.sdk).session_name(session_name);
        if let Some(region) = region {
            assume = assume.region(region);
        }
        if let Some(id) = &role.external_id {
            assume = assume.external_id(id);
        }
        if let Some(seconds) = role.seconds {
            assume = assume.session_length(Duration::from_secs(seconds));
        }
        SharedCredentialsProvider::new(assume.build_from_provider(base).await)
    }
}

type Providing<'a> = Pin<Box<dyn Future<Output = SharedCredentialsProvider> + Send + 'a>>;

fn region_of(sdk: &SdkConfig) -> Option<crate::domain::Region> {
    sdk.region().map(|region| crate::domain::Region::new(region.as_ref()))
}

/// Credentials that are fetched once for all who use them.
#[derive(Clone)]
struct Kept(Arc<KeptOnce>);

struct KeptOnce {
    from: SharedCredentialsProvider,
    held: tokio::sync::Mutex<Option<Credentials>>,
}

impl Kept {
    fn new(from: SharedCredentialsProvider) -> Self {
        Self(Arc::new(KeptOnce { from, held: tokio::sync::Mutex::default() }))
    }

    async fn credentials(&self) -> provider::Result {
        let mut held = self.0.held.lock().await;
        let soon = SystemTime::now() + EARLY;
        let good = held.as_ref().filter(|held| held.expiry().is_none_or(|expiry| expiry > soon));
        if let Some(good) = good {
            return Ok(good.clone());
        }
        let fresh = self.0.from.provide_credentials().await?;
        *held = Some(fresh.clone());
        Ok(fresh)
    }
}

impl ProvideCredentials for Kept {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Debug)]
    struct Counted(Arc<AtomicUsize>, Option<Duration>);

    impl ProvideCredentials for Counted {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            self.0.fetch_add(1, Ordering::SeqCst);
            let expiry = self.1.map(|left| SystemTime::now() + left);
            future::ProvideCredentials::ready(Ok(Credentials::new("id", "secret", None, expiry, "test")))
        }
    }

    async fn fetched(left: Option<Duration>) -> usize {
        let count = Arc::new(AtomicUsize::new(0));
        let kept = Kept::new(SharedCredentialsProvider::new(Counted(Arc::clone(&count), left)));
        for _ in 0..3 {
            kept.credentials().await.expect("credentials");
        }
        count.load(Ordering::SeqCst)
    }

    #[tokio::test]
    async fn a_base_is_fetched_once_for_all_roles() {
        assert_eq!(fetched(None).await, 1);
        assert_eq!(fetched(Some(Duration::from_hours(1))).await, 1);
    }

    #[tokio::test]
    async fn a_base_is_fetched_again_before_it_expires() {
        assert_eq!(fetched(Some(Duration::from_mins(1))).await, 3);
    }
}
