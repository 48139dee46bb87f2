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
            let error = match call().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let fault = self.site(action).fault(&error);
            tracing::debug!(action = action.name(), scope = ?self.scope, %fault, "failed");
            self.badge.learn(&fault);
            // A refusal, however odd, is an answer, and the SDK has tried again where that may help.
            if !matches!(error, SdkError::ResponseError(_)) || tries == TRIES {
                return Err(fault);
            }
            tries += 1;
        }
    }

    /// Where a fault of this caller belongs.
    pub(super) fn site(&self, action: Action) -> Site<'_> {
        Site { action, scope: self.scope, signing: &self.badge.signing }
    }
}
