//! What the terminal sends, in the application's own words.

use crossterm::event::{
    Event as Raw, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use futures_util::StreamExt as _;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::background::{PATIENCE, Sieve, Sifted};
use super::desk::Outbox;
use crate::app::Msg;
use crate::domain::Ground;
use crate::input::{Chord, Event, Key, Modifiers, Turn};

/// Who passes on what the terminal sends, for as long as the loop runs or until they are closed.
pub(super) struct Ears {
    task: JoinHandle<()>,
    grounds: UnboundedReceiver<Ground>,
}

impl Ears {
    /// What the terminal answers of its background.
    pub(super) async fn ground(&mut self) -> Option<Ground> {
        self.grounds.recv().await
    }

    /// Leaves what is typed from now on to somebody else.
    pub(super) async fn close(self) {
        self.task.abort();
        // It has ended, one way or the other.
        let _ = self.task.await;
    }
}

/// Begins to listen to the terminal.
pub(super) fn listen(outbox: Outbox) -> Ears {
    let (answers, grounds) = unbounded_channel();
    // Made here and not in the task: from now on no change of the terminal's size is missed.
    let mut stream = EventStream::new();
    let task = tokio::spawn(async move {
        let mut sieve = Sieve::default();
        loop {
            let sifted = tokio::select! {
                raw = stream.next() => match raw {
                    Some(Ok(raw)) => sieve.take(raw),
                    Some(Err(_)) | None => break,
                },
                () = sleep(PATIENCE), if sieve.is_holding() => Sifted::Passed(sieve.release()),
            };
            let goes_on = match sifted {
                Sifted::Held => true,
                Sifted::Answered(ground) => answers.send(ground).is_ok(),
                Sifted::Passed(all) => {
                    all.into_iter().filter_map(event).all(|event| outbox.hands(Msg::Input(event)))
                }
            };
            if !goes_on {
                break;
            }
        }
    });
    Ears { task, grounds }
}

fn event(raw: Raw) -> Option<Event> {
    match raw {
        Raw::Key(key) => chord(key).map(Event::Chord),
        Raw::Mouse(mouse) => mouse_event(mouse),
        Raw::Paste(text) => Some(Event::Paste(text)),
        Raw::Resize(width, height) => Some(Event::Resize { width, height }),
        Raw::FocusGained => Some(Event::FocusIn),
        Raw::FocusLost => None,
    }
}

fn mouse_event(mouse: MouseEvent) -> Option<Event> {
    let (col, row) = (mouse.column, mouse.row);
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Event::Click { col, row }),
        MouseEventKind::Drag(MouseButton::Left) => Some(Event::Drag { col }),
        MouseEventKind::Up(MouseButton::Left) => Some(Event::Release),
        MouseEventKind::ScrollUp => Some(Event::Wheel { col, row, turn: Turn::Up }),
        MouseEventKind::ScrollDown => Some(Event::Wheel { col, row, turn: Turn::Down }),
        _ => None,
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let held = |modifier| event.modifiers.contains(modifier);
    let mut modifiers = Modifiers {
        ctrl: held(KeyModifiers::CONTROL),
        alt: held(KeyModifiers::ALT),
        shift: held(KeyModifiers::SHIFT),
    };
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::F(n) => Key::F(n),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => {
            modifiers.shift = true;
            Key::Tab
        }
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    };
    Some(Chord::new(key, modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<String> {
        chord(KeyEvent::new(code, modifiers)).map(|chord| chord.to_string())
    }

    #[test]
    fn chords_arrive_as_the_bindings_write_them() {
        assert_eq!(pressed(KeyCode::Char('G'), KeyModifiers::SHIFT).as_deref(), Some("G"));
        assert_eq!(pressed(KeyCode::Char('s'), KeyModifiers::CONTROL).as_deref(), Some("ctrl-s"));
        assert_eq!(pressed(KeyCode::BackTab, KeyModifiers::SHIFT).as_deref(), Some("shift-Tab"));
        assert_eq!(pressed(KeyCode::BackTab, KeyModifiers::NONE).as_deref(), Some("shift-Tab"));
        assert_eq!(pressed(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn a_key_let_go_is_no_chord() {
        let mut key = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        key.kind = KeyEventKind::Release;
        assert_eq!(chord(key), None);
    }
}
