//! AWS over its SDK: the cloud that the program reads. SDK types end here.
//!
//! - Every call waits for its turn in the budget of its account and region ([`pace`]), carries the
//!   name of its IAM action ([`action`]), is cut off after a bounded time, and fails as a
//!   [`Fault`] that says what to do ([`fault`]).
//! - An answer that was cut short is never taken for a short answer ([`guard`]).
//! - One HTTP client for everything; one configuration and identity cache for an account
//!   ([`session`]); the credentials that assume roles are fetched once ([`wallet`]).
//! - No credential is logged or told.

mod action;
mod call;
mod document;
mod fault;
mod guard;
mod json;
mod keys;
mod link;
mod listing;
mod members;
mod pace;
mod probe;
mod profiles;
mod read;
mod regions;
mod row;
mod session;
mod share;
#[cfg(test)]
mod tests;
mod wallet;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_runtime::env_config::file::EnvConfigFiles;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use self::action::Action;
use self::call::Clients;
use self::fault::{Signing, Site};
use self::keys::KeyRing;
pub use self::link::{Link, Wire};
use self::pace::Pace;
use self::profiles::Profiles;
use self::session::{Means, Session};
use self::wallet::Wallet;
use self::words::Words;
use crate::domain::{
    AccountId, AccountSource, Fault, Identity, Key, KeyArn, Scope, Setup, Share, Shown, Snapshot, SnapshotArn,
};
use crate::ports::{Accounts, Cloud, Pending, Sink};

/// AWS, reached over its SDK.
pub struct Aws {
    setup: Setup,
    http: SharedHttpClient,
    wallet: Wallet,
    words: Arc<Words>,
    keys: KeyRing,
    known: Mutex<Known>,
}

/// What was learned by signing in.
#[derive(Default)]
struct Known {
    sessions: HashMap<Shown, Arc<Session>>,
    by_account: HashMap<AccountId, Arc<Session>>,
    clients: HashMap<Scope, Arc<Clients>>,
    /// Kept when a session is not: AWS counts calls, not sessions.
    paces: HashMap<Scope, Arc<Pace>>,
}

impl Aws {
    /// Takes the setup and the link; nothing is read and nobody is asked yet.
    pub fn new(setup: Setup, link: Link) -> Self {
        Self::with_files(setup, link, EnvConfigFiles::default())
    }

    fn with_files(setup: Setup, link: Link, files: EnvConfigFiles) -> Self {
        let http = link.http_client();
        let fixed = match link {
            Link::Network => None,
            Link::InProcess { access_key_id, .. } => Some(access_key_id),
        };
        Self {
            setup,
            http,
            wallet: Wallet::new(fixed, files),
            words: Arc::default(),
            keys: KeyRing::default(),
            known: Mutex::default(),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the profiles off the caller's thread, where they can matter.
    async fn profiles(&self) -> Result<Profiles, Fault> {
        if self.wallet.fixed.is_some() {
            return Ok(Profiles::none());
        }
        let files = self.wallet.files.clone();
        let runtime = tokio::runtime::Handle::current();
        let read = tokio::task::spawn_blocking(move || runtime.block_on(Profiles::read(&files)));
        let bad = |why: String| {
            let site = Site { action: Action::GetCallerIdentity, scope: None, signing: &Signing::Chain };
            let hint = "Mend the AWS config or credentials file.".into();
            Fault { action: None, hint, ..site.no_credentials(&why) }
        };
        match read.await {
            Ok(Ok(profiles)) => Ok(profiles),
            Ok(Err(error)) => Err(bad(fault::causes(&error))),
            Err(stopped) => Err(bad(stopped.to_string())),
        }
    }

    /// The session of an account: the one that there is, or a new one when it is spoiled.
    async fn session(&self, name: &Shown) -> Result<Arc<Session>, Fault> {
        let old = self.known().sessions.get(name).cloned();
        if let Some(session) = old.as_ref().filter(|session| !session.is_spoiled()) {
            return Ok(Arc::clone(session));
        }
        let profiles = self.profiles().await?;
        let member =
            members::members(&self.setup, &profiles).into_iter().find(|one| one.account.name == *name);
        let Some(member) = member else {
            let site = Site { action: Action::GetCallerIdentity, scope: None, signing: &Signing::Chain };
            let hint = "Name an account of the settings, or a profile.".into();
            let why = format!("there is no account {name} in the settings or the AWS config files");
            return Err(Fault { hint, ..site.no_credentials(&why) });
        };
        if old.is_some() {
            self.wallet.forget(&member.entry, &profiles);
        }
        let endpoint = self.setup.endpoint.as_deref();
        let means = Means { wallet: &self.wallet, http: &self.http, endpoint, profiles: &profiles };
        let session = Arc::new(Session::open(member, &means).await);
        self.known().sessions.insert(name.clone(), Arc::clone(&session));
        Ok(session)
    }

    /// The clients of a scope; its account must have signed in.
    fn clients(&self, scope: &Scope) -> Result<Arc<Clients>, Fault> {
        let mut known = self.known();
        let Some(session) = known.by_account.get(&scope.account).cloned() else {
            let site =
                Site { action: Action::GetCallerIdentity, scope: Some(scope), signing: &Signing::Chain };
            let why = format!("nobody has signed in to account {}", scope.account);
            return Err(Fault {
                hint: "Refresh, so that the account is signed in to.".into(),
                ..site.no_credentials(&why)
            });
        };
        if let Some(clients) = known.clients.get(scope).filter(|c| Arc::ptr_eq(c.session(), &session)) {
            return Ok(Arc::clone(clients));
        }
        let pace = Arc::clone(known.paces.entry(scope.clone()).or_insert_with(|| Arc::new(Pace::new())));
        let clients = Arc::new(Clients::new(scope.clone(), session, pace, Arc::clone(&self.words)));
        known.clients.insert(scope.clone(), Arc::clone(&clients));
        Ok(clients)
    }
}

impl Cloud for Aws {
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>> {
        Box::pin(async move {
            let profiles = match (&self.setup.accounts, self.profiles().await) {
                (_, Ok(profiles)) => profiles,
                // The settings name their accounts themselves; signing in to a profile will tell.
                (AccountSource::Listed(_), Err(_)) => Profiles::none(),
                (_, Err(fault)) => return Err(fault),
            };
            let members = members::members(&self.setup, &profiles);
            let accounts = members.into_iter().map(|member| member.account).collect();
            Ok(Accounts { accounts, known: self.setup.known.clone() })
        })
    }

    fn sign_in<'a>(&'a self, name: &'a Shown) -> Pending<'a, Result<Identity, Fault>> {
        Box::pin(async move {
            let session = self.session(name).await?;
            let identity = session.identity().await?;
            let mut known = self.known();
            // Two profiles of one account: the first keeps it, until its credentials are refused.
            let kept = known.by_account.get(&identity.account);
            let replace = kept.is_none_or(|kept| kept.is_spoiled() || kept.member.account.name == *name);
            if replace {
                known.by_account.insert(identity.account, session);
            }
            Ok(identity)
        })
    }

    fn read<'a>(&'a self, scope: &'a Scope, page: Sink<'a, Vec<Snapshot>>) -> Pending<'a, Result<(), Fault>> {
        Box::pin(async move { read::read(&*self.clients(scope)?, page).await })
    }

    fn keys<'a>(
        &'a self,
        scope: &'a Scope,
        keys: Vec<KeyArn>,
        learned: Sink<'a, Vec<Key>>,
    ) -> Pending<'a, ()> {
        Box::pin(async move {
            if let Ok(clients) = self.clients(scope) {
                self.keys.describe(&clients, keys, learned).await;
            } else {
                let unknown = |arn| Key { arn, manager: None, state: None, aliases: Vec::new() };
                learned(keys.into_iter().map(unknown).collect());
            }
        })
    }

    fn share<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>> {
        Box::pin(async move { share::share(&*self.clients(scope)?, arn).await })
    }

    fn document<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>> {
        Box::pin(async move { document::document(&*self.clients(scope)?, arn).await })
    }

    fn probe<'a>(&'a self, scope: &'a Scope) -> Pending<'a, Vec<(&'static str, Result<(), Fault>)>> {
        Box::pin(async move {
            match self.clients(scope) {
                Ok(clients) => Box::pin(probe::probe(&clients)).await,
                Err(fault) => vec![(Action::DescribeDBSnapshots.name(), Err(fault))],
            }
        })
    }
}
