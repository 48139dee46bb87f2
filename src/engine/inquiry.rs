//! Gathers what the rules must know to judge drafts: each fact once, all that are open at the same time.
//!
//! An account whose id the settings know is signed in to when it is first asked; only the others are signed in to
//! at once, since nobody knows yet which accounts they are. An account that cannot be signed in to answers every
//! question with why.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::OnceCell;
use tokio::task::JoinSet;

use crate::domain::{Account, AccountId, Answer, Draft, Facts, Fault, Identity, Question, Shown};
use crate::ports::{Accounts, Cloud};
use crate::rules::{Other, Review, Way, others, review, way};

/// What time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Asks for facts and keeps them.
pub struct Inquiry {
    cloud: Arc<dyn Cloud>,
    clock: Clock,
    doors: Arc<Doors>,
    facts: Facts,
    accounts: Vec<(AccountId, Account)>,
    locked_out: Vec<(Account, Fault)>,
}

/// Who has to be signed in to before an account is asked.
#[derive(Default)]
struct Doors(HashMap<AccountId, (Shown, OnceCell<Result<Identity, Fault>>)>);

impl Inquiry {
    /// Learns which accounts there are; fails when they cannot even be listed.
    pub async fn open(cloud: Arc<dyn Cloud>, clock: Clock) -> Result<Self, Fault> {
        let Accounts { accounts, known } = cloud.accounts().await?;
        let mut signing_in = JoinSet::new();
        for (n, account) in accounts.iter().enumerate() {
            if account.id.is_none() {
                let (cloud, name) = (Arc::clone(&cloud), account.name.clone());
                signing_in.spawn(async move { (n, cloud.sign_in(&name).await) });
            }
        }
        let mut answers: HashMap<usize, Result<Identity, Fault>> =
            signing_in.join_all().await.into_iter().collect();
        let (mut ours, mut doors, mut locked_out) = (Vec::new(), Doors::default(), Vec::new());
        for (n, account) in accounts.into_iter().enumerate() {
            let signed_in = answers.remove(&n);
            let id = match (&signed_in, account.id) {
                (Some(Ok(identity)), _) => identity.account,
                (Some(Err(fault)), _) => {
                    locked_out.push((account, fault.clone()));
                    continue;
                }
                (None, Some(id)) => id,
                (None, None) => continue,
            };
            // Two names of one account: the first keeps it.
            if let Entry::Vacant(door) = doors.0.entry(id) {
                door.insert((account.name.clone(), OnceCell::new_with(signed_in)));
                ours.push((id, account));
            }
        }
        let facts = Facts::new(ours.iter().cloned(), known);
        Ok(Self { cloud, clock, doors: Arc::new(doors), facts, accounts: ours, locked_out })
    }

    /// The accounts that are ours, in the order of the settings.
    pub fn accounts(&self) -> &[(AccountId, Account)] {
        &self.accounts
    }

    /// The accounts that could not be signed in to, and whose ids nobody knows therefore.
    pub fn locked_out(&self) -> &[(Account, Fault)] {
        &self.locked_out
    }

    /// What is known so far.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Who we are in an account of ours, and which regions are read there.
    pub async fn identity(&self, account: AccountId) -> Result<Identity, Fault> {
        self.doors.enter(&*self.cloud, account).await
    }

    /// Who we are in every account of ours, signed in to at the same time; in the order of the settings.
    pub async fn identities(&self) -> Vec<(AccountId, Result<Identity, Fault>)> {
        let mut entering = JoinSet::new();
        for (n, (account, _)) in self.accounts.iter().enumerate() {
            let (cloud, doors, account) = (Arc::clone(&self.cloud), Arc::clone(&self.doors), *account);
            entering.spawn(async move { (n, account, doors.enter(&*cloud, account).await) });
        }
        let mut entered = entering.join_all().await;
        entered.sort_by_key(|(n, ..)| *n);
        entered.into_iter().map(|(_, account, identity)| (account, identity)).collect()
    }

    /// Judges a draft; asks for what the rules need to know until nothing is left open.
    pub async fn judge(&mut self, draft: &Draft) -> Review {
        loop {
            let review = review(draft, &self.facts);
            if review.questions.is_empty() {
                return review;
            }
            self.learn(review.questions.clone()).await;
        }
    }

    /// Finds the way from a draft to one that can be carried out; asks for what the rules need to know along it.
    pub async fn find_way(&mut self, draft: &Draft) -> Way {
        loop {
            let way = way(draft, &self.facts);
            if way.review.questions.is_empty() {
                return way;
            }
            self.learn(way.review.questions.clone()).await;
        }
    }

    /// The other ways to the goal of a draft, as far as what can be learned tells.
    pub async fn find_others(&mut self, draft: &Draft) -> Vec<Other> {
        loop {
            let others = others(draft, &self.facts);
            let open: BTreeSet<_> = others.iter().flat_map(|other| &other.questions).cloned().collect();
            if open.is_empty() {
                return others;
            }
            self.learn(open.into_iter().collect()).await;
        }
    }

    /// Asks all of these at the same time; each is known or failed afterwards.
    pub async fn learn(&mut self, questions: Vec<Question>) {
        let mut asking = JoinSet::new();
        for question in questions {
            let (cloud, doors) = (Arc::clone(&self.cloud), Arc::clone(&self.doors));
            asking.spawn(async move {
                let answer = ask(&*cloud, &doors, &question).await;
                (question, answer)
            });
        }
        for (question, answer) in asking.join_all().await {
            self.facts.learn(question, answer, (self.clock)());
        }
    }
}

async fn ask(cloud: &dyn Cloud, doors: &Doors, question: &Question) -> Result<Answer, Fault> {
    doors.enter(cloud, question.scope().account).await?;
    cloud.ask(question).await
}

impl Doors {
    async fn enter(&self, cloud: &dyn Cloud, account: AccountId) -> Result<Identity, Fault> {
        let (name, door) = self.0.get(&account).expect("BUG: only accounts of ours are asked");
        door.get_or_init(|| cloud.sign_in(name)).await.clone()
    }
}

#[cfg(test)]
mod tests;
