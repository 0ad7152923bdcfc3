"""What the runs show: medians, items beside soreness, and a bar for each run. No disk, no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .clock import local_day, moment_of
from .model import Run

FEWEST = 3
"""Runs on each side, below which nothing is said about an item."""


@dataclass(frozen=True, slots=True)
class Medians:
    """Median soreness of the last five runs that noted it, and of the five before; None for none."""

    last: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Soreness on runs with an item ticked, beside runs on which it was skipped or left."""

    item: str
    with_median: float
    with_runs: int
    without_median: float
    without_runs: int


def recent_medians(runs: Sequence[Run]) -> Medians:
    """The medians of the last five and the five before, from runs newest first."""
    levels = [run.soreness for run in runs if run.soreness is not None]
    return Medians(_median(levels[:5]), _median(levels[5:10]))


def _median(levels: Sequence[int]) -> float | None:
    return median(levels) if levels else None


def effects(runs: Sequence[Run], fewest: int = FEWEST) -> tuple[Effect, ...]:
    """A row for each item with at least `fewest` runs on each side, most relief first.

    Runs on which the item was not on the list say nothing about it.
    """
    with_item: defaultdict[str, list[int]] = defaultdict(list)
    without: defaultdict[str, list[int]] = defaultdict(list)
    for run in runs:
        if run.soreness is not None:
            for item in run.ticked:
                with_item[item].append(run.soreness)
            for item in {*run.skipped, *run.left}.difference(run.ticked):
                without[item].append(run.soreness)
    rows = (
        Effect(item, median(levels), len(levels), median(without[item]), len(without[item]))
        for item, levels in with_item.items()
        if min(len(levels), len(without[item])) >= fewest
    )
    return tuple(sorted(rows, key=lambda row: (row.with_median - row.without_median, row.item)))


def bar(run: Run, width: int = 5) -> str:
    """A run as one line of ASCII, `Nov 18 ####- 4`, on its local day; `?` where none was noted."""
    day = local_day(moment_of(run.finished))
    level = run.soreness or 0
    noted = "?" if run.soreness is None else str(run.soreness)
    return f"{day:%b} {day.day:2} {('#' * level).ljust(width, '-')} {noted}"


def bars(runs: Sequence[Run]) -> tuple[str, ...]:
    """A line for each run, all as wide as the sorest of them needs, at least five."""
    width = max([5, *(run.soreness or 0 for run in runs)])
    return tuple(bar(run, width) for run in runs)
