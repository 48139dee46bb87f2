//! One call: its turn, its answer, its fault; and the clients of one account and region.

use std::error::Error;
use std::future::Future;
use std::sync::Arc;

use aws_sdk_rds::config::retry::RetryPartition;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::action::Action;
use super::fault::Site;
use super::guard::{Guard, Protocol};
use super::pace::Pace;
use super::session::Session;
use super::words::Words;
use crate::domain::{Fault, FaultClass, Scope};

/// How often a question is put when its answer is broken; the SDK does not ask again by itself.
const TRIES: u8 = 3;

/// Somebody who calls AWS.
#[derive(Clone, Copy)]
pub(super) struct Caller<'a> {
    pub(super) session: &'a Session,
    pub(super) pace: &'a Pace,
    /// The scope, once the account has signed in.
    pub(super) scope: Option<&'a Scope>,
}

impl Caller<'_> {
    /// Waits for a turn, calls, and asks again when the answer was cut short.
    pub(super) async fn ask<T, E, F>(&self, action: Action, call: impl Fn() -> F + Send) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let mut tries = 1;
        loop {
            self.pace.turn().await;
            tracing::debug!(action = action.name(), scope = ?self.scope, tries, "call");
            let fault = match call().await {
                Ok(answer) => return Ok(answer),
                Err(error) => self.site(action).fault(&error),
            };
            tracing::debug!(action = action.name(), scope = ?self.scope, %fault, "failed");
            self.session.learn(&fault);
            if fault.class != FaultClass::InvalidResponse || tries == TRIES {
                return Err(fault);
            }
            tries += 1;
        }
    }

    /// Where a fault of this caller belongs.
    pub(super) fn site(&self, action: Action) -> Site<'_> {
        Site { action, scope: self.scope, signing: &self.session.signing }
    }
}

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
        let region = aws_config::Region::new(scope.region.name().to_owned());
        // The SDK's own partitions are regions: one throttled account would take the retries of all.
        let partition = RetryPartition::custom(format!("{} {}", scope.account, scope.region.name())).build();
        let rds = aws_sdk_rds::config::Builder::from(&session.sdk)
            .region(region.clone())
            .retry_partition(partition.clone())
            .interceptor(Guard::new(Protocol::Query, Arc::clone(&pace)));
        let kms = aws_sdk_kms::config::Builder::from(&session.sdk)
            .region(region)
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

    fn caller(&self) -> Caller<'_> {
        Caller { session: &self.session, pace: &self.pace, scope: Some(&self.scope) }
    }
}
