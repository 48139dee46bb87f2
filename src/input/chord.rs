//! A chord: a key of the keyboard with its modifiers, and its one way of being written.
//!
//! A character carries its own shift (`G`, `?`), so shift is a modifier of named keys only; a chord
//! that is displayed reads back as itself.

use std::fmt;
use std::str::FromStr;

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    key: Key,
    modifiers: Modifiers,
}

/// A key of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character, as typed.
    Char(char),
    /// A function key, 1 to 24.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// The modifiers that are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Modifiers {
    /// Control.
    pub ctrl: bool,
    /// Alt or Meta.
    pub alt: bool,
    /// Shift; dropped for characters, which carry it themselves.
    pub shift: bool,
}

/// A text that is not a chord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadChord(pub String);

const NAMES: [(&str, Key); 21] = [
    ("Enter", Key::Enter),
    ("Esc", Key::Esc),
    ("Tab", Key::Tab),
    ("Space", Key::Char(' ')),
    ("Backspace", Key::Backspace),
    ("Del", Key::Delete),
    ("Ins", Key::Insert),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Home", Key::Home),
    ("End", Key::End),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    // Other ways of writing them; the first name of a key is the one that is shown.
    ("Escape", Key::Esc),
    ("Return", Key::Enter),
    ("Delete", Key::Delete),
    ("Insert", Key::Insert),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
];

impl Chord {
    /// Joins a key and what is held with it.
    pub fn new(key: Key, modifiers: Modifiers) -> Self {
        match key {
            // Terminals disagree about ctrl with a capital letter; here it is the small one.
            Key::Char(c) => {
                let c = if modifiers.ctrl { c.to_ascii_lowercase() } else { c };
                Self { key: Key::Char(c), modifiers: Modifiers { shift: false, ..modifiers } }
            }
            key => Self { key, modifiers },
        }
    }

    /// A key with nothing held.
    pub fn plain(key: Key) -> Self {
        Self::new(key, Modifiers::default())
    }

    /// The character that this chord types into a line, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.modifiers.ctrl && !self.modifiers.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// The key.
    pub fn key(self) -> Key {
        self.key
    }
}

impl FromStr for Chord {
    type Err = BadChord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadChord(text.to_owned());
        let mut modifiers = Modifiers::default();
        let mut rest = text;
        // A lone "-" is the character; "ctrl--" is control and it.
        while let Some((head, tail)) =
            rest.split_once('-').filter(|(head, tail)| !head.is_empty() && !tail.is_empty())
        {
            match head.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => modifiers.ctrl = true,
                "alt" | "meta" => modifiers.alt = true,
                "shift" => modifiers.shift = true,
                _ => return Err(bad()),
            }
            rest = tail;
        }
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() => {
                Key::Char(if modifiers.shift { c.to_ascii_uppercase() } else { c })
            }
            _ => named(rest).ok_or_else(bad)?,
        };
        Ok(Self::new(key, modifiers))
    }
}

fn named(text: &str) -> Option<Key> {
    let by_name = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, key)| *key);
    by_name.or_else(|| {
        let number: u8 = text.strip_prefix(['F', 'f'])?.parse().ok()?;
        (1..=24).contains(&number).then_some(Key::F(number))
    })
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for (held, name) in
            [(self.modifiers.ctrl, "ctrl-"), (self.modifiers.alt, "alt-"), (self.modifiers.shift, "shift-")]
        {
            if held {
                text.push_str(name);
            }
        }
        match (NAMES.iter().find(|(_, key)| *key == self.key), self.key) {
            (Some((name, _)), _) => text.push_str(name),
            (None, Key::Char(c)) => text.push(c),
            (None, Key::F(n)) => text = format!("{text}F{n}"),
            (None, key) => unreachable!("BUG: {key:?} has no name"),
        }
        f.pad(&text)
    }
}

impl fmt::Display for BadChord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not a chord: write it as ctrl-s, alt-x, G, F5, PgDn or Space", self.0)
    }
}

impl std::error::Error for BadChord {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn chords_are_written_in_one_way() {
        for (text, shown) in [
            ("ctrl-s", "ctrl-s"),
            ("CTRL-S", "ctrl-s"),
            ("shift-tab", "shift-Tab"),
            ("shift-g", "G"),
            ("pagedown", "PgDn"),
            ("space", "Space"),
            ("-", "-"),
            ("ctrl--", "ctrl--"),
            ("alt-ctrl-x", "ctrl-alt-x"),
            ("f12", "F12"),
            ("?", "?"),
        ] {
            assert_eq!(text.parse::<Chord>().expect(text).to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_chord_is_refused() {
        for bad in ["", "ctrl-", "hyper-x", "ab", "F0", "F25", "\u{1b}"] {
            assert!(bad.parse::<Chord>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_capital_is_the_same_with_or_without_the_shift_that_a_terminal_reports() {
        let held = Modifiers { shift: true, ..Modifiers::default() };
        assert_eq!(Chord::new(Key::Char('G'), held), Chord::plain(Key::Char('G')));
    }

    proptest! {
        #[test]
        fn a_displayed_chord_reads_back_as_itself(c in any::<char>(), ctrl: bool, alt: bool) {
            prop_assume!(!c.is_control());
            let chord = Chord::new(Key::Char(c), Modifiers { ctrl, alt, shift: false });
            prop_assert_eq!(chord.to_string().parse::<Chord>(), Ok(chord));
        }
    }
}
