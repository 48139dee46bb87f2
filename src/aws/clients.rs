//! The clients of one account in one region.

use std::error::Error;
use std::future::Future;
use std::sync::Arc;

use aws_sdk_rds::config::retry::{RetryConfig, RetryPartition};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::action::Action;
use super::call::Caller;
use super::guard::{Guard, Protocol};
use super::pace::Pace;
use super::session::{self, Session};
use super::words::Words;
use crate::domain::{Fault, Scope};

/// The clients of one account in one region.
pub(super) struct Clients {
    pub(super) scope: Scope,
    pub(super) rds: aws_sdk_rds::Client,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) words: Arc<Words>,
    session: Arc<Session>,
    pace: Arc<Pace>,
}

impl Clients {
    pub(super) fn new(scope: Scope, session: Arc<Session>, pace: Arc<Pace>, words: Arc<Words>) -> Self {
        Self::trying(session::TRIES, scope, session, pace, words)
    }

    /// The same, but a call is made so often at most when AWS or the network fails.
    pub(super) fn with_tries(&self, tries: u32) -> Self {
        let (session, pace, words) =
            (Arc::clone(&self.session), Arc::clone(&self.pace), Arc::clone(&self.words));
        Self::trying(tries, self.scope.clone(), session, pace, words)
    }

    fn trying(tries: u32, scope: Scope, session: Arc<Session>, pace: Arc<Pace>, words: Arc<Words>) -> Self {
        let retries = RetryConfig::standard().with_max_attempts(tries);
        let region = aws_config::Region::new(scope.region.name().to_owned());
        // The SDK's own partitions are regions: one throttled account would take the retries of all.
        let partition = RetryPartition::custom(format!("{} {}", scope.account, scope.region.name())).build();
        let rds = aws_sdk_rds::config::Builder::from(&session.sdk)
            .region(region.clone())
            .retry_config(retries.clone())
            .retry_partition(partition.clone())
            .interceptor(Guard::new(Protocol::Query, Arc::clone(&pace)));
        let kms = aws_sdk_kms::config::Builder::from(&session.sdk)
            .region(region)
            .retry_config(retries)
            .retry_partition(partition)
            .interceptor(Guard::new(Protocol::Json, Arc::clone(&pace)));
        Self {
            rds: aws_sdk_rds::Client::from_conf(rds.build()),
            kms: aws_sdk_kms::Client::from_conf(kms.build()),
            scope,
            words,
            session,
            pace,
        }
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
