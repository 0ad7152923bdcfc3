"""Over a real sshd on this machine, run by an ordinary user with keys of its own."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.handbook import COMMAND, ROOT
from tests.pty.probe import Probe
from tests.pty.ssh import Server, can_serve, serving
from tui.diary.data_folder import DRAFTS

pytestmark = [pytest.mark.long, pytest.mark.skipif(bool(can_serve()), reason=can_serve())]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An sshd on a free port of 127.0.0.1."""
    with serving(tmp_path) as server:
        yield server


def test_ctrl_z_with_nobody_to_continue(server: Server) -> None:
    """`ssh -t host runtall` goes on after Ctrl+Z, and says why it did not stop."""
    server.allow()
    with Probe(server.call(server.program())) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("ctrl+z")
        probe.wait_for("There is no shell here to go back to; q quits")
        probe.press("]")
        probe.wait_for("2/")
        probe.press("q")
        assert probe.wait_for_exit() == 0


def test_ctrl_z_in_a_login_shell(server: Server) -> None:
    """In a shell at the other end Ctrl+Z stops the handbook, and `fg` brings it back."""
    server.allow()
    with Probe(server.call("env PS1='shell> ' bash --norc --noprofile -i")) as probe:
        probe.wait_for("shell>", timeout=30)
        probe.send(server.program().replace("exec ", "") + "\r")
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("ctrl+z")
        probe.wait_for("Stopped")
        probe.send("fg\r")
        probe.wait_for("Why does my upper back")
        probe.press("q")
        probe.wait_for(lambda each: each.text.rstrip().endswith("shell>"))


def test_forced_command_holds(server: Server) -> None:
    """With `--kiosk` as the forced command another command is not run, and nothing is suspended."""
    forced = server.program("--kiosk").replace('"', '\\"')
    server.allow(f'restrict,pty,command="{forced}"')
    with Probe(server.call("touch", str(server.folder / "touched"))) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("ctrl+z")
        probe.wait_for("There is no shell here to go back to; q quits")
        probe.press("q")
        assert probe.wait_for_exit() == 0
    assert not (server.folder / "touched").exists()


def test_a_dropped_line(server: Server) -> None:
    """When the client is killed, the program ends, and the tick that was shown is kept."""
    server.allow()
    with Probe(server.call(server.program())) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("c")
        probe.wait_for("of 12")
        probe.press("2")
        probe.wait_for("1 of 12")
        program = os.pidfd_open(server.handbook_pid)
        probe.signal(signal.SIGKILL)
        ended, _, _ = select.select([program], [], [], 10)
        os.close(program)
    assert ended
    shown = subprocess.run(
        (*COMMAND, "check", "--data", str(server.data)),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert "1 of 12" in shown.stdout


def test_half_typed_when_the_line_drops(server: Server) -> None:
    """A note is there again after the client is killed a second after the last key."""
    server.allow()
    with Probe(server.call(server.program("open", "before-the-run"))) as probe:
        probe.wait_for("of 12", timeout=30)
        for keys, sign in (("2", "1 of 12"), ("r", "Run today?")):
            probe.press(keys)
            probe.wait_for(sign)
        for keys, sign in (("down", "file it"), ("enter", "Finish this run")):
            probe.press(keys)
            probe.wait_for(sign)
        probe.press("3", "enter", *"easy")
        typed = time.monotonic()
        while not _kept(server, "easy"):
            assert time.monotonic() < typed + 5
            probe.settle(0.05)
        probe.signal(signal.SIGKILL)
    with Probe(server.call(server.program("open", "before-the-run"))) as probe:
        probe.wait_for("Left half done: what you said of the run (r)", timeout=30)
        probe.press("r")
        probe.wait_for("Run today?")
        probe.press("down", "enter")
        probe.wait_for("What you were typing is here again")
        assert "easy" in probe.text


def _kept(server: Server, words: str) -> bool:
    file = server.data / DRAFTS
    return file.exists() and words in file.read_text()


def test_replaced_while_open(server: Server) -> None:
    """With the program gone from the disk the red flags open, and the rest says what to do."""
    server.allow()
    installed = server.folder / "installed"
    for part in ("tui", "content"):
        shutil.copytree(ROOT / part, installed / part)
    with Probe(server.call(server.program(checkout=installed))) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.settle(2)
        installed.rename(server.folder / "away")
        probe.press("!")
        probe.wait_for("NOW: stop and call the emergency number")
        probe.press("escape")
        probe.wait_for("Why does my upper back")
        probe.settle(0.5)
        probe.press("d")
        probe.wait_for("Run Tall was replaced; q, then open it again.")
        probe.press("q")
        assert probe.wait_for_exit() == 0
