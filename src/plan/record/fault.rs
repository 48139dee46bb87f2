//! A fault, as it is written down.

use super::node::{Node, member};
use super::{BadRecord, Shape, some, text};
use crate::domain::{DeniedBy, Fault, FaultClass, Json, Shown};

const POLICIES: [DeniedBy; 7] = [
    DeniedBy::Identity,
    DeniedBy::Resource,
    DeniedBy::Boundary,
    DeniedBy::Session,
    DeniedBy::ServiceControl,
    DeniedBy::ResourceControl,
    DeniedBy::VpcEndpoint,
];

impl Shape for Fault {
    fn members(&self) -> Vec<(String, Json)> {
        let shown = |own: &Shown| text(own.exact());
        let all = [
            Some(member("class", text(self.class.name()))),
            some("code", self.code.as_ref().map(shown)),
            Some(member("message", shown(&self.message))),
            some("action", self.action.as_ref().map(shown)),
            some("denied-by", self.denied_by.map(|kind| text(policy(kind)))),
            some("request", self.request_id.as_ref().map(shown)),
            Some(member("hint", shown(&self.hint))),
        ];
        all.into_iter().flatten().collect()
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        let own = ["class", "code", "message", "action", "denied-by", "request", "hint"];
        node.only(&[&own, besides].concat())?;
        let optional = |name| node.maybe(name).map(|own| own.shown()).transpose();
        let denied_by = node.maybe("denied-by");
        let denied_by = denied_by.map(|own| own.one_of(&POLICIES, policy, "a kind of policy")).transpose()?;
        Ok(Self {
            class: node.get("class")?.one_of(&FaultClass::ALL, FaultClass::name, "a class of faults")?,
            code: optional("code")?,
            message: node.get("message")?.shown()?,
            action: optional("action")?,
            denied_by,
            request_id: optional("request")?,
            remedy: None,
            hint: node.get("hint")?.shown()?,
        })
    }
}

fn policy(kind: DeniedBy) -> &'static str {
    match kind {
        DeniedBy::Identity => "identity",
        DeniedBy::Resource => "resource",
        DeniedBy::Boundary => "boundary",
        DeniedBy::Session => "session",
        DeniedBy::ServiceControl => "service-control",
        DeniedBy::ResourceControl => "resource-control",
        DeniedBy::VpcEndpoint => "vpc-endpoint",
    }
}
