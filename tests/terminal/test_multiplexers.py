"""What is copied inside a real tmux or GNU screen reaches the terminal outside."""

import base64
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.pty.probe import Probe

_ROOT = Path(__file__).parents[2]
_CODE = """
import os, sys
from tui.terminal.clipboard import copy, run_quietly

def write(text):
    sys.stdout.write(text)
    sys.stdout.flush()

copied = copy("hello " * 300, environ=os.environ, write=write, run=run_quietly)
input(f"by {copied.tried}, done")
"""


@pytest.mark.parametrize("name", ["tmux", "screen"])
def test_copy_reaches_the_terminal_outside(name: str, tmp_path: Path) -> None:
    """The text, longer than one frame, arrives whole in one copy request outside."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    program = (sys.executable, "-c", _CODE)
    argv = {
        "tmux": ("tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null", "new", *program),
        "screen": ("screen", "-c", "/dev/null", *program),
    }[name]
    env = {"SCREENDIR": str(_private(tmp_path / "screens"))}
    with Probe(argv, env=env, cwd=_ROOT) as probe:
        probe.wait_for(f"by {name}, done")
        probe.settle()
        requests = re.findall(rb"\x1b\]52;\w*;([A-Za-z0-9+/=]*)", bytes(probe.output))
        assert [base64.b64decode(request) for request in requests] == [b"hello " * 300]
        probe.press("enter")
        assert probe.wait_for_exit() == 0


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
