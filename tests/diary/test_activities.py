"""Recorded runs: which are the same, and which filed run they belong to."""

from __future__ import annotations

import pytest

from tui.diary.activities import by_run, is_same_run, new_among, unfiled
from tui.diary.model import Activity, Run


def recorded(start: str, minutes: float = 60, km: float | None = 10) -> Activity:
    """A run recorded on November 22."""
    moment = f"2026-11-22T{start}:00Z"
    return Activity(id=moment, start=moment, minutes=minutes, km=km)


def filed(started: str, finished: str, name: str = "a") -> Run:
    """A run filed on November 22."""
    return Run(id=name, started=f"2026-11-22T{started}:00Z", finished=f"2026-11-22T{finished}:00Z")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (recorded("07:02", km=10.4), True),
        (recorded("07:03", km=10), False),
        (recorded("07:01", km=10.6), False),
        (recorded("07:01", km=None), True),
    ],
)
def test_the_same_run(other: Activity, same: bool) -> None:
    """Two recordings are of one run where they begin within 2 minutes and differ by 5 % at most."""
    assert is_same_run(recorded("07:00"), other) is same
    assert is_same_run(other, recorded("07:00")) is same


def test_a_run_from_two_sources_is_one() -> None:
    """What is known, or was found a moment ago, is not found again."""
    watch, phone, evening = recorded("07:00"), recorded("07:01", km=10.2), recorded("18:00")
    assert new_among([evening, phone, watch], []) == (watch, evening)
    assert new_among([phone, evening], [watch]) == (evening,)


def test_a_recording_belongs_to_the_filed_run_nearest_to_it() -> None:
    """Within three hours; one filed run has one recording, and a recording one run."""
    morning, evening = filed("06:40", "08:10", "a"), filed("17:50", "19:05", "b")
    first, warm_up, last = recorded("07:00"), recorded("06:00", 10), recorded("18:00")
    runs, activities = [morning, evening], [first, warm_up, last]
    assert by_run(runs, activities) == {"a": first, "b": last}
    assert unfiled(runs, activities) == (warm_up,)


@pytest.mark.parametrize(("finished", "belongs"), [("11:00", True), ("11:01", False)])
def test_three_hours(finished: str, belongs: bool) -> None:
    """A run filed more than three hours after the recording ended is another one."""
    assert bool(by_run([filed(finished, finished)], [recorded("07:00")])) is belongs
