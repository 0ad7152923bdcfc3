"""`routine`: the list, what a routine holds, and one line for each event in real time."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.small_book import write_book
from tui.cli import routine as command

_FILES = {
    "SUMMARY.md": (
        "# Summary\n\n- [Two moves](routines/two.md)\n- [Reach](exercises/reach.md)\n"
        "- [Lean](exercises/lean.md)\n- [Rules](exercises/rules.md)\n"
    ),
    "runtall.toml": "",
    "routines/two.md": (
        "# Two moves\n\n1. [Reach](../exercises/reach.md): both ways. <!-- do: reps 4 -->\n"
        "2. [Lean](../exercises/lean.md): hold it.\n"
    ),
    "exercises/reach.md": (
        "# Reach\n\n**Stop if:** an arm tingles.\n\n"
        "<!-- timer: sets 2; reps 8; tempo 1-0-1; sides each; switch 5; rest 20 -->\n"
    ),
    "exercises/lean.md": "# Lean\n\n<!-- timer: hold 10 -->\n",
    "exercises/rules.md": "# Rules\n",
}


@pytest.fixture
def book(tmp_path: Path) -> str:
    return str(write_book(tmp_path / "book", _FILES))


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is a second later, and nothing waits."""
    seconds = iter(range(10_000))
    monkeypatch.setattr(command, "elapsed", lambda: float(next(seconds)))
    monkeypatch.setattr(command, "LOOK_EVERY", 0.0)


def test_the_list_says_how_long(run: Run, book: str) -> None:
    """Each routine stands with its minutes, which are the sum of its steps."""
    answer = run("routine", "--book", book)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == ["two   2 min  Two moves"]
    (listed,) = json.loads(run("routine", "--json", "--book", book).out)
    whole = json.loads(run("routine", "two", "--json", "--book", book).out)
    assert listed == {name: whole[name] for name in ("id", "title", "seconds")}
    assert whole["seconds"] == sum(step["seconds"] for step in whole["steps"]) == 97


def test_the_whole_at_once_with_times(run: Run, book: str) -> None:
    """`--dry-run` writes every step with the time at which it begins."""
    assert run("routine", "two", "--dry-run", "--book", book).lines == [
        "Two moves: 2 exercises, about 2 min",
        "",
        "1 of 2. Reach: both ways.",
        "  0:00  Get ready: 5 s",
        "  0:05  4 repetitions, set 1 of 2, right side: about 8 s",
        "  0:13  Switch sides, set 1 of 2, left side: 5 s",
        "  0:18  4 repetitions, set 1 of 2, left side: about 8 s",
        "  0:26  Rest, then set 2 of 2: 20 s",
        "  0:46  4 repetitions, set 2 of 2, right side: about 8 s",
        "  0:54  Switch sides, set 2 of 2, left side: 5 s",
        "  0:59  4 repetitions, set 2 of 2, left side: about 8 s",
        "  1:07  Rest: 15 s",
        "",
        "2 of 2. Lean: hold it.",
        "  1:22  Get ready: 5 s",
        "  1:27  Hold: 10 s",
    ]


def test_steps_as_json(run: Run, book: str) -> None:
    """A step says exercise, what, set, side, seconds and repetitions; what is absent is null."""
    steps = json.loads(run("routine", "reach", "--json", "--book", book).out)["steps"]
    expected = {"exercise": "reach", "what": "reps", "set": 1, "side": "right", "reps": 8}
    assert expected.items() <= steps[1].items()
    assert {"what": "get ready", "set": None, "side": None, "reps": None}.items() <= steps[
        0
    ].items()


@pytest.mark.usefixtures("fast")
def test_line_by_line_with_nobody_at_the_keys(run: Run, book: str) -> None:
    """Without a terminal each event is a line, in its time, and nothing waits for a key."""
    answer = run("routine", "two", "--plain", "--book", book)
    told = [line for line in answer.lines if not line[1:].startswith(" of ")]
    foretold = [
        line[8:]
        for line in run("routine", "two", "--dry-run", "--book", book).lines
        if ":" in line[:6]
    ]
    assert (answer.code, answer.err) == (0, "")
    assert told == [
        "Two moves: 2 exercises, about 2 min. It stops with Ctrl+C.",
        *foretold,
        "Done.",
    ]


def test_line_by_line_with_the_keys(run: Run, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Repetitions wait for Enter; `x` stops, says the card's Stop if, and where to look."""
    typed = {8: "", 10: "", 30: "x"}
    looks = [0]

    def keyboard(_: float) -> str | None:
        looks[0] += 1
        return typed.get(looks[0])

    monkeypatch.setattr(command, "elapsed", lambda: float(looks[0]))
    monkeypatch.setattr(command, "_keyboard", lambda: keyboard)
    answer = run("routine", "reach", "--plain", "--book", book)
    assert answer.code == 0
    assert answer.lines[2:] == [
        "1 of 1. Reach",
        "Get ready: 5 s",
        "8 repetitions, set 1 of 2, right side: about 16 s; Enter when done",
        "Switch sides, set 1 of 2, left side: 5 s",
        "Paused; Enter goes on.",
        "Stopped. Stop if: an arm tingles.",
        "When to get help: runtall red-flags",
    ]


def test_a_clock_that_jumps_pauses(run: Run, book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour asleep passes no step over, and is said."""
    seconds = iter([0.0, 1.0, 3600.0, *(3600.0 + more for more in range(1, 100))])
    monkeypatch.setattr(command, "elapsed", lambda: next(seconds))
    monkeypatch.setattr(command, "LOOK_EVERY", 0.0)
    answer = run("routine", "lean", "--plain", "--book", book)
    assert "The clock jumped, and the routine paused where it was." in answer.lines
    assert answer.lines[-2:] == ["Hold: 10 s", "Done."]


@pytest.mark.usefixtures("fast")
def test_past_ones_in_the_diary(run: Run, book: str) -> None:
    """`diary --routines` lists what was done, newest first; `diary` names the newest."""
    assert run("diary", "--routines", "--book", book).lines[0].startswith("No routines yet")
    for name in ("lean", "two"):
        run("routine", name, "--plain", "--book", book)
    lines = run("diary", "--routines", "--book", book).lines
    # Both began in the same second, so either may stand first.
    assert sorted(line.split("  ", 1)[1].strip() for line in lines) == [
        "Lean: done",
        "Two moves: done, 2 min",
    ]
    assert "(2 in all: `runtall diary --routines`)" in run("diary", "--book", book).out
    every = json.loads(run("diary", "--routines", "--json", "--book", book).out)["routines"]
    two = next(each for each in every if each["routine"] == "two")
    assert (two["outcome"], two["done"], two["skipped"]) == ("done", ["reach", "lean"], [])
    assert run("diary", "--routines", "--csv", "--book", book).code == 2
    assert run("diary", "show", "1", "--routines", "--book", book).code == 2


def test_names_that_lead_to_none(run: Run, book: str) -> None:
    """A name unknown is an error with the nearest; a page without a dose says so."""
    unknown = run("routine", "tow", "--book", book)
    assert (unknown.code, unknown.out) == (1, "")
    rules = run("routine", "rules", "--book", book)
    assert rules.code == 2
    assert "no dose" in rules.err
