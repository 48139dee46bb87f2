"""A program in a pseudo terminal: chords in, the screen out, as a person would see it.

Nothing here sleeps: whoever waits for a text is woken by each piece of output, and fails with the screen in
the message when the patience is over. The terminal answers what a real one answers when it is asked for its
colours and its kind, and keeps what is put on its clipboard.
"""

import base64
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time

import pyte

PATIENCE = 30

# What the terminal sends for the keys that have a name, as xterm does.
KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "shift-Tab": "\x1b[Z", "Space": " ", "Backspace": "\x7f", "Del": "\x1b[3~",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Home": "\x1b[H", "End": "\x1b[F",
    "PgUp": "\x1b[5~", "PgDn": "\x1b[6~", "F1": "\x1bOP", "F5": "\x1b[15~",
}

# Foreground and background by ground.
GROUNDS = {"dark": ("ffff/ffff/ffff", "0000/0000/0000"), "light": ("0000/0000/0000", "ffff/ffff/ffff")}

# What a terminal answers or keeps: a colour is asked for (OSC 10 and 11), its kind (DA1), the clipboard is filled (OSC 52).
ASKED = re.compile(rb"\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)|(?P<kind>\x1b\[0?c)|\x1b\]52;c;(?P<text>[^\x07\x1b]*)(?:\x07|\x1b\\)")

# The session's leader takes the terminal for its own, which only it can do, and becomes the program.
LEAD = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"


class Emulator(pyte.Screen):
    """pyte's screen with the alternate one: what the program drew is gone when it gives the terminal back."""

    alternate = False

    def set_mode(self, *modes, **kwargs):
        self._switch(True, modes, kwargs)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes, **kwargs):
        self._switch(False, modes, kwargs)
        super().reset_mode(*modes, **kwargs)

    def _switch(self, alternate, modes, kwargs):
        if kwargs.get("private") and 1049 in modes:
            self.alternate = alternate
            self.erase_in_display(2)


class Terminal:
    """A program in a terminal of so many columns and rows; what can be chained gives the terminal back."""

    def __init__(self, command, env, cwd, size=(80, 24), ground="dark"):
        self.emulator = Emulator(*size)
        self.stream = pyte.ByteStream(self.emulator)
        self.ground = GROUNDS[ground]
        self.clipboard = None
        self.ended = False
        self._unshown = self._unread = b""
        self._escaped = False
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (size[1], size[0]))
        env = env | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC"}
        lead = [sys.executable, "-I", "-S", "-c", LEAD, *map(str, command)]
        self.process = subprocess.Popen(lead, env=env, cwd=cwd, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(PATIENCE)
        os.close(self.master)

    def press(self, *chords):
        """Presses chords, written as the program writes them: "c", "G", "ctrl-s", "Esc"."""
        for chord in chords:
            self._send(sent_by(chord))
            self._escaped = chord == "Esc"
        return self

    def type(self, text):
        """Types text character by character."""
        self._send(text)
        return self

    def paste(self, text):
        """Pastes text as terminals do that were asked for bracketed paste."""
        self._send(f"\x1b[200~{text}\x1b[201~")
        return self

    def until(self, text, timeout=PATIENCE):
        """Waits until a text is on the screen, in one row."""
        return self.fulfils(f"{text!r} is shown", lambda screen: text in screen, timeout)

    def gone(self, text, timeout=PATIENCE):
        """Waits until a text is no longer on the screen."""
        return self.fulfils(f"{text!r} is gone", lambda screen: text not in screen, timeout)

    def fulfils(self, what, claim, timeout=PATIENCE):
        """Waits until the screen's text fulfils a claim; `what` says it in words."""
        end = time.monotonic() + timeout
        while not claim(self.screen()):
            left = end - time.monotonic()
            assert left > 0 and not self.ended, f"never: {what}\n{self.picture()}"
            self._read(left)
        self._escaped = False
        return self

    def screen(self):
        """The screen as text, one line a row."""
        return "\n".join(line.rstrip() for line in self.emulator.display)

    def row(self, text):
        """The first row of the screen that holds a text."""
        found = [line for line in self.screen().split("\n") if text in line]
        assert found, f"no row holds {text!r}\n{self.picture()}"
        return found[0]

    def picture(self):
        """The screen in a frame, and how the program is, for messages."""
        state = f"ended with {self.process.poll()}" if self.ended else "runs"
        edge = "+" + "-" * self.emulator.columns + "+"
        return "\n".join([edge, *(f"|{line}|" for line in self.emulator.display), edge, f"the program {state}"])

    def exit_code(self, timeout=PATIENCE):
        """Waits for the program to end by itself; negative when a signal ended it."""
        end = time.monotonic() + timeout
        while not self.ended:
            left = end - time.monotonic()
            assert left > 0, f"never: the program ends\n{self.picture()}"
            self._read(left)
        return self.process.wait(timeout)

    def _send(self, text):
        # In one piece with what follows it, escape is alt: whoever presses it says what it is to change.
        assert not self._escaped, "wait for what Esc does before anything else is pressed"
        left = text.encode()
        while left and not self.ended:
            # A program that draws while much is typed is read from, or both would wait for each other.
            readable, writable, _ = select.select([self.master], [self.master], [], PATIENCE)
            assert readable or writable, f"never: the program reads\n{self.picture()}"
            if readable:
                self._read(0)
            elif writable:
                left = left[os.write(self.master, left[:512]):]
        assert not self.ended, f"never: the program reads {text!r}\n{self.picture()}"

    def _read(self, timeout):
        """Takes in one piece of output, waiting for it at most so many seconds."""
        if not select.select([self.master], [], [], timeout)[0]:
            return
        try:
            got = os.read(self.master, 65536)
        except OSError:
            # How Linux says that nobody has the other end open any more.
            got = b""
        if got:
            self._answer(got)
            self._show(got)
        else:
            self.stream.feed(self._unshown)
            self._unshown, self.ended = b"", True
            self.process.wait(PATIENCE)

    def _show(self, got):
        """A frame that was begun (synchronized output) is shown when it is whole."""
        output = self._unshown + got
        begun, ended = output.rfind(b"\x1b[?2026h"), output.rfind(b"\x1b[?2026l")
        whole = begun if begun > ended else len(output)
        self.stream.feed(output[:whole])
        self._unshown = output[whole:]

    def _answer(self, got):
        output, done = self._unread + got, 0
        for asked in ASKED.finditer(output):
            done = asked.end()
            if asked["colour"]:
                colour = self.ground[int(asked["colour"]) - 10]
                os.write(self.master, b"\x1b]%s;rgb:%s\x1b\\" % (asked["colour"], colour.encode()))
            elif asked["kind"]:
                os.write(self.master, b"\x1b[?62;22c")
            else:
                self.clipboard = base64.b64decode(asked["text"]).decode()
        # A question may come in two pieces.
        output = output[done:]
        begun = output.rfind(b"\x1b]")
        self._unread = output[begun:] if begun >= 0 else output[-3:]


def sent_by(chord):
    """What a terminal sends for a chord."""
    if chord in KEYS:
        return KEYS[chord]
    if len(chord) == 1:
        return chord
    held, _, key = chord.partition("-")
    if held == "ctrl" and len(key) == 1 and key.islower():
        return chr(ord(key) - ord("a") + 1)
    if held == "alt" and key:
        return "\x1b" + sent_by(key)
    raise ValueError(f"no terminal sends {chord!r}: to type a text, use type()")
