"""The Tab key in real shells, with the script that `completion` prints."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.pty.handbook import COMMAND, ROOT
from tests.pty.probe import Probe

SHELLS = {
    "bash": ("bash --norc --noprofile -i", ". {}"),
    "zsh": ("zsh -f -i", "autoload -Uz compinit; compinit -u -D; . {}"),
    "fish": ("fish --no-config", ". {}"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_tab(shell: str, tmp_path: Path) -> None:
    """Tab writes out a command, a page, an item, a routine, an option; after `--book` it is a folder."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "completion"
    (tmp_path / "books").mkdir()
    asked = subprocess.run(
        (*COMMAND, "completion", shell), cwd=ROOT, capture_output=True, check=True
    )
    script.write_bytes(asked.stdout)
    argv, setup = SHELLS[shell]
    env = {"HOME": str(tmp_path), "PS1": "$ ", "PROMPT_COMMAND": None}
    with Probe(argv.split(), lines=60, cwd=tmp_path, env=env) as probe:
        probe.send(f"{setup.format(script)}; echo rea''dy\r")
        probe.wait_for("\nready")
        for typed, completed in (
            ("fin", "finish"),
            ("read hunc", "read hunching"),
            ("--data /tmp tick warm", "tick warm-up"),
            ("routine desk", "routine desk-break"),
            ("finish --sor", "finish --soreness"),
            ("--book boo", "--book books/"),
        ):
            probe.send(f"runtall {typed}\t")
            probe.wait_for(f" {completed}")
            probe.send("\x15\r")
