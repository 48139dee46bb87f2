//! What somebody has to do to sign in: run a command, or type the code of an MFA device.

use std::fmt;
use std::str::FromStr;

use super::Shown;

/// What makes a fault of the credentials go away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// A command to be run on a terminal, and its arguments: `aws sso login --profile prod`.
    Command(Vec<String>),
    /// The code that an MFA device shows.
    Code(Device),
}

/// An MFA device, and the profile that asks for its code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Device {
    /// The profile with `mfa_serial`.
    pub profile: Shown,
    /// The serial number: the ARN of a virtual device, or what is printed on one.
    pub serial: Shown,
}

/// A one-time code. It is shown nowhere, by no means.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

/// A text that is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCode;

impl Code {
    /// The six digits, for AWS alone.
    pub fn exact(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        // Apps show them in two groups, and so they are pasted.
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(Self(digits)).ok_or(BadCode)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

impl fmt::Display for BadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code has six digits")
    }
}

impl std::error::Error for BadCode {}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(words) => write!(f, "{}", Shown::from(words.join(" "))),
            Self::Code(device) => write!(f, "the code of {}", device.serial),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_six_digits_and_is_never_shown() {
        for text in ["123456", " 123 456\n"] {
            let code: Code = text.parse().expect("a code");
            assert_eq!(code.exact(), "123456");
            assert!(!format!("{code:?}").contains('1'));
        }
        for text in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(text.parse::<Code>(), Err(BadCode), "{text}");
        }
    }
}
