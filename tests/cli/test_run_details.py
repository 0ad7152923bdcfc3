"""Runs with date, distance, minutes and load; a run of yesterday; the night belongs to the evening."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.machines import Ask, on_machines, runs_in
from tests.cli.running import Run

NOW = "2026-11-22T20:00:00"


@pytest.fixture
def ask(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("RUNTALL_NOW", NOW)
    return on_machines(tmp_path, run)


def newest(ask: Ask) -> dict[str, object]:
    """The newest run, as JSON."""
    return runs_in(ask("diary", "--json"))[0]


def test_finish_with_details(ask: Ask) -> None:
    """What is told of the run is kept and said; the count is that of each list."""
    ask("tick", "hands")
    said = ask("finish", "--miles", "5", "--minutes", "48:30", "--load", "2", "--soreness", "3").out
    assert said.startswith(
        "Run filed: 1/12 before the run, 0/9 during the run, 0/9 after the run, "
    )
    assert "8.05 km, 48.5 min, 2 kg carried, soreness 3." in said
    run = newest(ask)
    assert [run[name] for name in ("km", "minutes", "load", "climb", "descent", "cadence")] == [
        *(8.05, 48.5, 2),
        *(None, None, None),
    ]


def test_a_run_of_yesterday(ask: Ask) -> None:
    """It is added under its day; open ticks stay as they are."""
    ask("tick", "hands")
    said = ask("finish", "--date", "yesterday", "--km", "6", "--soreness", "2")
    assert (said.code, said.err) == (0, "")
    assert said.out == "Run added: Nov 21, 2026, 6 km, soreness 2. Open ticks stay as they are.\n"
    assert newest(ask)["ticked"] == []
    assert json.loads(ask("check", "--json").out)["done"] == 1


def test_a_time_of_today(ask: Ask) -> None:
    """A time of today files the current run with it."""
    ask("tick", "hands")
    ask("finish", "--date", "2026-11-22T07:30")
    assert len(runs_in(ask("diary", "--json"))) == 1
    assert newest(ask)["ticked"] == ["before-the-run/hands"]
    assert json.loads(ask("check", "--json").out)["done"] == 0


def test_edit(ask: Ask) -> None:
    """Date, distance, minutes and load may be mended, and taken away."""
    ask("finish", "--km", "6", "--minutes", "40")
    assert (
        ask("diary", "edit", "1", "--km", "7", "--minutes", "none", "--date", "2026-11-20").code
        == 0
    )
    run = newest(ask)
    assert (run["km"], run["minutes"]) == (7, None)
    assert str(run["finished"]).startswith("2026-11-20T")


@pytest.mark.parametrize(
    "words",
    [["--km", "far"], ["--km", "5", "--miles", "3"], ["--date", "2026-11-23"], ["--load", "-1"]],
)
def test_bad_details(ask: Ask, words: list[str]) -> None:
    """What is no distance, day or load is refused in one line, and nothing is filed."""
    said = ask("finish", *words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert runs_in(ask("diary", "--json")) == []
