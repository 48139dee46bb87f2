//! The badge with which an account is called: how it was come by, and whether AWS still takes it.

use std::sync::OnceLock;
use std::time::Instant;

use crate::domain::{Fault, Remedy};

/// How an account is signed in to, and whether its credentials were refused since.
#[derive(Debug)]
pub(super) struct Badge {
    pub(super) signing: Signing,
    refused: OnceLock<Instant>,
}

impl Badge {
    pub(super) fn new(signing: Signing) -> Self {
        Self { signing, refused: OnceLock::new() }
    }

    /// Whether the credentials were refused: nothing in the SDK drops them, so the session must go.
    pub(super) fn is_refused(&self) -> bool {
        self.refused.get().is_some()
    }

    /// When the credentials were refused first.
    pub(super) fn refused_at(&self) -> Option<Instant> {
        self.refused.get().copied()
    }

    /// Takes note of what a fault says of the credentials.
    pub(super) fn learn(&self, fault: &Fault) {
        if fault.class.needs_sign_in() {
            self.refused.get_or_init(Instant::now);
        }
    }
}

/// How an account is signed in to, as far as it matters for signing in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signing {
    /// The SDK's default chain.
    Chain,
    /// A profile with keys of its own.
    Profile { profile: String },
    /// A profile with IAM Identity Center.
    Sso { profile: String },
    /// A profile with `aws login`.
    Console { profile: String },
    /// A profile with a credential process.
    Process { profile: String },
    /// A role, assumed with other credentials.
    Role { arn: String, source: Box<Signing> },
    /// Fixed credentials inside the process.
    Fixed,
}

impl Signing {
    /// What renews the credentials, where a command does.
    pub(super) fn remedy(&self) -> Option<Remedy> {
        let words = |command: &[&str], profile: &str| {
            let words = [command, &["--profile", profile]].concat();
            Some(Remedy::Command(words.into_iter().map(str::to_owned).collect()))
        };
        match self {
            Self::Sso { profile } => words(&["aws", "sso", "login"], profile),
            Self::Console { profile } => words(&["aws", "login"], profile),
            Self::Role { source, .. } => source.remedy(),
            Self::Chain | Self::Profile { .. } | Self::Process { .. } | Self::Fixed => None,
        }
    }

    /// What to do to sign in again.
    pub(super) fn again(&self) -> String {
        match self {
            Self::Chain => {
                "Sign in again (aws login, or aws sso login), or set fresh credentials in the environment."
                    .to_owned()
            }
            Self::Profile { profile } => format!("Put fresh credentials into profile {profile}."),
            Self::Sso { .. } | Self::Console { .. } => {
                let words = self.remedy().map(|remedy| remedy.to_string()).unwrap_or_default();
                format!("Sign in again: {words}")
            }
            Self::Process { profile } => {
                format!("Run the credential_process of profile {profile} by hand and see what it says.")
            }
            Self::Role { source, .. } => source.again(),
            Self::Fixed => "Choose other credentials for the cloud inside the process.".to_owned(),
        }
    }
}
