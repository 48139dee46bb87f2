//! A pseudo terminal with a program in it: chords in, the screen out, as a person would see it.
//!
//! Nothing here sleeps: whoever waits for a text is woken by each piece of output, and fails with
//! the screen in the message when the patience is over. The terminal answers what a real one
//! answers when it is asked for its background and its kind.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a text may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the terminal's background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Dark,
    Light,
}

/// A program in a pseudo terminal.
pub(crate) struct Pty {
    shared: Arc<Shared>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// The modes of the terminal before the program had it.
    modes: String,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    ended: bool,
}

/// What is started, and on what terminal.
pub(crate) struct Start<'a> {
    pub(crate) program: &'a Path,
    pub(crate) args: &'a [&'a str],
    pub(crate) size: (u16, u16),
    pub(crate) ground: Ground,
    pub(crate) env: &'a [(&'a str, &'a str)],
    pub(crate) home: &'a Path,
}

impl Pty {
    /// Starts a program with an environment of its own.
    pub(crate) fn start(start: &Start<'_>) -> Self {
        let (cols, rows) = start.size;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo terminal");
        let mut command = CommandBuilder::new(start.program);
        command.args(start.args);
        command.env_clear();
        command.cwd(start.home);
        let own = [
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("HOME", start.home.display().to_string()),
            ("TERM", "xterm-256color".to_owned()),
            ("COLORTERM", "truecolor".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ];
        for (name, value) in own {
            command.env(name, value);
        }
        for (name, value) in start.env {
            command.env(name, value);
        }
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let parser = vt100::Parser::new(cell(rows), cell(cols), 0);
        let shared =
            Arc::new(Shared { state: Mutex::new(State { parser, ended: false }), changed: Condvar::new() });
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (into, answers, ground) = (Arc::clone(&shared), Arc::clone(&writer), start.ground);
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            let mut pending = Vec::new();
            loop {
                let got = reader.read(&mut buffer).unwrap_or(0);
                pending.extend_from_slice(&buffer[..got]);
                let whole = if got == 0 { pending.len() } else { whole_frames(&pending) };
                let mut state = into.state.lock().expect("a lock");
                state.parser.process(&pending[..whole]);
                state.ended = got == 0;
                pending.drain(..whole);
                into.changed.notify_all();
                if got == 0 {
                    break;
                }
                drop(state);
                answer(&buffer[..got], ground, &mut **answers.lock().expect("a lock"));
            }
        });
        Self { shared, writer, master: pair.master, child, modes }
    }

    /// Types text as it stands.
    pub(crate) fn keys(&mut self, text: &str) -> &mut Self {
        let mut writer = self.writer.lock().expect("a lock");
        writer.write_all(text.as_bytes()).and_then(|()| writer.flush()).expect("the program reads");
        drop(writer);
        self
    }

    /// Waits until the screen fulfils a claim.
    pub(crate) fn until(&mut self, what: &str, claim: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        let mut state = self.shared.state.lock().expect("a lock");
        loop {
            let screen = state.parser.screen();
            if claim(screen) {
                break;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !state.ended, "never: {what}\n{}", screen.contents());
            state = self.shared.changed.wait_timeout(state, left).expect("a lock").0;
        }
        drop(state);
        self
    }

    /// Waits until a text is on the screen.
    pub(crate) fn see(&mut self, text: &str) -> &mut Self {
        self.until(&format!("\"{text}\" is shown"), |screen| screen.contents().contains(text))
    }

    /// Waits until a text is no longer on the screen.
    pub(crate) fn gone(&mut self, text: &str) -> &mut Self {
        self.until(&format!("\"{text}\" is gone"), |screen| !screen.contents().contains(text))
    }

    /// The screen as text, one line a row.
    pub(crate) fn text(&self) -> String {
        self.shared.state.lock().expect("a lock").parser.screen().contents()
    }

    /// The screen with its colours.
    pub(crate) fn screen(&self) -> vt100::Screen {
        self.shared.state.lock().expect("a lock").parser.screen().clone()
    }

    /// Changes the terminal's size.
    pub(crate) fn resize(&mut self, cols: u16, rows: u16) -> &mut Self {
        self.shared.state.lock().expect("a lock").parser.screen_mut().set_size(cell(rows), cell(cols));
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("a new size");
        self
    }

    /// Whether the terminal's modes are those that it had before the program: lines are edited, and typing is echoed.
    pub(crate) fn has_its_modes(&self) -> bool {
        modes(&*self.master) == self.modes
    }

    /// Whether the program has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.shared.state.lock().expect("a lock").ended
    }

    /// The process id of the program.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().expect("a process id")
    }

    /// Waits for the program to end and gives its exit status.
    pub(crate) fn wait(&mut self) -> u32 {
        let status = self.child.wait().expect("the program ends");
        // What it wrote last is read before anybody looks at the screen.
        let mut state = self.shared.state.lock().expect("a lock");
        while !state.ended {
            state = self.shared.changed.wait(state).expect("a lock");
        }
        drop(state);
        status.exit_code()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
    }
}

/// All that a terminal's modes are, in no form but to be compared.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("a terminal has modes"))
}

fn cell(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has a size")
}

/// How much of the output may be shown: a frame that was begun (synchronized output) is shown when it is whole.
fn whole_frames(output: &[u8]) -> usize {
    let last = |mark: &[u8]| output.windows(mark.len()).rposition(|piece| piece == mark);
    match (last(b"\x1b[?2026h"), last(b"\x1b[?2026l")) {
        (Some(begun), ended) if ended.is_none_or(|ended| ended < begun) => begun,
        _ => output.len(),
    }
}

/// Answers the questions that a terminal answers: its background (OSC 11), its foreground (OSC 10), its kind (DA1).
fn answer(asked: &[u8], ground: Ground, writer: &mut dyn Write) {
    let (back, fore) = match ground {
        Ground::Dark => ("0000/0000/0000", "ffff/ffff/ffff"),
        Ground::Light => ("ffff/ffff/ffff", "0000/0000/0000"),
    };
    let holds = |what: &[u8]| asked.windows(what.len()).any(|piece| piece == what);
    let known = [
        (&b"\x1b]10;?"[..], format!("\x1b]10;rgb:{fore}\x1b\\")),
        (&b"\x1b]11;?"[..], format!("\x1b]11;rgb:{back}\x1b\\")),
        (&b"\x1b[c"[..], "\x1b[?62;22c".to_owned()),
    ];
    let answers: String =
        known.into_iter().filter(|(asked, _)| holds(asked)).map(|(_, answer)| answer).collect();
    // A program that has ended asks no more.
    let _ = writer.write_all(answers.as_bytes()).and_then(|()| writer.flush());
}
