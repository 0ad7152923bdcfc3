"""Past routines in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small_book import write_book
from tui.diary.model import RoutineEntry
from tui.handbook.loading import load_handbook
from tui.session.routine_report import past_routines

_FILES = {
    "SUMMARY.md": "# Summary\n\n- [Two moves](routines/two.md)\n- [Reach](exercises/reach.md)\n",
    "runtall.toml": '[renamed]\nstretch = "reach"\n',
    "routines/two.md": "# Two moves\n",
    "exercises/reach.md": "# Reach\n",
}
_ENDED = RoutineEntry(
    *("1", "two", "2026-11-18T06:30:00Z", "2026-11-18T06:34:00Z"), seconds=200, card="reach"
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"outcome": "done"}, "Two moves: done, 3 min"),
        (
            {"outcome": "done", "skipped": ("stretch", "lean")},
            "Two moves: done without Reach, lean (retired), 3 min",
        ),
        ({"outcome": "stopped", "seconds": 9}, "Two moves: stopped at Reach"),
        ({"outcome": "hurt"}, "Two moves: stopped, it hurt at Reach, 3 min"),
        ({"outcome": "hurt", "routine": "reach"}, "Reach: stopped, it hurt, 3 min"),
        ({"outcome": "done", "routine": "gone"}, "gone (retired): done, 3 min"),
    ],
)
def test_in_words(tmp_path: Path, changes: dict[str, Any], expected: str) -> None:
    """Which routine, what came of it and where, what was left out, and how long it went on."""
    handbook = load_handbook(write_book(tmp_path, _FILES))
    entry = _ENDED._replace(**changes)
    assert [each.words for each in past_routines([entry], handbook)] == [expected]


def test_only_those_that_ended(tmp_path: Path) -> None:
    """One that is under way is not past."""
    handbook = load_handbook(write_book(tmp_path, _FILES))
    assert past_routines([_ENDED._replace(ended=None)], handbook) == ()
