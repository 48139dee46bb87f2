//! The terminal as a screen: entered, drawn on, and given back whatever happens.
//!
//! Leaving is idempotent and runs on drop and in the panic hook, so that the shell never inherits
//! raw mode, the alternate screen, mouse reporting or a hidden cursor.

use std::io::{self, BufWriter, Stdout, Write as _, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

/// How much of a frame is collected before it is written.
const BUFFER: usize = 64 * 1024;

static ENTERED: AtomicBool = AtomicBool::new(false);

/// The terminal while the program has it.
pub(super) struct Screen {
    terminal: Writer,
}

type Writer = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

fn terminal() -> io::Result<Writer> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(BUFFER, stdout())))
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn open() -> io::Result<Self> {
        give_back_on_panic();
        enter()?;
        match terminal() {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                leave()?;
                Err(error)
            }
        }
    }

    /// Draws one frame, which the terminal shows in one piece.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        crossterm::queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(render)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Forgets what the terminal shows: one that was resized may show anything, even at its old size again.
    pub(super) fn renew(&mut self) -> io::Result<()> {
        // A new one, since clearing the old one would ask the terminal where its cursor is, and the
        // answer would be read as if the user had typed it.
        self.terminal = terminal()?;
        crossterm::queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate, Clear(ClearType::All))
    }

    /// Gives the terminal back while something else has it, and takes it again: everything is drawn anew.
    pub(super) fn lend(&mut self, to: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        leave()?;
        let lent = to();
        enter()?;
        self.renew()?;
        lent
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nobody is left to tell when the terminal itself is gone.
        let _ = leave();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableMouseCapture,
        EnableBracketedPaste,
        EnableFocusChange,
        cursor::Hide
    )
}

fn leave() -> io::Result<()> {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let written = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableFocusChange,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        cursor::Show
    );
    disable_raw_mode()?;
    written?;
    stdout().flush()
}

fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // The panic is worth reading even where the terminal cannot be restored.
            let _ = leave();
            before(panic);
        }));
    });
}
