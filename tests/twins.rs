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

use court::{Court, Ruling};
use dice::Dice;
use sent::Said;
use snapdeck::domain::Draft;
use snapdeck::rules::{self, Severity};

/// How many fleets are made, and how many pairs of drafts for each.
const FLEETS: u64 = 16;
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
        for seed in 0..FLEETS {
            judge_fleet(seed, &mut tally).await;
        }
        tally
    });
    eprintln!("{} drafts, {} cleared, {} doubted", tally.drafts, tally.cleared, tally.doubted);
    let mut disputes: Vec<_> = tally.disputes.iter().collect();
    disputes.sort_by_key(|(_, (count, ..))| std::cmp::Reverse(*count));
    for (gist, (count, seed, draft, dispute)) in &disputes {
        eprintln!("\n{count:5} {gist}\n      fleet {seed}: {}\n      {dispute}", draft::line(draft));
        if gist.contains("KMS") && std::env::var_os("LEAST").is_some() {
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
    let t0 = std::time::Instant::now();
    let mut court = Court::open(&fleet.json).await;
    for _ in 0..PAIRS {
        let base = draft::base(dice, &fleet);
        let mutant = draft::mutant(dice, &fleet, &base);
        let mut went_through = false;
        for draft in [base, mutant] {
            let hearing = court.hear(&draft, &fleet.json).await;
            tally.drafts += 1;
            match &hearing.ruling {
                Ruling::Cleared => {
                    tally.cleared += 1;
                    went_through = hearing.answer == Ok(Said::Accepted);
                }
                Ruling::Doubted => tally.doubted += 1,
                Ruling::Blocked(rules) => {
                    if let (&[rule], None) = (&rules[..], &hearing.dispute) {
                        *tally.alone.entry(rule).or_default() += 1;
                        if went_through {
                            tally.near.insert(rule);
                        }
                    }
                }
            }
            if let Some(dispute) = hearing.dispute {
                let gist = format!("{} {}", draft.action.name(), least::gist(&dispute));
                tally.disputes.entry(gist).or_insert((0, seed, draft, dispute)).0 += 1;
            }
        }
    }
    eprintln!("fleet {seed}: {:?} facts {:?} send {:?}", t0.elapsed(), court.asking, court.sending);
}
