"""The handbook in a real terminal, and a way through every screen of it."""

from __future__ import annotations

import re
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.pty.probe import Probe
from tui.terminal.input import ESCAPE_PATIENCE

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tui")
"""Runs `runtall` in the checkout."""
NOTHING: tuple[set[int], int, bool] = (set(), 0, False)
"""What the handbook should leave behind on the terminal."""
_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_USUAL = {7, 25}
"""Private modes that a terminal starts with: line wrap and the cursor."""

EVERY_SCREEN: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("reading", (), "Why does my upper back"),
    ("a chosen link", (">",), "Enter follow"),
    ("numbered links", ("f",), "[1]"),
    ("contents", ("escape", "escape", "tab", "j"), "Enter open"),
    ("help", ("tab", "?"), "What it does"),
    ("checklist", ("escape", "c"), "of 12"),
    ("a ticked item", ("2",), "1 of 12"),
    ("list of links", ("f",), "Links"),
    ("asking", ("escape", "a"), "New item"),
    ("finishing", ("escape", "r"), "Run today?"),
    ("soreness", ("down", "enter"), "Finish this run"),
    ("filed", ("2", "enter", *"easy", "enter"), "The run is filed"),
    ("diary", ("d",), "easy"),
    ("a past run", ("enter",), "Run of"),
    ("search", ("escape", "escape", "/", *"shoulder"), "shoulder"),
    ("matches", ("enter",), "1/"),
    ("bookmarks", ("m", "'"), "Bookmarks"),
    ("palette", ("escape", ":", *"open"), "Open: "),
    ("body map", ("escape", "B"), "zone 1 of"),
    ("the gate", ("escape", "w"), "Safety first"),
    ("now", ("space", "enter"), "Call your emergency number"),
    ("back at the gate", ("backspace",), "[x] 1"),
    ("the gate afresh", ("O",), "[ ] 1"),
    ("a fall", (*["down"] * 9, "space"), "[x]   A fall"),
    ("who one is", ("enter",), "Which of these are true of you?"),
    ("today", ("0", "enter"), "Get medical care today"),
    ("none of the signs", ("O", "0", "enter"), "Which of these are true of you?"),
    ("a question", ("0", "enter"), "1 of 14"),
    ("result", ("enter",) * 14, "Where to start"),
)


class Handbook(Probe):
    """`runtall` in a terminal of its own."""

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        command: Sequence[str] = COMMAND,
        cwd: Path = ROOT,
    ) -> None:
        columns, lines = size
        argv = (*command, *words)
        super().__init__(argv, columns=columns, lines=lines, env=env, cwd=cwd)
        self._settings = self.line_settings

    def do_nothing_by_itself(self) -> None:
        """Let the terminal itself show and do nothing about what is typed before or after."""
        settings = termios.tcgetattr(self.fd)
        settings[3] &= ~(termios.ECHO | termios.ISIG)
        termios.tcsetattr(self.fd, termios.TCSANOW, settings)
        self._settings = self.line_settings

    @property
    def changed_modes(self) -> set[int]:
        """The private modes that are not as a terminal has them at first."""
        states = {int(number): state == b"h" for number, state in _MODE.findall(self.output)}
        return {number for number, is_on in states.items() if is_on != (number in _USUAL)}

    @property
    def left_behind(self) -> tuple[set[int], int, bool]:
        """Modes, keyboards and line settings that are not as they were; `NOTHING` if all are."""
        pushed = len(re.findall(rb"\x1b\[>\d+u", self.output))
        keyboards = pushed - self.output.count(b"\x1b[<u")
        return self.changed_modes, keyboards, self.line_settings != self._settings

    @property
    def state(self) -> str:
        """The state of the process as in /proc: R, S, T (stopped), Z."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def rest(self, quiet: float = 0.1) -> None:
        """Read until the program has neither written nor computed anything for some seconds."""
        used = -1.0
        while used != self.cpu_seconds:
            used = self.cpu_seconds
            self.settle(quiet)

    def tour(self) -> Iterator[str]:
        """Go through every screen, and give the name of each while it stands."""
        for name, keys, sign in EVERY_SCREEN:
            for key in keys:
                self.press_and_see(key)
            self.wait_for(sign, timeout=20)
            self.rest(0.05)
            yield name

    def press_and_see(self, key: str) -> None:
        """Press a key and wait until the screen shows that it was taken."""
        self.rest(0.02)  # what was written meanwhile is no sign of it
        before = self.screen.cells, self.screen.cursor.x, self.screen.cursor.y
        self.press(key)
        self.wait_for(
            lambda _: (self.screen.cells, self.screen.cursor.x, self.screen.cursor.y) != before,
            timeout=20,
        )
        if key == "escape":
            # What follows an Esc too soon makes an Alt chord of it, also where something else has changed meanwhile.
            self.rest(2 * ESCAPE_PATIENCE)
