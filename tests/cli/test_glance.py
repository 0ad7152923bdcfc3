"""`brief` and `due`: a line at most, and nothing beside it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.machines import Ask, on_machines
from tests.cli.running import Answer, Run
from tui.diary.clock import now
from tui.diary.diary import open_diary


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
