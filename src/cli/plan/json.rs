//! A plan as JSON: names and values are a contract with other programs.

use crate::export::JsonObject;
use crate::plan::{Choice, Effort, Step};

use super::super::argument::argument;
use super::super::check;
use super::Planned;

/// The plan as one JSON object, one step and one finding a line; without a way there, it has no steps.
pub(super) fn object(planned: &Planned) -> String {
    let lines = |parts: Vec<String>| {
        format!("[{}]", parts.iter().map(|part| format!("\n{part}")).collect::<Vec<_>>().join(","))
    };
    let steps = planned.plan.iter().flat_map(|plan| plan.steps.iter().zip(1..));
    let findings = planned.judged.review.findings.iter().map(check::finding_json);
    let goal = planned.plan.as_ref().map_or_else(|| planned.judged.subject(), |plan| plan.goal.clone());
    let mut object = JsonObject::begin();
    object
        .text("goal", &goal)
        .raw("steps", &lines(steps.map(|(step, n)| step_json(step, n)).collect()))
        .raw("findings", &lines(findings.collect()))
        .raw("choice", &planned.choice.as_ref().map_or_else(|| "null".to_owned(), choice_json));
    object.end()
}

/// What decides between the plan and another, and what either takes.
fn choice_json(choice: &Choice) -> String {
    let effort = |effort: &Effort| {
        let mut object = JsonObject::begin();
        object
            .number("steps", Some(effort.steps))
            .number("copies", Some(effort.copies))
            .number("copies_across_regions", Some(effort.across))
            .number("key_policies", Some(effort.key_policies));
        object.end()
    };
    let mut object = JsonObject::begin();
    object
        .text("message", &choice.sentence())
        .text("measure", choice.measure().name())
        .raw("this", &effort(&choice.this))
        .raw("other", &effort(&choice.other));
    object.end()
}

fn step_json(step: &Step, n: usize) -> String {
    let mut parameters = JsonObject::begin();
    for (name, value) in &step.call.parameters {
        parameters.raw(name, &argument(value));
    }
    let mut object = JsonObject::begin();
    object
        .number("n", Some(n))
        .text("account", &step.call.scope.account.to_string())
        .text("region", step.call.scope.region.name())
        .text("call", step.call.operation.action())
        .raw("parameters", &parameters.end())
        .text("why", &step.why)
        .text("undo", step.way_back())
        .maybe_text("rule", step.rule);
    object.end()
}
