//! What the terminal can do, as far as the environment tells.

use super::Environment;
use super::check::Check;

pub(super) fn checks(environment: &Environment) -> Vec<Check> {
    vec![terminal(environment), colours(environment), locale(environment), clipboard(environment)]
}

fn terminal(environment: &Environment) -> Check {
    let place = match (environment.get("TMUX"), environment.get("STY"), is_remote(environment)) {
        (Some(_), _, true) => " in tmux, over ssh",
        (Some(_), _, false) => " in tmux",
        (None, Some(_), true) => " in screen, over ssh",
        (None, Some(_), false) => " in screen",
        (None, None, true) => " over ssh",
        (None, None, false) => "",
    };
    match environment.get("TERM") {
        Some("dumb") => Check::warn(
            "terminal",
            "dumb: nothing can be drawn on it",
            "use another terminal; list works everywhere",
        ),
        Some(name) => Check::ok("terminal", format!("{name}{place}")),
        None => {
            Check::warn("terminal", "TERM is not set", "set TERM to what your terminal is, as xterm-256color")
        }
    }
}

fn colours(environment: &Environment) -> Check {
    let term = environment.get("TERM").unwrap_or_default();
    let detail = match environment.get("COLORTERM") {
        _ if environment.get("NO_COLOR").is_some() => "none, since NO_COLOR is set",
        Some("truecolor" | "24bit") => "true colour",
        _ if term.contains("direct") => "true colour",
        _ if term.contains("256") => "256",
        _ if term.is_empty() || term == "dumb" => "none",
        _ => "16",
    };
    Check::ok("colours", detail)
}

/// The first of the three that is set decides, as for every program.
fn locale(environment: &Environment) -> Check {
    const MEND: &str = "set LANG=C.UTF-8, or draw with --ascii";
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, environment.get(name)?)));
    let Some((name, value)) = set else {
        return Check::warn("locale", "none is set: the terminal may not show lines and accents", MEND);
    };
    let plain = value.to_ascii_lowercase().replace('-', "");
    if plain.contains("utf8") {
        Check::ok("locale", format!("{value} ({name})"))
    } else {
        Check::warn("locale", format!("{value} ({name}) is not UTF-8"), MEND)
    }
}

/// Copying goes through the terminal (OSC 52), which never answers whether it did.
fn clipboard(environment: &Environment) -> Check {
    let term = environment.get("TERM").unwrap_or_default();
    if environment.get("TMUX").is_some() {
        let detail = "tmux passes copied text on only if it is told to";
        return Check::warn("clipboard", detail, "in tmux: set -g set-clipboard on");
    }
    if environment.get("STY").is_some() || term.starts_with("screen") {
        let mend = "use tmux, or a terminal without screen, to copy";
        return Check::warn("clipboard", "screen does not pass copied text on", mend);
    }
    if term == "linux" || term == "dumb" || term.is_empty() {
        return Check::warn("clipboard", "this terminal has none", "use a terminal with OSC 52 to copy");
    }
    Check::ok("clipboard", "through the terminal (OSC 52), where it allows that")
}

fn is_remote(environment: &Environment) -> bool {
    environment.get("SSH_CONNECTION").is_some() || environment.get("SSH_TTY").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::check::State;

    fn told(check: fn(&Environment) -> Check, pairs: &[(&'static str, &str)]) -> (State, String) {
        let check = check(&Environment::with(pairs));
        (check.state, check.detail.to_string())
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert_eq!(told(locale, &[("LANG", "en_US.UTF-8")]), (State::Ok, "en_US.UTF-8 (LANG)".into()));
        assert_eq!(told(locale, &[("LANG", "C.utf8")]).0, State::Ok);
        let both = [("LC_ALL", "C"), ("LANG", "en_US.UTF-8")];
        assert_eq!(told(locale, &both), (State::Warn, "C (LC_ALL) is not UTF-8".into()));
        assert_eq!(told(locale, &[("LC_ALL", ""), ("LANG", "C.UTF-8")]).0, State::Ok, "empty is unset");
        assert_eq!(told(locale, &[]).0, State::Warn);
    }

    #[test]
    fn colours_are_as_many_as_the_environment_says() {
        for (pairs, detail) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], "true colour"),
            (&[("TERM", "xterm-256color")], "256"),
            (&[("TERM", "xterm")], "16"),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], "none, since NO_COLOR is set"),
            (&[], "none"),
        ] {
            assert_eq!(told(colours, pairs).1, detail, "{pairs:?}");
        }
    }

    #[test]
    fn a_terminal_is_told_with_where_it_runs() {
        let pairs = [("TERM", "tmux-256color"), ("TMUX", "/tmp/t"), ("SSH_TTY", "/dev/pts/0")];
        assert_eq!(told(terminal, &pairs), (State::Ok, "tmux-256color in tmux, over ssh".into()));
        assert_eq!(told(clipboard, &pairs).0, State::Warn);
        assert_eq!(told(terminal, &[("TERM", "dumb")]).0, State::Warn);
        assert_eq!(told(terminal, &[]).0, State::Warn);
    }
}
