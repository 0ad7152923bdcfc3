"""The diary in a real terminal: what it costs to look at, and asking before anything is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from tests.past_runs import export_of
from tests.pty.probe import Probe
from tui.diary.diary import open_diary

ROOT = Path(__file__).parents[2]
RUNTALL = [sys.executable, "-m", "tui"]


class Start(Protocol):
    """Starts `runtall` in a terminal."""

    def __call__(self, *words: str) -> Probe: ...


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A diary of three runs."""
    with open_diary(tmp_path / "data") as diary:
        diary.import_text(export_of({"soreness": 4}, {"soreness": 2}, {"note": "oldest"}))
    return tmp_path / "data"


@pytest.fixture
def start(data: Path) -> Iterator[Start]:
    with ExitStack() as stack:

        def started(*words: str) -> Probe:
            command = [*RUNTALL, *words, "--data", str(data)]
            return stack.enter_context(Probe(command, cwd=ROOT))

        yield started


def runs(data: Path) -> int:
    """How many runs are on the disk."""
    with open_diary(data) as diary:
        return len(diary.runs.every())


def test_looking_at_the_diary(start: Start, data: Path) -> None:
    """The diary costs nothing while nothing changes, little for a key, and shows what others file."""
    probe = start()
    probe.wait_for("Start here", timeout=30)
    probe.settle(0.5)
    probe.press("d")
    probe.wait_for("Median soreness after the run: last two: 3.")
    probe.settle(0.5)
    assert probe.settle(2.2, timeout=2.5).size == 0
    probe.press("j")
    assert 0 < probe.settle(0.3).size < 600
    finish = [*RUNTALL, "finish", "--note", "elsewhere", "--data", str(data)]
    subprocess.run(finish, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    probe.wait_for("elsewhere")
    probe.press("escape")
    probe.wait_for(lambda probe: "Next morning" not in probe.text)


@pytest.mark.parametrize(("answer", "left"), [("n", 3), ("y", 2)])
def test_remove_asks(start: Start, data: Path, answer: str, left: int) -> None:
    """On a terminal, removing a run is asked about first."""
    probe = start("diary", "remove", "1")
    probe.wait_for("[y/n]", timeout=30)
    assert runs(data) == 3
    probe.press(answer, "enter")
    assert probe.wait_for_exit() == 0
    assert runs(data) == left


@pytest.mark.parametrize(("answer", "left"), [("", 3), ("yes", 0)])
def test_erase_asks(start: Start, data: Path, answer: str, left: int) -> None:
    """On a terminal, erasing is asked about first, and Enter alone erases nothing."""
    probe = start("erase")
    probe.wait_for("cannot be undone", timeout=30)
    probe.press(*answer, "enter")
    assert probe.wait_for_exit() == 0
    assert runs(data) == left


def test_export_asks(start: Start, tmp_path: Path) -> None:
    """On a terminal, writing over a file is asked about first."""
    file = tmp_path / "file.json"
    file.write_text("precious")
    probe = start("export", str(file))
    probe.wait_for("[y/n]", timeout=30)
    probe.press("n", "enter")
    assert probe.wait_for_exit() == 0
    assert file.read_text() == "precious"
