"""The program is replaced, moved or half installed while it is used."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.handbook import COMMAND, NOTHING, ROOT, Handbook
from tests.pty.probe import Probe

ASK = "Run Tall was replaced; q, then open it again."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the program, to be taken away."""
    folder = tmp_path / "installed"
    for part in ("tui", "content"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.fixture
def handbook(folder: Path) -> Iterator[Handbook]:
    """The handbook from there, open for a while, and its program gone since."""
    with Handbook(command=COMMAND, cwd=folder) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest(1.5)
        folder.rename(folder.with_name("away"))
        yield handbook


def test_what_is_needed_most_is_there(handbook: Handbook) -> None:
    """The red flags open, the checklist opens and is ticked, help and pages can be read."""
    for keys, sign in (
        (("!",), "NOW: stop and call the emergency number"),
        (("!", "c"), "of 12"),
        (("2",), "1 of 12"),
        (("?",), "What it does"),
    ):
        handbook.press(*keys)
        handbook.wait_for(sign)
        handbook.rest()


def test_the_rest_is_said(handbook: Handbook) -> None:
    """What is not loaded says what to do; the page stays, and leaving is as ever."""
    for key in ("d", "B", ":", "w", "/"):
        handbook.press(key)
        handbook.wait_for(ASK)
        handbook.rest()
        handbook.press("j")
        handbook.wait_for(lambda probe: ASK not in probe.text)
        handbook.rest()
    handbook.press("q")
    assert handbook.wait_for_exit() == 0
    assert handbook.left_behind == NOTHING


@pytest.mark.parametrize("gone", ["handbook/blocks.py", "cli/run.py", "terminal/lifecycle.py"])
def test_start_while_it_is_replaced(folder: Path, gone: str) -> None:
    """A start in the middle of an installation ends in one line that says so."""
    (folder / "tui" / gone).unlink()
    with Probe(COMMAND, cwd=folder) as probe:
        assert probe.wait_for_exit() == 75
        assert probe.text.startswith("runtall: not installed whole (No module named 'tui.")
        assert "Traceback" not in probe.text


def test_command_while_it_is_replaced(folder: Path) -> None:
    """A command, too, and half a module is no whole one."""
    (folder / "tui" / "cli" / "reading.py").write_text("def toc(")
    done = subprocess.run(
        (*COMMAND, "toc"), cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (75, "")
    assert done.stderr.startswith("runtall: not installed whole ('(' was never closed")
    assert done.stderr.count("\n") == 1
