//! A place in a record that is being read: a value, and the way to it.

use std::fmt::Display;
use std::str::FromStr;

use super::{BadRecord, BadShape};
use crate::domain::{Json, Shown, is_hidden};

/// A value, and where it lies.
pub(super) struct Node<'j> {
    json: &'j Json,
    place: String,
}

impl<'j> Node<'j> {
    pub(super) fn root(json: &'j Json) -> Self {
        Self { json, place: String::new() }
    }

    pub(super) fn json(&self) -> &'j Json {
        self.json
    }

    pub(super) fn bad(&self, why: BadShape) -> BadRecord {
        BadRecord { place: self.place.clone(), why }
    }

    pub(super) fn wanted(&self, what: &'static str) -> BadRecord {
        self.bad(BadShape::Wanted(what))
    }

    fn inside(&self, name: impl Display, json: &'j Json) -> Self {
        let dot = if self.place.is_empty() { "" } else { "." };
        Self { json, place: format!("{}{dot}{name}", self.place) }
    }

    /// That it is an object with no members but these, each at most once.
    pub(super) fn only(&self, names: &[&str]) -> Result<(), BadRecord> {
        let mut seen = Vec::new();
        for (name, value) in self.members()? {
            if !names.contains(&name.as_str()) || seen.contains(&name) {
                return Err(self.inside(Shown::from(name.as_str()), value).bad(BadShape::Strange));
            }
            seen.push(name);
        }
        Ok(())
    }

    fn members(&self) -> Result<&'j [(String, Json)], BadRecord> {
        let Json::Object(members) = self.json else { return Err(self.wanted("an object")) };
        Ok(members)
    }

    /// The member of a name, which must be there.
    pub(super) fn get(&self, name: &'static str) -> Result<Self, BadRecord> {
        self.members()?;
        self.maybe(name).ok_or_else(|| self.inside(name, self.json).bad(BadShape::Missing))
    }

    /// The member of a name, if it is there.
    pub(super) fn maybe(&self, name: &'static str) -> Option<Self> {
        self.json.get(name).map(|value| self.inside(name, value))
    }

    /// The only member of an object, by its name.
    pub(super) fn single(&self) -> Result<(&'j str, Self), BadRecord> {
        let [(name, value)] = self.members()? else { return Err(self.wanted("an object of one member")) };
        Ok((name, self.inside(Shown::from(name.as_str()), value)))
    }

    pub(super) fn list(&self) -> Result<Vec<Self>, BadRecord> {
        let Json::List(all) = self.json else { return Err(self.wanted("a list")) };
        let one = |(n, json)| Self { json, place: format!("{}[{n}]", self.place) };
        Ok(all.iter().enumerate().map(one).collect())
    }

    /// Two values in a list.
    pub(super) fn pair(&self) -> Result<[Self; 2], BadRecord> {
        self.list()?.try_into().map_err(|_| self.wanted("a pair"))
    }

    pub(super) fn text(&self) -> Result<&'j str, BadRecord> {
        let Json::Text(text) = self.json else { return Err(self.wanted("a text")) };
        Ok(text)
    }

    pub(super) fn owned(&self) -> Result<String, BadRecord> {
        self.text().map(str::to_owned)
    }

    pub(super) fn shown(&self) -> Result<Shown, BadRecord> {
        self.text().map(Shown::from)
    }

    /// A sentence of ours, which screens show as it is: nothing in it is hidden.
    pub(super) fn words(&self) -> Result<String, BadRecord> {
        let text = self.text()?;
        if text.chars().any(is_hidden) {
            return Err(self.wanted("a text without hidden characters"));
        }
        Ok(text.to_owned())
    }

    /// A text that is parsed.
    pub(super) fn parse<T: FromStr>(&self, what: &'static str) -> Result<T, BadRecord> {
        self.text()?.parse().map_err(|_| self.wanted(what))
    }

    /// A whole number that fits.
    pub(super) fn number<T: FromStr>(&self, what: &'static str) -> Result<T, BadRecord> {
        let Json::Number(number) = self.json else { return Err(self.wanted(what)) };
        number.parse().map_err(|_| self.wanted(what))
    }

    /// The one among these that has this name.
    pub(super) fn one_of<T: Copy>(
        &self,
        all: &[T],
        name: impl Fn(T) -> &'static str,
        what: &'static str,
    ) -> Result<T, BadRecord> {
        let text = self.text()?;
        all.iter().copied().find(|one| name(*one) == text).ok_or_else(|| self.wanted(what))
    }
}

pub(super) fn member(name: &str, value: Json) -> (String, Json) {
    (name.to_owned(), value)
}
