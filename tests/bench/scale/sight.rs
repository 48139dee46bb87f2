//! The deck in a pseudo terminal, watched piece by piece: what the screen says, when it said so, and at how many bytes.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The screen that is measured, columns and rows.
pub(crate) const SIZE: (u16, u16) = (200, 50);

/// How long something may take to be seen.
const PATIENCE: Duration = Duration::from_mins(1);

/// Marks the end of a frame (synchronized output).
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// The deck while it is watched.
pub(crate) struct Sight {
    pieces: Receiver<(Instant, Vec<u8>)>,
    parser: vt100::Parser,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// The terminal is there for as long as somebody looks at it.
    _master: Box<dyn MasterPty + Send>,
    begun: Instant,
    /// When the last piece came.
    last: Instant,
    bytes: usize,
    frames: usize,
}

impl Sight {
    /// Starts a program with these arguments and settings, and nothing else of ours.
    pub(crate) fn of(program: &Path, args: &[String], env: &[(String, String)], home: &Path) -> Self {
        let (cols, rows) = SIZE;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo terminal");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        command.cwd(home);
        for (name, value) in env {
            command.env(name, value);
        }
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (tell, pieces) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(got @ 1..) = reader.read(&mut buffer) {
                if tell.send((Instant::now(), buffer[..got].to_vec())).is_err() {
                    break;
                }
            }
        });
        let parser = vt100::Parser::new(rows.try_into().expect("rows"), cols.try_into().expect("columns"), 0);
        let writer = pair.master.take_writer().expect("a writer");
        Self { pieces, parser, writer, child, _master: pair.master, begun, last: begun, bytes: 0, frames: 0 }
    }

    /// Waits until the screen fulfils a claim, and tells how long after the start that was.
    pub(crate) fn until(&mut self, what: &str, claim: impl Fn(&str) -> bool) -> Duration {
        let end = Instant::now() + PATIENCE;
        while !claim(&self.text()) {
            self.last = self.next(end).unwrap_or_else(|| panic!("never: {what}\n{}", self.text()));
        }
        self.last - self.begun
    }

    /// Takes in what is shown until nothing was for so long.
    pub(crate) fn until_quiet(&mut self, rest: Duration) {
        while self.next(Instant::now() + rest).is_some() {}
    }

    /// Types.
    pub(crate) fn keys(&mut self, text: &str) {
        self.writer.write_all(text.as_bytes()).and_then(|()| self.writer.flush()).expect("the program reads");
    }

    /// What is on the screen.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// The line at the top.
    pub(crate) fn head(text: &str) -> &str {
        text.lines().next().unwrap_or_default()
    }

    /// Bytes and frames so far.
    pub(crate) fn shown(&self) -> (usize, usize) {
        (self.bytes, self.frames)
    }

    /// The program's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().expect("a process id")
    }

    /// Takes in one piece; `None` if none came in time.
    fn next(&mut self, end: Instant) -> Option<Instant> {
        let left = end.saturating_duration_since(Instant::now());
        let (at, piece) = match self.pieces.recv_timeout(left) {
            Ok(piece) => piece,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        self.bytes += piece.len();
        self.frames += piece.windows(FRAME_ENDS.len()).filter(|window| *window == FRAME_ENDS).count();
        self.parser.process(&piece);
        self.tell_background(&piece);
        Some(at)
    }

    /// Answers what a terminal answers when it is asked for its colours and its kind.
    fn tell_background(&mut self, asked: &[u8]) {
        let known = [
            (&b"\x1b]10;?"[..], "\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
            (&b"\x1b]11;?"[..], "\x1b]11;rgb:0000/0000/0000\x1b\\"),
            (&b"\x1b[c"[..], "\x1b[?62;22c"),
        ];
        for (question, answer) in known {
            if asked.windows(question.len()).any(|window| window == question) {
                // A program that has ended asks no more.
                let _ = self.writer.write_all(answer.as_bytes());
            }
        }
        let _ = self.writer.flush();
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A number before a word in a line, as in "340/340 scopes  100,000 snapshots".
pub(crate) fn number_before(line: &str, word: &str) -> usize {
    let before = line.split(word).next().filter(|before| before.len() < line.len()).unwrap_or_default();
    let digits = before.trim_end().rsplit([' ', '/']).next().unwrap_or_default();
    digits.replace(',', "").parse().unwrap_or(0)
}
