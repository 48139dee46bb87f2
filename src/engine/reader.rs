//! Reads everything: signs in to each account, reads each scope, then keys, then share states.
//!
//! Accounts and scopes never wait for each other; one that fails is reported and the rest go on.
//! Rows come first: keys are asked when a scope's rows are there, share states after that.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::sleep;

use super::shares::ShareQueue;
use crate::domain::{
    Access, Account, AccountId, Identity, KeyArn, Report, Round, Scope, Share, Shown, Snapshot, SnapshotArn,
    Standing, Unasked,
};
use crate::ports::{Accounts, Arrival, Cloud};

/// How many scopes are read at the same time: enough for 20 accounts, few enough for one machine's sockets.
const SCOPES_AT_ONCE: usize = 128;

/// How long a scope counts among those that are read at the same time: a region that hangs holds up no other one.
const TURN: Duration = Duration::from_secs(5);

/// How many share states of one scope are asked at the same time; the cloud's own pacing sets the rate.
const SHARES_AT_ONCE: usize = 4;

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
    gate: Semaphore,
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
}

impl Reader {
    /// Makes a reader; nothing is asked before [`Reader::refresh`].
    pub fn new(cloud: Arc<dyn Cloud>, shares: Shares, say: Say) -> Self {
        let gate = Semaphore::new(SCOPES_AT_ONCE);
        Self(Arc::new(Desk { cloud, shares, say, gate, state: Mutex::default() }))
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

    /// Asks the share states of these rows before all others.
    pub fn look(&self, rows: &[(Scope, SnapshotArn)]) {
        let mut scopes: HashMap<&Scope, Vec<SnapshotArn>> = HashMap::new();
        for (scope, arn) in rows {
            scopes.entry(scope).or_default().push(arn.clone());
        }
        for (scope, arns) in scopes {
            self.0.state().queue.hurry(scope, &arns);
            let (reader, scope) = (self.clone(), scope.clone());
            tokio::spawn(async move { reader.ask_shares(&scope).await });
        }
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

    /// Reads the rows of one scope in a task of its own, so that a later reading can give it up; then
    /// asks for what the rows leave open, which nobody gives up.
    async fn scope(&self, scope: Scope) {
        let (reader, of) = (self.clone(), scope.clone());
        let round = self.0.state().begin(&scope);
        let task = tokio::spawn(async move { reader.rows(of, round).await });
        self.0.state().under_way(&scope, round, task.abort_handle());
        // An aborted reading was given up for a later one, which reports for itself.
        let Ok(open) = task.await else { return };
        let keys = self.0.state().claim_keys(scope.account, open.keys);
        if !keys.is_empty() {
            self.0.cloud.keys(&scope, keys, &|keys| self.say(Report::Keys(keys))).await;
        }
        if self.0.shares == Shares::All {
            self.0.state().queue.push(&scope, open.shares);
            self.ask_shares(&scope).await;
        }
    }

    async fn rows(&self, scope: Scope, round: Round) -> Open {
        let turn = self.0.gate.acquire().await.expect("BUG: the gate is never closed");
        self.say(Report::Started { scope: scope.clone(), round });
        let open = Mutex::new(Open::default());
        let arrive = |arrival| match arrival {
            Arrival::Rows(rows) => {
                open.lock().unwrap_or_else(PoisonError::into_inner).note(&rows);
                self.say(Report::Page { scope: scope.clone(), round, rows });
            }
            Arrival::Throttled => self.say(Report::Throttled { scope: scope.clone(), round }),
        };
        let read = {
            let mut reading = self.0.cloud.read(&scope, &arrive);
            tokio::select! {
                read = &mut reading => read,
                // Who hears nothing sends nothing: the others need not wait for that.
                () = sleep(TURN) => {
                    drop(turn);
                    reading.await
                }
            }
        };
        if read.is_ok() {
            self.0.state().read.insert(scope.clone());
        }
        self.say(match read {
            Ok(()) => Report::Complete { scope, round },
            Err(fault) => Report::Failed { scope, round, fault },
        });
        open.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask_shares(&self, scope: &Scope) {
        let mut workers = JoinSet::new();
        while self.0.state().queue.hire(scope, SHARES_AT_ONCE) {
            let (reader, scope) = (self.clone(), scope.clone());
            workers.spawn(async move {
                loop {
                    let Some(arn) = reader.0.state().queue.take(&scope) else { break };
                    let share = reader.0.cloud.share(&scope, &arn).await;
                    let share = share.unwrap_or(Share::Unknown(Unasked::Refused));
                    reader.say(Report::Shared { account: scope.account, arn, share });
                }
            });
        }
        workers.join_all().await;
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

/// What the rows of a scope leave open.
#[derive(Default)]
struct Open {
    keys: HashSet<KeyArn>,
    shares: Vec<SnapshotArn>,
}

impl Open {
    fn note(&mut self, rows: &[Snapshot]) {
        for row in rows {
            self.keys.extend(row.encryption.key().cloned());
            if row.share == Share::Unknown(Unasked::NotYet) {
                self.shares.push(row.arn.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests;
