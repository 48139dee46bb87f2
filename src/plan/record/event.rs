//! An event, as it is written down: the step, the time, what happened, and what belongs to that.

use super::node::{Node, member};
use super::{BadRecord, Shape, some, text};
use crate::domain::{Fault, Json, Shown};
use crate::plan::{Event, Happening, Receipt, Sight};

impl Shape for Event {
    fn members(&self) -> Vec<(String, Json)> {
        let shown = |own: &Shown| text(own.exact());
        let fault = |fault: &Fault| vec![Some(member("fault", Json::Object(fault.members())))];
        let receipt = |receipt: &Receipt| {
            vec![
                some("request", receipt.request_id.as_ref().map(shown)),
                some("made", receipt.made.as_ref().map(shown)),
            ]
        };
        let (what, besides) = match &self.what {
            Happening::Sending => ("sending", vec![]),
            Happening::Taken(own) => ("taken", receipt(own)),
            Happening::Found(own) => ("found", receipt(own)),
            Happening::NotFound => ("not-found", vec![]),
            Happening::Unclear(why) => ("unclear", vec![Some(member("why", shown(why)))]),
            Happening::Held(why) => ("held", vec![Some(member("why", shown(why)))]),
            Happening::Changed(why) => ("changed", vec![Some(member("why", shown(why)))]),
            Happening::Paused => ("paused", vec![]),
            Happening::Resumed => ("resumed", vec![]),
            Happening::Cancelled => ("cancelled", vec![]),
            Happening::Retried => ("retried", vec![]),
            Happening::Shut(own) => ("shut", fault(own)),
            Happening::Refused(own) => ("refused", fault(own)),
            Happening::Unsure(own) => ("unsure", fault(own)),
            Happening::Seen(sight) => (
                "seen",
                vec![
                    Some(member("status", shown(&sight.status))),
                    some("percent", sight.percent.map(|percent| Json::Number(percent.to_string()))),
                ],
            ),
            Happening::Missed => ("missed", vec![]),
            Happening::Blind(own) => ("blind", fault(own)),
            Happening::Reached => ("reached", vec![]),
            Happening::Lost(why) => ("lost", vec![Some(member("why", shown(why)))]),
        };
        let mut members = vec![
            member("step", Json::Number(self.step.to_string())),
            member("at", text(&self.at.to_string())),
            member("what", text(what)),
        ];
        members.extend(besides.into_iter().flatten());
        members
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        let only = |own: &[&str]| node.only(&[&["step", "at", "what"], own, besides].concat());
        let fault = || {
            only(&["fault"])?;
            Fault::read(&node.get("fault")?, &[])
        };
        let optional = |name| node.maybe(name).map(|own| own.shown()).transpose();
        let receipt = || {
            only(&["request", "made"])?;
            Ok(Receipt { request_id: optional("request")?, made: optional("made")? })
        };
        let why = || {
            only(&["why"])?;
            node.get("why")?.shown()
        };
        let kind = node.get("what")?;
        let what = match kind.text()? {
            "sending" => only(&[]).map(|()| Happening::Sending)?,
            "taken" => Happening::Taken(receipt()?),
            "found" => Happening::Found(receipt()?),
            "not-found" => only(&[]).map(|()| Happening::NotFound)?,
            "unclear" => Happening::Unclear(why()?),
            "held" => Happening::Held(why()?),
            "changed" => Happening::Changed(why()?),
            "paused" => only(&[]).map(|()| Happening::Paused)?,
            "resumed" => only(&[]).map(|()| Happening::Resumed)?,
            "cancelled" => only(&[]).map(|()| Happening::Cancelled)?,
            "retried" => only(&[]).map(|()| Happening::Retried)?,
            "shut" => Happening::Shut(fault()?),
            "refused" => Happening::Refused(fault()?),
            "unsure" => Happening::Unsure(fault()?),
            "seen" => {
                only(&["status", "percent"])?;
                let percent = node.maybe("percent").map(|own| own.number("a percentage")).transpose()?;
                Happening::Seen(Sight { status: node.get("status")?.shown()?, percent })
            }
            "missed" => only(&[]).map(|()| Happening::Missed)?,
            "blind" => Happening::Blind(fault()?),
            "reached" => only(&[]).map(|()| Happening::Reached)?,
            "lost" => Happening::Lost(why()?),
            _ => return Err(kind.wanted("a happening that is known here")),
        };
        Ok(Self { step: node.get("step")?.number("a step")?, at: node.get("at")?.parse("a time")?, what })
    }
}
