"""The handbook inside tmux with its default configuration, and inside GNU screen."""

from __future__ import annotations

import shutil
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
