//! Reads everything: signs in to each account, reads each scope, its keys, and then share states.
//!
//! Accounts and scopes never wait for each other; one that fails is reported and the rest go on.
//! Rows come first: a key is asked about when a row names it; share states when the rows of all scopes are there, but for
//! those that somebody looks at.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::sleep;

use super::shares::{Haste, ShareQueue};
use super::turns::{Heard, Turns};
use crate::domain::{
    Access, Account, AccountId, Identity, KeyArn, Report, Round, Scope, Share, Shown, SnapshotArn, Standing,
    Unasked,
};
use crate::ports::{Accounts, Arrival, Cloud};

/// How many share states of one scope are asked at the same time; the cloud's own pacing sets the rate.
const SHARES_AT_ONCE: usize = 4;

/// How many that nobody looks at are asked at the same time in all scopes: each costs more work than waiting.
const UNSEEN_AT_ONCE: usize = 32;

/// How long somebody looks at rows before their share states are asked.
const GLANCE: Duration = Duration::from_millis(250);

/// Takes in reports; it is called from many tasks and must not block.
pub type Say = Arc<dyn Fn(Report) + Send + Sync>;

/// Which share states are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// None: each costs a call.
    Never,
    /// Every one, after the rows of its scope.
    All,
}

/// What is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every account and scope.
    Everything,
    /// One scope.
    Scope(Scope),
    /// One account by name, signing in anew.
    Account(Shown),
    /// What of an account has not been read to its end, signing in anew.
    Rest(Shown),
}

/// Which scopes of an account are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    /// Those whose last reading did not come to its end.
    Unread,
}

/// Reads everything once and returns when it is settled.
pub async fn survey(cloud: Arc<dyn Cloud>, shares: Shares, say: Say) {
    Reader::new(cloud, shares, say).open().await;
}

/// Reads, and reads again when it is asked to.
#[derive(Clone)]
pub struct Reader(Arc<Desk>);

struct Desk {
    cloud: Arc<dyn Cloud>,
    shares: Shares,
    say: Say,
    turns: Turns,
    unseen: Semaphore,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    names: Vec<Shown>,
    claimed: HashMap<AccountId, Shown>,
    rounds: HashMap<Scope, (Round, Option<AbortHandle>)>,
    /// The scopes whose last reading came to its end.
    read: HashSet<Scope>,
    keys: HashSet<(AccountId, KeyArn)>,
    queue: ShareQueue,
    /// How often somebody looked at other rows.
    looks: u64,
}

impl Reader {
    /// Makes a reader; nothing is asked before [`Reader::refresh`].
    pub fn new(cloud: Arc<dyn Cloud>, shares: Shares, say: Say) -> Self {
        let (turns, unseen) = (Turns::default(), Semaphore::new(UNSEEN_AT_ONCE));
        Self(Arc::new(Desk { cloud, shares, say, turns, unseen, state: Mutex::default() }))
    }

    /// Starts reading; what is under way for the same scopes is given up.
    pub fn refresh(&self, which: Which) {
        let reader = self.clone();
        match which {
            Which::Everything => tokio::spawn(async move { reader.open().await }),
            Which::Account(name) => tokio::spawn(async move { reader.account(name, Part::All).await }),
            Which::Rest(name) => tokio::spawn(async move { reader.account(name, Part::Unread).await }),
            Which::Scope(scope) => tokio::spawn(async move {
                reader.0.state().queue.forget(&scope);
                reader.scope(scope).await;
            }),
        };
    }

    /// Asks the share states of these rows before all others, if somebody looks at them for a while: rows that pass by
    /// while a fleet is read, or under a key that is held down, are a call each.
    pub fn look(&self, rows: &[(Scope, SnapshotArn)]) {
        let mut scopes: HashMap<Scope, Vec<SnapshotArn>> = HashMap::new();
        for (scope, arn) in rows {
            scopes.entry(scope.clone()).or_default().push(arn.clone());
        }
        let look = {
            let mut state = self.0.state();
            state.looks += 1;
            state.looks
        };
        let reader = self.clone();
        tokio::spawn(async move {
            sleep(GLANCE).await;
            if reader.0.state().looks != look {
                return;
            }
            for (scope, arns) in scopes {
                reader.0.state().queue.hurry(&scope, &arns);
                let reader = reader.clone();
                tokio::spawn(async move { reader.ask_shares(&scope, Haste::Seen).await });
            }
        });
    }

    async fn open(&self) {
        let Accounts { accounts, known } = match self.0.cloud.accounts().await {
            Ok(accounts) => accounts,
            Err(fault) => {
                let account = Account {
                    name: "AWS configuration".into(),
                    id: None,
                    access: Access::ReadOnly,
                    standing: Standing::Ordinary,
                    tint: None,
                };
                let name = account.name.clone();
                self.say(Report::Accounts { accounts: vec![account], known: vec![] });
                self.say(Report::SignInFailed { name, fault });
                return;
            }
        };
        let names: Vec<Shown> = accounts.iter().map(|account| account.name.clone()).collect();
        // A second opening keeps what is on the screen: the list is told again only when it is another.
        let same = std::mem::replace(&mut self.0.state().names, names.clone()) == names;
        if !same {
            self.say(Report::Accounts { accounts, known });
        }
        let mut tasks = JoinSet::new();
        for name in names {
            let reader = self.clone();
            tasks.spawn(async move { reader.account(name, Part::All).await });
        }
        tasks.join_all().await;
    }

    async fn account(&self, name: Shown, part: Part) {
        match self.0.cloud.sign_in(&name).await {
            Err(fault) => self.say(Report::SignInFailed { name, fault }),
            Ok(identity) => {
                let id = identity.account;
                let owner = self.0.state().claimed.entry(id).or_insert_with(|| name.clone()).clone();
                if owner == name {
                    self.scopes(identity, part).await;
                } else {
                    self.say(Report::SameAccount { name, id });
                }
            }
        }
    }

    async fn scopes(&self, identity: Identity, part: Part) {
        let account = identity.account;
        let all = identity.regions.iter().map(|region| Scope { account, region: region.clone() });
        let scopes: Vec<_> =
            all.filter(|scope| part == Part::All || !self.0.state().read.contains(scope)).collect();
        self.say(Report::SignedIn(identity));
        let mut tasks = JoinSet::new();
        for scope in scopes {
            let reader = self.clone();
            tasks.spawn(async move {
                reader.0.state().queue.forget(&scope);
                reader.scope(scope).await;
            });
        }
        tasks.join_all().await;
    }

    /// Reads the rows of one scope in a task of its own, so that a later reading can give it up; and asks for what the
    /// rows leave open, which nobody gives up: about keys as soon as a row names one.
    async fn scope(&self, scope: Scope) {
        let (reader, of) = (self.clone(), scope.clone());
        let (named, keys) = unbounded_channel();
        let round = self.0.state().begin(&scope);
        let task = tokio::spawn(async move {
            let heard = Heard::default();
            reader.0.turns.in_turn(&heard, reader.rows(of, round, &heard, named)).await
        });
        self.0.state().under_way(&scope, round, task.abort_handle());
        let (shares, ()) = tokio::join!(task, self.ask_keys(&scope, keys));
        // An aborted reading was given up for a later one, which reports for itself.
        let Ok(shares) = shares else { return };
        if self.0.shares == Shares::All {
            self.0.state().queue.push(&scope, shares);
            self.ask_shares(&scope, Haste::Unseen).await;
        }
    }

    /// Reads rows, and passes their keys on; gives those back whose share state is not known.
    async fn rows(
        &self,
        scope: Scope,
        round: Round,
        heard: &Heard,
        named: UnboundedSender<HashSet<KeyArn>>,
    ) -> Vec<SnapshotArn> {
        self.say(Report::Started { scope: scope.clone(), round });
        let shares = Mutex::new(Vec::new());
        let arrive = |arrival| match arrival {
            Arrival::Rows(rows) => {
                heard.note();
                let unknown = rows.iter().filter(|row| row.share == Share::Unknown(Unasked::NotYet));
                let mut shares = shares.lock().unwrap_or_else(PoisonError::into_inner);
                shares.extend(unknown.map(|row| row.arn.clone()));
                drop(shares);
                // Whoever asks about keys is there until this one is gone.
                let _ = named.send(rows.iter().filter_map(|row| row.encryption.key().cloned()).collect());
                self.say(Report::Page { scope: scope.clone(), round, rows });
            }
            Arrival::Throttled => self.say(Report::Throttled { scope: scope.clone(), round }),
        };
        let read = self.0.cloud.read(&scope, &arrive).await;
        if read.is_ok() {
            self.0.state().read.insert(scope.clone());
        }
        self.say(match read {
            Ok(()) => Report::Complete { scope, round },
            Err(fault) => Report::Failed { scope, round, fault },
        });
        shares.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks about the keys that rows of a scope name, until there are no more rows.
    async fn ask_keys(&self, scope: &Scope, mut named: UnboundedReceiver<HashSet<KeyArn>>) {
        while let Some(mut keys) = named.recv().await {
            while let Ok(more) = named.try_recv() {
                keys.extend(more);
            }
            let keys = self.0.state().claim_keys(scope.account, keys);
            if !keys.is_empty() {
                self.0.cloud.keys(scope, keys, &|keys| self.say(Report::Keys(keys))).await;
            }
        }
    }

    async fn ask_shares(&self, scope: &Scope, haste: Haste) {
        let mut workers = JoinSet::new();
        while self.0.state().queue.hire(scope, haste, SHARES_AT_ONCE) {
            let (reader, scope) = (self.clone(), scope.clone());
            workers.spawn(async move { while reader.ask_share(&scope, haste).await {} });
        }
        workers.join_all().await;
    }

    /// Asks the next share state, if there is one.
    async fn ask_share(&self, scope: &Scope, haste: Haste) -> bool {
        let _permit = match haste {
            Haste::Seen => None,
            Haste::Unseen => {
                self.0.turns.quiet().await;
                Some(self.0.unseen.acquire().await.expect("BUG: the semaphore is never closed"))
            }
        };
        // Chosen only now, so that somebody who looks meanwhile gets an answer first.
        let Some(arn) = self.0.state().queue.take(scope, haste) else { return false };
        let share = self.0.cloud.share(scope, &arn).await;
        let share = share.unwrap_or(Share::Unknown(Unasked::Refused));
        self.say(Report::Shared { account: scope.account, arn, share });
        true
    }

    fn say(&self, report: Report) {
        (self.0.say)(report);
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves plain collections behind, never half a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Starts the next reading of a scope and gives up the one under way.
    fn begin(&mut self, scope: &Scope) -> Round {
        let (round, running) = self.rounds.entry(scope.clone()).or_default();
        if let Some(task) = running.take() {
            task.abort();
        }
        *round = round.next();
        self.read.remove(scope);
        *round
    }

    fn under_way(&mut self, scope: &Scope, round: Round, task: AbortHandle) {
        match self.rounds.get_mut(scope) {
            Some((newest, running)) if *newest == round => *running = Some(task),
            _ => task.abort(),
        }
    }

    /// The keys among these that the account has not asked for yet; they count as asked from now on.
    fn claim_keys(&mut self, account: AccountId, keys: HashSet<KeyArn>) -> Vec<KeyArn> {
        keys.into_iter().filter(|key| self.keys.insert((account, key.clone()))).collect()
    }
}

#[cfg(test)]
mod tests;
