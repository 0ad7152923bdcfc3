"""`diary`: past runs listed, shown, edited and removed, called as the shell calls it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.cli.machines import OWN, RUN, Ask, Given, filing, on_machines, runs_in, type_in
from tests.cli.running import Run
from tests.past_runs import run_id
from tui.diary.diary import open_diary
from tui.handbook.checklists import Resets, all_checklists
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ask(tmp_path: Path, run: Run) -> Ask:
    return on_machines(tmp_path, run)


@pytest.fixture
def given(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Given:
    return filing(ask, monkeypatch)


def test_no_runs_in(ask: Ask) -> None:
    """An empty diary is one line that says how runs get there."""
    said = ask("diary")
    assert (said.code, said.out.count("\n"), said.err) == (0, 1, "")
    assert "`runtall finish` files one" in said.out


def test_table(ask: Ask, given: Given) -> None:
    """Runs stand newest first, numbered, with day, done of total, soreness and note."""
    given(RUN, {"left": ["before-the-run/hands"]})
    lines = ask("diary").out.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["No", "Date", "Done", "Sore", "after", "Next", "morning", "Note"],
        ["1", "Nov", "18,", "2024", "3/4", "4", "2", "Stiff", "|", "after", "the", "*h…"],
        ["2", "Nov", "16,", "2024", "0/1", "-", "-"],
    ]


def test_looking_back(ask: Ask, given: Given) -> None:
    """The chart of soreness follows, and the sentence that says the same."""
    given(*[{"soreness": 2}] * 5, {"soreness": 6, "soreness_next_day": 1})
    lines = ask("diary").out.splitlines()
    assert "Soreness: o after, . next day, * both" in lines
    assert " 6 |o" in lines
    assert " 2 | ooooo" in lines
    assert "Median soreness after the run: last five: 2; the one before: 6." in lines


def test_chance_is_no_advice(ask: Ask, given: Given) -> None:
    """In a diary of ticks and soreness that have nothing to do with each other, no item is named."""
    chance = random.Random(12)
    book = load_handbook(OWN_BOOK)
    lists = [each for each in all_checklists(book, Pages(book)) if each.resets is Resets.RUN]
    items = [item for each in lists for item in each.items]
    given(*(by_chance(chance, [item.reference for item in items]) for _ in range(12)))
    for words in (["diary"], ["diary", "--markdown"]):
        said = " ".join(ask(*words).out.split())
        assert [item.label for item in items if item.label in said] == []


def by_chance(chance: random.Random, items: Sequence[str]) -> dict[str, object]:
    """A run in which a coin ticks each item, and nothing follows from it."""
    ticked = [item for item in items if chance.random() < 0.5]
    left = [item for item in items if item not in ticked]
    return {"soreness": chance.randrange(8), "ticked": ticked, "left": left}


@pytest.fixture
def west_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC+9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("west_of_greenwich")
def test_local_day(ask: Ask, given: Given) -> None:
    """A run stands under the reader's own day, not under Greenwich's."""
    given(RUN)
    assert "Nov 17, 2024" in ask("diary").out


def test_json(ask: Ask, given: Given) -> None:
    """`--json` has the fixed shape; what is absent is null."""
    given({**RUN, "soreness": None, "note": ""})
    (run,) = runs_in(ask("diary", "--json"))
    assert run == {
        "id": run_id(0),
        "started": "2024-11-18T06:30:00Z",
        "finished": "2024-11-18T07:30:00Z",
        "soreness": None,
        "soreness_next_day": 2,
        "note": None,
        "ticked": RUN["ticked"],
        "skipped": RUN["skipped"],
        "left": RUN["left"],
        **dict.fromkeys(("minutes", "km", "load", "climb", "descent", "cadence")),
        "danger": False,
    }
    assert runs_in(ask("diary", "show", "1", "--json")) == [run]


def test_markdown(ask: Ask, given: Given) -> None:
    """The table for a clinician names the period and what the numbers mean; notes are no markup."""
    given(RUN, {}, {})
    said = ask("diary", "--markdown").out
    assert "Period: Nov 14, 2024 to Nov 18, 2024; 3 runs, newest first." in said
    assert "from 0 (none) to 10 (worst)" in said
    table = [line for line in said.splitlines() if line.startswith("|")]
    assert table == [
        "| Date | Soreness after | Next morning | Run | Done | Note |",
        "|---|---|---|---|---|---|",
        r"| Nov 18, 2024 | 4 | 2 |  | 3/4 | Stiff \| after the \*hill\* |",
        "| Nov 16, 2024 | - | - |  | - |  |",
        "| Nov 14, 2024 | - | - |  | - |  |",
    ]


def test_show(ask: Ask, given: Given) -> None:
    """A run whole: the book's words, the reader's own, and retired items by their ids."""
    given(RUN)
    said = ask("diary", "show", "1").out
    assert "Run of Nov 18, 2024" in said
    assert "Soreness after the run: 4 of 10" in said
    assert "[x] Hands free, or a plan made to swap sides" in said
    assert "[x] before-the-run/gone (retired)" in said
    assert "[x] Sunscreen on" in said
    assert "(skipped: late)" in said
    assert "After the run\n\n[ ] Dry layer on" in said


def test_show_by_id(ask: Ask, given: Given) -> None:
    """A run may be named by the start of its id."""
    given({"note": "newer"}, {"note": "older"})
    assert "older" in ask("diary", "show", run_id(1)[:4]).out


@pytest.mark.parametrize("name", ["3", "0", "feed", ""])
def test_unknown_run(ask: Ask, given: Given, name: str) -> None:
    """A run that is not there is said in one line; nothing else is."""
    given({}, {})
    said = ask("diary", "show", name)
    assert (said.code, said.out) == (1 if name else 2, "")
    assert said.err.count("\n") == 1


def test_edit(ask: Ask, given: Given) -> None:
    """Editing changes what is given, and nothing else; `none` takes a soreness away."""
    given(RUN)
    before = runs_in(ask("diary", "--json"))[0]
    assert ask("diary", "edit", "1", "--next-day", "7", "--note", " better ").code == 0
    assert runs_in(ask("diary", "--json"))[0] == {
        **before,
        "soreness_next_day": 7,
        "note": "better",
    }
    assert ask("diary", "edit", "1", "--soreness", "none", "--note", "").code == 0
    now = {**before, "soreness": None, "soreness_next_day": 7, "note": None}
    assert runs_in(ask("diary", "--json"))[0] == now


def test_note_from_input(ask: Ask, given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--note -` reads the note from standard input."""
    given(RUN)
    type_in(monkeypatch, "two\nlines\n")
    ask("diary", "edit", "1", "--note", "-")
    assert runs_in(ask("diary", "--json"))[0]["note"] == "two\nlines"


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["edit", "1"],
        ["edit", "1", "--soreness", "11"],
        ["edit", "1", "--soreness", ""],
        ["edit", "1", "--next-day", "x"],
        ["edit", "1", "--note", "x" * 2001],
        ["--soreness", "3"],
        ["show", "1", "--markdown"],
        ["--json", "--markdown"],
        ["drop", "1"],
    ],
)
def test_bad_usage(ask: Ask, given: Given, words: list[str]) -> None:
    """What makes no sense changes nothing, and is one line with the remedy."""
    given(RUN)
    before = ask("export").out
    said = ask("diary", *words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert ask("export").out == before


def test_remove(ask: Ask, given: Given) -> None:
    """Removing says what was removed."""
    given({"note": "newer"}, {"note": "older"})
    said = ask("diary", "remove", "1")
    assert (said.code, said.out) == (
        0,
        f"Removed the run of Nov 18, 2024 (id {run_id(0)[:8]}).\n",
    )
    assert [run["note"] for run in runs_in(ask("diary", "--json"))] == ["older"]


def test_strangers_text(ask: Ask, given: Given) -> None:
    """Control characters of an imported note never reach the terminal."""
    given({"note": "a\x1b[2Jb", "ticked": [OWN], "own": {OWN: "c\x9bd"}})
    for words in (["diary"], ["diary", "show", "1"], ["diary", "--markdown"]):
        said = ask(*words).out
        assert "\x1b" not in said
        assert "\x9b" not in said


@pytest.mark.parametrize(
    "words",
    [
        ["diary"],
        ["diary", "--json"],
        ["diary", "--markdown"],
        ["diary", "show", "1"],
        ["diary", "edit", "1", "--soreness", "3"],
        ["diary", "remove", "1"],
        ["export"],
        ["erase", "--yes"],
    ],
)
def test_diary_that_cannot_be_read(ask: Ask, tmp_path: Path, words: list[str]) -> None:
    """A diary out of reach is never answered as an empty one."""
    (tmp_path / "here").write_text("not a directory")
    said = ask(*words)
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert "is not a directory" in said.err


def test_newer_version(ask: Ask, given: Given, tmp_path: Path) -> None:
    """A newer version's diary is shown, with a word; it cannot be changed."""
    given(RUN)
    connection = sqlite3.connect(tmp_path / "here" / "diary.db")
    connection.execute("PRAGMA user_version=99")
    connection.close()
    said = ask("diary")
    assert said.code == 0
    assert "Nov 18, 2024" in said.out
    assert "newer version of runtall" in said.err
    assert ask("diary", "remove", "1").code == 3


def test_five_thousand_runs_in(ask: Ask, given: Given) -> None:
    """A long diary is listed whole, numbered to the last."""
    given(*({"soreness": number % 8} for number in range(5000)))
    lines = ask("diary").out.splitlines()
    assert lines[5000].split()[0] == "5000"


def test_without_textual() -> None:
    """These commands never import Textual."""
    code = "import tui.cli.diary, tui.cli.transfer, sys; print('textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "False\n"


def test_runs_of_the_handbook_are_found(ask: Ask, tmp_path: Path) -> None:
    """A run that was filed in the handbook stands in the list."""
    with open_diary(tmp_path / "here") as diary:
        diary.runs.finish(soreness=3, note="from the handbook")
    assert runs_in(ask("diary", "--json"))[0]["note"] == "from the handbook"
