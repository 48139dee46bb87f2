//! The table of bindings in force: the built-in one with the settings' changes.
//!
//! A remapped action keeps its groups and loses its built-in chords; no chord ever means two things
//! in one context unless the built-in table says so; ctrl-c always leaves.

use std::fmt;

use super::bindings::BINDINGS;
use super::{Action, BadChord, Chord, Context, Group};

/// The bindings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub group: Group,
    /// Which chords; the first is the one that is shown.
    pub chords: Vec<Chord>,
    /// What they mean.
    pub action: Action,
    /// The chords without the settings, where those gave it others.
    pub moved_from: Vec<Chord>,
}

/// What is wrong with a change of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// There is no action of this name.
    UnknownAction {
        /// The name.
        name: String,
        /// The nearest one that there is.
        nearest: &'static str,
    },
    /// The chord cannot be read.
    Chord(BadChord),
    /// The chord means something else where the action would need it.
    Taken {
        /// The chord.
        chord: Chord,
        /// What was to be bound to it.
        wanted: Action,
        /// What it means.
        taken: Action,
        /// Where.
        group: Group,
    },
    /// The chord types a character where the action would need it.
    Typed {
        /// The chord.
        chord: Chord,
        /// What was to be bound to it.
        wanted: Action,
    },
    /// The way out stays what it is.
    Fixed,
}

impl Default for Keymap {
    fn default() -> Self {
        let chord =
            |text: &&str| text.parse().expect("BUG: the table of bindings holds a chord that is none");
        let binding = |&(group, chords, action): &(Group, &[&str], Action)| Binding {
            group,
            chords: chords.iter().map(chord).collect(),
            action,
            moved_from: Vec::new(),
        };
        Self { bindings: BINDINGS.iter().map(binding).collect() }
    }
}

impl Keymap {
    /// The built-in table with actions moved to other chords: pairs of an action's name and a chord.
    /// An action that is named twice has both chords. Every mistake is told, with which pair it is in, from 0.
    pub fn with(overrides: &[(&str, &str)]) -> Result<Self, Vec<(usize, Mistake)>> {
        let mut keymap = Self::default();
        let mut moved: Vec<(usize, Action, Chord)> = Vec::new();
        let mut mistakes = Vec::new();
        for (n, (name, chord)) in overrides.iter().enumerate() {
            match read(name, chord) {
                Ok((action, chord)) => moved.push((n, action, chord)),
                Err(mistake) => mistakes.push((n, mistake)),
            }
        }
        for binding in &mut keymap.bindings {
            let chords = moved.iter().filter(|(_, action, _)| *action == binding.action);
            let chords: Vec<Chord> = chords.map(|(_, _, chord)| *chord).collect();
            if !chords.is_empty() {
                binding.moved_from = std::mem::replace(&mut binding.chords, chords);
            }
        }
        for (n, action, chord) in moved {
            mistakes.extend(keymap.check(action, chord).err().map(|mistake| (n, mistake)));
        }
        mistakes.sort_by_key(|(n, _)| *n);
        if mistakes.is_empty() { Ok(keymap) } else { Err(mistakes) }
    }

    /// What a chord means in a context; `None` where it means nothing, or types itself.
    pub fn action(&self, context: Context, chord: Chord) -> Option<Action> {
        context.groups().iter().find_map(|&group| {
            self.group(group).find(|binding| binding.chords.contains(&chord)).map(|binding| binding.action)
        })
    }

    /// The chord to show for an action in a context; `None` when it cannot be asked for there. Where
    /// several groups have one, it is that of the widest: what the user knows from elsewhere.
    pub fn chord(&self, context: Context, action: Action) -> Option<Chord> {
        let mut chords = context
            .groups()
            .iter()
            .rev()
            .flat_map(|&group| self.group(group))
            .filter(|binding| binding.action == action)
            .flat_map(|binding| binding.chords.iter().copied());
        chords.find(|&chord| self.action(context, chord) == Some(action))
    }

    /// The bindings of a group, in the table's order.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.group == group)
    }

    /// All bindings.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// Whether a chord can mean what it was moved to, wherever that can be asked for.
    fn check(&self, wanted: Action, chord: Chord) -> Result<(), Mistake> {
        for context in Context::ALL {
            let here = || context.groups().iter().flat_map(|&group| self.group(group));
            if !here().any(|binding| binding.action == wanted) {
                continue;
            }
            if context.is_typed_in() && chord.typed().is_some() {
                return Err(Mistake::Typed { chord, wanted });
            }
            let other = here().find(|binding| binding.action != wanted && binding.chords.contains(&chord));
            if let Some(Binding { group, action: taken, .. }) = other {
                return Err(Mistake::Taken { chord, wanted, taken: *taken, group: *group });
            }
        }
        Ok(())
    }
}

/// An action and a chord by their names.
fn read(name: &str, chord: &str) -> Result<(Action, Chord), Mistake> {
    let action = Action::ALL.iter().copied().find(|action| action.name() == name);
    let action =
        action.ok_or_else(|| Mistake::UnknownAction { name: name.to_owned(), nearest: nearest(name) })?;
    if action == Action::QuitNow {
        return Err(Mistake::Fixed);
    }
    Ok((action, chord.parse().map_err(Mistake::Chord)?))
}

/// The name that shares most of its letters' pairs with what was written.
fn nearest(written: &str) -> &'static str {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let text = text.to_ascii_lowercase();
        text.chars().zip(text.chars().skip(1)).collect()
    };
    let of_written = pairs(written);
    let score = |name: &str| {
        let of_name = pairs(name);
        let common = of_written.iter().filter(|pair| of_name.contains(pair)).count();
        (2000 * common) / (of_written.len() + of_name.len()).max(1)
    };
    // The first action is a fine answer to a text that is like none of them.
    Action::ALL.iter().map(|action| action.name()).max_by_key(|name| score(name)).unwrap_or_default()
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAction { name, nearest } => {
                write!(f, "there is no action \"{name}\": did you mean \"{nearest}\"?")
            }
            Self::Chord(bad) => bad.fmt(f),
            Self::Taken { chord, wanted, taken, group } => {
                write!(
                    f,
                    "{chord} cannot be \"{}\": it is \"{}\" already ({})",
                    wanted.name(),
                    taken.name(),
                    group.title()
                )
            }
            Self::Typed { chord, wanted } => {
                write!(f, "{chord} cannot be \"{}\": it types a character there", wanted.name())
            }
            Self::Fixed => write!(f, "ctrl-c always leaves: \"quit-now\" cannot be moved"),
        }
    }
}

impl std::error::Error for Mistake {}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(text: &str) -> Chord {
        text.parse().expect("a chord")
    }

    #[test]
    fn a_chord_means_one_thing_in_a_group_and_every_action_is_bound() {
        let keymap = Keymap::default();
        for group in Group::ALL {
            let mut chords: Vec<_> = keymap.group(group).flat_map(|b| b.chords.clone()).collect();
            let all = chords.len();
            chords.sort_unstable();
            chords.dedup();
            assert_eq!(chords.len(), all, "{group:?}");
        }
        for &action in Action::ALL {
            assert!(Context::ALL.iter().any(|&c| keymap.chord(c, action).is_some()), "{action:?}");
        }
    }

    #[test]
    fn no_character_is_bound_where_characters_are_typed() {
        let keymap = Keymap::default();
        for context in Context::ALL.into_iter().filter(|c| c.is_typed_in()) {
            for binding in context.groups().iter().flat_map(|&g| keymap.group(g)) {
                let typed = binding.chords.iter().find(|c| c.typed().is_some_and(|c| c != ' '));
                assert_eq!(typed, None, "{context:?} {:?}", binding.action);
            }
        }
    }

    #[test]
    fn every_binding_can_be_reached_in_some_context() {
        let keymap = Keymap::default();
        for binding in keymap.bindings() {
            for &chord in &binding.chords {
                let reached = Context::ALL.iter().any(|&context| {
                    context.groups().contains(&binding.group)
                        && keymap.action(context, chord) == Some(binding.action)
                });
                assert!(reached, "{chord} {:?}", binding.action);
            }
        }
    }

    #[test]
    fn every_hint_is_bound_where_it_is_shown() {
        let keymap = Keymap::default();
        for context in Context::ALL {
            for &action in context.hinted() {
                assert!(keymap.chord(context, action).is_some(), "{context:?} {action:?}");
            }
        }
    }

    #[test]
    fn restore_and_export_have_their_chords_wherever_a_snapshot_is() {
        let keymap = Keymap::default();
        for context in [Context::Table, Context::Tree, Context::Details, Context::Menu] {
            assert_eq!(keymap.action(context, chord("t")), Some(Action::RestoreSnapshot));
            assert_eq!(keymap.action(context, chord("x")), Some(Action::ExportSnapshot));
        }
    }

    #[test]
    fn a_remapped_action_loses_its_old_chord_and_takes_the_new_ones() {
        let keymap = Keymap::with(&[("refresh", "F5"), ("refresh", "ctrl-r")]).expect("a keymap");
        assert_eq!(keymap.action(Context::Table, chord("r")), None);
        assert_eq!(keymap.action(Context::Tree, chord("F5")), Some(Action::Refresh));
        assert_eq!(keymap.chord(Context::Table, Action::Refresh), Some(chord("F5")));
        assert_eq!(keymap.action(Context::Table, chord("ctrl-r")), Some(Action::Refresh));
    }

    #[test]
    fn two_actions_can_change_places() {
        let keymap = Keymap::with(&[("refresh", "o"), ("sort", "r")]).expect("a keymap");
        assert_eq!(keymap.action(Context::Table, chord("o")), Some(Action::Refresh));
    }

    #[test]
    fn a_change_that_cannot_be_is_a_mistake_that_says_why() {
        for (pairs, says) in [
            ([("refersh", "F5")], "there is no action \"refersh\": did you mean \"refresh\"?"),
            ([("refresh", "strg-r")], "\"strg-r\" is not a chord"),
            ([("refresh", "o")], "o cannot be \"refresh\": it is \"sort\" already (On the deck)"),
            ([("accept", "x")], "x cannot be \"accept\": it types a character there"),
            ([("quit-now", "F10")], "ctrl-c always leaves"),
            ([("quit", "ctrl-c")], "it is \"quit-now\""),
        ] {
            let mistakes = Keymap::with(&pairs).expect_err(says);
            let [(0, mistake)] = &mistakes[..] else { panic!("{mistakes:?}") };
            assert!(mistake.to_string().contains(says), "{mistake}");
        }
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let pairs = [("refresh", "o"), ("sort", "F5"), ("zoom", "hyper-z"), ("wide", "F5"), ("nap", "n")];
        let mistakes = Keymap::with(&pairs).expect_err("mistakes");
        let places: Vec<usize> = mistakes.iter().map(|(n, _)| *n).collect();
        assert_eq!(
            places,
            [1, 2, 3, 4],
            "o is free, since sort was moved; two actions want F5: {mistakes:?}"
        );
    }
}
