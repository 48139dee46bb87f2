//! The pages that the program prints of itself: the manual, and the completions of shells.
//!
//! Both are derived from the declared command line, so that neither can go stale. Each page is made whole
//! before it is written, and a reader that goes away (`| head`) is no error.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::arguments::Arguments;
use crate::rules::rules;

/// The name of the binary in completions.
const NAME: &str = "snapdeck";

/// Writes the completions of a shell.
pub fn completions(shell: Shell, out: &mut impl Write) -> io::Result<()> {
    // The generator panics where it cannot write.
    let mut page = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), NAME, &mut page);
    write_page(&page, out)
}

/// Writes the manual page (roff): the program, a section for each command's own options, and the rules.
pub fn manual(out: &mut impl Write) -> io::Result<()> {
    let mut page = Vec::new();
    render(&mut page)?;
    write_page(&page, out)
}

fn write_page(page: &[u8], out: &mut impl Write) -> io::Result<()> {
    match out.write_all(page).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn render(out: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Arguments::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    for verb in commands(&command) {
        section(verb.get_name(), verb, out)?;
        // The actions of `plan` and `apply` are those of `check`, option for option.
        let own = !matches!(verb.get_name(), "plan" | "apply");
        for action in commands(verb).filter(|_| own) {
            section(&format!("{} {}", verb.get_name(), action.get_name()), action, out)?;
        }
    }
    rules_section(out)?;
    man.render_extra_section(out)?;
    man.render_version_section(out)
}

/// The commands of a command, without its help.
fn commands(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|verb| verb.get_name() != "help")
}

/// A section for one command: what it does and its own options, the global ones left to the first section.
fn section(name: &str, verb: &clap::Command, out: &mut Vec<u8>) -> io::Result<()> {
    let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
    writeln!(out, ".SH \"SNAPDECK {}\"\n{about}", name.to_uppercase())?;
    let globals = Arguments::command();
    let shared: Vec<_> = globals.get_arguments().map(|argument| argument.get_id().clone()).collect();
    let of_check = |argument: &clap::Arg| name.contains(' ') && argument.is_global_set();
    let own = verb.clone().mut_args(|argument| {
        let hidden = shared.contains(argument.get_id()) || argument.get_id() == "help" || of_check(&argument);
        argument.hide(hidden)
    });
    if own.get_arguments().all(clap::Arg::is_hide_set) {
        return Ok(());
    }
    let mut options = Vec::new();
    Man::new(own).render_options_section(&mut options)?;
    let options = String::from_utf8_lossy(&options);
    // The heading is this section's already.
    let below = options.split_once(".SH OPTIONS\n").map_or(&*options, |(_, below)| below);
    out.write_all(below.as_bytes())
}

/// The rules that actions are judged by, one paragraph each.
fn rules_section(out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(
        out,
        ".SH RULES\nWhat actions are judged by: how grave a breach is at most, and how sure it is that AWS has the rule."
    )?;
    let mut heading = "";
    for rule in rules() {
        let section = super::rules::section(rule);
        if section != heading {
            heading = section;
            writeln!(out, ".SS {}", roff(section))?;
        }
        let (severity, confidence) = (rule.severity.name(), rule.confidence.name());
        writeln!(out, ".TP\n\\fB{}\\fR ({severity}, {confidence})", roff(rule.id))?;
        writeln!(out, "{} {}", roff(rule.says), roff(rule.way_out))?;
    }
    Ok(())
}

/// A text as roff takes it: no backslash, dash or control line of its own.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::fake::Broken;

    fn page() -> String {
        let mut page = Vec::new();
        manual(&mut page).expect("a page");
        String::from_utf8(page).expect("text")
    }

    #[test]
    fn the_manual_has_every_command_and_each_option_once() {
        let page = page();
        for heading in [
            ".SH NAME",
            ".SH OPTIONS",
            "SNAPDECK LIST",
            "SNAPDECK CHECK\"",
            "SNAPDECK CHECK RESTORE",
            "SNAPDECK PLAN\"",
            "SNAPDECK APPLY\"",
            "SNAPDECK JOBS SHOW",
            "SNAPDECK DOCTOR",
            "SNAPDECK CLOUD",
            ".SH RULES",
        ] {
            assert_eq!(page.matches(heading).count(), 1, "{heading}\n{page}");
        }
        for option in
            ["\\-\\-profile", "\\-\\-shares", "\\-\\-listen", "\\-\\-explain", "\\-\\-engine\\-version"]
        {
            let entries = page.lines().filter(|line| line.starts_with(&format!("\\fB{option}\\fR"))).count();
            assert_eq!(entries, 1, "{option}\n{page}");
        }
        assert!(page.contains("Exit status: 0 done"), "{page}");
    }

    #[test]
    fn the_manual_has_every_rule_under_its_section() {
        let page = page();
        let (_, below) = page.split_once(".SH RULES\n").expect("a section");
        assert_eq!(below.matches("\n.TP\n").count(), rules().count());
        assert_eq!(below.matches("\n.SS ").count(), 8);
        assert!(below.contains("\n.SS Keys\n.TP\n\\fBKMS\\-01\\fR (info, documented)\n"), "{below}");
        assert!(below.lines().all(|line| !line.starts_with('\'')));
    }

    #[test]
    fn completions_know_the_commands_and_a_commands_options() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut page = Vec::new();
            completions(shell, &mut page).expect("completions");
            let page = String::from_utf8(page).expect("text");
            for word in ["doctor", "ndjson", "all-profiles"] {
                assert!(page.contains(word), "{shell}: {word}");
            }
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is() {
        let gone = io::ErrorKind::BrokenPipe;
        assert!(completions(Shell::Bash, &mut Broken(gone)).is_ok() && manual(&mut Broken(gone)).is_ok());
        let full = io::ErrorKind::StorageFull;
        assert!(completions(Shell::Bash, &mut Broken(full)).is_err() && manual(&mut Broken(full)).is_err());
    }
}
