//! `list`: the inventory as text, and on the errors' side what of it could not be read.
//!
//! Reading never waits for the output: reports go through a queue to a thread of their own, which
//! prints; a pager that is not scrolled must not let calls to AWS time out. When the reader of the
//! output goes away, reading is given up.

mod stream;
mod trouble;

use std::io::{self, Write};
use std::sync::{Arc, mpsc};

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::domain::{Inventory, Report, Row, ScopeEntry, ScopeState};
use crate::engine::{Say, survey};
use crate::export::{self, Format};
use crate::ports::Cloud;
use crate::query::{Filter, Listing, View};

use super::{Console, Exit, List};
use stream::Stream;

/// Reads everything once and prints the rows that the filter admits.
///
/// Ends with [`Exit::Partial`] if a scope could not be read, and with [`Exit::Failed`] if no account
/// could be signed in to.
pub async fn list<O, E>(
    cloud: Arc<dyn Cloud>,
    list: List,
    filter: Filter,
    console: Console<O, E>,
    now: Timestamp,
) -> Exit
where
    O: Write + Send + 'static,
    E: Write + Send + 'static,
{
    let (queue, reports) = mpsc::channel::<Report>();
    let (ended, printer_ends) = oneshot::channel();
    let printer = Printer::new(list, filter, console, now);
    let printing = std::thread::spawn(move || {
        // Dropped when the printer ends, however it does; that is the message.
        let _ended: oneshot::Sender<()> = ended;
        printer.run(&reports)
    });
    let say: Say = Arc::new(move |report| {
        // The printer is gone only when nobody reads the output any more.
        let _ = queue.send(report);
    });
    // The queue's end is dropped with the survey, and then the printer comes to its own end.
    tokio::select! {
        () = survey(cloud, list.shares, say) => {}
        _ = printer_ends => {}
    }
    printing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Prints what is reported.
struct Printer<O, E> {
    list: List,
    filter: Filter,
    console: Console<O, E>,
    now: Timestamp,
    inventory: Inventory,
    /// Rows that are printed as they come; `None` if they are kept and printed in order at the end.
    stream: Option<Stream>,
    snapshots: usize,
}

impl<O: Write, E: Write> Printer<O, E> {
    fn new(list: List, filter: Filter, console: Console<O, E>, now: Timestamp) -> Self {
        let streams = list.format == Format::Ndjson && list.sort.is_none();
        let stream = streams.then(|| Stream::new(list.shares));
        Self { list, filter, console, now, inventory: Inventory::default(), stream, snapshots: 0 }
    }

    fn run(mut self, reports: &mpsc::Receiver<Report>) -> Exit {
        let written = self.read_and_print(reports);
        self.console.wipe();
        if let Err(error) = written {
            return self.console.ending(Err(error), Exit::Failed);
        }
        for line in trouble::lines(&self.inventory) {
            self.console.complain(&line);
        }
        trouble::exit(&self.inventory)
    }

    fn read_and_print(&mut self, reports: &mpsc::Receiver<Report>) -> io::Result<()> {
        for report in reports {
            self.take(report)?;
        }
        self.print_the_rest()?;
        self.console.out().flush()
    }

    fn take(&mut self, report: Report) -> io::Result<()> {
        if let Report::Page { rows, .. } = &report {
            self.snapshots += rows.len();
        }
        if let Some(stream) = &mut self.stream {
            let ripe = stream.take(report, &mut self.inventory);
            if !ripe.is_empty() {
                self.print_lines(&ripe)?;
                self.console.out().flush()?;
            }
        } else {
            self.inventory.apply(report);
        }
        let coverage = self.inventory.coverage();
        if coverage.scopes > 0 {
            let read = coverage.complete + coverage.failed;
            let throttled = |(_, entry): &(_, &ScopeEntry)| entry.state == ScopeState::Throttled;
            let slow = match self.inventory.scopes().filter(throttled).count() {
                0 => String::new(),
                n => format!(", {n} throttled"),
            };
            let (all, snapshots) = (coverage.scopes, self.snapshots);
            let line = format!("reading {read} of {all} scopes, {snapshots} snapshots{slow}");
            self.console.progress(line);
        }
        Ok(())
    }

    fn print_the_rest(&mut self) -> io::Result<()> {
        self.console.wipe();
        if let Some(stream) = self.stream.take() {
            let rest = stream.rest();
            return self.print_lines(&rest);
        }
        let order = self.list.sort.unwrap_or_default();
        let listing = Listing::new(View::All, self.filter.clone(), order, &self.inventory, self.now);
        let rows = || listing.rows().iter().filter_map(|id| self.inventory.row(*id));
        let width = self.console.width();
        let out = self.console.out();
        match self.list.format {
            Format::Table => {
                out.write_all(export::table(rows(), &self.inventory, self.now, width).as_bytes())
            }
            Format::Json => {
                let mut text = Text { out, error: None };
                let written = export::document(rows(), &self.inventory, &mut text);
                match text.error {
                    Some(error) => Err(error),
                    None => written.map_err(io::Error::other),
                }
            }
            Format::Ndjson => {
                rows().try_for_each(|row| writeln!(out, "{}", export::snapshot_json(row, &self.inventory)))
            }
            Format::Csv => {
                write!(out, "{}\r\n", export::csv_header())?;
                rows().try_for_each(|row| write!(out, "{}\r\n", export::csv_line(row, &self.inventory)))
            }
        }
    }

    /// Prints the rows among these that the filter admits, one JSON object a line.
    fn print_lines(&mut self, rows: &[Row]) -> io::Result<()> {
        self.console.wipe();
        for row in rows {
            if self.filter.matches(row, &self.inventory, self.now) {
                writeln!(self.console.out(), "{}", export::snapshot_json(row, &self.inventory))?;
            }
        }
        Ok(())
    }
}

/// A writer of bytes as one of text; keeps what went wrong, which `fmt::Error` cannot say.
struct Text<'a, W> {
    out: &'a mut W,
    error: Option<io::Error>,
}

impl<W: Write> std::fmt::Write for Text<'_, W> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.out.write_all(text.as_bytes()).map_err(|error| {
            self.error = Some(error);
            std::fmt::Error
        })
    }
}

#[cfg(test)]
mod tests;
