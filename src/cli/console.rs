//! Where a command writes: its output, its errors, and the line that tells how far it is.
//!
//! The line is drawn only on a terminal and wiped before anything else is written to it. A reader
//! that went away (`| head`) is no error: the command ends as if it had been read to the end.

use std::io::{self, BufWriter, IsTerminal as _, Stderr, Stdout, Write};

use super::Paint;
use crate::domain::harmless;

/// Whether the line that tells how far a command is gets drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is, on the errors' side.
    Shown,
    /// Nobody watches.
    Hidden,
}

/// The two writers of a command.
#[derive(Debug)]
pub struct Console<O, E> {
    out: O,
    err: E,
    progress: Progress,
    width: Option<usize>,
    paint: Paint,
    drawn: String,
}

impl Console<BufWriter<Stdout>, Stderr> {
    /// The process's own: progress is shown when errors go to a terminal.
    pub fn standard() -> Self {
        let progress = if io::stderr().is_terminal() { Progress::Shown } else { Progress::Hidden };
        Self::new(BufWriter::new(io::stdout()), io::stderr(), progress)
    }
}

impl<O: Write, E: Write> Console<O, E> {
    /// Writes to these two.
    pub fn new(out: O, err: E, progress: Progress) -> Self {
        Self { out, err, progress, width: None, paint: Paint::None, drawn: String::new() }
    }

    /// The same, for an output that shows so many columns; what is piped is as wide as it is.
    #[must_use]
    pub fn within(mut self, width: Option<usize>) -> Self {
        self.width = width;
        self
    }

    /// How many columns the output shows, where it is a terminal.
    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    /// The same, for an output that shows colours.
    #[must_use]
    pub fn painted(mut self, paint: Paint) -> Self {
        self.paint = paint;
        self
    }

    /// How the output is coloured.
    pub(super) fn paint(&self) -> Paint {
        self.paint
    }

    /// The output.
    pub(super) fn out(&mut self) -> &mut O {
        &mut self.out
    }

    /// Wipes the progress line, so that output may follow on the same terminal.
    pub(super) fn wipe(&mut self) {
        if !self.drawn.is_empty() {
            self.drawn.clear();
            // Nobody is left to tell that errors cannot be written.
            let _ = self.err.write_all(b"\r\x1b[K").and_then(|()| self.err.flush());
        }
    }

    /// Draws the progress line anew, where it is shown.
    pub(super) fn progress(&mut self, line: String) {
        if self.progress == Progress::Shown && line != self.drawn && !super::code::is_asking() {
            let _ = write!(self.err, "\r{}\x1b[K", harmless(&line)).and_then(|()| self.err.flush());
            self.drawn = line;
        }
    }

    /// Writes one line for the reader's eyes, whatever it holds.
    pub(super) fn complain(&mut self, line: &str) {
        self.wipe();
        let _ = writeln!(self.err, "{}", harmless(line));
    }

    /// How a command ends that wrote its output so: `end`, unless the output could not be written.
    pub(super) fn ending(&mut self, written: io::Result<()>, end: super::Exit) -> super::Exit {
        match written {
            Ok(()) => end,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => super::Exit::Done,
            Err(error) => {
                self.complain(&format!("the output could not be written: {error}"));
                super::Exit::Failed
            }
        }
    }
}
