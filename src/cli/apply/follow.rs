//! What happens to a run, line by line: for eyes on a terminal, as ndjson in a pipe.

use std::io::Write;

use crate::export::JsonObject;
use crate::plan::{Event, Happening, Pause, Run, RunId, Standing, State};

use super::super::{Console, Exit, ReportFormat, fault};

/// How events are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A line for eyes.
    Lines,
    /// One JSON object a line.
    Ndjson,
}

impl Form {
    /// The form of a format.
    pub(super) fn of(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Table => Self::Lines,
            ReportFormat::Json => Self::Ndjson,
        }
    }
}

/// Prints what happens.
pub(super) struct Follower<O, E> {
    run: Run,
    id: Option<RunId>,
    form: Form,
    console: Console<O, E>,
}

impl<O: Write, E: Write> Follower<O, E> {
    pub(super) fn new(run: &Run, id: Option<RunId>, form: Form, console: Console<O, E>) -> Self {
        let mut follower = Self { run: run.clone(), id, form, console };
        if let (Some(id), Form::Lines) = (id, form) {
            follower.console.complain(&format!("run {id}"));
        }
        follower
    }

    /// Of a run that another program drives, from its beginning.
    pub(super) fn watching(run: Run, id: RunId, form: Form, console: Console<O, E>) -> Self {
        Self { run, id: Some(id), form, console }
    }

    /// The console, for what comes after.
    pub(super) fn into_console(mut self) -> Console<O, E> {
        self.console.wipe();
        self.console
    }

    /// Prints one event.
    pub(super) fn tell(&mut self, event: Event) {
        let (n, all) = (event.step + 1, self.run.steps().len());
        let line = match self.form {
            Form::Ndjson => Some(self.object(&event)),
            // How far it is stands on the line of progress.
            Form::Lines if matches!(event.what, Happening::Seen(_) | Happening::Missed) => None,
            Form::Lines => Some({
                let words = event.what.words();
                let step = &self.run.steps()[event.step].step;
                format!("{n}/{all} {} {}: {words}", step.call.scope, step.title())
            }),
        };
        if let (Happening::Seen(sight), Form::Lines) = (&event.what, self.form) {
            let percent = sight.percent.map(|percent| format!(" {percent} %")).unwrap_or_default();
            self.console.progress(format!("{n}/{all} {}{percent}", sight.status));
        }
        if let Some(line) = line {
            self.console.wipe();
            // A reader that went away does not end what AWS has taken.
            let _ = writeln!(self.console.out(), "{line}").and_then(|()| self.console.out().flush());
        }
        // The driver's own run took it already.
        let _ = self.run.apply(event);
    }

    fn object(&self, event: &Event) -> String {
        let step = &self.run.steps()[event.step].step;
        let mut object = JsonObject::begin();
        object
            .maybe_text("run", self.id.map(|id| id.to_string()).as_deref())
            .number("step", Some(event.step + 1))
            .text("account", &step.call.scope.account.to_string())
            .text("region", step.call.scope.region.name())
            .text("call", step.call.operation.action())
            .time("at", Some(event.at))
            .text("event", event.what.name());
        match &event.what {
            Happening::Seen(sight) => {
                object.text("status", sight.status.exact()).number("percent", sight.percent);
            }
            Happening::Taken(receipt) | Happening::Found(receipt) => {
                object.maybe_text("request_id", receipt.request_id.as_ref().map(crate::domain::Shown::exact));
            }
            Happening::Refused(refused)
            | Happening::Shut(refused)
            | Happening::Unsure(refused)
            | Happening::Blind(refused) => {
                object
                    .text("class", refused.class.name())
                    .maybe_text("code", refused.code.as_ref().map(crate::domain::Shown::exact))
                    .text("message", refused.message.exact());
            }
            Happening::Lost(why)
            | Happening::Unclear(why)
            | Happening::Held(why)
            | Happening::Changed(why) => {
                object.text("message", why.exact());
            }
            Happening::Sending
            | Happening::Missed
            | Happening::NotFound
            | Happening::Reached
            | Happening::Paused
            | Happening::Resumed
            | Happening::Cancelled
            | Happening::Retried => {}
        }
        object.end()
    }

    /// How the command ends where the run came to its end, or pauses.
    pub(super) fn ended(mut self, run: &Run) -> Exit {
        self.console.wipe();
        match run.standing() {
            Standing::Done => Exit::Done,
            Standing::Paused(_) => {
                match run.pause() {
                    Some(Pause::SignIn(fault)) => {
                        self.console.complain(&format!("it pauses: {}", fault::sentence(fault)));
                    }
                    Some(Pause::ByHand) | None => {
                        self.console.complain("paused; what AWS has taken goes on there");
                    }
                }
                self.say_how_to_go_on();
                Exit::Failed
            }
            Standing::Stopped(n) => {
                let words = match &run.steps()[n].state {
                    State::Refused(refused) => fault::sentence(refused),
                    State::Lost(why) => why.to_string(),
                    State::Changed(difference) => {
                        format!("nothing was sent for it, since things have changed: {difference}")
                    }
                    _ => String::new(),
                };
                self.console.complain(&format!("step {} failed: {words}", n + 1));
                if run.steps()[n].can_be_tried_again() {
                    self.console.complain(
                        "that step has changed nothing: when the cause is mended it can be tried again",
                    );
                    self.say_how_to_go_on();
                }
                Exit::Failed
            }
            Standing::Cancelled(n) => {
                self.console.complain(&format!("it was given up at step {}", n + 1));
                Exit::Failed
            }
            Standing::UnderWay(_) => Exit::Failed,
        }
    }

    /// How the command ends where the journal could not be written.
    pub(super) fn halted(mut self, why: &crate::domain::Shown) -> Exit {
        self.console.complain(&format!("stopped, and nothing more was sent: {why}"));
        self.say_how_to_go_on();
        Exit::Failed
    }

    /// The user wants it to pause.
    pub(super) fn pausing(&mut self) {
        self.console.wipe();
        self.console.complain("pausing: an answer that is on its way is waited for a moment");
    }

    /// How the command ends where no answer came to what was on its way.
    pub(super) fn stopped(mut self) -> Exit {
        self.console.complain("stopped; what AWS has taken goes on there");
        self.say_how_to_go_on();
        Exit::Failed
    }

    fn say_how_to_go_on(&mut self) {
        if let Some(id) = self.id {
            self.console.complain(&format!("snapdeck resume {id} takes it up again"));
        }
    }
}
