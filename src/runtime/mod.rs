//! The loop: one queue in, effects out, one frame per burst.
//!
//! The terminal, the cloud and the clock speak to the application as messages, in order; what it
//! wants done goes out as effects, each in a task of its own, so that nothing blocks the keyboard.
//! Whatever ends the loop, the terminal is given back as it was.

mod background;
mod clipboard;
mod clock;
mod desk;
mod events;
mod lend;
mod look;
mod opener;
mod reports;
mod screen;
mod signals;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until};

pub use look::Appearance;

use crate::app::layout::Size;
use crate::app::{Answer, App, Effect, Msg};
use crate::engine::Keeper;
use crate::ports::Cloud;
use crate::view::{self, Look};
use desk::{Desk, Inbox};
use lend::{Lent, lend};
use screen::Screen;

/// How long messages are taken in before a frame is due.
const BURST: Duration = Duration::from_millis(8);

/// How far apart frames are that nobody's hand has asked for.
const FRAME: Duration = Duration::from_millis(33);

/// Writes a new file: its name as typed, its text; answers with its path or with why not.
pub type Save = Arc<dyn Fn(&str, &str) -> Result<PathBuf, String> + Send + Sync>;

/// Tells the time: the wall's, or the demo cloud's.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What the loop works with.
pub struct Surroundings {
    /// AWS.
    pub cloud: Arc<dyn Cloud>,
    /// The time.
    pub clock: Clock,
    /// The files.
    pub save: Save,
    /// Who drives runs.
    pub keeper: Keeper,
    /// How things look.
    pub appearance: Appearance,
}

/// How the loop came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The user left.
    Quit,
    /// A signal with this number asked the program to end.
    Signal(i32),
    /// A task has panicked: what it was to do is not done, and the panic was told.
    Panicked,
}

/// The size of the terminal, columns and rows.
///
/// # Errors
/// When standard output is no terminal.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// Runs the application until it ends.
///
/// # Errors
/// When the terminal cannot be set up or written to.
pub async fn run(mut app: App, around: Surroundings) -> io::Result<Ending> {
    let mut screen = Screen::open(app.mouse())?;
    let (mut inbox, outbox) = Inbox::new();
    let mut signals = signals::Signals::new()?;
    let mut ears = events::listen(outbox.clone());
    clock::tick(Arc::clone(&around.clock), outbox.clone());
    let desk = Desk::new(&around, outbox.clone());
    let mut appearance = around.appearance;
    if appearance.wants_the_background() {
        screen.ask_for_the_background()?;
    }
    draw(&mut screen, &mut app, &appearance.look())?;
    desk.open();
    let mut drawn = Instant::now();
    let mut owed = false;
    let mut resized = false;
    loop {
        let mut hurry;
        tokio::select! {
            biased;
            signal = signals.next() => match signal {
                signals::Asked::End(number) => return Ok(Ending::Signal(number)),
                signals::Asked::Stop => { hurry = true; suspend(&mut screen, &mut app, &around.clock)?; }
            },
            () = screen::panicked() => return Ok(Ending::Panicked),
            () = sleep_until(drawn + FRAME), if owed => hurry = true,
            Some(ground) = ears.ground() => {
                appearance.stands_on(ground);
                (hurry, owed) = (true, true);
            }
            Some((msg, by_hand)) = inbox.next() => {
                hurry = by_hand;
                resized |= is_resize(&msg);
                let mut effects = app.update(msg);
                let burst = Instant::now();
                while burst.elapsed() < BURST {
                    let Some((msg, by_hand)) = inbox.ready() else { break };
                    hurry |= by_hand;
                    resized |= is_resize(&msg);
                    effects.extend(app.update(msg));
                }
                let mut effects = VecDeque::from(effects);
                while let Some(effect) = effects.pop_front() {
                    match effect {
                        Effect::Quit => return Ok(Ending::Quit),
                        Effect::Suspend => suspend(&mut screen, &mut app, &around.clock)?,
                        Effect::Lend { ticket, command } => {
                            // What is typed now is the command's.
                            ears.close().await;
                            Screen::give_back()?;
                            let lent = lend(&command, &mut signals).await?;
                            signals.forget_interrupts()?;
                            screen.take_again()?;
                            ears = events::listen(outbox.clone());
                            come_back(&mut app, &around.clock)?;
                            match lent {
                                Lent::Ended(number) => return Ok(Ending::Signal(number)),
                                Lent::Back(ran) => effects.extend(app.update(Msg::Answer(ticket, Answer::Ran(ran)))),
                            }
                        }
                        Effect::Mouse(mouse) => screen.give_the_mouse_to(mouse)?,
                        Effect::Theme(theme) => {
                            appearance.wears(theme);
                            if appearance.wants_the_background() {
                                screen.ask_for_the_background()?;
                            }
                        }
                        effect => desk.carry_out(effect),
                    }
                }
            }
        }
        owed |= app.needs_frame();
        if owed && (hurry || drawn.elapsed() >= FRAME) {
            // A change of size may have come while nobody listened yet: the terminal is asked, which takes no time.
            let (width, height) = size()?;
            if app.size() != (Size { width, height }) {
                resized = true;
                let resize = Msg::Input(crate::input::Event::Resize { width, height });
                app.update(resize).into_iter().for_each(|effect| desk.carry_out(effect));
            }
            if std::mem::take(&mut resized) {
                screen.renew()?;
            }
            draw(&mut screen, &mut app, &appearance.look())?;
            drawn = Instant::now();
            owed = false;
        }
    }
}

fn is_resize(msg: &Msg) -> bool {
    matches!(msg, Msg::Input(crate::input::Event::Resize { .. }))
}

fn draw(screen: &mut Screen, app: &mut App, look: &Look) -> io::Result<()> {
    app.needs_frame();
    screen.call_the_window(app.window_title())?;
    screen.draw(|frame| view::draw(app, look, frame))
}

/// Gives the terminal back, stops like any program of the shell, and comes back with the time and size of then.
fn suspend(screen: &mut Screen, app: &mut App, clock: &Clock) -> io::Result<()> {
    Screen::give_back()?;
    let stopped = signals::stop();
    screen.take_again()?;
    stopped?;
    come_back(app, clock)
}

/// Tells the application the time and the size of now.
fn come_back(app: &mut App, clock: &Clock) -> io::Result<()> {
    app.update(Msg::Clock(clock()));
    let (width, height) = size()?;
    app.update(Msg::Input(crate::input::Event::Resize { width, height }));
    Ok(())
}
