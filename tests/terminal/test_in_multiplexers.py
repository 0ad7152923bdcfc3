"""The handbook inside tmux with its default configuration, and inside GNU screen."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.pty.handbook import COMMAND, ROOT
from tests.pty.probe import Probe


def inside(name: str, folder: Path) -> tuple[tuple[str, ...], dict[str, str | None]]:
    """The command that runs a handbook inside a multiplexer, and the environment it needs."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    screens = folder / "screens"
    screens.mkdir(mode=0o700)
    starts = {
        "tmux": ("tmux", "-S", str(folder / "socket"), "-f", "/dev/null", "new-session"),
        "screen": ("screen", "-c", "/dev/null"),
    }
    locale = {"tmux": "C.UTF-8", "screen": "C"}[name]
    env: dict[str, str | None] = {"SCREENDIR": str(screens), "LANG": locale, "COLORTERM": None}
    return (*starts[name], *COMMAND), env


@pytest.mark.parametrize(("name", "rows"), [("tmux", 23), ("screen", 24)])
def test_screens_are_right(name: str, rows: int, tmp_path: Path) -> None:
    """Pages, the checklist, a list over it and another size show as in a terminal of their own."""
    argv, env = inside(name, tmp_path)
    with (
        Probe(argv, env=env, cwd=ROOT) as probe,
        Probe(
            (*COMMAND, "--data", str(tmp_path / "other")),
            lines=rows,
            env={"LANG": env["LANG"], "TERM": "screen"},
            cwd=ROOT,
        ) as alone,
    ):
        for keys, sign in (
            ((), "Sore legs"),
            (("]",), "2/"),
            (("c",), "of 12"),
            (("2",), "1 of 12"),
            (("f",), "Listen early"),
        ):
            for each in (probe, alone):
                each.press(*keys)
                each.wait_for(sign, timeout=30)
                each.settle(0.4)
            assert _lines(probe, rows) == _lines(alone, rows), keys
        if env["LANG"] == "C":
            assert alone.output.isascii()
            assert probe.text.isascii()
        probe.resize(100, 30)
        probe.wait_for("Listen early")
        probe.settle(0.4)
        probe.press("escape")
        probe.wait_for(lambda each: "Links" not in each.text)
        probe.settle(0.4)
        probe.press("q")
        probe.wait_for_exit()


def _lines(probe: Probe, rows: int) -> list[str]:
    return [line.rstrip() for line in probe.screen.display[:rows]]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tmux", "Copied to tmux; your terminal may ignore tmux's request"),
        ("screen", "Sent through screen to your terminal to copy; it may ignore that"),
    ],
)
def test_copying(name: str, said: str, tmp_path: Path) -> None:
    """A paragraph is copied by the way that leads outside, and the message says which it was."""
    argv, env = inside(name, tmp_path)
    with Probe(argv, env=env, cwd=ROOT) as probe:
        probe.wait_for("Sore legs", timeout=30)
        probe.settle(0.4)
        probe.press("y")
        probe.wait_for(said)
        probe.wait_for(lambda each: b"\x1b]52;" in each.output)
        probe.press("q")
        probe.wait_for_exit()


@pytest.mark.long
@pytest.mark.parametrize("name", ["screen", "mosh"])
def test_leaving(name: str, tmp_path: Path) -> None:
    """Where there is no second screen to leave, the shell's prompt stands on a clean last line."""
    shell = ("env", "PS1=here> ", "bash", "--norc", "--noprofile", "-i")
    program = shlex.join((*COMMAND, "--data", str(tmp_path / "data")))
    argv, env = _with_a_shell(name, tmp_path, shell)
    with Probe(argv, env=env) as probe:
        probe.wait_for("here>", timeout=30)
        probe.send(f"cd {shlex.quote(str(ROOT))} && {program}\r")
        probe.wait_for("Why does my upper", timeout=30)
        probe.press("]")
        probe.wait_for("2/")
        probe.press("q")
        probe.wait_for(lambda each: each.screen.display[-1].rstrip() == "here>")
        probe.send("echo still $((1+1))\r")
        probe.wait_for(lambda each: each.screen.display[-2].rstrip() == "still 2")
        probe.send("exit\r")
        probe.wait_for_exit()


def _with_a_shell(
    name: str, folder: Path, shell: tuple[str, ...]
) -> tuple[tuple[str, ...], dict[str, str | None]]:
    """The command that runs a shell inside GNU screen, or at the other end of mosh."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    if name == "screen":
        argv, env = inside(name, folder)
        return (*argv[: -len(COMMAND)], *shell), env
    serve = ("mosh-server", "new", "-i", "127.0.0.1", "-l", "LANG=C.UTF-8", "--", *shell)
    utf8 = os.environ | {"LANG": "C.UTF-8"}
    started = subprocess.run(serve, check=True, capture_output=True, text=True, env=utf8)
    found = re.search(r"MOSH CONNECT (\d+) (\S+)", started.stdout)
    assert found is not None
    return ("mosh-client", "127.0.0.1", found[1]), {"MOSH_KEY": found[2]}
