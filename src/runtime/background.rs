//! The terminal's background: what it answers when it is asked (OSC 11), read among what is typed.
//!
//! Nobody waits for the answer. It comes through the same door as chords do, spelled as if it were typed:
//! alt-], `11;rgb:1e1e/1e1e/1e1e`, an end. A whole answer is taken out, however late it is; whatever turns out
//! to be none is passed on as it was, so that nothing typed is lost and no answer is taken for chords.

use std::time::Duration;

use crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::domain::Ground;

/// The question. The bell ends it, and then the answer too: an old rxvt ends one of the other kind wrongly.
pub(super) const QUESTION: &str = "\x1b]11;?\x07";

/// How long what may be the begin of an answer is held back when nothing follows.
pub(super) const PATIENCE: Duration = Duration::from_millis(250);

/// The longest answer, in characters: `11;rgba:` and four times four digits with three strokes.
const LONGEST: usize = 8 + 4 * 4 + 3;

/// Takes answers out of what the terminal sends.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    held: Vec<Raw>,
    text: String,
}

/// What is left of one thing that the terminal sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sifted {
    /// It may belong to an answer: held back.
    Held,
    /// These are no answer.
    Passed(Vec<Raw>),
    /// The end of an answer.
    Answered(Ground),
}

impl Sieve {
    /// Takes in the next thing that the terminal sent.
    pub(super) fn take(&mut self, raw: Raw) -> Sifted {
        let typed = typed(&raw);
        match typed {
            Some(Typed::Begin) => {
                let before = self.release();
                self.held.push(raw);
                if before.is_empty() { Sifted::Held } else { Sifted::Passed(before) }
            }
            Some(Typed::Text(c)) if self.is_holding() => {
                self.text.push(c);
                self.held.push(raw);
                if begins_an_answer(&self.text) { Sifted::Held } else { Sifted::Passed(self.release()) }
            }
            Some(Typed::End) if self.is_holding() => {
                self.held.push(raw);
                match ground(&self.text) {
                    Some(ground) => {
                        self.release();
                        Sifted::Answered(ground)
                    }
                    None => Sifted::Passed(self.release()),
                }
            }
            Some(Typed::Text(_) | Typed::End) | None => {
                let mut all = self.release();
                all.push(raw);
                Sifted::Passed(all)
            }
        }
    }

    /// Whether something is held back.
    pub(super) fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// What was held back, when nothing follows.
    pub(super) fn release(&mut self) -> Vec<Raw> {
        self.text.clear();
        std::mem::take(&mut self.held)
    }
}

/// What a key can be in an answer.
enum Typed {
    Begin,
    Text(char),
    End,
}

fn typed(raw: &Raw) -> Option<Typed> {
    let Raw::Key(KeyEvent { code: KeyCode::Char(c), modifiers, kind: KeyEventKind::Press, .. }) = raw else {
        return None;
    };
    match (*modifiers, c) {
        (KeyModifiers::ALT, ']') => Some(Typed::Begin),
        (KeyModifiers::ALT, '\\') | (KeyModifiers::CONTROL, 'g') => Some(Typed::End),
        (KeyModifiers::NONE | KeyModifiers::SHIFT, c) => Some(Typed::Text(*c)),
        _ => None,
    }
}

fn begins_an_answer(text: &str) -> bool {
    let fits = |head: &str| match text.strip_prefix(head) {
        Some(rest) => rest.chars().all(|c| c.is_ascii_hexdigit() || c == '/'),
        None => head.starts_with(text),
    };
    text.len() <= LONGEST && ["11;rgb:", "11;rgba:"].into_iter().any(fits)
}

/// What the background is like, by an answer: `11;rgb:RR/GG/BB` with one to four digits each.
fn ground(answer: &str) -> Option<Ground> {
    let (_, colour) = answer.split_once(':')?;
    let mut parts = colour.split('/').map(|part| {
        let most = (1_u32 << (4 * u32::try_from(part.len()).ok().filter(|len| (1..=4).contains(len))?)) - 1;
        Some(f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most))
    });
    let mut next = || parts.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // How light a colour is to the eye (Rec. 709), near enough for half and half.
    let light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if light > 0.5 { Ground::Light } else { Ground::Dark })
}

/// What the environment tells of the background before the terminal answers: `COLORFGBG=15;0`, text and ground.
pub(super) fn guess(fg_bg: Option<&str>) -> Ground {
    match fg_bg.and_then(|text| text.rsplit(';').next()?.parse::<u8>().ok()) {
        Some(7 | 9..=15) => Ground::Light,
        _ => Ground::Dark,
    }
}

/// Whether a terminal can be asked: one that would show the question as text is not.
pub(super) fn can_be_asked(var: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| var(name).is_some_and(|value| !value.is_empty());
    match var("TERM").unwrap_or_default().as_str() {
        "" | "dumb" | "linux" | "Eterm" => false,
        term if term.starts_with("screen") => is_set("TMUX"),
        _ => !is_set("STY"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Raw {
        Raw::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    fn keys(text: &str) -> Vec<Raw> {
        text.chars().map(|c| key(c, KeyModifiers::NONE)).collect()
    }

    fn answer(text: &str) -> Vec<Raw> {
        let (begin, end) = (key(']', KeyModifiers::ALT), key('\\', KeyModifiers::ALT));
        std::iter::once(begin).chain(keys(text)).chain([end]).collect()
    }

    /// What comes through, and the last answer that was taken out.
    fn sift(all: impl IntoIterator<Item = Raw>) -> (Vec<Raw>, Option<Ground>) {
        let (mut sieve, mut passed, mut ground) = (Sieve::default(), Vec::new(), None);
        for raw in all {
            match sieve.take(raw) {
                Sifted::Held => {}
                Sifted::Passed(all) => passed.extend(all),
                Sifted::Answered(answered) => ground = Some(answered),
            }
        }
        passed.extend(sieve.release());
        (passed, ground)
    }

    #[test]
    fn an_answer_is_taken_out_and_what_is_typed_around_it_is_not() {
        for (text, ground) in [
            ("11;rgb:0000/0000/0000", Ground::Dark),
            ("11;rgb:ffff/FFFF/ffff", Ground::Light),
            ("11;rgb:fd/f6/e3", Ground::Light),
            ("11;rgb:0/2/3", Ground::Dark),
            ("11;rgba:ffff/ffff/ffff/ffff", Ground::Light),
        ] {
            let all = keys("jj").into_iter().chain(answer(text)).chain(keys("q"));
            assert_eq!(sift(all), (keys("jjq"), Some(ground)), "{text}");
        }
        let mut with_bell = answer("11;rgb:ff/ff/ff");
        *with_bell.last_mut().expect("an end") = key('g', KeyModifiers::CONTROL);
        assert_eq!(sift(with_bell), (Vec::new(), Some(Ground::Light)));
    }

    #[test]
    fn what_only_begins_like_an_answer_is_passed_on_whole() {
        for text in ["", "11", "11;rgb:zz", "12;rgb:ff/ff/ff", "11;rgb:fffff/ff/ff", "11;rgb:ff/ff"] {
            assert_eq!(sift(answer(text)), (answer(text), None), "{text}");
        }
        let mut begun = answer("11;rg");
        begun.pop();
        let twice = begun.iter().cloned().chain(answer("11;rgb:0/0/0"));
        assert_eq!(sift(twice), (begun, Some(Ground::Dark)));
    }

    #[test]
    fn the_environment_is_believed_until_the_terminal_answers() {
        for (text, ground) in [
            (Some("15;0"), Ground::Dark),
            (Some("0;15"), Ground::Light),
            (Some("0;default;7"), Ground::Light),
            (Some("7;8"), Ground::Dark),
            (Some("x"), Ground::Dark),
            (None, Ground::Dark),
        ] {
            assert_eq!(guess(text), ground, "{text:?}");
        }
    }

    #[test]
    fn a_terminal_that_would_show_the_question_is_not_asked() {
        let can = |set: &[(&str, &str)]| {
            can_be_asked(|name| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).into()))
        };
        assert!(can(&[("TERM", "xterm-256color")]) && can(&[("TERM", "screen-256color"), ("TMUX", "/t,1")]));
        for set in [
            &[][..],
            &[("TERM", "dumb")],
            &[("TERM", "linux")],
            &[("TERM", "screen")],
            &[("TERM", "xterm"), ("STY", "1.tty")],
        ] {
            assert!(!can(set), "{set:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_is_lost_or_put_in_another_order(
            typed in prop::collection::vec(("[]\\\\g11;rgb:f/0q]{1}", 0usize..3), 0..60),
        ) {
            let modifiers = [KeyModifiers::NONE, KeyModifiers::ALT, KeyModifiers::CONTROL];
            let all: Vec<Raw> = typed
                .iter()
                .filter_map(|(text, n)| Some(key(text.chars().next()?, modifiers[*n])))
                .collect();
            let (passed, ground) = sift(all.clone());
            prop_assert!(ground.is_some() || passed == all);
        }
    }
}
