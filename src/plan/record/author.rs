//! Who began a run, as it is written down.

use super::node::{Node, member};
use super::{BadRecord, Shape, text};
use crate::domain::Json;
use crate::plan::Author;

impl Shape for Author {
    fn members(&self) -> Vec<(String, Json)> {
        let caller = |(account, arn): &(crate::domain::AccountId, crate::domain::Shown)| {
            Json::List(vec![text(&account.to_string()), text(arn.exact())])
        };
        vec![
            member("user", text(self.user.exact())),
            member("host", text(self.host.exact())),
            member("callers", Json::List(self.callers.iter().map(caller).collect())),
        ]
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        node.only(&[&["user", "host", "callers"], besides].concat())?;
        let caller = |node: Node<'_>| {
            let [account, arn] = node.pair()?;
            Ok((account.parse("an account id")?, arn.shown()?))
        };
        Ok(Self {
            user: node.get("user")?.shown()?,
            host: node.get("host")?.shown()?,
            callers: node.get("callers")?.list()?.into_iter().map(caller).collect::<Result<_, _>>()?,
        })
    }
}
