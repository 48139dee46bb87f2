//! AWS accounts: their ids, and what the settings say of them.
//!
//! An account id is twelve digits, leading zeros included; it is kept as a number and always
//! shown with all twelve.

use std::fmt;
use std::str::FromStr;

use super::Shown;

/// The id of an AWS account: exactly twelve digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(u64);

/// A text that is not an account id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadAccountId(pub Shown);

impl FromStr for AccountId {
    type Err = BadAccountId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits => Ok(Self(number)),
            _ => Err(BadAccountId(text.into())),
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:012}", self.0))
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for BadAccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not an account id: an account id has exactly twelve digits", self.0)
    }
}

impl std::error::Error for BadAccountId {}

/// An account as the settings or a profile describe it, before anybody has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name that the reader knows it by; unique among the accounts of one program.
    pub name: Shown,
    /// The id, where the settings or the profile say it; STS has the last word.
    pub id: Option<AccountId>,
    /// Whether changes may be made in it.
    pub access: Access,
    /// Whether a change in it hurts.
    pub standing: Standing,
    /// Its colour on the screen, if one was chosen.
    pub tint: Option<Tint>,
}

/// Whether changes may be made in an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Reads and changes.
    ReadWrite,
    /// No changing request can be built.
    ReadOnly,
}

/// Whether a change in an account hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Marked `PROD` wherever something will happen.
    Production,
    /// Any other.
    Ordinary,
}

/// A colour an account can be given in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tint {
    /// Red.
    Red,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Blue.
    Blue,
    /// Magenta.
    Magenta,
    /// Cyan.
    Cyan,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_exactly_twelve_digits_and_keeps_its_zeros() {
        assert_eq!("000000000123".parse::<AccountId>().expect("an id").to_string(), "000000000123");
        for bad in ["", "11111111111", "1111111111111", "11111111111a", "+11111111111", " 11111111111"] {
            assert!(bad.parse::<AccountId>().is_err(), "{bad}");
        }
    }
}
