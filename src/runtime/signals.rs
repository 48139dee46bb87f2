//! Signals: asked to end, or to stop and come back.

use std::io;

use signal_hook::low_level::raise;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// To end; the number of the signal.
    End(i32),
    /// To stop until the shell continues the program.
    Stop,
}

/// The signals that the loop answers.
pub(super) struct Signals {
    hangup: Signal,
    interrupt: Signal,
    terminate: Signal,
    stop: Signal,
}

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            stop: signal(SignalKind::from_raw(signal_hook::consts::SIGTSTP))?,
        })
    }

    /// Forgets interrupts that came so far: they were another program's.
    pub(super) fn forget_interrupts(&mut self) -> io::Result<()> {
        self.interrupt = signal(SignalKind::interrupt())?;
        Ok(())
    }

    /// Waits for the next one.
    pub(super) async fn next(&mut self) -> Asked {
        tokio::select! {
            _ = self.hangup.recv() => Asked::End(SignalKind::hangup().as_raw_value()),
            _ = self.interrupt.recv() => Asked::End(SignalKind::interrupt().as_raw_value()),
            _ = self.terminate.recv() => Asked::End(SignalKind::terminate().as_raw_value()),
            _ = self.stop.recv() => Asked::Stop,
        }
    }
}

/// Stops the whole process; returns when it is continued.
pub(super) fn stop() -> io::Result<()> {
    // SIGTSTP is caught here, so the stop itself is the one that cannot be.
    raise(signal_hook::consts::SIGSTOP)
}
