//! `plan`: the steps that reach a goal from where things stand, or why none do; it changes nothing.
//!
//! The way is the one that the rules offer, taken to its end: what is missing first becomes a step.

mod json;
mod table;

use std::io::Write;
use std::sync::Arc;

use crate::domain::{Draft, Field};
use crate::engine::Inquiry;
use crate::plan::{self, Profiles, Shell, compile, script};
use crate::ports::Cloud;
use crate::rules::{Finding, Severity, Way};

use super::check::Judged;
use super::draft::begun;
use super::{Console, Exit, Hour, MakePlan, PlanFormat};

/// How the AWS CLI gets to AWS, for the script.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// The profiles of the accounts.
    pub profiles: Profiles,
    /// The endpoint that takes AWS's place.
    pub endpoint: Option<String>,
}

/// A goal, and the steps that reach it where there are any.
struct Planned {
    /// The draft at the end of the way, and what is said of it.
    judged: Judged,
    /// What was typed.
    asked: Draft,
    way: Way,
    plan: Option<plan::Plan>,
    /// Why it is this plan, where another reaches the same.
    choice: Option<plan::Choice>,
    shell: Shell,
}

/// Finds the steps and prints them.
///
/// Ends with [`Exit::Blocked`] where no way leads to the goal, with [`Exit::Failed`] where nothing could be learned,
/// and with [`Exit::Usage`] where the snapshot's name is none's or several's.
pub async fn plan<O: Write, E: Write>(
    cloud: Arc<dyn Cloud>,
    wanted: &MakePlan,
    reach: Reach,
    hour: Hour,
    mut console: Console<O, E>,
) -> Exit {
    console.progress("asking AWS ...".to_owned());
    let begun = begun(cloud, &wanted.goal, &hour, &mut console).await;
    let (mut inquiry, asked) = match begun {
        Ok(begun) => begun,
        Err(exit) => return exit,
    };
    let way = way_to(&asked, &mut inquiry).await;
    let accounts = inquiry.accounts().iter().map(|(id, account)| (*id, &account.name));
    let shell = reach.profiles.shell(accounts, reach.endpoint);
    let plan = way.review.request.as_ref().map(|request| compile(request, inquiry.facts()));
    let choice = match &plan {
        Some(plan) => chosen(plan, &way.draft, &mut inquiry).await,
        None => None,
    };
    console.wipe();
    let facts = inquiry.facts().clone();
    let judged = Judged::new(way.draft.clone(), way.review.clone(), facts);
    let planned = Planned { judged, asked, way, plan, choice, shell };
    let end = if planned.plan.is_some() { Exit::Done } else { Exit::Blocked };
    let text = match (wanted.format, &planned.plan) {
        (PlanFormat::Json, _) => json::object(&planned) + "\n",
        (PlanFormat::Table, _) => table::page(&planned, &hour.zone, console.width(), console.paint()),
        (PlanFormat::Sh, Some(plan)) => script(plan, &planned.shell),
        // A script that does nothing would be taken for one that has done it.
        (PlanFormat::Sh, None) => {
            console.complain("no way leads there:");
            for finding in &planned.judged.review.findings {
                if finding.severity == Severity::Error {
                    console.complain(&format!("  {} {}", finding.rule, finding.message));
                }
            }
            String::new()
        }
    };
    let written = console.out().write_all(text.as_bytes()).and_then(|()| console.out().flush());
    console.ending(written, end)
}

/// The way to a goal. How a key is to be opened is refused where there is none to be opened: whoever says so means
/// another snapshot, or another account.
pub(super) async fn way_to(asked: &Draft, inquiry: &mut Inquiry) -> Way {
    let mut way = inquiry.find_way(asked).await;
    let is_moot = |finding: &&mut Finding| finding.rule == "KMS-17" && finding.severity == Severity::Info;
    if asked.text(Field::KeyAccess).is_some()
        && let Some(finding) = way.review.findings.iter_mut().find(is_moot)
    {
        finding.severity = Severity::Error;
        way.review.request = None;
    }
    way
}

/// Why a plan was taken, where another reaches the same.
pub(super) async fn chosen(plan: &plan::Plan, draft: &Draft, inquiry: &mut Inquiry) -> Option<plan::Choice> {
    let others = inquiry.find_others(draft).await;
    others.into_iter().find_map(|other| {
        let beside = compile(other.request.as_ref()?, inquiry.facts());
        plan::Choice::between(plan, &beside, other.instead, other.but)
    })
}

#[cfg(test)]
mod tests;
