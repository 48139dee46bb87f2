//! The badge with which an account is called: how it was come by, and whether AWS still takes it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::Fault;

/// How an account is signed in to, and whether its credentials were refused since.
#[derive(Debug)]
pub(super) struct Badge {
    pub(super) signing: Signing,
    refused: AtomicBool,
}

impl Badge {
    pub(super) fn new(signing: Signing) -> Self {
        Self { signing, refused: AtomicBool::new(false) }
    }

    /// Whether the credentials were refused: nothing in the SDK drops them, so the session must go.
    pub(super) fn is_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// Takes note of what a fault says of the credentials.
    pub(super) fn learn(&self, fault: &Fault) {
        if fault.class.needs_sign_in() {
            self.refused.store(true, Ordering::Relaxed);
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
    Role { arn: String, source: Box<Signing>, mfa: Mfa },
    /// Fixed credentials inside the process.
    Fixed,
}

/// Whether a profile asks for a one-time password, which nobody can type into the SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mfa {
    /// `mfa_serial` is set.
    Asked,
    /// It is not.
    NotAsked,
}

impl Signing {
    /// What to do to sign in again.
    pub(super) fn again(&self) -> String {
        match self {
            Self::Chain => {
                "Sign in again (aws login, or aws sso login), or set fresh credentials in the environment."
                    .to_owned()
            }
            Self::Profile { profile } => format!("Put fresh credentials into profile {profile}."),
            Self::Sso { profile } => format!("Sign in again: aws sso login --profile {profile}"),
            Self::Console { profile } => format!("Sign in again: aws login --profile {profile}"),
            Self::Process { profile } => {
                format!("Run the credential_process of profile {profile} by hand and see what it says.")
            }
            Self::Role { source, .. } => source.again(),
            Self::Fixed => "Choose other credentials for the cloud inside the process.".to_owned(),
        }
    }
}
