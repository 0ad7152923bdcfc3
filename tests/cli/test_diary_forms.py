"""The diary as a table for a spreadsheet, as one page, and in part."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.machines import RUN, Ask, Given, filing, on_machines
from tests.cli.running import Run


@pytest.fixture
def ask(tmp_path: Path, run: Run) -> Ask:
    return on_machines(tmp_path, run)


@pytest.fixture
def given(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Given:
    return filing(ask, monkeypatch)


def test_csv(ask: Ask, given: Given) -> None:
    """A line a run; what is absent is empty, and no note is taken for a formula."""
    given({**RUN, "note": "=1+1, really", "km": 8.5}, {})
    rows = list(csv.reader(ask("diary", "--csv").lines))
    assert rows[1] == ["2024-11-18", "8.5", "", "", "4", "2", "3/4", "'=1+1, really"]
    assert rows[2] == ["2024-11-16", "", "", "", "", "", "-", ""]


def test_since_and_grep(ask: Ask, given: Given) -> None:
    """Only runs from a day on, or whose note holds some words."""
    given({"note": "new Hill"}, {"note": "flat"}, {"note": "old hill"})
    assert len(ask("diary", "--csv", "--since", "2024-11-16").lines) == 3
    assert len(ask("diary", "--csv", "--grep", "hill").lines) == 3
    assert ask("diary", "--grep", "sea").out == "No run fits; `runtall diary` shows all.\n"
    assert ask("diary", "--since", "spring").code == 2


@pytest.mark.parametrize("count", [0, 1, 5, 300])
def test_sheet(ask: Ask, given: Given, count: int) -> None:
    """One page of at most 66 lines of 80 columns, however many runs there are."""
    given(*({"soreness": n % 8, "note": "a long note " * 20} for n in range(count)))
    lines = ask("diary", "--sheet").lines
    assert len(lines) <= 66
    assert max(map(len, lines)) <= 80
    assert ("older runs are not shown" in lines[-1]) is (count == 300)


def test_one_form(ask: Ask) -> None:
    """Two forms at once are refused."""
    assert ask("diary", "--csv", "--sheet").code == 2
