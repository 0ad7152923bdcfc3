"""`--kiosk` lets nothing lead out of the handbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Run
from tui.cli.arguments import COMMANDS
from tui.cli.kiosk import COMMANDS as ALLOWED

NAMING_FILES = ("export", "import", "erase", "doctor")


@pytest.mark.parametrize("command", NAMING_FILES)
def test_commands_that_lead_out(run: Run, command: str, tmp_path: Path) -> None:
    """What writes, reads or shows files is refused, wherever the option stands, and does nothing."""
    words = (command, *((str(tmp_path / "x"),) if command in ("export", "import") else ()))
    for asked in (("--kiosk", *words), (*words, "--kiosk")):
        answer = run(*asked)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err == f"runtall: `{command}` cannot be used in this shared handbook\n"
    assert not (tmp_path / "x").exists()


def test_every_command_is_decided() -> None:
    """Each command is either among those that are allowed, or known to be refused."""
    assert {command.name for command in COMMANDS} >= ALLOWED


@pytest.mark.parametrize("option", ["book", "data", "keys"])
def test_paths(run: Run, option: str, tmp_path: Path) -> None:
    """No folder or file is named by its reader."""
    answer = run("--kiosk", "toc", f"--{option}", str(tmp_path))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"runtall: --{option} cannot be used in this shared handbook\n"


def test_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No keys file is read, and no traceback shown, though variables ask for it."""
    monkeypatch.setenv("RUNTALL_KEYS", str(tmp_path / "gone.toml"))
    monkeypatch.setenv("RUNTALL_DEBUG", "1")
    assert run("--kiosk", "keys").code == 0
    assert run("--kiosk", "read", "no-such-page").code == 1


def test_what_is_left(run: Run) -> None:
    """The book, the lists and the reader's own diary are there as ever."""
    assert run("--kiosk", "read", "start-here").code == 0
    assert run("--kiosk", "tick", "warm-up").code == 0
    assert "1 of 12" in run("check", "--kiosk").out
