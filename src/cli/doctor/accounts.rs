//! Each account and each of its regions, tried with the operations that reading them takes.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::domain::{Account, AccountId, Fault, FaultClass, Identity, Region, Scope, Shown};
use crate::ports::{Accounts, Cloud};

use super::super::fault::reason;
use super::Reach;
use super::check::Check;

/// How many regions are tried at the same time, of all accounts together.
const REGIONS_AT_ONCE: usize = 64;

/// The operations without which a scope has no rows; without the others, columns stay unknown.
const LISTING: [&str; 2] = ["rds:DescribeDBSnapshots", "rds:DescribeDBClusterSnapshots"];

/// What one region answered: each operation, and whether it is allowed.
type Answers = Vec<(&'static str, Result<(), Fault>)>;

/// An account that was tried.
struct Tried {
    account: Account,
    outcome: Result<(Identity, Vec<(Region, Answers)>), Fault>,
}

/// Tries every account, and tells how much of everything can be read.
pub(super) async fn checks(cloud: Arc<dyn Cloud>) -> (Vec<Check>, Reach) {
    let Accounts { accounts, .. } = match cloud.accounts().await {
        Ok(accounts) => accounts,
        Err(fault) => return (vec![failed("accounts", "", &fault)], Reach::Nothing),
    };
    if accounts.is_empty() {
        let mend = "list accounts in the settings file, or give --profile";
        return (vec![Check::fail("accounts", "there is none", mend)], Reach::Nothing);
    }
    let gate = Arc::new(Semaphore::new(REGIONS_AT_ONCE));
    let attempts =
        accounts.into_iter().map(|account| attempt(Arc::clone(&cloud), Arc::clone(&gate), account));
    let tried = all(attempts).await;
    let mut checks = vec![clock(&tried)];
    let mut first_names: Vec<(AccountId, Shown)> = Vec::new();
    for Tried { account, outcome } in &tried {
        let name = &account.name;
        match outcome {
            Err(fault) => checks.push(failed("account", &format!("{name}: "), fault)),
            Ok((identity, answers)) => {
                let id = identity.account;
                if let Some((_, first)) = first_names.iter().find(|(other, _)| *other == id) {
                    let detail = format!("{name}: {id}, the same account as {first}: it is read once");
                    checks.push(Check::warn("account", detail, "name each account once"));
                    continue;
                }
                first_names.push((id, name.clone()));
                checks.push(identity_check(account, identity));
                checks.extend(region_checks(name, answers));
            }
        }
    }
    (checks, reach(&tried))
}

/// Signs in, and tries each region.
async fn attempt(cloud: Arc<dyn Cloud>, gate: Arc<Semaphore>, account: Account) -> Tried {
    let outcome = match cloud.sign_in(&account.name).await {
        Err(fault) => Err(fault),
        Ok(identity) => {
            let probes = identity.regions.clone().into_iter().map(|region| {
                let scope = Scope { account: identity.account, region };
                let (cloud, gate) = (Arc::clone(&cloud), Arc::clone(&gate));
                async move {
                    let _turn = gate.acquire().await.expect("BUG: the gate is never closed");
                    let answers = cloud.probe(&scope).await;
                    (scope.region, answers)
                }
            });
            let answers = all(probes).await;
            Ok((identity, answers))
        }
    };
    Tried { account, outcome }
}

/// Runs all at the same time and gives what they come to, in the order in which they were given.
async fn all<T: Send + 'static>(
    tasks: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut set = JoinSet::new();
    for (n, task) in tasks.enumerate() {
        set.spawn(async move { (n, task.await) });
    }
    let mut results = set.join_all().await;
    results.sort_by_key(|(n, _)| *n);
    results.into_iter().map(|(_, result)| result).collect()
}

fn identity_check(account: &Account, identity: &Identity) -> Check {
    let (name, id) = (&account.name, identity.account);
    match account.id {
        Some(said) if said != id => {
            let detail = format!("{name}: the credentials lead to {id}, and the settings say {said}");
            Check::warn("account", detail, "mend the id or the profile of this account in the settings")
        }
        _ => Check::ok("account", format!("{name}: {id} as {}", identity.caller)),
    }
}

/// One line for all regions where all is well, and one for each way in which others fail.
fn region_checks(account: &Shown, answers: &[(Region, Answers)]) -> Vec<Check> {
    let (mut fine, mut disabled) = (Vec::new(), Vec::new());
    let mut ways: Vec<(&str, &Fault, Vec<&Region>)> = Vec::new();
    for (region, answers) in answers {
        if is_disabled(answers) {
            disabled.push(region);
            continue;
        }
        let faults: Vec<_> =
            answers.iter().filter_map(|(action, answer)| Some((*action, answer.as_ref().err()?))).collect();
        if faults.is_empty() {
            fine.push(region);
        }
        for (action, fault) in faults {
            match ways.iter_mut().find(|(other, way, _)| *other == action && is_alike(way, fault)) {
                Some((_, _, regions)) => regions.push(region),
                None => ways.push((action, fault, vec![region])),
            }
        }
    }
    let mut checks = Vec::new();
    if !fine.is_empty() {
        let detail =
            if fine.len() == 1 { "everything can be read in" } else { "everything can be read in all of" };
        checks.push(Check::ok("regions", format!("{account}: {detail} {}", names(&fine))));
    }
    if !disabled.is_empty() {
        checks.push(Check::ok(
            "regions",
            format!("{account}: not enabled in this account: {}", names(&disabled)),
        ));
    }
    for (action, fault, regions) in ways {
        let mut detail = format!("{account} {}: {}", names(&regions), reason(fault));
        if !detail.contains(action) {
            detail = format!("{account} {}: {action}: {}", names(&regions), reason(fault));
        }
        let make = if LISTING.contains(&action) { Check::fail } else { Check::warn };
        checks.push(make("regions", detail, fault.hint.clone()));
    }
    checks
}

fn names(regions: &[&Region]) -> String {
    let names: Vec<String> = regions.iter().map(ToString::to_string).collect();
    match names.len() {
        1 => names.concat(),
        n => format!("{n} regions ({})", names.join(", ")),
    }
}

/// Whether two faults are one to the reader; messages differ by region and request.
fn is_alike(a: &Fault, b: &Fault) -> bool {
    (a.class, &a.code, a.denied_by) == (b.class, &b.code, b.denied_by)
}

fn is_disabled(answers: &Answers) -> bool {
    answers
        .iter()
        .any(|(_, answer)| matches!(answer, Err(fault) if fault.class == FaultClass::RegionDisabled))
}

/// Whether AWS takes our signatures, which hold a time: the only word about the clock that costs nothing.
fn clock(tried: &[Tried]) -> Check {
    const NAME: &str = "clock";
    let skewed = |fault: &&Fault| {
        let code = fault.code.as_ref().map(Shown::exact).unwrap_or_default();
        let message = fault.message.exact();
        matches!(code, "RequestTimeTooSkewed" | "RequestExpired")
            || message.contains("Signature expired")
            || message.contains("Signature not yet current")
    };
    let faults = tried.iter().filter_map(|tried| tried.outcome.as_ref().err());
    if let Some(fault) = faults.clone().find(skewed) {
        let mend = "set the clock of this machine, by NTP if you can";
        return Check::fail(NAME, format!("AWS refuses the time of this machine: {}", fault.message), mend);
    }
    if tried.iter().any(|tried| tried.outcome.is_ok()) {
        Check::ok(NAME, "AWS accepts the time of this machine")
    } else {
        Check::warn(NAME, "it cannot be told: no account answered", "see below what keeps the accounts away")
    }
}

fn reach(tried: &[Tried]) -> Reach {
    let (mut read, mut missed) = (0, 0);
    for tried in tried {
        match &tried.outcome {
            Err(_) => missed += 1,
            Ok((_, regions)) => {
                for (_, answers) in regions.iter().filter(|(_, answers)| !is_disabled(answers)) {
                    let blind = |(action, answer): &(&str, Result<(), Fault>)| {
                        answer.is_err() && LISTING.contains(action)
                    };
                    if answers.iter().any(blind) { missed += 1 } else { read += 1 }
                }
            }
        }
    }
    match (read, missed) {
        (_, 0) => Reach::Everything,
        (0, _) => Reach::Nothing,
        _ => Reach::Something,
    }
}

fn failed(name: &'static str, whose: &str, fault: &Fault) -> Check {
    Check::fail(name, format!("{whose}{}", reason(fault)), fault.hint.clone())
}
