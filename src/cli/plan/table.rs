//! A plan for eyes: what it reaches, the steps in order, then what is worth knowing.

use jiff::tz::TimeZone;

use crate::cli::check::Page;
use crate::cli::paint::{Ink, Paint};
use crate::cli::wrap::{PIPED, wrap};
use crate::plan::{Plan, Step};
use crate::rules::Severity;

use super::Planned;

/// The whole page.
pub(super) fn page(planned: &Planned, zone: &TimeZone, width: Option<usize>, paint: Paint) -> String {
    let page = Page { width: width.unwrap_or(PIPED), paint };
    let mut lines = planned.plan.as_ref().map_or_else(Vec::new, |plan| steps(plan, planned, &page));
    if planned.plan.is_none() {
        lines = wrap(&format!("NO WAY: {}", planned.judged.subject()), 0, page.width);
        if let Some(first) = lines.first_mut() {
            *first = first.replacen("NO WAY", &paint.ink(Ink::Bad, "NO WAY"), 1);
        }
    }
    for finding in &planned.judged.review.findings {
        // What is only good to know is the check's to tell.
        if finding.severity > Severity::Info {
            lines.push(String::new());
            lines.extend(page.finding(finding, &planned.judged.draft));
        }
    }
    lines.push(String::new());
    lines.extend(page.facts(&planned.judged, zone));
    lines.join("\n") + "\n"
}

fn steps(plan: &Plan, planned: &Planned, page: &Page) -> Vec<String> {
    let Page { width, paint } = *page;
    let mut lines = wrap(&plan.goal, 0, width);
    if planned.way.draft != planned.asked {
        for taken in &planned.way.taken {
            lines.extend(wrap(&format!("because of {}: {}", taken.rule, taken.label), 2, width));
        }
    }
    if let Some(choice) = &planned.choice {
        lines.extend(wrap(&choice.sentence(), 2, width));
    }
    for (step, n) in plan.steps.iter().zip(1..) {
        lines.push(String::new());
        lines.extend(step_lines(step, &format!("{n}"), planned, page));
    }
    let after = plan.clean_up();
    if !after.is_empty() {
        lines.push(String::new());
        lines.push(paint.ink(Ink::Dim, "Afterwards, if it is not needed any more:"));
        for step in &after {
            let words = format!("{} {}", step.call.operation.action(), step.essentials);
            lines.extend(wrap(&words, 4, width));
        }
    }
    lines
}

fn step_lines(step: &Step, n: &str, planned: &Planned, page: &Page) -> Vec<String> {
    let Page { width, paint } = *page;
    let account = planned.judged.facts.account_words(step.call.scope.account);
    let head = format!(
        "{} {account} {}  {}",
        paint.ink(Ink::Strong, n),
        step.call.scope.region,
        paint.ink(Ink::Strong, step.call.operation.action())
    );
    let mut lines = vec![head];
    lines.extend(wrap(&step.essentials, 4, width));
    let rule = step.rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
    lines.extend(wrap(&format!("{}{rule}", step.why), 4, width));
    let back = wrap(&format!("To take it back: {}", step.way_back()), 4, width);
    lines.extend(back.iter().map(|line| paint.ink(Ink::Dim, line)));
    lines
}
