"""What past runs may say of the next one: twenty cases of the ten percent, and three notices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tui.diary.model import Activity, Run
from tui.session.training_load import Outing, longest, notices, outings

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
EAST, WEST = timezone(timedelta(hours=13)), timezone(timedelta(hours=-11))


def run(days: float, km: float | None = None, soreness: int | None = None) -> Outing:
    """A run so many days ago."""
    return Outing(NOW - timedelta(days=days), km, soreness=soreness)


@pytest.mark.parametrize(
    ("outings", "most"),
    [
        ([], None),
        ([run(1, 10)], 11),
        ([run(1, 10), run(5, 12)], 13.2),
        ([run(1, 12), run(5, 10)], 13.2),
        ([run(29.9, 20), run(1, 5)], 22),
        ([run(30, 20), run(1, 5)], 22),
        ([run(30.1, 20), run(1, 5)], 5.5),
        ([run(30.1, 20)], None),
        ([run(90, 42.2)], None),
        ([run(1)], None),
        ([run(1), run(2, 8)], 8.8),
        ([run(1, 0)], None),
        ([run(1, 10, soreness=4)], 11),
        ([run(1, 10, soreness=5)], None),
        ([run(1, 10, soreness=10)], None),
        ([run(1, 10, soreness=2), run(3, 9, soreness=7)], 11),
        ([run(1, 10), run(3, 9, soreness=7)], None),
        ([run(-1, 30), run(2, 10)], 11),
        ([Outing((NOW - timedelta(days=30)).astimezone(EAST), 10)], 11),
        ([Outing((NOW - timedelta(days=30, seconds=1)).astimezone(WEST), 10)], None),
    ],
)
def test_the_longest_of_thirty_days(outings: list[Outing], most: float | None) -> None:
    """Ten percent over the longest run of 30 days; nothing where none is, or the back was sore."""
    found = longest(outings, NOW)
    assert (None if found is None else round(found.most, 2)) == most


@pytest.mark.parametrize(
    ("evening", "morning", "named"),
    [(2, 4, True), (2, 5, False), (6, 1, False), (None, 5, False), (None, None, True)],
)
def test_the_morning_after_counts_too(
    evening: int | None, morning: int | None, named: bool
) -> None:
    """A back that was sore after the last run, or the morning after it, has no distance named."""
    at = "2026-11-20T07:00:00Z"
    filed = Run(id="a", started=at, finished=at, soreness=evening, soreness_next_day=morning, km=9)
    watch = Activity(id="b", start="2026-11-10T07:00:00Z", minutes=50, km=10)
    found = longest(outings((filed,), (watch,)), NOW)
    assert (found is not None) is named
    if found is not None:
        assert found.words == "longest: 10 km on Nov 10; 10% more is 11.0 km"


def test_a_steep_run() -> None:
    """More than twice one's usual climb is worth one line, once a usual is known."""
    usual = [Outing(NOW - timedelta(days=day), climb=100) for day in range(3, 8)]
    steep, hilly = (Outing(NOW - timedelta(days=1), climb=climb) for climb in (201, 200))
    (said,) = notices([steep, *usual], NOW)
    assert said[:2] == ("The last run climbed 201 m; your usual is 100 m.", "climb_page")
    assert notices([hilly, *usual], NOW) == ()
    assert notices([steep, *usual[1:]], NOW) == ()


def test_a_slow_cadence() -> None:
    """Cadence is held against one's own, never against a number for all."""
    usual = [Outing(NOW - timedelta(days=day), cadence=160) for day in range(3, 8)]
    slow, near = (Outing(NOW - timedelta(days=1), cadence=steps) for steps in (151, 152))
    (said,) = notices([slow, *usual], NOW)
    assert said[:2] == ("The last run had 151 steps a minute; your usual is 160.", "cadence_page")
    assert notices([near, *usual], NOW) == ()


@pytest.mark.parametrize(("days", "said"), [(13.9, ()), (14, ("The last run was 14 days ago.",))])
def test_a_pause(days: float, said: tuple[str, ...]) -> None:
    """Two weeks without a run are said."""
    assert tuple(notice.words for notice in notices([run(days, 5)], NOW)) == said


def test_silence() -> None:
    """With nothing recorded nothing is said."""
    assert notices([], NOW) == ()
