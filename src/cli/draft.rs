//! From a goal to a draft: which snapshot is meant, and which account of ours looks at it.
//!
//! A name is looked for among the snapshots of one's own, both kinds, in every account and region that was chosen.
//! It must be found once; and that it is nowhere is said only when every place could be asked.

use std::io::Write;
use std::sync::Arc;

use crate::domain::{
    AccountId, Action, Answer, Draft, Fact, Fault, FaultClass, Field, Identity, Kind, Question, Region,
    Scope, Shown, SnapshotArn,
};
use crate::engine::Inquiry;
use crate::ports::Cloud;

use super::goal::{Goal, NamedSnapshot};
use super::{Console, Exit, Hour, fault};

/// A draft, and what about it could not be made sure of.
pub(super) struct Drafted {
    /// The draft.
    pub(super) draft: Draft,
    /// Places where the snapshot could not be looked for, one sentence each.
    unread: Vec<String>,
}

/// Why there is no draft.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoDraft {
    /// No snapshot has this name.
    NotThere { name: Shown, looked: Vec<String> },
    /// None was found, and some places could not be asked.
    NotFound { name: Shown, looked: Vec<String>, unread: Vec<String> },
    /// Several have it.
    Several { name: Shown, arns: Vec<SnapshotArn> },
}

/// Signs in, and makes a draft of a goal; says on the errors' side what stands in the way, and what may be missed.
pub(super) async fn begun<O: Write, E: Write>(
    cloud: Arc<dyn Cloud>,
    goal: &Goal,
    hour: &Hour,
    console: &mut Console<O, E>,
) -> Result<(Inquiry, Draft), Exit> {
    let mut inquiry = Inquiry::open(cloud, Arc::clone(&hour.clock)).await.map_err(|refused| {
        console.complain(&fault::sentence(&refused));
        Exit::Failed
    })?;
    for (account, refused) in inquiry.locked_out() {
        // It may be the owner: what only it can tell is missing, and nobody knows that it is.
        console.complain(&format!("{}: {}", account.name, fault::sentence(refused)));
    }
    if inquiry.accounts().is_empty() {
        console.complain("no account can be signed in to: `snapdeck doctor` tells more");
        return Err(Exit::Failed);
    }
    let Drafted { draft, unread } = draft(goal, &mut inquiry).await.map_err(|none| {
        none.lines().iter().for_each(|line| console.complain(line));
        none.exit()
    })?;
    if !unread.is_empty() {
        console.complain("there may be another snapshot of that name, where it could not be looked for:");
        for line in &unread {
            console.complain(&format!("  {line}"));
        }
    }
    Ok((inquiry, draft))
}

/// Finds the snapshot of a goal and who looks at it.
pub(super) async fn draft(goal: &Goal, inquiry: &mut Inquiry) -> Result<Drafted, NoDraft> {
    let (snapshot, unread) = match &goal.snapshot {
        NamedSnapshot::Arn(arn) => (arn.clone(), Vec::new()),
        NamedSnapshot::Name(name) => find(name, inquiry).await?,
    };
    let by = looks(goal, &snapshot, inquiry).await;
    Ok(Drafted { draft: goal.draft(snapshot, by), unread })
}

/// The only snapshot of a name, and the places where there may be another.
async fn find(name: &str, inquiry: &mut Inquiry) -> Result<(SnapshotArn, Vec<String>), NoDraft> {
    let (mut arns, mut looked, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    let mut signed_in = Vec::new();
    for (account, identity) in inquiry.identities().await {
        match identity {
            Ok(Identity { regions, .. }) => signed_in.push((account, regions)),
            Err(fault) => {
                unread.push(format!(
                    "{}: {}",
                    inquiry.facts().account_words(account),
                    fault::sentence(&fault)
                ));
            }
        }
    }
    let scopes =
        signed_in.iter().flat_map(|(account, regions)| regions.iter().map(|region| (*account, region)));
    inquiry.learn(scopes.flat_map(|(account, region)| asked(account, region, name)).collect()).await;
    for (account, regions) in &signed_in {
        let words = inquiry.facts().account_words(*account);
        let mut read: Vec<String> = Vec::new();
        for region in regions {
            match found(&asked(*account, region, name), inquiry) {
                Ok(found) => {
                    arns.extend(found);
                    read.push(region.to_string());
                }
                // Where a region is not enabled, there is nothing.
                Err(fault) if fault.class == FaultClass::RegionDisabled => {}
                Err(fault) => unread.push(format!("{words} {region}: {}", fault::sentence(&fault))),
            }
        }
        if !read.is_empty() {
            looked.push(format!("{words}: {}", read.join(", ")));
        }
    }
    arns.sort();
    match &arns[..] {
        [arn] => Ok((arn.clone(), unread)),
        [] if unread.is_empty() => Err(NoDraft::NotThere { name: name.into(), looked }),
        [] => Err(NoDraft::NotFound { name: name.into(), looked, unread }),
        _ => Err(NoDraft::Several { name: name.into(), arns }),
    }
}

/// The snapshots that were found in a scope; or why one of the two kinds could not be looked for.
fn found(questions: &[Question; 2], inquiry: &Inquiry) -> Result<Vec<SnapshotArn>, Fault> {
    let mut arns = Vec::new();
    for question in questions {
        match inquiry.facts().get(question) {
            Fact::Known { value: Answer::Snapshot(Some(found)), .. } => arns.push(found.row.arn.clone()),
            Fact::Failed(fault) => return Err(fault),
            Fact::Known { .. } | Fact::Unasked => {}
        }
    }
    Ok(arns)
}

/// Whether an account has a snapshot of a name in a region, asked for both kinds.
fn asked(account: AccountId, region: &Region, name: &str) -> [Question; 2] {
    [Kind::Instance, Kind::Cluster].map(|kind| {
        let scope = Scope { account, region: region.clone() };
        Question::Snapshot(scope, SnapshotArn::new(region, account, kind, name))
    })
}

/// The account of ours that looks at a snapshot: the one that the result belongs to, else the owner, else the first
/// that sees it, else the first.
async fn looks(goal: &Goal, snapshot: &SnapshotArn, inquiry: &mut Inquiry) -> AccountId {
    let taker = match goal.action {
        Action::Copy | Action::Restore => goal.text(Field::ToAccount).and_then(|id| id.trim().parse().ok()),
        Action::Share | Action::Encrypt | Action::Export | Action::Delete => None,
    };
    let ours: Vec<AccountId> = inquiry.accounts().iter().map(|(id, _)| *id).collect();
    if let Some(id) = [taker, Some(snapshot.account())].into_iter().flatten().find(|id| ours.contains(id)) {
        return id;
    }
    let first = *ours.first().expect("BUG: a draft is made only where there is an account");
    if ours.len() == 1 {
        return first;
    }
    let question = |account| {
        let scope = Scope { account, region: Region::new(snapshot.region()) };
        Question::Snapshot(scope, snapshot.clone())
    };
    inquiry.learn(ours.iter().map(|id| question(*id)).collect()).await;
    let sees = |id: &&AccountId| {
        matches!(inquiry.facts().get(&question(**id)), Fact::Known { value: Answer::Snapshot(Some(_)), .. })
    };
    ours.iter().find(sees).copied().unwrap_or(first)
}

impl NoDraft {
    /// What to say, line by line.
    fn lines(&self) -> Vec<String> {
        let indented = |lines: &[String]| lines.iter().map(|line| format!("  {line}")).collect::<Vec<_>>();
        match self {
            Self::NotThere { name, looked } => {
                let head = format!("there is no snapshot \"{name}\"; it was looked for in");
                [vec![head], indented(looked)].concat()
            }
            Self::NotFound { name, looked, unread } => {
                let mut lines =
                    vec![format!("no snapshot \"{name}\" was found, and not every place could be asked:")];
                lines.extend(indented(unread));
                if !looked.is_empty() {
                    lines.push("it was looked for in".to_owned());
                    lines.extend(indented(looked));
                }
                lines
            }
            Self::Several { name, arns } => {
                let head = format!("several snapshots are called \"{name}\": name one by its ARN");
                let arns: Vec<_> = arns.iter().map(ToString::to_string).collect();
                [vec![head], indented(&arns)].concat()
            }
        }
    }

    /// How the command ends: a name of none or of several is a mistake of the command line.
    fn exit(&self) -> Exit {
        match self {
            Self::NotThere { .. } | Self::Several { .. } => Exit::Usage,
            Self::NotFound { .. } => Exit::Failed,
        }
    }
}
