//! What is written down of plans and runs: JSON on one line, exact, with the number of its shape.
//!
//! What is written is read back equal. The reader is strict, as what it reads decides what is sent to AWS: a member
//! that is missing, strange or there twice, and a shape of another version, are errors that say where. Names that
//! the writer knew and this program does not (a rule, a parameter) are kept: an old journal stays readable.

mod author;
mod call;
mod event;
mod fault;
mod ground;
mod history;
mod name;
mod node;
mod step;

use std::fmt;

use node::{Node, member};

use crate::domain::{BadJson, Json, Shown};

/// The shape that is written here.
const VERSION: &str = "1";

/// Something that is written down and read back: a plan, a step, an event, or who began a run.
pub trait Record: Sized {
    /// Its text, on one line.
    fn to_record(&self) -> String;

    /// What a text holds.
    ///
    /// # Errors
    /// When the text is not one that [`to_record`](Self::to_record) writes.
    fn from_record(text: &str) -> Result<Self, BadRecord>;
}

/// An object of JSON, as it lies in a record.
trait Shape: Sized {
    /// Its members.
    fn members(&self) -> Vec<(String, Json)>;
    /// Reads it; there may be members of these names `besides`.
    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord>;
}

impl<T: Shape> Record for T {
    fn to_record(&self) -> String {
        let mut members = vec![member("v", Json::Number(VERSION.to_owned()))];
        members.extend(self.members());
        Json::Object(members).compact()
    }

    fn from_record(text: &str) -> Result<Self, BadRecord> {
        let not_json = |bad| BadRecord { place: String::new(), why: BadShape::NotJson(bad) };
        let json = Json::parse(text).map_err(not_json)?;
        let node = Node::root(&json);
        let version = node.get("v")?;
        match version.json() {
            Json::Number(own) if own == VERSION => Self::read(&node, &["v"]),
            Json::Number(other) => Err(version.bad(BadShape::Version(other.as_str().into()))),
            _ => Err(version.wanted("a version")),
        }
    }
}

/// A text that is no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRecord {
    /// Where, as `steps[0].call.region`; empty for the whole text.
    pub place: String,
    /// Why.
    pub why: BadShape,
}

/// What is wrong at a place of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadShape {
    /// The text is not JSON.
    NotJson(BadJson),
    /// Another version of the program wrote it, in a shape of this number.
    Version(Shown),
    /// It is not there.
    Missing,
    /// It is there, and must not be; or it is there twice.
    Strange,
    /// It is something else than this.
    Wanted(&'static str),
}

impl fmt::Display for BadRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        match &self.why {
            BadShape::NotJson(bad) => bad.fmt(f),
            BadShape::Version(version) => {
                write!(f, "version {version} of the record is not known here: this program is older")
            }
            BadShape::Missing => f.write_str("it is missing"),
            BadShape::Strange => f.write_str("it does not belong there"),
            BadShape::Wanted(what) => write!(f, "it is not {what}"),
        }
    }
}

impl std::error::Error for BadRecord {}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

/// The members of what may not be there.
fn some(name: &str, value: Option<Json>) -> Option<(String, Json)> {
    value.map(|value| member(name, value))
}

#[cfg(test)]
mod tests;
