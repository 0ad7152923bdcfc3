"""What recorded runs may say before the next one: the longest of 30 days, and three plain notices.

None of it is a permission, and with too little to go on nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ..diary.clock import local_day, moment_of
from ..diary.model import Activity, Run
from ..handbook.model import Section

LOOKED_BACK = timedelta(days=30)
"""The longest run of so many days is what a new one is held against."""
MORE = 1.10
"""So many times the longest is the most that the page on load advises."""
SORE = 5
"""With the last soreness so high or higher, no distance is named."""
STEEP = 2.0
"""So many times the usual climb is worth a notice."""
SLOWER = 0.05
"""So much below one's own usual cadence is worth a notice."""
PAUSE = timedelta(days=14)
"""So long without a run is worth a notice."""
FEWEST = 5
"""Runs that tell what is usual."""


class Outing(NamedTuple):
    """A run, filed or only recorded, as far as it tells of load."""

    began: datetime
    km: float | None = None
    climb: int | None = None
    """Meters."""
    cadence: int | None = None
    """Steps a minute."""
    soreness: int | None = None


class Notice(NamedTuple):
    """One line, and the part that the page plays which says more."""

    words: str
    role: str
    page: Section | None = None
    """That page, where this book has it."""

    def __str__(self) -> str:
        """The line as it is shown."""
        return self.words if self.page is None else f"{self.words} See “{self.page.title}”."


class Longest(NamedTuple):
    """The longest run of the last 30 days, and the most that the page on load advises."""

    began: datetime
    km: float

    @property
    def most(self) -> float:
        """Kilometers."""
        return self.km * MORE

    @property
    def words(self) -> str:
        """Beside the item about distance: figures with their date, never a permission."""
        day = local_day(self.began)
        return f"longest: {self.km:g} km on {day:%b} {day.day}; 10% more is {self.most:.1f} km"


def outings(runs: Sequence[Run], unfiled: Sequence[Activity]) -> tuple[Outing, ...]:
    """Filed runs, with what was recorded of them, and recordings of no filed run."""
    filed = (
        Outing(moment_of(run.finished), run.km, run.climb, run.cadence, _worst(run)) for run in runs
    )
    rest = (Outing(each.began, each.km, each.climb, each.cadence) for each in unfiled)
    return (*filed, *rest)


def _worst(run: Run) -> int | None:
    """The higher soreness of the evening and the morning after."""
    noted = [each for each in (run.soreness, run.soreness_next_day) if each is not None]
    return max(noted, default=None)


def longest(outings: Sequence[Outing], now: datetime) -> Longest | None:
    """The longest run of the last 30 days; None where there is none, or the back was sore after the last."""
    if _last_soreness(outings) >= SORE:
        return None
    recent = [(each.km, each.began) for each in outings if each.km and _is_recent(each, now)]
    if not recent:
        return None
    km, began = max(recent)
    return Longest(began, km)


def notices(outings: Sequence[Outing], now: datetime) -> tuple[Notice, ...]:
    """What stands out of the runs that are past: a steep one, a slow cadence, a long pause."""
    past = sorted((each for each in outings if each.began <= now), key=lambda each: each.began)
    if not past:
        return ()
    newest = past[-1]
    found = (_steep(past, newest), _slow(past, newest), _pause(newest, now))
    return tuple(notice for notice in found if notice is not None)


def _is_recent(outing: Outing, now: datetime) -> bool:
    return now - LOOKED_BACK <= outing.began <= now


def _last_soreness(outings: Sequence[Outing]) -> int:
    noted = [(each.began, each.soreness) for each in outings if each.soreness is not None]
    return max(noted)[1] if noted else 0


def _steep(past: Sequence[Outing], newest: Outing) -> Notice | None:
    usual = _usual([each.climb for each in past if each is not newest])
    if newest.climb is None or not usual or newest.climb <= STEEP * usual:
        return None
    words = f"The last run climbed {newest.climb} m; your usual is {usual:.0f} m."
    return Notice(words, "climb_page")


def _slow(past: Sequence[Outing], newest: Outing) -> Notice | None:
    usual = _usual([each.cadence for each in past if each is not newest])
    if newest.cadence is None or not usual or newest.cadence >= usual * (1 - SLOWER):
        return None
    words = f"The last run had {newest.cadence} steps a minute; your usual is {usual:.0f}."
    return Notice(words, "cadence_page")


def _pause(newest: Outing, now: datetime) -> Notice | None:
    days = (now - newest.began).days
    if now - newest.began < PAUSE:
        return None
    return Notice(f"The last run was {days} days ago.", "pause_page")


def _usual(values: Sequence[int | None]) -> float:
    """The median of what is known; 0 where too little is."""
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return 0
    from statistics import median  # noqa: PLC0415 - slow to load, and seldom needed before a list

    return median(known)
