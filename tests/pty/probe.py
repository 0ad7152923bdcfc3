"""Run a terminal program in a real pty, type at it, and see what a person would see.

    with Probe(["runtall"], columns=80, lines=24, env={"LANG": "C.UTF-8"}) as probe:
        probe.wait_for("Start here")
        probe.press("down", "enter")
        reply = probe.settle()
        assert probe.wait_for_exit() == 0

Nothing is read in the background: output is taken up in `wait_for`, `settle`, `press`, `send` and
`wait_for_exit`. To see how a program bears a terminal that has stalled, call none of them.
Linux and macOS; `cpu_seconds` and `memory_kb` need Linux.
"""

import codecs
import fcntl
import os
import select
import signal
import struct
import termios
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pyte.screens import Char

from .emulator import Emulator

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
} | {f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"}
"""What a terminal sends for each key, by Textual's names."""

_LEFT_OUT = ("TEXTUAL", "SSH_", "TMUX", "STY", "COLUMNS", "LINES", "NO_COLOR", "CLICOLOR", "LC_")
"""Variables, by their first letters, that would make a program behave as on this machine."""


@dataclass(frozen=True)
class Reply:
    """What a program wrote in answer: bytes, reads, and milliseconds to the first and last byte."""

    size: int
    reads: int
    first_ms: float
    last_ms: float


class Probe:
    """A program in a pty, and the screen it has drawn; `with` ends the program if it still runs."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        side_margins: bool = True,
    ) -> None:
        """Start the program.

        Args:
            argv: The command; its first word is looked up in PATH.
            columns: Width of the terminal.
            lines: Height of the terminal.
            env: Changes to the environment; None removes a variable. TERM is xterm-256color,
                COLORTERM truecolor and LANG C.UTF-8 unless changed here.
            cwd: Where to start it, if not here.
            side_margins: Whether the terminal has margins at the sides, and says so when asked.
        """
        known_modes = frozenset({69, 2026} if side_margins else {2026})
        self.screen = Emulator(columns, lines, known_modes=known_modes)
        """The emulator: `.text`, `.cells`, `.cursor`, `.private_modes`."""
        self.output = bytearray()
        """Every byte that the program has written and that was read."""
        self.closed = False
        """True when the program's end of the pty is closed and all was read."""
        self.last_byte_at = 0.0
        """When output came last, by `time.perf_counter`; drawing it in the emulator takes longer."""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._status: int | None = None
        environment = _environment(env or {})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid, self.fd = os.forkpty()
        if self.pid == 0:
            _become(argv, environment, cwd, columns, lines)
        self.leader = self.pid
        """The first process in the terminal; its exit status counts."""
        self._set_size(columns, lines)
        os.set_blocking(self.fd, False)

    def __enter__(self) -> Self:
        """Hand over the running program."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the program and close the pty."""
        self.close()

    @property
    def text(self) -> str:
        """The screen as lines of text, blanks at the end of each left out."""
        return self.screen.text

    def cell(self, x: int, y: int) -> Char:
        """The character at a place, counted from 0, with its attributes."""
        return self.screen.buffer[y][x]

    def press(self, *keys: str) -> None:
        """Press keys, each a name in `KEYS` or one character; raises KeyError for anything else."""
        for key in keys:
            self.send(key if len(key) == 1 else KEYS[key])

    def send(self, data: str | bytes) -> None:
        """Type text or raw bytes, reading the program's output so that neither side blocks."""
        rest = data.encode() if isinstance(data, str) else data
        while rest and not self.closed:
            readable, writable, _ = select.select([self.fd], [self.fd], [], 10)
            if readable:
                self._read()
            elif not writable:
                raise TimeoutError(f"the program takes no input; {len(rest)} bytes are left")
            if writable:
                rest = rest[self._write(rest) :]

    def wait_for(self, what: str | Callable[["Probe"], bool], timeout: float = 10) -> None:
        """Read until a text is on the screen or a condition holds; raises TimeoutError."""
        holds = (lambda probe: what in probe.text) if isinstance(what, str) else what
        end = time.monotonic() + timeout
        while not holds(self):
            if self.closed or time.monotonic() > end:
                raise TimeoutError(f"waited for {what!r}; the screen is\n{self.text}")
            self._read(0.05)

    def settle(self, quiet: float = 0.2, timeout: float = 15) -> Reply:
        """Read until nothing came for `quiet` seconds, and say how much came and when."""
        start = time.perf_counter()
        size = reads = 0
        first = last = 0.0
        while not self.closed and time.perf_counter() - start < timeout:
            got = self._read(quiet)
            if not got:
                break
            last = (self.last_byte_at - start) * 1000
            first = first or last
            size, reads = size + got, reads + 1
        return Reply(size, reads, first, last)

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal; the program is told, as by a real one."""
        self._read()
        self.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal's end of the pty, as when a link is lost."""
        self.closed = True
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    @property
    def status(self) -> int | None:
        """The exit status, negative for a signal, None while the program runs."""
        if self._status is None:
            done, status = os.waitpid(self.leader, os.WNOHANG)
            if done:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def wait_for_exit(self, timeout: float = 10) -> int:
        """Read until the program has ended, and return its exit status; raises TimeoutError."""
        end = time.monotonic() + timeout
        while (status := self.status) is None:
            if time.monotonic() > end:
                raise TimeoutError(f"the program still runs; the screen is\n{self.text}")
            self._read(0.02)
        while not self.closed and self._read(0.02):
            pass
        return status

    @property
    def line_settings(self) -> list[int]:
        """The line's input, output, control and local flags, to compare before and after."""
        return [flags for flags in termios.tcgetattr(self.fd)[:4] if isinstance(flags, int)]

    @property
    def cpu_seconds(self) -> float:
        """Processor time used by the program so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory_kb(self) -> int:
        """Resident memory of the program, in kB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])

    def close(self) -> None:
        """End the program if it runs, and close the pty."""
        if self.status is None:
            for pid in {self.pid, self.leader}:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.leader, 0)[1])
        self.hang_up()

    def _read(self, timeout: float = 0) -> int:
        """Take up what the program wrote, answer its queries, and return the number of bytes."""
        if self.closed or not select.select([self.fd], [], [], timeout)[0]:
            if self.closed:
                time.sleep(timeout)
            return 0
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.last_byte_at = time.perf_counter()
        self.closed = not data
        self.output += data
        self.screen.feed(self._decode(data))
        replies, self.screen.replies = "".join(self.screen.replies).encode(), []
        if replies:
            self._write(replies)
        return len(data)

    def _write(self, data: bytes) -> int:
        try:
            return os.write(self.fd, data[:4096])
        except BlockingIOError:
            return 0
        except OSError:
            self.closed = True
            return 0

    def _set_size(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    merged = {**kept, **fixed, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def _become(
    argv: Sequence[str], env: Mapping[str, str], cwd: Path | None, columns: int, lines: int
) -> None:
    """Turn the child process into the program; never returns."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if cwd is not None:
            os.chdir(cwd)
        os.execvpe(argv[0], list(argv), dict(env))
    finally:
        os._exit(127)
