//! A run with all that happened in it, as it is handed to another machine.

use super::node::{Node, member};
use super::{BadRecord, Shape, text};
use crate::domain::Json;
use crate::plan::{Author, Event, History, Plan};

impl Shape for History {
    fn members(&self) -> Vec<(String, Json)> {
        let events = self.events.iter().map(|event| Json::Object(event.members())).collect();
        vec![
            member("run", text(&self.id.to_string())),
            member("begun", text(&self.begun.to_string())),
            member("author", Json::Object(self.author.members())),
            member("plan", Json::Object(self.plan.members())),
            member("events", Json::List(events)),
        ]
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        node.only(&[&["run", "begun", "author", "plan", "events"], besides].concat())?;
        let events = node.get("events")?.list()?;
        Ok(Self {
            id: node.get("run")?.parse("the id of a run")?,
            begun: node.get("begun")?.parse("a time")?,
            author: Author::read(&node.get("author")?, &[])?,
            plan: Plan::read(&node.get("plan")?, &[])?,
            events: events.iter().map(|event| Event::read(event, &[])).collect::<Result<_, _>>()?,
        })
    }
}
