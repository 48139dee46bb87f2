//! Roles that are assumed with the code of an MFA device, and the sessions that came of it.
//!
//! The SDK reads `mfa_serial` nowhere. A code is good once: a session that it bought is kept for as long as it lasts,
//! whatever else is signed in to anew, and no code is kept after it was sent.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_sdk_sts::operation::assume_role::builders::AssumeRoleFluentBuilder;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::domain::{Code, Device};

/// A session is not used any more this long before it ends.
const EARLY: Duration = Duration::from_secs(30);

/// How AWS's refusals of codes and devices begin.
const REFUSED: &str = "MultiFactorAuthentication failed";

/// What a device's codes have bought, and the code that is to be tried next; clones are the same.
#[derive(Clone)]
pub(super) struct Purse(Arc<Held>);

struct Held {
    device: Device,
    /// The session, and since when there is it.
    session: Mutex<Option<(Credentials, Instant)>>,
    code: Mutex<Option<Code>>,
    /// One asks AWS at a time: a code is good once.
    door: tokio::sync::Mutex<()>,
}

impl Purse {
    pub(super) fn new(device: Device) -> Self {
        let held = Held {
            device,
            session: Mutex::default(),
            code: Mutex::default(),
            door: tokio::sync::Mutex::default(),
        };
        Self(Arc::new(held))
    }

    pub(super) fn device(&self) -> &Device {
        &self.0.device
    }

    /// Takes a code in, to be tried when credentials are wanted next.
    pub(super) fn take_code(&self, code: Code) {
        *lock(&self.0.code) = Some(code);
    }

    /// Forgets the session that was refused then: one that was bought since is another one.
    pub(super) fn forget(&self, refused: Instant) {
        lock(&self.0.session).take_if(|(_, since)| *since <= refused);
    }

    fn session(&self) -> Option<Credentials> {
        let soon = SystemTime::now() + EARLY;
        let held = lock(&self.0.session).as_ref().map(|(session, _)| session.clone());
        held.filter(|held| held.expiry().is_none_or(|expiry| expiry > soon))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere leaves a whole value behind.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Assumes a role with a code.
pub(super) struct MfaProvider {
    pub(super) purse: Purse,
    /// The request, but for device and code.
    pub(super) request: AssumeRoleFluentBuilder,
}

impl MfaProvider {
    async fn credentials(&self) -> provider::Result {
        let _one = self.purse.0.door.lock().await;
        if let Some(held) = self.purse.session() {
            return Ok(held);
        }
        let device = self.purse.device();
        let Some(code) = lock(&self.purse.0.code).take() else {
            return Err(CredentialsError::not_loaded(CodeNeeded { device: device.clone(), refused: None }));
        };
        let request = self.request.clone().serial_number(device.serial.exact()).token_code(code.exact());
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => {
                let said = error.as_service_error().and_then(|refused| refused.message());
                return Err(match said.filter(|said| said.starts_with(REFUSED)) {
                    Some(said) => CredentialsError::not_loaded(CodeNeeded {
                        device: device.clone(),
                        refused: Some(said.trim().to_owned()),
                    }),
                    None => CredentialsError::provider_error(error),
                });
            }
        };
        let given =
            answer.credentials.ok_or_else(|| CredentialsError::unhandled("STS gives no credentials"))?;
        let expiry = SystemTime::try_from(given.expiration).map_err(CredentialsError::unhandled)?;
        let session = Credentials::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            Some(expiry),
            "snapdeck-mfa",
        );
        *lock(&self.purse.0.session) = Some((session.clone(), Instant::now()));
        Ok(session)
    }
}

impl ProvideCredentials for MfaProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl fmt::Debug for MfaProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MfaProvider")
    }
}

/// That a code has to be typed before there are credentials.
#[derive(Debug)]
pub(super) struct CodeNeeded {
    pub(super) device: Device,
    /// What AWS said to the last one.
    refused: Option<String>,
}

impl fmt::Display for CodeNeeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.refused {
            None => write!(f, "profile {} wants a code of its MFA device", self.device.profile),
            Some(said) => write!(f, "the code was not accepted: {said}"),
        }
    }
}

impl std::error::Error for CodeNeeded {}
