"""`man runtall`: the page that is installed is the one that the commands make."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tui.cli.arguments import COMMANDS
from tui.cli.manual import manual

PAGE = Path(__file__).parents[2] / "tui" / "cli" / "runtall.1"


def test_the_page_is_up_to_date() -> None:
    """After a change to the commands: `python -m tui help --man > tui/cli/runtall.1`."""
    assert PAGE.read_text("utf-8") == manual()
    assert all(f".SS runtall {each.name}".replace("-", "\\-") in manual() for each in COMMANDS)


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_shows_it() -> None:
    """Man itself finds nothing to complain about, and shows every command."""
    shown = subprocess.run(
        ("man", "--warnings", "-E", "UTF-8", "-l", "-P", "cat", str(PAGE)),
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )
    assert shown.stderr == ""
    assert "echo 'easy, no ache' | runtall finish --note -" in shown.stdout
