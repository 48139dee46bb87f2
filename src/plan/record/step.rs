//! A plan and its steps, as they are written down.

use super::node::{Node, member};
use super::{BadRecord, Shape, name, some, text};
use crate::domain::Json;
use crate::plan::{Call, Follow, Ground, Plan, Purpose, Step};

impl Shape for Plan {
    fn members(&self) -> Vec<(String, Json)> {
        let steps = self.steps.iter().map(|step| Json::Object(step.members())).collect();
        vec![member("goal", text(&self.goal)), member("steps", Json::List(steps))]
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        node.only(&[&["goal", "steps"], besides].concat())?;
        let steps = node.get("steps")?.list()?;
        let steps = steps.iter().map(|step| Step::read(step, &[])).collect::<Result<_, _>>()?;
        Ok(Self { goal: node.get("goal")?.words()?, steps })
    }
}

impl Shape for Step {
    fn members(&self) -> Vec<(String, Json)> {
        let call = |call: &Call| Json::Object(call.members());
        let grounds = || Json::List(self.grounds.iter().map(|own| Json::Object(own.members())).collect());
        let all = [
            Some(member("call", call(&self.call))),
            Some(member("essentials", text(&self.essentials))),
            Some(member("why", text(&self.why))),
            some("rule", self.rule.map(text)),
            Some(member("follows", follow(&self.follows))),
            some("undo", self.undo.as_ref().map(call)),
            Some(member("purpose", text(purpose(self.purpose)))),
            some("grounds", (!self.grounds.is_empty()).then(grounds)),
            some("gib", self.gib.map(|gib| Json::Number(gib.to_string()))),
        ];
        all.into_iter().flatten().collect()
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        let own = ["call", "essentials", "why", "rule", "follows", "undo", "purpose", "grounds", "gib"];
        node.only(&[&own, besides].concat())?;
        let grounds = match node.maybe("grounds") {
            Some(all) => all.list()?.iter().map(|own| Ground::read(own, &[])).collect::<Result<_, _>>()?,
            None => Vec::new(),
        };
        let rule = |node: Node<'_>| name::kept(node.text()?).ok_or_else(|| node.wanted("a rule"));
        Ok(Self {
            call: Call::read(&node.get("call")?, &[])?,
            essentials: node.get("essentials")?.words()?,
            why: node.get("why")?.words()?,
            rule: node.maybe("rule").map(rule).transpose()?,
            follows: read_follow(&node.get("follows")?)?,
            undo: node.maybe("undo").map(|undo| Call::read(&undo, &[])).transpose()?,
            purpose: node.get("purpose")?.one_of(
                &[Purpose::Goal, Purpose::Way, Purpose::CleanUp],
                purpose,
                "a purpose",
            )?,
            grounds,
            gib: node.maybe("gib").map(|gib| gib.number("a size in GiB")).transpose()?,
        })
    }
}

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Goal => "goal",
        Purpose::Way => "way",
        Purpose::CleanUp => "clean-up",
    }
}

fn follow(follow: &Follow) -> Json {
    let one = |name, value: &str| Json::Object(vec![member(name, text(value))]);
    match follow {
        Follow::Nothing => Json::Null,
        Follow::Snapshot(arn) => one("snapshot", &arn.exact()),
        Follow::Instance(name) => one("instance", name),
        Follow::Cluster(name) => one("cluster", name),
        Follow::Export(name) => one("export", name),
    }
}

fn read_follow(node: &Node<'_>) -> Result<Follow, BadRecord> {
    if matches!(node.json(), Json::Null) {
        return Ok(Follow::Nothing);
    }
    Ok(match node.single()? {
        ("snapshot", arn) => Follow::Snapshot(arn.parse("the ARN of a snapshot")?),
        ("instance", name) => Follow::Instance(name.owned()?),
        ("cluster", name) => Follow::Cluster(name.owned()?),
        ("export", name) => Follow::Export(name.owned()?),
        (_, other) => return Err(other.wanted("something that is known here to be waited for")),
    })
}
