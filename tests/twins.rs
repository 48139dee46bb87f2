//! The rules against the demo cloud: two readings of what AWS allows, written apart, each the other's test.
//!
//! Thousands of drafts about generated fleets come in pairs: one that means well, and the same with one thing
//! changed. Each is reviewed with facts that were asked for through the SDK, and sent to the cloud as it was typed.
//! What the rules block the cloud has to refuse, and what they clear it has to take; where they say that they cannot
//! tell, neither is wrong. A dispute is told as the least fleet and command line that still show it.

mod court;
pub(crate) mod dice;
mod draft;
mod fleet;
mod least;
mod line;
mod sent;
mod typed;
mod undecided;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use court::{Court, Hearing, Ruling};
use dice::Dice;
use snapdeck::domain::Draft;
use snapdeck::rules::{self, Severity};

/// How many fleets are made, and how many pairs of drafts for each.
const FLEETS: u64 = 36;
const PAIRS: usize = 280;

/// Error rules of the manual that no draft can meet: it has no words for what they forbid, or the program never asks
/// for it.
const UNMET: [&str; 21] = [
    "COPY-02", "COPY-10", "COPY-50", "SHARE-20", "ENC-07", "ENC-08", "REST-01", "REST-12", "REST-14",
    "REST-22", "REST-31", "REST-32", "REST-33", "REST-34", "DEL-07", "DEL-08", "DEL-09", "OG-03", "OG-06",
    "OG-07", "KMS-17",
];

/// What was seen on the way.
#[derive(Default)]
struct Tally {
    drafts: usize,
    cleared: usize,
    doubted: usize,
    /// By rule: how often it alone blocked what the cloud refused.
    alone: BTreeMap<&'static str, usize>,
    /// Rules that alone blocked a draft whose like, one change away, both let through.
    near: BTreeSet<&'static str>,
    /// By what they are about: how many, and the first: its fleet, its draft, and what was said.
    disputes: BTreeMap<String, (usize, u64, Draft, String)>,
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("a runtime")
}

#[test]
#[expect(clippy::print_stderr, reason = "what was covered is for whoever reads the output of the test")]
fn what_the_rules_block_the_cloud_refuses_and_the_other_way_round() {
    let mut tally = Tally::default();
    runtime().block_on(async {
        for seed in 0..FLEETS {
            judge_fleet(seed, &mut tally).await;
        }
    });
    eprintln!("{}", tally.table());
    assert!(tally.disputes.is_empty(), "{}", tally.told());
    assert!(tally.drafts >= 20_000, "{} drafts are too few", tally.drafts);
    assert!(
        tally.cleared * 4 >= tally.drafts,
        "only {} of {} drafts are possible",
        tally.cleared,
        tally.drafts
    );
    assert!(tally.doubted * 10 <= tally.drafts, "{} of {} drafts are no claim", tally.doubted, tally.drafts);
    assert!(tally.uncovered().is_empty(), "not met alone, or without a near miss: {:?}", tally.uncovered());
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

    /// The error rules that a draft can meet.
    fn meetable() -> impl Iterator<Item = &'static str> {
        let errors = rules::rules().filter(|rule| rule.severity == Severity::Error);
        errors.map(|rule| rule.id).filter(|rule| !UNMET.contains(rule))
    }

    fn uncovered(&self) -> Vec<&'static str> {
        Self::meetable().filter(|rule| !self.alone.contains_key(rule) || !self.near.contains(rule)).collect()
    }

    /// How much was judged, and how often each rule decided alone.
    fn table(&self) -> String {
        let Self { drafts, cleared, doubted, .. } = self;
        let mut table =
            format!("{drafts} drafts: {cleared} possible, {doubted} in doubt, the rest blocked\n");
        for rule in Self::meetable() {
            let count = self.alone.get(rule).copied().unwrap_or_default();
            let near = if self.near.contains(rule) { "" } else { " (no near miss)" };
            let _ = writeln!(table, "{rule:9} {count:5}{near}");
        }
        table
    }

    /// The disputes, the first five each as the least fleet and command line that show it.
    fn told(&self) -> String {
        let mut told = format!("{} kinds of dispute\n", self.disputes.len());
        let mut disputes: Vec<_> = self.disputes.values().collect();
        disputes.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
        for (n, (count, seed, draft, dispute)) in disputes.into_iter().enumerate() {
            let _ =
                writeln!(told, "\n{count} times, first in fleet {seed}: {dispute}\n  {}", line::line(draft));
            if n < 5 {
                let (fleet, draft) =
                    runtime().block_on(least::least(&fleet::fleet(*seed).json, draft, dispute));
                let _ = writeln!(told, "  least: {}\n  --demo={fleet}", line::line(&draft));
            }
        }
        told
    }
}
