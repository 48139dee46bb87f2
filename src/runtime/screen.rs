//! The terminal as a screen: entered, drawn on, and given back whatever happens.
//!
//! Leaving is idempotent and runs on drop and in the panic hook, so that the shell never inherits
//! raw mode, the alternate screen, mouse reporting or a hidden cursor. Once it was left, no frame is written any more,
//! whoever left it: what a panic says stays to be read.

use std::io::{self, Write, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};
use tokio::sync::Notify;

use super::background;
use crate::app::Mouse;

/// Has the terminal remember the title of its window, and give it back.
const KEEP_TITLE: &str = "\x1b[22;2t";
const OLD_TITLE: &str = "\x1b[23;2t";

/// Whether the program has the terminal; changed while standard output is locked.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Somebody has panicked, in whatever task or thread.
static PANICKED: Notify = Notify::const_new();

/// The terminal while the program has it.
pub(super) struct Screen {
    terminal: Writer,
    mouse: Mouse,
    title: String,
}

type Writer = Terminal<CrosstermBackend<Frames>>;

fn terminal() -> io::Result<Writer> {
    Terminal::new(CrosstermBackend::new(Frames::default()))
}

/// What is drawn, collected until it is flushed, and written only while the program has the terminal.
#[derive(Default)]
struct Frames(Vec<u8>);

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // Whoever gives the terminal back waits until all of it is written.
        let mut out = stdout().lock();
        let written = if ENTERED.load(Ordering::SeqCst) {
            out.write_all(&self.0).and_then(|()| out.flush())
        } else {
            Ok(())
        };
        self.0.clear();
        written
    }
}

/// Waits until somebody panics; the terminal was given back by then.
pub(super) async fn panicked() {
    PANICKED.notified().await;
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn open(mouse: Mouse) -> io::Result<Self> {
        give_back_on_panic();
        enter(mouse)?;
        match terminal() {
            Ok(terminal) => Ok(Self { terminal, mouse, title: String::new() }),
            Err(error) => {
                leave()?;
                Err(error)
            }
        }
    }

    /// Asks the terminal for its background; what it answers comes among what is typed.
    pub(super) fn ask_for_the_background(&mut self) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), Print(background::QUESTION))
    }

    /// Gives the terminal's window a title, if it has not that one already.
    pub(super) fn call_the_window(&mut self, title: String) -> io::Result<()> {
        if title == self.title {
            return Ok(());
        }
        self.title = title;
        crossterm::queue!(self.terminal.backend_mut(), SetTitle(&self.title))
    }

    /// Has the deck or the terminal take clicks.
    pub(super) fn give_the_mouse_to(&mut self, mouse: Mouse) -> io::Result<()> {
        self.mouse = mouse;
        take(mouse)
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

    /// Gives the terminal back, for something else to have it.
    pub(super) fn give_back() -> io::Result<()> {
        leave()
    }

    /// Takes the terminal again: everything is drawn anew.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        enter(self.mouse)?;
        self.title.clear();
        self.renew()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nobody is left to tell when the terminal itself is gone.
        let _ = leave();
    }
}

fn enter(mouse: Mouse) -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        Print(KEEP_TITLE),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange,
        cursor::Hide
    )?;
    take(mouse)
}

fn take(mouse: Mouse) -> io::Result<()> {
    match mouse {
        Mouse::Deck => execute!(stdout(), EnableMouseCapture),
        Mouse::Terminal => execute!(stdout(), DisableMouseCapture),
    }
}

fn leave() -> io::Result<()> {
    let mut out = stdout().lock();
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let written = execute!(
        out,
        EndSynchronizedUpdate,
        DisableFocusChange,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        Print(OLD_TITLE),
        cursor::Show
    );
    disable_raw_mode()?;
    written?;
    out.flush()
}

fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // The panic is worth reading even where the terminal cannot be restored.
            let _ = leave();
            before(panic);
            PANICKED.notify_one();
        }));
    });
}
