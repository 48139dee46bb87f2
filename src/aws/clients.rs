//! The clients of one account in one region.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

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

/// The clients of one account in one region: what they are made of, since they themselves are kept by use.
pub(super) struct Clients {
    pub(super) scope: Scope,
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
    rds: Recent<Owner, aws_sdk_rds::Client>,
    kms: Recent<Owner, aws_sdk_kms::Client>,
}

/// SDK clients that were used of late: each takes 30 KiB, and to make one takes less time than a call.
struct Recent<K, C>(Mutex<VecDeque<(K, C)>>);

/// How many of a service are kept.
const KEPT: usize = 64;

/// Whose client it is.
struct Owner {
    session: Arc<Session>,
    scope: Scope,
    tries: u32,
}

impl PartialEq for Owner {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.session, &other.session) && (&self.scope, self.tries) == (&other.scope, other.tries)
    }
}

impl<K, C> fmt::Debug for Recent<K, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recent")
    }
}

impl<K, C> Default for Recent<K, C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, C: Clone> Recent<K, C> {
    /// The client of an owner, made anew where it was not used of late.
    fn of(&self, owner: K, make: impl FnOnce() -> C) -> C {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = recent.iter().position(|(one, _)| *one == owner);
        let (owner, client) = at.and_then(|at| recent.remove(at)).unwrap_or_else(|| (owner, make()));
        recent.push_back((owner, client.clone()));
        if recent.len() > KEPT {
            recent.pop_front();
        }
        client
    }
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
        Self { scope, tries, commons, session, pace }
    }

    /// The client of RDS.
    pub(super) fn rds(&self) -> aws_sdk_rds::Client {
        self.commons.rds.of(self.owner(), || {
            let config = aws_sdk_rds::config::Builder::from(&self.session.sdk)
                .region(self.region())
                .retry_config(self.retries())
                .retry_partition(self.retry_partition())
                .interceptor(Guard::new(Protocol::Query, Arc::clone(&self.pace)));
            aws_sdk_rds::Client::from_conf(config.build())
        })
    }

    /// The client of KMS.
    pub(super) fn kms(&self) -> aws_sdk_kms::Client {
        self.commons.kms.of(self.owner(), || {
            let config = aws_sdk_kms::config::Builder::from(&self.session.sdk)
                .region(self.region())
                .retry_config(self.retries())
                .retry_partition(self.retry_partition())
                .interceptor(Guard::new(Protocol::Json, Arc::clone(&self.pace)));
            aws_sdk_kms::Client::from_conf(config.build())
        })
    }

    fn owner(&self) -> Owner {
        Owner { session: Arc::clone(&self.session), scope: self.scope.clone(), tries: self.tries }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_of_late_is_kept_and_nothing_else() {
        let recent = Recent::default();
        let made = |owner: usize, name: &'static str| recent.of(owner, || name);
        assert_eq!((made(0, "first"), made(0, "again")), ("first", "first"));
        (1..KEPT).for_each(|owner| _ = made(owner, "other"));
        assert_eq!(made(0, "anew"), "first", "there is room for all of them");
        made(KEPT, "one too many");
        assert_eq!(
            (made(0, "anew"), made(1, "anew")),
            ("first", "anew"),
            "the one that was used longest ago went"
        );
    }
}
