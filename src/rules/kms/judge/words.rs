//! Why a key cannot be used, and what cannot be decided about it, in words.

use std::fmt;

use super::{Doubt, Place, Refusal};
use crate::domain::KeyState;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sid(sid) => write!(f, "the statement {sid}"),
            Self::Number(n) => write!(f, "statement {n}"),
            Self::Grant(id) => write!(f, "the grant {id}"),
        }
    }
}

impl fmt::Display for Refusal {
    /// Why not, as the end of "... may not use the key: ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AwsManaged => f.write_str("a default key admits its own account alone"),
            Self::State(KeyState::Enabled) => f.write_str("the key cannot be used now"),
            Self::State(KeyState::Disabled) => f.write_str("the key is disabled"),
            Self::State(KeyState::PendingDeletion) => f.write_str("the key is waiting to be deleted"),
            Self::State(KeyState::Other(word)) => write!(f, "the key is in the state {word}"),
            Self::Denied(place, operation) => write!(f, "{place} denies kms:{operation}"),
            Self::Nothing => f.write_str("its policy does not admit the account"),
            Self::Lacks(missing) => write!(f, "its policy leaves out kms:{}", missing.join(", kms:")),
        }
    }
}

impl fmt::Display for Doubt {
    /// What cannot be decided, as the end of "... is not known: ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition(place, key) => write!(f, "{place} depends on {key}"),
            Self::NotPrincipal(place) => write!(f, "{place} has a NotPrincipal"),
            Self::DeniesSome(place) => write!(f, "{place} denies some of its roles or users"),
            Self::Ram => f.write_str(
                "the key is shared by Resource Access Manager, and AWS does not say that RDS takes that",
            ),
            Self::Policy(bad) => write!(f, "the key policy cannot be read: {bad}"),
            Self::Grants => f.write_str("the key's grants could not be listed"),
            Self::GrantConstraint(id) => write!(f, "the grant {id} has constraints"),
        }
    }
}
