//! The rules against the demo cloud: two readings of what AWS allows, written apart, each the other's test.

mod court;
mod dice;
mod draft;
mod fleet;
mod fleet_keys;
mod least;
mod sent;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

use court::{Court, Hearing, Ruling};
use dice::Dice;
use snapdeck::domain::Draft;
use snapdeck::rules::{self, Severity};

/// How many fleets are made, and how many pairs of drafts for each.
const FLEETS: u64 = 40;
const PAIRS: usize = 100;

/// What was seen on the way.
#[derive(Default)]
struct Tally {
    drafts: usize,
    cleared: usize,
    doubted: usize,
    /// By rule: how often it alone blocked what the cloud refused.
    alone: BTreeMap<&'static str, usize>,
    /// Rules that alone blocked a draft whose like, one change away, went through.
    near: BTreeSet<&'static str>,
    disputes: BTreeMap<String, (usize, u64, Draft, String)>,
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime")
}

#[test]
fn what_the_rules_block_the_cloud_refuses_and_the_other_way_round() {
    let tally = runtime().block_on(async {
        let mut tally = Tally::default();
        let t = std::time::Instant::now();
        for seed in 0..FLEETS {
            judge_fleet(seed, &mut tally).await;
        }
        eprintln!("{:?}", t.elapsed());
        tally
    });
    eprintln!("{} drafts, {} cleared, {} doubted", tally.drafts, tally.cleared, tally.doubted);
    let mut disputes: Vec<_> = tally.disputes.iter().collect();
    disputes.sort_by_key(|(_, (count, ..))| std::cmp::Reverse(*count));
    for (gist, (count, seed, draft, dispute)) in &disputes {
        eprintln!("\n{count:5} {gist}\n      fleet {seed}: {}\n      {dispute}", draft::line(draft));
        if (gist.contains("KMS") || gist.contains("SHARE-08")) && std::env::var_os("LEAST").is_some() {
            let (fleet, draft) = runtime().block_on(least::least(&fleet::fleet(*seed).json, draft, dispute));
            eprintln!("{}\n{fleet}", draft::line(&draft));
        }
    }
    for rule in rules::rules().filter(|rule| rule.severity == Severity::Error) {
        let count = tally.alone.get(rule.id).copied().unwrap_or_default();
        eprintln!("{:8} {count:5} {}", rule.id, tally.near.contains(rule.id));
    }
    assert!(disputes.is_empty(), "{} kinds of dispute", disputes.len());
}

async fn judge_fleet(seed: u64, tally: &mut Tally) {
    let fleet = fleet::fleet(seed);
    let dice = &mut Dice::new(seed ^ 0xD1CE);
    let mut court = Court::open(&fleet.json).await;
    for _ in 0..PAIRS {
        let base = draft::base(dice, &fleet);
        let mutant = draft::mutant(dice, &fleet, &base);
        let mut pair = Vec::new();
        for draft in [base, mutant] {
            let hearing = court.hear(&draft, &fleet.json).await;
            tally.take(seed, &draft, &hearing);
            pair.push(hearing);
        }
        tally.near.extend(alone(&pair[0]).into_iter().filter(|_| went_through(&pair[1])));
        tally.near.extend(alone(&pair[1]).into_iter().filter(|_| went_through(&pair[0])));
    }
}

/// The rule that alone blocks what the cloud refuses, too.
fn alone(hearing: &Hearing) -> Option<&'static str> {
    match (&hearing.ruling, &hearing.dispute) {
        (Ruling::Blocked(rules), None) if rules.len() == 1 => Some(rules[0]),
        _ => None,
    }
}

fn went_through(hearing: &Hearing) -> bool {
    hearing.ruling == Ruling::Cleared && hearing.dispute.is_none()
}

impl Tally {
    fn take(&mut self, seed: u64, draft: &Draft, hearing: &Hearing) {
        self.drafts += 1;
        match &hearing.ruling {
            Ruling::Cleared => self.cleared += 1,
            Ruling::Doubted => self.doubted += 1,
            Ruling::Blocked(_) => {}
        }
        if let Some(rule) = alone(hearing) {
            *self.alone.entry(rule).or_default() += 1;
        }
        if let Some(dispute) = &hearing.dispute {
            let gist = format!("{} {}", draft.action.name(), least::gist(dispute));
            self.disputes.entry(gist).or_insert_with(|| (0, seed, draft.clone(), dispute.clone())).0 += 1;
        }
    }
}
