//! COPY-28: opt-in regions have to be enabled, and take regional session tokens only.

use crate::domain::{Action, FaultClass, Field, Question, Region};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-28",
    says: "For a copy from or to an opt-in region the credentials must be valid in both regions.",
    way_out: "Enable the region; take session tokens of a regional STS endpoint.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &["COPY-24", "REST-07"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(to) = case.destination().filter(|to| *to != case.home()) else { return };
    // What is asked of the destination anyway tells it.
    let there = match case.draft.action {
        Action::Restore => Question::Databases(to.clone()),
        _ => Question::Snapshots(to.clone(), case.kind()),
    };
    let is_disabled = case.fault(&there).is_some_and(|fault| fault.class == FaultClass::RegionDisabled);
    if is_disabled {
        let words = case.account_words(to.account);
        let field = if case.crosses_regions() { Field::ToRegion } else { Field::ToAccount };
        let message = format!("{words} has not enabled {}.", to.region);
        let fix = Fix::outside(format!("enable {}", to.region), Detour::EnableRegion);
        case.error(field, message, Some(fix));
        return;
    }
    if case.draft.action == Action::Restore || !case.crosses_regions() {
        return;
    }
    let is_opt_in = |region: &Region| region.place().is_some_and(|place| place.opt_in);
    let from = case.source_region();
    if let Some(region) = [from, to.region].into_iter().find(is_opt_in) {
        let message =
            format!("{region} is an opt-in region: it takes no session tokens of the global STS endpoint.");
        case.warn(Field::ToRegion, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    use crate::domain::{Fault, FaultClass, Question, Scope};
    use crate::rules::testing::{World, read, region};

    #[test]
    fn an_opt_in_region_is_pointed_out() {
        check("copy inst none ape1->use1", "COPY-28 warning to-region ~ ap-east-1");
        check("copy inst none use1->ape1", "COPY-28 warning to-region ~ STS");
        check("copy inst none use1->euw1", "no COPY-28");
        check("copy inst none ape1", "no COPY-28");
    }

    #[test]
    fn a_region_that_is_not_enabled_blocks() {
        let (draft, world) = read("copy inst none use1->ape1");
        let mut facts = World::facts();
        let to = Scope { account: draft.by, region: region("ape1") };
        let fault = Fault {
            class: FaultClass::RegionDisabled,
            code: None,
            message: "not enabled".into(),
            action: None,
            denied_by: None,
            request_id: None,
            remedy: None,
            hint: "enable it".into(),
        };
        facts.learn(Question::Snapshots(to, draft.kind()), Err(fault), World::NOW);
        let review = crate::rules::testing::judge_from(&draft, &world, facts);
        assert!(review.findings.iter().any(|f| f.rule == "COPY-28" && f.message.contains("has not enabled")));
    }
}
