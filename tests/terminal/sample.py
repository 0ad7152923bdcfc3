"""The sample app in a real pty, with what the tests of endings ask of it."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.pty.probe import Probe

COMMAND = (sys.executable, str(Path(__file__).with_name("sample_app.py")))
"""Runs the sample app; the folder to save in follows."""
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[2])}
"""What it needs."""
_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_USUAL = {7, 25}
"""Modes that a terminal starts with: line wrap and the cursor."""


class Sample(Probe):
    """The running sample app; its folder holds the place it saved and its reports."""

    def __init__(self, folder: Path, what: str = "", wrapper: Sequence[str] = ()) -> None:
        self.folder = folder
        super().__init__((*wrapper, *COMMAND, str(folder), what), env=ENVIRONMENT)
        self.usual_settings = self.line_settings

    @property
    def place(self) -> str | None:
        """What the app saved as it left, or None if it saved nothing."""
        path = self.folder / "place"
        return path.read_text("utf-8") if path.exists() else None

    @property
    def reports(self) -> list[Path]:
        """The reports of bugs, oldest first."""
        return sorted((self.folder / "reports").glob("*"))

    @property
    def threads(self) -> int:
        """How many threads the app has."""
        return len(list(Path(f"/proc/{self.pid}/task").iterdir()))

    @property
    def state(self) -> str:
        """The state of the process as in /proc: R, S, T (stopped), Z."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    def rest(self, quiet: float = 0.2) -> None:
        """Read until the app has neither written nor computed anything for some seconds."""
        used = -1.0
        while used != self.cpu_seconds:
            used = self.cpu_seconds
            self.settle(quiet)

    @property
    def changed_modes(self) -> set[int]:
        """The private modes that are not as a terminal has them at first."""
        states = {int(number): state == b"h" for number, state in _MODE.findall(self.output)}
        return {number for number, is_on in states.items() if is_on != (number in _USUAL)}

    @property
    def pushed_keyboards(self) -> int:
        """How many times kitty's keyboard protocol was asked for and not given back."""
        return len(re.findall(rb"\x1b\[>\d+u", self.output)) - self.output.count(b"\x1b[<u")

    @property
    def left_behind(self) -> tuple[set[int], int, bool]:
        """Modes, keyboards and line settings that are not as they were; `NOTHING` if all are."""
        return (
            self.changed_modes,
            self.pushed_keyboards,
            self.line_settings != self.usual_settings,
        )


NOTHING: tuple[set[int], int, bool] = (set(), 0, False)
"""What a program should leave behind on the terminal."""
