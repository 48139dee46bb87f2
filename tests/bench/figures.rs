//! What was measured beside what was promised: a table of ratios, the same for every bench.

use std::io::{self, Write};
use std::process::ExitCode;

/// The figures of one bench; whatever is above its bound makes it fail.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    broken: usize,
}

impl Figures {
    /// Prints a figure: what it is, what was measured and what is promised, in the same unit.
    ///
    /// The ratio of both is printed last: up to 1.00 the promise is kept. What must never be is bound by 0.
    pub(crate) fn add(&mut self, name: &str, measured: f64, bound: f64, unit: &str) -> io::Result<()> {
        let ratio = if measured > bound || bound > 0.0 { measured / bound } else { 0.0 };
        let verdict = if ratio > 1.0 { "  BROKEN" } else { "" };
        self.broken += usize::from(ratio > 1.0);
        let (measured, bound) = (number(measured), number(bound));
        writeln!(io::stdout(), "  {name:<66} {measured:>9} {bound:>9} {unit:<8} {ratio:>5.2}{verdict}")
    }

    /// How the bench ends.
    pub(crate) fn end(&self) -> io::Result<ExitCode> {
        if self.broken > 0 {
            writeln!(io::stdout(), "  {} above the bound", self.broken)?;
            return Ok(ExitCode::FAILURE);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints the head of the table.
pub(crate) fn head(of: &str) -> io::Result<()> {
    let (measured, bound) = ("measured", "at most");
    writeln!(io::stdout(), "\n{of:<68} {measured:>9} {bound:>9} {:<8} {:>5}", "", "ratio")
}

fn number(of: f64) -> String {
    if of >= 100.0 || of.fract() == 0.0 { format!("{of:.0}") } else { format!("{of:.2}") }
}
