"""For the ear: every command says one thing after the other, and draws nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.machines import filing, on_machines, type_in
from tests.cli.running import Answer, Run
from tests.past_runs import export_of
from tui.cli.arguments import COMMANDS

ANSWERS = "q0=z q1=b q4=a,c"
EVERY: dict[str, tuple[tuple[str, ...], ...]] = {
    "open": (("hunching",), ("body-map",)),
    "toc": ((), ("--ids",)),
    "read": (("--all",), ("before-the-run",)),
    "search": (("sore", "shoulder"), ("chest", "pain"), ("--own", "easy"), ("sholder",)),
    "red-flags": ((), ("--level", "today")),
    "check": ((), ("every-week",)),
    "tick": (("1", "2"),),
    "untick": (("2",),),
    "skip": (("3", "--reason", "late"),),
    "item": (("add", "Sunscreen on"), ("hide", "pack"), ("show", "pack")),
    "undo": ((),),
    "redo": ((),),
    "finish": (("--soreness", "3", "--note", "easy", "--km", "8"),),
    "try": (("hands",), ()),
    "self-check": (("--answers", ANSWERS), ("--answers", "q0=a"), ()),
    "routine": ((), ("before-a-run", "--dry-run")),
    "exercises": ((), ("--for", "neck")),
    "diary": ((), ("show", "1"), ("--sheet",), ("--routines",), ("edit", "1", "--next-day", "1")),
    "bookmark": (("hunching",), ()),
    "theme": (("ansi-dark",), ()),
    "log": (("watch.tcx",),),
    "brief": ((), ("--keep", "--yes"), ("--stop",)),
    "due": ((),),
    "export": (("diary.json",),),
    "import": (("diary.json",),),
    "sync": (("shared",), ("--stop",)),
    "restore": ((),),
    "keys": ((),),
    "doctor": ((),),
    "completion": (("bash",),),
    "help": ((), *((command.name,) for command in COMMANDS)),
    "erase": (("--yes",),),
}
"""Each command as it may be asked, the last of all erasing what the others left."""
FOR_PROGRAMS = {"completion"}
"""What it says is for a shell alone."""
DRAWN = re.compile("\x1b|[\u2500-\u259f]|\\S\t|\\S {2,}\\S|\\[[x ~-]\\]|\\S ?\\|$|^\\|")
"""An escape byte, a line or a bar, columns, a box, the edge of a table."""


@pytest.mark.parametrize("way", [("--linear",), ()])
def test_every_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
) -> None:
    """Nothing stands in columns, nothing is drawn, no box is to be guessed, whichever way it is asked."""
    if not way:
        monkeypatch.setenv("ACCESSIBLE", "1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shared").mkdir()
    ask = on_machines(tmp_path, run)
    filing(ask, monkeypatch)(
        {"soreness": 4, "soreness_next_day": 2, "note": "Stiff", "km": 8.0},
        {"soreness": 3, "ticked": ["before-the-run/hands"], "skipped": {"before-the-run/pack": ""}},
    )
    assert {*EVERY} == {command.name for command in COMMANDS}
    for name, calls in EVERY.items():
        for words in calls:
            type_in(monkeypatch, "")
            answer = ask(*way, name, *words)
            if name not in FOR_PROGRAMS:
                assert drawn(answer) == [], (name, *words)


def test_a_file_for_others_is_as_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table in Markdown stays one, as it was asked for; the chart in it is left to its sentence."""
    type_in(monkeypatch, export_of({"soreness": 4}, {"soreness": 2}))
    run("import", "-")
    assert "```text" in run("diary", "--markdown").out
    spoken = run("--linear", "diary", "--markdown")
    assert "```text" not in spoken.out
    assert "| Date |" in spoken.out


def test_name_and_value(run: Run) -> None:
    """What stands in columns on the screen is `Name: value` here, and a state is a word."""
    assert "desk-break: 2 min, Desk break" in run("--linear", "routine").out
    assert "unicode: " in run("--linear", "doctor").out
    assert "q: quit, " in run("--linear", "keys").out
    assert "--note TEXT: a few words" in run("--linear", "help", "finish").out
    assert "--note TEXT: a few words" in run("--linear", "finish", "--help").out
    assert run("--linear", "tick", "1").lines[0].startswith("done: ")
    assert run("--linear", "skip", "2", "--reason", "late").lines[0].startswith("skipped, late: ")


def drawn(answer: Answer) -> list[str]:
    """The lines that an ear or a finger cannot follow."""
    return [line for line in f"{answer.out}\n{answer.err}".splitlines() if DRAWN.search(line)]
