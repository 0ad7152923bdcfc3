"""`brief` and `due`: a line at most, and nothing beside it."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.machines import Ask, on_machines
from tests.cli.running import Answer, Run
from tui.diary.clock import now
from tui.diary.diary import open_diary

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ask(tmp_path: Path, run: Run) -> Ask:
    return on_machines(tmp_path, run)


def test_brief(ask: Ask) -> None:
    """The ticks of the main list, and the soreness that was noted last."""
    ask("tick", "1", "2")
    assert ask("brief").out == "2/12\n"
    ask("finish", "--soreness", "3")
    assert ask("brief").out == "0/12 | sore 3\n"
    ask("diary", "edit", "1", "--next-day", "0")
    answer = ask("brief")
    assert (answer.out, answer.err) == ("0/12 | sore 0\n", "")


def test_brief_of_an_experiment(ask: Ask) -> None:
    """While an experiment goes on, the line says what today is to be."""
    ask("try", "hands")
    assert ask("brief").out in ("0/12 | today: with\n", "0/12 | today: without\n")


def test_brief_kept(ask: Ask, tmp_path: Path) -> None:
    """A line that is kept follows each command; it is the reader's alone, and asked for first."""
    ask("tick", "1")
    file = tmp_path / "here" / "brief.txt"
    assert ask("brief", "--keep").code == 2
    assert not file.exists()
    assert ask("brief", "--keep", "--yes").code == 0
    assert file.read_text() == "1/12\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    ask("tick", "2")
    assert file.read_text() == "2/12\n"
    ask("undo")
    assert file.read_text() == "1/12\n"
    ask("finish", "--soreness", "3")
    assert file.read_text() == "0/12 | sore 3\n"
    assert ask("brief", "--stop").code == 0
    assert not file.exists()
    assert ask("brief", "--keep", "--yes", "--private").code == 2


@pytest.mark.parametrize(("days", "code"), [(0, 0), (1, 1), (2, 1), (3, 0)])
def test_due(ask: Ask, tmp_path: Path, days: int, code: int) -> None:
    """The morning after a run is asked about on the next two days, until it is noted."""
    assert ask("due") == Answer(0, "", "")
    moment = now() - timedelta(days=days)
    with open_diary(tmp_path / "here", clock=lambda: moment) as diary:
        diary.runs.finish(soreness=2)
    answer = ask("due")
    assert (answer.code, answer.err, len(answer.lines)) == (code, "", code)
    ask("diary", "edit", "1", "--next-day", "1")
    assert (ask("due").code, ask("due").out) == (0, "")


def test_the_units_of_the_readme(tmp_path: Path) -> None:
    """What the README gives to systemd is sound, and says nothing where nothing is due."""
    text = (ROOT / "README.md").read_text("utf-8").partition("```ini\n")[2].partition("```")[0]
    service, timer = (f"# {each}" for each in text.split("# ")[1:])
    for name, unit in (("service", service), ("timer", timer)):
        (tmp_path / f"runtall-due.{name}").write_text(unit)
    if shutil.which("systemd-analyze"):
        verify = ("systemd-analyze", "verify", "--user", *map(str, tmp_path.glob("runtall-due.*")))
        env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
        said = subprocess.run(verify, check=False, env=env, capture_output=True, text=True)
        assert (said.returncode, said.stderr) == (0, "")
    (tmp_path / "notify-send").write_text('#!/bin/sh\nprintf "%s: %s" "$1" "$2"\n')
    (line,) = (each for each in service.splitlines() if each.startswith("ExecStart="))
    words = shlex.split(line.removeprefix("ExecStart="))
    for due, code, shown in (("", 0, ""), ("how was it?", 1, "Run Tall: how was it?")):
        (tmp_path / "runtall").write_text(f"#!/bin/sh\nprintf '%s' '{due}'\nexit {code}\n")
        for name in ("notify-send", "runtall"):
            (tmp_path / name).chmod(0o700)
        env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)}
        (tmp_path / ".profile").write_text(f"PATH={tmp_path}:$PATH\n")
        said = subprocess.run(words, check=False, env=env, capture_output=True, text=True)
        assert (said.stdout, said.stderr) == (shown, "")
