//! Runs a command that has the terminal while it runs: what renews a session, mostly.
//!
//! The terminal's ctrl-c is the command's, not the deck's; ctrl-z stops both, as the shell expects.

use std::io::{self, Write as _};
use std::process::ExitStatus;

use tokio::process::Command;
use tokio::signal::unix::SignalKind;
use tokio::sync::oneshot;

use super::signals::{Asked, Signals, stop};
use crate::app::Mishap;
use crate::domain::Shown;

/// How that came to an end.
pub(super) enum Lent {
    /// The command has ended, well or not.
    Back(Result<(), Mishap>),
    /// A signal with this number asked the deck to end.
    Ended(i32),
}

/// Runs a command on the terminal, which must have been given back.
pub(super) async fn lend(words: &[String], signals: &mut Signals) -> io::Result<Lent> {
    let line = Shown::from(words.join(" "));
    say(&format!("$ {line}"))?;
    let Some((program, arguments)) = words.split_first() else { return Ok(Lent::Back(Ok(()))) };
    let ended = match Command::new(program).args(arguments).spawn() {
        Err(error) => Err(format!("{line} cannot be started: {error}")),
        Ok(mut child) => loop {
            tokio::select! {
                status = child.wait() => break judged(&line, status?),
                asked = signals.next() => match asked {
                    Asked::Stop => stop()?,
                    Asked::End(number) if number == SignalKind::interrupt().as_raw_value() => {}
                    Asked::End(number) => {
                        child.start_kill()?;
                        return Ok(Lent::Ended(number));
                    }
                },
            }
        },
    };
    // What it said would be gone with the deck back: it stays until somebody has read it.
    if let Err(why) = &ended {
        say(&format!("{why}. Enter goes back to the deck."))?;
        let mut read = enter_pressed();
        loop {
            tokio::select! {
                _ = &mut read => break,
                asked = signals.next() => match asked {
                    Asked::Stop => stop()?,
                    Asked::End(number) if number == SignalKind::interrupt().as_raw_value() => {}
                    Asked::End(number) => return Ok(Lent::Ended(number)),
                },
            }
        }
    }
    Ok(Lent::Back(ended.map_err(|why| Mishap(why.into()))))
}

/// Told when a line was typed, or nobody can type one any more.
fn enter_pressed() -> oneshot::Receiver<()> {
    let (told, read) = oneshot::channel();
    // A thread that nothing waits for: the program may end before anybody types.
    std::thread::spawn(move || {
        let _ = io::stdin().read_line(&mut String::new());
        let _ = told.send(());
    });
    read
}

fn judged(line: &Shown, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("{line} ended with {status}")) }
}

fn say(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{words}")?;
    out.flush()
}
