"""What every test gets: an environment that is the same on every machine and every day.

`RUNTALL_NOW=2028-02-29T12:00 python -m pytest` runs the suite on another day.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

_OF_THE_MACHINE = (
    "CLICOLOR",
    "COLUMNS",
    "FORCE_COLOR",
    "LC_",
    "LINES",
    "NO_COLOR",
    "RUNTALL_",
    "SSH_",
    "STY",
    "TEXTUAL",
    "TMUX",
    "XDG_",
)
"""Variables, by their first letters, that would make the program behave as on this machine."""
_FIXED = {
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "RUNTALL_NOW": os.environ.get("RUNTALL_NOW", "2026-11-18T06:30:00"),
    "TERM": "xterm-256color",
    "TZ": "UTC",
}


settings.register_profile("same everywhere", derandomize=True, deadline=None)
settings.load_profile("same everywhere")


@pytest.fixture(autouse=True)
def away_from_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The reader's own folders, options and terminal are none of the tests' business."""
    for name in os.environ:
        if name.startswith(_OF_THE_MACHINE):
            monkeypatch.delenv(name)
    for name, value in _FIXED.items():
        monkeypatch.setenv(name, value)
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
