//! The AWS config and credentials files, read once for what the SDK does not tell by itself.
//!
//! `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` and `AWS_PROFILE` are honoured. How a profile
//! gets its credentials ([`Way`]) follows the SDK's own order.

use aws_config::profile::{self, Profile, ProfileFileLoadError, ProfileSet};
use aws_runtime::env_config::file::EnvConfigFiles;

use super::badge::Signing;
use crate::domain::{AccountId, Device, Region};

/// The profiles of the config files.
#[derive(Debug, Clone)]
pub(super) struct Profiles(ProfileSet);

/// What a profile can say of calls (aws-config: what it loads of a profile into an `SdkConfig`).
const CALLS: [&str; 15] = [
    "account_id_endpoint_mode",
    "auth_scheme_preference",
    "defaults_mode",
    "disable_clock_skew_correction",
    "disable_request_compression",
    "endpoint_url",
    "ignore_configured_endpoint_urls",
    "request_checksum_calculation",
    "request_min_compression_size_bytes",
    "response_checksum_validation",
    "sdk_ua_app_id",
    "services",
    "sigv4a_signing_region_set",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
];

/// How a profile gets its credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// It assumes a role with another profile's credentials.
    Role(Role),
    /// It runs a program, here the command line.
    Process(String),
    /// In any of the other ways that the SDK knows.
    Sdk,
}

/// A role and whose credentials assume it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) arn: String,
    /// `None` for the default chain.
    pub(super) source: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    /// `duration_seconds`, which the SDK does not read.
    pub(super) seconds: Option<u64>,
    /// The device of `mfa_serial`, which the SDK does not read either.
    pub(super) device: Option<Device>,
}

impl Profiles {
    /// Reads the files, of the real disk and by the real environment; blocks.
    pub(super) async fn read(files: &EnvConfigFiles) -> Result<Self, ProfileFileLoadError> {
        let (disk, environment) = Default::default();
        profile::load(&disk, &environment, files, None).await.map(Self)
    }

    /// No profiles at all.
    pub(super) fn none() -> Self {
        Self(ProfileSet::default())
    }

    /// The names, the default profile first.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.profiles().map(str::to_owned).collect();
        names.sort_by_key(|name| (name != "default", name.clone()));
        names
    }

    /// The profile that is used when none is named.
    pub(super) fn selected(&self) -> &str {
        self.0.selected_profile()
    }

    /// Whether there is a profile of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.get_profile(name).is_some()
    }

    /// The profile's own region.
    pub(super) fn region(&self, name: &str) -> Option<Region> {
        self.get(name, "region").map(Region::new)
    }

    /// The account that the profile leads to, where it says so.
    pub(super) fn account(&self, name: &str) -> Option<AccountId> {
        let role = self.get(name, "role_arn").and_then(account_of_role);
        role.or_else(|| self.get(name, "sso_account_id")?.parse().ok())
    }

    /// How the profile gets its credentials.
    pub(super) fn way(&self, name: &str) -> Way {
        let Some(profile) = self.0.get_profile(name) else { return Way::Sdk };
        let has = |key: &str| profile.get(key).is_some();
        if has("web_identity_token_file") {
            return Way::Sdk;
        }
        match (profile.get("role_arn"), profile.get("source_profile")) {
            // A profile that is its own source holds keys, and the SDK knows what to do.
            (Some(arn), Some(source)) if source != name => Way::Role(role(profile, arn, source)),
            (Some(_), _) => Way::Sdk,
            (None, _) if has("credential_source") || has("sso_account_id") || has("login_session") => {
                Way::Sdk
            }
            (None, _) => {
                profile.get("credential_process").map_or(Way::Sdk, |line| Way::Process(line.to_owned()))
            }
        }
    }

    /// How somebody signs in to the profile again.
    pub(super) fn signing(&self, name: &str) -> Signing {
        let profile = name.to_owned();
        let has = |key: &str| self.get(name, key).is_some();
        match self.way(name) {
            Way::Role(role) => {
                // A source that is a role too is not followed further: its own source says as much.
                let source = role.source.as_deref().unwrap_or_default();
                let source = match self.way(source) {
                    Way::Role(_) => Signing::Profile { profile: source.to_owned() },
                    Way::Process(_) | Way::Sdk => self.signing(source),
                };
                Signing::Role { arn: role.arn, source: Box::new(source) }
            }
            Way::Process(_) => Signing::Process { profile },
            Way::Sdk if has("sso_account_id") || has("sso_session") => Signing::Sso { profile },
            Way::Sdk if has("login_session") => Signing::Console { profile },
            Way::Sdk => Signing::Profile { profile },
        }
    }

    /// Whether the profile says something that changes how AWS is called, besides with which credentials and where.
    pub(super) fn changes_calls(&self, name: &str) -> bool {
        CALLS.iter().any(|key| self.get(name, key).is_some())
    }

    fn get(&self, name: &str, key: &str) -> Option<&str> {
        self.0.get_profile(name)?.get(key)
    }
}

fn role(profile: &Profile, arn: &str, source: &str) -> Role {
    let text = |key: &str| profile.get(key).map(str::to_owned);
    let device = |serial: &str| Device { profile: profile.name().into(), serial: serial.into() };
    Role {
        arn: arn.to_owned(),
        source: Some(source.to_owned()),
        external_id: text("external_id"),
        session_name: text("role_session_name"),
        seconds: profile.get("duration_seconds").and_then(|seconds| seconds.parse().ok()),
        device: profile.get("mfa_serial").map(device),
    }
}

/// The account of `arn:aws:iam::ACCOUNT:role/NAME`.
pub(super) fn account_of_role(arn: &str) -> Option<AccountId> {
    arn.split(':').nth(4)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use aws_runtime::env_config::file::EnvConfigFileKind;

    use super::*;

    async fn profiles(config: &str) -> Profiles {
        let files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, config).build();
        Profiles::read(&files).await.expect("profiles")
    }

    #[tokio::test]
    async fn profiles_are_listed_by_name_the_default_one_first() {
        let profiles = profiles("[profile b]\nregion = eu-west-1\n[default]\n[profile a]\n").await;
        assert_eq!(profiles.names(), ["default", "a", "b"]);
        assert_eq!(profiles.region("b"), Some(Region::new("eu-west-1")));
        assert!(profiles.has("a") && !profiles.has("c"));
    }

    #[tokio::test]
    async fn the_account_is_guessed_from_the_role_or_from_sso() {
        let profiles = profiles(
            "[profile r]\nrole_arn = arn:aws:iam::222222222222:role/ro\nsource_profile = s\n\
             [profile s]\nsso_account_id = 000000000001\n[profile k]\naws_access_key_id = x\n",
        )
        .await;
        let guess = |name| profiles.account(name).map(|id| id.to_string());
        assert_eq!(guess("r").as_deref(), Some("222222222222"));
        assert_eq!(guess("s").as_deref(), Some("000000000001"));
        assert_eq!(guess("k"), None);
        let Signing::Role { source, .. } = profiles.signing("r") else { panic!("a role") };
        assert_eq!(*source, Signing::Sso { profile: "s".into() });
    }

    #[tokio::test]
    async fn a_profile_gets_its_credentials_in_the_order_of_the_sdk() {
        let profiles = profiles(
            "[profile p]\ncredential_process = get keys\naws_access_key_id = x\n\
             [profile sso]\nsso_account_id = 111111111111\ncredential_process = get keys\n\
             [profile self]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = self\n\
             [profile loop]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = loop2\nduration_seconds = 900\n\
             [profile loop2]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = loop\n",
        )
        .await;
        assert_eq!(profiles.way("p"), Way::Process("get keys".into()));
        assert_eq!(profiles.way("sso"), Way::Sdk);
        assert_eq!(profiles.way("self"), Way::Sdk);
        assert!(matches!(profiles.way("loop"), Way::Role(role) if role.seconds == Some(900)));
        assert!(matches!(profiles.signing("loop"), Signing::Role { .. }), "a loop does not go on for ever");
    }
}
