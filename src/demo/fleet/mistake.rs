//! A mistake in a fleet file, named by its place in the JSON.

use std::fmt;

use serde_json::Value;

/// What is wrong with a fleet file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FleetMistake {
    path: String,
    what: String,
}

/// A place in the JSON while it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    At(&'p Path<'p>, usize),
}

impl FleetMistake {
    /// The place in the JSON, as `accounts.111111111111.regions.us-east-1.DBSnapshots[3].Engine`; empty
    /// for the document itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there, as `expected a string, found 5`.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for FleetMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.what),
            path => write!(f, "{path}: {}", self.what),
        }
    }
}

impl std::error::Error for FleetMistake {}

impl Path<'_> {
    /// Something is wrong here.
    pub(crate) fn mistake(&self, what: impl Into<String>) -> FleetMistake {
        FleetMistake { path: self.to_string(), what: what.into() }
    }

    /// Something else was expected here.
    pub(crate) fn expected(&self, what: &str, found: &Value) -> FleetMistake {
        let found = match found {
            Value::Object(_) => "an object".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            other => other.to_string().chars().take(60).collect(),
        };
        self.mistake(format!("expected {what}, found {found}"))
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::At(parent, at) => write!(f, "{parent}[{at}]"),
        }
    }
}

/// The known name that an unknown one was probably meant to be.
pub(crate) fn nearest<'n>(unknown: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = unknown.to_ascii_lowercase();
    known
        .into_iter()
        .map(|name| (distance(&lower, &name.to_ascii_lowercase()), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Insertions, deletions and replacements between two words.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["Engine", "EngineVersion", "Status"];
        assert_eq!(nearest("Enigne", known), Some("Engine"));
        assert_eq!(nearest("engineversion", known), Some("EngineVersion"));
        assert_eq!(nearest("Colour", known), None);
    }
}
