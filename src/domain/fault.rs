//! What can go wrong outside: AWS, the network or the credentials said no.
//!
//! A fault keeps AWS's own code and words (harmless to show), what was denied and by which kind of
//! policy, and says what to do. Its class decides how it is treated; nothing parses its message again.

use std::fmt;

use super::{Remedy, Shown};

/// One refusal or failure, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How it is treated.
    pub class: FaultClass,
    /// AWS's error code, where AWS answered.
    pub code: Option<Shown>,
    /// AWS's message, or the cause in words.
    pub message: Shown,
    /// The action that was denied or that failed, as `rds:DescribeDBSnapshots`.
    pub action: Option<Shown>,
    /// The kind of policy that denied it, where AWS says.
    pub denied_by: Option<DeniedBy>,
    /// AWS's request id, for support.
    pub request_id: Option<Shown>,
    /// What has to be done to sign in, where that can be done from here; it is not written down.
    pub remedy: Option<Box<Remedy>>,
    /// What to do, in one sentence.
    pub hint: Shown,
}

/// The classes of faults; their names are part of the JSON contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultClass {
    /// No policy allows it.
    AccessDenied,
    /// A policy denies it explicitly.
    ExplicitDeny,
    /// The credentials were valid once.
    ExpiredCredentials,
    /// There are no credentials, or they could not be had.
    NoCredentials,
    /// The account has not enabled the region.
    RegionDisabled,
    /// AWS asked to slow down, for longer than was waited.
    Throttled,
    /// No answer: network, name, TLS, time limit.
    Unreachable,
    /// An answer that cannot be right: cut short, not the protocol.
    InvalidResponse,
    /// Anything else that AWS said.
    Other,
}

impl FaultClass {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AccessDenied,
        Self::ExplicitDeny,
        Self::ExpiredCredentials,
        Self::NoCredentials,
        Self::RegionDisabled,
        Self::Throttled,
        Self::Unreachable,
        Self::InvalidResponse,
        Self::Other,
    ];

    /// Whether somebody has to sign in: there are no credentials that are valid.
    pub fn needs_sign_in(self) -> bool {
        matches!(self, Self::ExpiredCredentials | Self::NoCredentials)
    }

    /// The name, as JSON and the filter language write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessDenied => "access-denied",
            Self::ExplicitDeny => "explicit-deny",
            Self::ExpiredCredentials => "expired-credentials",
            Self::NoCredentials => "no-credentials",
            Self::RegionDisabled => "region-disabled",
            Self::Throttled => "throttled",
            Self::Unreachable => "unreachable",
            Self::InvalidResponse => "invalid-response",
            Self::Other => "other",
        }
    }

    /// A word for a narrow column, as `DENIED`.
    pub fn word(self) -> &'static str {
        match self {
            Self::AccessDenied | Self::ExplicitDeny => "DENIED",
            Self::ExpiredCredentials => "EXPIRED",
            Self::NoCredentials => "NO LOGIN",
            Self::RegionDisabled => "disabled",
            Self::Throttled => "THROTTLED",
            Self::Unreachable => "NO ANSWER",
            Self::InvalidResponse => "GARBLED",
            Self::Other => "FAILED",
        }
    }

    /// Whether the same question may be answered when it is asked again.
    pub fn is_transient(self) -> bool {
        match self {
            Self::Throttled | Self::Unreachable | Self::InvalidResponse => true,
            Self::AccessDenied
            | Self::ExplicitDeny
            | Self::ExpiredCredentials
            | Self::NoCredentials
            | Self::RegionDisabled
            | Self::Other => false,
        }
    }
}

/// The kinds of policy that AWS names when it denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeniedBy {
    /// An identity-based policy.
    Identity,
    /// A resource-based policy, such as a key policy.
    Resource,
    /// A permissions boundary.
    Boundary,
    /// A session policy.
    Session,
    /// A service control policy: the organisation's.
    ServiceControl,
    /// A resource control policy: the organisation's.
    ResourceControl,
    /// A policy of a VPC endpoint.
    VpcEndpoint,
}

impl DeniedBy {
    /// The policy in words: "a service control policy of the organisation".
    pub fn words(self) -> &'static str {
        match self {
            Self::Identity => "an identity-based policy",
            Self::Resource => "a resource-based policy",
            Self::Boundary => "a permissions boundary",
            Self::Session => "a session policy",
            Self::ServiceControl => "a service control policy of the organisation",
            Self::ResourceControl => "a resource control policy of the organisation",
            Self::VpcEndpoint => "a VPC endpoint policy",
        }
    }

    /// Whether the organisation decides, not the account.
    pub fn is_organisation(self) -> bool {
        matches!(self, Self::ServiceControl | Self::ResourceControl)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{code}: {}", self.message),
            None => write!(f, "{}", self.message),
        }
    }
}

impl std::error::Error for Fault {}
