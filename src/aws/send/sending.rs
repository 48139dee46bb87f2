//! One call on its way: allowed, filled in, sent once, acknowledged.

use std::error::Error;
use std::future::Future;
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::super::action::Action;
use super::super::call::Fate;
use super::super::clients::Clients;
use super::parameters::Parameters;
use crate::domain::{Access, Fault, FaultClass};
use crate::plan::{Argument, Call, Receipt};

/// The code of a fault whose call never left.
pub(super) const NOT_SENT: &str = "NotSent";
/// How often a call is sent that AWS refuses for its pace; the waits between double from a second.
const TRIES: u32 = 5;

/// A call and who sends it.
pub(super) struct Sending<'a> {
    pub(super) clients: Clients,
    pub(super) call: &'a Call,
    asking: &'a Clients,
}

impl<'a> Sending<'a> {
    /// Refuses in an account that is read-only.
    pub(super) fn of(clients: &'a Clients, call: &'a Call) -> Result<Self, Fault> {
        let sending = Self { clients: clients.with_tries(1), call, asking: clients };
        let account = &clients.session().member.account;
        match account.access {
            Access::ReadWrite => Ok(sending),
            Access::ReadOnly => Err(Fault {
                class: FaultClass::AccessDenied,
                hint: "Nothing was sent: allow changes in this account, if they are meant.".into(),
                ..sending.unsent(&format!("account {} is read-only here", account.name))
            }),
        }
    }

    /// The request with all parameters of the call.
    pub(super) fn fill<R: Parameters>(&self, request: R) -> Result<R, Fault> {
        self.fill_with(request, &self.call.parameters)
    }

    /// The request with these parameters instead of the call's.
    pub(super) fn fill_with<R: Parameters>(
        &self,
        request: R,
        parameters: &[(&'static str, Argument)],
    ) -> Result<R, Fault> {
        parameters.iter().try_fold(request, |request, (name, argument)| {
            request.with(name, argument).ok_or_else(|| {
                let operation = self.call.operation.name();
                self.unsent(&format!("{operation} takes no parameter {name} of this form"))
            })
        })
    }

    /// Asks what has to be known before it can be sent; a question may be put again, unlike an order.
    ///
    /// # Errors
    ///
    /// The fault of the question, of the same class, as one of an order that never left.
    pub(super) async fn ask<T, F>(&self, question: impl FnOnce(&'a Clients) -> F) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        question(self.asking).await.map_err(|fault| Fault {
            code: Some(NOT_SENT.into()),
            message: fault.to_string().into(),
            hint: format!("Nothing was sent. {}", fault.hint.exact()).trim_end().into(),
            ..fault
        })
    }

    /// Sends it, once.
    pub(super) async fn once<T, E, F>(&self, send: impl Fn() -> F + Send) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send,
        E: ProvideErrorMetadata + Error + 'static,
    {
        let mut tries = 1;
        loop {
            let (fault, fate) = match self.clients.caller().once(self.action(), Box::pin(send())).await {
                Ok(answer) => return Ok(answer),
                Err(end) => end,
            };
            if fault.class != FaultClass::Throttled || is_quota(&fault) || tries == TRIES {
                return Err(self.told(fault, fate));
            }
            tokio::time::sleep(Duration::from_secs(1 << (tries - 1))).await;
            tries += 1;
        }
    }

    /// What AWS acknowledged.
    pub(super) fn receipt(request_id: Option<&str>, made: Option<&str>) -> Receipt {
        Receipt { request_id: request_id.map(Into::into), made: made.map(Into::into) }
    }

    fn action(&self) -> Action {
        Action::Change(self.call.operation)
    }

    /// The fault with what it means for the order.
    fn told(&self, fault: Fault, fate: Fate) -> Fault {
        let class = match fate {
            Fate::Unsent => return Fault { class: fault.class, ..self.unsent(fault.message.exact()) },
            Fate::Refused if is_quota(&fault) => {
                let hint = "Make room, or ask AWS for a higher limit.".into();
                return Fault { class: FaultClass::Other, hint, ..fault };
            }
            Fate::Refused => return fault,
            // Whoever is not let in, or is too fast, has changed nothing.
            Fate::Lost | Fate::Garbled if !is_open(fault.class) => return fault,
            Fate::Lost => FaultClass::Unreachable,
            Fate::Garbled => FaultClass::InvalidResponse,
        };
        let hint = format!(
            "Whether AWS did it is not known: look in account {}, {}, before doing it again.",
            self.call.scope.account, self.call.scope.region
        );
        Fault { class, hint: hint.into(), ..fault }
    }

    /// The fault of a call that cannot be sent as it is.
    pub(super) fn unsent(&self, why: &str) -> Fault {
        Fault {
            class: FaultClass::Other,
            code: Some(NOT_SENT.into()),
            hint: "Nothing was sent.".into(),
            ..self.clients.invalid(self.action(), why)
        }
    }
}

/// Whether a fault of this class leaves open what AWS did.
fn is_open(class: FaultClass) -> bool {
    match class {
        FaultClass::Unreachable | FaultClass::InvalidResponse | FaultClass::Other => true,
        FaultClass::AccessDenied
        | FaultClass::ExplicitDeny
        | FaultClass::ExpiredCredentials
        | FaultClass::NoCredentials
        | FaultClass::RegionDisabled
        | FaultClass::Throttled => false,
    }
}

/// Whether a key has no room for one more grant: no waiting helps, though other services of AWS
/// throttle with this code.
fn is_quota(fault: &Fault) -> bool {
    fault.code.as_ref().is_some_and(|code| code.exact() == "LimitExceededException")
}
