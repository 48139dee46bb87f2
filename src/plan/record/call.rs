//! A call, as it is written down: parameters in their order, each as its value reads in JSON.

use super::node::{Node, member};
use super::{BadRecord, Shape, name, text};
use crate::domain::{Json, Region, Scope, Tag};
use crate::plan::{Argument, Call, Operation};

impl Shape for Call {
    fn members(&self) -> Vec<(String, Json)> {
        let parameter = |(name, value): &(&str, Argument)| Json::List(vec![text(name), argument(value)]);
        vec![
            member("account", text(&self.scope.account.to_string())),
            member("region", text(self.scope.region.name())),
            member("operation", text(self.operation.name())),
            member("parameters", Json::List(self.parameters.iter().map(parameter).collect())),
        ]
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        node.only(&[&["account", "region", "operation", "parameters"], besides].concat())?;
        let parameter = |node: Node<'_>| {
            let [own, value] = node.pair()?;
            let name = name::kept(own.text()?).ok_or_else(|| own.wanted("the name of a parameter"))?;
            Ok((name, read_argument(&value)?))
        };
        let scope = Scope {
            account: node.get("account")?.parse("an account id")?,
            region: Region::new(node.get("region")?.text()?),
        };
        let operation = node.get("operation")?.one_of(
            &Operation::ALL,
            Operation::name,
            "an operation that is known here",
        )?;
        let parameters =
            node.get("parameters")?.list()?.into_iter().map(parameter).collect::<Result<_, _>>()?;
        Ok(Self { scope, operation, parameters })
    }
}

fn argument(argument: &Argument) -> Json {
    let tag = |tag: &Tag| Json::List(vec![text(tag.key.exact()), text(tag.value.exact())]);
    match argument {
        Argument::Text(own) => text(own),
        Argument::Flag(flag) => Json::Bool(*flag),
        Argument::Number(number) => Json::Number(number.to_string()),
        Argument::List(all) => Json::List(all.iter().map(|one| text(one)).collect()),
        Argument::Tags(tags) => {
            Json::Object(vec![member("tags", Json::List(tags.iter().map(tag).collect()))])
        }
        Argument::GrantNamed(name) => Json::Object(vec![member("grant-named", text(name))]),
    }
}

fn read_argument(node: &Node<'_>) -> Result<Argument, BadRecord> {
    let tag = |node: Node<'_>| {
        let [key, value] = node.pair()?;
        Ok(Tag { key: key.shown()?, value: value.shown()? })
    };
    Ok(match node.json() {
        Json::Text(text) => Argument::Text(text.clone()),
        Json::Bool(flag) => Argument::Flag(*flag),
        Json::Number(_) => Argument::Number(node.number("a whole number")?),
        Json::List(_) => Argument::List(node.list()?.iter().map(Node::owned).collect::<Result<_, _>>()?),
        Json::Object(_) => match node.single()? {
            ("tags", tags) => Argument::Tags(tags.list()?.into_iter().map(tag).collect::<Result<_, _>>()?),
            ("grant-named", name) => Argument::GrantNamed(name.owned()?),
            (_, other) => return Err(other.wanted("a kind of value that is known here")),
        },
        Json::Null => return Err(node.wanted("a value")),
    })
}
