//! One call: its turn, its answer, its fault.

use std::error::Error;
use std::future::Future;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::action::Action;
use super::badge::Badge;
use super::fault::Site;
use super::pace::Pace;
use crate::domain::{Fault, Scope};

/// How often a question is put when its answer is broken; the SDK does not ask again by itself.
const TRIES: u8 = 3;

/// Somebody who calls AWS.
#[derive(Clone, Copy)]
pub(super) struct Caller<'a> {
    pub(super) badge: &'a Badge,
    pub(super) pace: &'a Pace,
    /// The scope, once the account has signed in.
    pub(super) scope: Option<&'a Scope>,
}

/// What became of a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It never left: the request could not even be built.
    Unsent,
    /// AWS answered, and did nothing.
    Refused,
    /// AWS failed inside, or did not answer: it may have been carried out.
    Lost,
    /// AWS answered with what cannot be read: it may have been carried out.
    Garbled,
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
            // The SDK's futures are large, and several of them often wait in one task.
            match self.once(action, Box::pin(call())).await {
                Ok(answer) => return Ok(answer),
                // A refusal, however odd, is an answer, and the SDK has tried again where that may help.
                Err((fault, fate)) if fate != Fate::Garbled || tries == TRIES => return Err(fault),
                Err(_) => tries += 1,
            }
        }
    }

    /// Waits for a turn and calls, and asks nothing again by itself.
    pub(super) async fn once<T, E, F>(&self, action: Action, call: F) -> Result<T, (Fault, Fate)>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send,
        E: ProvideErrorMetadata + Error + 'static,
    {
        self.pace.turn().await;
        tracing::debug!(action = action.name(), scope = ?self.scope, "call");
        let error = match call.await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let fault = self.site(action).fault(&error);
        tracing::debug!(action = action.name(), scope = ?self.scope, %fault, "failed");
        self.badge.learn(&fault);
        Err((fault, Fate::of(&error)))
    }

    /// Where a fault of this caller belongs.
    pub(super) fn site(&self, action: Action) -> Site<'_> {
        Site { action, scope: self.scope, signing: &self.badge.signing }
    }
}

impl Fate {
    fn of<E>(error: &SdkError<E, HttpResponse>) -> Self {
        match error {
            SdkError::ConstructionFailure(_) => Self::Unsent,
            SdkError::ServiceError(refused) if refused.raw().status().as_u16() < 500 => Self::Refused,
            SdkError::ResponseError(_) => Self::Garbled,
            _ => Self::Lost,
        }
    }
}
