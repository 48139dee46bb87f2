//! AWS over its SDK: the cloud that the program reads. SDK types end here.
//!
//! - Every call waits for its turn in the budget of its account and region (`pace`), carries the
//!   name of its IAM action (`action`), is cut off after a bounded time, and fails as a
//!   [`Fault`] that says what to do (`fault`).
//! - An answer that was cut short is never taken for a short answer (`guard`).
//! - One HTTP client for everything, in which pages have connections of their own (`timed`); one configuration and
//!   identity cache for an account (`session`); the credentials that assume roles are fetched once (`wallet`).
//! - No credential is logged or told.

mod action;
mod ahead;
mod ask;
mod badge;
mod call;
mod clients;
mod document;
mod fault;
mod gate;
mod grants;
mod guard;
mod json;
mod keys;
mod link;
mod listing;
mod members;
mod mfa;
mod pace;
mod pages;
mod probe;
mod process;
mod profiles;
mod read;
mod regions;
mod row;
#[cfg(test)]
mod script;
mod send;
mod session;
mod share;
mod timed;
#[cfg(test)]
mod trial;
mod wallet;
mod words;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use self::action::Action;
use self::badge::Signing;
use self::clients::{Clients, Commons};
use self::fault::Site;
use self::keys::KeyRing;
pub use self::link::{BadBundle, Link, Roots, Wire};
use self::pace::Pace;
use self::profiles::Profiles;
use self::session::{Means, Session, Where};
use self::wallet::Wallet;
use crate::domain::{
    AccountId, AccountSource, Answer, Code, Device, Fault, FaultClass, Identity, Key, KeyArn, Question,
    Remedy, Scope, Setup, Share, Shown, SnapshotArn,
};
use crate::plan::{Order, Receipt};
use crate::ports::{Accounts, Arrival, AskCode, Cloud, Pending, Sink};

/// How long the AWS config files count as read.
const FRESH: Duration = Duration::from_secs(1);

/// How often somebody is asked for a code before signing in has failed.
const TRIES: usize = 3;

/// AWS, reached over its SDK.
pub struct Aws {
    setup: Setup,
    http: SharedHttpClient,
    wallet: Wallet,
    commons: Arc<Commons>,
    keys: KeyRing,
    profiles: tokio::sync::Mutex<Option<(Instant, Arc<Profiles>)>>,
    known: Mutex<Known>,
    /// Who is asked for codes; one at a time.
    ask: Option<AskCode>,
    asking: tokio::sync::Mutex<()>,
}

/// What was learned by signing in.
#[derive(Default)]
struct Known {
    sessions: HashMap<Shown, Arc<Session>>,
    by_account: HashMap<AccountId, Arc<Session>>,
    /// Kept when a session is not: AWS counts calls, not sessions.
    paces: HashMap<Scope, Arc<Pace>>,
}

impl Aws {
    /// Takes the setup and the link; nothing is read and nobody is asked yet.
    pub fn new(setup: Setup, link: Link) -> Self {
        Self::with_files(setup, link, EnvConfigFiles::default())
    }

    /// The same, with the profiles of this AWS config file and of no other.
    pub fn with_config(setup: Setup, link: Link, config: &Path) -> Self {
        let files = EnvConfigFiles::builder().with_file(EnvConfigFileKind::Config, config).build();
        Self::with_files(setup, link, files)
    }

    fn with_files(setup: Setup, link: Link, files: EnvConfigFiles) -> Self {
        let http = link.http_client();
        let fixed = match link {
            Link::Network(_) => None,
            Link::InProcess { access_key_id, .. } => Some(access_key_id),
        };
        Self {
            setup,
            http,
            wallet: Wallet::new(fixed, files),
            commons: Arc::default(),
            keys: KeyRing::default(),
            profiles: tokio::sync::Mutex::default(),
            known: Mutex::default(),
            ask: None,
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// The same, but whoever can be asked for the code of an MFA device is asked while an account is signed in to.
    #[must_use]
    pub fn asking(mut self, ask: Option<AskCode>) -> Self {
        self.ask = ask;
        self
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the profiles off the caller's thread, where they can matter.
    async fn profiles(&self) -> Result<Arc<Profiles>, Fault> {
        if self.wallet.fixed.is_some() {
            return Ok(Arc::new(Profiles::none()));
        }
        // Hundreds of accounts that are signed in to together read the files once.
        let mut read_last = self.profiles.lock().await;
        if let Some((_, profiles)) = read_last.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
            return Ok(Arc::clone(profiles));
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
            Ok(Ok(profiles)) => {
                let profiles = Arc::new(profiles);
                *read_last = Some((Instant::now(), Arc::clone(&profiles)));
                Ok(profiles)
            }
            Ok(Err(error)) => Err(bad(fault::causes(&error))),
            Err(stopped) => Err(bad(stopped.to_string())),
        }
    }

    /// The session of an account: the one that there is, or a new one when its credentials were refused; always a new
    /// one elsewhere.
    async fn session(&self, name: &Shown, at: Where) -> Result<Arc<Session>, Fault> {
        let old = self.known().sessions.get(name).cloned();
        let is_good = |session: &&Arc<Session>| at == Where::Home && !session.badge.is_refused();
        if let Some(session) = old.as_ref().filter(is_good) {
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
        if let Some(old) = old {
            self.wallet.forget(&member.entry, &profiles, old.badge.refused_at());
        }
        let endpoint = self.setup.endpoint.as_deref();
        let means = Means { wallet: &self.wallet, http: &self.http, endpoint, profiles: &profiles };
        let session = Arc::new(Session::open(member, &means, at).await);
        if at == Where::Home {
            self.known().sessions.insert(name.clone(), Arc::clone(&session));
        }
        Ok(session)
    }

    /// Signs in to the account of a name with what there is.
    async fn enter(&self, name: &Shown) -> Result<Identity, Fault> {
        let session = self.session(name, Where::Home).await?;
        let (session, identity) = match session.identity().await {
            Ok(identity) => (session, identity),
            // One region of STS may hang while the others are well.
            Err(fault) if fault.class == FaultClass::Unreachable && self.setup.endpoint.is_none() => {
                let other = self.session(name, Where::Elsewhere).await?;
                let identity = other.identity().await.map_err(|_| fault)?;
                self.known().sessions.insert(name.clone(), Arc::clone(&other));
                (other, identity)
            }
            Err(fault) => return Err(fault),
        };
        let mut known = self.known();
        // Two profiles of one account: the first keeps it, until its credentials are refused.
        let kept = known.by_account.get(&identity.account);
        let replace = kept.is_none_or(|kept| kept.badge.is_refused() || kept.member.account.name == *name);
        if replace {
            known.by_account.insert(identity.account, session);
        }
        Ok(identity)
    }

    /// The clients of a scope; its account must have signed in.
    fn clients(&self, scope: &Scope) -> Result<Clients, Fault> {
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
        let pace = Arc::clone(known.paces.entry(scope.clone()).or_insert_with(|| Arc::new(Pace::new())));
        Ok(Clients::new(scope.clone(), session, pace, Arc::clone(&self.commons)))
    }
}

impl Cloud for Aws {
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>> {
        Box::pin(async move {
            let profiles = match (&self.setup.accounts, self.profiles().await) {
                (_, Ok(profiles)) => profiles,
                // The settings name their accounts themselves; signing in to a profile will tell.
                (AccountSource::Listed(_), Err(_)) => Arc::new(Profiles::none()),
                (_, Err(fault)) => return Err(fault),
            };
            let members = members::members(&self.setup, &profiles);
            let accounts = members.into_iter().map(|member| member.account).collect();
            Ok(Accounts { accounts, known: self.setup.known.clone() })
        })
    }

    fn take_code<'a>(&'a self, device: &'a Device, code: Code) -> Pending<'a, ()> {
        self.wallet.purse(device).take_code(code);
        Box::pin(std::future::ready(()))
    }

    fn sign_in<'a>(&'a self, name: &'a Shown) -> Pending<'a, Result<Identity, Fault>> {
        Box::pin(async move {
            let wants_code = |fault: &Fault| matches!(fault.remedy.as_deref(), Some(Remedy::Code(_)));
            let mut entered = self.enter(name).await;
            let Some(ask) = self.ask.as_ref().filter(|_| entered.as_ref().is_err_and(wants_code)) else {
                return entered;
            };
            let _one = self.asking.lock().await;
            // Whoever was asked meanwhile may have opened this door too.
            entered = self.enter(name).await;
            for _ in 0..TRIES {
                let Err(Fault { remedy, message, .. }) = &entered else { break };
                let Some(Remedy::Code(device)) = remedy.as_deref() else { break };
                let Some(code) = ask(device.clone(), message.clone()).await else { break };
                self.wallet.purse(device).take_code(code);
                entered = self.enter(name).await;
            }
            entered
        })
    }

    fn read<'a>(&'a self, scope: &'a Scope, arrive: Sink<'a, Arrival>) -> Pending<'a, Result<(), Fault>> {
        Box::pin(async move {
            let clients = self.clients(scope)?;
            Box::pin(read::read(&clients, arrive)).await
        })
    }

    fn keys<'a>(
        &'a self,
        scope: &'a Scope,
        keys: Vec<KeyArn>,
        learned: Sink<'a, Vec<Key>>,
    ) -> Pending<'a, ()> {
        Box::pin(async move {
            if let Ok(clients) = self.clients(scope) {
                Box::pin(self.keys.describe(&clients, keys, learned)).await;
            } else {
                let unknown = |arn| Key { arn, manager: None, state: None, aliases: Vec::new() };
                learned(keys.into_iter().map(unknown).collect());
            }
        })
    }

    fn share<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>> {
        Box::pin(async move { share::share(&self.clients(scope)?, arn).await })
    }

    fn document<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>> {
        Box::pin(async move { document::document(&self.clients(scope)?, arn).await })
    }

    fn probe<'a>(&'a self, scope: &'a Scope) -> Pending<'a, Vec<(&'static str, Result<(), Fault>)>> {
        Box::pin(async move {
            match self.clients(scope) {
                Ok(clients) => Box::pin(probe::probe(&clients)).await,
                Err(fault) => vec![(Action::DescribeDBSnapshots.name(), Err(fault))],
            }
        })
    }

    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        Box::pin(
            async move { Box::pin(ask::ask(&self.clients(question.scope())?, &self.keys, question)).await },
        )
    }

    fn send<'a>(&'a self, order: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(async move { Box::pin(send::send(&self.clients(&order.call().scope)?, order)).await })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::script::{ACCOUNT, Answer, Ask, cloud, instance, plain, read, scope, signed_in};
    use super::*;
    use crate::domain::{Access, Account, ListedAccount, Login, Region, RegionChoice, Standing};

    fn listed(name: &str, account: &str) -> ListedAccount {
        ListedAccount {
            account: Account {
                name: name.into(),
                id: None,
                access: Access::ReadOnly,
                standing: Standing::Production,
                tint: None,
            },
            login: Login::Role {
                arn: format!("arn:aws:iam::{account}:role/ro"),
                source_profile: None,
                external_id: Some("secret handshake".into()),
            },
            regions: Some(RegionChoice::Named(vec![Region::new("eu-west-1")])),
        }
    }

    /// STS as it answers those who assume roles: the access key id tells the account.
    fn roles(ask: &Ask) -> Option<Answer> {
        let account = ask.get("RoleArn").split(':').nth(4).unwrap_or_default();
        match ask.operation.as_str() {
            "AssumeRole" if account == "333333333333" => Some(Answer::error(
                "AccessDenied",
                "User: arn:aws:iam::111111111111:user/dba is not authorized to perform: sts:AssumeRole \
                 on resource: arn:aws:iam::333333333333:role/ro",
            )),
            "AssumeRole" => Some(Answer::xml(
                "AssumeRole",
                &format!(
                    "<Credentials><AccessKeyId>ASIA{account}0000</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
                     <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
                ),
            )),
            "GetCallerIdentity" => {
                let account = ask.access_key_id.get(4..16).unwrap_or_default();
                let arn = format!("arn:aws:sts::{account}:assumed-role/ro/snapdeck");
                Some(Answer::xml(
                    "GetCallerIdentity",
                    &format!("<Arn>{arn}</Arn><Account>{account}</Account>"),
                ))
            }
            _ => None,
        }
    }

    #[tokio::test]
    async fn the_default_account_signs_in_and_reads_the_regions_without_opt_in() {
        let (aws, log) = cloud(plain(), |_| None);
        let accounts = aws.accounts().await.expect("accounts").accounts;
        assert_eq!(accounts[0].name.exact(), "default");
        assert!(log.lock().expect("a log").is_empty(), "nobody is asked before somebody signs in");
        let identity = aws.sign_in(&accounts[0].name).await.expect("an identity");
        assert_eq!((identity.account.to_string().as_str(), identity.regions.len()), (ACCOUNT, 17));
        assert_eq!(identity.short_caller(), "dba");
        assert_eq!(log.lock().expect("a log")[0].region, "us-east-1");
    }

    #[tokio::test]
    async fn one_account_that_fails_stops_no_other_one() {
        let accounts = vec![listed("prod", "222222222222"), listed("audit", "333333333333")];
        let (aws, log) = cloud(Setup { accounts: AccountSource::Listed(accounts), ..plain() }, roles);
        let identity = aws.sign_in(&"prod".into()).await.expect("an identity");
        assert_eq!(identity.account.to_string(), "222222222222");
        assert_eq!(identity.regions, [Region::new("eu-west-1")]);
        let fault = aws.sign_in(&"audit".into()).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::AccessDenied);
        assert_eq!(fault.code.as_ref().map(Shown::exact), Some("AccessDenied"));
        assert_eq!(fault.action.as_ref().map(Shown::exact), Some("sts:AssumeRole"));
        assert!(fault.hint.exact().contains("arn:aws:iam::333333333333:role/ro"), "{}", fault.hint);
        let log = log.lock().expect("a log");
        let assumed: Vec<&Ask> = log.iter().filter(|ask| ask.operation == "AssumeRole").collect();
        assert!(assumed.iter().all(|ask| ask.get("ExternalId") == "secret handshake"));
        assert!(assumed.iter().all(|ask| ask.get("RoleSessionName") == "snapdeck"));
    }

    #[tokio::test]
    async fn a_role_is_assumed_once_for_all_regions() {
        let accounts = AccountSource::Listed(vec![listed("prod", "222222222222")]);
        let (aws, log) = cloud(Setup { accounts, ..plain() }, roles);
        let account = aws.sign_in(&"prod".into()).await.expect("an identity").account;
        for region in ["us-east-1", "eu-west-1", "eu-north-1"] {
            let scope = Scope { account, region: Region::new(region) };
            aws.read(&scope, &|_| ()).await.expect("a reading");
        }
        let log = log.lock().expect("a log");
        assert_eq!(log.iter().filter(|ask| ask.operation == "AssumeRole").count(), 1);
        let reads = log.iter().filter(|ask| ask.operation.starts_with("Describe"));
        assert!(reads.into_iter().all(|ask| ask.access_key_id == "ASIA2222222222220000"));
    }

    #[tokio::test(start_paused = true)]
    async fn where_one_region_of_sts_hangs_another_one_signs_in() {
        let regions = RegionChoice::Named(["us-east-1", "eu-west-1"].map(Region::new).to_vec());
        let one = ListedAccount { regions: Some(regions), ..listed("prod", "222222222222") };
        let (aws, log) = cloud(Setup { accounts: AccountSource::Listed(vec![one]), ..plain() }, |ask| {
            let answer = roles(ask)?;
            let hangs = ask.region == "us-east-1";
            Some(if hangs { answer.after(std::time::Duration::from_hours(1)) } else { answer })
        });
        let begun = tokio::time::Instant::now();
        let identity = aws.sign_in(&"prod".into()).await.expect("an identity");
        assert!(begun.elapsed() < std::time::Duration::from_secs(15), "{:?}", begun.elapsed());
        assert_eq!(identity.account.to_string(), "222222222222");
        assert_eq!(log.lock().expect("a log").last().expect("a call").region, "eu-west-1");
        let again = tokio::time::Instant::now();
        aws.sign_in(&"prod".into()).await.expect("an identity");
        assert!(
            again.elapsed() < std::time::Duration::from_secs(1),
            "where it is signed in to is remembered"
        );
    }

    #[tokio::test]
    async fn after_expired_credentials_the_next_sign_in_gets_new_ones() {
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        let accounts = AccountSource::Listed(vec![listed("prod", "222222222222")]);
        let (aws, log) = cloud(Setup { accounts, ..plain() }, move |ask| {
            let first = ask.operation == "DescribeDBSnapshots" && counted.fetch_add(1, Ordering::SeqCst) == 0;
            if first {
                return Some(Answer::error(
                    "ExpiredToken",
                    "The security token included in the request is expired",
                ));
            }
            roles(ask)
        });
        let account = aws.sign_in(&"prod".into()).await.expect("an identity").account;
        let scope = Scope { account, region: Region::new("eu-west-1") };
        let fault = aws.read(&scope, &|_| ()).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::ExpiredCredentials);
        aws.sign_in(&"prod".into()).await.expect("an identity");
        aws.sign_in(&"prod".into()).await.expect("an identity");
        aws.read(&scope, &|_| ()).await.expect("a reading");
        let assumed = log.lock().expect("a log").iter().filter(|ask| ask.operation == "AssumeRole").count();
        assert_eq!(assumed, 2, "one before and one after, and no third");
    }

    #[tokio::test]
    async fn a_region_that_is_not_enabled_is_told_from_bad_credentials() {
        let (aws, _) = signed_in(|ask| {
            let refused = Answer::error(
                "InvalidClientTokenId",
                "The security token included in the request is invalid",
            );
            ask.operation.starts_with("Describe").then_some(refused)
        })
        .await;
        let fault = read(&aws, "ap-east-1").await.0.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::RegionDisabled);
        assert_eq!(fault.hint.exact(), "Enable ap-east-1 in account 111111111111, or leave the region out.");
        let fault = read(&aws, "eu-west-1").await.0.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::NoCredentials);
    }

    #[tokio::test]
    async fn nothing_is_read_of_an_account_that_nobody_signed_in_to() {
        let (aws, log) = cloud(plain(), |_| None);
        let fault = aws.read(&scope("us-east-1"), &|_| ()).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::NoCredentials);
        let fault = aws.sign_in(&"nobody".into()).await.expect_err("a fault");
        assert!(fault.message.exact().contains("nobody"), "{fault}");
        assert!(log.lock().expect("a log").is_empty());
    }

    #[tokio::test]
    async fn no_secret_reaches_a_fault() {
        let (aws, _) = signed_in(|ask| {
            ask.is_own_instances().then(|| Answer::error("AccessDenied", "key AKIA111111111111 may not"))
        })
        .await;
        let fault = read(&aws, "us-east-1").await.0.expect_err("a fault");
        assert!(!format!("{fault:?}").contains("AKIA"), "{fault:?}");
    }

    #[tokio::test]
    async fn what_is_called_is_what_the_policy_allows() {
        let key = "arn:aws:kms:us-east-1:111111111111:key/k1";
        let encrypted = instance("orders").replace(
            "<Encrypted>false</Encrypted>",
            &format!("<Encrypted>true</Encrypted><KmsKeyId>{key}</KmsKeyId>"),
        );
        let (aws, log) = signed_in(move |ask| match ask.operation.as_str() {
            "DescribeDBSnapshots" => {
                Some(Answer::xml("DescribeDBSnapshots", &format!("<DBSnapshots>{encrypted}</DBSnapshots>")))
            }
            "DescribeDBClusterSnapshots" => Some(Answer::xml(
                "DescribeDBClusterSnapshots",
                "<DBClusterSnapshots><DBClusterSnapshot><DBClusterSnapshotIdentifier>c</DBClusterSnapshotIdentifier>\
                 <Engine>aurora-mysql</Engine></DBClusterSnapshot></DBClusterSnapshots>",
            )),
            "DescribeDBSnapshotAttributes" => Some(Answer::xml(
                "DescribeDBSnapshotAttributes",
                "<DBSnapshotAttributesResult><DBSnapshotAttributes><DBSnapshotAttribute><AttributeName>restore</AttributeName>\
                 <AttributeValues><AttributeValue>222222222222</AttributeValue><AttributeValue>all</AttributeValue></AttributeValues>\
                 </DBSnapshotAttribute></DBSnapshotAttributes></DBSnapshotAttributesResult>",
            )),
            "DescribeKey" => Some(Answer::body(r#"{"KeyMetadata": {"KeyId": "k1", "KeyManager": "CUSTOMER"}}"#)),
            _ => None,
        })
        .await;
        let scope = scope("us-east-1");
        let tried = aws.probe(&scope).await;
        let actions: Vec<&str> = tried.iter().map(|(action, _)| *action).collect();
        assert_eq!(actions, Action::LISTING.map(Action::name));
        let arn = |kind: &str, name: &str| -> SnapshotArn {
            format!("arn:aws:rds:us-east-1:{ACCOUNT}:{kind}:{name}").parse().expect("an ARN")
        };
        let share = aws.share(&scope, &arn("snapshot", "orders")).await.expect("a share");
        assert_eq!((share.name(), share.accounts().len()), ("public", 1));
        // An answer without the attributes is not "private".
        let fault = aws.share(&scope, &arn("cluster-snapshot", "c")).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::InvalidResponse);
        aws.read(&scope, &|_| ()).await.expect("a reading");
        aws.keys(&scope, vec![key.parse().expect("an ARN")], &|_| ()).await;
        let json = aws.document(&scope, &arn("snapshot", "orders")).await.expect("a document");
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&json["DBSnapshotIdentifier"], &json["Encrypted"]), (&"orders".into(), &true.into()));

        let log = log.lock().expect("a log");
        let called: BTreeSet<&str> = log.iter().map(|ask| ask.operation.as_str()).collect();
        let allowed: BTreeSet<&str> =
            Action::LISTING.iter().filter_map(|action| action.name().split(':').nth(1)).collect();
        assert_eq!(called, allowed);
    }
}
