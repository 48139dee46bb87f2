//! Colours of a report, which only repeat what its words say.

/// Whether a report is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// It is not: it is piped, or colours are not wanted.
    None,
    /// By the terminal's own sixteen colours.
    Ansi,
}

/// What a piece of text means to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// It blocks.
    Bad,
    /// It deserves a look.
    Doubt,
    /// It is as it should be.
    Good,
    /// It can be passed over.
    Dim,
    /// It is what to look for.
    Strong,
}

impl Paint {
    /// The text in its colour.
    pub(super) fn ink(self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Bad => "1;31",
            Ink::Doubt => "1;33",
            Ink::Good => "1;32",
            Ink::Dim => "2",
            Ink::Strong => "1",
        };
        match self {
            Self::None => text.to_owned(),
            Self::Ansi => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }
}
