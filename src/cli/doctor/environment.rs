//! The environment variables that the checks look at, as a value.

use std::collections::HashMap;
use std::path::PathBuf;

/// The variables that are looked at.
const NAMES: [&str; 13] = [
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "COLORTERM",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "NO_COLOR",
    "SSH_CONNECTION",
    "SSH_TTY",
    "STY",
    "TERM",
    "TMUX",
];

/// Environment variables by name; an empty one counts as unset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment(HashMap<&'static str, String>);

impl Environment {
    /// The process's own.
    pub fn of_process() -> Self {
        let read = |name: &'static str| Some((name, std::env::var_os(name)?.to_string_lossy().into_owned()));
        Self(NAMES.into_iter().filter_map(read).collect())
    }

    /// A variable that is set to something.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        debug_assert!(NAMES.contains(&name), "{name} is not read");
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A file that a variable names, else its usual place below the home folder.
    pub(super) fn file(&self, name: &str, usual: &str) -> Option<PathBuf> {
        let named = self.get(name).map(PathBuf::from);
        named.or_else(|| Some(PathBuf::from(self.get("HOME")?).join(usual)))
    }

    #[cfg(test)]
    pub(super) fn with(pairs: &[(&'static str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }
}
