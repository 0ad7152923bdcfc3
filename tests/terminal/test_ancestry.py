"""Which program holds a terminal, though it sets no variable."""

import os
from pathlib import Path

import pytest

from tui.terminal.ancestry import find_holder


def grow(folder: Path, *names: str) -> None:
    """Processes in a folder as /proc shows them, each the child of the next one."""
    pid = os.getppid()
    for number, name in enumerate(names):
        parent = 100_000 + number
        (folder / str(pid)).mkdir()
        (folder / str(pid) / "stat").write_text(f"{pid} ({name}) S {parent} 1 1 0")
        pid = parent


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("bash", "mosh-server", "init"), "mosh"),
        (("dtach",), "dtach"),
        (("a) (dtach", "b c", "sshd"), None),
        ((), None),
    ],
)
def test_holder(names: tuple[str, ...], expected: str | None, tmp_path: Path) -> None:
    """The nearest of the known ones counts; where processes cannot be looked at, none is."""
    grow(tmp_path, *names)
    assert find_holder(tmp_path) == expected
