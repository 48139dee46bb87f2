//! The clients of one account in one region.

use std::error::Error;
use std::future::Future;
use std::sync::{Arc, OnceLock};

use aws_sdk_rds::config::retry::{RetryConfig, RetryPartition};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::action::Action;
use super::call::Caller;
use super::gate::Gate;
use super::guard::{Guard, Protocol};
use super::pace::Pace;
use super::session::{self, Session};
use super::words::Words;
use crate::domain::{Fault, Scope};

/// The clients of one account in one region.
pub(super) struct Clients {
    pub(super) scope: Scope,
    /// Each is made when it is needed: it takes 30 KiB, and a scope without rows names no key.
    rds: OnceLock<aws_sdk_rds::Client>,
    kms: OnceLock<aws_sdk_kms::Client>,
    tries: u32,
    commons: Arc<Commons>,
    session: Arc<Session>,
    pace: Arc<Pace>,
}

/// What the clients of all scopes have in common.
#[derive(Debug, Default)]
pub(super) struct Commons {
    words: Words,
    /// Lets pages through while everything is read.
    gate: Gate,
}

impl Clients {
    pub(super) fn new(scope: Scope, session: Arc<Session>, pace: Arc<Pace>, commons: Arc<Commons>) -> Self {
        Self::trying(session::TRIES, scope, session, pace, commons)
    }

    /// The same, but a call is made so often at most when AWS or the network fails.
    pub(super) fn with_tries(&self, tries: u32) -> Self {
        let (session, pace, commons) =
            (Arc::clone(&self.session), Arc::clone(&self.pace), Arc::clone(&self.commons));
        Self::trying(tries, self.scope.clone(), session, pace, commons)
    }

    fn trying(
        tries: u32,
        scope: Scope,
        session: Arc<Session>,
        pace: Arc<Pace>,
        commons: Arc<Commons>,
    ) -> Self {
        Self { scope, rds: OnceLock::new(), kms: OnceLock::new(), tries, commons, session, pace }
    }

    /// The client of RDS.
    pub(super) fn rds(&self) -> &aws_sdk_rds::Client {
        self.rds.get_or_init(|| {
            let config = aws_sdk_rds::config::Builder::from(&self.session.sdk)
                .region(self.region())
                .retry_config(self.retries())
                .retry_partition(self.retry_partition())
                .interceptor(Guard::new(Protocol::Query, Arc::clone(&self.pace)));
            aws_sdk_rds::Client::from_conf(config.build())
        })
    }

    /// The client of KMS.
    pub(super) fn kms(&self) -> &aws_sdk_kms::Client {
        self.kms.get_or_init(|| {
            let config = aws_sdk_kms::config::Builder::from(&self.session.sdk)
                .region(self.region())
                .retry_config(self.retries())
                .retry_partition(self.retry_partition())
                .interceptor(Guard::new(Protocol::Json, Arc::clone(&self.pace)));
            aws_sdk_kms::Client::from_conf(config.build())
        })
    }

    fn region(&self) -> aws_config::Region {
        aws_config::Region::new(self.scope.region.name().to_owned())
    }

    fn retries(&self) -> RetryConfig {
        RetryConfig::standard().with_max_attempts(self.tries)
    }

    /// The SDK's own partitions are regions: one throttled account would take the retries of all.
    fn retry_partition(&self) -> RetryPartition {
        RetryPartition::custom(format!("{} {}", self.scope.account, self.scope.region.name())).build()
    }

    /// What occurs again and again in any scope.
    pub(super) fn words(&self) -> &Words {
        &self.commons.words
    }

    /// What lets pages of any scope through.
    pub(super) fn gate(&self) -> &Gate {
        &self.commons.gate
    }

    /// The session that signs for these.
    pub(super) fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// Calls AWS in this scope.
    pub(super) async fn ask<T, E, F>(&self, action: Action, call: impl Fn() -> F + Send) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send,
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.caller().ask(action, call).await
    }

    /// The fault of an answer that cannot be right.
    pub(super) fn invalid(&self, action: Action, why: &str) -> Fault {
        self.caller().site(action).invalid(why)
    }

    /// Who calls in this scope.
    pub(super) fn caller(&self) -> Caller<'_> {
        Caller { badge: &self.session.badge, pace: &self.pace, scope: Some(&self.scope) }
    }
}
